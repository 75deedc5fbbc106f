//! Policy documents; what is published does not change.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, text, text_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("policy")
            .col(uuid("id").primary_key())
            .col(string("slug").unique_key())
            .col(string("state"))
            .col(big_integer("version"))
            .col(text("text"))
            .col(text("draft"))
            .col(text_null("content"))
            .col(uuid("imported_by"))
            .col(uuid("corrected_by"))
            .col(big_integer("imported_at"))
            .col(uuid_null("published_by"))
            .col(big_integer_null("published_at"))
            .col(text("renewals"))
            .col(text_null("supersession"))
            .check(Expr::cust("state IN ('draft','published','discarded')"))
            .check(Expr::cust("(state = 'published') = (content IS NOT NULL)"))
            .check(Expr::cust("published_by IS NULL OR published_by <> corrected_by"))
            .to_owned();
        for (name, column) in [
            ("policy_imported_by", "imported_by"),
            ("policy_corrected_by", "corrected_by"),
            ("policy_published_by", "published_by"),
        ] {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("policy", column)
                    .to("account", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        let changed = "OLD.content IS NOT NULL AND (NEW.content IS NULL OR NEW.content <> OLD.content \
                       OR NEW.text <> OLD.text OR NEW.state <> OLD.state OR NEW.slug <> OLD.slug)";
        refuse(manager, "policy", "UPDATE", changed).await?;
        refuse(manager, "policy", "DELETE", "OLD.content IS NOT NULL").await
    }
}
