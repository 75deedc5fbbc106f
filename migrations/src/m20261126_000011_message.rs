//! What people are told, in the system and by mail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
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
            // The outbox: when it is to be mailed next; nothing once it is sent or given up.
            .col(big_integer_null("mail_at"))
            .col(integer("mail_tries").default(0))
            .check(Expr::cust("mail_tries >= 0"))
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
        manager.create_table(table).await?;
        for (name, columns) in
            [("message_of_account", &["account", "at", "id"][..]), ("message_outbox", &["mail_at"][..])]
        {
            let mut index = Index::create().name(name).table("message").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
