//! Lists of applications: each narrowed by what its reader may see.

use super::entity::{application as rows, opinion as opinions};
use super::{Envelope, Head, TABLE, large, words};
use crate::Error;
use crate::convert::{from_json, from_name, instant, micros, name};
use crate::db::among;
use crate::need::entity as needs;
use ronghe_domain::application::rules::Scope;
use ronghe_domain::application::search::Words;
use ronghe_domain::application::{Row, State};
use ronghe_domain::kernel::{ApplicationId, CycleId, Instant, NeedId, OrgId};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

/// What a list of applications is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that have them in what the reader reads; all where absent.
    pub words: Option<Words>,
    pub cycle: Option<CycleId>,
    /// None of these cycles.
    pub without: Vec<CycleId>,
    /// Any of these; all where empty.
    pub states: Vec<State>,
    pub need: Option<NeedId>,
    pub university: Option<OrgId>,
    /// With an opinion of its need's unit, or without; all where absent.
    pub opinion: Option<bool>,
    /// Only those whose day of correction lies at that instant or before.
    pub overdue: Option<Instant>,
    /// None of this university: its people do not learn what others think of it.
    pub but_of: Option<OrgId>,
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
    /// By number; those without one last.
    Number,
}

/// Where the next part of a list begins: the key of the row before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Microseconds since 1970, or the number.
    pub key: i64,
    pub id: ApplicationId,
}

/// Stands for those without a number in the order of numbers.
const NO_NUMBER: i64 = i64::MAX;

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

/// The columns of a list: no text but the head is read.
#[derive(FromQueryResult)]
struct Read {
    id: sea_orm::prelude::Uuid,
    cycle: sea_orm::prelude::Uuid,
    cycle_name: String,
    seq: Option<i32>,
    need: sea_orm::prelude::Uuid,
    university: sea_orm::prelude::Uuid,
    state: String,
    head: String,
    until: Option<i64>,
    changed_at: i64,
}

/// The applications that `scope` opens and `filter` asks for, and how many there are in all.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: &[Scope],
    filter: &Filter,
) -> Result<(Vec<Row>, u64), Error> {
    let asked = asked(filter)?;
    let mut all = rows::Entity::find().filter(within(scope)).filter(asked.clone());
    if let Some(looked_for) = &filter.words {
        let found = words::found(db, envelope, scope, &asked, looked_for).await?;
        all = all.filter(among(db.get_database_backend(), rows::Column::Id, found));
    }
    let total = all.clone().count(db).await?;
    let (key, order) = match filter.sort {
        Sort::Changed => (Expr::col(rows::Column::ChangedAt), Order::Desc),
        Sort::Number => (Expr::cust("COALESCE(seq, 9223372036854775807)"), Order::Asc),
    };
    let mut part = all;
    if let Some(Cursor { key: last, id }) = filter.after {
        let own = Expr::tuple([key.clone(), Expr::col(rows::Column::Id)]);
        let end = Expr::tuple([Expr::val(last), Expr::val(id.0)]);
        part = part.filter(if order == Order::Desc { own.lt(end) } else { own.gt(end) });
    }
    let part = part
        .select_only()
        .columns([
            rows::Column::Id,
            rows::Column::Cycle,
            rows::Column::CycleName,
            rows::Column::Seq,
            rows::Column::Need,
            rows::Column::University,
            rows::Column::State,
            rows::Column::Head,
            rows::Column::Until,
            rows::Column::ChangedAt,
        ])
        .order_by(key, order.clone())
        .order_by(rows::Column::Id, order)
        .limit(filter.limit);
    let found = part.into_model::<Read>().all(db).await?;
    Ok((found.into_iter().map(|found| read(envelope, found)).collect::<Result<_, _>>()?, total))
}

fn read<E: Envelope>(envelope: &E, found: Read) -> Result<Row, Error> {
    let head: Head = from_json(TABLE, &envelope.open(&found.head)?)?;
    Ok(Row {
        id: ApplicationId(found.id),
        cycle: CycleId(found.cycle),
        cycle_name: found.cycle_name,
        seq: found.seq.map(large).transpose()?,
        need: NeedId(found.need),
        university: OrgId(found.university),
        state: from_name(TABLE, &found.state)?,
        title: head.title,
        leader: head.leader,
        asked: head.asked,
        until: found.until.map(|at| instant(TABLE, at)).transpose()?,
        changed_at: instant(TABLE, found.changed_at)?,
    })
}

/// The union of the parts; nothing where there are none.
pub(super) fn within(scope: &[Scope]) -> Condition {
    let mut parts = Condition::any();
    for part in scope {
        parts = match part {
            Scope::All => parts.add(rows::Column::Id.is_not_null()),
            Scope::Own(org) => parts.add(rows::Column::University.eq(org.0)),
            Scope::Opened => parts.add(rows::Column::OpenedAt.is_not_null()),
            Scope::Offered(org) => parts.add(offered(*org)),
        };
    }
    if scope.is_empty() {
        parts = parts.add(rows::Column::Id.is_null());
    }
    Condition::all().add(parts)
}

/// What others have handed in for needs of `unit`, once it is accepted.
fn offered(unit: OrgId) -> Condition {
    let own = Query::select()
        .column(needs::Column::Id)
        .from(needs::Entity)
        .and_where(Expr::col(needs::Column::Unit).eq(unit.0))
        .to_owned();
    Condition::all()
        .add(rows::Column::OpenedAt.is_not_null())
        .add(rows::Column::State.is_in(accepted()))
        .add(rows::Column::University.ne(unit.0))
        .add(rows::Column::Need.in_subquery(own))
}

/// The states of what is accepted.
fn accepted() -> Vec<String> {
    State::ALL.iter().filter(|state| state.is_accepted()).filter_map(|state| name(state).ok()).collect()
}

/// The applications of which their need's unit has said something.
fn thought_of() -> SelectStatement {
    Query::select().column(opinions::Column::Application).from(opinions::Entity).to_owned()
}

/// What is asked for.
fn asked(filter: &Filter) -> Result<Condition, Error> {
    let mut all = Condition::all();
    if let Some(cycle) = filter.cycle {
        all = all.add(rows::Column::Cycle.eq(cycle.0));
    }
    if !filter.without.is_empty() {
        all = all.add(rows::Column::Cycle.is_not_in(filter.without.iter().map(|cycle| cycle.0)));
    }
    if !filter.states.is_empty() {
        let names = filter.states.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        all = all.add(rows::Column::State.is_in(names));
    }
    if let Some(need) = filter.need {
        all = all.add(rows::Column::Need.eq(need.0));
    }
    if let Some(university) = filter.university {
        all = all.add(rows::Column::University.eq(university.0));
    }
    if let Some(now) = filter.overdue {
        all = all.add(rows::Column::Until.lte(micros(now)));
    }
    if let Some(given) = filter.opinion {
        let said = rows::Column::Id.in_subquery(thought_of());
        let unsaid = rows::Column::Id.not_in_subquery(thought_of());
        all = all.add(rows::Column::State.is_in(accepted())).add(if given { said } else { unsaid });
    }
    if let Some(university) = filter.but_of {
        all = all.add(rows::Column::University.ne(university.0));
    }
    Ok(all)
}
