//! Rows of organisations.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub kind: String,
    pub name: String,
    pub name_en: String,
    pub aliases: String,
    pub parent: Option<Uuid>,
    pub leading_group_seat: Option<i16>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub position: i32,
    pub university: Option<String>,
    pub contacts: String,
    pub sign_off: String,
    pub version: i64,
    pub phones: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
