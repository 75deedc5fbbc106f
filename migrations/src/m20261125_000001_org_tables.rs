//! Organisations, and wordings that stand for several of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, small_integer_null, string, string_null, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("organisation")
                    .col(uuid("id").primary_key())
                    .col(string("slug").unique_key())
                    .col(string("kind"))
                    .col(string("name").unique_key())
                    .col(string("name_en"))
                    .col(string("aliases"))
                    .col(uuid_null("parent"))
                    .col(small_integer_null("leading_group_seat").unique_key())
                    .col(string_null("since"))
                    .col(string_null("until"))
                    .col(integer("position"))
                    .col(text_null("university"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("organisation_parent")
                            .from("organisation", "parent")
                            .to("organisation", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .check(Expr::cust(
                        "kind IN ('bureau','office','institution','district','municipal_school','school','university')",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("organisation_group")
                    .col(uuid("id").primary_key())
                    .col(string("slug").unique_key())
                    .col(string("name").unique_key())
                    .col(string("name_en"))
                    .col(string("aliases"))
                    .col(string("members"))
                    .to_owned(),
            )
            .await
    }
}
