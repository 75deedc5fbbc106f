//! Lists and counts of needs: each narrowed by what its reader may see.

use super::row::{self, CHANGED_AT, COLUMNS};
use super::{entity, measure, read};
use crate::Error;
use crate::account::escape;
use crate::convert::{from_name, micros, name};
use ronghe_domain::kernel::{CycleId, NeedId, OrgId};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Name, Need, Row, State};
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, LikeExpr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

const TABLE: &str = "need";

/// What a list of needs is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in title, number or what was submitted.
    pub words: Option<String>,
    pub cycle: Option<CycleId>,
    /// Any of these; all where empty.
    pub states: Vec<State>,
    pub unit: Option<OrgId>,
    /// Filed by schools of this district, or by the bureau itself.
    pub district: Option<OrgId>,
    /// Under this measure, whether the main one or not.
    pub measure: Option<u32>,
    pub sort: Sort,
    pub after: Option<Cursor>,
    pub limit: u64,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Last changed first.
    #[default]
    Changed,
    /// By number; drafts, which have none, last.
    Number,
}

/// Where the next part of a list begins: the key of the row before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Microseconds since 1970, or the number.
    pub key: i64,
    pub id: NeedId,
}

/// Stands for drafts in the order of numbers.
const NO_NUMBER: i64 = i64::MAX;
/// The key of that order, as its index has it.
const NUMBER: &str = "COALESCE(seq, 9223372036854775807)";

impl Cursor {
    /// The cursor behind `row` in this order.
    #[must_use]
    pub fn behind(row: &Row, sort: Sort) -> Self {
        let key = match sort {
            Sort::Changed => micros(row.changed_at),
            Sort::Number => row.seq.map_or(NO_NUMBER, i64::from),
        };
        Self { key, id: row.id }
    }
}

/// How many needs of a unit stand in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub unit: OrgId,
    pub state: State,
    pub count: u64,
}

/// Nobody waits for more to be counted.
pub const COUNTED: u64 = 1000;

/// How many rows there are in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub count: u64,
    /// There are more: counting ended at [`COUNTED`].
    pub is_bounded: bool,
}

/// The needs that `scope` opens and `filter` asks for, and how many there are in all: one statement.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    filter: &Filter,
) -> Result<(Vec<Row>, Total), Error> {
    let found = db.query_all(&page(scope, filter)?).await?;
    let total: i64 = match found.first() {
        Some(first) => first.try_get_by_index(COLUMNS.len() + 1)?,
        None if filter.after.is_none() => 0,
        // Behind the last row there is none that could say it.
        None => {
            let said = db.query_one(&counted(scope, filter)?).await?;
            said.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default()
        }
    };
    let total = u64::try_from(total).unwrap_or_default();
    let is_bounded = total > COUNTED;
    let total = Total { count: if is_bounded { COUNTED } else { total }, is_bounded };
    Ok((found.iter().map(row::read).collect::<Result<_, _>>()?, total))
}

/// How many needs `scope` opens and `filter` asks for, to the last one.
///
/// # Errors
/// Where the database does not answer.
pub async fn count<C: ConnectionTrait>(db: &C, scope: &[Scope], filter: &Filter) -> Result<u64, Error> {
    Ok(narrowed(scope, filter)?.count(db).await?)
}

fn narrowed(scope: &[Scope], filter: &Filter) -> Result<Select<entity::Entity>, Error> {
    Ok(entity::Entity::find().select_only().filter(within(scope)?.add(asked(filter)?)))
}

/// One part of a list, with how many rows there are in all behind each of its rows.
fn page(scope: &[Scope], filter: &Filter) -> Result<SelectStatement, Error> {
    let mut rows = part(scope, filter)?.into_query();
    for column in COLUMNS.into_iter().chain([CHANGED_AT]) {
        rows.column((entity::Entity, column));
    }
    Ok(rows.expr(counted(scope, filter)?).to_owned())
}

