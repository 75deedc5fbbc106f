//! Meetings on listed needs. None changes but that it is called off.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, string, text, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(meeting()).await?;
        let mut index = Index::create().name("meeting_of_need").table("meeting").unique().to_owned();
        manager.create_index(index.col("need").col("no").to_owned()).await?;
        // A meeting that was called off stays so.
        let altered = "NEW.id <> OLD.id OR NEW.need <> OLD.need OR NEW.cycle <> OLD.cycle OR NEW.no <> OLD.no \
                       OR NEW.start_at <> OLD.start_at OR NEW.end_at <> OLD.end_at OR NEW.place <> OLD.place \
                       OR NEW.link <> OLD.link OR NEW.audience <> OLD.audience OR NEW.note <> OLD.note \
                       OR NEW.org <> OLD.org OR NEW.entered_by <> OLD.entered_by \
                       OR NEW.entered_at <> OLD.entered_at OR OLD.reason IS NOT NULL";
        refuse(manager, "meeting", "UPDATE", altered).await?;
        refuse(manager, "meeting", "DELETE", "OLD.id IS NOT NULL").await
    }
}

fn meeting() -> TableCreateStatement {
    let mut table = Table::create()
        .table("meeting")
        .col(uuid("id").primary_key())
        .col(uuid("cycle"))
        .col(uuid("need"))
        .col(integer("no"))
        .col(big_integer("start_at"))
        .col(big_integer("end_at"))
        .col(string("place"))
        .col(text("link"))
        .col(string("audience"))
        .col(text("note"))
        .col(uuid("org"))
        .col(uuid("entered_by"))
        .col(big_integer("entered_at"))
        .col(text_null("reason"))
        .col(uuid_null("off_by"))
        .col(big_integer_null("off_at"))
        .col(big_integer("version"))
        .check(Expr::cust("no > 0 AND version > 0 AND end_at > start_at"))
        .check(Expr::cust("place <> '' OR link <> ''"))
        .check(Expr::cust("(reason IS NULL) = (off_by IS NULL)"))
        .check(Expr::cust("(reason IS NULL) = (off_at IS NULL)"))
        .to_owned();
    for (name, column, to) in [
        ("meeting_cycle", "cycle", "cycle"),
        ("meeting_need", "need", "need"),
        ("meeting_org", "org", "organisation"),
        ("meeting_entered_by", "entered_by", "account"),
        ("meeting_off_by", "off_by", "account"),
    ] {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from("meeting", column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    table
}
