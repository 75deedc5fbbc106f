//! What the units of needs think of applications.

use super::entity::opinion as rows;
use super::small;
use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use crate::db::among;
use ronghe_domain::application::opinion::Said;
use ronghe_domain::application::{Opinion, Stance};
use ronghe_domain::kernel::{AccountId, ApplicationId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use std::collections::BTreeMap;

const TABLE: &str = "application_opinion";

/// What was said of an application.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, application: ApplicationId) -> Result<Opinion, Error> {
    let found = rows::Entity::find().filter(rows::Column::Application.eq(application.0));
    Ok(whole(db, found).await?.pop().unwrap_or_else(|| Opinion::none(application)))
}

/// The last word on each of these applications of which anything was said.
///
/// # Errors
/// Where the database does not answer.
pub async fn last<C: ConnectionTrait>(
    db: &C,
    of: impl Iterator<Item = ApplicationId>,
) -> Result<BTreeMap<ApplicationId, Stance>, Error> {
    let these = among(db.get_database_backend(), rows::Column::Application, of.map(|id| id.0));
    let found = rows::Entity::find().filter(these);
    let found = whole(db, found).await?;
    let last = |it: Opinion| Some((it.application, it.said.last()?.stance));
    Ok(found.into_iter().filter_map(last).collect())
}

/// Every opinion, in order of its application.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Opinion>, Error> {
    whole(db, rows::Entity::find()).await
}

/// Adds what `after` says last; its application is locked.
///
/// # Errors
/// Where somebody else said it meanwhile.
pub async fn insert<C: ConnectionTrait>(db: &C, after: &Opinion) -> Result<(), Error> {
    let Some(said) = after.said.last() else { return Ok(()) };
    let n = u32::try_from(after.said.len());
    let row = rows::Model {
        application: after.application.0,
        n: small(n.map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?)?,
        stance: name(&said.stance)?,
        reason: said.reason.clone(),
        said_by: said.by.0,
        said_at: micros(said.at),
    };
    rows::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

async fn whole<C: ConnectionTrait>(db: &C, found: Select<rows::Entity>) -> Result<Vec<Opinion>, Error> {
    let found = found.order_by_asc(rows::Column::Application).order_by_asc(rows::Column::N);
    let mut all: BTreeMap<ApplicationId, Opinion> = BTreeMap::new();
    for row in found.all(db).await? {
        let id = ApplicationId(row.application);
        all.entry(id).or_insert_with(|| Opinion::none(id)).said.push(Said {
            stance: from_name(TABLE, &row.stance)?,
            reason: row.reason,
            by: AccountId(row.said_by),
            at: instant(TABLE, row.said_at)?,
        });
    }
    Ok(all.into_values().collect())
}
