//! Rows of policy documents.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub state: String,
    pub version: i64,
    pub text: String,
    pub draft: String,
    pub content: Option<String>,
    pub imported_by: Uuid,
    pub corrected_by: Uuid,
    pub imported_at: i64,
    pub published_by: Option<Uuid>,
    pub published_at: Option<i64>,
    pub renewals: String,
    pub supersession: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
