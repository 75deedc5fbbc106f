//! Policy documents.

mod entity;

use crate::Error;
use crate::convert::{from_json, from_name, instant, json, micros, name};
use ronghe_domain::kernel::{AccountId, PolicyId, Version};
use ronghe_domain::policy::rules::Scope;
use ronghe_domain::policy::{Policy, Published, State};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

const TABLE: &str = "policy";

/// The documents that `scope` opens, in order of import. A register holds tens of documents, so it is
/// read whole; words and dates are looked for in memory.
///
/// # Errors
/// Where the database does not answer.
pub async fn list<C: ConnectionTrait>(db: &C, scope: Scope) -> Result<Vec<Policy>, Error> {
    let rows = within(scope)?.order_by_asc(entity::Column::ImportedAt).order_by_asc(entity::Column::Id);
    rows.all(db).await?.into_iter().map(read).collect()
}

/// The document with this name in addresses, where `scope` opens it.
///
/// # Errors
/// Where there is none.
pub async fn get<C: ConnectionTrait>(db: &C, scope: Scope, slug: &str) -> Result<Policy, Error> {
    let row = within(scope)?.filter(entity::Column::Slug.eq(slug)).one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// The document with this name in addresses, locked for the transaction.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, slug: &str) -> Result<Policy, Error> {
    let row = entity::Entity::find().filter(entity::Column::Slug.eq(slug)).lock_exclusive().one(db).await?;
    read(row.ok_or(Error::NotFound)?)
}

/// Adds a document.
///
/// # Errors
/// Where its slug is taken.
pub async fn insert<C: ConnectionTrait>(db: &C, policy: &Policy) -> Result<(), Error> {
    row(policy)?.into_active_model().insert(db).await?;
    Ok(())
}

/// Writes `after`, whose version is one above `seen`.
///
/// # Errors
/// `Stale` where the row no longer has the version `seen`.
pub async fn save<C: ConnectionTrait>(db: &C, after: &Policy, seen: Version) -> Result<(), Error> {
    let model = row(after)?.into_active_model().reset_all();
    let done = entity::Entity::update_many()
        .set(model)
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn within(scope: Scope) -> Result<Select<entity::Entity>, Error> {
    let rows = entity::Entity::find();
    Ok(match scope {
        Scope::All => rows,
        Scope::Published => rows.filter(entity::Column::State.eq(name(&State::Published)?)),
    })
}

fn row(policy: &Policy) -> Result<entity::Model, Error> {
    let published = policy.published.as_ref();
    Ok(entity::Model {
        id: policy.id.0,
        slug: policy.slug.clone(),
        state: name(&policy.state)?,
        version: policy.version.0,
        text: policy.text.clone(),
        draft: json(&policy.draft)?,
        content: published.map(|published| json(&published.content)).transpose()?,
        imported_by: policy.imported_by.0,
        corrected_by: policy.corrected_by.0,
        imported_at: micros(policy.imported_at),
        published_by: published.map(|published| published.by.0),
        published_at: published.map(|published| micros(published.at)),
        renewals: json(&policy.renewals)?,
        supersession: policy.supersession.as_ref().map(json).transpose()?,
    })
}

fn read(model: entity::Model) -> Result<Policy, Error> {
    let published = match (model.content.as_deref(), model.published_by, model.published_at) {
        (Some(content), Some(by), Some(at)) => Some(Published {
            by: AccountId(by),
            at: instant(TABLE, at)?,
            content: from_json(TABLE, content)?,
        }),
        _ => None,
    };
    Ok(Policy {
        id: PolicyId(model.id),
        slug: model.slug,
        state: from_name(TABLE, &model.state)?,
        version: Version(model.version),
        text: model.text,
        draft: from_json(TABLE, &model.draft)?,
        imported_by: AccountId(model.imported_by),
        corrected_by: AccountId(model.corrected_by),
        imported_at: instant(TABLE, model.imported_at)?,
        published,
        renewals: from_json(TABLE, &model.renewals)?,
        supersession: model.supersession.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
    })
}
