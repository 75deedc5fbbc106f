//! Needs, and the measures that they come under.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, string, text, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(need()).await?;
        manager.create_table(measure()).await?;
        // Each list has its index: by number, by last change, by unit, by district, by measure.
        for (name, table, columns) in [
            ("need_by_state", "need", &["cycle", "state", "seq"][..]),
            ("need_by_change", "need", &["changed_at", "id"][..]),
            ("need_by_unit", "need", &["unit", "cycle"][..]),
            ("need_by_district", "need", &["district", "cycle", "state"][..]),
            ("need_measure_by_seq", "need_measure", &["seq", "need"][..]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let numbered = "OLD.seq IS NOT NULL AND (NEW.seq IS NULL OR NEW.seq <> OLD.seq OR NEW.year <> OLD.year \
                        OR NEW.unit <> OLD.unit OR NEW.cycle <> OLD.cycle)";
        refuse(manager, "need", "UPDATE", numbered).await?;
        refuse(manager, "need", "DELETE", "OLD.id IS NOT NULL").await
    }
}

fn need() -> TableCreateStatement {
    let mut table = Table::create()
        .table("need")
        .col(uuid("id").primary_key())
        .col(uuid("cycle"))
        .col(integer("year"))
        .col(integer_null("seq"))
        .col(uuid("unit"))
        .col(string("unit_kind"))
        .col(uuid_null("district"))
        .col(string("state"))
        .col(string("title"))
        .col(text("search"))
        .col(text("draft"))
        .col(text_null("content"))
        .col(big_integer_null("budget_fen"))
        .col(text_null("returned"))
        .col(big_integer_null("until"))
        .col(uuid("author"))
        .col(big_integer("changed_at"))
        .col(big_integer_null("submitted_at"))
        .col(big_integer_null("forwarded_at"))
        .col(big_integer("version"))
        .check(Expr::cust(
            "state IN ('draft','submitted','returned_by_district','forwarded','returned','screening','listed',\
             'declined','merged','taken','open','withdrawn')",
        ))
        .check(Expr::cust("(submitted_at IS NULL) = (seq IS NULL)"))
        .check(Expr::cust("(submitted_at IS NULL) = (content IS NULL)"))
        .check(Expr::cust("forwarded_at IS NULL OR submitted_at IS NOT NULL"))
        .check(Expr::cust("state NOT IN ('returned_by_district','returned') OR returned IS NOT NULL"))
        .check(Expr::cust("state NOT IN ('submitted','returned_by_district') OR district IS NOT NULL"))
        .check(Expr::cust("budget_fen IS NULL OR budget_fen >= 0"))
        .to_owned();
    for (name, column, to) in [
        ("need_cycle", "cycle", "cycle"),
        ("need_unit", "unit", "organisation"),
        ("need_district", "district", "organisation"),
        ("need_author", "author", "account"),
    ] {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from("need", column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    table.index(Index::create().name("need_number").unique().col("year").col("seq"));
    table
}

/// Kept beside the content, so that lists by measure need not read it.
fn measure() -> TableCreateStatement {
    Table::create()
        .table("need_measure")
        .col(uuid("need"))
        .col(integer("seq"))
        .primary_key(Index::create().col("need").col("seq"))
        .foreign_key(
            ForeignKey::create()
                .name("need_measure_need")
                .from("need_measure", "need")
                .to("need", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .to_owned()
}
