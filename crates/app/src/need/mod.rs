//! Filing needs: drafts that save themselves, submission, and what districts and the lead office do with them.

mod alike;
mod attach;
mod bulk;
mod carry;
mod district;
mod facts;
mod leaving;
mod moved;
mod opinion;
mod reveal;
pub mod table;
mod verdict;
mod words;

use self::facts::{Filer, caps, errors, facts};
use self::moved::{Way, carry_out, moved};
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::attachment::Attached;
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{Actor, CycleId, FieldError, NeedId, Offer, OrgId, Role, Version};
use ronghe_domain::need::district::summary::State as Stands;
use ronghe_domain::need::draft::{ReturnDraft, beyond_return};
use ronghe_domain::need::filing::{self, Filing};
use ronghe_domain::need::rules::{self, Facts, Measures};
use ronghe_domain::need::{Action, Name, Need, NeedDraft, Opinion, Refusal, Row, State};
use ronghe_domain::org::{OrgKind, Organisation};
use ronghe_store as store;
use std::sync::Arc;

pub(crate) use alike::Sketches;
pub use alike::{Alike, Compared, alike};
pub use attach::{attach, detach, download, may_attach};
pub use bulk::{Bulk, Forwarded, Refused, forward};
pub use carry::{Carried, carry};
pub(crate) use district::{HeldSummary, cycle_of_summary, hold_summary, issue, void_summary};
pub use district::{
    Ranked, can_report_zero, rank, ranking, remind_units, report_zero, show_summary, summaries, summary_name,
};
pub(crate) use facts::measures;
pub use facts::policy_of;
pub use leaving::ask_sign_off;
pub(crate) use leaving::{HeldNeed, content_hash_now, hold, let_go, preparers};
pub use opinion::{Asked, Opinions, ask, opine, opinions, outstanding, remind};
pub(crate) use opinion::{counts as opinion_counts, first_due};
pub use reveal::reveal;
pub use ronghe_store::need::opinion::{Outstanding, Which};
pub use ronghe_store::need::{COUNTED, Cursor, Filter, Sort, Total};
pub use verdict::{Judged, JudgedAll, Judgement, Meant, Queue, judge, judge_all, queue};
pub use words::narrowed;

/// What is done to a need, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Submit,
    Forward,
    Return(ReturnDraft),
    Withdraw,
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Submit => Action::Submit,
            Self::Forward => Action::Forward,
            Self::Return(_) => Action::Return,
            Self::Withdraw => Action::Withdraw,
        }
    }
}

/// A need with what its reader must know beyond it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub need: Need,
    pub cycle: Arc<Cycle>,
    pub facts: Facts,
    /// What does not hold of the draft; empty where the reader does not see it.
    pub errors: Vec<FieldError>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Files at what is written; empty where the reader does not see that.
    pub attachments: Vec<Attached>,
    /// What is meant to become of it, or has; nothing where the reader does not see that.
    pub meant: Option<Meant>,
    /// What offices think of it; those that the reader sees.
    pub opinions: Vec<Opinion>,
    /// What it carries on, and by what it is carried on, as far as the reader sees those.
    pub carried: Carried,
}

/// A need that was moved, with what was known of it then.
#[derive(Clone, Debug)]
pub struct Moved {
    pub need: Need,
    /// What the rules knew before.
    pub facts: Facts,
}

/// The needs that the caller may see, and how many there are.
///
/// # Errors
/// `Unauthenticated` for visitors: the public reads what is published, in the portal.
pub async fn list(app: &App, caller: &Caller, filter: &Filter) -> Result<(Vec<Row>, Total), Error> {
    if caller.actor == Actor::Visitor {
        return Err(Error::Unauthenticated);
    }
    let measures = measures(app, &caller.actor).await?;
    let filter = apart(app, filter).await?;
    Ok(store::need::list(app.db().reader(), &rules::scope(&caller.actor, &measures), &filter).await?)
}

/// How many needs the caller may see, to the last one: a list counts no further than [`COUNTED`].
///
/// # Errors
/// Where the database does not answer.
pub async fn count(app: &App, caller: &Caller, filter: &Filter) -> Result<u64, Error> {
    let measures = measures(app, &caller.actor).await?;
    let filter = apart(app, filter).await?;
    Ok(store::need::count(app.db().reader(), &rules::scope(&caller.actor, &measures), &filter).await?)
}

