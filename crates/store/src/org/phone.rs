//! Telephones of organisations: they lie sealed beside their contacts.

use super::TABLE;
use super::entity::{Column, Entity};
use crate::convert::{from_json, json};
use crate::{Envelope, Error};
use ronghe_domain::org::Contact;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Contacts as they are written, without telephones, and those in the same order, sealed.
pub(super) struct Apart {
    pub(super) contacts: String,
    pub(super) phones: String,
}

/// Takes the telephones out of what is written of `contacts`.
pub(super) fn apart<E: Envelope>(envelope: &E, contacts: &[Contact]) -> Result<Apart, Error> {
    let phones: Vec<&str> = contacts.iter().map(|contact| contact.phone.as_str()).collect();
    let silent = |contact: &Contact| Contact { phone: String::new(), ..contact.clone() };
    let contacts: Vec<Contact> = contacts.iter().map(silent).collect();
    // Nothing is hidden where nothing was typed.
    let is_silent = phones.iter().all(|phone| phone.is_empty());
    let phones = if is_silent { String::new() } else { envelope.seal(&json(&phones)?)? };
    Ok(Apart { contacts: json(&contacts)?, phones })
}

/// Puts the telephones back into what was read. Rows from before they were sealed hold them as they are.
pub(super) fn put_back<E: Envelope>(
    envelope: &E,
    phones: Option<&str>,
    contacts: &mut [Contact],
) -> Result<(), Error> {
    let Some(phones) = phones.filter(|phones| !phones.is_empty()) else { return Ok(()) };
    let phones: Vec<String> = from_json(TABLE, &envelope.open(phones)?)?;
    for (contact, phone) in contacts.iter_mut().zip(phones) {
        contact.phone = phone;
    }
    Ok(())
}

/// Seals the telephones of up to `limit` organisations whose rows hold them as they are; says how many rows that were.
///
/// # Errors
/// Where the database does not answer.
pub async fn seal_open<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    limit: u64,
) -> Result<u64, Error> {
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Contacts])
        .filter(Column::Phones.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    let mut sealed = 0;
    for (id, contacts) in rows {
        let contacts: Vec<Contact> = from_json(TABLE, &contacts)?;
        let apart = apart(envelope, &contacts)?;
        let done = Entity::update_many()
            .col_expr(Column::Contacts, Expr::value(apart.contacts))
            .col_expr(Column::Phones, Expr::value(apart.phones))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await?;
        sealed += done.rows_affected;
    }
    Ok(sealed)
}
