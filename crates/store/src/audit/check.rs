//! The last check of the chain.

use crate::Error;
use crate::convert::{from_json, instant, json, micros};
use ronghe_domain::audit::Fault;
use ronghe_domain::kernel::{AccountId, Instant};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};

const TABLE: &str = "chain_check";
/// One row: the last one takes the place of the one before.
const ONE: i32 = 1;

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "chain_check")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub started_at: i64,
        pub started_by: Option<Uuid>,
        pub finished_at: i64,
        pub events: i64,
        pub head: String,
        pub faults: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a check found, and who asked for it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub started_at: Instant,
    /// Nobody where the system did.
    pub started_by: Option<AccountId>,
    pub finished_at: Instant,
    /// Up to which event.
    pub events: i64,
    pub head: String,
    pub faults: Vec<Fault>,
}

/// Keeps `kept` in place of the check before.
///
/// # Errors
/// Where the database does not answer.
pub async fn keep<C: ConnectionTrait>(db: &C, kept: &Kept) -> Result<(), Error> {
    let model = entity::Model {
        id: ONE,
        started_at: micros(kept.started_at),
        started_by: kept.started_by.map(|id| id.0),
        finished_at: micros(kept.finished_at),
        events: kept.events,
        head: kept.head.clone(),
        faults: json(&kept.faults)?,
    };
    let again = OnConflict::column(entity::Column::Id)
        .update_columns([
            entity::Column::StartedAt,
            entity::Column::StartedBy,
            entity::Column::FinishedAt,
            entity::Column::Events,
            entity::Column::Head,
            entity::Column::Faults,
        ])
        .to_owned();
    entity::Entity::insert(model.into_active_model()).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// The last check, where there was one.
///
/// # Errors
/// Where the database does not answer.
pub async fn last<C: ConnectionTrait>(db: &C) -> Result<Option<Kept>, Error> {
    entity::Entity::find_by_id(ONE).one(db).await?.map(read).transpose()
}

fn read(model: entity::Model) -> Result<Kept, Error> {
    Ok(Kept {
        started_at: instant(TABLE, model.started_at)?,
        started_by: model.started_by.map(AccountId),
        finished_at: instant(TABLE, model.finished_at)?,
        events: model.events,
        head: model.head,
        faults: from_json(TABLE, &model.faults)?,
    })
}