/// Without the needs of rehearsals, unless the list is of one, or one is asked for by its number.
async fn apart(app: &App, filter: &Filter) -> Result<Filter, Error> {
    let asked = filter.words.as_deref().and_then(Name::parse);
    let is_named = matches!(asked, Some(Name::Number(number)) if number.year.is_rehearsal());
    let mut filter = filter.clone();
    if filter.cycle.is_none() && !is_named {
        filter.without = app.register().await?.rehearsals();
    }
    Ok(filter)
}

/// How far units have come with their needs in `cycle`, as far as the caller may know.
///
/// # Errors
/// `Hidden` for who oversees none.
pub async fn filing(app: &App, caller: &Caller, cycle: CycleId) -> Result<Vec<Filing>, Error> {
    let register = app.register().await?;
    if filing::scope(&caller.actor, &register.directory).is_empty() {
        return Err(Error::Hidden);
    }
    filing_in(app.db().reader(), caller, &register, cycle).await
}

/// How far the caller's own organisation has come in `cycle`: a bureau with all its schools.
pub(crate) async fn filing_of(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
    org: OrgId,
) -> Result<Filing, Error> {
    let db = app.db().reader();
    let is_district = caller.actor.has(Role::DistrictBureau);
    let scope = rules::scope(&caller.actor, &rules::Measures::new());
    let counted = store::need::counts(db, &scope, cycle).await?;
    let counts: Vec<filing::Count> = counted.iter().map(|it| (it.unit, it.state, it.count)).collect();
    let zero = is_district && store::need::district::summary::zero(db, cycle).await?.contains(&org);
    Ok(Filing { zero, ..filing::filing_of(org, is_district, &counts) })
}

/// The same by this connection.
async fn filing_in<C: store::Connection>(
    db: &C,
    caller: &Caller,
    register: &Register,
    cycle: CycleId,
) -> Result<Vec<Filing>, Error> {
    let scope = filing::scope(&caller.actor, &register.directory);
    let counted = store::need::counts(db, &scope, cycle).await?;
    let counts: Vec<filing::Count> = counted.iter().map(|it| (it.unit, it.state, it.count)).collect();
    let mut all = filing::filing(&caller.actor, &register.directory, register.today, &counts);
    let zero = store::need::district::summary::zero(db, cycle).await?;
    let reminded = store::need::district::reminder::of(db, cycle).await?;
    for filing in &mut all {
        filing.zero = zero.contains(&filing.org);
        filing.reminded_at = reminded.iter().find(|(org, _)| *org == filing.org).map(|(_, at)| *at);
    }
    Ok(all)
}

/// One need, where the caller may see it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, name: &str) -> Result<Shown, Error> {
    let need = seen(app, caller, Name::parse(name).ok_or(Error::Hidden)?).await?;
    shown(app, caller, need).await
}

/// The need that is called so, where the caller sees it.
pub(crate) async fn seen(app: &App, caller: &Caller, name: Name) -> Result<Need, Error> {
    let measures = measures(app, &caller.actor).await?;
    Ok(store::need::get(app.db().reader(), &app.sealer(), &rules::scope(&caller.actor, &measures), name)
        .await?)
}

/// Whether no university has applied for a need on a published list: for everyone, once the seals are opened.
///
/// # Errors
/// Where it stands on no published list.
pub async fn is_left_open(app: &App, name: &str) -> Result<bool, Error> {
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let need = store::need::get(app.db().reader(), &app.sealer(), &[rules::Scope::Listed], name).await?;
    Ok(need.state == State::Open)
}

/// `need` with what the caller can do with it.
///
/// # Errors
/// Where the database does not answer.
pub async fn shown(app: &App, caller: &Caller, need: Need) -> Result<Shown, Error> {
    let register = app.register().await?;
    let cycle = Arc::clone(register.cycle(need.cycle).ok_or(Error::Hidden)?);
    let (mut facts, errors) = facts(app.db().reader(), &need, &cycle, &register, 0).await?;
    let meant = verdict::meant(app, caller, &need).await?;
    let opinions = opinion::on(app, caller, &need).await?;
    if let Some(meant) = &meant {
        facts = meant.facts(facts);
    }
    let offers = rules::offers(&caller.actor, &need, &facts, app.now());
    let carried = carry::around(app, caller, &need).await?;
    let own = rules::sees_draft(&caller.actor, &need);
    let errors = if own { errors } else { Vec::new() };
    let attachments =
        if own { store::attachment::list(app.db().reader(), need.id).await? } else { Vec::new() };
    Ok(Shown { need, cycle, facts, errors, offers, attachments, meant, opinions, carried })
}

