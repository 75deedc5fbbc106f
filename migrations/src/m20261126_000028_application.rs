//! Applications, what of them was submitted, their files, and the opening of their seals.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, string, text, text_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(application()).await?;
        manager.create_table(version()).await?;
        manager.create_table(file()).await?;
        manager.create_table(opening()).await?;
        for (name, table, columns) in [
            ("application_by_change", "application", &["changed_at", "id"][..]),
            ("application_by_university", "application", &["university", "cycle", "state"][..]),
            ("application_by_state", "application", &["cycle", "state", "seq"][..]),
            ("application_file_by_application", "application_file", &["application"][..]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        // One living application for each need and university. What is taken back stands beside it.
        let living = "CREATE UNIQUE INDEX application_living ON application (need, university) \
                      WHERE state <> 'withdrawn'";
        manager.get_connection().execute_unprepared(living).await?;
        let moved = "NEW.cycle <> OLD.cycle OR NEW.need <> OLD.need OR NEW.university <> OLD.university \
                     OR NEW.submissions < OLD.submissions OR (OLD.seq IS NOT NULL AND (NEW.seq IS NULL \
                     OR NEW.seq <> OLD.seq OR NEW.opened_at IS NULL OR NEW.opened_at <> OLD.opened_at))";
        refuse(manager, "application", "UPDATE", moved).await?;
        refuse(manager, "application", "DELETE", "OLD.id IS NOT NULL").await?;
        for event in ["UPDATE", "DELETE"] {
            refuse(manager, "application_version", event, "OLD.n IS NOT NULL").await?;
            refuse(manager, "application_opening", event, "OLD.cycle IS NOT NULL").await?;
        }
        let changed = "NEW.hash <> OLD.hash OR NEW.name <> OLD.name OR NEW.size <> OLD.size \
                       OR NEW.code <> OLD.code OR NEW.application <> OLD.application";
        refuse(manager, "application_file", "UPDATE", changed).await?;
        refuse(manager, "application_file", "DELETE", "OLD.id IS NOT NULL").await
    }
}

/// A foreign key that keeps what it names.
fn key(name: &str, from: &str, column: &str, to: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(from.to_owned(), column.to_owned())
        .to(to.to_owned(), "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

/// Texts are sealed under the server's key: who has the file alone reads none of them.
fn application() -> TableCreateStatement {
    let mut table = Table::create()
        .table("application")
        .col(uuid("id").primary_key())
        .col(uuid("cycle"))
        .col(string("cycle_name"))
        .col(integer_null("seq"))
        .col(uuid("need"))
        .col(uuid("university"))
        .col(string("state"))
        // What lists show.
        .col(text("head"))
        .col(text("draft"))
        .col(text_null("content"))
        .col(text("members"))
        .col(integer("submissions"))
        .col(text_null("returned"))
        .col(big_integer_null("until"))
        .col(big_integer("changed_at"))
        .col(big_integer_null("submitted_at"))
        .col(big_integer_null("opened_at"))
        .col(big_integer_null("accepted_at"))
        .col(big_integer("version"))
        .check(Expr::cust(
            "state IN ('draft','signing','submitted','formal_check','returned_for_correction','accepted',\
             'in_review','scored','selected','reserve','not_selected','under_notice','objected','awarded',\
             'withdrawn')",
        ))
        .check(Expr::cust("(seq IS NULL) = (opened_at IS NULL)"))
        .check(Expr::cust("state IN ('draft','signing','submitted','withdrawn') OR opened_at IS NOT NULL"))
        .check(Expr::cust("(content IS NULL) = (submissions = 0)"))
        .check(Expr::cust("state IN ('draft','signing','withdrawn') OR submissions > 0"))
        .check(Expr::cust(
            "state <> 'returned_for_correction' OR (returned IS NOT NULL AND until IS NOT NULL)",
        ))
        .check(Expr::cust("(returned IS NULL) = (until IS NULL)"))
        .to_owned();
    table.foreign_key(&mut key("application_cycle", "application", "cycle", "cycle"));
    table.foreign_key(&mut key("application_need", "application", "need", "need"));
    table.foreign_key(&mut key("application_university", "application", "university", "organisation"));
    table.index(Index::create().name("application_number").unique().col("cycle").col("seq"));
    table
}

/// What was submitted, each time.
fn version() -> TableCreateStatement {
    let mut table = Table::create()
        .table("application_version")
        .col(uuid("application"))
        .col(integer("n"))
        .col(text("content"))
        .col(string("hash"))
        .col(string("receipt").unique_key())
        .col(uuid("submitted_by"))
        .col(big_integer("submitted_at"))
        .primary_key(Index::create().col("application").col("n"))
        .check(Expr::cust("n > 0"))
        .to_owned();
    table.foreign_key(&mut key(
        "application_version_application",
        "application_version",
        "application",
        "application",
    ));
    table.foreign_key(&mut key("application_version_by", "application_version", "submitted_by", "account"));
    table
}

/// Files at what is written; what was submitted names its own for good.
fn file() -> TableCreateStatement {
    let mut table = Table::create()
        .table("application_file")
        .col(uuid("id").primary_key())
        .col(uuid("application"))
        .col(string("purpose"))
        // Sealed, as texts are.
        .col(text("name"))
        .col(string("kind"))
        .col(big_integer("size"))
        .col(string("hash"))
        // Of a sealed page: what it was printed from.
        .col(string("code"))
        .col(uuid("added_by"))
        .col(big_integer("added_at"))
        .col(big_integer_null("removed_at"))
        .check(Expr::cust("purpose IN ('sealed_page','other')"))
        .check(Expr::cust("kind IN ('pdf','docx','xlsx','ofd','png','jpeg','webp')"))
        .check(Expr::cust("size > 0"))
        .to_owned();
    table.foreign_key(&mut key(
        "application_file_application",
        "application_file",
        "application",
        "application",
    ));
    table.foreign_key(&mut key("application_file_by", "application_file", "added_by", "account"));
    table
}

/// A cycle's seals are opened once.
fn opening() -> TableCreateStatement {
    let mut table = Table::create()
        .table("application_opening")
        .col(uuid("cycle").primary_key())
        .col(big_integer("opened_at"))
        .col(integer("sealed"))
        .to_owned();
    table.foreign_key(&mut key("application_opening_cycle", "application_opening", "cycle", "cycle"));
    table
}
