//! Needs as they are compared with one another: title and prose of what was submitted, without the rest.

use super::TABLE;
use super::entity::{Column, Entity};
use super::list::within;
use super::row::{self, CHANGED_AT, COLUMNS};
use crate::Error;
use crate::convert::{from_json, from_name, instant, micros};
use crate::db::among;
use ronghe_domain::kernel::{CycleId, Instant, NeedId, OrgId, Version};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Place, Prose, Row, State};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;

/// A need that was submitted, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub id: NeedId,
    pub version: Version,
    pub changed_at: Instant,
    pub state: State,
    pub place: Place,
    pub prose: Prose,
}

/// Of a submitted content what says who sees the need.
#[derive(Deserialize)]
struct Measures {
    measures: Vec<u32>,
}

/// Up to `limit` needs of `cycle` that were submitted, whoever may see them, by when they were changed last and
/// then by id, behind the place `after`.
///
/// # Errors
/// Where the database does not answer.
pub async fn told<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    after: (Instant, NeedId),
    limit: u64,
) -> Result<Vec<Told>, Error> {
    type Columns = (Uuid, i64, String, i64, Uuid, Option<Uuid>, Option<i64>, Option<i64>, String);
    let own = Expr::tuple([Expr::col(Column::ChangedAt), Expr::col(Column::Id)]);
    let end = Expr::tuple([Expr::val(micros(after.0)), Expr::val(after.1.0)]);
    let found: Vec<Columns> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Version, Column::State, Column::ChangedAt, Column::Unit])
        .columns([Column::District, Column::SubmittedAt, Column::ForwardedAt, Column::Content])
        .filter(Column::Cycle.eq(cycle.0))
        .filter(Column::Content.is_not_null())
        // By this the index is entered; SQLite does not seek by the pair.
        .filter(Column::ChangedAt.gte(micros(after.0)))
        .filter(own.gt(end))
        .order_by_asc(Column::ChangedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let told = |(id, version, state, changed, unit, district, submitted, forwarded, content): Columns| {
        let Measures { measures } = from_json(TABLE, &content)?;
        let state: State = from_name(TABLE, &state)?;
        Ok(Told {
            id: NeedId(id),
            version: Version(version),
            changed_at: instant(TABLE, changed)?,
            state,
            place: Place {
                cycle,
                unit: OrgId(unit),
                district: district.map(OrgId),
                submitted: submitted.is_some(),
                arrived: forwarded.is_some(),
                listed: state.is_on_list(),
                measures,
            },
            prose: from_json(TABLE, &content)?,
        })
    };
    found.into_iter().map(told).collect()
}

/// Those of `needs` that `scope` opens and that were submitted, as lists show them, with their prose: by one
/// statement.
///
/// # Errors
/// Where the database does not answer.
pub async fn rows_with_prose<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    needs: &[NeedId],
) -> Result<Vec<(Row, Prose)>, Error> {
    let mut rows = Query::select();
    for column in COLUMNS.into_iter().chain([CHANGED_AT, Column::Content]) {
        rows.column((Entity, column));
    }
    let these = among(db.get_database_backend(), Column::Id, needs.iter().map(|id| id.0));
    let asked = within(scope)?.add(these).add(Column::Content.is_not_null());
    let found = db.query_all(rows.from(Entity).cond_where(asked)).await?;
    let read = |found: &sea_orm::QueryResult| {
        let content: String = found.try_get_by_index(COLUMNS.len() + 1)?;
        Ok((row::read(found)?, from_json(TABLE, &content)?))
    };
    found.iter().map(read).collect()
}
