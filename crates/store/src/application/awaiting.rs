//! In which applications of a university somebody is awaited who has no account.

use super::entity::application as rows;
use super::{Envelope, Head, TABLE};
use crate::Error;
use crate::convert::from_json;
use ronghe_domain::kernel::{ApplicationId, CycleId, OrgId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;

/// An application, and under which addresses it awaits somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaiting {
    pub id: ApplicationId,
    pub cycle: CycleId,
    pub mails: Vec<String>,
}

/// The applications of `university` in these cycles that await somebody, in the order in which they are locked. They
/// are few, and whom they await lies under seal: each head is opened.
///
/// # Errors
/// Where the database does not answer, or an envelope cannot be opened.
pub async fn awaiting<C: ConnectionTrait, E: Envelope>(
    db: &C,
    envelope: &E,
    university: OrgId,
    cycles: &BTreeSet<CycleId>,
) -> Result<Vec<Awaiting>, Error> {
    let found: Vec<(sea_orm::prelude::Uuid, sea_orm::prelude::Uuid, String)> = rows::Entity::find()
        .select_only()
        .columns([rows::Column::Id, rows::Column::Cycle, rows::Column::Head])
        .filter(rows::Column::University.eq(university.0))
        .filter(rows::Column::Cycle.is_in(cycles.iter().map(|cycle| cycle.0)))
        .order_by_asc(rows::Column::Cycle)
        .order_by_asc(rows::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut all = Vec::new();
    for (id, cycle, head) in found {
        let head: Head = from_json(TABLE, &envelope.open(&head)?)?;
        let mails: Vec<String> = head.awaited.into_iter().map(|it| it.mail).collect();
        if !mails.is_empty() {
            all.push(Awaiting { id: ApplicationId(id), cycle: CycleId(cycle), mails });
        }
    }
    Ok(all)
}
