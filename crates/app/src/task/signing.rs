//! What waits for the caller's signature, and what they wait for others to sign.

use super::{MOST, Task};
use crate::{App, Caller, Error, application, need};
use ronghe_domain::application::State as Stands;
use ronghe_domain::application::rules::{Facts as Known, turn as whose};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{Instant, NeedId};
use ronghe_domain::need::rules::{self, Facts, turn};
use ronghe_domain::sign_off::{Kind as Leaves, Round};
use ronghe_domain::task::Kind;
use ronghe_store as store;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What is known of rounds beyond them, each by what is signed.
pub(super) struct Beyond {
    /// The cycle that it belongs to.
    cycles: BTreeMap<Uuid, Arc<Cycle>>,
    /// Until when it can leave, by the clock of that cycle.
    due: BTreeMap<Uuid, Instant>,
}

/// Reads to which cycles belongs what is being signed, and until when it can leave.
pub(super) async fn beyond(app: &App, caller: &Caller, rounds: &[&Round]) -> Result<Beyond, Error> {
    let cycles = crate::sign_off::cycles_of(app, rounds.iter().copied()).await?;
    let of = |kind| rounds.iter().filter(move |round| round.subject.kind == kind).map(|it| it.subject.id);
    let mut due = BTreeMap::new();
    let needs: Vec<NeedId> = of(Leaves::Need).map(NeedId).collect();
    if !needs.is_empty() {
        let scope = rules::scope(&caller.actor, &need::measures(app, &caller.actor).await?);
        for row in store::need::rows(app.db().reader(), &scope, needs).await? {
            let cycle = cycles.get(&row.id.0);
            let closes = cycle.and_then(|cycle| turn(&row, &Facts::of(cycle), app.now()).1);
            due.extend(closes.map(|closes| (row.id.0, closes)));
        }
    }
    // Each cycle is asked of by itself: a list that names none leaves rehearsals out.
    let asked = of(Leaves::Application).filter_map(|id| cycles.get(&id)).map(|cycle| (cycle.id, cycle));
    for cycle in asked.collect::<BTreeMap<_, _>>().into_values() {
        due.extend(applications_due(app, caller, cycle).await?);
    }
    let ends = |id| Some((id, cycles.get(&id)?.content.collecting.districts_end));
    due.extend(of(Leaves::DistrictSummary).filter_map(ends));
    Ok(Beyond { cycles, due })
}

/// Until when applications of the caller's university that are being signed in `cycle` can leave.
async fn applications_due(app: &App, caller: &Caller, cycle: &Cycle) -> Result<Vec<(Uuid, Instant)>, Error> {
    let filter = application::Filter {
        cycle: Some(cycle.id),
        states: vec![Stands::Signing, Stands::ReturnedForCorrection],
        limit: MOST,
        ..application::Filter::default()
    };
    let (rows, _) = application::list(app, caller, &filter).await?;
    let closes = |state, until| whose(state, until, &Known::of(cycle), app.now()).1;
    Ok(rows.iter().filter_map(|row| Some((row.id.0, closes(row.state, row.until)?))).collect())
}

/// What waits for the caller's own signature, each by itself; and what they wait for others to sign, folded year by
/// year.
pub(super) fn signatures(mine: &[Round], others: &[Round], beyond: &Beyond) -> Vec<Task> {
    let year = |round: &Round| beyond.cycles.get(&round.subject.id).map(|cycle| cycle.name());
    let due = |round: &Round| beyond.due.get(&round.subject.id).copied();
    let task = |kind, rounds: &[&Round]| {
        let one = rounds.first().filter(|_| rounds.len() == 1);
        Task {
            kind,
            count: u64::try_from(rounds.len()).unwrap_or(u64::MAX),
            record: one.map(|round| round.id.to_string()),
            year: rounds.first().and_then(|round| year(round)),
            title: one.map(|round| round.title.clone()).unwrap_or_default(),
            from: Vec::new(),
            deadline: rounds.iter().filter_map(|round| due(round)).min(),
        }
    };
    let mut of_years: BTreeMap<Option<String>, Vec<&Round>> = BTreeMap::new();
    for round in others {
        of_years.entry(year(round)).or_default().push(round);
    }
    let mine = mine.iter().map(|round| task(Kind::Sign, &[round]));
    mine.chain(of_years.values().map(|rounds| task(Kind::WithSigners, rounds))).collect()
}
