//! Everyone who composed or proposed a version of a need list. None of them approves it.
//!
//! Versions from before have nobody here: who composed them last and who proposed them stands beside.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What the database says of a mark by somebody who composed what it is said of.
const REFUSED: &str = "who composed a list does not approve it";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = text("composers");
        let alter = Table::alter().table("need_list").add_column(column.default("[]")).to_owned();
        manager.alter_table(alter).await?;
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => vec![
                format!(
                    "CREATE FUNCTION need_list_mark_no_composer() RETURNS trigger LANGUAGE plpgsql AS $$ \
                     BEGIN IF EXISTS (SELECT 1 FROM need_list WHERE id = NEW.list \
                     AND composers LIKE '%' || NEW.account::text || '%') THEN \
                     RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
                ),
                "CREATE TRIGGER need_list_mark_no_composer BEFORE INSERT ON need_list_mark FOR EACH ROW \
                 EXECUTE FUNCTION need_list_mark_no_composer()"
                    .to_owned(),
            ],
            // Ids are bytes there.
            _ => vec![format!(
                "CREATE TRIGGER need_list_mark_no_composer BEFORE INSERT ON need_list_mark FOR EACH ROW \
                 WHEN EXISTS (SELECT 1 FROM need_list WHERE id = NEW.list \
                 AND replace(composers, '-', '') LIKE '%' || hex(NEW.account) || '%') \
                 BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )],
        };
        for statement in statements {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}
