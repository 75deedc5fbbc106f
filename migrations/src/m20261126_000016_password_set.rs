//! Whether an account's owner has ever set a password: one that never did is invited again, not active.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = boolean("password_set").default(false).take();
        manager.alter_table(Table::alter().table("account").add_column(column).to_owned()).await?;
        let known = "UPDATE account SET password_set = TRUE \
                     WHERE id IN (SELECT account FROM account_secret WHERE password IS NOT NULL)";
        manager.get_connection().execute_unprepared(known).await.map(drop)
    }
}
