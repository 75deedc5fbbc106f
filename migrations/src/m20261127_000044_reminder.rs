//! Rows by which people are reminded, whom each has reminded, and the days that were looked at.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, string, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The rows that everybody begins with: their place, of what, by how many working days, on which side.
const STANDARD: [(u32, &str, u32, &str); 12] = [
    (1, "filing_ends", 3, "before"),
    (2, "filing_ends", 1, "before"),
    (3, "forwarding_ends", 2, "before"),
    (4, "forwarding_ends", 1, "before"),
    (5, "return_due", 1, "before"),
    (6, "opinions_due", 1, "before"),
    (7, "opinions_due", 1, "after"),
    (8, "applications_end", 5, "before"),
    (9, "applications_end", 1, "before"),
    (10, "correction_due", 1, "before"),
    (11, "list_waits", 2, "after"),
    (12, "signature_waits", 2, "after"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [rows(), sent(), looked()] {
            manager.create_table(table).await?;
        }
        let mut standard = Query::insert();
        standard
            .into_table("reminder")
            .columns(["id", "cycle", "event", "days", "unit", "side", "active", "version"]);
        for (place, event, days, side) in STANDARD {
            let id = sea_orm_migration::sea_orm::prelude::Uuid::from_u128(place.into());
            standard.values_panic([
                id.into(),
                "".into(),
                event.into(),
                days.into(),
                "working_days".into(),
                side.into(),
                true.into(),
                0_i64.into(),
            ]);
        }
        manager.execute(standard).await
    }
}

fn rows() -> TableCreateStatement {
    let mut table = Table::create()
        .table("reminder")
        .col(uuid("id").primary_key())
        // The name of a cycle; empty for all of them.
        .col(string("cycle"))
        .col(string("event"))
        .col(integer("days"))
        .col(string("unit"))
        .col(string("side"))
        .col(boolean("active"))
        .col(big_integer("version"))
        .check(Expr::cust("days BETWEEN 0 AND 60"))
        .check(Expr::cust("unit IN ('days','working_days')"))
        .check(Expr::cust("side IN ('before','after')"))
        .check(Expr::cust("version >= 0"))
        .to_owned();
    table.index(
        Index::create()
            .name("reminder_once")
            .unique()
            .col("cycle")
            .col("event")
            .col("days")
            .col("unit")
            .col("side"),
    );
    table
}

/// Nobody is reminded twice by one row of one record for one day.
fn sent() -> TableCreateStatement {
    let mut table = Table::create()
        .table("reminder_sent")
        .col(uuid("reminder"))
        .col(string("record"))
        .col(uuid("account"))
        .col(string("day"))
        .primary_key(Index::create().col("reminder").col("record").col("account").col("day"))
        .to_owned();
    for (name, column, to) in
        [("reminder_sent_reminder", "reminder", "reminder"), ("reminder_sent_account", "account", "account")]
    {
        table.foreign_key(
            ForeignKey::create()
                .name(name)
                .from("reminder_sent", column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Restrict),
        );
    }
    table
}

/// A day is looked at once by each clock, whichever process is first.
fn looked() -> TableCreateStatement {
    Table::create()
        .table("reminder_day")
        .col(string("clock"))
        .col(string("day"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("clock").col("day"))
        .to_owned()
}
