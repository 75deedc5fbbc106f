//! The standard rows by which units are reminded of questions that they are to answer.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Their places, and on which side of the day they lie: one working day before, one after.
const STANDARD: [(u128, &str); 2] = [(13, "before"), (14, "after")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut standard = Query::insert();
        standard
            .into_table("reminder")
            .columns(["id", "cycle", "event", "days", "unit", "side", "active", "version"]);
        for (place, side) in STANDARD {
            standard.values_panic([
                Uuid::from_u128(place).into(),
                "".into(),
                "answers_due".into(),
                1.into(),
                "working_days".into(),
                side.into(),
                true.into(),
                0_i64.into(),
            ]);
        }
        manager.execute(standard).await
    }
}
