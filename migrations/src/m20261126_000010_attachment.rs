//! Files that belong to records; their content lies under its hash, outside the database.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("attachment")
            .col(uuid("id").primary_key())
            .col(uuid("need"))
            .col(string("name"))
            .col(string("kind"))
            .col(big_integer("size"))
            .col(string("hash"))
            .col(uuid("added_by"))
            .col(big_integer("added_at"))
            // Taken away from what is written; what was submitted with it still names it.
            .col(big_integer_null("removed_at"))
            .check(Expr::cust("kind IN ('pdf','docx','xlsx','ofd','png','jpeg','webp')"))
            .check(Expr::cust("size > 0"))
            .foreign_key(
                ForeignKey::create()
                    .name("attachment_need")
                    .from("attachment", "need")
                    .to("need", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("attachment_added_by")
                    .from("attachment", "added_by")
                    .to("account", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .to_owned();
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create().name("attachment_by_need").table("attachment").col("need").to_owned(),
            )
            .await?;
        let changed = "NEW.hash <> OLD.hash OR NEW.name <> OLD.name OR NEW.size <> OLD.size \
                       OR NEW.need <> OLD.need";
        refuse(manager, "attachment", "UPDATE", changed).await?;
        refuse(manager, "attachment", "DELETE", "OLD.id IS NOT NULL").await
    }
}
