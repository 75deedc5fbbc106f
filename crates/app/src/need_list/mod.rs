//! Need lists: composed from verdicts, approved by the leading group, published for good.

mod act;
pub(crate) mod beside;
mod document;
mod publish;
mod published;
mod sources;

use crate::audited::Edited;
use crate::message::tell;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, Actor, NeedId, NeedListId, Offer, Role, Version};
use ronghe_domain::message::of_list;
use ronghe_domain::need::{Name, Number, Row};
use ronghe_domain::need_list::finding::{self, Finding, Seats};
use ronghe_domain::need_list::rules::{self, Facts};
use ronghe_domain::need_list::{Action, Edition, ListDraft, NeedList, Refusal, State, compose};
use ronghe_store as store;
use ronghe_store::need_list::Lying;
use sources::Known;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use act::{Act, act};
pub(crate) use published::Kept;
pub use published::PublishedList;

/// The versions of a cycle's list that the caller may see.
#[derive(Clone, Debug)]
pub struct Board {
    pub cycle: Arc<Cycle>,
    /// The newest first.
    pub versions: Vec<NeedList>,
    /// The version that is made, or would be, for who sees lists while they are composed.
    pub next: Option<Shown>,
}

/// A version with what its reader must know beyond it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub cycle: Arc<Cycle>,
    pub list: NeedList,
    /// The needs that it names, by id.
    pub rows: BTreeMap<NeedId, Row>,
    /// What its check finds, while it is made.
    pub findings: Vec<Finding>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Names of the people who proposed and answered, for who may know.
    pub people: BTreeMap<AccountId, String>,
    /// As it was proposed or published, in its canonical form.
    pub document: Option<Arc<str>>,
}

/// A version as it stands after something was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What its cycle is called.
    pub cycle: String,
    pub list: NeedList,
}

/// The versions of every list that the caller may see, the newest cycle and version first.
///
/// # Errors
/// Where the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<(Arc<Cycle>, NeedList)>, Error> {
    let register = app.register().await?;
    // Whoever sees only what is published reads it from memory.
    let mut versions = if sees_open(&caller.actor) {
        store::need_list::of_every_cycle(app.db().reader()).await?
    } else {
        register.lists.iter().map(|it| it.list.clone()).collect()
    };
    versions.retain(|list| rules::visible(&caller.actor, list));
    versions.sort_by_key(|list| std::cmp::Reverse(list.no));
    let of = |cycle: &Arc<Cycle>| {
        let own = versions.iter().filter(|list| list.cycle == cycle.id);
        own.map(|list| (Arc::clone(cycle), list.clone())).collect::<Vec<_>>()
    };
    Ok(register.real().flat_map(of).collect())
}

/// The versions of one cycle's list, and the one that is made.
///
/// # Errors
/// `Hidden` where the caller may not see the cycle.
pub async fn board(app: &App, caller: &Caller, year: &str) -> Result<Board, Error> {
    let cycle = crate::cycle::show(app, caller, year).await?;
    let register = app.register().await?;
    if !sees_open(&caller.actor) {
        let versions = register.lists_of(cycle.id).map(|it| it.list.clone());
        return Ok(Board { cycle, versions: newest_first(versions.collect()), next: None });
    }
    let mut versions = store::need_list::of(app.db().reader(), cycle.id).await?;
    let current = versions.pop_if(|list| list.state != State::Published);
    let before = versions.last().cloned();
    let next = match current {
        Some(list) if rules::visible(&caller.actor, &list) => {
            Some(shown(app, caller, &cycle, list, before.as_ref()).await?)
        }
        Some(_) => None,
        // What would be composed, for who may do it.
        None if rules::sees_drafts(&caller.actor) => {
            let by = caller.actor.account().ok_or(Error::Unauthenticated)?;
            let blank = NeedList::blank(cycle.id, before.as_ref(), by, cycle.now(app.now()));
            let is_made = rules::is_made_in(blank.no, cycle.phase);
            if is_made { Some(shown(app, caller, &cycle, blank, before.as_ref()).await?) } else { None }
        }
        None => None,
    };
    Ok(Board { cycle, versions: newest_first(versions), next })
}

fn newest_first(mut versions: Vec<NeedList>) -> Vec<NeedList> {
    versions.reverse();
    versions
}

/// Whether the caller may see lists that are not published.
fn sees_open(actor: &Actor) -> bool {
    rules::sees_drafts(actor) || actor.has(Role::LeadingGroup)
}

