//! Files of applications: what they are for and called, and where their content lies.

use super::Envelope;
use super::entity::{application as applications, file as rows};
use crate::Error;
use crate::convert::{from_name, micros, name};
use ronghe_domain::application::draft::{Filed, Purpose};
use ronghe_domain::attachment::Attached;
use ronghe_domain::kernel::{AccountId, ApplicationId, AttachmentId, Instant};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

const TABLE: &str = "application_file";
/// Figures and letters of a hash.
pub(crate) const HASH: usize = 64;

/// The files that stand at an application as it is written, in the order in which they came.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    application: ApplicationId,
) -> Result<Vec<Filed>, Error> {
    let found = rows::Entity::find()
        .filter(rows::Column::Application.eq(application.0))
        .filter(rows::Column::RemovedAt.is_null())
        .order_by_asc(rows::Column::AddedAt)
        .order_by_asc(rows::Column::Id);
    found.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// All files that were ever added to applications whose seals are opened, or to the others.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    is_opened: bool,
) -> Result<Vec<Attached>, Error> {
    let opened = applications::Entity::find()
        .select_only()
        .column(applications::Column::Id)
        .filter(applications::Column::OpenedAt.is_not_null())
        .into_query();
    let within = match is_opened {
        true => rows::Column::Application.in_subquery(opened),
        false => rows::Column::Application.not_in_subquery(opened),
    };
    let found = rows::Entity::find().filter(within).order_by_asc(rows::Column::Id).all(db).await?;
    found.into_iter().map(|row| read(envelope, row).map(|filed| filed.file)).collect()
}

/// Adds a file.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    application: ApplicationId,
    filed: &Filed,
    (by, at): (AccountId, Instant),
) -> Result<(), Error> {
    let row = rows::Model {
        id: filed.file.id.0,
        application: application.0,
        purpose: name(&filed.purpose)?,
        name: envelope.seal(&filed.file.name)?,
        kind: name(&filed.file.kind)?,
        size: i64::try_from(filed.file.size).unwrap_or(i64::MAX),
        // Whoever has the same file would know it again.
        hash: envelope.seal(&filed.file.hash)?,
        code: filed.code.clone(),
        added_by: by.0,
        added_at: micros(at),
        removed_at: None,
    };
    rows::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Takes a file away from what is written; twice is once.
///
/// # Errors
/// `NotFound` where the application has no such file.
pub async fn remove<C: ConnectionTrait>(
    db: &C,
    application: ApplicationId,
    id: AttachmentId,
    at: Instant,
) -> Result<(), Error> {
    let done = rows::Entity::update_many()
        .col_expr(rows::Column::RemovedAt, Expr::value(micros(at)))
        .filter(rows::Column::Id.eq(id.0))
        .filter(rows::Column::Application.eq(application.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Takes the sealed page away, where there is one: another comes in its place.
///
/// # Errors
/// Where the database does not answer.
pub async fn remove_sealed_page<C: ConnectionTrait>(
    db: &C,
    application: ApplicationId,
    at: Instant,
) -> Result<(), Error> {
    rows::Entity::update_many()
        .col_expr(rows::Column::RemovedAt, Expr::value(micros(at)))
        .filter(rows::Column::Application.eq(application.0))
        .filter(rows::Column::Purpose.eq(name(&Purpose::SealedPage)?))
        .filter(rows::Column::RemovedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

fn read<E: Envelope>(envelope: &E, row: rows::Model) -> Result<Filed, Error> {
    Ok(Filed {
        purpose: from_name(TABLE, &row.purpose)?,
        file: Attached {
            id: AttachmentId(row.id),
            name: envelope.open(&row.name)?,
            kind: from_name(TABLE, &row.kind)?,
            size: u64::try_from(row.size)
                .map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
            // Rows from before it was sealed hold it as it is.
            hash: if row.hash.len() == HASH { row.hash } else { envelope.open(&row.hash)? },
        },
        code: row.code,
    })
}
