//! Lists that people take out in the background.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("list_export")
            .col(uuid("id").primary_key())
            .col(uuid("owner"))
            .col(uuid("org"))
            .col(text("roles"))
            .col(string("form"))
            .col(string("language"))
            .col(text("asked"))
            .col(text("narrowed"))
            .col(string("state"))
            .col(big_integer("row_count"))
            .col(big_integer("size"))
            .col(string("hash"))
            .col(big_integer("tries"))
            .col(big_integer("asked_at"))
            .col(big_integer_null("next"))
            .col(big_integer_null("done_at"))
            .check(Expr::cust("form IN ('xlsx','csv')"))
            .check(Expr::cust("language IN ('zh','en')"))
            .check(Expr::cust("state IN ('waiting','running','ready','failed')"))
            .check(Expr::cust("row_count >= 0 AND size >= 0 AND tries >= 0"))
            // What is under way has its turn, what is done has its day; a file is there where it is ready.
            .check(Expr::cust("(next IS NULL) = (state IN ('ready','failed'))"))
            .check(Expr::cust("(done_at IS NULL) = (state IN ('waiting','running'))"))
            .check(Expr::cust("(hash = '') = (state <> 'ready')"))
            .to_owned();
        for (name, column, to) in
            [("list_export_owner", "owner", "account"), ("list_export_org", "org", "organisation")]
        {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("list_export", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        for (name, column) in
            [("list_export_of_owner", "owner"), ("list_export_next", "next"), ("list_export_done", "done_at")]
        {
            let index = Index::create().name(name).table("list_export").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
