//! Mail on its way, apart from what people are told: also links go by mail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, string, string_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["message_of_account", "message_outbox"] {
            manager.drop_index(Index::drop().name(name).table("message").to_owned()).await?;
        }
        manager.rename_table(Table::rename().table("message", "message_before").to_owned()).await?;
        messages(manager).await?;
        mails(manager).await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            "INSERT INTO message (id, account, kind, record, from_org, at, read_at) \
             SELECT id, account, kind, record, from_org, at, read_at FROM message_before",
        )
        .await?;
        // What waits goes on waiting.
        db.execute_unprepared(
            "INSERT INTO mail (id, account, about, record, at, state, next, tries) \
             SELECT id, account, kind, record, at, 'waiting', mail_at, mail_tries FROM message_before \
             WHERE mail_at IS NOT NULL",
        )
        .await?;
        manager.drop_table(Table::drop().table("message_before").to_owned()).await?;
        index(manager, "message_of_account", "message", &["account", "at", "id"]).await?;
        index(manager, "mail_next", "mail", &["next"]).await?;
        index(manager, "mail_state", "mail", &["state", "at", "id"]).await
    }
}

async fn messages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create()
        .table("message")
        .col(uuid("id").primary_key())
        .col(uuid("account"))
        .col(string("kind"))
        // A need's number or a cycle's year: no content leaves the system.
        .col(string("record"))
        .col(uuid_null("from_org"))
        .col(big_integer("at"))
        .col(big_integer_null("read_at"))
        .to_owned();
    for (name, column, to) in
        [("message_account", "account", "account"), ("message_from_org", "from_org", "organisation")]
    {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from("message", column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    manager.create_table(table).await
}

async fn mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create()
        .table("mail")
        .col(uuid("id").primary_key())
        .col(uuid("account"))
        .col(string("about"))
        .col(string("record"))
        .col(big_integer("at"))
        .col(string("state"))
        .col(big_integer_null("next"))
        .col(integer("tries").default(0))
        .col(string_null("trouble"))
        .col(big_integer_null("expires"))
        // The code of a link, encrypted under a key that is not in the database.
        .col(string_null("sealed"))
        .check(Expr::cust("state IN ('waiting', 'sent', 'failed')"))
        .check(Expr::cust("(state = 'waiting') = (next IS NOT NULL)"))
        .check(Expr::cust("state <> 'sent' OR sealed IS NULL"))
        .check(Expr::cust("tries >= 0"))
        .to_owned();
    table.foreign_key(
        ForeignKey::create()
            .name("mail_account")
            .from("mail", "account")
            .to("account", "id")
            .on_delete(ForeignKeyAction::Restrict),
    );
    manager.create_table(table).await
}

async fn index(manager: &SchemaManager<'_>, name: &str, table: &str, columns: &[&str]) -> Result<(), DbErr> {
    let mut index = Index::create().name(name).table(table.to_owned()).to_owned();
    for column in columns {
        index.col((*column).to_owned());
    }
    manager.create_index(index).await
}
