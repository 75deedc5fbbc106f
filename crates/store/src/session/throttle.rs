//! Counts of failed sign-ins, so that guessing slows down and survives a restart.

use crate::Error;
use crate::convert::{instant, micros};
use ronghe_domain::account::throttle::Failures;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};

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
    if entity::Entity::find_by_id(key).one(db).await?.is_some() {
        model.into_active_model().reset_all().update(db).await?;
    } else {
        model.into_active_model().insert(db).await?;
    }
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
