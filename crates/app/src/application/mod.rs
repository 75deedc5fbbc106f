//! Applying for listed needs: drafts that save themselves, submission under seal, the opening, the formal check.
//!
//! Until its seal is opened an application stands outside the audit chain, as drafts do: its events would tell how many
//! there are. What was submitted lies in versions that never change, and its receipt names their hash.

mod awaited;
mod facts;
mod files;
mod leaving;
mod opening;
mod opinion;
mod sight;
mod team;
mod versions;

use self::facts::{Known, known};
use crate::crypto::{Sealer, random};
use crate::message::tell;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::request::AccountRequest;
use ronghe_domain::account::{Account, Scope as TokenScope};
use ronghe_domain::application::draft::{Context, Filed, beyond};
use ronghe_domain::application::formal::ReturnDraft;
use ronghe_domain::application::opinion::read_in;
use ronghe_domain::application::rules::{self, Facts};
use ronghe_domain::application::{
    Action, Application, ApplicationDraft, Content, Duty, Member, Name, Place, Refusal, Row, State,
    Submission, version,
};
use ronghe_domain::audit;
use ronghe_domain::cycle::{Cycle, CycleYear};
use ronghe_domain::kernel::{
    AccountId, Actor, ApplicationId, FieldError, Instant, Offer, OrgId, Role, Version,
};
use ronghe_domain::message::of_application;
use ronghe_domain::need::{Name as NeedName, Need};
use ronghe_domain::sign_off::Gate;
use ronghe_store as store;
use ronghe_store::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) use awaited::bind;
pub use files::{Attach, attach, detach, download, may_attach};
pub(crate) use leaving::{HeldApplication, hold, let_fall, let_go, moved_on};
pub(crate) use opening::open_with_cycle;
pub use opening::{open_due, standing};
pub(crate) use opinion::Voiced;
pub use opinion::{Opined, opine, stances, waiting};
pub use ronghe_store::application::{Cursor, Filter, Sort};
pub use sight::{needs_of, show_whole};
pub(crate) use team::unfinished;
pub use team::{Person, Typed, invite, people};
pub use versions::{Compared, compare, versions};

/// What is done to an application, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Submit,
    Reopen,
    Withdraw,
    Accept,
    Return(ReturnDraft),
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Submit => Action::Submit,
            Self::Reopen => Action::Reopen,
            Self::Withdraw => Action::Withdraw,
            Self::Accept => Action::Accept,
            Self::Return(_) => Action::Return,
        }
    }
}

/// An application with what its reader must know beyond it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub application: Application,
    pub cycle: Arc<Cycle>,
    /// The need that it answers.
    pub need: Need,
    pub facts: Facts,
    /// What does not hold of the draft; empty where the reader does not see it.
    pub errors: Vec<FieldError>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// What its need's unit thinks of it; nothing where the reader does not read that.
    pub opinion: Option<Opined>,
    /// Of what would be submitted now; nothing where it does not hold, or the reader does not see it.
    pub hash: Option<String>,
    /// It promises money of the university's own.
    pub own_funds: bool,
    /// Files at what is written; empty where the reader does not see that.
    pub files: Vec<Filed>,
    /// Who has a part in it, and who submitted it last; nobody where the reader does not see that.
    pub people: Vec<Account>,
    /// What was asked for those who have no account yet, newest first; nothing where the reader does not see them.
    pub requests: Vec<AccountRequest>,
    /// What was submitted, each time; nothing where the reader does not see that.
    pub submissions: Vec<Submission>,
}

/// The applications that the caller may see, and how many there are.
///
/// # Errors
/// `Unauthenticated` for visitors.
pub async fn list(app: &App, caller: &Caller, filter: &Filter) -> Result<(Vec<Row>, u64), Error> {
    if caller.actor == Actor::Visitor {
        return Err(Error::Unauthenticated);
    }
    let mut scope = rules::scope(&caller.actor);
    let mut filter = sight::apart(app, filter).await?;
    // By what a list is narrowed to nobody learns what they do not read.
    if filter.opinion.is_some() {
        scope.retain(|part| read_in(*part));
        filter.but_of = caller.actor.org();
    }
    Ok(store::application::list(app.db().reader(), &app.sealer(), &scope, &filter).await?)
}

/// One application, where the caller may see it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, name: &str) -> Result<Shown, Error> {
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let scope = rules::scope(&caller.actor);
    let found = store::application::get(app.db().reader(), &app.sealer(), &scope, &name).await?;
    let cycle = Arc::clone(app.register().await?.cycle(found.cycle).ok_or(Error::Hidden)?);
    shown(app, app.db().reader(), caller, found, cycle, app.now()).await
}

