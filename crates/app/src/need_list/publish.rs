//! Publication: needs go where their verdicts say, numbers are given, owners are told.

use super::sources::Known;
use crate::audited::Ruled;
use crate::cycle::leave_open;
use crate::message::{Telling, tell_all};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, NeedId};
use ronghe_domain::message::of_fate;
use ronghe_domain::need::verdict::Given;
use ronghe_domain::need::{Outcome, Row, State, Verdict, Why};
use ronghe_domain::need_list::compose::fates;
use ronghe_domain::need_list::{Change, ChangeKind, NeedList};
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};

/// Needs that are read and written at once.
const STEP: usize = 500;

/// Moves the needs of the cycle, which is locked, where `list` says.
pub(super) async fn publish(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    (cycle, list): (&Cycle, &NeedList),
    known: &Known,
) -> Result<(), Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let mut moves: BTreeMap<State, Vec<NeedId>> = BTreeMap::new();
    for (need, state) in fates(list, &known.sources) {
        moves.entry(state).or_default().push(need);
    }
    let mut told = Vec::new();
    for (state, needs) in &moves {
        for needs in needs.chunks(STEP) {
            for before in store::need::records(tx.db(), tx.sealer(), needs).await? {
                let mut after = before.clone();
                after.state = *state;
                after.version = before.version.next();
                tx.changed(event(*state), &before, &after);
                let record = after.name().to_string();
                let cycle = Some(cycle.year());
                told.push(Telling {
                    cycle,
                    record,
                    audiences: of_fate(*state, after.unit, after.district),
                    quiet: false,
                });
            }
            store::need::move_to(tx.db(), needs, *state, tx.now()).await?;
        }
    }
    for change in &list.changes {
        follow(tx, (cycle, list), change, known, account).await?;
    }
    store::need_list::write_listings(tx.db(), list).await?;
    tell_all(app, tx, caller, &told).await?;
    let listed = moves.remove(&State::Listed).unwrap_or_default();
    too_late(app, tx, caller, cycle, &listed.into_iter().collect()).await
}

/// Once the seals are opened nobody applies any more: what comes onto the list now stands open at once, unless somebody
/// had applied for it before it was taken out.
async fn too_late(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    listed: &BTreeSet<NeedId>,
) -> Result<(), Error> {
    if listed.is_empty() || store::application::opening::of(tx.db(), cycle.id).await?.is_none() {
        return Ok(());
    }
    let standing = store::application::opening::standing(tx.db(), cycle.id).await?;
    let applied: BTreeSet<NeedId> = standing.into_iter().map(|(need, _)| need).collect();
    leave_open(app, tx, caller, cycle, |need| listed.contains(&need) && !applied.contains(&need)).await
}

/// What a later version does with a need is its verdict from then on.
async fn follow(
    tx: &Tx,
    (cycle, list): (&Cycle, &NeedList),
    change: &Change,
    known: &Known,
    account: AccountId,
) -> Result<(), Error> {
    let (Some(row), Some(before)) = (known.rows.get(&change.need), known.verdicts.get(&change.need)) else {
        return Ok(());
    };
    let outcome = match change.kind {
        ChangeKind::Added => Outcome::Listed,
        ChangeKind::Removed => Outcome::Declined { why: Why::Other },
    };
    if before.outcome == Some(outcome) {
        return Ok(());
    }
    let remark = if change.reason.is_empty() { list.reason.clone() } else { change.reason.clone() };
    let after = before.followed_by(Given { outcome: Some(outcome), remark }, account, cycle.now(tx.now()));
    store::need::verdict::save(tx.db(), before.version, &after).await?;
    let action = match change.kind {
        ChangeKind::Added => audit::Action::Enlist,
        ChangeKind::Removed => audit::Action::Decline,
    };
    noted(tx, action, row, before, &after);
    Ok(())
}

fn noted(tx: &Tx, action: audit::Action, row: &Row, before: &Verdict, after: &Verdict) {
    let number = row.name().to_string();
    let ruled = |verdict| Ruled { verdict, number: &number };
    tx.changed(action, &ruled(before), &ruled(after));
}

const fn event(state: State) -> audit::Action {
    match state {
        State::Merged => audit::Action::TakeUp,
        State::Declined => audit::Action::LeaveOut,
        _ => audit::Action::List,
    }
}