/// Counts up to one more than [`COUNTED`].
fn counted(scope: &[Scope], filter: &Filter) -> Result<SelectStatement, Error> {
    let rows = narrowed(scope, filter)?.expr(Expr::val(1)).limit(COUNTED + 1).into_query();
    Ok(Query::select().expr(Expr::col(Asterisk).count()).from_subquery(rows, "counted").to_owned())
}

/// The rows of one part. Ties go the way of the key, so that one index holds the order.
fn part(scope: &[Scope], filter: &Filter) -> Result<Select<entity::Entity>, Error> {
    let mut rows = narrowed(scope, filter)?;
    let (key, order) = match filter.sort {
        Sort::Changed => (Expr::col(entity::Column::ChangedAt), Order::Desc),
        Sort::Number => (Expr::cust(NUMBER), Order::Asc),
    };
    if let Some(Cursor { key: last, id }) = filter.after {
        let own = Expr::tuple([key.clone(), Expr::col(entity::Column::Id)]);
        let last = Expr::tuple([Expr::val(last), Expr::val(id.0)]);
        rows = rows.filter(if order == Order::Desc { own.lt(last) } else { own.gt(last) });
    }
    Ok(rows.order_by(key, order.clone()).order_by(entity::Column::Id, order).limit(filter.limit))
}

/// How many needs each unit has in each state, of those that `scope` opens in `cycle`.
///
/// # Errors
/// Where the database does not answer.
pub async fn counts<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    cycle: CycleId,
) -> Result<Vec<Count>, Error> {
    let rows: Vec<(sea_orm::prelude::Uuid, String, i64)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Unit)
        .column(entity::Column::State)
        .column_as(entity::Column::Id.count(), "count")
        .filter(within(scope)?.add(entity::Column::Cycle.eq(cycle.0)))
        .group_by(entity::Column::Unit)
        .group_by(entity::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(unit, state, count)| {
            Ok(Count {
                unit: OrgId(unit),
                state: from_name(TABLE, &state)?,
                count: u64::try_from(count).unwrap_or_default(),
            })
        })
        .collect()
}

/// Needs of `cycle` in `state`, locked for the transaction, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_in_state<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    state: State,
) -> Result<Vec<Need>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Cycle.eq(cycle.0))
        .filter(entity::Column::State.eq(name(&state)?))
        .order_by_asc(entity::Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// How many needs of `unit` are under way in `cycle`, `without` one.
///
/// # Errors
/// Where the database does not answer.
pub async fn under_way<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    unit: OrgId,
    without: NeedId,
) -> Result<u64, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Cycle.eq(cycle.0))
        .filter(entity::Column::Unit.eq(unit.0))
        .filter(entity::Column::Id.ne(without.0))
        .filter(entity::Column::State.is_in(under_way_states()?));
    Ok(rows.count(db).await?)
}

/// How many needs of a district have reached the lead office in `cycle`, `without` one.
///
/// # Errors
/// Where the database does not answer.
pub async fn forwarded<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    district: OrgId,
    without: NeedId,
) -> Result<u64, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Cycle.eq(cycle.0))
        .filter(entity::Column::Id.ne(without.0))
        .filter(of_district(district))
        .filter(entity::Column::ForwardedAt.is_not_null())
        .filter(entity::Column::State.is_in(under_way_states()?));
    Ok(rows.count(db).await?)
}

fn under_way_states() -> Result<Vec<String>, Error> {
    State::ALL.iter().filter(|state| state.is_under_way()).map(name).collect()
}

fn of_district(district: OrgId) -> Condition {
    Condition::any().add(entity::Column::District.eq(district.0)).add(entity::Column::Unit.eq(district.0))
}

