//! What the unit of its need thinks of an application: each word stays, and a later one comes behind it.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "application_opinion";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(opinion()).await?;
        let mut index = Index::create().name("application_by_need").table("application").to_owned();
        manager.create_index(index.col("need").to_owned()).await?;
        refuse(manager, TABLE, "UPDATE", "OLD.application IS NOT NULL").await?;
        refuse(manager, TABLE, "DELETE", "OLD.application IS NOT NULL").await
    }
}

fn opinion() -> TableCreateStatement {
    let mut table = Table::create()
        .table(TABLE)
        .col(uuid("application"))
        .col(integer("n"))
        .col(string("stance"))
        .col(text("reason"))
        .col(uuid("said_by"))
        .col(big_integer("said_at"))
        .primary_key(Index::create().col("application").col("n"))
        .check(Expr::cust("n > 0"))
        .check(Expr::cust("stance IN ('willing','to_discuss','opposed')"))
        .check(Expr::cust("stance = 'willing' OR reason <> ''"))
        .to_owned();
    for (name, column, to) in [
        ("application_opinion_of", "application", "application"),
        ("application_opinion_by", "said_by", "account"),
    ] {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from(TABLE, column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    table
}
