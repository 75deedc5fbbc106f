//! Moving many needs at once.

use super::entity::{Column, Entity};
use super::row::{self, CHANGED_AT, COLUMNS};
use super::{TABLE, number, phone};
use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::{Envelope, Error};
use ronghe_domain::kernel::{CycleId, Instant, NeedId, OrgId, Version};
use ronghe_domain::need::{Record, Return, Row, State};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, Statement, Value,
};

/// Needs of `cycle` in one of `states`, locked for the transaction, in order of id. No text is read.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_in_states<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    states: &[State],
) -> Result<Vec<Row>, Error> {
    read_all(db, standing_in(cycle, states)?.lock_exclusive()).await
}

/// The same without a lock.
///
/// # Errors
/// Where the database does not answer.
pub async fn in_states<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    states: &[State],
) -> Result<Vec<Row>, Error> {
    read_all(db, standing_in(cycle, states)?).await
}

fn standing_in(cycle: CycleId, states: &[State]) -> Result<Select<Entity>, Error> {
    let states = states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
    Ok(Entity::find()
        .select_only()
        .columns(COLUMNS.into_iter().chain([CHANGED_AT]))
        .filter(Column::Cycle.eq(cycle.0))
        .filter(Column::State.is_in(states))
        .order_by_asc(Column::Id))
}

async fn read_all<C: ConnectionTrait>(db: &C, rows: Select<Entity>) -> Result<Vec<Row>, Error> {
    let rows = rows.build(db.get_database_backend());
    db.query_all_raw(rows).await?.iter().map(row::read).collect()
}

#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    year: i32,
    seq: Option<i32>,
    unit: Uuid,
    district: Option<Uuid>,
    state: String,
    content: Option<String>,
    returned: Option<String>,
    submitted_at: Option<i64>,
    forwarded_at: Option<i64>,
    version: i64,
    phones: Option<String>,
}

/// What the audit chain knows of `needs`, in order of id: one statement.
///
/// # Errors
/// Where the database does not answer.
pub async fn records<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    needs: &[NeedId],
) -> Result<Vec<Record>, Error> {
    let rows = Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Year,
            Column::Seq,
            Column::Unit,
            Column::District,
            Column::State,
            Column::Content,
            Column::Returned,
            Column::SubmittedAt,
            Column::ForwardedAt,
            Column::Version,
            Column::Phones,
        ])
        .filter(Column::Id.is_in(needs.iter().map(|id| id.0)))
        .order_by_asc(Column::Id)
        .into_model::<Read>()
        .all(db)
        .await?;
    rows.into_iter().map(|row| record(envelope, row)).collect()
}

fn record<E: Envelope>(envelope: &E, found: Read) -> Result<Record, Error> {
    let mut content = found.content.as_deref().map(|text| from_json(TABLE, text)).transpose()?;
    phone::put_back(envelope, found.phones.as_deref(), (None, content.as_mut()))?;
    Ok(Record {
        id: NeedId(found.id),
        year: number(found.year)?,
        seq: found.seq.map(number).transpose()?,
        unit: OrgId(found.unit),
        district: found.district.map(OrgId),
        state: from_name(TABLE, &found.state)?,
        content,
        returned: found.returned.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        submitted_at: found.submitted_at.map(|at| instant(TABLE, at)).transpose()?,
        forwarded_at: found.forwarded_at.map(|at| instant(TABLE, at)).transpose()?,
        version: Version(found.version),
    })
}

/// Puts `needs`, which are locked, into `state`, each with its next version: one statement.
///
/// # Errors
/// `Stale` where one of them is gone.
pub async fn move_to<C: ConnectionTrait>(
    db: &C,
    needs: &[NeedId],
    state: State,
    at: Instant,
) -> Result<(), Error> {
    let moved = Entity::update_many()
        .col_expr(Column::State, Expr::value(name(&state)?))
        .col_expr(Column::ChangedAt, Expr::value(micros(at)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.is_in(needs.iter().map(|id| id.0)))
        .exec(db)
        .await?;
    all(moved.rows_affected, needs.len())
}

/// Writes how needs that are locked were returned, each with its next version: one statement.
///
/// # Errors
/// `Stale` where one of them is gone.
pub async fn turn_back<C: ConnectionTrait>(db: &C, needs: &[(NeedId, Return)]) -> Result<(), Error> {
    if needs.is_empty() {
        return Ok(());
    }
    let backend = db.get_database_backend();
    let mut values: Vec<Value> = Vec::with_capacity(needs.len() * 4);
    for (id, returned) in needs {
        let written = [json(returned)?.into(), micros(returned.until).into(), name(&returned.from)?.into()];
        values.push(id.0.into());
        values.extend(written);
    }
    let rows: Vec<String> = (0..needs.len()).map(|at| placeholders(backend, at * 4)).collect();
    // Both databases call the columns of VALUES so.
    let sql = format!(
        "UPDATE need SET returned = moved.column2, until = moved.column3, back_to = moved.column4, \
         version = need.version + 1 FROM (VALUES {}) AS moved WHERE need.id = moved.column1",
        rows.join(", ")
    );
    let moved = db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    all(moved.rows_affected(), needs.len())
}

/// One row of four values behind the `before` that stand in front of it; PostgreSQL wants to know their types.
fn placeholders(backend: DbBackend, before: usize) -> String {
    match backend {
        DbBackend::Postgres => format!(
            "(CAST(${} AS uuid), CAST(${} AS text), CAST(${} AS bigint), CAST(${} AS text))",
            before + 1,
            before + 2,
            before + 3,
            before + 4
        ),
        _ => "(?, ?, ?, ?)".to_owned(),
    }
}

fn all(moved: u64, needs: usize) -> Result<(), Error> {
    if u64::try_from(needs) == Ok(moved) { Ok(()) } else { Err(Error::Stale) }
}
