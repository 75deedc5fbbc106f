//! Under which number a need stands on a published list.

use super::entity::{list, listing as rows};
use super::{large, small};
use crate::Error;
use ronghe_domain::kernel::{CycleId, NeedId};
use ronghe_domain::need_list::{ChangeKind, NeedList};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use std::collections::BTreeSet;

/// Rows of one statement: a value of each column is a variable, of which a database takes so many.
const PART: usize = 500;

/// A need's number on the published list of its cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    pub need: NeedId,
    pub cycle: CycleId,
    pub seq: u32,
    /// The version that brought it onto the list.
    pub since: u32,
    /// The version that took it out, where one did.
    pub until: Option<u32>,
}

/// The number under which a need stands on the published list of its cycle; nothing where it does not stand there, or
/// a later version took it out.
///
/// # Errors
/// Where the database does not answer.
pub async fn listing<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Option<Listing>, Error> {
    let found = rows::Entity::find_by_id(need.0).one(db).await?;
    Ok(found.map(read).transpose()?.filter(|it| it.until.is_none()))
}

/// Every number that was ever given, in order of needs.
///
/// # Errors
/// Where the database does not answer.
pub async fn all_listings<C: ConnectionTrait>(db: &C) -> Result<Vec<Listing>, Error> {
    rows::Entity::find().order_by_asc(rows::Column::Need).all(db).await?.into_iter().map(read).collect()
}

/// Whether a version of the cycle's list is published.
///
/// # Errors
/// Where the database does not answer.
pub async fn is_published<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<bool, Error> {
    let published = list::Entity::find().filter(list::Column::Cycle.eq(cycle.0));
    Ok(published.filter(list::Column::PublishedAt.is_not_null()).count(db).await? > 0)
}

/// Notes the numbers that `list`, which is being published, gives and takes back.
///
/// # Errors
/// Where a need has a number already, or the database does not answer.
pub async fn write_listings<C: ConnectionTrait>(db: &C, list: &NeedList) -> Result<(), Error> {
    let of = |kind: ChangeKind| {
        let those = list.changes.iter().filter(move |change| change.kind == kind);
        those.map(|change| change.need).collect::<BTreeSet<NeedId>>()
    };
    let (added, removed) = (of(ChangeKind::Added), of(ChangeKind::Removed));
    let new = list.entries.iter().filter(|entry| list.no == 1 || added.contains(&entry.need));
    let new: Vec<rows::ActiveModel> = new
        .map(|entry| {
            let (seq, since) = (small(entry.seq)?, small(list.no)?);
            let row = rows::Model { need: entry.need.0, cycle: list.cycle.0, seq, since, until: None };
            Ok(row.into_active_model())
        })
        .collect::<Result<_, Error>>()?;
    for part in new.chunks(PART) {
        let again = [rows::Column::Seq, rows::Column::Since, rows::Column::Until];
        // A need that was taken out and comes back gets the next number: its old one stays unused.
        let out = Expr::col((rows::Entity, rows::Column::Until)).is_not_null();
        let conflict =
            OnConflict::column(rows::Column::Need).update_columns(again).action_and_where(out).to_owned();
        let done =
            rows::Entity::insert_many(part.to_vec()).on_conflict(conflict).exec_without_returning(db).await?;
        if u64::try_from(part.len()) != Ok(done) {
            return Err(Error::Stale);
        }
    }
    let removed: Vec<_> = removed.into_iter().map(|need| need.0).collect();
    for part in removed.chunks(PART) {
        let done = rows::Entity::update_many()
            .col_expr(rows::Column::Until, Expr::value(small(list.no)?))
            .filter(rows::Column::Need.is_in(part.iter().copied()))
            .filter(rows::Column::Until.is_null())
            .exec(db)
            .await?;
        if u64::try_from(part.len()) != Ok(done.rows_affected) {
            return Err(Error::Stale);
        }
    }
    Ok(())
}

fn read(model: rows::Model) -> Result<Listing, Error> {
    Ok(Listing {
        need: NeedId(model.need),
        cycle: CycleId(model.cycle),
        seq: large(model.seq)?,
        since: large(model.since)?,
        until: model.until.map(large).transpose()?,
    })
}
