//! Sign-off 签发: chains that organisations set, rounds that pass them, sealed pages.
//!
//! A record that leaves asks here in its own transaction (`ask`), makes void what was signed when it changes (`void`),
//! and is let go by the last signature (`act`), each in one transaction.

mod act;
mod audited;
mod chain;
mod seal;

use crate::message::{Telling, tell_all};
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::Account;
use ronghe_domain::application::Name as ApplicationName;
use ronghe_domain::application::rules::Scope as ApplicationScope;
use ronghe_domain::audit;
use ronghe_domain::cycle::{Cycle, CycleYear};
use ronghe_domain::kernel::{
    AccountId, Actor, ApplicationId, CycleId, NeedId, Offer, OrgId, SignOffId, SummaryId, Version,
};
use ronghe_domain::message::{Audience, Kind as Told};
use ronghe_domain::need::district::summary::Scope as SummaryScope;
use ronghe_domain::need::rules::Scope as NeedScope;
use ronghe_domain::sign_off::rules::{self, Scope};
use ronghe_domain::sign_off::{Action, Chain, Ended, Facts, Kind, Refusal, Round, State, Step, Subject};
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

pub use act::{Act, Done, act};
pub use chain::{Chained, chains, set};
pub use ronghe_store::sign_off::Filter;
pub use seal::{Page, download, may_seal, note, page, seal};

/// A record that is about to leave, as its own feature knows it.
#[derive(Clone, Debug)]
pub(crate) struct Leaving {
    pub org: OrgId,
    pub subject: Subject,
    /// What people call it, and its title.
    pub name: String,
    pub title: String,
    /// Of what stands in it now.
    pub hash: String,
    /// Who prepared it, the caller among them where they ask.
    pub preparers: Vec<AccountId>,
    pub own_funds: bool,
    /// Its organisation alone knows of it.
    pub sealed: bool,
    /// Who is asked first where they may sign.
    pub first: Vec<AccountId>,
}

/// A round with what its reader must know beyond it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub round: Round,
    /// Of the cycle that it belongs to: it may be a rehearsal's.
    pub year: Option<CycleYear>,
    pub chain: Option<Chain>,
    pub offers: Vec<Offer<Action, Refusal>>,
}

/// Rounds that the caller reads, newest first.
///
/// # Errors
/// `Hidden` for who reads none.
pub async fn list(app: &App, caller: &Caller, states: &[State]) -> Result<Vec<Shown>, Error> {
    let kinds: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| rules::scope(&caller.actor, *kind).is_some()).collect();
    let scope = kinds.first().and_then(|kind| rules::scope(&caller.actor, *kind)).ok_or(Error::Hidden)?;
    let filter = Filter { kinds, states: states.to_vec(), limit: MOST };
    let rounds = store::sign_off::list(app.db().reader(), &app.sealer(), scope, &filter).await?;
    let register = app.register().await?;
    let cycles = cycles_of(app, rounds.iter()).await?;
    let year = |round: &Round| cycles.get(&round.subject.id).map(|cycle| cycle.year());
    let shown = |round: Round| {
        let year = year(&round);
        shown(caller, &register, round, year)
    };
    Ok(rounds.into_iter().map(shown).collect())
}

/// Rounds that are looked at in one list.
const MOST: u64 = 200;

/// One round.
///
/// # Errors
/// `Hidden` where there is none that the caller reads.
pub async fn show(app: &App, caller: &Caller, id: &str) -> Result<Shown, Error> {
    let round = read(app, caller, id).await?;
    let register = app.register().await?;
    let year = year_of(app, &round).await?;
    Ok(shown(caller, &register, round, year))
}

/// Rounds of a subject, newest first, as far as the caller reads them.
pub(crate) async fn of(app: &App, caller: &Caller, subject: Subject) -> Result<Vec<Round>, Error> {
    if rules::scope(&caller.actor, subject.kind).is_none() {
        return Ok(Vec::new());
    }
    let rounds = store::sign_off::last(app.db().reader(), &app.sealer(), subject).await?;
    Ok(rounds.into_iter().filter(|round| rules::visible(&caller.actor, round)).collect())
}

async fn read(app: &App, caller: &Caller, id: &str) -> Result<Round, Error> {
    let id: SignOffId = id.trim().parse().map_err(|_| Error::Hidden)?;
    let round = store::sign_off::of(app.db().reader(), &app.sealer(), id).await?;
    if rules::visible(&caller.actor, &round) { Ok(round) } else { Err(Error::Hidden) }
}

/// What the caller can do with `round`, as far as the register knows: what stands in the subject is looked at when it
/// is done.
#[must_use]
pub fn shown(caller: &Caller, register: &Register, round: Round, year: Option<CycleYear>) -> Shown {
    let chain = register.chain(round.org, round.subject.kind).cloned();
    let facts = Facts {
        chain: chain.as_ref(),
        active: &BTreeSet::new(),
        preparers: &round.preparers,
        prepares: rules::prepares(&caller.actor, &round),
        hash: &round.hash,
        own_funds: false,
    };
    // Asking belongs to the subject's own page.
    let mut offers = rules::offers(&caller.actor, Some(&round), &facts);
    offers.retain(|offer| offer.action != Action::Ask);
    Shown { round, year, chain, offers }
}

