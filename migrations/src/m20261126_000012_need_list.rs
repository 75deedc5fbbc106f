//! The list of needs as it is asked for most: one state of one cycle, last changed first.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The last column is there to be counted by: on SQLite it stands behind long texts in the row, and
        // whoever looks for it there reads them all.
        let mut index = Index::create().name("need_by_state_and_change").table("need").to_owned();
        for column in ["cycle", "state", "changed_at", "id", "forwarded_at"] {
            index.col(column);
        }
        manager.create_index(index).await
    }
}