/// The same without asking the database: caps and files are those known before.
#[must_use]
pub fn plain(
    app: &App,
    caller: &Caller,
    need: Need,
    cycle: Arc<Cycle>,
    before: &Facts,
    register: &Register,
    attachments: &[Attached],
) -> Shown {
    let errors = errors(&need, &cycle, register);
    let gate = facts::gate(&need, register);
    let facts = Facts { open_fields: errors.len(), gate, ..*before };
    let offers = rules::offers(&caller.actor, &need, &facts, app.now());
    let errors = if rules::sees_draft(&caller.actor, &need) { errors } else { Vec::new() };
    Shown {
        need,
        cycle,
        facts,
        errors,
        offers,
        attachments: attachments.to_vec(),
        meant: None,
        opinions: Vec::new(),
        carried: Carried::default(),
    }
}

/// What the rules must know of a need that the caller's organisation would begin in `cycle`.
///
/// # Errors
/// Where the database does not answer.
pub async fn beginning(app: &App, caller: &Caller, cycle: &Cycle) -> Result<Facts, Error> {
    let register = app.register().await?;
    let org = caller.actor.org().and_then(|org| register.directory.org(org));
    let Some(org) = org else { return Ok(Facts::of(cycle)) };
    let filer = Filer { unit: org.id, district: above(org), is_district: org.kind == OrgKind::District };
    // No need has this id.
    caps(app.db().reader(), cycle, filer, (NeedId(uuid::Uuid::nil()), State::Draft), 0).await
}

/// The district bureau that an organisation's needs pass.
fn above(org: &Organisation) -> Option<OrgId> {
    org.parent.filter(|_| org.kind == OrgKind::School)
}

/// Begins a need in the cycle of `year`.
///
/// # Errors
/// Where the caller files no needs, or not now.
pub async fn start(app: &App, caller: &Caller, year: &str, draft: &NeedDraft) -> Result<Need, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let cycle = crate::cycle::show(app, caller, year).await?;
    let register = app.register().await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let org = caller.actor.org().and_then(|org| register.directory.org(org)).ok_or(Error::Hidden)?.clone();
    let district = above(&org);
    app.write(caller, |tx: Tx| {
        let (org, draft, cycle) = (org.clone(), draft.clone(), cycle.clone());
        async move {
            let cycle = store::cycle::lock_id(tx.db(), cycle.id).await?;
            tx.after_locks().await?;
            rules::may_draft(&caller.actor, &Facts::of(&cycle), &org, tx.now()).map_err(Error::refused)?;
            let need = Need {
                id: NeedId(tx.new_id()),
                cycle: cycle.id,
                year: cycle.year(),
                seq: None,
                unit: org.id,
                district,
                unit_kind: org.kind,
                state: State::Draft,
                draft,
                content: None,
                returned: None,
                author: account,
                changed_at: tx.now(),
                submitted_at: None,
                forwarded_at: None,
                carried_from: None,
                version: Version::FIRST,
            };
            store::need::insert(tx.db(), tx.sealer(), &need).await?;
            Ok(need)
        }
    })
    .await
}

