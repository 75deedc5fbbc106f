//! A need on its way: where an act brings it, and what follows from that.

use super::facts::{self, facts};
use super::{Act, Moved, audit_action, district, leaving, refusal_of, verdict};
use crate::message::tell;
use crate::unit::Tx;
use crate::{App, Caller, Error, Register};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::message::of_need;
use ronghe_domain::need::rules;
use ronghe_domain::need::{Action, Need, Refusal, State};
use ronghe_domain::sign_off::Gate;
use ronghe_store as store;

/// How a need goes up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// So many others of its district go with it.
    pub(super) ahead: u64,
    /// Its organisation's chain has signed it, in this transaction.
    pub(super) is_signed: bool,
}

/// The need after `act`, where the rules let it pass.
pub(super) async fn moved(
    tx: &Tx,
    caller: &Caller,
    before: &Need,
    cycle: &Cycle,
    register: &Register,
    act: &Act,
    way: Way,
) -> Result<Moved, Error> {
    let action = act.action();
    let (mut facts, errors) = facts(tx.db(), before, cycle, register, way.ahead).await?;
    if way.is_signed {
        facts.gate = Gate::Passed;
    } else if matches!(action, Action::Submit | Action::Forward) {
        facts.gate = facts::gate_now(tx.db(), before).await?;
    }
    let mut around = None;
    if action == Action::Return && before.state == State::Screening {
        let found = verdict::around(tx.db(), before).await?;
        facts = found.facts(facts);
        around = Some(found);
    }
    let to = match rules::decide(&caller.actor, before, &facts, action, tx.now()) {
        Ok(to) => to,
        Err(Refusal::Incomplete { .. }) => return Err(Error::Invalid(errors)),
        Err(refusal) => {
            let meant = around.as_ref().and_then(|it| it.refusal_of(caller, before, action, refusal));
            return Err(meant.unwrap_or_else(|| refusal_of(before, action, refusal)));
        }
    };
    if let Some(closes) = rules::closes(before, &facts, action) {
        tx.in_time_until(closes);
    }
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let mut after = before.clone();
    after.state = to;
    after.changed_at = tx.now();
    after.version = before.version.next();
    match act {
        Act::Submit => {
            after.content = Some(leaving::content_now(tx.db(), before, cycle, register).await?);
            after.returned = None;
            after.submitted_at = Some(before.submitted_at.unwrap_or(facts.now(tx.now())));
            if before.seq.is_none() {
                after.seq = Some(store::cycle::next_need(tx.db(), cycle.id).await?);
            }
        }
        Act::Return(draft) => {
            let latest = rules::latest_return(before.state, &facts).ok_or(Error::Hidden)?;
            let done = draft.check(before.state, latest, account, facts.now(tx.now()));
            after.returned = Some(done.map_err(Error::Invalid)?);
        }
        Act::Withdraw => after.returned = None,
        Act::Forward => {}
    }
    if matches!(to, State::Forwarded | State::Screening) {
        after.forwarded_at = Some(before.forwarded_at.unwrap_or(facts.now(tx.now())));
    }
    Ok(Moved { need: after, facts })
}

/// Keeps a need that was moved from the one to the other, with all that follows from it: a verdict, a list, or a report
/// that there is nothing no longer holds.
pub(super) async fn carry_out(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    (before, after): (&Need, &Need),
    action: Action,
) -> Result<(), Error> {
    keep(app, tx, caller, before, after, action).await?;
    verdict::void(tx, caller, before, action).await?;
    if [before.state, after.state].contains(&State::Screening) {
        crate::need_list::reopened(app, tx, caller, cycle).await?;
    }
    // What is forwarded goes by a version of its own, which no other one waits beside.
    if action == Action::Submit {
        store::need::writer::clear(tx.db(), after.id).await?;
    }
    if action == Action::Submit && after.state == State::Forwarded {
        district::void_zero(tx, caller, after).await?;
    }
    Ok(())
}

/// Writes the need, tells whom it concerns, and notes what it leaves in the chain; drafts stay outside it.
async fn keep(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    before: &Need,
    after: &Need,
    action: Action,
) -> Result<(), Error> {
    store::need::save(tx.db(), tx.sealer(), before, after).await?;
    if before.seq.is_some() {
        tx.changed(audit_action(action), before, after);
    } else if after.seq.is_some() {
        tx.created(audit_action(action), after);
    }
    let told = of_need(before.state, after);
    tell(app, tx, caller, (Some(after.year), &after.name().to_string()), &told).await
}
