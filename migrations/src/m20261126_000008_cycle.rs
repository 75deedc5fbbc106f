//! Yearly cycles; what an opened one runs by does not change but for its ends.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("cycle")
            .col(uuid("id").primary_key())
            .col(integer("year").unique_key())
            .col(string("phase"))
            .col(uuid("policy"))
            .col(text("content"))
            .col(text("moves"))
            .col(text("extensions"))
            .col(uuid("made_by"))
            // Numbers of needs given so far; counted up when one is submitted, under the row's lock.
            .col(big_integer("needs").default(0))
            .col(big_integer("version"))
            .check(Expr::cust(
                "phase IN ('preparing','collecting_needs','screening_needs','accepting_applications',\
                 'reviewing','selecting','public_notice','implementing','evaluating','subsidising','closed')",
            ))
            .check(Expr::cust("needs >= 0"))
            .to_owned();
        for (name, column, to) in
            [("cycle_policy", "policy", "policy"), ("cycle_made_by", "made_by", "account")]
        {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("cycle", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await
    }
}
