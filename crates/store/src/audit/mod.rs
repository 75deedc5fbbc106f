//! The audit chain: appended to by the unit of work, read by auditors, walked by its check.

pub mod check;
mod entity;
pub mod failure;

use crate::convert::{from_json, instant, json, micros, name};
use crate::idempotency::{Kept, keeping};
use crate::together::Together;
use crate::{Error, Transaction};
use entity::{detail, event, head};
use ronghe_domain::audit::{Action, Event, Subject};
use ronghe_domain::kernel::Instant;
use sea_orm::sea_query::{Expr, UpdateStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement,
};
use std::collections::BTreeMap;

const TABLE: &str = "event";
/// Events of one statement: a value of each column is a variable, of which a database takes so many.
const PART: usize = 500;

/// Where the chain ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub at: Instant,
    pub hash: String,
}

/// The words beside an event, which can be erased without breaking the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What the record is called.
    pub name: String,
    pub salt: String,
    /// JSON of the record before.
    pub before: Option<String>,
    /// JSON of the record after.
    pub after: Option<String>,
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub event: Event,
    pub hash: String,
    pub detail: Option<Detail>,
}

/// An event as it lies in its table, to be checked.
#[derive(Debug)]
pub struct Lying {
    pub seq: i64,
    pub hash: String,
    /// What was written; nothing where it can no longer be read.
    pub stored: Option<Stored>,
    /// The columns beside it say the same: lists find events by them.
    pub agrees: bool,
}

/// What a list of events is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub subject: Option<Subject>,
    /// The record's id.
    pub record: Option<String>,
    /// Words in the record's name.
    pub words: Option<String>,
    /// Events before this one.
    pub before: Option<i64>,
    pub limit: u64,
}

/// The head of the chain, locked for the transaction: last in the order of locks. With it the database's clock
/// as it stands under the lock, in microseconds since 1970; none on SQLite, whose clock is the process's.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_head(db: &Transaction) -> Result<(Head, Option<i64>), Error> {
    if let Some(head) = db.head() {
        return Ok((head, None));
    }
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok((read_head(db).await?, None));
    }
    // The row is locked inside, so that the clock is read after the wait.
    let statement = Statement::from_string(
        DbBackend::Postgres,
        "SELECT seq, at, hash, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS now \
         FROM (SELECT seq, at, hash FROM chain_head WHERE id = 1 FOR UPDATE) AS held",
    );
    let row = db.query_one_raw(statement).await?.ok_or(Error::NotFound)?;
    let at = instant(TABLE, row.try_get("", "at")?)?;
    let head = Head { seq: row.try_get("", "seq")?, at, hash: row.try_get("", "hash")? };
    Ok((head, Some(row.try_get("", "now")?)))
}

/// The head of the chain.
///
/// # Errors
/// Where the database does not answer.
pub async fn read_head<C: ConnectionTrait>(db: &C) -> Result<Head, Error> {
    let row = head::Entity::find_by_id(1).one(db).await?.ok_or(Error::NotFound)?;
    Ok(Head { seq: row.seq, at: instant(TABLE, row.at)?, hash: row.hash })
}

/// Ends a command: appends `events` to the chain, whose head is held, moves the head behind them, and keeps the
/// answer. What is few goes in one round trip.
///
/// # Errors
/// `Constraint::Answered` where an answer is kept under this key already.
pub async fn close(db: &Transaction, events: &[Stored], answer: Option<Kept<'_>>) -> Result<(), Error> {
    let mut parts = events.chunks(PART).peekable();
    while let Some(part) = parts.next() {
        let mut statements = Together::default();
        append(&mut statements, part)?;
        if let (None, Some(last)) = (parts.peek(), part.last()) {
            let head = Head { seq: last.event.seq, at: last.event.at, hash: last.hash.clone() };
            statements.add(set_head(&head));
            if let Some(kept) = answer {
                statements.add(keeping(kept));
            }
            statements.execute(db).await?;
            db.moved(&head);
        } else {
            statements.execute(db).await?;
        }
    }
    if let (true, Some(kept)) = (events.is_empty(), answer) {
        db.execute(&keeping(kept)).await?;
    }
    Ok(())
}

fn append(statements: &mut Together, events: &[Stored]) -> Result<(), Error> {
    let rows = events.iter().map(|stored| Ok(row(stored)?.into_active_model()));
    let rows = rows.collect::<Result<Vec<_>, Error>>()?;
    statements.add(event::Entity::insert_many(rows).into_query());
    let details = events.iter().filter_map(|stored| {
        let words = stored.detail.as_ref()?;
        let model = detail::Model {
            seq: stored.event.seq,
            name: words.name.clone(),
            salt: words.salt.clone(),
            before: words.before.clone(),
            after: words.after.clone(),
        };
        Some(model.into_active_model())
    });
    let details: Vec<_> = details.collect();
    if !details.is_empty() {
        statements.add(detail::Entity::insert_many(details).into_query());
    }
    Ok(())
}

