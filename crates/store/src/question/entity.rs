//! Rows of questions and answers.

pub(super) mod question {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub cycle: Uuid,
        pub need: Uuid,
        pub no: i32,
        pub text: String,
        pub asked_at: i64,
        pub due: i64,
        pub university: Uuid,
        pub asked_by: Uuid,
        pub mark: String,
        pub state: String,
        pub ground: Option<String>,
        pub taken_by: Option<Uuid>,
        pub taken_at: Option<i64>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod answer {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        pub text: String,
        pub org: Uuid,
        pub answered_by: Uuid,
        pub answered_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
