//! Filters of lists that people saved under a name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("saved_view")
            .col(uuid("id").primary_key())
            .col(string("list"))
            .col(uuid("owner"))
            .col(uuid("org"))
            .col(string("name"))
            .col(text("filters"))
            .col(boolean("shared"))
            .col(big_integer("version"))
            .check(Expr::cust("list IN ('needs','applications','accounts')"))
            .check(Expr::cust("version > 0"))
            .to_owned();
        table.index(Index::create().name("saved_view_name").unique().col("owner").col("list").col("name"));
        for (name, column, to) in
            [("saved_view_owner", "owner", "account"), ("saved_view_org", "org", "organisation")]
        {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("saved_view", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        let index = Index::create().name("saved_view_of_org").table("saved_view").col("org").to_owned();
        manager.create_index(index).await
    }
}
