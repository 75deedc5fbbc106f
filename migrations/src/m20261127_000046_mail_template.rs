//! The words of mails, where the lead office has set them: each version stays.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text_null, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("mail_template")
            .col(string("kind"))
            .col(string("language"))
            .col(big_integer("version"))
            // Nothing where the standard words were taken again.
            .col(text_null("words"))
            .col(uuid("set_by"))
            .col(big_integer("set_at"))
            .primary_key(Index::create().col("kind").col("language").col("version"))
            .check(Expr::cust("language IN ('zh','en')"))
            .check(Expr::cust("version > 0"))
            .to_owned();
        table.foreign_key(
            ForeignKey::create()
                .name("mail_template_set_by")
                .from("mail_template", "set_by")
                .to("account", "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
        manager.create_table(table).await?;
        refuse(manager, "mail_template", "UPDATE", "OLD.kind IS NOT NULL").await?;
        refuse(manager, "mail_template", "DELETE", "OLD.kind IS NOT NULL").await
    }
}
