//! Lists and counts of needs: each narrowed by what its reader may see.

use super::grams::Way;
use super::row::{self, CHANGED_AT, COLUMNS};
use super::{entity, grams, measure, verdict};
use crate::Error;
use crate::convert::{from_name, micros, name};
use crate::db::among;
use ronghe_domain::kernel::{CycleId, Instant, NeedId, OrgId};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Row, State};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

const TABLE: &str = "need";

/// What a list of needs is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in title, number or what was submitted.
    pub words: Option<String>,
    pub cycle: Option<CycleId>,
    /// In none of these.
    pub without: Vec<CycleId>,
    /// Any of these; all where empty.
    pub states: Vec<State>,
    pub unit: Option<OrgId>,
    /// Filed by schools of this district, or by the bureau itself.
    pub district: Option<OrgId>,
    /// Of those that were returned, only what may still be submitted again at this instant.
    pub back_at: Option<Instant>,
    /// Under this measure, whether the main one or not.
    pub measure: Option<u32>,
    /// Whether a verdict is given: only for who sees verdicts.
    pub decided: Option<bool>,
    pub sort: Sort,
    pub after: Option<Cursor>,
    pub limit: u64,
}

impl Filter {
    /// What is looked for, where anything is.
    fn words(&self) -> Option<&str> {
        self.words.as_deref().map(str::trim).filter(|words| !words.is_empty())
    }
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

impl Sort {
    /// What rows are put in order by; by an index that has the order, unless few rows are known already: then
    /// the index of all would be gone through for them.
    fn key(self, way: Way) -> (Expr, Order) {
        match (self, way) {
            (Self::Changed, Way::InOrder) => (Expr::col(entity::Column::ChangedAt), Order::Desc),
            (Self::Changed, Way::Known) => (Expr::cust("+changed_at"), Order::Desc),
            (Self::Number, Way::InOrder) => (Expr::cust(NUMBER), Order::Asc),
            (Self::Number, Way::Known) => (Expr::cust("+COALESCE(seq, 9223372036854775807)"), Order::Asc),
        }
    }
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

/// The needs that `scope` opens and `filter` asks for, and how many there are in all: one statement, and on
/// SQLite one before it where words are looked for.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    filter: &Filter,
) -> Result<(Vec<Row>, Total), Error> {
    let backend = db.get_database_backend();
    let way = match filter.words() {
        Some(words) => grams::way(db, words).await?,
        // One district or unit has few rows: they are found first and put in order then.
        None if filter.unit.is_some() || filter.district.is_some() => Way::Known,
        None => Way::InOrder,
    };
    let mut asked = backend.build(&page(backend, scope, filter, way)?);
    asked.sql.push_str(&limit(filter.limit));
    let found = db.query_all_raw(asked).await?;
    let total: i64 = match found.first() {
        Some(first) => first.try_get_by_index(COLUMNS.len() + 1)?,
        None if filter.after.is_none() => 0,
        // Behind the last row there is none that could say it.
        None => {
            let said = db.query_one(Query::select().expr(counted(backend, scope, filter)?)).await?;
            said.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default()
        }
    };
    let total = u64::try_from(total).unwrap_or_default();
    let is_bounded = total > COUNTED;
    let total = Total { count: if is_bounded { COUNTED } else { total }, is_bounded };
    Ok((found.iter().map(row::read).collect::<Result<_, _>>()?, total))
}

/// These needs as lists show them, where `scope` opens them, by number.
///
/// # Errors
/// Where the database does not answer.
pub async fn rows<C: ConnectionTrait>(
    db: &C,
    scope: &[Scope],
    needs: impl IntoIterator<Item = NeedId>,
) -> Result<Vec<Row>, Error> {
    let ids = needs.into_iter().map(|id| id.0);
    let rows = entity::Entity::find().select_only().filter(within(scope)?);
    let rows = rows.filter(among(db.get_database_backend(), entity::Column::Id, ids));
    let mut rows = rows.order_by_asc(entity::Column::Seq).into_query();
    for column in COLUMNS.into_iter().chain([CHANGED_AT]) {
        rows.column((entity::Entity, column));
    }
    db.query_all(&rows).await?.iter().map(row::read).collect()
}

/// How many needs `scope` opens and `filter` asks for, to the last one.
///
/// # Errors
/// Where the database does not answer.
pub async fn count<C: ConnectionTrait>(db: &C, scope: &[Scope], filter: &Filter) -> Result<u64, Error> {
    let mut rows = known(db.get_database_backend(), scope, filter)?;
    let counted = db.query_one(rows.expr(Expr::cust("COUNT(*)"))).await?;
    let count: i64 = counted.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(u64::try_from(count).unwrap_or_default())
}

/// How many needs in 遴选 have no verdict.
///
/// # Errors
/// Where the database does not answer.
pub async fn undecided<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<u32, Error> {
    let (states, decided) = (vec![State::Screening], Some(false));
    let open = Filter { cycle: Some(cycle), states, decided, ..Filter::default() };
    Ok(u32::try_from(count(db, &[Scope::All], &open).await?).unwrap_or(u32::MAX))
}

/// What `scope` opens and `filter` asks for, come by in this way.
fn narrowed(
    backend: DbBackend,
    scope: &[Scope],
    filter: &Filter,
    way: Way,
) -> Result<SelectStatement, Error> {
    let mut rows = match filter.words() {
        Some(words) => grams::find(backend, words, way),
        None => Query::select().from(entity::Entity).take(),
    };
    Ok(rows.cond_where(within(scope)?.add(asked(filter)?)).take())
}

/// The same to be counted: then nothing is put in order, and what the index knows is the shortest way.
fn known(backend: DbBackend, scope: &[Scope], filter: &Filter) -> Result<SelectStatement, Error> {
    narrowed(backend, scope, filter, Way::Known)
}

/// One part of a list, with how many rows there are in all behind each of its rows.
fn page(backend: DbBackend, scope: &[Scope], filter: &Filter, way: Way) -> Result<SelectStatement, Error> {
    let mut rows = part(backend, scope, filter, way)?;
    if filter.words().is_some() && way == Way::Known {
        // Found and put in order by an index alone; only then are the rows read.
        let ids = rows.column((entity::Entity, entity::Column::Id)).limit(filter.limit).take();
        let picked = Expr::col((entity::Entity, entity::Column::Id)).in_subquery(ids);
        let (key, order) = filter.sort.key(way);
        rows =
            Query::select().from(entity::Entity).and_where(picked).order_by_expr(key, order.clone()).take();
        rows.order_by((entity::Entity, entity::Column::Id), order);
    }
    for column in COLUMNS.into_iter().chain([CHANGED_AT]) {
        rows.column((entity::Entity, column));
    }
    Ok(rows.expr(counted(backend, scope, filter)?).take())
}

/// Written out, for where it is a parameter SQLite plans the statement anew each time.
fn limit(most: u64) -> String {
    format!(" LIMIT {most}")
}

/// Counts up to one more than [`COUNTED`].
fn counted(backend: DbBackend, scope: &[Scope], filter: &Filter) -> Result<Expr, Error> {
    let rows = backend.build(known(backend, scope, filter)?.expr(Expr::cust("1")));
    let sql = format!("(SELECT COUNT(*) FROM ({}{}) AS counted)", rows.sql, limit(COUNTED + 1));
    Ok(Expr::cust_with_values(sql, rows.values.map(|values| values.0).unwrap_or_default()))
}

/// The rows of one part. Ties go the way of the key, so that one index holds the order.
fn part(backend: DbBackend, scope: &[Scope], filter: &Filter, way: Way) -> Result<SelectStatement, Error> {
    let mut rows = narrowed(backend, scope, filter, way)?;
    let (key, order) = filter.sort.key(way);
    if let Some(Cursor { key: last, id }) = filter.after {
        let own = Expr::tuple([key.clone(), Expr::col((entity::Entity, entity::Column::Id))]);
        let end = Expr::tuple([Expr::val(last), Expr::val(id.0)]);
        let (from, beyond) = match order {
            Order::Desc => (key.clone().lte(last), own.lt(end)),
            _ => (key.clone().gte(last), own.gt(end)),
        };
        // SQLite seeks by an expression only where it stands alone.
        rows.and_where(from).and_where(beyond);
    }
    rows.order_by_expr(key, order.clone()).order_by((entity::Entity, entity::Column::Id), order);
    Ok(rows)
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

fn listed_states() -> Result<Vec<String>, Error> {
    State::ALL.iter().filter(|state| state.is_on_list()).map(name).collect()
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
            Scope::Listed => parts.add(entity::Column::State.is_in(listed_states()?)),
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

/// What is asked for beside words.
fn asked(filter: &Filter) -> Result<Condition, Error> {
    let mut all = Condition::all();
    if let Some(cycle) = filter.cycle {
        all = all.add(entity::Column::Cycle.eq(cycle.0));
    }
    if !filter.without.is_empty() {
        all = all.add(entity::Column::Cycle.is_not_in(filter.without.iter().map(|cycle| cycle.0)));
    }
    if !filter.states.is_empty() {
        let names = filter.states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        all = all.add(entity::Column::State.is_in(names));
    }
    if let Some(now) = filter.back_at {
        all = all.add(
            Condition::any().add(entity::Column::Until.is_null()).add(entity::Column::Until.gt(micros(now))),
        );
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
    if let Some(decided) = filter.decided {
        let given = Query::select()
            .column(verdict::entity::Column::Need)
            .from(verdict::entity::Entity)
            .and_where(Expr::col(verdict::entity::Column::Ruling).is_not_null())
            .to_owned();
        let id = Expr::col((entity::Entity, entity::Column::Id));
        all = all.add(if decided { id.in_subquery(given) } else { id.not_in_subquery(given) });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Filter, Query, Scope, SelectStatement, Sort, Way, counted, page};
    use crate::Db;
    use ronghe_domain::kernel::{CycleId, NeedId, OrgId};
    use ronghe_domain::need::State;
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    use uuid::Uuid;

    /// What SQLite means to do, step by step.
    async fn plan(db: &Db, asked: SelectStatement) -> String {
        let asked = DbBackend::Sqlite.build(&asked);
        let explained = Statement { sql: format!("EXPLAIN QUERY PLAN {}", asked.sql), ..asked };
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
        let number = Filter { sort: Sort::Number, ..all.clone() };
        let after = Some(Cursor { key: 1, id: NeedId(Uuid::nil()) });
        let further = Filter { after, ..all.clone() };
        let numbered = Filter { after, ..number.clone() };
        for (filter, index) in [
            (&state, "SEARCH need USING INDEX need_by_state_and_change"),
            (&all, "SCAN need USING INDEX need_by_change"),
            (&number, "SCAN need USING INDEX need_by_number"),
            (&further, "SEARCH need USING INDEX need_by_change"),
            (&numbered, "SEARCH need USING INDEX need_by_number"),
        ] {
            let asked = page(DbBackend::Sqlite, &[Scope::Arrived], filter, Way::InOrder).unwrap();
            let planned = plan(&db, asked).await;
            assert!(planned.starts_with(index) && !planned.contains("TEMP B-TREE"), "{planned}");
        }
        // Of one district or unit, in whatever cycle, only its own rows are gone through.
        let org = Some(OrgId(Uuid::nil()));
        for (filter, indexes) in [
            (Filter { district: org, ..all.clone() }, &["need_by_district", "need_by_unit"][..]),
            (Filter { unit: org, ..all.clone() }, &["need_by_unit"][..]),
        ] {
            let asked = page(DbBackend::Sqlite, &[Scope::Arrived], &filter, Way::Known).unwrap();
            let planned = plan(&db, asked).await;
            let is_used = |index: &&str| planned.contains(&format!("INDEX {index} "));
            assert!(indexes.iter().all(is_used), "{planned}");
        }
        // Nobody reads ten thousand texts to count them.
        let count = counted(DbBackend::Sqlite, &[Scope::Arrived], &state).unwrap();
        let counting = plan(&db, Query::select().expr(count).take()).await;
        assert!(counting.contains("COVERING INDEX need_by_state_and_change"), "{counting}");
        // Words are looked up in the index of pairs, and neither a text nor a row is read that is not shown;
        // words that many needs hold are found sooner in the list's own order.
        let words = Filter { words: Some("书法".into()), ..state };
        for (way, index) in [
            (Way::Known, "SEARCH need USING COVERING INDEX need_by_place"),
            (Way::InOrder, "SEARCH need USING INDEX need_by_state_and_change"),
        ] {
            let found = page(DbBackend::Sqlite, &[Scope::Arrived], &words, way).unwrap();
            let found = plan(&db, found).await;
            let by_pairs = found.matches("need_gram VIRTUAL TABLE").count();
            assert!(found.contains(index), "{way:?}: {found}");
            assert_eq!(by_pairs, 1 + usize::from(way == Way::Known), "to count, and for the rows: {found}");
        }
    }
}
