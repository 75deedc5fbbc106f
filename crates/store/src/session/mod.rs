//! Signed-in browsers; kept by the hash of their secret.

pub mod throttle;

use crate::convert::{from_json, from_name, instant, micros};
use crate::{Error, idempotency};
use ronghe_domain::account::State;
use ronghe_domain::kernel::{AccountId, Instant, OrgId, Role, SessionId};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use std::collections::BTreeSet;

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub secret: String,
        pub account: Uuid,
        pub made: i64,
        pub last_seen: i64,
        pub proved: i64,
        pub address: String,
        pub agent: String,
        pub ended: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "session";

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    pub made: Instant,
    pub last_seen: Instant,
    /// When the person last proved who they are.
    pub proved: Instant,
    pub address: String,
    pub agent: String,
}

/// Who calls by a session: of it and of its account what every request must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calling {
    pub session: SessionId,
    pub made: Instant,
    pub last_seen: Instant,
    /// When the person last proved who they are.
    pub proved: Instant,
    pub account: AccountId,
    pub org: OrgId,
    pub roles: BTreeSet<Role>,
    pub state: State,
    pub second_factor: bool,
    /// An answer is kept for the account under the key that was asked for.
    pub is_answered: bool,
}

/// Who calls by the living session with this hash of its secret, and whether they were answered under `key`
/// already: one statement, for every request asks it.
///
/// # Errors
/// Where there is none.
pub async fn calling<C: ConnectionTrait>(
    db: &C,
    secret_hash: &str,
    key: Option<&str>,
) -> Result<Calling, Error> {
    use crate::account::entity as account;
    use entity::Column;
    let own = |column: Column| (entity::Entity, column);
    let of_account = |column: account::Column| (account::Entity, column);
    let mut asked = Query::select();
    for column in [Column::Id, Column::Made, Column::LastSeen, Column::Proved, Column::Account] {
        asked.column(own(column));
    }
    let of = [account::Column::Organisation, account::Column::Roles, account::Column::State];
    for column in of.into_iter().chain([account::Column::SecondFactor]) {
        asked.column(of_account(column));
    }
    let same = Expr::col(of_account(account::Column::Id)).equals(own(Column::Account));
    asked
        .from(entity::Entity)
        .inner_join(account::Entity, same)
        .and_where(Expr::col(own(Column::Secret)).eq(secret_hash))
        .and_where(Expr::col(own(Column::Ended)).is_null());
    if let Some(key) = key {
        asked.expr(Expr::exists(idempotency::of(of_account(account::Column::Id), key)));
    }
    let row = db.query_one(&asked).await?.ok_or(Error::NotFound)?;
    Ok(Calling {
        session: SessionId(row.try_get_by_index(0)?),
        made: instant(TABLE, row.try_get_by_index(1)?)?,
        last_seen: instant(TABLE, row.try_get_by_index(2)?)?,
        proved: instant(TABLE, row.try_get_by_index(3)?)?,
        account: AccountId(row.try_get_by_index(4)?),
        org: OrgId(row.try_get_by_index(5)?),
        roles: from_json(TABLE, &row.try_get_by_index::<String>(6)?)?,
        state: from_name(TABLE, &row.try_get_by_index::<String>(7)?)?,
        second_factor: row.try_get_by_index(8)?,
        is_answered: key.is_some() && row.try_get_by_index(9)?,
    })
}

/// The living sessions of `account`, oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<Vec<Session>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Ended.is_null())
        .order_by_asc(entity::Column::Made)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Adds a session.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, session: &Session, secret_hash: &str) -> Result<(), Error> {
    let model = entity::Model {
        id: session.id.0,
        secret: secret_hash.to_owned(),
        account: session.account.0,
        made: micros(session.made),
        last_seen: micros(session.last_seen),
        proved: micros(session.proved),
        address: session.address.clone(),
        agent: session.agent.clone(),
        ended: None,
    };
    model.into_active_model().insert(db).await?;
    Ok(())
}

/// Ends one living session of `account`.
///
/// # Errors
/// Where there is none.
pub async fn end<C: ConnectionTrait>(
    db: &C,
    account: AccountId,
    id: SessionId,
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

/// Ends every living session of `account`.
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

/// Notes that a session was used.
///
/// # Errors
/// Where the database does not answer.
pub async fn touch<C: ConnectionTrait>(db: &C, id: SessionId, at: Instant) -> Result<(), Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::LastSeen, Expr::value(micros(at)))
        .filter(entity::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that the person proved who they are, under a new secret.
///
/// # Errors
/// Where the session no longer lives.
pub async fn prove<C: ConnectionTrait>(
    db: &C,
    id: SessionId,
    secret_hash: &str,
    at: Instant,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::Proved, Expr::value(micros(at)))
        .col_expr(entity::Column::LastSeen, Expr::value(micros(at)))
        .col_expr(entity::Column::Secret, Expr::value(secret_hash))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::Ended.is_null())
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends every living session of `account` but `kept`.
///
/// # Errors
/// Where the database does not answer.
pub async fn end_others<C: ConnectionTrait>(
    db: &C,
    account: AccountId,
    kept: SessionId,
    now: Instant,
) -> Result<(), Error> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Ended, Expr::value(micros(now)))
        .filter(entity::Column::Account.eq(account.0))
        .filter(entity::Column::Id.ne(kept.0))
        .filter(entity::Column::Ended.is_null())
        .exec(db)
        .await?;
    Ok(())
}

fn read(row: entity::Model) -> Result<Session, Error> {
    Ok(Session {
        id: SessionId(row.id),
        account: AccountId(row.account),
        made: instant(TABLE, row.made)?,
        last_seen: instant(TABLE, row.last_seen)?,
        proved: instant(TABLE, row.proved)?,
        address: row.address,
        agent: row.agent,
    })
}