fn set_head(to: &Head) -> UpdateStatement {
    head::Entity::update_many()
        .col_expr(head::Column::Seq, Expr::value(to.seq))
        .col_expr(head::Column::At, Expr::value(micros(to.at)))
        .col_expr(head::Column::Hash, Expr::value(&to.hash))
        .filter(head::Column::Id.eq(1))
        .into_query()
}

/// Events, newest first, and how many the filter lets through.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(db: &C, filter: &Filter) -> Result<(Vec<Stored>, u64), Error> {
    let mut condition = Condition::all();
    if let Some(subject) = filter.subject {
        condition = condition.add(event::Column::Subject.eq(name(&subject)?));
    }
    if let Some(record) = &filter.record {
        condition = condition.add(event::Column::Record.eq(record));
    }
    if let Some(words) = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        let named = detail::Entity::find()
            .select_only()
            .column(detail::Column::Seq)
            .filter(crate::account::holds(Expr::col(detail::Column::Name), words));
        condition = condition.add(event::Column::Seq.in_subquery(named.into_query()));
    }
    let total = event::Entity::find().filter(condition.clone()).count(db).await?;
    if let Some(before) = filter.before {
        condition = condition.add(event::Column::Seq.lt(before));
    }
    let rows = event::Entity::find()
        .filter(condition)
        .order_by_desc(event::Column::Seq)
        .limit(filter.limit)
        .all(db)
        .await?;
    Ok((with_details(db, rows).await?, total))
}

/// When `action` was first carried out on a record, by the server's clock.
///
/// # Errors
/// Where the database does not answer.
pub async fn first<C: ConnectionTrait>(
    db: &C,
    subject: Subject,
    record: &str,
    action: Action,
) -> Result<Option<Instant>, Error> {
    let at: Option<i64> = event::Entity::find()
        .select_only()
        .column(event::Column::At)
        .filter(event::Column::Subject.eq(name(&subject)?))
        .filter(event::Column::Record.eq(record))
        .filter(event::Column::Action.eq(name(&action)?))
        .filter(event::Column::Refused.eq(false))
        .order_by_asc(event::Column::Seq)
        .into_tuple()
        .one(db)
        .await?;
    at.map(|at| instant(TABLE, at)).transpose()
}

fn row(stored: &Stored) -> Result<event::Model, Error> {
    let event = &stored.event;
    Ok(event::Model {
        seq: event.seq,
        at: micros(event.at),
        actor: event.actor.map(|id| id.0),
        action: name(&event.action)?,
        subject: name(&event.subject)?,
        record: event.record.clone(),
        refused: event.refused,
        body: json(event)?,
        hash: stored.hash.clone(),
    })
}

/// Up to `limit` events after `seq`, oldest first, for walking the chain.
///
/// # Errors
/// Where the database does not answer.
pub async fn after<C: ConnectionTrait>(db: &C, seq: i64, limit: u64) -> Result<Vec<Lying>, Error> {
    let rows = event::Entity::find()
        .filter(event::Column::Seq.gt(seq))
        .order_by_asc(event::Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    let mut details = details(db, &rows).await?;
    Ok(rows.into_iter().map(|found| lying(found, &mut details)).collect())
}

fn lying(found: event::Model, details: &mut Details) -> Lying {
    let (seq, hash) = (found.seq, found.hash.clone());
    let stored = read(found.clone(), details).ok();
    let agrees = stored.as_ref().is_some_and(|it| row(it).is_ok_and(|written| same(&written, &found)));
    Lying { seq, hash, stored, agrees }
}

/// Whether the columns are the same. The body is left out: its hash stands for what it says.
fn same(written: &event::Model, found: &event::Model) -> bool {
    *written == event::Model { body: written.body.clone(), ..found.clone() }
}

/// The words beside events, by their numbers.
type Details = BTreeMap<i64, detail::Model>;

async fn with_details<C: ConnectionTrait>(db: &C, rows: Vec<event::Model>) -> Result<Vec<Stored>, Error> {
    let mut details = details(db, &rows).await?;
    rows.into_iter().map(|found| read(found, &mut details)).collect()
}

async fn details<C: ConnectionTrait>(db: &C, rows: &[event::Model]) -> Result<Details, Error> {
    let seqs: Vec<i64> = rows.iter().map(|row| row.seq).collect();
    let details = detail::Entity::find().filter(detail::Column::Seq.is_in(seqs)).all(db).await?;
    Ok(details.into_iter().map(|row| (row.seq, row)).collect())
}

fn read(found: event::Model, details: &mut Details) -> Result<Stored, Error> {
    Ok(Stored {
        event: from_json(TABLE, &found.body)?,
        hash: found.hash,
        detail: details.remove(&found.seq).map(|words| Detail {
            name: words.name,
            salt: words.salt,
            before: words.before,
            after: words.after,
        }),
    })
}
