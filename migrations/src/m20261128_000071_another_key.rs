//! What lies sealed in rows that stay as they are can go over to another key of the server.

use crate::triggers::{refuse_but_for_another_key, take_away};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_file = "NEW.hash <> OLD.hash OR NEW.name <> OLD.name OR NEW.size <> OLD.size \
                       OR NEW.code <> OLD.code OR NEW.application <> OLD.application";
        let of_round = "(NEW.sealed AND NOT OLD.sealed) OR (OLD.state <> 'signing' AND (NEW.sealed OR NOT OLD.sealed \
                        OR NEW.state <> OLD.state OR NEW.hash <> OLD.hash OR NEW.version <> OLD.version \
                        OR NEW.title <> OLD.title OR NEW.preparers <> OLD.preparers \
                        OR NEW.signatures <> OLD.signatures))";
        for (table, condition) in [
            ("application_version", "OLD.n IS NOT NULL"),
            ("application_file", of_file),
            ("sign_off_round", of_round),
        ] {
            take_away(manager, table, "UPDATE").await?;
            refuse_but_for_another_key(manager, table, condition).await?;
        }
        Ok(())
    }
}
