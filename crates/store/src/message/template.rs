//! The words of mails, where the lead office has set them. Each version stays.

use crate::Error;
use crate::convert::{from_json, from_name, json, micros, name};
use ronghe_domain::kernel::{AccountId, Instant, Version};
use ronghe_domain::message::Kind;
use ronghe_domain::message::template::{Language, Template};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use std::collections::BTreeMap;

const TABLE: &str = "mail_template";

mod entity {
    use sea_orm::entity::prelude::{
        ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
        PrimaryKeyTrait, Uuid,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mail_template")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub words: Option<String>,
        pub set_by: Uuid,
        pub set_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The newest version of all that were ever set.
///
/// # Errors
/// Where the database does not answer.
pub async fn all<C: ConnectionTrait>(db: &C) -> Result<Vec<Template>, Error> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Version).all(db).await?;
    let mut newest = BTreeMap::new();
    for row in rows {
        newest.insert((row.kind.clone(), row.language.clone()), row);
    }
    newest.into_values().map(read).collect()
}

/// The newest version of a kind in a language, where there is one.
///
/// # Errors
/// Where the database does not answer.
pub async fn of<C: ConnectionTrait>(
    db: &C,
    kind: Kind,
    language: Language,
) -> Result<Option<Template>, Error> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Kind.eq(name(&kind)?))
        .filter(entity::Column::Language.eq(name(&language)?));
    rows.order_by_desc(entity::Column::Version).one(db).await?.map(read).transpose()
}

/// Adds a version.
///
/// # Errors
/// A conflict where there is one of this number already: someone else was faster.
pub async fn add<C: ConnectionTrait>(
    db: &C,
    template: &Template,
    (by, at): (AccountId, Instant),
) -> Result<(), Error> {
    let row = entity::Model {
        kind: name(&template.kind)?,
        language: name(&template.language)?,
        version: template.version.0,
        words: template.words.as_ref().map(json).transpose()?,
        set_by: by.0,
        set_at: micros(at),
    };
    entity::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

fn read(model: entity::Model) -> Result<Template, Error> {
    Ok(Template {
        kind: from_name(TABLE, &model.kind)?,
        language: from_name(TABLE, &model.language)?,
        words: model.words.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        version: Version(model.version),
    })
}
