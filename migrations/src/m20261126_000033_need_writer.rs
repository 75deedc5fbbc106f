//! Who has written in a need since it was last submitted: none of them signs it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("need_writer")
            .col(uuid("need"))
            .col(uuid("account"))
            .primary_key(Index::create().col("need").col("account"))
            .to_owned();
        for (column, of) in [("need", "need"), ("account", "account")] {
            table.foreign_key(
                ForeignKey::create()
                    .name(format!("need_writer_{column}"))
                    .from("need_writer", column)
                    .to(of, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await
    }
}
