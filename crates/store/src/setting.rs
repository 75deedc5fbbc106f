//! What the database says of itself.

use crate::Error;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "setting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub value: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Key under which a database says that it holds a demonstration.
pub const DEMONSTRATION: &str = "demonstration";

/// Key under which a database says that telephones lie in it as they were typed: its schema came without the server's key.
pub const PHONES_OPEN: &str = "phones_open";

/// Key under which a database names the server's key that opens what lies sealed in it.
pub const KEY: &str = "key";

/// Key under which it names the one that it goes over to. As long as it does, triggers let what is sealed be written
/// anew where it stays otherwise.
pub const KEY_NEXT: &str = "key_next";

/// The value under `key`, where there is one.
///
/// # Errors
/// Where the database does not answer.
pub async fn get<C: ConnectionTrait>(db: &C, key: &str) -> Result<Option<String>, Error> {
    Ok(entity::Entity::find_by_id(key).one(db).await?.map(|row| row.value))
}

/// Sets a value for good.
///
/// # Errors
/// Where one is set already.
pub async fn insert<C: ConnectionTrait>(db: &C, key: &str, value: &str) -> Result<(), Error> {
    let model = entity::Model { key: key.to_owned(), value: value.to_owned() };
    entity::Entity::insert(model.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Sets a value, in place of what was set before.
///
/// # Errors
/// Where the database does not answer.
pub async fn put<C: ConnectionTrait>(db: &C, key: &str, value: &str) -> Result<(), Error> {
    let model = entity::Model { key: key.to_owned(), value: value.to_owned() };
    let again = OnConflict::column(entity::Column::Key).update_column(entity::Column::Value).to_owned();
    let row = entity::Entity::insert(model.into_active_model()).on_conflict(again);
    row.exec_without_returning(db).await?;
    Ok(())
}

/// Takes a value away; where there is none nothing happens.
///
/// # Errors
/// Where the database does not answer.
pub async fn remove<C: ConnectionTrait>(db: &C, key: &str) -> Result<(), Error> {
    entity::Entity::delete_by_id(key).exec(db).await?;
    Ok(())
}
