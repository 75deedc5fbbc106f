//! Opinions of offices on needs: each list narrowed by who reads it.

use super::entity as need;
use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use ronghe_domain::kernel::{AccountId, CycleId, Instant, NeedId, OrgId, Version};
use ronghe_domain::need::State;
use ronghe_domain::need::opinion::{Opinion, Said, Scope};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

const TABLE: &str = "need_opinion";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_opinion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub need: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub office: Uuid,
        pub cycle: Uuid,
        pub asked_by: Uuid,
        pub asked_at: i64,
        pub due: i64,
        pub reminded_at: Option<i64>,
        pub stance: Option<String>,
        pub reason: String,
        pub given_by: Option<Uuid>,
        pub given_at: Option<i64>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which opinions are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    /// Asked for, and not given.
    Open,
    Given,
    /// Not given by this instant, though asked for by then.
    Overdue(Instant),
}

/// What a list of opinions is narrowed to.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    pub cycle: Option<CycleId>,
    pub which: Which,
    /// Those of needs that stand in 遴选 only.
    pub screening: bool,
    /// Behind this one, in order of need and office.
    pub after: Option<(NeedId, OrgId)>,
    pub limit: u64,
}

/// The opinions that `scope` opens and `filter` asks for, in order of need and office.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: Option<Scope>,
    filter: &Filter,
) -> Result<Vec<Opinion>, Error> {
    let mut rows = entity::Entity::find().filter(asked(scope, filter)?);
    if let Some((need, office)) = filter.after {
        let own = Expr::tuple([Expr::col(entity::Column::Need), Expr::col(entity::Column::Office)]);
        rows = rows.filter(own.gt(Expr::tuple([Expr::val(need.0), Expr::val(office.0)])));
    }
    let rows = rows.order_by_asc(entity::Column::Need).order_by_asc(entity::Column::Office);
    rows.limit(filter.limit).all(db).await?.into_iter().map(read).collect()
}

/// How many `scope` opens and `filter` asks for.
///
/// # Errors
/// Where the database does not answer.
pub async fn count<C: ConnectionTrait>(db: &C, scope: Option<Scope>, filter: &Filter) -> Result<u64, Error> {
    Ok(entity::Entity::find().filter(asked(scope, filter)?).count(db).await?)
}

/// How much an office still owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outstanding {
    pub office: OrgId,
    /// How many opinions have not come.
    pub open: u64,
    /// How many of those were to come before now.
    pub overdue: u64,
    /// When it was last reminded of one of them.
    pub reminded_at: Option<Instant>,
}

/// The offices whose opinions on needs in 遴选 of `cycle` have not all come.
///
/// # Errors
/// Where the database does not answer.
pub async fn outstanding<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    now: Instant,
) -> Result<Vec<Outstanding>, Error> {
    let which = Which::Open;
    let open = Filter { cycle: Some(cycle), which, screening: true, after: None, limit: u64::MAX };
    let late = Expr::case(Expr::col(entity::Column::Due).lte(micros(now)), 1).finally(0);
    let rows: Vec<(sea_orm::prelude::Uuid, i64, i64, Option<i64>)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Office)
        .column_as(entity::Column::Need.count(), "open")
        .column_as(Expr::expr(late).sum(), "overdue")
        .column_as(entity::Column::RemindedAt.max(), "reminded_at")
        .filter(asked(Some(Scope::All), &open)?)
        .group_by(entity::Column::Office)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(office, open, overdue, reminded_at)| {
            Ok(Outstanding {
                office: OrgId(office),
                open: u64::try_from(open).unwrap_or_default(),
                overdue: u64::try_from(overdue).unwrap_or_default(),
                reminded_at: reminded_at.map(|at| instant(TABLE, at)).transpose()?,
            })
        })
        .collect()
}

/// The earliest day by which one of them was to come.
///
/// # Errors
/// Where the database does not answer.
pub async fn first_due<C: ConnectionTrait>(
    db: &C,
    scope: Option<Scope>,
    filter: &Filter,
) -> Result<Option<Instant>, Error> {
    let first = entity::Entity::find()
        .select_only()
        .column(entity::Column::Due)
        .filter(asked(scope, filter)?)
        .order_by_asc(entity::Column::Due)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    first.map(|due| instant(TABLE, due)).transpose()
}

