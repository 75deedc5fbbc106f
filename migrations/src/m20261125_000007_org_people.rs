//! Who answers for an organisation, its sign-off chains, and its version.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column at a time: SQLite adds no more at once.
        for mut column in [text("contacts"), text("sign_off")] {
            let column = column.default("[]").take();
            manager.alter_table(Table::alter().table("organisation").add_column(column).to_owned()).await?;
        }
        let version = big_integer("version").default(1).take();
        manager.alter_table(Table::alter().table("organisation").add_column(version).to_owned()).await
    }
}
