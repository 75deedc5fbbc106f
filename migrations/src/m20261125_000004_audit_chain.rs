//! The audit chain: events that neither change nor go, the words beside them, and the head.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, string, text, text_null, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(event()).await?;
        manager.create_table(detail()).await?;
        manager.create_table(head()).await?;
        manager
            .create_index(
                Index::create()
                    .name("event_record")
                    .table("event")
                    .col("subject")
                    .col("record")
                    .col("seq")
                    .to_owned(),
            )
            .await?;
        manager
            .get_connection()
            .execute_unprepared(
                "INSERT INTO chain_head (id, seq, at, hash) VALUES (1, 0, 0, \
                 '0000000000000000000000000000000000000000000000000000000000000000')",
            )
            .await?;
        refuse(manager, "event", "UPDATE", "OLD.seq IS NOT NULL").await?;
        refuse(manager, "event", "DELETE", "OLD.seq IS NOT NULL").await
    }
}

/// What happened, in order.
fn event() -> TableCreateStatement {
    Table::create()
        .table("event")
        .col(big_integer("seq").primary_key())
        .col(big_integer("at"))
        .col(uuid_null("actor"))
        .col(string("action"))
        .col(string("subject"))
        .col(string("record"))
        .col(boolean("refused"))
        .col(text("body"))
        .col(string("hash").unique_key())
        .to_owned()
}

/// The words beside an event, which can be erased.
fn detail() -> TableCreateStatement {
    Table::create()
        .table("event_detail")
        .col(big_integer("seq").primary_key())
        .col(string("name"))
        .col(string("salt"))
        .col(text_null("before"))
        .col(text_null("after"))
        .foreign_key(
            ForeignKey::create()
                .name("event_detail_seq")
                .from("event_detail", "seq")
                .to("event", "seq")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .to_owned()
}

/// Where the chain ends: one row.
fn head() -> TableCreateStatement {
    Table::create()
        .table("chain_head")
        .col(integer("id").primary_key())
        .col(big_integer("seq"))
        .col(big_integer("at"))
        .col(string("hash"))
        .check(Expr::cust("id = 1"))
        .to_owned()
}
