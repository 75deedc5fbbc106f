//! Who has written in a need since it was last submitted: none of them signs it.

use crate::Error;
use ronghe_domain::kernel::{AccountId, NeedId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_writer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub need: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Those who have written in a need, each once.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<Vec<AccountId>, Error> {
    let rows = entity::Entity::find().filter(entity::Column::Need.eq(need.0));
    let rows = rows.order_by_asc(entity::Column::Account).all(db).await?;
    Ok(rows.into_iter().map(|row| AccountId(row.account)).collect())
}

/// Notes that somebody has written in a need.
///
/// # Errors
/// Where the database does not answer.
pub async fn note<C: ConnectionTrait>(db: &C, need: NeedId, account: AccountId) -> Result<(), Error> {
    let row = entity::Model { need: need.0, account: account.0 }.into_active_model();
    let again = OnConflict::columns([entity::Column::Need, entity::Column::Account]).do_nothing().to_owned();
    entity::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets them: the need is submitted.
///
/// # Errors
/// Where the database does not answer.
pub async fn clear<C: ConnectionTrait>(db: &C, need: NeedId) -> Result<(), Error> {
    entity::Entity::delete_many().filter(entity::Column::Need.eq(need.0)).exec(db).await?;
    Ok(())
}
