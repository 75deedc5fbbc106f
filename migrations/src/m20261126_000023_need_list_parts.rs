//! What the leading group said of a need list, and the numbers under which needs stand on published ones.

use crate::triggers::refuse;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, integer_null, string, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(mark()).await?;
        manager.create_table(listing()).await?;
        // A step that was taken is only ever voided, once.
        let kept = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR NEW.list <> OLD.list \
                    OR NEW.nth <> OLD.nth OR NEW.seat <> OLD.seat OR NEW.post <> OLD.post \
                    OR NEW.answer <> OLD.answer OR NEW.reason <> OLD.reason OR NEW.account <> OLD.account \
                    OR NEW.proposed_by <> OLD.proposed_by OR NEW.hash <> OLD.hash OR NEW.at <> OLD.at";
        refuse(manager, "need_list_mark", "UPDATE", kept).await?;
        refuse(manager, "need_list_mark", "DELETE", "OLD.list IS NOT NULL").await?;
        // A number stays with its need; that a later version takes it out, or on again, is all that changes.
        let moved = "NEW.need <> OLD.need OR NEW.cycle <> OLD.cycle OR NEW.since < OLD.since";
        refuse(manager, "need_listing", "UPDATE", moved).await?;
        refuse(manager, "need_listing", "DELETE", "OLD.need IS NOT NULL").await
    }
}

fn mark() -> TableCreateStatement {
    let mut table = Table::create()
        .table("need_list_mark")
        .col(uuid("list"))
        // Counted from 0 in the order in which they were said.
        .col(integer("nth"))
        .col(string("seat"))
        .col(string("post"))
        .col(string("answer"))
        .col(text("reason"))
        .col(uuid("account"))
        .col(uuid("proposed_by"))
        .col(string("hash"))
        .col(big_integer("at"))
        .col(big_integer_null("voided_at"))
        .primary_key(Index::create().col("list").col("nth"))
        .check(Expr::cust("answer IN ('approved','returned')"))
        .check(Expr::cust("answer = 'approved' OR reason <> ''"))
        // Nobody both proposes and approves.
        .check(Expr::cust("account <> proposed_by"))
        .to_owned();
    for (name, column, to) in [
        ("need_list_mark_list", "list", "need_list"),
        ("need_list_mark_account", "account", "account"),
        ("need_list_mark_proposed_by", "proposed_by", "account"),
    ] {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from("need_list_mark", column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    table
}

/// A need has one number at most, and a number one need.
fn listing() -> TableCreateStatement {
    let mut table = Table::create()
        .table("need_listing")
        .col(uuid("need").primary_key())
        .col(uuid("cycle"))
        .col(integer("seq"))
        // The version that brought it onto the list.
        .col(integer("since"))
        // The version that took it out, where one did.
        .col(integer_null("until"))
        .check(Expr::cust("seq > 0"))
        .check(Expr::cust("until IS NULL OR until > since"))
        .to_owned();
    for (name, column, to) in
        [("need_listing_need", "need", "need"), ("need_listing_cycle", "cycle", "cycle")]
    {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from("need_listing", column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    table.index(Index::create().name("need_listing_number").unique().col("cycle").col("seq"));
    table
}