/// The cycles that rounds belong to, by the ids of what is signed.
pub(crate) async fn cycles_of(
    app: &App,
    rounds: impl Iterator<Item = &Round>,
) -> Result<BTreeMap<Uuid, Arc<Cycle>>, Error> {
    let found = store::sign_off::cycles(app.db().reader(), rounds.map(|round| round.subject)).await?;
    let register = app.register().await?;
    let known = |(id, cycle)| Some((id, Arc::clone(register.cycle(cycle)?)));
    Ok(found.into_iter().filter_map(known).collect())
}

/// The year of the cycle that a round belongs to.
async fn year_of(app: &App, round: &Round) -> Result<Option<CycleYear>, Error> {
    Ok(cycles_of(app, std::iter::once(round)).await?.into_values().next().map(|cycle| cycle.year()))
}

/// Asks for sign-off of what would leave; its own rules have let it pass.
pub(crate) async fn ask(app: &App, tx: &Tx, caller: &Caller, leaving: Leaving) -> Result<Round, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let Leaving { org, subject, name, title, hash, mut preparers, own_funds, sealed, first } = leaving;
    if !preparers.contains(&account) {
        preparers.push(account);
    }
    let chain = store::sign_off::lock_chain(tx.db(), org, subject.kind).await?;
    let people = people(tx, org, subject.kind).await?;
    let active: BTreeSet<AccountId> = people.iter().map(|person| person.id).collect();
    let before = store::sign_off::last(tx.db(), tx.sealer(), subject).await?.into_iter().next();
    let facts = Facts {
        chain: chain.as_ref(),
        active: &active,
        preparers: &preparers,
        prepares: true,
        hash: &hash,
        own_funds,
    };
    let state = rules::decide(&caller.actor, before.as_ref(), &facts, Action::Ask).map_err(Error::refused)?;
    let chain = chain.ok_or(Error::Hidden)?;
    let round = Round {
        id: SignOffId(tx.new_id()),
        org,
        subject,
        name,
        title,
        steps: chain.asked(own_funds),
        hash,
        asked_by: account,
        asked_at: tx.now(),
        preparers,
        signatures: Vec::new(),
        state,
        ended: None,
        sealed,
        version: Version::FIRST,
    };
    store::sign_off::insert(tx.db(), tx.sealer(), &round).await?;
    if !sealed {
        tx.created(audit::Action::Ask, &round);
    }
    tell_next(app, tx, caller, &chain, &round, &first).await?;
    Ok(round)
}

/// Makes void what runs of a subject that was changed; what was signed stays on record.
pub(crate) async fn void(
    tx: &Tx,
    org: OrgId,
    subject: Subject,
    by: Option<AccountId>,
    reason: &str,
) -> Result<(), Error> {
    stop(tx, org, subject, State::Voided, by, reason).await
}

/// Takes back what runs of a subject, by who prepares it.
pub(crate) async fn recall(
    tx: &Tx,
    org: OrgId,
    subject: Subject,
    by: Option<AccountId>,
) -> Result<(), Error> {
    stop(tx, org, subject, State::Recalled, by, "").await
}

async fn stop(
    tx: &Tx,
    org: OrgId,
    subject: Subject,
    state: State,
    by: Option<AccountId>,
    reason: &str,
) -> Result<(), Error> {
    let open = store::sign_off::lock_open(tx.db(), tx.sealer(), org, subject.kind, Some(subject)).await?;
    for round in &open {
        end(tx, round, state, by, reason).await?;
    }
    Ok(())
}

/// Makes void what runs in a cycle that has moved on: its window has closed, and nobody could sign it to the end.
pub(crate) async fn void_all(tx: &Tx, cycle: CycleId, by: AccountId) -> Result<(), Error> {
    for round in store::sign_off::lock_open_in(tx.db(), tx.sealer(), cycle).await? {
        end(tx, &round, State::Voided, Some(by), MOVED_ON).await?;
        act::let_fall(tx, &round).await?;
    }
    Ok(())
}

/// Why what runs is void then.
pub(crate) const MOVED_ON: &str = "周期阶段已变 The cycle has moved on";

/// Ends a round without its last signature.
pub(crate) async fn end(
    tx: &Tx,
    round: &Round,
    state: State,
    by: Option<AccountId>,
    reason: &str,
) -> Result<Round, Error> {
    let by = by.unwrap_or(round.asked_by);
    let after = round.ended(state, Ended { by, at: tx.now(), reason: reason.to_owned() });
    store::sign_off::save(tx.db(), tx.sealer(), round.version, &after).await?;
    match state {
        // Nobody outside its organisation knows that there was one.
        _ if round.sealed => {}
        State::Voided => tx.changed_by(audit::Action::Void, round, &after, Actor::System),
        State::SentBack => tx.changed(audit::Action::Return, round, &after),
        _ => tx.changed(audit::Action::Withdraw, round, &after),
    }
    Ok(after)
}

