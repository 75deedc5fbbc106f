//! Failures at the door, counted by the hour.

use crate::Error;
use crate::convert::{from_name, instant, micros};
use ronghe_domain::audit::failure::Failure;
use ronghe_domain::kernel::Instant;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

const TABLE: &str = "failure";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "failure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hour: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub count: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The failures of one kind in the hour that begins at `hour`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub hour: Instant,
    pub failure: Failure,
    pub count: u64,
}

/// Adds failures to what was counted before.
///
/// # Errors
/// Where the database does not answer.
pub async fn add<C: ConnectionTrait>(db: &C, counted: Counted) -> Result<(), Error> {
    let count = i64::try_from(counted.count).unwrap_or(i64::MAX);
    let model = entity::Model { hour: micros(counted.hour), kind: counted.failure.name().to_owned(), count };
    let sum = Expr::col((entity::Entity, entity::Column::Count)).add(count);
    let again = OnConflict::columns([entity::Column::Hour, entity::Column::Kind])
        .value(entity::Column::Count, sum)
        .to_owned();
    entity::Entity::insert(model.into_active_model()).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// Whether anything was counted in hours before `hour`.
///
/// # Errors
/// Where the database does not answer.
pub async fn is_due<C: ConnectionTrait>(db: &C, hour: Instant) -> Result<bool, Error> {
    let first = entity::Entity::find().filter(entity::Column::Hour.lt(micros(hour)));
    Ok(first.one(db).await?.is_some())
}

/// What was counted in hours before `hour`, in their order; locked, so that no other process chains it too.
///
/// # Errors
/// Where the database does not answer.
pub async fn before<C: ConnectionTrait>(db: &C, hour: Instant) -> Result<Vec<Counted>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Hour.lt(micros(hour)))
        .order_by_asc(entity::Column::Hour)
        .order_by_asc(entity::Column::Kind)
        .lock_exclusive();
    rows.all(db).await?.into_iter().map(read).collect()
}

/// Forgets what was counted in hours before `hour`: it stands in the chain.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget<C: ConnectionTrait>(db: &C, hour: Instant) -> Result<(), Error> {
    let gone = entity::Entity::delete_many().filter(entity::Column::Hour.lt(micros(hour)));
    gone.exec(db).await?;
    Ok(())
}

fn read(model: entity::Model) -> Result<Counted, Error> {
    let negative =
        |source: std::num::TryFromIntError| Error::Corrupt { table: TABLE, reason: source.to_string() };
    Ok(Counted {
        hour: instant(TABLE, model.hour)?,
        failure: from_name(TABLE, &model.kind)?,
        count: u64::try_from(model.count).map_err(negative)?,
    })
}
