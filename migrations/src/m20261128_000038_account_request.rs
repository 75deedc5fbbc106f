//! Accounts that universities ask for. Nothing in a row says what the account is wanted for.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "account_request";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(request()).await?;
        // One that waits for each person of a university. What is done stands beside it.
        let waiting = "CREATE UNIQUE INDEX account_request_waiting ON account_request (organisation, mail) \
                       WHERE state IN ('open','made')";
        manager.get_connection().execute_unprepared(waiting).await?;
        for (name, columns) in [
            ("account_request_by_state", &["state", "asked_at", "id"][..]),
            ("account_request_by_asker", &["asked_by", "asked_at"][..]),
            ("account_request_by_mail", &["organisation", "mail"][..]),
        ] {
            let mut index = Index::create().name(name).table(TABLE).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let changed = "NEW.organisation <> OLD.organisation OR NEW.name <> OLD.name OR NEW.mail <> OLD.mail \
                       OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at \
                       OR OLD.done_at IS NOT NULL";
        refuse(manager, TABLE, "UPDATE", changed).await?;
        refuse(manager, TABLE, "DELETE", "OLD.id IS NOT NULL").await
    }
}

fn request() -> TableCreateStatement {
    let mut table = Table::create()
        .table(TABLE)
        .col(uuid("id").primary_key())
        .col(uuid("organisation"))
        .col(string("name"))
        // In small letters.
        .col(string("mail"))
        .col(uuid("asked_by"))
        .col(big_integer("asked_at"))
        .col(string("state"))
        .col(text("reason"))
        .col(big_integer_null("done_at"))
        .col(big_integer("version"))
        .check(Expr::cust("state IN ('open','made','done','declined','taken_back')"))
        .check(Expr::cust("(state IN ('open','made')) = (done_at IS NULL)"))
        .check(Expr::cust("(state = 'declined') = (reason <> '')"))
        .check(Expr::cust("name <> '' AND mail <> ''"))
        .to_owned();
    for (name, column, to) in [
        ("account_request_of", "organisation", "organisation"),
        ("account_request_asked_by", "asked_by", "account"),
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
