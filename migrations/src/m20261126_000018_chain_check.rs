//! The last check of the audit chain, kept for whoever asks what it found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, text, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by = ForeignKey::create()
            .name("chain_check_started_by")
            .from("chain_check", "started_by")
            .to("account", "id")
            .on_delete(ForeignKeyAction::Restrict)
            .to_owned();
        let table = Table::create()
            .table("chain_check")
            .col(integer("id").primary_key())
            .col(big_integer("started_at"))
            .col(uuid_null("started_by"))
            .col(big_integer("finished_at"))
            .col(big_integer("events"))
            .col(string("head"))
            .col(text("faults"))
            .foreign_key(&mut by)
            .check(Expr::col("id").eq(1))
            .to_owned();
        manager.create_table(table).await
    }
}
