//! What a district bureau does with the needs of its schools: their order, its summaries, and who was reminded.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [ranking(), summary(), reminder()] {
            manager.create_table(table).await?;
        }
        // One version of a district is being signed at a time.
        let one =
            "CREATE UNIQUE INDEX need_summary_open ON need_summary (cycle, district) WHERE state = 'signing'";
        manager.get_connection().execute_unprepared(one).await?;
        refuse(manager, "need_ranking", "DELETE", "OLD.cycle IS NOT NULL").await?;
        refuse(manager, "need_summary", "UPDATE", "OLD.state <> 'signing' OR NEW.lines <> OLD.lines").await?;
        refuse(manager, "need_summary", "DELETE", "OLD.id IS NOT NULL").await
    }
}

fn ranking() -> TableCreateStatement {
    let mut table = Table::create()
        .table("need_ranking")
        .col(uuid("cycle"))
        .col(uuid("district"))
        .col(text("ranking"))
        .col(uuid("ranked_by"))
        .col(big_integer("ranked_at"))
        .col(big_integer("version"))
        .primary_key(Index::create().col("cycle").col("district"))
        .check(Expr::cust("version > 0"))
        .to_owned();
    keys(
        &mut table,
        "need_ranking",
        &[("cycle", "cycle"), ("district", "organisation"), ("ranked_by", "account")],
    );
    table
}

fn summary() -> TableCreateStatement {
    let mut table = Table::create()
        .table("need_summary")
        .col(uuid("id").primary_key())
        .col(uuid("cycle"))
        .col(uuid("district"))
        .col(integer("seq"))
        .col(text("lines"))
        .col(string("state"))
        .col(uuid("made_by"))
        .col(big_integer("made_at"))
        .col(big_integer_null("issued_at"))
        .col(big_integer("version"))
        .check(Expr::cust("state IN ('signing','issued','voided')"))
        .check(Expr::cust("(issued_at IS NOT NULL) = (state = 'issued')"))
        .check(Expr::cust("seq > 0"))
        .check(Expr::cust("version > 0"))
        .to_owned();
    table.index(Index::create().name("need_summary_seq").unique().col("cycle").col("district").col("seq"));
    keys(
        &mut table,
        "need_summary",
        &[("cycle", "cycle"), ("district", "organisation"), ("made_by", "account")],
    );
    table
}

fn reminder() -> TableCreateStatement {
    let mut table = Table::create()
        .table("unit_reminder")
        .col(uuid("cycle"))
        .col(uuid("org"))
        .col(uuid("reminded_by"))
        .col(big_integer("reminded_at"))
        .primary_key(Index::create().col("cycle").col("org"))
        .to_owned();
    keys(
        &mut table,
        "unit_reminder",
        &[("cycle", "cycle"), ("org", "organisation"), ("reminded_by", "account")],
    );
    table
}

/// A key for each column to the table that it names.
fn keys(table: &mut TableCreateStatement, name: &'static str, columns: &[(&'static str, &'static str)]) {
    for (column, to) in columns {
        table.foreign_key(
            ForeignKey::create()
                .name(format!("{name}_{column}"))
                .from(name, *column)
                .to(*to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
}
