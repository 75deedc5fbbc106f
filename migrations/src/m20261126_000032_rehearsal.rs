//! Cycles that are rehearsed with, and the clock that each runs by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The year of a rehearsal is written with its number in front, so what is unique stays so.
        let column = text_null("rehearsal").take();
        manager.alter_table(Table::alter().table("cycle").add_column(column).to_owned()).await
    }
}
