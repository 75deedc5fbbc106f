//! Making, opening and moving yearly cycles.

mod carry;

use crate::application;
use crate::message::tell;
use crate::need::policy_of;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, Register};
pub(crate) use carry::leave_open;
use carry::{carry_needs, carry_returns};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::cycle::draft::{ExtensionDraft, reason};
use ronghe_domain::cycle::rehearsal::{check_clock, next_number};
use ronghe_domain::cycle::rules::{self, Facts};
use ronghe_domain::cycle::{
    Action, Clock, Content, Cycle, CycleDraft, CycleYear, PartDraft, Phase, Refusal, Rehearsal, Value,
};
use ronghe_domain::kernel::{AccountId, CycleId, FieldProblem, Instant, Offer, Version, day_in_shanghai};
use ronghe_domain::message::{self, Kind};
use ronghe_domain::policy::rules::status;
use ronghe_store as store;
use std::sync::Arc;

/// What is done to a cycle, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Open,
    Advance,
    Extend(ExtensionDraft),
    /// Back to the phase before, with the reason.
    Back(String),
    /// A part changed, with the reason.
    Revise(PartDraft, String),
    /// What the clock of a rehearsal shall show.
    SetClock(String),
    /// A rehearsal ends.
    Finish,
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Open => Action::Open,
            Self::Advance => Action::Advance,
            Self::Extend(_) => Action::Extend,
            Self::Back(_) => Action::Back,
            Self::Revise(part, _) => part.part().action(),
            Self::SetClock(_) => Action::SetClock,
            Self::Finish => Action::Finish,
        }
    }
}

/// The cycles that the caller may see, newest year first, rehearsals behind them.
///
/// # Errors
/// Where the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Arc<Cycle>>, Error> {
    Ok(app.register().await?.cycles_of(&caller.actor))
}

/// The cycle of `year`, where the caller may see it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, year: &str) -> Result<Arc<Cycle>, Error> {
    let year = number(year)?;
    let seen = app.register().await?.cycles_of(&caller.actor);
    seen.into_iter().find(|cycle| cycle.year() == year).ok_or(Error::Hidden)
}

/// The year after the cycle of `year`, as it would be typed: to be looked through, changed and made.
///
/// # Errors
/// Where the caller is not of the lead office, or may not see the cycle.
pub async fn following(app: &App, caller: &Caller, year: &str) -> Result<CycleDraft, Error> {
    let cycle = show(app, caller, year).await?;
    rules::may_make(&caller.actor).map_err(Error::refused)?;
    let register = app.register().await?;
    let policy = register.policies.iter().find(|policy| policy.id == cycle.content.policy);
    let slug = policy.map(|policy| policy.slug.as_str()).unwrap_or_default();
    Ok(CycleDraft::following(&cycle.content, slug, cycle.content.year + 1))
}

/// The cycles that are opened, newest year first, rehearsals behind them.
///
/// # Errors
/// Where the database does not answer.
pub async fn opened(app: &App) -> Result<Vec<Arc<Cycle>>, Error> {
    Ok(app.register().await?.cycles.clone())
}

/// The cycle in which needs are filed now: the newest that is opened and no rehearsal.
///
/// # Errors
/// Where the database does not answer.
pub async fn current(app: &App) -> Result<Option<Arc<Cycle>>, Error> {
    Ok(app.register().await?.real().next().map(Arc::clone))
}

/// What the caller may do with `cycle`, in which so many needs are [`undecided`].
#[must_use]
pub fn offers(
    app: &App,
    caller: &Caller,
    cycle: &Cycle,
    register: &Register,
    undecided: u32,
) -> Vec<Offer<Action, Refusal>> {
    let facts = Facts { undecided, ..facts(cycle, register, app.now()) };
    rules::offers(&caller.actor, cycle, facts, app.now())
}

/// Needs in 遴选 without a verdict; counted for who runs cycles, none for everybody else.
///
/// # Errors
/// Where the database does not answer.
pub async fn undecided(app: &App, caller: &Caller, cycle: CycleId) -> Result<u32, Error> {
    match rules::may_make(&caller.actor) {
        Ok(()) => Ok(store::need::undecided(app.db().reader(), cycle).await?),
        Err(_) => Ok(0),
    }
}

