//! Telephones of needs: they lie sealed beside the texts, and stand in none of them.

use super::TABLE;
use super::entity::{Column, Entity};
use crate::convert::{from_json, json};
use crate::{Envelope, Error};
use ronghe_domain::need::{Content, Need, NeedDraft};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use std::mem::take;

/// The telephones of a need: of what is typed, and of what was submitted.
#[derive(Serialize, Deserialize)]
struct Phones {
    draft: String,
    content: String,
}

impl Phones {
    /// Nothing is hidden where nothing was typed.
    const fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.content.is_empty()
    }
}

/// A need's texts as they are written, without telephones, and those, sealed.
pub(super) struct Apart {
    pub(super) draft: String,
    pub(super) content: Option<String>,
    pub(super) phones: String,
}

/// Takes the telephones out of what is written of `need`.
pub(super) fn apart<E: Envelope>(envelope: &E, need: &Need) -> Result<Apart, Error> {
    written(envelope, need.draft.clone(), need.content.clone())
}

fn written<E: Envelope>(
    envelope: &E,
    mut draft: NeedDraft,
    mut content: Option<Content>,
) -> Result<Apart, Error> {
    let phones = Phones {
        draft: take(&mut draft.contact_phone),
        content: content.as_mut().map(|content| take(&mut content.contact.phone)).unwrap_or_default(),
    };
    Ok(Apart {
        draft: json(&draft)?,
        content: content.as_ref().map(json).transpose()?,
        phones: if phones.is_empty() { String::new() } else { envelope.seal(&json(&phones)?)? },
    })
}

/// Puts the telephones back into what was read. Rows from before they were sealed hold them as they are.
pub(super) fn put_back<E: Envelope>(
    envelope: &E,
    phones: Option<&str>,
    (draft, content): (Option<&mut NeedDraft>, Option<&mut Content>),
) -> Result<(), Error> {
    let Some(phones) = phones.filter(|phones| !phones.is_empty()) else { return Ok(()) };
    let phones: Phones = from_json(TABLE, &envelope.open(phones)?)?;
    if let Some(draft) = draft {
        draft.contact_phone = phones.draft;
    }
    if let Some(content) = content {
        content.contact.phone = phones.content;
    }
    Ok(())
}

/// Seals the telephones of up to `limit` needs whose rows hold them as they are; says how many rows that were.
///
/// # Errors
/// Where the database does not answer.
pub async fn seal_open<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    limit: u64,
) -> Result<u64, Error> {
    let rows: Vec<(Uuid, String, Option<String>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Draft, Column::Content])
        .filter(Column::Phones.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    let mut sealed = 0;
    for (id, draft, content) in rows {
        let content = content.as_deref().map(|text| from_json(TABLE, text)).transpose()?;
        let apart = written(envelope, from_json(TABLE, &draft)?, content)?;
        let done = Entity::update_many()
            .col_expr(Column::Draft, Expr::value(apart.draft))
            .col_expr(Column::Content, Expr::value(apart.content))
            .col_expr(Column::Phones, Expr::value(apart.phones))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await?;
        sealed += done.rows_affected;
    }
    Ok(sealed)
}
