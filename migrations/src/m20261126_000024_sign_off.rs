//! Sign-off: the chain that an organisation sets for each kind of document, and the rounds that pass it.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, text_null, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What leaves an organisation.
const KINDS: &str = "kind IN ('need','district_summary','application','report')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(chain()).await?;
        manager.create_table(round()).await?;
        let mut by_org = Index::create().name("sign_off_round_by_org").table("sign_off_round").to_owned();
        manager.create_index(by_org.col("org").col("state").to_owned()).await?;
        let mut of = Index::create().name("sign_off_round_of_subject").table("sign_off_round").to_owned();
        manager.create_index(of.col("subject").col("asked_at").to_owned()).await?;
        // One round of a subject runs at a time, whoever asks at once.
        let one = "CREATE UNIQUE INDEX sign_off_round_open ON sign_off_round (kind, subject) WHERE state = 'signing'";
        manager.get_connection().execute_unprepared(one).await?;
        refuse(manager, "sign_off_chain", "DELETE", "OLD.org IS NOT NULL").await?;
        // What was signed, sent back or made void stays as it was.
        refuse(manager, "sign_off_round", "UPDATE", "OLD.state <> 'signing'").await?;
        refuse(manager, "sign_off_round", "DELETE", "OLD.id IS NOT NULL").await
    }
}

fn chain() -> TableCreateStatement {
    let mut table = Table::create()
        .table("sign_off_chain")
        .col(uuid("org"))
        .col(string("kind"))
        .col(text("steps"))
        .col(uuid("set_by"))
        .col(big_integer("set_at"))
        .col(big_integer("version"))
        .primary_key(Index::create().col("org").col("kind"))
        .check(Expr::cust(KINDS))
        .check(Expr::cust("version > 0"))
        .to_owned();
    for (name, column, to) in
        [("sign_off_chain_org", "org", "organisation"), ("sign_off_chain_by", "set_by", "account")]
    {
        table.foreign_key(&mut key("sign_off_chain", name, column, to));
    }
    table
}

fn round() -> TableCreateStatement {
    let mut table = Table::create()
        .table("sign_off_round")
        .col(uuid("id").primary_key())
        .col(uuid("org"))
        .col(string("kind"))
        .col(uuid("subject"))
        .col(text("name"))
        .col(text("title"))
        .col(string("hash"))
        .col(text("steps"))
        .col(uuid("asked_by"))
        .col(big_integer("asked_at"))
        .col(text("preparers"))
        .col(text("signatures"))
        .col(string("state"))
        .col(text_null("ended"))
        .col(big_integer("version"))
        .check(Expr::cust(KINDS))
        .check(Expr::cust("state IN ('signing','signed','sent_back','recalled','voided')"))
        .check(Expr::cust("(ended IS NULL) = (state IN ('signing','signed'))"))
        .check(Expr::cust("version > 0"))
        .to_owned();
    for (name, column, to) in
        [("sign_off_round_org", "org", "organisation"), ("sign_off_round_by", "asked_by", "account")]
    {
        table.foreign_key(&mut key("sign_off_round", name, column, to));
    }
    table
}

fn key(
    table: &'static str,
    name: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}
