//! Versions of need lists. What is published does not change, and a cycle has one version at a time that is not.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, string, string_null, text, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("need_list")
            .col(uuid("id").primary_key())
            .col(uuid("cycle"))
            // Which version, counted from 1.
            .col(integer("no"))
            .col(string("state"))
            .col(text("entries"))
            .col(text("changes"))
            .col(text("reason"))
            // The highest number given in the cycle up to this version.
            .col(integer("last_seq"))
            .col(text("steps"))
            // The document as it was proposed, in its canonical form, and its hash.
            .col(text_null("document"))
            .col(string_null("hash"))
            .col(uuid_null("proposed_by"))
            .col(big_integer_null("proposed_at"))
            .col(uuid_null("published_by"))
            .col(big_integer_null("published_at"))
            .col(uuid("made_by"))
            .col(big_integer("changed_at"))
            .col(big_integer("version"))
            .check(Expr::cust("no > 0"))
            .check(Expr::cust("last_seq >= 0"))
            .check(Expr::cust("version > 0"))
            .check(Expr::cust("state IN ('draft','proposed','approved','published')"))
            .check(Expr::cust("(state = 'draft') = (document IS NULL)"))
            .check(Expr::cust("(document IS NULL) = (hash IS NULL)"))
            .check(Expr::cust("(document IS NULL) = (proposed_by IS NULL)"))
            .check(Expr::cust("(document IS NULL) = (proposed_at IS NULL)"))
            .check(Expr::cust("(state = 'published') = (published_at IS NOT NULL)"))
            .check(Expr::cust("(published_by IS NULL) = (published_at IS NULL)"))
            .check(Expr::cust("no = 1 OR state = 'draft' OR reason <> ''"))
            .to_owned();
        for (name, column, to) in [
            ("need_list_cycle", "cycle", "cycle"),
            ("need_list_made_by", "made_by", "account"),
            ("need_list_proposed_by", "proposed_by", "account"),
            ("need_list_published_by", "published_by", "account"),
        ] {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("need_list", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        table.index(Index::create().name("need_list_edition").unique().col("cycle").col("no"));
        manager.create_table(table).await?;
        let open = "CREATE UNIQUE INDEX need_list_open ON need_list (cycle) WHERE state <> 'published'";
        manager.get_connection().execute_unprepared(open).await?;
        refuse(manager, "need_list", "UPDATE", "OLD.state = 'published'").await?;
        refuse(manager, "need_list", "DELETE", "OLD.id IS NOT NULL").await
    }
}
