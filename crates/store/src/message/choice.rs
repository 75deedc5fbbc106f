//! Which of their messages people also get by mail.

use crate::Error;
use crate::convert::{from_json, from_name, json, name};
use ronghe_domain::kernel::{AccountId, Version};
use ronghe_domain::message::choice::Choice;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

const TABLE: &str = "mail_choice";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_choice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: Uuid,
        pub off: String,
        pub language: String,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What `account` has chosen, where they have.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<Option<Choice>, Error> {
    entity::Entity::find_by_id(account.0).one(db).await?.map(read).transpose()
}

/// The same, locked for the transaction.
///
/// # Errors
/// Where the database does not answer.
pub async fn lock<C: ConnectionTrait>(db: &C, account: AccountId) -> Result<Option<Choice>, Error> {
    entity::Entity::find_by_id(account.0).lock_exclusive().one(db).await?.map(read).transpose()
}

/// What those who have chosen anything have chosen.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Choice>, Error> {
    entity::Entity::find().all(db).await?.into_iter().map(read).collect()
}

/// Writes a choice over the one of the version before it.
///
/// # Errors
/// `Stale` where there is another one meanwhile.
pub async fn set<C: ConnectionTrait>(db: &C, before: Version, after: &Choice) -> Result<(), Error> {
    let row = entity::Model {
        account: after.account.0,
        off: json(&after.off)?,
        language: name(&after.language)?,
        version: after.version.0,
    };
    let row = row.into_active_model();
    if before == Choice::none(after.account).version {
        entity::Entity::insert(row).exec_without_returning(db).await?;
        return Ok(());
    }
    let done = entity::Entity::update_many()
        .set(row.reset_all())
        .filter(entity::Column::Account.eq(after.account.0))
        .filter(entity::Column::Version.eq(before.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn read(model: entity::Model) -> Result<Choice, Error> {
    Ok(Choice {
        account: AccountId(model.account),
        off: from_json(TABLE, &model.off)?,
        language: from_name(TABLE, &model.language)?,
        version: Version(model.version),
    })
}
