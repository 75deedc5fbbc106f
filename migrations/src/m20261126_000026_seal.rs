//! Sealed scans, each bound to one version of what went up, and copies on paper.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, string_null, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(seal()).await?;
        manager.create_table(paper()).await?;
        let mut index = Index::create().name("seal_of_subject").table("seal").to_owned();
        manager.create_index(index.col("subject").col("added_at").to_owned()).await?;
        // A scan is bound to its version for good; another version takes another scan.
        refuse(manager, "seal", "UPDATE", "OLD.id IS NOT NULL").await?;
        refuse(manager, "seal", "DELETE", "OLD.id IS NOT NULL").await?;
        refuse(manager, "paper", "DELETE", "OLD.subject IS NOT NULL").await
    }
}

fn seal() -> TableCreateStatement {
    Table::create()
        .table("seal")
        .col(uuid("id").primary_key())
        .col(string("kind"))
        .col(uuid("subject"))
        .col(string("hash"))
        .col(uuid("file"))
        .col(text("file_name"))
        .col(string("file_kind"))
        .col(big_integer("file_size"))
        .col(string("file_hash"))
        .col(uuid("added_by"))
        .col(big_integer("added_at"))
        .check(Expr::cust("kind IN ('need','district_summary','application','report')"))
        .check(Expr::cust("file_kind IN ('pdf','ofd','png','jpeg','webp')"))
        .foreign_key(
            ForeignKey::create()
                .name("seal_by")
                .from("seal", "added_by")
                .to("account", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .to_owned()
}

fn paper() -> TableCreateStatement {
    Table::create()
        .table("paper")
        .col(string("kind"))
        .col(uuid("subject"))
        .col(integer("asked"))
        .col(string_null("received"))
        .col(uuid("noted_by"))
        .col(big_integer("noted_at"))
        .col(big_integer("version"))
        .primary_key(Index::create().col("kind").col("subject"))
        .check(Expr::cust("asked BETWEEN 0 AND 20"))
        .check(Expr::cust("version > 0"))
        .foreign_key(
            ForeignKey::create()
                .name("paper_by")
                .from("paper", "noted_by")
                .to("account", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .to_owned()
}
