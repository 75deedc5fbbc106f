//! Finding applications by words. Their texts lie sealed, and no index of them lies beside: what the reader may see is
//! opened part by part and looked through, each part by what is read through it.

use super::entity::application as rows;
use super::list::within;
use super::{Envelope, TABLE, large};
use crate::Error;
use crate::convert::{from_json, from_name};
use ronghe_domain::application::rules::Scope;
use ronghe_domain::application::search::{Texts, Words, finds, reads_draft};
use ronghe_domain::application::{ApplicationDraft, Content, Number, State};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeSet;

/// Applications that are opened at once: no more lie in memory.
const STEP: u64 = 500;

/// Of an application what it is found by.
#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    cycle_name: String,
    seq: Option<i32>,
    state: String,
    draft: String,
    content: Option<String>,
}

/// Which of those that `scope` opens and `asked` holds have `words` in what is read of them.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn found<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    scope: &[Scope],
    asked: &Condition,
    words: &Words,
) -> Result<BTreeSet<Uuid>, Error> {
    let mut found = BTreeSet::new();
    for part in scope {
        let mut behind = None;
        loop {
            let rows = step(db, *part, asked, behind).await?;
            let is_last = u64::try_from(rows.len()).is_ok_and(|rows| rows < STEP);
            behind = rows.last().map(|row| row.id);
            for row in rows {
                if !found.contains(&row.id) && holds(envelope, *part, &row, words)? {
                    found.insert(row.id);
                }
            }
            if is_last {
                break;
            }
        }
    }
    Ok(found)
}

/// The next of those that `part` opens, behind one of them.
async fn step<C: ConnectionTrait>(
    db: &C,
    part: Scope,
    asked: &Condition,
    behind: Option<Uuid>,
) -> Result<Vec<Read>, Error> {
    let mut rows = rows::Entity::find().filter(within(&[part])).filter(asked.clone());
    if let Some(behind) = behind {
        rows = rows.filter(rows::Column::Id.gt(behind));
    }
    let rows = rows
        .select_only()
        .columns([rows::Column::Id, rows::Column::CycleName, rows::Column::Seq])
        .columns([rows::Column::State, rows::Column::Draft, rows::Column::Content])
        .order_by_asc(rows::Column::Id)
        .limit(STEP);
    Ok(rows.into_model::<Read>().all(db).await?)
}

fn holds<E: Envelope>(envelope: &E, part: Scope, row: &Read, words: &Words) -> Result<bool, Error> {
    let state: State = from_name(TABLE, &row.state)?;
    let draft: Option<ApplicationDraft> =
        if reads_draft(part, state) { Some(from_json(TABLE, &envelope.open(&row.draft)?)?) } else { None };
    let content: Option<Content> = match row.content.as_deref() {
        Some(content) => Some(from_json(TABLE, &envelope.open(content)?)?),
        None => None,
    };
    let number = row.seq.map(large).transpose()?.map(|seq| Number { cycle: row.cycle_name.clone(), seq });
    let texts = Texts { number: number.as_ref(), draft: draft.as_ref(), content: content.as_ref() };
    Ok(finds(part, texts, words))
}