/// Makes a cycle, in preparation.
///
/// # Errors
/// Where the caller is not of the lead office, fields do not hold, or the year has one.
pub async fn make(app: &App, caller: &Caller, draft: &CycleDraft) -> Result<Cycle, Error> {
    caller.needs(TokenScope::WriteCycle)?;
    rules::may_make(&caller.actor).map_err(Error::refused)?;
    let register = app.register().await?;
    let content = ruled(check(draft, &register)?, draft, caller, &register)?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let made = app.write(caller, |tx: Tx| {
        let content = content.clone();
        async move {
            let cycle = Cycle {
                id: CycleId(tx.new_id()),
                phase: Phase::Preparing,
                content,
                moves: Vec::new(),
                extensions: Vec::new(),
                revisions: Vec::new(),
                rehearsal: None,
                made_by: account,
                version: Version::FIRST,
            };
            store::cycle::insert(tx.db(), &cycle).await.map_err(|error| taken(error, &cycle))?;
            tx.created(audit::Action::Create, &cycle);
            Ok(cycle)
        }
    });
    let made = made.await?;
    app.register_changed().await;
    Ok(made)
}

/// Makes a rehearsal of a cycle, in preparation: with the same plan, budget and rules, and a clock of its own.
///
/// # Errors
/// Where the caller is not of the lead office, or the cycle is a rehearsal itself.
pub async fn rehearse(app: &App, caller: &Caller, year: &str) -> Result<Cycle, Error> {
    caller.needs(TokenScope::WriteCycle)?;
    let year = number(year)?;
    let register = app.register().await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let made = app.write(caller, |tx: Tx| {
        let register = register.clone();
        async move {
            // Two rehearsals made at once wait for one another here.
            let of = lock_year(&tx, caller, year).await?;
            decide(&tx, caller, &of, facts(&of, &register, tx.now()), Action::Rehearse)?;
            let there = store::cycle::list(tx.db(), store::cycle::Scope::All).await?;
            let number = next_number(of.content.year, there.iter().map(Cycle::year));
            let number = number.ok_or_else(|| Error::field("year", FieldProblem::TooMany { max: 99 }))?;
            let cycle = Cycle {
                id: CycleId(tx.new_id()),
                phase: Phase::Preparing,
                moves: Vec::new(),
                extensions: Vec::new(),
                revisions: Vec::new(),
                rehearsal: Some(Rehearsal { number, clock: Clock::default() }),
                made_by: account,
                version: Version::FIRST,
                content: of.content,
            };
            store::cycle::insert(tx.db(), &cycle).await?;
            tx.created(audit::Action::Create, &cycle);
            Ok(cycle)
        }
    });
    let made = made.await?;
    app.register_changed().await;
    Ok(made)
}

/// Changes a cycle in preparation.
///
/// # Errors
/// Where the caller may not, fields do not hold, or it was changed since `seen`.
pub async fn change(
    app: &App,
    caller: &Caller,
    year: &str,
    draft: &CycleDraft,
    seen: Version,
) -> Result<Cycle, Error> {
    caller.needs(TokenScope::WriteCycle)?;
    let year = number(year)?;
    let register = app.register().await?;
    let changed = app.write(caller, |tx: Tx| {
        let register = register.clone();
        async move {
            let before = lock_year(&tx, caller, year).await?;
            decide(&tx, caller, &before, facts(&before, &register, tx.now()), Action::Change)?;
            fresh(&before, seen)?;
            let content = check(draft, &register)?.with_rules_of(&before.content);
            let content = ruled(content, draft, caller, &register)?;
            // A rehearsal is one of its year.
            if before.rehearsal.is_some() && content.year != before.content.year {
                return Err(Error::field("year", FieldProblem::NotOpen));
            }
            let after = Cycle { content, version: before.version.next(), ..before.clone() };
            store::cycle::save(tx.db(), &after, seen).await.map_err(|error| taken(error, &after))?;
            tx.changed(audit::Action::Change, &before, &after);
            Ok(after)
        }
    });
    let changed = changed.await?;
    app.register_changed().await;
    Ok(changed)
}

