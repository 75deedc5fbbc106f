//! Accounts, their secrets, sessions, tokens, links and throttles.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, string, text, text_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(account()).await?;
        manager.create_table(secret()).await?;
        manager.create_table(link()).await?;
        manager.create_table(session()).await?;
        manager.create_table(token()).await?;
        manager.create_table(throttle()).await?;
        for (table, column) in
            [("session", "account"), ("access_token", "account"), ("account", "organisation")]
        {
            manager
                .create_index(
                    Index::create().name(format!("{table}_{column}")).table(table).col(column).to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}

fn to_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_account"))
        .from(table, "account")
        .to("account", "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("account")
        .col(uuid("id").primary_key())
        .col(string("login").unique_key())
        .col(string("name"))
        .col(string("name_en"))
        .col(uuid("organisation"))
        .col(string("roles"))
        .col(string("post"))
        .col(string("mail"))
        .col(string("state"))
        .col(text_null("pending"))
        .col(boolean("second_factor"))
        .col(big_integer_null("last_seen"))
        .col(big_integer("version"))
        .foreign_key(
            ForeignKey::create()
                .name("account_organisation")
                .from("account", "organisation")
                .to("organisation", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .check(Expr::cust("state IN ('invited','active','disabled')"))
        .to_owned()
}

fn secret() -> TableCreateStatement {
    Table::create()
        .table("account_secret")
        .col(uuid("account").primary_key())
        .col(text_null("password"))
        .col(text_null("totp"))
        .col(text_null("totp_pending"))
        .col(big_integer("totp_step"))
        .col(text("recovery"))
        .foreign_key(&mut to_account("account_secret"))
        .to_owned()
}

fn link() -> TableCreateStatement {
    Table::create()
        .table("account_link")
        .col(string("code").primary_key())
        .col(uuid("account"))
        .col(string("purpose"))
        .col(big_integer("expires"))
        .col(big_integer_null("used"))
        .foreign_key(&mut to_account("account_link"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(uuid("id").primary_key())
        .col(string("secret").unique_key())
        .col(uuid("account"))
        .col(big_integer("made"))
        .col(big_integer("last_seen"))
        .col(big_integer("proved"))
        .col(string("address"))
        .col(string("agent"))
        .col(big_integer_null("ended"))
        .foreign_key(&mut to_account("session"))
        .to_owned()
}

fn token() -> TableCreateStatement {
    Table::create()
        .table("access_token")
        .col(uuid("id").primary_key())
        .col(string("secret").unique_key())
        .col(uuid("account"))
        .col(string("name"))
        .col(string("scopes"))
        .col(big_integer("made"))
        .col(big_integer("expires"))
        .col(big_integer_null("last_used"))
        .col(big_integer_null("ended"))
        .foreign_key(&mut to_account("access_token"))
        .to_owned()
}

fn throttle() -> TableCreateStatement {
    Table::create()
        .table("sign_in_throttle")
        .col(string("key").primary_key())
        .col(integer("failures"))
        .col(big_integer("since"))
        .col(big_integer("blocked_until"))
        .to_owned()
}
