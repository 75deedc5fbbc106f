//! Counts of failed sign-ins, so that guessing slows down and survives a restart.

use crate::Error;
use crate::convert::{instant, micros};
use ronghe_domain::account::throttle::Failures;
use ronghe_domain::kernel::Instant;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_throttle")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub failures: i32,
        pub since: i64,
        pub blocked_until: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The count under `key`, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(db: &C, key: &str) -> Result<Option<Failures>, Error> {
    let Some(row) = entity::Entity::find_by_id(key).lock_exclusive().one(db).await? else {
        return Ok(None);
    };
    Ok(Some(Failures {
        count: u32::try_from(row.failures).unwrap_or(u32::MAX),
        since: instant("sign_in_throttle", row.since)?,
        blocked_until: instant("sign_in_throttle", row.blocked_until)?,
    }))
}

/// The same for an attempt that is to be counted: two first ones at once wait for each other.
///
/// # Errors
/// Where the database does not answer.
pub async fn hold<C: ConnectionTrait>(db: &C, key: &str) -> Result<Option<Failures>, Error> {
    let none = entity::Model { key: key.to_owned(), failures: 0, since: 0, blocked_until: 0 };
    let there = OnConflict::column(entity::Column::Key).do_nothing().to_owned();
    entity::Entity::insert(none.into_active_model()).on_conflict(there).exec_without_returning(db).await?;
    Ok(lock(db, key).await?.filter(|failures| failures.count > 0))
}

/// Forgets counts that hold nobody up any longer and began before `before`; says how many.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget<C: ConnectionTrait>(db: &C, before: Instant, now: Instant) -> Result<u64, Error> {
    let gone = entity::Entity::delete_many()
        .filter(entity::Column::Since.lt(micros(before)))
        .filter(entity::Column::BlockedUntil.lt(micros(now)));
    Ok(gone.exec(db).await?.rows_affected)
}

/// Writes the count under `key`.
///
/// # Errors
/// Where the database does not answer.
pub async fn put<C: ConnectionTrait>(db: &C, key: &str, failures: Failures) -> Result<(), Error> {
    let model = entity::Model {
        key: key.to_owned(),
        failures: i32::try_from(failures.count).unwrap_or(i32::MAX),
        since: micros(failures.since),
        blocked_until: micros(failures.blocked_until),
    };
    let there = OnConflict::column(entity::Column::Key)
        .update_columns([entity::Column::Failures, entity::Column::Since, entity::Column::BlockedUntil])
        .to_owned();
    entity::Entity::insert(model.into_active_model()).on_conflict(there).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets the count under `key`.
///
/// # Errors
/// Where the database does not answer.
pub async fn clear<C: ConnectionTrait>(db: &C, key: &str) -> Result<(), Error> {
    entity::Entity::delete_by_id(key).exec(db).await?;
    Ok(())
}
