//! Filters of lists that people saved under a name.

use crate::Error;
use crate::convert::{from_json, from_name, json, name};
use ronghe_domain::kernel::{AccountId, OrgId, Version, ViewId};
use ronghe_domain::view::{List, View};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

const TABLE: &str = "saved_view";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_view")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub list: String,
        pub owner: Uuid,
        pub org: Uuid,
        pub name: String,
        pub filters: String,
        pub shared: bool,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The views that a person of `org` sees: their own, and those that are shared there; of one list where one is named.
///
/// # Errors
/// Where the database does not answer.
pub async fn seen_by<C: ConnectionTrait>(
    db: &C,
    account: AccountId,
    org: OrgId,
    list: Option<List>,
) -> Result<Vec<View>, Error> {
    let shared = Condition::all().add(entity::Column::Org.eq(org.0)).add(entity::Column::Shared.eq(true));
    let seen = Condition::any().add(entity::Column::Owner.eq(account.0)).add(shared);
    let mut rows = entity::Entity::find().filter(seen).order_by_asc(entity::Column::Id);
    if let Some(list) = list {
        rows = rows.filter(entity::Column::List.eq(name(&list)?));
    }
    rows.all(db).await?.into_iter().map(read).collect()
}

/// The views that a person has saved, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock_of<C: ConnectionTrait>(db: &C, owner: AccountId) -> Result<Vec<View>, Error> {
    let rows = entity::Entity::find().filter(entity::Column::Owner.eq(owner.0));
    let rows = rows.order_by_asc(entity::Column::Id).lock_exclusive().all(db).await?;
    rows.into_iter().map(read).collect()
}

/// One view, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, id: ViewId) -> Result<View, Error> {
    read(entity::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?)
}

/// Adds a view.
///
/// # Errors
/// A conflict where its owner has one of this name.
pub async fn insert<C: ConnectionTrait>(db: &C, view: &View) -> Result<(), Error> {
    entity::Entity::insert(row(view)?.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes a view over the version `seen`.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn save<C: ConnectionTrait>(db: &C, after: &View, seen: Version) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes a view away.
///
/// # Errors
/// Where the database does not answer.
pub async fn delete<C: ConnectionTrait>(db: &C, id: ViewId) -> Result<(), Error> {
    entity::Entity::delete_by_id(id.0).exec(db).await?;
    Ok(())
}

fn row(view: &View) -> Result<entity::Model, Error> {
    Ok(entity::Model {
        id: view.id.0,
        list: name(&view.list)?,
        owner: view.owner.0,
        org: view.org.0,
        name: view.name.clone(),
        filters: json(&view.filters)?,
        shared: view.shared,
        version: view.version.0,
    })
}

fn read(model: entity::Model) -> Result<View, Error> {
    Ok(View {
        id: ViewId(model.id),
        list: from_name(TABLE, &model.list)?,
        owner: AccountId(model.owner),
        org: OrgId(model.org),
        name: model.name,
        filters: from_json(TABLE, &model.filters)?,
        shared: model.shared,
        version: Version(model.version),
    })
}
