//! What proves a person: hash of the password, seed of the second factor, recovery codes.

use crate::Error;
use crate::convert::{from_json, json};
use ronghe_domain::kernel::AccountId;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};

pub(crate) mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_secret")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: Uuid,
        pub password: Option<String>,
        pub totp: Option<String>,
        pub totp_pending: Option<String>,
        pub totp_step: i64,
        pub recovery: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What proves a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secret {
    /// argon2id in PHC form.
    pub password: Option<String>,
    /// Seed of the authenticator, encrypted.
    pub totp: Option<String>,
    /// A seed that waits for its proof, encrypted.
    pub totp_pending: Option<String>,
    /// The last time step whose code was used; a code is good once.
    pub totp_step: i64,
    /// SHA-256 of the recovery codes that are left, hexadecimal.
    pub recovery: Vec<String>,
}

/// The secret of `account`; an empty one where none is kept.
///
/// # Errors
/// Where the database does not answer.
pub async fn get<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<Secret, Error> {
    entity::Entity::find_by_id(account.0).one(db).await?.map_or_else(|| Ok(Secret::default()), read)
}

/// The same, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<Secret, Error> {
    let row = entity::Entity::find_by_id(account.0).lock_exclusive().one(db).await?;
    row.map_or_else(|| Ok(Secret::default()), read)
}

/// Writes the secret of `account`.
///
/// # Errors
/// Where the database does not answer.
pub async fn put<C: ConnectionTrait>(db: &C, account: AccountId, secret: &Secret) -> Result<(), Error> {
    let model = entity::Model {
        account: account.0,
        password: secret.password.clone(),
        totp: secret.totp.clone(),
        totp_pending: secret.totp_pending.clone(),
        totp_step: secret.totp_step,
        recovery: json(&secret.recovery)?,
    };
    if entity::Entity::find_by_id(account.0).one(db).await?.is_some() {
        model.into_active_model().reset_all().update(db).await?;
    } else {
        model.into_active_model().insert(db).await?;
    }
    Ok(())
}

fn read(row: entity::Model) -> Result<Secret, Error> {
    Ok(Secret {
        password: row.password,
        totp: row.totp,
        totp_pending: row.totp_pending,
        totp_step: row.totp_step,
        recovery: from_json("account_secret", &row.recovery)?,
    })
}
