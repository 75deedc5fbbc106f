//! What responsible offices think of needs in 遴选: asked for by a day, given with a reason.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string_null, text, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("need_opinion")
            .col(uuid("need"))
            .col(uuid("office"))
            .col(uuid("cycle"))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer("due"))
            .col(big_integer_null("reminded_at"))
            .col(string_null("stance"))
            .col(text("reason"))
            .col(uuid_null("given_by"))
            .col(big_integer_null("given_at"))
            .col(big_integer("version"))
            .primary_key(Index::create().col("need").col("office"))
            .check(Expr::cust("stance IN ('support','revise','oppose')"))
            .check(Expr::cust("(stance IS NULL) = (given_by IS NULL)"))
            .check(Expr::cust("(stance IS NULL) = (given_at IS NULL)"))
            .check(Expr::cust("COALESCE(stance, 'support') = 'support' OR reason <> ''"))
            .check(Expr::cust("version > 0"))
            .to_owned();
        for (name, column, to) in [
            ("need_opinion_need", "need", "need"),
            ("need_opinion_office", "office", "organisation"),
            ("need_opinion_cycle", "cycle", "cycle"),
            ("need_opinion_asked_by", "asked_by", "account"),
            ("need_opinion_given_by", "given_by", "account"),
        ] {
            table.foreign_key(
                ForeignKey::create()
                    .name(name)
                    .from("need_opinion", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        let mut index = Index::create().name("need_opinion_by_office").table("need_opinion").to_owned();
        for column in ["cycle", "office", "due"] {
            index.col(column);
        }
        manager.create_index(index).await?;
        let moved = "NEW.need <> OLD.need OR NEW.office <> OLD.office OR NEW.cycle <> OLD.cycle";
        refuse(manager, "need_opinion", "UPDATE", moved).await?;
        refuse(manager, "need_opinion", "DELETE", "OLD.need IS NOT NULL").await
    }
}
