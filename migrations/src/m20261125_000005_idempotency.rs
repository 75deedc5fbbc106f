//! Answers of commands, so that a retried request does nothing twice.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("idempotency")
                    .col(uuid("actor"))
                    .col(string("key"))
                    .col(string("request"))
                    .col(integer("status"))
                    .col(text("answer"))
                    .col(string("etag"))
                    .col(big_integer("made"))
                    .primary_key(Index::create().col("actor").col("key"))
                    .to_owned(),
            )
            .await
    }
}