/// `application` with what the caller can do with it, read by `db` at `now`.
async fn shown<C: Connection>(
    app: &App,
    db: &C,
    caller: &Caller,
    application: Application,
    cycle: Arc<Cycle>,
    now: Instant,
) -> Result<Shown, Error> {
    let (register, sealer) = (app.register().await?, app.sealer());
    let Known { need, facts, errors, files, content } =
        known(db, &sealer, &caller.actor, &application, &cycle, &register).await?;
    let offers = rules::offers(&caller.actor, &application, &facts, now);
    let place = Place::of(&application, need.unit);
    let opinion = opinion::read(db, caller, &application, place, cycle.phase).await?;
    let own = rules::sees_draft(&caller.actor, &application);
    let current = content.ok().filter(|_| own && application.state.is_open());
    let own_funds = current.as_ref().or(application.content.as_ref()).is_some_and(Content::own_funds);
    let hash = current.as_ref().map(version::hash);
    let shown = Shown {
        application,
        cycle,
        need,
        facts,
        errors,
        offers,
        opinion,
        hash,
        own_funds,
        files,
        people: Vec::new(),
        requests: Vec::new(),
        submissions: Vec::new(),
    };
    if !own {
        return Ok(Shown { errors: Vec::new(), files: Vec::new(), ..shown });
    }
    let application = &shown.application;
    let submissions = store::application::version::list(db, &sealer, application.id).await?;
    let of: BTreeSet<AccountId> = application.members.iter().map(|member| member.account).collect();
    let of = of.into_iter().chain(submissions.last().map(|it| it.by)).collect();
    let people = store::account::named(db, &of).await?;
    let mails = application.awaited.iter().map(|it| it.mail.clone()).collect();
    let requests = store::account::request::of_mails(db, application.university, &mails).await?;
    Ok(Shown { people, requests, submissions, ..shown })
}

/// Whether the caller may begin an application for a need, and the one that their university has.
///
/// # Errors
/// `Hidden` where the caller does not see the need.
pub async fn beginning(app: &App, caller: &Caller, need: &Need) -> Result<Beginning, Error> {
    let register = app.register().await?;
    let cycle = register.cycle(need.cycle).ok_or(Error::Hidden)?;
    let db = app.db().reader();
    let existing = match caller.actor.org() {
        Some(org) => store::application::applied(db, need.id, org, ApplicationId(uuid::Uuid::nil())).await?,
        None => None,
    };
    let facts = Facts {
        listing: store::need_list::listing(db, need.id).await?.map(|it| it.seq),
        opened: store::application::opening::of(db, cycle.id).await?.is_some(),
        applied: existing.is_some(),
        ..Facts::of(cycle)
    };
    let barred = rules::may_start(&caller.actor, &facts, app.now()).err();
    let existing = existing.filter(|_| caller.actor.has(Role::University));
    Ok(Beginning { barred, existing: existing.map(|id| Name::Draft(id).to_string()), closes: facts.closes })
}

/// Whether an application can be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Why not.
    pub barred: Option<Refusal>,
    /// How the application is named that the university has for the need.
    pub existing: Option<String>,
    /// When the window closes.
    pub closes: Option<Instant>,
}

/// Begins an application for a listed need; whoever begins it leads it.
///
/// # Errors
/// Where the need is not seen, or may not be applied for now.
pub async fn start(app: &App, caller: &Caller, need: &str) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let need = NeedName::parse(need).ok_or(Error::Hidden)?;
    let need = crate::need::seen(app, caller, need).await?;
    let (account, university) = (
        caller.actor.account().ok_or(Error::Unauthenticated)?,
        caller.actor.org().ok_or(Error::Unauthenticated)?,
    );
    app.write(caller, |tx: Tx| {
        let need = need.clone();
        async move {
            let cycle = store::cycle::lock_id(tx.db(), need.cycle).await?;
            tx.after_locks().await?;
            let nobody = ApplicationId(uuid::Uuid::nil());
            let applied = store::application::applied(tx.db(), need.id, university, nobody).await?;
            let facts = Facts {
                listing: store::need_list::listing(tx.db(), need.id).await?.map(|it| it.seq),
                opened: store::application::opening::of(tx.db(), cycle.id).await?.is_some(),
                applied: applied.is_some(),
                ..Facts::of(&cycle)
            };
            rules::may_start(&caller.actor, &facts, tx.now()).map_err(Error::refused)?;
            let draft = need.content.as_ref().map(ApplicationDraft::answering).unwrap_or_default();
            let begun = Application {
                id: ApplicationId(tx.new_id()),
                cycle: cycle.id,
                cycle_name: cycle.name(),
                seq: None,
                need: need.id,
                university,
                state: State::Draft,
                draft,
                content: None,
                submissions: 0,
                members: vec![Member { account, duty: Duty::Lead, sections: Vec::new() }],
                awaited: Vec::new(),
                writers: vec![account],
                returned: None,
                changed_at: tx.now(),
                submitted_at: None,
                opened_at: None,
                accepted_at: None,
                version: Version::FIRST,
            };
            store::application::insert(tx.db(), &app.sealer(), &begun).await.map_err(taken)?;
            shown(app, tx.db(), caller, begun, Arc::new(cycle), tx.now()).await
        }
    })
    .await
}

