//! Accounts that universities ask for.

use super::entity as accounts;
use crate::Error;
use crate::convert::{from_name, instant, micros, name};
use ronghe_domain::account::Account;
use ronghe_domain::account::request::{AccountRequest, Scope, State};
use ronghe_domain::kernel::{AccountId, AccountRequestId, OrgId, Version};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeSet;

const TABLE: &str = "account_request";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub organisation: Uuid,
        pub name: String,
        pub mail: String,
        pub asked_by: Uuid,
        pub asked_at: i64,
        pub state: String,
        pub reason: String,
        pub done_at: Option<i64>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a list of requests is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    /// Rows behind this one: when it was asked, in microseconds, and its id.
    pub after: Option<(i64, AccountRequestId)>,
    pub limit: u64,
}

/// The cursor behind `request`.
#[must_use]
pub fn behind(request: &AccountRequest) -> (i64, AccountRequestId) {
    (micros(request.asked_at), request.id)
}

/// The requests of `scope`, newest first, and how many there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: Scope,
    filter: &Filter,
) -> Result<(Vec<AccountRequest>, u64), Error> {
    let mut found = within(entity::Entity::find(), scope);
    if let Some(state) = filter.state {
        found = found.filter(entity::Column::State.eq(name(&state)?));
    }
    let total = found.clone().count(db).await?;
    if let Some((at, id)) = filter.after {
        let own = Expr::tuple([Expr::col(entity::Column::AskedAt), Expr::col(entity::Column::Id)]);
        found = found.filter(own.lt(Expr::tuple([Expr::val(at), Expr::val(id.0)])));
    }
    let found = found.order_by_desc(entity::Column::AskedAt).order_by_desc(entity::Column::Id);
    let rows = found.limit(filter.limit).all(db).await?;
    Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
}

/// One request, where `scope` holds it.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(
    db: &C,
    scope: Scope,
    id: AccountRequestId,
) -> Result<AccountRequest, Error> {
    let found = within(entity::Entity::find_by_id(id.0), scope).one(db).await?;
    read(found.ok_or(Error::NotFound)?)
}

/// The same, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(
    db: &C,
    scope: Scope,
    id: AccountRequestId,
) -> Result<AccountRequest, Error> {
    let found = within(entity::Entity::find_by_id(id.0), scope).lock_exclusive().one(db).await?;
    read(found.ok_or(Error::NotFound)?)
}

/// The requests of `org` under one of these addresses, newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_mails<C: ConnectionTrait>(
    db: &C,
    org: OrgId,
    mails: &BTreeSet<String>,
) -> Result<Vec<AccountRequest>, Error> {
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let rows = of(org, mails).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Those of them that somebody still waits for, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_waiting<C: ConnectionTrait>(
    db: &C,
    org: OrgId,
    mails: &BTreeSet<String>,
) -> Result<Vec<AccountRequest>, Error> {
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let waiting = of(org, mails).filter(entity::Column::DoneAt.is_null());
    waiting.lock_exclusive().all(db).await?.into_iter().map(read).collect()
}

/// Every request, in order of id.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<AccountRequest>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The accounts of `org` under one of these addresses, in order of sign-in names: capitals make no difference.
///
/// # Errors
/// Where the database does not answer.
pub async fn holders<C: ConnectionTrait>(
    db: &C,
    org: OrgId,
    mails: &BTreeSet<String>,
) -> Result<Vec<Account>, Error> {
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let mail = Expr::expr(Func::lower(Expr::col((accounts::Entity, accounts::Column::Mail))));
    let found = accounts::Entity::find()
        .filter(accounts::Column::Organisation.eq(org.0))
        .filter(mail.is_in(mails.iter().cloned()))
        .order_by_asc(accounts::Column::Login);
    found.all(db).await?.into_iter().map(super::read).collect()
}

/// Adds a request.
///
/// # Errors
/// A conflict where one waits for the same person.
pub async fn insert<C: ConnectionTrait>(db: &C, request: &AccountRequest) -> Result<(), Error> {
    entity::Entity::insert(row(request)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes `after` over `before`.
///
/// # Errors
/// `Stale` where the row no longer has the version of `before`.
pub async fn save<C: ConnectionTrait>(
    db: &C,
    before: &AccountRequest,
    after: &AccountRequest,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(before.version.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn of(org: OrgId, mails: &BTreeSet<String>) -> Select<entity::Entity> {
    entity::Entity::find()
        .filter(entity::Column::Organisation.eq(org.0))
        .filter(entity::Column::Mail.is_in(mails.iter().cloned()))
        .order_by_desc(entity::Column::AskedAt)
        .order_by_desc(entity::Column::Id)
}

fn within(found: Select<entity::Entity>, scope: Scope) -> Select<entity::Entity> {
    match scope {
        Scope::All => found,
        Scope::AskedBy(account) => found.filter(entity::Column::AskedBy.eq(account.0)),
    }
}

fn row(request: &AccountRequest) -> Result<entity::Model, Error> {
    Ok(entity::Model {
        id: request.id.0,
        organisation: request.org.0,
        name: request.name.clone(),
        mail: request.mail.clone(),
        asked_by: request.asked_by.0,
        asked_at: micros(request.asked_at),
        state: name(&request.state)?,
        reason: request.reason.clone(),
        done_at: request.done_at.map(micros),
        version: request.version.0,
    })
}

fn read(model: entity::Model) -> Result<AccountRequest, Error> {
    Ok(AccountRequest {
        id: AccountRequestId(model.id),
        org: OrgId(model.organisation),
        name: model.name,
        mail: model.mail,
        asked_by: AccountId(model.asked_by),
        asked_at: instant(TABLE, model.asked_at)?,
        state: from_name(TABLE, &model.state)?,
        reason: model.reason,
        done_at: model.done_at.map(|at| instant(TABLE, at)).transpose()?,
        version: Version(model.version),
    })
}