/// The union of the parts; nothing where there are none.
pub(super) fn within(scope: &[Scope]) -> Result<Condition, Error> {
    let mut parts = Condition::any();
    for part in scope {
        parts = match part {
            Scope::All => parts.add(entity::Column::Id.is_not_null()),
            Scope::Own(org) => parts.add(entity::Column::Unit.eq(org.0)),
            Scope::District(org) => parts.add(
                Condition::all()
                    .add(entity::Column::District.eq(org.0))
                    .add(entity::Column::SubmittedAt.is_not_null()),
            ),
            Scope::Arrived => parts.add(entity::Column::ForwardedAt.is_not_null()),
            Scope::Measures(cycle, measures) => parts.add(
                Condition::all()
                    .add(entity::Column::ForwardedAt.is_not_null())
                    .add(entity::Column::Cycle.eq(cycle.0))
                    .add(under(measures.iter().copied())?),
            ),
        };
    }
    if scope.is_empty() {
        parts = parts.add(entity::Column::Id.is_null());
    }
    Ok(Condition::all().add(parts))
}

/// Comes under any of `measures`.
fn under(measures: impl IntoIterator<Item = u32>) -> Result<Expr, Error> {
    let numbers: Vec<i32> = measures.into_iter().filter_map(|seq| i32::try_from(seq).ok()).collect();
    let needs = Query::select()
        .column(measure::Column::Need)
        .from(measure::Entity)
        .and_where(Expr::col(measure::Column::Seq).is_in(numbers))
        .to_owned();
    Ok(Expr::col((entity::Entity, entity::Column::Id)).in_subquery(needs))
}

fn asked(filter: &Filter) -> Result<Condition, Error> {
    let mut all = Condition::all();
    if let Some(words) = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        let like = LikeExpr::new(format!("%{}%", escape(&words.to_lowercase()))).escape('\\');
        let mut any = Condition::any().add(Expr::col(entity::Column::Search).like(like));
        if let Some(Name::Number(number)) = Name::parse(words) {
            let seq = i32::try_from(number.seq).unwrap_or_default();
            any = any.add(
                Condition::all()
                    .add(entity::Column::Year.eq(i32::from(number.year)))
                    .add(entity::Column::Seq.eq(seq)),
            );
        }
        all = all.add(any);
    }
    if let Some(cycle) = filter.cycle {
        all = all.add(entity::Column::Cycle.eq(cycle.0));
    }
    if !filter.states.is_empty() {
        let names = filter.states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        all = all.add(entity::Column::State.is_in(names));
    }
    if let Some(unit) = filter.unit {
        all = all.add(entity::Column::Unit.eq(unit.0));
    }
    if let Some(district) = filter.district {
        all = all.add(of_district(district));
    }
    if let Some(seq) = filter.measure {
        all = all.add(under([seq])?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{Filter, Scope, entity, narrowed, part};
    use crate::Db;
    use ronghe_domain::kernel::CycleId;
    use ronghe_domain::need::State;
    use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Select, Statement};
    use uuid::Uuid;

    /// What SQLite means to do, step by step.
    async fn plan(db: &Db, asked: Select<entity::Entity>, is_counted: bool) -> String {
        let asked = asked.build(DbBackend::Sqlite);
        let counted = format!("SELECT COUNT(*) FROM ({})", asked.sql);
        let sql = format!("EXPLAIN QUERY PLAN {}", if is_counted { &counted } else { &asked.sql });
        let explained = Statement { sql, ..asked };
        let steps = db.reader().query_all_raw(explained).await.unwrap();
        let steps = steps.iter().map(|step| step.try_get::<String>("", "detail").unwrap());
        steps.collect::<Vec<_>>().join("; ")
    }

    #[tokio::test]
    async fn lists_come_in_the_order_of_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}", folder.path().join("x.sqlite").display())).await.unwrap();
        db.migrate().await.unwrap();
        let state = Filter {
            cycle: Some(CycleId(Uuid::nil())),
            states: vec![State::Forwarded],
            limit: 50,
            ..Filter::default()
        };
        let all = Filter { limit: 50, ..Filter::default() };
        for (filter, index) in [(&state, "need_by_state_and_change"), (&all, "need_by_change")] {
            let plan = plan(&db, part(&[Scope::Arrived], filter).unwrap(), false).await;
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
        // Nobody reads ten thousand texts to count them.
        let plan = plan(&db, narrowed(&[Scope::Arrived], &state).unwrap(), true).await;
        assert!(plan.contains("COVERING INDEX need_by_state_and_change"), "{plan}");
    }
}
