//! 启封: the seals of a cycle are opened once its window has closed, by the system, all in one transaction.

use super::{audit_action, leaving};
use crate::crypto::mac;
use crate::cycle::leave_open;
use crate::message::tell;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::application::opening::{Opening, numbered};
use ronghe_domain::application::rules::{self, Facts};
use ronghe_domain::application::{Action, Application};
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::{Actor, ApplicationId, CycleId, NeedId};
use ronghe_domain::message::of_opening;
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};

/// The opening of a cycle, where its seals are opened.
///
/// # Errors
/// Where the database does not answer.
pub async fn standing(app: &App, cycle: CycleId) -> Result<Option<Opening>, Error> {
    Ok(store::application::opening::of(app.db().reader(), cycle).await?)
}

/// Opens the seals of every cycle whose window has closed; says of how many cycles. Asked again and again.
///
/// # Errors
/// Where the database does not answer; what was not opened is opened the next time.
pub async fn open_due(app: &App) -> Result<usize, Error> {
    let register = app.register().await?;
    let mut opened = 0;
    for cycle in &register.cycles {
        if is_due(cycle, app) && standing(app, cycle.id).await?.is_none() {
            opened += usize::from(open(app, cycle.id).await?);
        }
    }
    Ok(opened)
}

fn is_due(cycle: &Cycle, app: &App) -> bool {
    let closes = cycle.content.closes(Phase::AcceptingApplications);
    matches!(cycle.phase, Phase::AcceptingApplications | Phase::Reviewing)
        && closes.is_some_and(|closes| closes <= cycle.now(app.now()))
}

async fn open(app: &App, cycle: CycleId) -> Result<bool, Error> {
    let system = Caller::system(Via::System, "opening");
    app.write(&system, |tx: Tx| {
        let system = system.clone();
        async move {
            let cycle = store::cycle::lock_id(tx.db(), cycle).await?;
            tx.after_locks().await?;
            unseal(app, &tx, &system, &cycle).await
        }
    })
    .await
}

/// Opens the seals where the cycle goes on to the reviews before the job came to it.
pub(crate) async fn open_with_cycle(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    before: &Cycle,
    after: &Cycle,
) -> Result<(), Error> {
    if (before.phase, after.phase) == (Phase::AcceptingApplications, Phase::Reviewing) {
        unseal(app, tx, caller, after).await?;
    }
    Ok(())
}

/// Opens what lies sealed, where it was not opened before; the cycle is locked.
async fn unseal(app: &App, tx: &Tx, caller: &Caller, cycle: &Cycle) -> Result<bool, Error> {
    if store::application::opening::of(tx.db(), cycle.id).await?.is_some() {
        return Ok(false);
    }
    // What was not signed in time was not handed in.
    leaving::closed(tx, cycle).await?;
    let mut sealed = store::application::opening::sealed(tx.db(), &app.sealer(), cycle.id).await?;
    let facts = Facts::of(cycle);
    let mut hashes = Vec::with_capacity(sealed.len());
    for one in &sealed {
        hashes.push((one.id, mac(&app.settings().key, &format!("application {}", one.id))?));
    }
    let numbers = numbered(hashes);
    let of: BTreeMap<ApplicationId, u32> = numbers.iter().copied().collect();
    // The chain keeps the order of the numbers, too: by their ids they stand as they were begun.
    sealed.sort_by_key(|one| of.get(&one.id).copied());
    let mut states = Vec::with_capacity(sealed.len());
    for one in &sealed {
        let to =
            rules::decide(&Actor::System, one, &facts, Action::Unseal, tx.now()).map_err(Error::refused)?;
        states.push(to);
    }
    let count = u32::try_from(sealed.len()).map_err(Error::internal)?;
    let opening = Opening { cycle: cycle.id, at: cycle.now(tx.now()), count };
    store::application::opening::write(tx.db(), opening, tx.now(), &numbers).await?;
    leaving::unseal(tx, cycle, &sealed).await?;
    let applied: BTreeSet<NeedId> = sealed.iter().map(|one| one.need).collect();
    for (before, state) in sealed.into_iter().zip(states) {
        let after = Application {
            state,
            seq: of.get(&before.id).copied(),
            opened_at: Some(cycle.now(tx.now())),
            changed_at: tx.now(),
            version: before.version.next(),
            ..before
        };
        // With it the application comes into the chain.
        tx.created(audit_action(Action::Unseal), &after);
    }
    leave_open(app, tx, caller, cycle, |need| !applied.contains(&need)).await?;
    tell(app, tx, caller, (Some(cycle.year()), &cycle.name()), &of_opening()).await?;
    Ok(true)
}
