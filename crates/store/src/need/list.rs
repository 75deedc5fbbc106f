//! Lists and counts of needs: each narrowed by what its reader may see.

use super::{entity, measure, read};
use crate::Error;
use crate::account::escape;
use crate::convert::{from_name, micros, name};
use ronghe_domain::kernel::{CycleId, NeedId, OrgId};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Name, Need, State};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
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

impl Cursor {
    /// The cursor behind `need` in this order.
    #[must_use]
    pub fn behind(need: &Need, sort: Sort) -> Self {
        let key = match sort {
            Sort::Changed => micros(need.changed_at),
            Sort::Number => need.seq.map_or(NO_NUMBER, i64::from),
        };
        Self { key, id: need.id }
    }
}

/// How many needs of a unit stand in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub unit: OrgId,
    pub state: State,
    pub count: u64,
}

/// The needs that `scope` opens and `filter` asks for, and how many there are in all.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    filter: &Filter,
) -> Result<(Vec<Need>, u64), Error> {
    let total = narrowed(scope, filter)?.count(db).await?;
    let rows = part(scope, filter)?.all(db).await?;
    Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
}

fn narrowed(scope: &[Scope], filter: &Filter) -> Result<Select<entity::Entity>, Error> {
    Ok(entity::Entity::find().filter(within(scope)?.add(asked(filter)?)))
}

/// One part of a list. Ties go the way of the key, so that one index holds the order.
fn part(scope: &[Scope], filter: &Filter) -> Result<Select<entity::Entity>, Error> {
    let mut rows = narrowed(scope, filter)?;
    let (key, order) = match filter.sort {
        Sort::Changed => (Expr::col(entity::Column::ChangedAt), Order::Desc),
        Sort::Number => (Expr::col(entity::Column::Seq).if_null(NO_NUMBER), Order::Asc),
    };
    if let Some(Cursor { key: last, id }) = filter.after {
        let tie = key.clone().eq(last);
        let own = Expr::col(entity::Column::Id);
        let (beyond, tie) = match order {
            Order::Desc => (key.clone().lt(last), tie.and(own.lt(id.0))),
            _ => (key.clone().gt(last), tie.and(own.gt(id.0))),
        };
        rows = rows.filter(Condition::any().add(beyond).add(tie));
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
