//! Profiles of universities: what they offer to schools.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("university_profile")
            .col(uuid("org").primary_key())
            .col(uuid("policy"))
            .col(text("disciplines"))
            .col(text("measures"))
            .col(text("forms"))
            .col(text("stages"))
            .col(text("strengths"))
            .col(big_integer("changed_at"))
            .col(big_integer("version"))
            .check(Expr::cust("length(strengths) BETWEEN 1 AND 2000"))
            .check(Expr::cust("version > 0"))
            .to_owned();
        for (column, to) in [("org", "organisation"), ("policy", "policy")] {
            table.foreign_key(
                ForeignKey::create()
                    .name(format!("university_profile_{column}"))
                    .from("university_profile", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        refuse(manager, "university_profile", "DELETE", "OLD.org IS NOT NULL").await
    }
}
