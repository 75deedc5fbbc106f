//! Rows of applications, of what of them was submitted, of their files, of openings and of opinions.

pub mod application {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub cycle: Uuid,
        pub cycle_name: String,
        pub seq: Option<i32>,
        pub need: Uuid,
        pub university: Uuid,
        pub state: String,
        pub head: String,
        pub draft: String,
        pub content: Option<String>,
        pub members: String,
        pub submissions: i32,
        pub returned: Option<String>,
        pub until: Option<i64>,
        pub changed_at: i64,
        pub submitted_at: Option<i64>,
        pub opened_at: Option<i64>,
        pub accepted_at: Option<i64>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod version {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        pub content: String,
        pub hash: String,
        pub receipt: String,
        pub submitted_by: Uuid,
        pub submitted_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod file {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application: Uuid,
        pub purpose: String,
        pub name: String,
        pub kind: String,
        pub size: i64,
        pub hash: String,
        pub code: String,
        pub added_by: Uuid,
        pub added_at: i64,
        pub removed_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod opening {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_opening")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub cycle: Uuid,
        pub opened_at: i64,
        pub sealed: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod opinion {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_opinion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        pub stance: String,
        pub reason: String,
        pub said_by: Uuid,
        pub said_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