/// Keeps what was typed. It may be incomplete; nobody writes beyond their part, or beyond what a return opens.
///
/// # Errors
/// Where the caller may not, or not now; where a field is not theirs or not open; where it was changed since `seen`.
pub async fn save(
    app: &App,
    caller: &Caller,
    name: &str,
    draft: &ApplicationDraft,
    seen: Version,
) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (name, draft, register) = (name.clone(), draft.clone(), register.clone());
        async move {
            let (cycle, before) = lock(app, &tx, caller, &name).await?;
            let Known { facts, errors, .. } =
                known(tx.db(), &app.sealer(), &caller.actor, &before, &cycle, &register).await?;
            rules::decide(&caller.actor, &before, &facts, Action::Edit, tx.now())
                .map_err(|refusal| refusal_of(&before, Action::Edit, refusal))?;
            // A save whose answer was lost is no stale edit.
            if draft == before.draft {
                return shown(app, tx.db(), caller, before, Arc::new(cycle), tx.now()).await;
            }
            fresh(&before, seen)?;
            let closed = beyond(&caller.actor, &before, &draft, &errors);
            if !closed.is_empty() {
                return Err(Error::Invalid(closed));
            }
            let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
            let mut after = before.clone().written_by(account);
            after.draft = draft;
            // Others see a returned application, but not that somebody is writing in it.
            if before.opened_at.is_none() {
                after.changed_at = tx.now();
            }
            after.version = before.version.next();
            store::application::save(tx.db(), &app.sealer(), &before, &after).await?;
            shown(app, tx.db(), caller, after, Arc::new(cycle), tx.now()).await
        }
    })
    .await
}

/// Submits, reopens, withdraws, accepts or returns an application.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, name: &str, act: Act, seen: Version) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (name, act, register) = (name.clone(), act.clone(), register.clone());
        async move {
            let (cycle, before) = lock(app, &tx, caller, &name).await?;
            let action = act.action();
            let mut known = known(tx.db(), &app.sealer(), &caller.actor, &before, &cycle, &register).await?;
            if action == Action::Submit {
                known.facts.gate = leaving::gate_now(tx.db(), &before).await?;
            }
            let to = match rules::decide(&caller.actor, &before, &known.facts, action, tx.now()) {
                Ok(to) => to,
                Err(Refusal::Incomplete { .. }) => return Err(Error::Invalid(known.errors)),
                Err(refusal) => return Err(refusal_of(&before, action, refusal)),
            };
            fresh(&before, seen)?;
            if let Some(closes) = rules::closes(&before, &known.facts, action) {
                tx.in_time_until(closes);
            }
            if action == Action::Submit && known.facts.gate == Gate::Closed {
                let asked = leaving::ask(app, &tx, caller, &before, to, &known).await?;
                return shown(app, tx.db(), caller, asked, Arc::new(cycle), tx.now()).await;
            }
            if before.state == State::Signing {
                leaving::recall(&tx, caller, &before).await?;
            }
            let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
            if before.state == State::ReturnedForCorrection && action == Action::Accept {
                leaving::too_late(&tx, &before, account).await?;
            }
            let after = moved(app, &tx, account, &before, to, &known, &act).await?;
            keep(app, &tx, caller, (&before, &after), action, known.need.unit).await?;
            shown(app, tx.db(), caller, after, Arc::new(cycle), tx.now()).await
        }
    })
    .await
}

