//! Which of their messages people also get by mail.

use crate::Error;
use crate::account::{self, entity as owner};
use crate::convert::{from_json, from_name, json, name};
use ronghe_domain::account::Account;
use ronghe_domain::kernel::{AccountId, OrgId, Role, Version};
use ronghe_domain::message::choice::Choice;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Related, RelationDef,
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

impl Related<entity::Entity> for owner::Entity {
    fn to() -> RelationDef {
        Self::belongs_to(entity::Entity).from(owner::Column::Id).to(entity::Column::Account).into()
    }
}

/// The active accounts that hold one of `roles`, in `org` where one is named, each with what they have chosen.
///
/// # Errors
/// Where the database does not answer.
pub async fn active<C: ConnectionTrait>(
    db: &C,
    roles: &[Role],
    org: Option<OrgId>,
) -> Result<Vec<(Account, Choice)>, Error> {
    let rows = account::holders(roles, org)?.find_also_related(entity::Entity).all(db).await?;
    rows.into_iter().map(both).collect()
}

/// An account with what its owner has chosen.
///
/// # Errors
/// Where there is none.
pub async fn person<C: ConnectionTrait>(db: &C, id: AccountId) -> Result<(Account, Choice), Error> {
    let row = owner::Entity::find_by_id(id.0).find_also_related(entity::Entity).one(db).await?;
    both(row.ok_or(Error::NotFound)?)
}

fn both((owner, chosen): (owner::Model, Option<entity::Model>)) -> Result<(Account, Choice), Error> {
    let account = account::read(owner)?;
    let choice = chosen.map(read).transpose()?.unwrap_or_else(|| Choice::none(account.id));
    Ok((account, choice))
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
