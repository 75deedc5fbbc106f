//! Lists that people take out in the background: what was asked for, and what became of it.

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use crate::need::Filter;
use ronghe_domain::export::Export;
use ronghe_domain::kernel::{AccountId, ExportId, Instant, OrgId};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

const TABLE: &str = "list_export";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "list_export")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: Uuid,
        pub org: Uuid,
        pub roles: String,
        pub form: String,
        pub language: String,
        pub asked: String,
        pub narrowed: String,
        pub state: String,
        pub row_count: i64,
        pub size: i64,
        pub hash: String,
        pub tries: i64,
        pub asked_at: i64,
        pub next: Option<i64>,
        pub done_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An export, with what the list is narrowed to.
#[derive(Clone, Debug)]
pub struct Order {
    pub export: Export,
    pub filter: Filter,
}

/// The exports of a person, last asked for first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, owner: AccountId) -> Result<Vec<Export>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Owner.eq(owner.0))
        .order_by_desc(entity::Column::AskedAt)
        .order_by_desc(entity::Column::Id);
    rows.all(db).await?.into_iter().map(|model| Ok(read(model)?.export)).collect()
}

/// One export.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<Export, Error> {
    Ok(read(entity::Entity::find_by_id(id.0).one(db).await?.ok_or(Error::NotFound)?)?.export)
}

/// One export, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<Order, Error> {
    read(entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// The export whose turn has come first, locked for the transaction; those that another server has locked are left out.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_next<C: ConnectionTrait>(db: &C, now: Instant) -> Result<Option<Order>, Error> {
    let row = entity::Entity::find()
        .filter(entity::Column::Next.lte(micros(now)))
        .order_by_asc(entity::Column::Next)
        .order_by_asc(entity::Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// An export that was done before `before`, likewise.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_gone<C: ConnectionTrait>(db: &C, before: Instant) -> Result<Option<Export>, Error> {
    let row = entity::Entity::find()
        .filter(entity::Column::DoneAt.lte(micros(before)))
        .order_by_asc(entity::Column::DoneAt)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await?;
    row.map(|model| Ok(read(model)?.export)).transpose()
}

/// Adds an export.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, order: &Order) -> Result<(), Error> {
    entity::Entity::insert(row(order)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes an export.
///
/// # Errors
/// Where the database does not answer.
pub async fn save<C: ConnectionTrait>(db: &C, order: &Order) -> Result<(), Error> {
    row(order)?.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Takes an export away.
///
/// # Errors
/// Where the database does not answer.
pub async fn delete<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<(), Error> {
    entity::Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}

fn row(Order { export, filter }: &Order) -> Result<entity::Model, Error> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(entity::Model {
        id: export.id.0,
        owner: export.owner.0,
        org: export.org.0,
        roles: json(&export.roles)?,
        form: name(&export.form)?,
        language: name(&export.language)?,
        asked: json(&export.asked)?,
        narrowed: json(filter)?,
        state: name(&export.state)?,
        row_count: number(export.rows),
        size: number(export.size),
        hash: export.hash.clone(),
        tries: i64::from(export.tries),
        asked_at: micros(export.asked_at),
        next: export.next.map(micros),
        done_at: export.done_at.map(micros),
    })
}

fn read(model: entity::Model) -> Result<Order, Error> {
    let number = |number: i64| {
        u64::try_from(number).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
    };
    let at = |at: Option<i64>| at.map(|at| instant(TABLE, at)).transpose();
    Ok(Order {
        filter: from_json(TABLE, &model.narrowed)?,
        export: Export {
            id: ExportId(model.id),
            owner: AccountId(model.owner),
            org: OrgId(model.org),
            roles: from_json(TABLE, &model.roles)?,
            form: from_name(TABLE, &model.form)?,
            language: from_name(TABLE, &model.language)?,
            asked: from_json(TABLE, &model.asked)?,
            state: from_name(TABLE, &model.state)?,
            rows: number(model.row_count)?,
            size: number(model.size)?,
            hash: model.hash,
            tries: u32::try_from(model.tries).unwrap_or(u32::MAX),
            asked_at: instant(TABLE, model.asked_at)?,
            next: at(model.next)?,
            done_at: at(model.done_at)?,
        },
    })
}
