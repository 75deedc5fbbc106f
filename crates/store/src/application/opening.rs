//! The opening of the seals of a cycle: once, all of them, by few statements.

use super::entity::{application as rows, opening as openings};
use super::{Envelope, read, small};
use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use ronghe_domain::application::opening::Opening;
use ronghe_domain::application::{Application, State};
use ronghe_domain::kernel::{ApplicationId, CycleId, Instant, NeedId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
};

const TABLE: &str = "application_opening";

/// Applications that are written at once.
const STEP: usize = 500;

/// The applications of a cycle whose seals are opened, each by its need and where it stands.
///
/// # Errors
/// Where the database does not answer.
pub async fn standing<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<(NeedId, State)>, Error> {
    let found: Vec<(sea_orm::prelude::Uuid, String)> = rows::Entity::find()
        .select_only()
        .columns([rows::Column::Need, rows::Column::State])
        .filter(rows::Column::Cycle.eq(cycle.0))
        .filter(rows::Column::OpenedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    found.into_iter().map(|(need, state)| Ok((NeedId(need), from_name(TABLE, &state)?))).collect()
}

/// The opening of a cycle, where its seals are opened.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Option<Opening>, Error> {
    let found = openings::Entity::find_by_id(cycle.0).one(db).await?;
    found
        .map(|row| {
            let count = u32::try_from(row.sealed);
            Ok(Opening {
                cycle: CycleId(row.cycle),
                at: instant(TABLE, row.opened_at)?,
                count: count.map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
            })
        })
        .transpose()
}

/// What lies sealed in a cycle, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn sealed<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    cycle: CycleId,
) -> Result<Vec<Application>, Error> {
    let found = rows::Entity::find()
        .filter(rows::Column::Cycle.eq(cycle.0))
        .filter(rows::Column::State.eq(name(&State::Submitted)?))
        .order_by_asc(rows::Column::Id)
        .lock_exclusive();
    found.all(db).await?.into_iter().map(|row| read(envelope, row)).collect()
}

/// Writes that a cycle is opened, `now` by the server's clock, with the numbers that its applications are given.
///
/// # Errors
/// Where it was opened before, or one of them is gone.
pub async fn write<C: ConnectionTrait>(
    db: &C,
    opening: Opening,
    now: Instant,
    numbers: &[(ApplicationId, u32)],
) -> Result<(), Error> {
    let row = openings::Model {
        cycle: opening.cycle.0,
        opened_at: micros(opening.at),
        sealed: small(opening.count)?,
    };
    openings::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    for part in numbers.chunks(STEP) {
        number(db, opening.at, now, part).await?;
    }
    Ok(())
}

async fn number<C: ConnectionTrait>(
    db: &C,
    at: Instant,
    now: Instant,
    numbers: &[(ApplicationId, u32)],
) -> Result<(), Error> {
    let backend = db.get_database_backend();
    let mut values: Vec<Value> = Vec::with_capacity(numbers.len() * 2);
    for (id, seq) in numbers {
        values.extend([id.0.into(), small(*seq)?.into()]);
    }
    let given: Vec<String> = (0..numbers.len()).map(|row| placeholders(backend, row * 2)).collect();
    let (state, at, now) = (name(&State::FormalCheck)?, micros(at), micros(now));
    // Both databases call the columns of VALUES so.
    let sql = format!(
        "UPDATE application SET state = '{state}', seq = given.column2, opened_at = {at}, changed_at = {now}, \
         version = application.version + 1 FROM (VALUES {}) AS given WHERE application.id = given.column1",
        given.join(", ")
    );
    let done = db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    if u64::try_from(numbers.len()) == Ok(done.rows_affected()) { Ok(()) } else { Err(Error::Stale) }
}

/// One row of two values behind the `before` that stand in front of it; PostgreSQL wants to know their types.
fn placeholders(backend: DbBackend, before: usize) -> String {
    match backend {
        DbBackend::Postgres => format!("(CAST(${} AS uuid), CAST(${} AS integer))", before + 1, before + 2),
        _ => "(?, ?)".to_owned(),
    }
}
