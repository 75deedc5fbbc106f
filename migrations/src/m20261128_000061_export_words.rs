//! Lists that people take out in the background know the words that they were narrowed by, and nothing made of them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("list_export").drop_column("narrowed").to_owned()).await
    }
}