/// Opens a cycle, moves it on or back, or sets an end later.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, year: &str, act: Act, seen: Version) -> Result<Cycle, Error> {
    caller.needs(TokenScope::Decide)?;
    let year = number(year)?;
    let register = app.register().await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let done = app
        .write(caller, |tx: Tx| {
            let (register, act) = (register.clone(), act.clone());
            async move {
                let before = lock_year(&tx, caller, year).await?;
                // What is kept in memory may be a second old where several processes serve.
                let listed = store::need_list::is_published(tx.db(), before.id).await?;
                let undecided = store::need::undecided(tx.db(), before.id).await?;
                let facts = Facts { listed, undecided, ..facts(&before, &register, tx.now()) };
                let to = decide(&tx, caller, &before, facts, act.action())?;
                app.fresh(caller)?;
                fresh(&before, seen)?;
                let after = after(&act, &before, to, account, &register, tx.now())?;
                store::cycle::save(tx.db(), &after, seen).await?;
                tx.changed(audit_action(act.action()), &before, &after);
                carry_needs(&tx, &before, &after).await?;
                if act.action() == Action::Back {
                    crate::need_list::reopened(app, &tx, caller, &after).await?;
                }
                carry_returns(&tx, &before, &after, act.action()).await?;
                if before.phase != after.phase {
                    crate::sign_off::void_all(&tx, after.id, account).await?;
                    application::moved_on(&tx, &after, account).await?;
                }
                application::open_with_cycle(app, &tx, caller, &before, &after).await?;
                let concerned = message::of_cycle(act.action(), before.phase, after.phase);
                if let Some((kind, concerned)) = told(act.action()).zip(concerned) {
                    tell(app, &tx, caller, (Some(after.year()), &after.name()), &[(kind, concerned)]).await?;
                }
                Ok(after)
            }
        })
        .await?;
    app.register_changed().await;
    Ok(done)
}

/// The cycle after `act`, which leads to the phase `to`.
fn after(
    act: &Act,
    before: &Cycle,
    to: Phase,
    by: AccountId,
    register: &Register,
    now: Instant,
) -> Result<Cycle, Error> {
    Ok(match act {
        Act::Open | Act::Advance | Act::Finish => before.moved(to, "", by, now),
        Act::SetClock(shown) => before.with_clock(check_clock(shown, before, now).map_err(Error::Invalid)?),
        Act::Back(why) => before.moved(to, &needed_reason(why)?, by, now),
        Act::Revise(part, why) => {
            // Nobody but the lead office sees a cycle in preparation: there is nobody to tell why.
            let prepared = before.phase == Phase::Preparing;
            let why = if prepared { why.trim().to_owned() } else { needed_reason(why)? };
            before.revised(checked(part, before, register)?, &why, by, now)
        }
        Act::Extend(draft) => before.extended(draft.check(before, by, now).map_err(Error::Invalid)?),
    })
}

/// What those whom the phase concerns are told; what a clock shows is read where it matters.
const fn told(action: Action) -> Option<Kind> {
    match action {
        Action::SetClock => None,
        Action::Open => Some(Kind::CycleOpened),
        Action::Extend => Some(Kind::EndExtended),
        Action::Advance | Action::Back | Action::Change | Action::Rehearse | Action::Finish => {
            Some(Kind::PhaseChanged)
        }
        Action::RevisePlan
        | Action::ReviseBudget
        | Action::ReviseSelection
        | Action::ReviseRubric
        | Action::ReviseFrame
        | Action::ReviseApproval
        | Action::ReviseAffinity => Some(Kind::CycleRevised),
    }
}

