//! What lists show of a need stands in columns of its own: nobody reads a text of ten thousand characters to
//! show a title.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, text_null};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // As submitted, or as typed so far.
        for column in [
            string("title_en").default("").take(),
            string("measures").default("[]").take(),
            text_null("back_to"),
        ] {
            manager.alter_table(Table::alter().table("need").add_column(column).take()).await?;
        }
        let filled = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "UPDATE need SET title_en = COALESCE(COALESCE(content, draft)::json ->> 'title_en', ''), \
                 measures = COALESCE(COALESCE(content, draft)::json ->> 'measures', '[]'), \
                 back_to = returned::json ->> 'from'"
            }
            _ => {
                "UPDATE need SET \
                 title_en = COALESCE(json_extract(COALESCE(content, draft), '$.title_en'), ''), \
                 measures = COALESCE(json_extract(COALESCE(content, draft), '$.measures'), '[]'), \
                 back_to = json_extract(returned, '$.from')"
            }
        };
        manager.get_connection().execute_unprepared(filled).await?;
        // The order of numbers, drafts last.
        let by_number = "CREATE INDEX need_by_number ON need (COALESCE(seq, 9223372036854775807), id)";
        manager.get_connection().execute_unprepared(by_number).await?;
        Ok(())
    }
}
