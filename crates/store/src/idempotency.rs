//! Answers of commands, kept in the command's own transaction.

use crate::Error;
use crate::convert::micros;
use ronghe_domain::kernel::{AccountId, Instant};
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, IntoColumnRef, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryTrait};

pub(crate) mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub actor: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request: String,
        pub status: i32,
        pub answer: String,
        pub etag: String,
        pub made: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Hash of method, path and body.
    pub request: String,
    pub status: u16,
    /// The body, to the byte.
    pub body: String,
    pub etag: String,
}

/// The answer given to `actor` under `key`, where there is one.
///
/// # Errors
/// Where the database does not answer.
pub async fn find<C: ConnectionTrait>(db: &C, actor: AccountId, key: &str) -> Result<Option<Answer>, Error> {
    let row = entity::Entity::find_by_id((actor.0, key.to_owned())).one(db).await?;
    Ok(row.map(|row| Answer {
        request: row.request,
        status: u16::try_from(row.status).unwrap_or(200),
        body: row.answer,
        etag: row.etag,
    }))
}

/// What is kept under `key` for whom `actor` names.
pub(crate) fn of(actor: impl IntoColumnRef, key: &str) -> SelectStatement {
    let mut kept = Query::select();
    kept.expr(Expr::val(1))
        .from(entity::Entity)
        .and_where(Expr::col((entity::Entity, entity::Column::Actor)).equals(actor))
        .and_where(Expr::col((entity::Entity, entity::Column::Key)).eq(key));
    kept
}

/// An answer to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Who was answered.
    pub actor: AccountId,
    pub key: &'a str,
    pub answer: &'a Answer,
    pub made: Instant,
}

/// The statement that keeps an answer; it fails with `Constraint::Answered` where one is kept under this key.
pub(crate) fn keeping(kept: Kept<'_>) -> InsertStatement {
    let model = entity::Model {
        actor: kept.actor.0,
        key: kept.key.to_owned(),
        request: kept.answer.request.clone(),
        status: i32::from(kept.answer.status),
        answer: kept.answer.body.clone(),
        etag: kept.answer.etag.clone(),
        made: micros(kept.made),
    };
    entity::Entity::insert(model.into_active_model()).into_query()
}

/// Forgets answers made before `before`.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget<C: ConnectionTrait>(db: &C, before: Instant) -> Result<u64, Error> {
    let done = entity::Entity::delete_many().filter(entity::Column::Made.lt(micros(before))).exec(db).await?;
    Ok(done.rows_affected)
}

/// Forgets what `actor` was answered.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget_all<C: ConnectionTrait>(db: &C, actor: AccountId) -> Result<(), Error> {
    entity::Entity::delete_many().filter(entity::Column::Actor.eq(actor.0)).exec(db).await?;
    Ok(())
}
