//! Verdicts on needs.

use super::entity as need;
use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use crate::db::among;
use ronghe_domain::kernel::{AccountId, CycleId, NeedId, Version};
use ronghe_domain::need::{Outcome, Ruling, State, Verdict};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

const TABLE: &str = "need_verdict";

pub(super) mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_verdict")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub need: Uuid,
        pub cycle: Uuid,
        pub ruling: Option<String>,
        pub why: Option<String>,
        pub merged_into: Option<Uuid>,
        pub remark: String,
        pub decided_by: Uuid,
        pub decided_at: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The verdict on a need, and those by which others are merged into it.
///
/// # Errors
/// Where the database does not answer.
pub async fn around<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Vec<Verdict>, Error> {
    let of = Condition::any().add(entity::Column::Need.eq(need.0)).add(entity::Column::MergedInto.eq(need.0));
    let rows = entity::Entity::find().filter(of).order_by_asc(entity::Column::Need).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The verdicts on these needs, where there are any.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(
    db: &C,
    needs: impl IntoIterator<Item = NeedId>,
) -> Result<Vec<Verdict>, Error> {
    let ids = needs.into_iter().map(|id| id.0);
    let these = among(db.get_database_backend(), entity::Column::Need, ids);
    let rows = entity::Entity::find().filter(these).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// How many verdicts on needs in 遴选 of a cycle come to what: those of others are no intentions any more.
///
/// # Errors
/// Where the database does not answer.
pub async fn counts<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<(Ruling, u64)>, Error> {
    let screening = Query::select()
        .column(need::Column::Id)
        .from(need::Entity)
        .and_where(Expr::col(need::Column::Cycle).eq(cycle.0))
        .and_where(Expr::col(need::Column::State).eq(name(&State::Screening)?))
        .to_owned();
    let rows: Vec<(String, i64)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Ruling)
        .column_as(entity::Column::Need.count(), "count")
        .filter(entity::Column::Cycle.eq(cycle.0))
        .filter(entity::Column::Ruling.is_not_null())
        .filter(entity::Column::Need.in_subquery(screening))
        .group_by(entity::Column::Ruling)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(ruling, count)| Ok((from_name(TABLE, &ruling)?, u64::try_from(count).unwrap_or_default())))
        .collect()
}

/// The verdicts on needs of `cycle`, in order of their needs.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_cycle<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<Verdict>, Error> {
    let rows = entity::Entity::find().filter(entity::Column::Cycle.eq(cycle.0));
    rows.order_by_asc(entity::Column::Need).all(db).await?.into_iter().map(read).collect()
}

/// Every verdict, in order of its need.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Verdict>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Need).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Writes a verdict over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait>(db: &C, before: Version, after: &Verdict) -> Result<(), Error> {
    let row = row(after)?.into_active_model();
    if before == Verdict::NONE {
        return Ok(entity::Entity::insert(row).exec_without_returning(db).await.map(|_| ())?);
    }
    let done = entity::Entity::update_many()
        .set(sea_orm::ActiveModelTrait::reset_all(row))
        .filter(entity::Column::Need.eq(after.need.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn row(verdict: &Verdict) -> Result<entity::Model, Error> {
    let why = match verdict.outcome {
        Some(Outcome::Declined { why }) => Some(why),
        Some(Outcome::Listed | Outcome::Merged { .. }) | None => None,
    };
    Ok(entity::Model {
        need: verdict.need.0,
        cycle: verdict.cycle.0,
        ruling: verdict.ruling().as_ref().map(name).transpose()?,
        why: why.as_ref().map(name).transpose()?,
        merged_into: verdict.outcome.and_then(Outcome::into).map(|into| into.0),
        remark: verdict.remark.clone(),
        decided_by: verdict.by.0,
        decided_at: micros(verdict.at),
        version: verdict.version.0,
    })
}

fn read(model: entity::Model) -> Result<Verdict, Error> {
    let corrupt = |reason: &str| Error::Corrupt { table: TABLE, reason: reason.to_owned() };
    let ruling = model.ruling.as_deref().map(|ruling| from_name(TABLE, ruling)).transpose()?;
    let outcome = match ruling {
        None => None,
        Some(Ruling::Listed) => Some(Outcome::Listed),
        Some(Ruling::Declined) => {
            let why = model.why.as_deref().ok_or_else(|| corrupt("declined without a reason"))?;
            Some(Outcome::Declined { why: from_name(TABLE, why)? })
        }
        Some(Ruling::Merged) => {
            let into = model.merged_into.ok_or_else(|| corrupt("merged into nothing"))?;
            Some(Outcome::Merged { into: NeedId(into) })
        }
    };
    Ok(Verdict {
        need: NeedId(model.need),
        cycle: CycleId(model.cycle),
        outcome,
        remark: model.remark,
        by: AccountId(model.decided_by),
        at: instant(TABLE, model.decided_at)?,
        version: Version(model.version),
    })
}
