//! Failures at the door, counted by the hour until their sum is chained.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("failure")
            .col(big_integer("hour"))
            .col(string("kind"))
            .col(big_integer("count"))
            .primary_key(Index::create().col("hour").col("kind"))
            .check(Expr::col("count").gt(0))
            .to_owned();
        manager.create_table(table).await
    }
}
