//! What the lead office means to do with needs in 遴选: beside the need, whose row nobody else may see move
//! before the need list is published.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string_null, text, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("need_verdict")
            .col(uuid("need").primary_key())
            .col(uuid("cycle"))
            // Nothing where it was taken back.
            .col(string_null("ruling"))
            .col(string_null("why"))
            .col(uuid_null("merged_into"))
            .col(text("remark"))
            .col(uuid("decided_by"))
            .col(big_integer("decided_at"))
            .col(big_integer("version"))
            .check(Expr::cust("ruling IN ('listed','declined','merged')"))
            .check(Expr::cust(
                "why IN ('outside_measures','pure_research','not_in_jinan','too_vague','already_served',\
                 'budget_unsound','other')",
            ))
            .check(Expr::cust("(COALESCE(ruling, '') = 'declined') = (why IS NOT NULL)"))
            .check(Expr::cust("(COALESCE(ruling, '') = 'merged') = (merged_into IS NOT NULL)"))
            .check(Expr::cust("merged_into <> need"))
            .check(Expr::cust("version > 0"))
            .to_owned();
        for (name, column, to) in [
            ("need_verdict_need", "need", "need"),
            ("need_verdict_cycle", "cycle", "cycle"),
            ("need_verdict_into", "merged_into", "need"),
            ("need_verdict_by", "decided_by", "account"),
        ] {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("need_verdict", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        let mut index = Index::create().name("need_verdict_by_into").table("need_verdict").to_owned();
        manager.create_index(index.col("merged_into").to_owned()).await?;
        refuse(manager, "need_verdict", "DELETE", "OLD.need IS NOT NULL").await
    }
}
