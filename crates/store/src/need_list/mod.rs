//! Need lists: their versions, what the leading group said of them, and the numbers of needs on published ones.

mod entity;
mod listing;

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::db::among;
use entity::{list as rows, mark};
use ronghe_domain::kernel::{AccountId, CycleId, NeedListId, Version};
use ronghe_domain::need_list::{Mark, NeedList, Proposal, Published};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeMap;

pub use listing::{Listing, all_listings, is_published, listing, write_listings};

const TABLE: &str = "need_list";

/// A version as it lies in its table: with the document that was proposed, where one was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    pub list: NeedList,
    /// In its canonical form.
    pub document: Option<String>,
}

/// The versions of a cycle, the first one first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<NeedList>, Error> {
    let found = without_document().filter(rows::Column::Cycle.eq(cycle.0));
    let found = found.order_by_asc(rows::Column::No).all(db).await?;
    Ok(with_marks(db, found).await?.into_iter().map(|it| it.list).collect())
}

/// The versions of every cycle, likewise.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_every_cycle<C: ConnectionTrait>(db: &C) -> Result<Vec<NeedList>, Error> {
    let found = without_document().order_by_asc(rows::Column::Cycle).order_by_asc(rows::Column::No);
    Ok(with_marks(db, found.all(db).await?).await?.into_iter().map(|it| it.list).collect())
}

/// The document is long, and read where somebody asks for it.
fn without_document() -> Select<rows::Entity> {
    let short = rows::Column::iter().filter(|column| !matches!(column, rows::Column::Document));
    let nothing = Expr::cust("CAST(NULL AS TEXT)");
    rows::Entity::find().select_only().columns(short).expr_as(nothing, "document")
}

/// The same, locked for the transaction; the one that is made with the document that was proposed.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<Lying>, Error> {
    let found = without_document().filter(rows::Column::Cycle.eq(cycle.0));
    let found = found.order_by_asc(rows::Column::No).lock_exclusive().all(db).await?;
    let mut versions = with_marks(db, found).await?;
    let open = versions.last_mut().filter(|it| it.list.published.is_none() && it.list.proposal.is_some());
    if let Some(open) = open {
        open.document = get(db, &[open.list.id]).await?.pop().and_then(|it| it.document);
    }
    Ok(versions)
}

/// Every version of every cycle, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Lying>, Error> {
    let found = rows::Entity::find().order_by_asc(rows::Column::Id).all(db).await?;
    with_marks(db, found).await
}

/// Which versions are published, by cycle and number: by their ids, without what they say.
///
/// # Errors
/// Where the database does not answer.
pub async fn published<C: ConnectionTrait>(db: &C) -> Result<Vec<NeedListId>, Error> {
    let found = rows::Entity::find()
        .select_only()
        .column(rows::Column::Id)
        .filter(rows::Column::PublishedAt.is_not_null())
        .order_by_asc(rows::Column::Cycle)
        .order_by_asc(rows::Column::No)
        .into_tuple::<sea_orm::prelude::Uuid>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(NeedListId).collect())
}

/// These versions.
///
/// # Errors
/// Where the database does not answer.
pub async fn get<C: ConnectionTrait>(db: &C, ids: &[NeedListId]) -> Result<Vec<Lying>, Error> {
    let these = among(db.get_database_backend(), rows::Column::Id, ids.iter().map(|id| id.0));
    let found = rows::Entity::find().filter(these);
    let found = found.order_by_asc(rows::Column::No).all(db).await?;
    with_marks(db, found).await
}

/// Writes a version over the one of the version before it, with the document that is proposed in it; its marks too,
/// of which earlier ones are only ever voided.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait>(
    db: &C,
    before: &NeedList,
    after: &NeedList,
    document: Option<&str>,
) -> Result<(), Error> {
    let mut model = row(after)?.into_active_model();
    model.document = ActiveValue::Set(document.map(str::to_owned));
    if before.version == NeedList::NONE {
        rows::Entity::insert(model).exec_without_returning(db).await?;
        return Ok(());
    }
    let done = rows::Entity::update_many()
        .set(model.reset_all())
        .filter(rows::Column::Id.eq(after.id.0))
        .filter(rows::Column::Version.eq(before.version.0))
        .exec(db)
        .await?;
    if done.rows_affected != 1 {
        return Err(Error::Stale);
    }
    let voided = |list: &NeedList| list.marks.iter().filter(|mark| mark.voided_at.is_some()).count();
    let kept = before.marks.len();
    if voided(after) > voided(before) {
        mark::Entity::update_many()
            .col_expr(mark::Column::VoidedAt, Expr::value(micros(after.changed_at)))
            .filter(mark::Column::List.eq(after.id.0))
            .filter(mark::Column::VoidedAt.is_null())
            .exec(db)
            .await?;
    }
    let new = after.marks.iter().enumerate().skip(kept);
    let new = new.map(|(nth, it)| Ok(mark_row(after.id, nth, it)?.into_active_model()));
    let new = new.collect::<Result<Vec<_>, Error>>()?;
    if !new.is_empty() {
        mark::Entity::insert_many(new).exec_without_returning(db).await?;
    }
    Ok(())
}

