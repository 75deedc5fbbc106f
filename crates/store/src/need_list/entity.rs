//! Rows of need lists, of what was said of them, and of the numbers of needs.

pub(super) mod list {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_list")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub cycle: Uuid,
        pub no: i32,
        pub state: String,
        pub entries: String,
        pub changes: String,
        pub reason: String,
        pub last_seq: i32,
        pub steps: String,
        pub document: Option<String>,
        pub hash: Option<String>,
        pub proposed_by: Option<Uuid>,
        pub proposed_at: Option<i64>,
        pub published_by: Option<Uuid>,
        pub published_at: Option<i64>,
        pub made_by: Uuid,
        pub composers: String,
        pub minutes: Option<String>,
        pub changed_at: i64,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod mark {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_list_mark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub list: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub nth: i32,
        pub seat: String,
        pub post: String,
        pub answer: String,
        pub reason: String,
        pub account: Uuid,
        pub proposed_by: Uuid,
        pub hash: String,
        pub at: i64,
        pub voided_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod listing {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_listing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub need: Uuid,
        pub cycle: Uuid,
        pub seq: i32,
        pub since: i32,
        pub until: Option<i32>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
