//! When units were last reminded that they have not filed.

use crate::Error;
use crate::convert::{instant, micros};
use ronghe_domain::kernel::{AccountId, CycleId, Instant, OrgId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

const TABLE: &str = "unit_reminder";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_reminder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub cycle: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub org: Uuid,
        pub reminded_by: Uuid,
        pub reminded_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// When each organisation was last reminded in a cycle, of those that were.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, cycle: CycleId) -> Result<Vec<(OrgId, Instant)>, Error> {
    let rows = entity::Entity::find().filter(entity::Column::Cycle.eq(cycle.0)).all(db).await?;
    rows.into_iter().map(|row| Ok((OrgId(row.org), instant(TABLE, row.reminded_at)?))).collect()
}

/// Notes that these were reminded.
///
/// # Errors
/// Where the database does not answer.
pub async fn note<C: ConnectionTrait>(
    db: &C,
    cycle: CycleId,
    orgs: &[OrgId],
    by: AccountId,
    at: Instant,
) -> Result<(), Error> {
    let rows = orgs.iter().map(|org| {
        let (reminded_by, reminded_at) = (by.0, micros(at));
        entity::Model { cycle: cycle.0, org: org.0, reminded_by, reminded_at }.into_active_model()
    });
    let again = OnConflict::columns([entity::Column::Cycle, entity::Column::Org])
        .update_columns([entity::Column::RemindedBy, entity::Column::RemindedAt])
        .to_owned();
    entity::Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}
