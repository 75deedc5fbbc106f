//! Which need another one was carried from into a later cycle: each once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = match manager.get_database_backend() {
            DbBackend::Postgres => "uuid",
            _ => "uuid_text",
        };
        let column = format!("ALTER TABLE need ADD COLUMN carried_from {kind} NULL REFERENCES need (id)");
        manager.get_connection().execute_unprepared(&column).await?;
        let once = "CREATE UNIQUE INDEX need_carried_once ON need (carried_from)";
        manager.get_connection().execute_unprepared(once).await?;
        Ok(())
    }
}
