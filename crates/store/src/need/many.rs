//! Adding many needs at once: a table that was filled in.

use super::{entity, grams, measure, row, words};
use crate::{Envelope, Error};
use ronghe_domain::need::Need;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};

/// Needs of one statement: a value of each column is a variable, of which a database takes so many.
const PART: usize = 500;

/// Adds needs, and what lists find them by: some statements for every 500.
///
/// # Errors
/// Where the database does not answer.
pub async fn insert_many<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    needs: &[Need],
) -> Result<(), Error> {
    let mut known = grams::Places::begin(db).await?;
    for part in needs.chunks(PART) {
        let rows = part.iter().map(|need| Ok(row(envelope, need)?.into_active_model()));
        let rows = rows.collect::<Result<Vec<_>, Error>>()?;
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
        let measures: Vec<_> =
            part.iter().flat_map(measures).map(IntoActiveModel::into_active_model).collect();
        if !measures.is_empty() {
            measure::Entity::insert_many(measures).exec_without_returning(db).await?;
        }
        let texts: Vec<_> = part.iter().map(|need| (need.id, words(need))).collect();
        known.index(db, &texts).await?;
    }
    Ok(())
}

/// The measures that a need comes under since it was submitted.
fn measures(need: &Need) -> impl Iterator<Item = measure::Model> {
    let measures = need.content.as_ref().map(|content| content.measures.as_slice()).unwrap_or_default();
    let numbers = measures.iter().filter_map(|seq| i32::try_from(*seq).ok());
    numbers.map(|seq| measure::Model { need: need.id.0, seq })
}
