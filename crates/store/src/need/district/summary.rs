//! Summaries 汇总表: each list narrowed by who reads it.

use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::need::entity as need;
use crate::{Envelope, Error};
use ronghe_domain::kernel::{AccountId, CycleId, OrgId, SummaryId, Version};
use ronghe_domain::need::district::summary::{Scope, State, Summary};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

const TABLE: &str = "need_summary";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_summary")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub cycle: Uuid,
        pub district: Uuid,
        pub seq: i32,
        pub lines: String,
        pub state: String,
        pub made_by: Uuid,
        pub made_at: i64,
        pub issued_at: Option<i64>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The summaries of a cycle that `scope` opens, of one district where it is named, newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: Scope,
    cycle: CycleId,
    district: Option<OrgId>,
) -> Result<Vec<Summary>, Error> {
    let mut of = within(scope)?.add(entity::Column::Cycle.eq(cycle.0));
    if let Some(district) = district {
        of = of.add(entity::Column::District.eq(district.0));
    }
    let rows = entity::Entity::find().filter(of);
    let rows = rows.order_by_desc(entity::Column::MadeAt).order_by_desc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// One summary, where `scope` opens it.
///
/// # Errors
/// `NotFound` otherwise.
pub async fn get<C: ConnectionTrait>(db: &C, scope: Scope, id: SummaryId) -> Result<Summary, Error> {
    let of = within(scope)?.add(entity::Column::Id.eq(id.0));
    read(entity::Entity::find().filter(of).one(db).await?.ok_or(Error::NotFound)?)
}

/// Every summary of a district in a cycle, newest first, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    district: OrgId,
) -> Result<Vec<Summary>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Cycle.eq(cycle.0))
        .filter(entity::Column::District.eq(district.0))
        .order_by_desc(entity::Column::Seq)
        .lock_exclusive();
    rows.all(db).await?.into_iter().map(read).collect()
}

/// Every summary, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Summary>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Districts whose newest version in a cycle says that there is nothing.
///
/// # Errors
/// Where the database does not answer.
pub async fn zero<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<OrgId>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Cycle.eq(cycle.0))
        .filter(entity::Column::State.eq(name(&State::Issued)?))
        .order_by_asc(entity::Column::Seq)
        .select_only()
        .columns([entity::Column::District, entity::Column::Lines]);
    let rows: Vec<(uuid::Uuid, String)> = rows.into_tuple().all(db).await?;
    let newest: std::collections::BTreeMap<_, _> = rows.into_iter().collect();
    let zero = newest.into_iter().filter(|(_, lines)| lines == "[]");
    Ok(zero.map(|(district, _)| OrgId(district)).collect())
}

/// Needs of a district in a cycle that have arrived and are under way, by number.
///
/// # Errors
/// Where the database does not answer.
pub async fn arrived<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    cycle: CycleId,
    district: OrgId,
) -> Result<Vec<ronghe_domain::need::Need>, Error> {
    let states = ronghe_domain::need::State::ALL.iter().filter(|state| state.is_under_way());
    let own =
        Condition::any().add(need::Column::District.eq(district.0)).add(need::Column::Unit.eq(district.0));
    let rows = need::Entity::find()
        .filter(need::Column::Cycle.eq(cycle.0))
        .filter(own)
        .filter(need::Column::ForwardedAt.is_not_null())
        .filter(need::Column::State.is_in(states.map(name).collect::<Result<Vec<_>, _>>()?))
        .order_by_asc(need::Column::Seq);
    rows.all(db).await?.into_iter().map(|row| super::super::read(envelope, row)).collect()
}

/// Adds a version.
///
/// # Errors
/// `Conflict` where the district has one that is being signed, or one of this number.
pub async fn insert<C: ConnectionTrait>(db: &C, summary: &Summary) -> Result<(), Error> {
    entity::Entity::insert(row(summary)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes a version over the one before.
///
/// # Errors
/// `Stale` where it was moved meanwhile.
pub async fn save<C: ConnectionTrait>(db: &C, before: Version, after: &Summary) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn within(scope: Scope) -> Result<Condition, Error> {
    Ok(match scope {
        Scope::Issued => Condition::all().add(entity::Column::State.eq(name(&State::Issued)?)),
        Scope::Of(org) => Condition::all().add(entity::Column::District.eq(org.0)),
    })
}

fn row(summary: &Summary) -> Result<entity::Model, Error> {
    Ok(entity::Model {
        id: summary.id.0,
        cycle: summary.cycle.0,
        district: summary.district.0,
        seq: i32::try_from(summary.seq)
            .map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        lines: json(&summary.lines)?,
        state: name(&summary.state)?,
        made_by: summary.made_by.0,
        made_at: micros(summary.made_at),
        issued_at: summary.issued_at.map(micros),
        version: summary.version.0,
    })
}

fn read(model: entity::Model) -> Result<Summary, Error> {
    Ok(Summary {
        id: SummaryId(model.id),
        cycle: CycleId(model.cycle),
        district: OrgId(model.district),
        seq: u32::try_from(model.seq)
            .map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        lines: from_json(TABLE, &model.lines)?,
        state: from_name(TABLE, &model.state)?,
        made_by: AccountId(model.made_by),
        made_at: instant(TABLE, model.made_at)?,
        issued_at: model.issued_at.map(|at| instant(TABLE, at)).transpose()?,
        version: Version(model.version),
    })
}