async fn with_marks<C: ConnectionTrait>(db: &C, found: Vec<rows::Model>) -> Result<Vec<Lying>, Error> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let these = among(db.get_database_backend(), mark::Column::List, found.iter().map(|row| row.id));
    let said = mark::Entity::find()
        .filter(these)
        .order_by_asc(mark::Column::List)
        .order_by_asc(mark::Column::Nth)
        .all(db)
        .await?;
    let mut of: BTreeMap<NeedListId, Vec<Mark>> = BTreeMap::new();
    for model in said {
        of.entry(NeedListId(model.list)).or_default().push(read_mark(model)?);
    }
    let lying = |model: rows::Model| {
        let document = model.document.clone();
        let marks = of.remove(&NeedListId(model.id)).unwrap_or_default();
        Ok(Lying { list: read(model, marks)?, document })
    };
    found.into_iter().map(lying).collect()
}

fn row(list: &NeedList) -> Result<rows::Model, Error> {
    let (proposal, published) = (list.proposal.as_ref(), list.published.as_ref());
    Ok(rows::Model {
        id: list.id.0,
        cycle: list.cycle.0,
        no: small(list.no)?,
        state: name(&list.state)?,
        entries: json(&list.entries)?,
        changes: json(&list.changes)?,
        reason: list.reason.clone(),
        last_seq: small(list.last_seq)?,
        steps: json(&list.steps)?,
        document: None,
        hash: proposal.map(|it| it.hash.clone()),
        proposed_by: proposal.map(|it| it.by.0),
        proposed_at: proposal.map(|it| micros(it.at)),
        published_by: published.map(|it| it.by.0),
        published_at: published.map(|it| micros(it.at)),
        made_by: list.made_by.0,
        composers: json(&list.composers)?,
        minutes: list.minutes.as_ref().map(json).transpose()?,
        changed_at: micros(list.changed_at),
        version: list.version.0,
    })
}

fn read(model: rows::Model, marks: Vec<Mark>) -> Result<NeedList, Error> {
    let proposal = match (model.proposed_by, model.proposed_at, model.hash) {
        (Some(by), Some(at), Some(hash)) => {
            Some(Proposal { by: AccountId(by), at: instant(TABLE, at)?, hash })
        }
        _ => None,
    };
    let published = match (model.published_by, model.published_at) {
        (Some(by), Some(at)) => Some(Published { by: AccountId(by), at: instant(TABLE, at)? }),
        _ => None,
    };
    Ok(NeedList {
        id: NeedListId(model.id),
        cycle: CycleId(model.cycle),
        no: large(model.no)?,
        state: from_name(TABLE, &model.state)?,
        entries: from_json(TABLE, &model.entries)?,
        changes: from_json(TABLE, &model.changes)?,
        reason: model.reason,
        last_seq: large(model.last_seq)?,
        steps: from_json(TABLE, &model.steps)?,
        marks,
        proposal,
        published,
        made_by: AccountId(model.made_by),
        composers: from_json(TABLE, &model.composers)?,
        minutes: model.minutes.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        changed_at: instant(TABLE, model.changed_at)?,
        version: Version(model.version),
    })
}

fn mark_row(list: NeedListId, nth: usize, mark: &Mark) -> Result<mark::Model, Error> {
    Ok(mark::Model {
        list: list.0,
        nth: i32::try_from(nth).map_err(|source| corrupt(&source))?,
        seat: name(&mark.seat)?,
        post: mark.post.clone(),
        answer: name(&mark.answer)?,
        reason: mark.reason.clone(),
        account: mark.by.0,
        proposed_by: mark.proposed_by.0,
        hash: mark.hash.clone(),
        at: micros(mark.at),
        voided_at: mark.voided_at.map(micros),
    })
}

fn read_mark(model: mark::Model) -> Result<Mark, Error> {
    Ok(Mark {
        seat: from_name(TABLE, &model.seat)?,
        post: model.post,
        answer: from_name(TABLE, &model.answer)?,
        reason: model.reason,
        by: AccountId(model.account),
        at: instant(TABLE, model.at)?,
        proposed_by: AccountId(model.proposed_by),
        hash: model.hash,
        voided_at: model.voided_at.map(|at| instant(TABLE, at)).transpose()?,
    })
}

/// A count as the database holds it.
fn small(count: u32) -> Result<i32, Error> {
    i32::try_from(count).map_err(|source| corrupt(&source))
}

/// A count as the domain holds it.
fn large(count: i32) -> Result<u32, Error> {
    u32::try_from(count).map_err(|source| corrupt(&source))
}

fn corrupt(source: &impl ToString) -> Error {
    Error::Corrupt { table: TABLE, reason: source.to_string() }
}
