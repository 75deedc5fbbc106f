//! What needs are found by: the pairs of neighbouring characters in their texts.
//!
//! Each database has its own kind of inverted index, for one row for each pair and need would be five million
//! rows for ten thousand needs. The store fills it, for what was written before too.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements: &[&str] = match manager.get_database_backend() {
            DbBackend::Postgres => &[
                "CREATE TABLE need_gram (need uuid PRIMARY KEY REFERENCES need (id) ON DELETE RESTRICT, \
                 grams bigint[] NOT NULL)",
                "CREATE INDEX need_by_gram ON need_gram USING gin (grams)",
            ],
            _ => &[
                // The number of its row there; SQLite's own may change when a file is made smaller.
                "ALTER TABLE need ADD COLUMN place bigint",
                // Whatever narrows or orders a list stands in it: what is found is not read to be counted.
                "CREATE INDEX need_by_place ON need (place, cycle, state, forwarded_at, submitted_at, unit, \
                 district, changed_at, seq, year, id)",
                "CREATE VIRTUAL TABLE need_gram USING fts5(grams, content='', contentless_delete=1, \
                 detail=none, tokenize='ascii')",
            ],
        };
        for statement in statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
