//! What a list is composed from: the needs of its cycle with their verdicts, opinions that are late, who holds which seat.

use super::number;
use crate::{Error, Register};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::cycle::approval::Step;
use ronghe_domain::kernel::{Instant, NeedId, OrgId, Role};
use ronghe_domain::need::opinion::Scope;
use ronghe_domain::need::{Number, Row, State, Verdict};
use ronghe_domain::need_list::Source;
use ronghe_domain::need_list::finding::Held;
use ronghe_store as store;
use ronghe_store::Connection;
use ronghe_store::need::opinion::{Filter, Which};
use std::collections::BTreeMap;

/// States of needs that a list has to do with.
const CONCERNED: [State; 6] =
    [State::Screening, State::Listed, State::Declined, State::Merged, State::Taken, State::Open];

/// The needs of a cycle that have come to 遴选 or beyond.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) sources: Vec<Source>,
    pub(super) rows: BTreeMap<NeedId, Row>,
    pub(super) verdicts: BTreeMap<NeedId, Verdict>,
    /// By what they are called.
    numbers: BTreeMap<Number, NeedId>,
}

impl Known {
    /// The need that is called so, `N2026-0137`.
    pub(super) fn named(&self, name: &str) -> Option<NeedId> {
        self.numbers.get(&number(name)?).copied()
    }
}

/// Reads them: two statements, however many there are.
pub(super) async fn known<C: Connection>(db: &C, cycle: &Cycle, register: &Register) -> Result<Known, Error> {
    let rows = store::need::in_states(db, cycle.id, &CONCERNED).await?;
    let verdicts = store::need::verdict::of_cycle(db, cycle.id).await?;
    let verdicts: BTreeMap<NeedId, Verdict> = verdicts.into_iter().map(|it| (it.need, it)).collect();
    let place = |district: Option<OrgId>| {
        district.and_then(|id| register.org(id)).map_or(0, |org| org.position.saturating_add(1))
    };
    let source = |row: &Row| Source {
        need: row.id,
        number: row.seq.unwrap_or_default(),
        measure: row.measures.first().copied().unwrap_or_default(),
        // A bureau's own needs stand with those of its schools.
        district: place(row.standing.district.or(row.standing.is_of_district().then_some(row.standing.unit))),
        state: row.standing.state,
        outcome: verdicts.get(&row.id).and_then(|it| it.outcome),
    };
    let sources = rows.iter().map(source).collect();
    let numbered = |row: &Row| Some((Number { year: row.year, seq: row.seq? }, row.id));
    let numbers = rows.iter().filter_map(numbered).collect();
    Ok(Known { sources, rows: rows.into_iter().map(|row| (row.id, row)).collect(), verdicts, numbers })
}

/// How many opinions on needs in 遴选 have not come by their day.
pub(super) async fn overdue<C: Connection>(db: &C, cycle: &Cycle, now: Instant) -> Result<u32, Error> {
    let filter = Filter {
        cycle: Some(cycle.id),
        which: Which::Overdue(now),
        screening: true,
        after: None,
        limit: u64::MAX,
    };
    let count = store::need::opinion::count(db, Some(Scope::All), &filter).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Who of the leading group holds the seats of `steps`, in their order.
pub(super) async fn held<C: Connection>(db: &C, steps: Vec<Step>) -> Result<Vec<Held>, Error> {
    let group = store::account::active(db, &[Role::LeadingGroup], None).await?;
    let held = |step: Step| {
        let by = group.iter().filter(|account| step.is_held_by(&account.post)).map(|account| account.id);
        Held { by: by.collect(), step }
    };
    Ok(steps.into_iter().map(held).collect())
}