/// One version, where the caller may see it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, year: &str, edition: &str) -> Result<Shown, Error> {
    let cycle = crate::cycle::show(app, caller, year).await?;
    let edition = Edition::parse(edition).ok_or(Error::Hidden)?;
    if !sees_open(&caller.actor) {
        let register = app.register().await?;
        let found = register.lists_of(cycle.id).find(|it| it.list.no == edition.0).ok_or(Error::Hidden)?;
        return Ok(Shown::of_published(Arc::clone(&cycle), found));
    }
    let mut versions = store::need_list::of(app.db().reader(), cycle.id).await?;
    let at = versions.iter().position(|list| list.no == edition.0).ok_or(Error::Hidden)?;
    let list = versions.remove(at);
    if !rules::visible(&caller.actor, &list) {
        return Err(Error::Hidden);
    }
    let before = versions.into_iter().rev().find(|other| other.no < list.no);
    shown(app, caller, &cycle, list, before.as_ref()).await
}

/// `list` with what the caller can do with it.
pub(crate) async fn shown(
    app: &App,
    caller: &Caller,
    cycle: &Arc<Cycle>,
    list: NeedList,
    before: Option<&NeedList>,
) -> Result<Shown, Error> {
    let register = app.register().await?;
    let db = app.db().reader();
    let known = sources::known(db, cycle, &register).await?;
    // Of a version that nobody has composed yet, what would stand on it.
    let list = match list.version == NeedList::NONE {
        true => NeedList {
            version: NeedList::NONE,
            ..list.composed(fresh(before, &known), list.made_by, list.changed_at)
        },
        false => list,
    };
    let findings = findings(app, db, caller, cycle, (&list, before), &known).await?;
    let post = match list.next_step() {
        Some(_) => own_post(db, caller).await?,
        None => String::new(),
    };
    let facts = facts(cycle, &list, &findings, &post);
    let offers = rules::offers(&caller.actor, &list, facts);
    let people = people(app, &list).await?;
    let document = match &list.proposal {
        Some(_) => {
            let lying = store::need_list::get(db, &[list.id]).await?;
            lying.into_iter().next().and_then(|it| it.document).map(Arc::from)
        }
        None => None,
    };
    let named: std::collections::BTreeSet<NeedId> =
        list.entries.iter().map(|it| it.need).chain(list.changes.iter().map(|it| it.need)).collect();
    let rows = known.rows.into_iter().filter(|(id, _)| named.contains(id)).collect();
    Ok(Shown { cycle: Arc::clone(cycle), list, rows, findings, offers, people, document })
}

/// What would be composed with nothing said beside the verdicts.
fn fresh(before: Option<&NeedList>, known: &Known) -> compose::Composition {
    compose::compose(before, &known.sources, &compose::Wanted::default())
}

fn facts<'a>(cycle: &Cycle, list: &NeedList, findings: &[Finding], post: &'a str) -> Facts<'a> {
    let barring = findings.iter().filter(|it| it.is_barring(list.no)).count();
    Facts { phase: cycle.phase, barring: u32::try_from(barring).unwrap_or(u32::MAX), post }
}

/// 职务 of who calls.
async fn own_post<C: store::Connection>(db: &C, caller: &Caller) -> Result<String, Error> {
    match caller.actor.account() {
        Some(id) => Ok(store::account::get(db, id).await?.post),
        None => Ok(String::new()),
    }
}

/// What the check of a list finds, while it is made.
async fn findings<C: store::Connection>(
    app: &App,
    db: &C,
    caller: &Caller,
    cycle: &Cycle,
    (list, before): (&NeedList, Option<&NeedList>),
    known: &Known,
) -> Result<Vec<Finding>, Error> {
    if list.state == State::Published {
        return Ok(Vec::new());
    }
    let overdue = sources::overdue(db, cycle, cycle.now(app.now())).await?;
    let approval = cycle.content.approval();
    let missing = finding::no_minutes(list, &approval);
    let steps =
        if list.steps.is_empty() || list.state == State::Draft { approval.steps } else { list.steps.clone() };
    let held = sources::held(db, steps).await?;
    // Whoever proposes it has a hand in it from then on, so that the check says beforehand what that would bar.
    let proposes = list.state == State::Draft && caller.actor.has(Role::LeadOffice);
    let seats = Seats { held: &held, proposer: caller.actor.account().filter(|_| proposes) };
    let mut found = finding::check(list, before, &known.sources, overdue, seats);
    found.extend(missing);
    Ok(found)
}

