//! Rows of meetings.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Uuid,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle: Uuid,
    pub need: Uuid,
    pub no: i32,
    pub start_at: i64,
    pub end_at: i64,
    pub place: String,
    pub link: String,
    pub audience: String,
    pub note: String,
    pub org: Uuid,
    pub entered_by: Uuid,
    pub entered_at: i64,
    pub reason: Option<String>,
    pub off_by: Option<Uuid>,
    pub off_at: Option<i64>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
