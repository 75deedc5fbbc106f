//! Lists that people take out in the background: what was asked for, and what became of it.

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use ronghe_domain::export::{Export, State};
use ronghe_domain::kernel::{AccountId, ExportId, Instant, OrgId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
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

/// A row, and the export in it where that can be read: what somebody did to one row keeps no other back.
#[derive(Debug)]
pub struct Found {
    pub id: ExportId,
    pub owner: AccountId,
    pub export: Result<Export, Error>,
}

impl From<entity::Model> for Found {
    fn from(model: entity::Model) -> Self {
        Self { id: ExportId(model.id), owner: AccountId(model.owner), export: read(model) }
    }
}

/// The exports of a person, last asked for first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, owner: AccountId) -> Result<Vec<Found>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Owner.eq(owner.0))
        .order_by_desc(entity::Column::AskedAt)
        .order_by_desc(entity::Column::Id);
    Ok(rows.all(db).await?.into_iter().map(Found::from).collect())
}

/// One export.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<Export, Error> {
    read(entity::Entity::find_by_id(id.0).one(db).await?.ok_or(Error::NotFound)?)
}

/// How often one was tried; nothing where there is none.
///
/// # Errors
/// Where the database does not answer.
pub async fn tries<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<Option<u32>, Error> {
    let tries = entity::Entity::find_by_id(id.0).select_only().column(entity::Column::Tries);
    let tries: Option<i64> = tries.into_tuple().one(db).await?;
    Ok(tries.map(|tries| u32::try_from(tries).unwrap_or(u32::MAX)))
}

/// One export, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<Export, Error> {
    read(entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// The export whose turn has come first, locked for the transaction; those that another server has locked are left out.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_next<C: ConnectionTrait>(db: &C, now: Instant) -> Result<Option<Found>, Error> {
    let row = entity::Entity::find()
        .filter(entity::Column::Next.lte(micros(now)))
        .order_by_asc(entity::Column::Next)
        .order_by_asc(entity::Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await?;
    Ok(row.map(Found::from))
}

/// An export that was done before `before`, likewise.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_gone<C: ConnectionTrait>(db: &C, before: Instant) -> Result<Option<Found>, Error> {
    let row = entity::Entity::find()
        .filter(entity::Column::DoneAt.lte(micros(before)))
        .order_by_asc(entity::Column::DoneAt)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await?;
    Ok(row.map(Found::from))
}

/// Adds an export.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert<C: ConnectionTrait>(db: &C, export: &Export) -> Result<(), Error> {
    entity::Entity::insert(row(export)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes an export.
///
/// # Errors
/// Where the database does not answer.
pub async fn save<C: ConnectionTrait>(db: &C, export: &Export) -> Result<(), Error> {
    row(export)?.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Says that the server that took an export up by this try makes it still, so that it is no other's `until` then; whether
/// it does.
///
/// # Errors
/// Where the database does not answer.
pub async fn hold<C: ConnectionTrait>(
    db: &C,
    (id, tries): (ExportId, u32),
    until: Instant,
) -> Result<bool, Error> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::Next, Expr::value(micros(until)))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::Tries.eq(i64::from(tries)))
        .filter(entity::Column::State.eq(name(&State::Running)?))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Lets what was taken up be taken up again from `now` on; says how many those are.
///
/// # Errors
/// Where the database does not answer.
pub async fn release<C: ConnectionTrait>(db: &C, now: Instant) -> Result<u64, Error> {
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::Next, Expr::value(micros(now)))
        .filter(entity::Column::State.eq(name(&State::Running)?))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Marks an export that cannot be read as failed; whether it was under way.
///
/// # Errors
/// Where the database does not answer.
pub async fn give_up<C: ConnectionTrait>(db: &C, id: ExportId, now: Instant) -> Result<bool, Error> {
    let nothing: Option<i64> = None;
    let done = entity::Entity::update_many()
        .col_expr(entity::Column::State, Expr::value(name(&State::Failed)?))
        .col_expr(entity::Column::Next, Expr::value(nothing))
        .col_expr(entity::Column::DoneAt, Expr::value(micros(now)))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::Next.is_not_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes an export away.
///
/// # Errors
/// Where the database does not answer.
pub async fn delete<C: ConnectionTrait>(db: &C, id: ExportId) -> Result<(), Error> {
    entity::Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}

fn row(export: &Export) -> Result<entity::Model, Error> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(entity::Model {
        id: export.id.0,
        owner: export.owner.0,
        org: export.org.0,
        roles: json(&export.roles)?,
        form: name(&export.form)?,
        language: name(&export.language)?,
        asked: json(&export.asked)?,
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

fn read(model: entity::Model) -> Result<Export, Error> {
    let number = |number: i64| {
        u64::try_from(number).map_err(|source| Error::Corrupt { table: TABLE, reason: source.to_string() })
    };
    let at = |at: Option<i64>| at.map(|at| instant(TABLE, at)).transpose();
    Ok(Export {
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
    })
}