/// Names of who proposed and who answered.
async fn people(app: &App, list: &NeedList) -> Result<BTreeMap<AccountId, String>, Error> {
    let said = list.marks.iter().map(|mark| mark.by).chain(list.minutes.as_ref().map(|it| it.by));
    let ids = said.chain(list.proposal.as_ref().map(|it| it.by)).collect();
    let accounts = crate::account::named(app, &ids).await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

/// The versions of a cycle's list, locked: the published ones and the one that is made.
pub(super) struct Locked {
    before: Option<NeedList>,
    /// The version that is made; blank where nobody has composed it.
    current: NeedList,
    document: Option<String>,
}

async fn lock(tx: &Tx, cycle: &Cycle, by: AccountId) -> Result<Locked, Error> {
    let mut versions = store::need_list::lock(tx.db(), cycle.id).await?;
    let current = versions.pop_if(|it| it.list.state != State::Published);
    let before = versions.pop().map(|it| it.list);
    let (current, document) = match current {
        Some(Lying { list, document }) => (list, document),
        None => (NeedList::blank(cycle.id, before.as_ref(), by, cycle.now(tx.now())), None),
    };
    Ok(Locked { before, current, document })
}

/// Composes the version that is made from the verdicts as they are, in the order wanted. What was approved of it is
/// void. Nothing happens where it says the same already.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn compose(
    app: &App,
    caller: &Caller,
    year: &str,
    draft: &ListDraft,
    seen: Version,
) -> Result<Done, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let by = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (register, draft) = (register.clone(), draft.clone());
        async move {
            let cycle = crate::cycle::lock(&tx, caller, year).await?;
            let Locked { before, current, .. } = lock(&tx, &cycle, by).await?;
            if !rules::sees_drafts(&caller.actor) {
                return Err(Error::Hidden);
            }
            decide(&cycle, &current, caller, &[], "", Action::Compose)?;
            if current.version != seen {
                return Err(Error::Stale { current: Some(current.version) });
            }
            let known = sources::known(tx.db(), &cycle, &register).await?;
            let named = |name: &str| known.named(name);
            let wanted = draft.check(before.as_ref(), &known.sources, named).map_err(Error::Invalid)?;
            let composition = compose::compose(before.as_ref(), &known.sources, &wanted);
            let mut after = current.composed(composition, by, cycle.now(tx.now()));
            let is_new = current.version == NeedList::NONE;
            let same = (&after.entries, &after.changes, &after.reason)
                == (&current.entries, &current.changes, &current.reason);
            if !is_new && same {
                return Ok(Done { cycle: cycle.name(), list: current });
            }
            if is_new {
                after.id = NeedListId(tx.new_id());
            }
            store::need_list::save(tx.db(), &current, &after, None).await?;
            note(&tx, &cycle, audit::Action::Compose, &current, &after, None);
            told(app, &tx, caller, &cycle, (&current, &after)).await?;
            Ok(Done { cycle: cycle.name(), list: after })
        }
    })
    .await
}

fn decide(
    cycle: &Cycle,
    list: &NeedList,
    caller: &Caller,
    findings: &[Finding],
    post: &str,
    action: Action,
) -> Result<State, Error> {
    rules::decide(&caller.actor, list, facts(cycle, list, findings, post), action).map_err(|refusal| {
        // What was never composed is no record yet.
        if list.version == NeedList::NONE {
            return Error::refused(refusal);
        }
        refused(&Edited { list, cycle: &cycle.name() }, audit_action(action), refusal)
    })
}

fn note(
    tx: &Tx,
    cycle: &Cycle,
    action: audit::Action,
    before: &NeedList,
    after: &NeedList,
    actor: Option<Actor>,
) {
    let name = cycle.name();
    let is_new = before.version == NeedList::NONE;
    let (before, after) = (Edited { list: before, cycle: &name }, Edited { list: after, cycle: &name });
    match actor {
        _ if is_new => tx.created(action, &after),
        Some(actor) => tx.changed_by(action, &before, &after, actor),
        None => tx.changed(action, &before, &after),
    }
}

/// What a list stands on has changed: a verdict, or a need that went away or came back. Where it was proposed, it is
/// with the lead office again, and what was approved of it is void. The cycle is locked.
pub(crate) async fn reopened(app: &App, tx: &Tx, caller: &Caller, cycle: &Cycle) -> Result<(), Error> {
    let mut versions = store::need_list::lock(tx.db(), cycle.id).await?;
    let Some(Lying { list: before, .. }) = versions.pop() else { return Ok(()) };
    let facts = Facts { phase: cycle.phase, barring: 0, post: "" };
    if rules::decide(&Actor::System, &before, facts, Action::Reopen).is_err() {
        return Ok(());
    }
    let after = before.opened(cycle.now(tx.now()));
    store::need_list::save(tx.db(), &before, &after, None).await?;
    note(tx, cycle, audit::Action::Void, &before, &after, Some(Actor::System));
    told(app, tx, caller, cycle, (&before, &after)).await
}

/// Tells whom a step of a list concerns.
async fn told(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    (before, after): (&NeedList, &NeedList),
) -> Result<(), Error> {
    let record = format!("{}/{}", cycle.name(), Edition(after.no));
    tell(app, tx, caller, (Some(cycle.year()), &record), &of_list(before, after)).await
}

/// The need of a cycle that is called so.
fn number(name: &str) -> Option<Number> {
    match Name::parse(name)? {
        Name::Number(number) => Some(number),
        Name::Draft(_) => None,
    }
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Compose => audit::Action::Compose,
        Action::Propose => audit::Action::Propose,
        Action::Approve => audit::Action::Approve,
        Action::Return => audit::Action::Return,
        Action::Minute => audit::Action::Minute,
        Action::Publish => audit::Action::Publish,
        Action::Reopen => audit::Action::Void,
    }
}