/// The opinions on a need that `scope` opens.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(
    db: &C,
    scope: Option<Scope>,
    need: NeedId,
) -> Result<Vec<Opinion>, Error> {
    let rows = entity::Entity::find().filter(within(scope)).filter(entity::Column::Need.eq(need.0));
    let rows = rows.order_by_asc(entity::Column::Office).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Every opinion, in order of need and office.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Opinion>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Need).order_by_asc(entity::Column::Office);
    rows.all(db).await?.into_iter().map(read).collect()
}

/// Opinions that were not given, of these offices or of all, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_open<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    offices: &[OrgId],
) -> Result<Vec<Opinion>, Error> {
    let filter =
        Filter { cycle: Some(cycle), which: Which::Open, screening: true, after: None, limit: u64::MAX };
    let mut rows = entity::Entity::find().filter(asked(Some(Scope::All), &filter)?);
    if !offices.is_empty() {
        rows = rows.filter(entity::Column::Office.is_in(offices.iter().map(|office| office.0)));
    }
    let rows = rows.order_by_asc(entity::Column::Need).order_by_asc(entity::Column::Office);
    rows.lock_exclusive().all(db).await?.into_iter().map(read).collect()
}

/// Adds an opinion that is asked for.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, opinion: &Opinion) -> Result<(), Error> {
    entity::Entity::insert(row(opinion)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes an opinion over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait>(db: &C, before: Version, after: &Opinion) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(entity::Column::Need.eq(after.need.0))
        .filter(entity::Column::Office.eq(after.office.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn within(scope: Option<Scope>) -> Condition {
    match scope {
        Some(Scope::All) => Condition::all(),
        Some(Scope::Of(office)) => Condition::all().add(entity::Column::Office.eq(office.0)),
        None => Condition::all().add(entity::Column::Need.is_null()),
    }
}

fn asked(scope: Option<Scope>, filter: &Filter) -> Result<Condition, Error> {
    let mut all = within(scope);
    if let Some(cycle) = filter.cycle {
        all = all.add(entity::Column::Cycle.eq(cycle.0));
    }
    if filter.screening {
        let needs = Query::select()
            .column(need::Column::Id)
            .from(need::Entity)
            .and_where(Expr::col(need::Column::State).eq(name(&State::Screening)?))
            .to_owned();
        all = all.add(entity::Column::Need.in_subquery(needs));
    }
    Ok(match filter.which {
        Which::All => all,
        Which::Open => all.add(entity::Column::Stance.is_null()),
        Which::Given => all.add(entity::Column::Stance.is_not_null()),
        Which::Overdue(now) => {
            all.add(entity::Column::Stance.is_null()).add(entity::Column::Due.lte(micros(now)))
        }
    })
}

fn row(opinion: &Opinion) -> Result<entity::Model, Error> {
    let said = opinion.said.as_ref();
    Ok(entity::Model {
        need: opinion.need.0,
        office: opinion.office.0,
        cycle: opinion.cycle.0,
        asked_by: opinion.asked_by.0,
        asked_at: micros(opinion.asked_at),
        due: micros(opinion.due),
        reminded_at: opinion.reminded_at.map(micros),
        stance: said.map(|said| name(&said.stance)).transpose()?,
        reason: said.map(|said| said.reason.clone()).unwrap_or_default(),
        given_by: said.map(|said| said.by.0),
        given_at: said.map(|said| micros(said.at)),
        version: opinion.version.0,
    })
}

fn read(model: entity::Model) -> Result<Opinion, Error> {
    let said = match (model.stance, model.given_by, model.given_at) {
        (Some(stance), Some(by), Some(at)) => Some(Said {
            stance: from_name(TABLE, &stance)?,
            reason: model.reason,
            by: AccountId(by),
            at: instant(TABLE, at)?,
        }),
        _ => None,
    };
    Ok(Opinion {
        need: NeedId(model.need),
        cycle: CycleId(model.cycle),
        office: OrgId(model.office),
        asked_by: AccountId(model.asked_by),
        asked_at: instant(TABLE, model.asked_at)?,
        due: instant(TABLE, model.due)?,
        reminded_at: model.reminded_at.map(|at| instant(TABLE, at)).transpose()?,
        said,
        version: Version(model.version),
    })
}
