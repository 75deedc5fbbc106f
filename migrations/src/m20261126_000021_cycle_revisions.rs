//! Parts of a cycle that were changed: what they said before, why, and by whom.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text("revisions").default("[]").take();
        manager.alter_table(Table::alter().table("cycle").add_column(column).to_owned()).await
    }
}
