//! Yearly cycles. There is one a year, with a rehearsal or two, so they are read whole.
//!
//! The column `year` holds [`CycleYear::key`]: a year alone for its own cycle.

mod entity;

use crate::Error;
use crate::convert::{from_json, from_name, json, name};
use ronghe_domain::cycle::{Cycle, CycleYear, Phase};
use ronghe_domain::kernel::{AccountId, CycleId, Version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};

const TABLE: &str = "cycle";

/// Which cycles are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Those that are opened.
    Opened,
}

/// The cycles that `scope` opens, the years' own first, each newest year first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(db: &C, scope: Scope) -> Result<Vec<Cycle>, Error> {
    let mut rows = entity::Entity::find();
    if scope == Scope::Opened {
        rows = rows.filter(entity::Column::Phase.ne(name(&Phase::Preparing)?));
    }
    let mut cycles = rows.all(db).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    cycles.sort_by_key(|cycle| {
        let CycleYear { year, rehearsal } = cycle.year();
        (rehearsal > 0, std::cmp::Reverse(year), rehearsal)
    });
    Ok(cycles)
}

/// The cycle of `year`.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, year: CycleYear) -> Result<Cycle, Error> {
    let row = entity::Entity::find().filter(entity::Column::Year.eq(year.key())).one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The cycle of `year`, locked for the transaction: cycles are locked before their records.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, year: CycleYear) -> Result<Cycle, Error> {
    let rows = entity::Entity::find().filter(entity::Column::Year.eq(year.key()));
    read(rows.lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// The cycle `id`, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock_id<C: ConnectionTrait>(db: &C, id: CycleId) -> Result<Cycle, Error> {
    let row = entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// Adds a cycle.
///
/// # Errors
/// Where there is one of its name.
pub async fn insert<C: ConnectionTrait>(db: &C, cycle: &Cycle) -> Result<(), Error> {
    row(cycle)?.into_active_model().insert(db).await?;
    Ok(())
}

/// Writes `after`, whose version is one above `seen`.
///
/// # Errors
/// `Stale` where the row no longer has the version `seen`.
pub async fn save<C: ConnectionTrait>(db: &C, after: &Cycle, seen: Version) -> Result<(), Error> {
    let mut model = row(after)?.into_active_model().reset_all();
    model.needs = ActiveValue::NotSet;
    let done = entity::Entity::update_many()
        .set(model)
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The next number of a need in the cycle, which no other need gets.
///
/// # Errors
/// Where the database does not answer.
pub async fn next_need<C: ConnectionTrait>(db: &C, id: CycleId) -> Result<u32, Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Needs, Expr::col(entity::Column::Needs).add(1))
        .filter(entity::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    let row = entity::Entity::find_by_id(id.0).one(db).await?.ok_or(Error::NotFound)?;
    u32::try_from(row.needs).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
}

fn row(cycle: &Cycle) -> Result<entity::Model, Error> {
    Ok(entity::Model {
        id: cycle.id.0,
        year: cycle.year().key(),
        phase: name(&cycle.phase)?,
        policy: cycle.content.policy.0,
        content: json(&cycle.content)?,
        moves: json(&cycle.moves)?,
        extensions: json(&cycle.extensions)?,
        revisions: json(&cycle.revisions)?,
        rehearsal: cycle.rehearsal.as_ref().map(json).transpose()?,
        made_by: cycle.made_by.0,
        needs: 0,
        version: cycle.version.0,
    })
}

fn read(model: entity::Model) -> Result<Cycle, Error> {
    Ok(Cycle {
        id: CycleId(model.id),
        phase: from_name(TABLE, &model.phase)?,
        content: from_json(TABLE, &model.content)?,
        moves: from_json(TABLE, &model.moves)?,
        extensions: from_json(TABLE, &model.extensions)?,
        revisions: from_json(TABLE, &model.revisions)?,
        rehearsal: model.rehearsal.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        made_by: AccountId(model.made_by),
        version: Version(model.version),
    })
}