/// The active people of an organisation who prepare and sign a kind of document.
async fn people(tx: &Tx, org: OrgId, kind: Kind) -> Result<Vec<Account>, Error> {
    Ok(store::account::active(tx.db(), rules::roles(kind), Some(org)).await?)
}

/// Tells those who may sign the step whose turn it is; those of them alone who are asked first, where there are any.
async fn tell_next(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    chain: &Chain,
    round: &Round,
    first: &[AccountId],
) -> Result<(), Error> {
    let signers = round.next().and_then(|at| chain.step(at)).map(|step: &Step| step.signers.clone());
    let could = |account: &AccountId| !round.preparers.contains(account);
    let mut asked: Vec<AccountId> = signers.unwrap_or_default().into_iter().filter(could).collect();
    if asked.iter().any(|account| first.contains(account)) {
        asked.retain(|account| first.contains(account));
    }
    let told = asked.into_iter().map(|account| (Told::SignOffAsked, Audience::Person(account))).collect();
    tell_of(app, tx, caller, round, told).await
}

/// Tells who asked for it.
async fn tell_asker(app: &App, tx: &Tx, caller: &Caller, round: &Round, kind: Told) -> Result<(), Error> {
    tell_of(app, tx, caller, round, vec![(kind, Audience::Person(round.asked_by))]).await
}

async fn tell_of(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    round: &Round,
    audiences: Vec<(Told, Audience)>,
) -> Result<(), Error> {
    let cycle = cycle_of(tx, round).await?;
    let one = Telling { cycle, record: round.id.to_string(), audiences, quiet: round.sealed };
    tell_all(app, tx, caller, &[one]).await
}

/// The cycle that the subject of a round belongs to: its id does not say whether it is a rehearsal's.
async fn cycle_of(tx: &Tx, round: &Round) -> Result<Option<CycleYear>, Error> {
    match round.subject.kind {
        Kind::Need => {
            let rows = store::need::rows(tx.db(), &[NeedScope::All], [NeedId(round.subject.id)]).await?;
            Ok(rows.first().map(|row| row.year))
        }
        Kind::DistrictSummary => {
            let id = SummaryId(round.subject.id);
            let summary =
                store::need::district::summary::get(tx.db(), SummaryScope::Of(round.org), id).await?;
            Ok(Some(store::cycle::lock_id(tx.db(), summary.cycle).await?.year()))
        }
        Kind::Application => {
            let name = ApplicationName::Draft(ApplicationId(round.subject.id));
            let cycle = store::application::cycle_of(tx.db(), &[ApplicationScope::All], &name).await?;
            Ok(Some(store::cycle::lock_id(tx.db(), cycle).await?.year()))
        }
        Kind::Report => Ok(None),
    }
}

/// The cycle that a subject belongs to, as far as the caller reads it.
pub(crate) async fn cycle_of_subject(
    app: &App,
    caller: &Caller,
    subject: Subject,
) -> Result<Option<CycleId>, Error> {
    match subject.kind {
        Kind::Need => {
            let id = NeedId(subject.id);
            let rows = store::need::rows(app.db().reader(), &[NeedScope::All], [id]).await?;
            Ok(rows.first().map(|row| row.cycle))
        }
        Kind::DistrictSummary => crate::need::cycle_of_summary(app, caller, subject).await.map(Some),
        Kind::Application => {
            let name = ApplicationName::Draft(ApplicationId(subject.id));
            let db = app.db().reader();
            Ok(Some(store::application::cycle_of(db, &[ApplicationScope::All], &name).await?))
        }
        Kind::Report => Ok(None),
    }
}

/// A refusal on a round, kept in the chain; what is sealed stands outside it.
fn refusal_of(round: &Round, action: Action, refusal: Refusal) -> Error {
    if round.sealed {
        return Error::refused(refusal);
    }
    let action = match action {
        Action::Ask => audit::Action::Ask,
        Action::Sign => audit::Action::Sign,
        Action::SendBack => audit::Action::Return,
        Action::Recall => audit::Action::Withdraw,
        Action::Void => audit::Action::Void,
    };
    refused(round, action, refusal)
}

/// How many rounds wait for the caller's own signature, and the first of them.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting(app: &App, caller: &Caller) -> Result<(Vec<Round>, Vec<Round>), Error> {
    let register = app.register().await?;
    let Some(org) = caller.actor.org() else { return Ok((Vec::new(), Vec::new())) };
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| rules::works_for(&caller.actor, *kind) && register.chain(org, *kind).is_some())
        .collect();
    if kinds.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let filter = Filter { kinds, states: vec![State::Signing], limit: MOST };
    let rounds = store::sign_off::list(app.db().reader(), &app.sealer(), Scope::Of(org), &filter).await?;
    let mine = |round: &Round| {
        let shown = shown(caller, &register, round.clone(), None);
        shown.offers.iter().any(|offer| offer.action == Action::Sign && offer.barred.is_none())
    };
    Ok(rounds.into_iter().partition(mine))
}
