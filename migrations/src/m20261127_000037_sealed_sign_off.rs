//! Sign-off of what lies under seal: its rounds, and the mail that tells of them, are its university's alone.

use crate::triggers::{refuse, take_away};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("sign_off_round", "sealed"), ("mail", "quiet")] {
            let added = Table::alter().table(table).add_column(boolean(column).default(false)).to_owned();
            manager.alter_table(added).await?;
        }
        // What ended stays as it was, but that its seal is opened, once.
        take_away(manager, "sign_off_round", "UPDATE").await?;
        let changed = "(NEW.sealed AND NOT OLD.sealed) OR (OLD.state <> 'signing' AND (NEW.sealed OR NOT OLD.sealed \
                       OR NEW.state <> OLD.state OR NEW.hash <> OLD.hash OR NEW.version <> OLD.version \
                       OR NEW.title <> OLD.title OR NEW.preparers <> OLD.preparers \
                       OR NEW.signatures <> OLD.signatures))";
        refuse(manager, "sign_off_round", "UPDATE", changed).await
    }
}
