//! Rows of needs.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "need")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle: Uuid,
    pub year: i32,
    pub seq: Option<i32>,
    pub unit: Uuid,
    pub unit_kind: String,
    pub district: Option<Uuid>,
    pub state: String,
    pub title: String,
    pub search: String,
    pub draft: String,
    pub content: Option<String>,
    pub budget_fen: Option<i64>,
    pub returned: Option<String>,
    pub until: Option<i64>,
    pub author: Uuid,
    pub changed_at: i64,
    pub submitted_at: Option<i64>,
    pub forwarded_at: Option<i64>,
    pub version: i64,
    pub title_en: String,
    pub measures: String,
    pub back_to: Option<String>,
    pub carried_from: Option<Uuid>,
    pub phones: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
