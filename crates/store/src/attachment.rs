//! Files that belong to records: what they are called and where their content lies.

use crate::Error;
use crate::convert::{from_name, micros, name};
use ronghe_domain::attachment::Attached;
use ronghe_domain::kernel::{AccountId, AttachmentId, Instant, NeedId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

const TABLE: &str = "attachment";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub need: Uuid,
        pub name: String,
        pub kind: String,
        pub size: i64,
        pub hash: String,
        pub added_by: Uuid,
        pub added_at: i64,
        pub removed_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The files that stand at a need as it is written, in the order in which they came.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Vec<Attached>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Need.eq(need.0))
        .filter(entity::Column::RemovedAt.is_null())
        .order_by_asc(entity::Column::AddedAt)
        .order_by_asc(entity::Column::Id);
    rows.all(db).await?.into_iter().map(read).collect()
}

/// The hashes of all files, with the need to which each belongs.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Attached>, Error> {
    entity::Entity::find().all(db).await?.into_iter().map(read).collect()
}

/// Adds a file.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(
    db: &C,
    need: NeedId,
    file: &Attached,
    by: AccountId,
    at: Instant,
) -> Result<(), Error> {
    let model = entity::Model {
        id: file.id.0,
        need: need.0,
        name: file.name.clone(),
        kind: name(&file.kind)?,
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        hash: file.hash.clone(),
        added_by: by.0,
        added_at: micros(at),
        removed_at: None,
    };
    model.into_active_model().insert(db).await?;
    Ok(())
}

/// Takes a file away from what is written; twice is once.
///
/// # Errors
/// `NotFound` where the need has no such file.
pub async fn remove<C: ConnectionTrait>(
    db: &C,
    need: NeedId,
    id: AttachmentId,
    at: Instant,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::RemovedAt, Expr::value(micros(at)))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::Need.eq(need.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
}

fn read(model: entity::Model) -> Result<Attached, Error> {
    Ok(Attached {
        id: AttachmentId(model.id),
        name: model.name,
        kind: from_name(TABLE, &model.kind)?,
        size: u64::try_from(model.size)
            .map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })?,
        hash: model.hash,
    })
}
