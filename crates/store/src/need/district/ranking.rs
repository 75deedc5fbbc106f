//! The order in which bureaus put their needs.

use crate::Error;
use crate::convert::{from_json, instant, json, micros};
use ronghe_domain::kernel::{AccountId, CycleId, OrgId, Version};
use ronghe_domain::need::Ranking;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

const TABLE: &str = "need_ranking";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_ranking")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub cycle: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub district: Uuid,
        pub ranking: String,
        pub ranked_by: Uuid,
        pub ranked_at: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Every order that was set, in order of cycle and district.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Ranking>, Error> {
    let rows =
        entity::Entity::find().order_by_asc(entity::Column::Cycle).order_by_asc(entity::Column::District);
    rows.all(db).await?.into_iter().map(read).collect()
}

/// The order of a district in a cycle, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    district: OrgId,
) -> Result<Option<Ranking>, Error> {
    let row = entity::Entity::find_by_id((cycle.0, district.0)).lock_exclusive().one(db).await?;
    row.map(read).transpose()
}

/// Writes an order over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait>(db: &C, before: Version, after: &Ranking) -> Result<(), Error> {
    let row = entity::Model {
        cycle: after.cycle.0,
        district: after.district.0,
        ranking: json(&after.order)?,
        ranked_by: after.by.0,
        ranked_at: micros(after.at),
        version: after.version.0,
    }
    .into_active_model();
    if before == Ranking::NONE {
        return Ok(entity::Entity::insert(row).exec_without_returning(db).await.map(|_| ())?);
    }
    let done = entity::Entity::update_many()
        .set(row.reset_all())
        .filter(entity::Column::Cycle.eq(after.cycle.0))
        .filter(entity::Column::District.eq(after.district.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn read(model: entity::Model) -> Result<Ranking, Error> {
    Ok(Ranking {
        cycle: CycleId(model.cycle),
        district: OrgId(model.district),
        order: from_json(TABLE, &model.ranking)?,
        by: AccountId(model.ranked_by),
        at: instant(TABLE, model.ranked_at)?,
        version: Version(model.version),
    })
}