fn facts(cycle: &Cycle, register: &Register, now: Instant) -> Facts {
    let policy = register.policies.iter().find(|policy| policy.id == cycle.content.policy);
    let listed = register.lists_of(cycle.id).next().is_some();
    // A rehearsal opens on the day that its own clock shows.
    let today = day_in_shanghai(cycle.now(now));
    Facts { policy: policy.and_then(|policy| status(policy, today)), listed, undecided: 0 }
}

fn check(draft: &CycleDraft, register: &Register) -> Result<Content, Error> {
    let policy = register.policy(draft.policy.trim()).map(|policy| policy.id);
    draft.check(policy).map_err(Error::Invalid)
}

/// With the rules of the year that the draft names, where it names one.
fn ruled(
    content: Content,
    draft: &CycleDraft,
    caller: &Caller,
    register: &Register,
) -> Result<Content, Error> {
    let named = draft.rules_of.trim();
    if named.is_empty() {
        return Ok(content);
    }
    let found = register.cycles_of(&caller.actor).into_iter().find(|cycle| cycle.name() == named);
    let unknown = || FieldProblem::Unknown { got: named.to_owned(), nearest: Vec::new() };
    let other = found.ok_or_else(|| Error::field("rules_of", unknown()))?;
    Ok(content.with_rules_of(&other.content))
}

/// What a part says, where it holds and says something else than before.
fn checked(part: &PartDraft, cycle: &Cycle, register: &Register) -> Result<Value, Error> {
    let policy = policy_of(cycle, register).ok_or(Error::Hidden)?;
    let value = part.check(cycle, policy, &register.directory).map_err(Error::Invalid)?;
    if value == cycle.content.value(value.part()) {
        let other = "before".to_owned();
        return Err(Error::field(value.part().name(), FieldProblem::SameAs { other }));
    }
    Ok(value)
}

fn needed_reason(why: &str) -> Result<String, Error> {
    let mut errors = Vec::new();
    let why = reason(&mut errors, why);
    if errors.is_empty() { Ok(why) } else { Err(Error::Invalid(errors)) }
}

/// A name that is none leads nowhere.
fn number(year: &str) -> Result<CycleYear, Error> {
    CycleYear::parse(year).ok_or(Error::Hidden)
}

/// The cycle that is called so, locked: cycles are locked before their records.
pub(crate) async fn lock(tx: &Tx, caller: &Caller, year: &str) -> Result<Cycle, Error> {
    lock_year(tx, caller, number(year)?).await
}

async fn lock_year(tx: &Tx, caller: &Caller, year: CycleYear) -> Result<Cycle, Error> {
    let cycle = store::cycle::lock(tx.db(), year).await?;
    tx.after_locks().await?;
    if rules::visible(&caller.actor, &cycle) { Ok(cycle) } else { Err(Error::Hidden) }
}

fn decide(tx: &Tx, caller: &Caller, cycle: &Cycle, facts: Facts, action: Action) -> Result<Phase, Error> {
    rules::decide(&caller.actor, cycle, facts, action, tx.now())
        .map_err(|refusal| refused(cycle, audit_action(action), refusal))
}

fn fresh(cycle: &Cycle, seen: Version) -> Result<(), Error> {
    if cycle.version == seen { Ok(()) } else { Err(Error::Stale { current: Some(cycle.version) }) }
}

fn taken(error: store::Error, cycle: &Cycle) -> Error {
    match error {
        store::Error::Conflict(store::Constraint::Year) => {
            Error::field("year", FieldProblem::Twice { got: cycle.name() })
        }
        error => error.into(),
    }
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Change => audit::Action::Change,
        Action::Open => audit::Action::Open,
        Action::Advance => audit::Action::Advance,
        Action::Extend => audit::Action::Extend,
        Action::Back => audit::Action::Back,
        Action::Rehearse => audit::Action::Create,
        Action::SetClock => audit::Action::SetClock,
        Action::Finish => audit::Action::Finish,
        Action::RevisePlan
        | Action::ReviseBudget
        | Action::ReviseSelection
        | Action::ReviseRubric
        | Action::ReviseFrame
        | Action::ReviseApproval
        | Action::ReviseAffinity => audit::Action::Revise,
    }
}
