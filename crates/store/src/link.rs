//! Links by which a person sets a first or a new password; kept by the hash of their code.

use crate::Error;
use crate::convert::{instant, micros};
use ronghe_domain::account::session::LinkPurpose;
use ronghe_domain::kernel::{AccountId, Instant};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub account: Uuid,
        pub purpose: String,
        pub expires: i64,
        pub used: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "account_link";

/// A link that has not been used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub account: AccountId,
    pub purpose: LinkPurpose,
    pub expires: Instant,
}

/// The unused link with this hash of its code; it may have expired.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, code_hash: &str) -> Result<Link, Error> {
    read(entity::Entity::find_by_id(code_hash).one(db).await?)
}

/// The same, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, code_hash: &str) -> Result<Link, Error> {
    read(entity::Entity::find_by_id(code_hash).lock_exclusive().one(db).await?)
}

/// Adds a link and voids the account's earlier ones.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(
    db: &C,
    code_hash: &str,
    link: &Link,
    now: Instant,
) -> Result<(), Error> {
    void(db, link.account, now).await?;
    let model = entity::Model {
        code: code_hash.to_owned(),
        account: link.account.0,
        purpose: link.purpose.name().to_owned(),
        expires: micros(link.expires),
        used: None,
    };
    model.into_active_model().insert(db).await?;
    Ok(())
}

/// Voids every unused link of `account`; those that wait to be mailed are taken back.
///
/// # Errors
/// Where the database does not answer.
pub async fn void<C: ConnectionTrait>(db: &C, account: AccountId, now: Instant) -> Result<(), Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Used, Expr::value(micros(now)))
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Used.is_null())
        .exec(db)
        .await?;
    crate::message::mail::take_back_links(db, account).await
}

fn read(row: Option<entity::Model>) -> Result<Link, Error> {
    let row = row.filter(|row| row.used.is_none()).ok_or(Error::NotFound)?;
    let purpose = [LinkPurpose::Invite, LinkPurpose::Reset]
        .into_iter()
        .find(|purpose| purpose.name() == row.purpose)
        .ok_or_else(|| Error::Corrupt { table: TABLE, reason: format!("purpose {}", row.purpose) })?;
    Ok(Link { account: AccountId(row.account), purpose, expires: instant(TABLE, row.expires)? })
}
