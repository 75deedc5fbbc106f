//! Which of their messages people also get by mail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("mail_choice")
            .col(uuid("account").primary_key())
            .col(text("off"))
            .col(string("language"))
            .col(big_integer("version"))
            .check(Expr::cust("language IN ('zh','en')"))
            .check(Expr::cust("version > 0"))
            .to_owned();
        table.foreign_key(
            ForeignKey::create()
                .name("mail_choice_account")
                .from("mail_choice", "account")
                .to("account", "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
        manager.create_table(table).await
    }
}