/// The application after `act` of `account`, which the rules let pass.
async fn moved(
    app: &App,
    tx: &Tx,
    account: AccountId,
    before: &Application,
    to: State,
    known: &Known,
    act: &Act,
) -> Result<Application, Error> {
    let mut after = before.clone();
    after.state = to;
    after.changed_at = tx.now();
    after.version = before.version.next();
    match act {
        Act::Submit => {
            let content = known.content.clone().map_err(Error::Invalid)?;
            after.submissions = before.submissions + 1;
            let submission = Submission {
                application: before.id,
                n: after.submissions,
                hash: version::hash(&content),
                content: content.clone(),
                receipt: version::receipt(random()?),
                by: account,
                at: known.facts.now(tx.now()),
            };
            store::application::version::insert(tx.db(), &app.sealer(), &submission).await?;
            after.content = Some(content);
            after.returned = None;
            after.submitted_at = Some(known.facts.now(tx.now()));
        }
        Act::Return(draft) => {
            let latest = known.facts.latest_return.ok_or(Error::Hidden)?;
            after.returned =
                Some(draft.check(latest, account, known.facts.now(tx.now())).map_err(Error::Invalid)?);
        }
        Act::Accept => {
            after.returned = None;
            after.accepted_at = Some(known.facts.now(tx.now()));
        }
        Act::Reopen | Act::Withdraw => {}
    }
    Ok(after)
}

/// Writes the application, tells whom it concerns, and notes it in the chain once its seal is opened.
async fn keep(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    (before, after): (&Application, &Application),
    action: Action,
    unit: OrgId,
) -> Result<(), Error> {
    store::application::save(tx.db(), &app.sealer(), before, after).await.map_err(taken)?;
    if before.opened_at.is_some() {
        tx.changed(audit_action(action), before, after);
    }
    let (year, name) = (CycleYear::parse(&after.cycle_name), after.name().to_string());
    tell(app, tx, caller, (year, &name), &of_application(before.state, after, unit)).await
}

/// Locks the cycle before its application, so that a phase does not change in between; what the caller does not see is
/// not found.
async fn lock(app: &App, tx: &Tx, caller: &Caller, name: &Name) -> Result<(Cycle, Application), Error> {
    let scope = rules::scope(&caller.actor);
    let cycle = store::application::cycle_of(tx.db(), &scope, name).await?;
    let cycle = store::cycle::lock_id(tx.db(), cycle).await?;
    let application = store::application::lock(tx.db(), &app.sealer(), &scope, name).await?;
    tx.after_locks().await?;
    Ok((cycle, application))
}

/// A refusal, kept in the chain; what is sealed stands outside it, and what is refused on it too. Of a returned one it
/// would tell that its university writes in it, or has it signed.
fn refusal_of(application: &Application, action: Action, refusal: Refusal) -> Error {
    let writes = matches!(action, Action::Edit | Action::Invite | Action::Submit);
    let is_own = writes && application.state == State::ReturnedForCorrection;
    match application.opened_at {
        Some(_) if !is_own => refused(application, audit_action(action), refusal),
        _ => Error::refused(refusal),
    }
}

fn fresh(application: &Application, seen: Version) -> Result<(), Error> {
    if application.version == seen {
        Ok(())
    } else {
        Err(Error::Stale { current: Some(application.version) })
    }
}

/// Another application of the university for this need was faster.
fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Conflict(store::Constraint::Applied) => Error::refused(Refusal::AlreadyApplied),
        error => error.into(),
    }
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Edit => audit::Action::Correct,
        Action::Submit => audit::Action::Submit,
        Action::Invite => audit::Action::Invite,
        Action::Reopen => audit::Action::Reopen,
        Action::Withdraw => audit::Action::Withdraw,
        Action::Accept => audit::Action::Accept,
        Action::Return => audit::Action::Return,
        Action::Unseal => audit::Action::Unseal,
    }
}

/// What a draft comes to, checked against its need and its files.
fn check(
    application: &Application,
    need: &Need,
    cycle: &Cycle,
    register: &Register,
    files: &[Filed],
) -> Result<Content, Vec<FieldError>> {
    let unknown = || vec![FieldError::required("need")];
    let policy = crate::need::policy_of(cycle, register).ok_or_else(unknown)?;
    let answered = need.content.as_ref().ok_or_else(unknown)?;
    let planned = cycle.content.planned(ronghe_domain::cycle::Phase::Implementing);
    let implementing = planned.map(|plan| (plan.from, plan.to));
    application.draft.check(Context { policy, need: answered, implementing, files })
}

impl App {
    /// What seals texts under the server's key.
    #[must_use]
    pub fn sealer(&self) -> Sealer {
        Sealer::new(self.settings().key)
    }
}
