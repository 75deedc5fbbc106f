//! Organisations and groups. The directory is public, so it has no scope.

pub(crate) mod entity;
mod group;
mod phone;

use crate::convert::{date, from_json, from_name, json, name};
use crate::{Envelope, Error};
use ronghe_domain::kernel::{GroupId, OrgId, Version};
use ronghe_domain::org::{Contact, Directory, Group, Organisation};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

pub use phone::seal_open;

const TABLE: &str = "organisation";

/// Everything that names are looked up in.
///
/// # Errors
/// Where the database does not answer.
pub async fn directory<C: ConnectionTrait, E: Envelope>(db: &C, envelope: &E) -> Result<Directory, Error> {
    let orgs = entity::Entity::find().order_by_asc(entity::Column::Position).all(db).await?;
    let groups = group::Entity::find().order_by_asc(group::Column::Slug).all(db).await?;
    Ok(Directory {
        orgs: orgs.into_iter().map(|org| read(envelope, org)).collect::<Result<_, _>>()?,
        groups: groups.into_iter().map(read_group).collect::<Result<_, _>>()?,
    })
}

/// Adds an organisation.
///
/// # Errors
/// Where its slug or name is taken.
pub async fn insert<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    org: &Organisation,
) -> Result<(), Error> {
    row(envelope, org)?.into_active_model().insert(db).await?;
    Ok(())
}

/// Writes `after`, whose version is one above `seen`.
///
/// # Errors
/// `Stale` where the row no longer has the version `seen`; where its name is taken.
pub async fn save<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    after: &Organisation,
    seen: Version,
) -> Result<(), Error> {
    let done = entity::Entity::update_many()
        .set(row(envelope, after)?.into_active_model().reset_all())
        .filter(entity::Column::Id.eq(after.id.0))
        .filter(entity::Column::Version.eq(seen.0))
        .exec(db)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Locks an organisation for the transaction: who asks for somebody's account, and whose becomes active, do not pass by
/// each other.
///
/// # Errors
/// Where there is none.
pub async fn lock<C: ConnectionTrait>(db: &C, id: OrgId) -> Result<(), Error> {
    // Rows that name it may come in meanwhile.
    let row = entity::Entity::find_by_id(id.0).lock(LockType::NoKeyUpdate).one(db).await?;
    row.map(|_| ()).ok_or(Error::NotFound)
}

/// Adds a group.
///
/// # Errors
/// Where its slug or name is taken.
pub async fn insert_group<C: ConnectionTrait>(db: &C, group: &Group) -> Result<(), Error> {
    let model = group::Model {
        id: group.id.0,
        slug: group.slug.clone(),
        name: group.name.clone(),
        name_en: group.name_en.clone(),
        aliases: json(&group.aliases)?,
        members: name(&group.members)?,
    };
    model.into_active_model().insert(db).await?;
    Ok(())
}

fn row<E: Envelope>(envelope: &E, org: &Organisation) -> Result<entity::Model, Error> {
    let phone::Apart { contacts, phones } = phone::apart(envelope, &org.contacts)?;
    Ok(entity::Model {
        id: org.id.0,
        slug: org.slug.clone(),
        kind: name(&org.kind)?,
        name: org.name.clone(),
        name_en: org.name_en.clone(),
        aliases: json(&org.aliases)?,
        parent: org.parent.map(|id| id.0),
        leading_group_seat: org.leading_group_seat.and_then(|seat| i16::try_from(seat).ok()),
        since: org.since.map(|day| day.to_string()),
        until: org.until.map(|day| day.to_string()),
        position: i32::from(org.position),
        university: org.university.as_ref().map(json).transpose()?,
        contacts,
        sign_off: json(&org.sign_off)?,
        version: org.version.0,
        phones: Some(phones),
    })
}

fn read<E: Envelope>(envelope: &E, model: entity::Model) -> Result<Organisation, Error> {
    let mut contacts: Vec<Contact> = from_json(TABLE, &model.contacts)?;
    phone::put_back(envelope, model.phones.as_deref(), &mut contacts)?;
    Ok(Organisation {
        id: OrgId(model.id),
        slug: model.slug,
        kind: from_name(TABLE, &model.kind)?,
        name: model.name,
        name_en: model.name_en,
        aliases: from_json(TABLE, &model.aliases)?,
        parent: model.parent.map(OrgId),
        leading_group_seat: model.leading_group_seat.and_then(|seat| u16::try_from(seat).ok()),
        since: model.since.as_deref().map(|day| date(TABLE, day)).transpose()?,
        until: model.until.as_deref().map(|day| date(TABLE, day)).transpose()?,
        position: u16::try_from(model.position).unwrap_or(u16::MAX),
        university: model.university.as_deref().map(|text| from_json(TABLE, text)).transpose()?,
        contacts,
        sign_off: from_json(TABLE, &model.sign_off)?,
        version: Version(model.version),
    })
}

fn read_group(model: group::Model) -> Result<Group, Error> {
    Ok(Group {
        id: GroupId(model.id),
        slug: model.slug,
        name: model.name,
        name_en: model.name_en,
        aliases: from_json(TABLE, &model.aliases)?,
        members: from_name(TABLE, &model.members)?,
    })
}