/// Keeps what was typed. It may be incomplete; where the need is returned, only what the return names can
/// be changed. It is fixed in the audit chain by the submission.
///
/// # Errors
/// Where the caller may not, a field is not open, or it was changed since `seen`.
pub async fn save(
    app: &App,
    caller: &Caller,
    name: &str,
    draft: &NeedDraft,
    seen: Version,
) -> Result<Need, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (draft, measures, register) = (draft.clone(), measures.clone(), register.clone());
        async move {
            // No window closes on what is typed, so the cycle is not locked.
            let before = lock_need(&tx, caller, name, &measures).await?;
            let cycle = store::cycle::get(tx.db(), before.year).await?;
            rules::decide(&caller.actor, &before, &Facts::of(&cycle), Action::Edit, tx.now())
                .map_err(|refusal| refusal_of(&before, Action::Edit, refusal))?;
            // A save whose answer was lost is no stale edit.
            if draft == before.draft {
                return Ok(before);
            }
            fresh(&before, seen)?;
            let closed = beyond_return(&before, &draft, &errors(&before, &cycle, &register));
            if !closed.is_empty() {
                return Err(Error::Invalid(closed));
            }
            let mut after = before.clone();
            after.draft = draft;
            // Others see a returned need, but not that somebody is writing in it.
            if before.state == State::Draft {
                after.changed_at = tx.now();
            }
            after.version = before.version.next();
            store::need::save(tx.db(), tx.sealer(), &before, &after).await?;
            leaving::written(&tx, caller, &after).await?;
            Ok(after)
        }
    })
    .await
}

/// Submits, forwards, returns or withdraws a need.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn act(app: &App, caller: &Caller, name: &str, act: Act, seen: Version) -> Result<Moved, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (act, measures, register) = (act.clone(), measures.clone(), register.clone());
        async move {
            let (cycle, before) = lock(&tx, caller, name, &measures).await?;
            let moved = moved(&tx, caller, &before, &cycle, &register, &act, Way::default()).await?;
            fresh(&before, seen)?;
            match (act.action(), before.district) {
                (Action::Forward, Some(district)) => {
                    let made = district::hand_up(app, &tx, caller, &cycle, district, &[&moved.need]).await?;
                    // A chain that was set a moment ago: what waits for its signatures has not left.
                    if made.state == Stands::Signing {
                        return Err(Error::refused(Refusal::SignOffFirst));
                    }
                }
                (Action::Withdraw | Action::Return, _) => {
                    leaving::void(&tx, caller, &before).await?;
                    district::void_with(&tx, caller, &before).await?;
                }
                _ => {}
            }
            carry_out(app, &tx, caller, &cycle, (&before, &moved.need), act.action()).await?;
            Ok(moved)
        }
    })
    .await
}

/// Locks the cycle before its need, so that a phase does not change in between. A number names its cycle; a
/// draft's must be looked up.
async fn lock(tx: &Tx, caller: &Caller, name: Name, measures: &Measures) -> Result<(Cycle, Need), Error> {
    let year = match name {
        Name::Number(number) => number.year,
        Name::Draft(_) => {
            store::need::get(tx.db(), tx.sealer(), &rules::scope(&caller.actor, measures), name).await?.year
        }
    };
    let cycle = store::cycle::lock(tx.db(), year).await?;
    let need = lock_need(tx, caller, name, measures).await?;
    tx.after_locks().await?;
    Ok((cycle, need))
}

async fn lock_need(tx: &Tx, caller: &Caller, name: Name, measures: &Measures) -> Result<Need, Error> {
    let need = store::need::lock(tx.db(), tx.sealer(), &rules::scope(&caller.actor, measures), name).await?;
    if rules::visible(&caller.actor, &need, measures) { Ok(need) } else { Err(Error::Hidden) }
}

/// A refusal, kept in the chain; drafts stand outside it, and what is refused on them too.
fn refusal_of(need: &Need, action: Action, refusal: Refusal) -> Error {
    if need.seq.is_some() { refused(need, audit_action(action), refusal) } else { Error::refused(refusal) }
}

fn fresh(need: &Need, seen: Version) -> Result<(), Error> {
    if need.version == seen { Ok(()) } else { Err(Error::Stale { current: Some(need.version) }) }
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Edit => audit::Action::Correct,
        Action::Submit => audit::Action::Submit,
        Action::Forward => audit::Action::Forward,
        Action::Return => audit::Action::Return,
        Action::Enlist => audit::Action::Enlist,
        Action::Decline => audit::Action::Decline,
        Action::Merge => audit::Action::Merge,
        Action::Reopen => audit::Action::Reopen,
        Action::Withdraw => audit::Action::Withdraw,
        Action::Reveal => audit::Action::Reveal,
        Action::Screen => audit::Action::Screen,
        Action::Unscreen => audit::Action::Unscreen,
        Action::LeaveOpen => audit::Action::LeaveOpen,
        Action::Carry => audit::Action::Carry,
    }
}
