//! Somebody who is to have a part in an application and has no account: their account is asked for, apart from the
//! application and without a word of it, and they come in when it is active.

use crate::account::request::{open, step};
use crate::message::{Telling, tell_all};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::request::{Action as Step, State as Asked, Wanted, address, answers};
use ronghe_domain::account::{Account, State as AccountState};
use ronghe_domain::application::rules::Scope;
use ronghe_domain::application::team::{Team, joined, settle};
use ronghe_domain::application::{Application, Name};
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::{AccountId, Actor, CycleId, OrgId};
use ronghe_domain::message::of_joining;
use ronghe_store as store;
use std::collections::BTreeSet;

/// The team with everybody in it whose account is active by now, and the accounts that were found under the
/// addresses of the others.
pub(super) async fn settled(tx: &Tx, org: OrgId, team: Team) -> Result<(Team, Vec<Account>), Error> {
    let mails: BTreeSet<String> = team.awaited.iter().map(|it| it.mail.clone()).collect();
    let mut found = store::account::request::holders(tx.db(), org, &mails).await?;
    found.retain(|account| answers(account, &address(&account.mail)));
    let (active, others): (Vec<Account>, Vec<Account>) =
        found.into_iter().partition(|account| account.state == AccountState::Active);
    let held: Vec<(AccountId, String)> = active.into_iter().map(|it| (it.id, it.mail)).collect();
    Ok((settle(team, &held).map_err(Error::Invalid)?, others))
}

/// Asks for the accounts of those who are awaited since, unless they are made already (`made`), and closes what was
/// asked for those who are awaited no more, here or in another application.
pub(super) async fn ask_for(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    (before, after): (&Application, &Application),
    made: &[Account],
) -> Result<(), Error> {
    let mails = |of: &Application| of.awaited.iter().map(|it| it.mail.clone()).collect::<BTreeSet<_>>();
    let (were, are) = (mails(before), mails(after));
    let touched: BTreeSet<String> = were.symmetric_difference(&are).cloned().collect();
    let org = after.university;
    let waiting = store::account::request::lock_waiting(tx.db(), org, &touched).await?;
    for one in after.awaited.iter().filter(|it| !were.contains(&it.mail)) {
        let is_known = waiting.iter().any(|it| it.mail == one.mail);
        let is_made =
            made.iter().any(|it| it.state == AccountState::Invited && address(&it.mail) == one.mail);
        if !is_known && !is_made {
            open(tx, caller, org, Wanted { name: one.name.clone(), mail: one.mail.clone() }).await?;
        }
    }
    if were.is_subset(&are) {
        return Ok(());
    }
    let cycles = running(app).await?;
    let still = store::application::awaiting(tx.db(), &app.sealer(), org, &cycles).await?;
    let still: BTreeSet<&String> = still.iter().flat_map(|it| &it.mails).collect();
    // Whose account is made by now keeps it: only what nobody has seen to is closed.
    for request in waiting.iter().filter(|it| it.state == Asked::Open && !still.contains(&it.mail)) {
        // What a colleague asked for beside any application is theirs.
        if were.contains(&request.mail) && Some(request.asked_by) == caller.actor.account() {
            step(tx, &caller.actor, request, Step::TakeBack).await?;
        }
    }
    Ok(())
}

/// Gives `account`, which is active now, its part in every application of its university that awaits it, tells those
/// who lead them, and closes what was asked for it. `actor` did it.
pub(crate) async fn bind(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    account: &Account,
    actor: &Actor,
) -> Result<(), Error> {
    let mail = address(&account.mail);
    if account.state != AccountState::Active || !answers(account, &mail) {
        return Ok(());
    }
    store::org::lock(tx.db(), account.org).await?;
    let cycles = running(app).await?;
    let sealer = app.sealer();
    let awaiting = store::application::awaiting(tx.db(), &sealer, account.org, &cycles).await?;
    let mut told = Vec::new();
    // One by one, each behind its cycle: somebody is awaited in few.
    for one in awaiting.into_iter().filter(|it| it.mails.contains(&mail)) {
        let cycle = store::cycle::lock_id(tx.db(), one.cycle).await?;
        let before = store::application::lock(tx.db(), &sealer, &[Scope::All], &Name::Draft(one.id)).await?;
        let Some(after) = joined(&before, account.id, &mail) else { continue };
        store::application::save(tx.db(), &sealer, &before, &after).await?;
        told.push(Telling {
            cycle: Some(cycle.year()),
            record: after.name().to_string(),
            audiences: of_joining(&before, &after),
            quiet: after.opened_at.is_none(),
        });
    }
    tell_all(app, tx, caller, &told).await?;
    let waiting =
        store::account::request::lock_waiting(tx.db(), account.org, &BTreeSet::from([mail])).await?;
    for request in waiting {
        step(tx, actor, &request, Step::Finish).await?;
    }
    Ok(())
}

/// The cycles in which applications still live.
async fn running(app: &App) -> Result<BTreeSet<CycleId>, Error> {
    let opened = crate::cycle::opened(app).await?;
    Ok(opened.iter().filter(|cycle| cycle.phase != Phase::Closed).map(|cycle| cycle.id).collect())
}
