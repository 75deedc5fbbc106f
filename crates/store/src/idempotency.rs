//! Answers of commands, kept in the command's own transaction.

use crate::Error;
use crate::convert::micros;
use ronghe_domain::kernel::{AccountId, Instant};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

mod entity {
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

/// Keeps an answer.
///
/// # Errors
/// `Conflict` where one is kept under this key already.
pub async fn insert<C: ConnectionTrait>(
    db: &C,
    actor: AccountId,
    key: &str,
    answer: &Answer,
    made: Instant,
) -> Result<(), Error> {
    let model = entity::Model {
        actor: actor.0,
        key: key.to_owned(),
        request: answer.request.clone(),
        status: i32::from(answer.status),
        answer: answer.body.clone(),
        etag: answer.etag.clone(),
        made: micros(made),
    };
    entity::Entity::insert(model.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets answers made before `before`.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget<C: ConnectionTrait>(db: &C, before: Instant) -> Result<u64, Error> {
    let done = entity::Entity::delete_many().filter(entity::Column::Made.lt(micros(before))).exec(db).await?;
    Ok(done.rows_affected)
}
