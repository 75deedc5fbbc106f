//! What the body that decides on a need list has decided of it, once every seat has agreed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = text_null("minutes");
        column.check(Expr::cust("minutes IS NULL OR state IN ('approved','published')"));
        manager.alter_table(Table::alter().table("need_list").add_column(column).to_owned()).await
    }
}
