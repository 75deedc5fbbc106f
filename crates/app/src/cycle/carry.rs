//! Needs go with their cycle: however many there are, they are moved by few statements.

use crate::message::{Telling, tell_all};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::audit;
use ronghe_domain::cycle::{Action, Cycle, Phase};
use ronghe_domain::kernel::{Actor, Instant, NeedId};
use ronghe_domain::message::of_fate;
use ronghe_domain::need::rules as need_rules;
use ronghe_domain::need::{Back, Record, Return, Standing, State};
use ronghe_store as store;
use std::collections::BTreeMap;

/// Needs whose texts are read at once, for their events, and that are written at once.
const STEP: usize = 500;

/// Needs go with their cycle: into 遴选 when it opens, out of it when the cycle goes back.
pub(super) async fn carry_needs(tx: &Tx, before: &Cycle, cycle: &Cycle) -> Result<(), Error> {
    let (from, step, event) = match (before.phase, cycle.phase) {
        (Phase::CollectingNeeds, Phase::ScreeningNeeds) => {
            (State::Forwarded, need_rules::Action::Screen, audit::Action::Screen)
        }
        (Phase::ScreeningNeeds, Phase::CollectingNeeds) => {
            (State::Screening, need_rules::Action::Unscreen, audit::Action::Unscreen)
        }
        _ => return Ok(()),
    };
    let facts = need_rules::Facts::of(cycle);
    let mut moves: BTreeMap<State, Vec<NeedId>> = BTreeMap::new();
    for row in store::need::lock_in_states(tx.db(), cycle.id, &[from]).await? {
        let to = need_rules::decide(&Actor::System, &row, &facts, step, tx.now()).map_err(Error::refused)?;
        moves.entry(to).or_default().push(row.id);
    }
    for (state, needs) in moves {
        moved(tx, event, state, &needs).await?;
    }
    Ok(())
}

async fn moved(tx: &Tx, event: audit::Action, state: State, needs: &[NeedId]) -> Result<(), Error> {
    for needs in needs.chunks(STEP) {
        for before in store::need::records(tx.db(), tx.sealer(), needs).await? {
            note(tx, event, before, |record| record.state = state);
        }
        store::need::move_to(tx.db(), needs, state, tx.now()).await?;
    }
    Ok(())
}

/// Listed needs for which nobody has applied stand open from the opening of the seals on, which nobody closes again: an
/// application that is withdrawn or fails later leaves its need listed until the awards decide. Their units are told.
pub(crate) async fn leave_open(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    is_left: impl Fn(NeedId) -> bool,
) -> Result<(), Error> {
    let facts = need_rules::Facts::of(cycle);
    let (mut needs, mut told) = (Vec::new(), Vec::new());
    let mut listed = store::need::lock_in_states(tx.db(), cycle.id, &[State::Listed]).await?;
    listed.retain(|row| is_left(row.id));
    // Ids of one moment have no order of their own; numbers have.
    listed.sort_by_cached_key(|row| row.name().to_string());
    for row in listed {
        let action = need_rules::Action::LeaveOpen;
        let state =
            need_rules::decide(&Actor::System, &row, &facts, action, tx.now()).map_err(Error::refused)?;
        let Standing { unit, district, .. } = row.standing;
        let audiences = of_fate(state, unit, district);
        let record = row.name().to_string();
        told.push(Telling { cycle: Some(cycle.year()), record, audiences, quiet: false });
        needs.push(row.id);
    }
    moved(tx, audit::Action::LeaveOpen, State::Open, &needs).await?;
    tell_all(app, tx, caller, &told).await
}

/// Needs that are with their units go along: those returned up to an end that is set later until the new one, those
/// that may still come back to where such needs stand after the cycle was moved.
pub(super) async fn carry_returns(tx: &Tx, old: &Cycle, cycle: &Cycle, action: Action) -> Result<(), Error> {
    let event = match action {
        Action::Extend => audit::Action::Extend,
        Action::Advance if cycle.phase == Phase::ScreeningNeeds => audit::Action::Screen,
        Action::Back if cycle.phase == Phase::CollectingNeeds => audit::Action::Unscreen,
        _ => return Ok(()),
    };
    let with_units = [State::ReturnedByDistrict, State::Returned];
    let mut moves: BTreeMap<NeedId, Back> = BTreeMap::new();
    for row in store::need::lock_in_states(tx.db(), cycle.id, &with_units).await? {
        let Some(back) = row.standing.back else { continue };
        let to = carried(back, old, cycle, action, cycle.now(tx.now()));
        if to != back {
            moves.insert(row.id, to);
        }
    }
    let needs: Vec<NeedId> = moves.keys().copied().collect();
    for needs in needs.chunks(STEP) {
        let mut written: Vec<(NeedId, Return)> = Vec::with_capacity(needs.len());
        for before in store::need::records(tx.db(), tx.sealer(), needs).await? {
            let (Some(to), Some(returned)) = (moves.get(&before.id), &before.returned) else { continue };
            let returned = Return { from: to.to, until: to.until, ..returned.clone() };
            written.push((before.id, returned.clone()));
            note(tx, event, before, |record| record.returned = Some(returned));
        }
        store::need::turn_back(tx.db(), &written).await?;
    }
    Ok(())
}

/// Where a need that was returned goes, and until when, once its cycle was moved.
fn carried(back: Back, old: &Cycle, cycle: &Cycle, action: Action, now: Instant) -> Back {
    // Of what was returned while needs were collected, a day lies ahead only where the cycle went back.
    let is_ahead = now < back.until;
    match (action, back.to) {
        (Action::Extend, from) if back.until == end_of(old, from) => {
            Back { until: end_of(cycle, from), ..back }
        }
        (Action::Advance, State::Forwarded) if is_ahead => Back { to: State::Screening, ..back },
        (Action::Back, State::Screening) => Back { to: State::Forwarded, ..back },
        _ => back,
    }
}

/// The end up to which a need that was returned from this state may come back.
fn end_of(cycle: &Cycle, from: State) -> Instant {
    match from {
        State::Screening => cycle.content.screening_end(),
        _ => cycle.content.collecting.districts_end,
    }
}

fn note(tx: &Tx, event: audit::Action, before: Record, change: impl FnOnce(&mut Record)) {
    let mut after = before.clone();
    after.version = before.version.next();
    change(&mut after);
    tx.changed(event, &before, &after);
}
