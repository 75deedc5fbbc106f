//! Questions on listed needs, and what was answered. Neither changes but that answers come behind others, and that a
//! question is taken back.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, string, string_null, text, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(question()).await?;
        manager.create_table(answer()).await?;
        let mut index = Index::create().name("question_of_need").table("question").unique().to_owned();
        manager.create_index(index.col("need").col("no").to_owned()).await?;
        let mut index = Index::create().name("question_by_state").table("question").to_owned();
        for column in ["cycle", "state", "due"] {
            index.col(column);
        }
        manager.create_index(index).await?;
        // A question that was taken back stays so.
        let altered = "NEW.id <> OLD.id OR NEW.need <> OLD.need OR NEW.cycle <> OLD.cycle OR NEW.no <> OLD.no \
                       OR NEW.text <> OLD.text OR NEW.asked_at <> OLD.asked_at OR NEW.due <> OLD.due \
                       OR NEW.university <> OLD.university OR NEW.asked_by <> OLD.asked_by \
                       OR NEW.mark <> OLD.mark OR OLD.ground IS NOT NULL";
        refuse(manager, "question", "UPDATE", altered).await?;
        refuse(manager, "question", "DELETE", "OLD.id IS NOT NULL").await?;
        refuse(manager, "question_answer", "UPDATE", "OLD.question IS NOT NULL").await?;
        refuse(manager, "question_answer", "DELETE", "OLD.question IS NOT NULL").await
    }
}

fn question() -> TableCreateStatement {
    let mut table = Table::create()
        .table("question")
        .col(uuid("id").primary_key())
        .col(uuid("cycle"))
        .col(uuid("need"))
        .col(integer("no"))
        .col(text("text"))
        .col(big_integer("asked_at"))
        .col(big_integer("due"))
        .col(uuid("university"))
        .col(uuid("asked_by"))
        .col(string("mark"))
        .col(string("state"))
        .col(string_null("ground"))
        .col(uuid_null("taken_by"))
        .col(big_integer_null("taken_at"))
        .col(big_integer("version"))
        .check(Expr::cust("no > 0 AND text <> '' AND version > 0"))
        .check(Expr::cust("state IN ('open','answered','taken_back')"))
        .check(Expr::cust("ground IN ('off_topic','personal_data','names_asker','improper')"))
        .check(Expr::cust("(state = 'taken_back') = (ground IS NOT NULL)"))
        .check(Expr::cust("(ground IS NULL) = (taken_by IS NULL)"))
        .check(Expr::cust("(ground IS NULL) = (taken_at IS NULL)"))
        .to_owned();
    for (name, column, to) in [
        ("question_cycle", "cycle", "cycle"),
        ("question_need", "need", "need"),
        ("question_university", "university", "organisation"),
        ("question_asked_by", "asked_by", "account"),
        ("question_taken_by", "taken_by", "account"),
    ] {
        table.foreign_key(&mut key(name, "question", column, to));
    }
    table
}

fn answer() -> TableCreateStatement {
    let mut table = Table::create()
        .table("question_answer")
        .col(uuid("question"))
        .col(integer("n"))
        .col(text("text"))
        .col(uuid("org"))
        .col(uuid("answered_by"))
        .col(big_integer("answered_at"))
        .primary_key(Index::create().col("question").col("n"))
        .check(Expr::cust("n > 0 AND text <> ''"))
        .to_owned();
    for (name, column, to) in [
        ("question_answer_of", "question", "question"),
        ("question_answer_org", "org", "organisation"),
        ("question_answer_by", "answered_by", "account"),
    ] {
        table.foreign_key(&mut key(name, "question_answer", column, to));
    }
    table
}

fn key(name: &str, table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}
