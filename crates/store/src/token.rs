//! Personal access tokens; kept by the hash of their secret.

use crate::Error;
use crate::convert::{from_json, instant, json, micros};
use ronghe_domain::account::Scope;
use ronghe_domain::kernel::{AccountId, Instant, TokenId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub secret: String,
        pub account: Uuid,
        pub name: String,
        pub scopes: String,
        pub made: i64,
        pub expires: i64,
        pub last_used: Option<i64>,
        pub ended: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "access_token";

/// A personal access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub account: AccountId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub made: Instant,
    pub expires: Instant,
    pub last_used: Option<Instant>,
}

/// The living token with this hash of its secret; it may have expired.
///
/// # Errors
/// Where there is none.
pub async fn find<C: ConnectionTrait>(db: &C, secret_hash: &str) -> Result<Token, Error> {
    let row = entity::Entity::find()
        .filter(entity::Column::Secret.eq(secret_hash))
        .filter(entity::Column::Ended.is_null())
        .one(db)
        .await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The tokens of `account` that were not ended, newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<Vec<Token>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Ended.is_null())
        .order_by_desc(entity::Column::Made)
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Adds a token.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, token: &Token, secret_hash: &str) -> Result<(), Error> {
    let model = entity::Model {
        id: token.id.0,
        secret: secret_hash.to_owned(),
        account: token.account.0,
        name: token.name.clone(),
        scopes: json(&token.scopes)?,
        made: micros(token.made),
        expires: micros(token.expires),
        last_used: token.last_used.map(micros),
        ended: None,
    };
    model.into_active_model().insert(db).await?;
    Ok(())
}

/// Ends one living token of `account`.
///
/// # Errors
/// Where there is none.
pub async fn end<C: ConnectionTrait>(
    db: &C,
    account: AccountId,
    id: TokenId,
    now: Instant,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::Ended, Expr::value(micros(now)))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Ended.is_null())
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends every living token of `account`.
///
/// # Errors
/// Where the database does not answer.
pub async fn end_all<C: ConnectionTrait>(db: &C, account: AccountId, now: Instant) -> Result<(), Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Ended, Expr::value(micros(now)))
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Ended.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that a token was used.
///
/// # Errors
/// Where the database does not answer.
pub async fn touch<C: ConnectionTrait>(db: &C, id: TokenId, at: Instant) -> Result<(), Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::LastUsed, Expr::value(micros(at)))
        .filter(entity::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

fn read(row: entity::Model) -> Result<Token, Error> {
    Ok(Token {
        id: TokenId(row.id),
        account: AccountId(row.account),
        name: row.name,
        scopes: from_json(TABLE, &row.scopes)?,
        made: instant(TABLE, row.made)?,
        expires: instant(TABLE, row.expires)?,
        last_used: row.last_used.map(|at| instant(TABLE, at)).transpose()?,
    })
}
