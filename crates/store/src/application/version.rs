//! What was submitted of an application, each time.

use super::entity::version as rows;
use super::{Envelope, large, small};
use crate::Error;
use crate::convert::{from_json, instant, json, micros};
use ronghe_domain::application::Submission;
use ronghe_domain::kernel::{AccountId, ApplicationId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

const TABLE: &str = "application_version";

/// Keeps a submission.
///
/// # Errors
/// Where the application has one with this number, or the database does not answer.
pub async fn insert<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    submission: &Submission,
) -> Result<(), Error> {
    let row = rows::Model {
        application: submission.application.0,
        n: small(submission.n)?,
        content: envelope.seal(&json(&submission.content)?)?,
        hash: submission.hash.clone(),
        receipt: submission.receipt.clone(),
        submitted_by: submission.by.0,
        submitted_at: micros(submission.at),
    };
    rows::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// The submissions of an application, the first one first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    application: ApplicationId,
) -> Result<Vec<Submission>, Error> {
    let found = rows::Entity::find().filter(rows::Column::Application.eq(application.0));
    let found = found.order_by_asc(rows::Column::N).all(db).await?;
    found.into_iter().map(|row| read(envelope, row)).collect()
}

fn read<E: Envelope>(envelope: &E, row: rows::Model) -> Result<Submission, Error> {
    Ok(Submission {
        application: ApplicationId(row.application),
        n: large(row.n)?,
        content: from_json(TABLE, &envelope.open(&row.content)?)?,
        hash: row.hash,
        receipt: row.receipt,
        by: AccountId(row.submitted_by),
        at: instant(TABLE, row.submitted_at)?,
    })
}
