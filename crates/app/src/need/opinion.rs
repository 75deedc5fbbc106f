//! Opinions of responsible offices on needs in 遴选: asked for, given, chased.

use super::bulk::{Bulk, Refused, attempts, names};
use super::{lock, measures, policy_of};
use crate::audited::Thought;
use crate::message::tell;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error, Register};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::audit;
use ronghe_domain::cycle::{Cycle, CycleYear};
use ronghe_domain::kernel::{CycleId, FieldProblem, Instant, NeedId, OrgId, Version};
use ronghe_domain::message::{self, Kind};
use ronghe_domain::need::opinion::{self, Action, AskDraft, Opinion, OpinionDraft, Scope};
use ronghe_domain::need::rules::{self, Facts, Refusal};
use ronghe_domain::need::{Name, Need, Row, State};
use ronghe_domain::org::OrgKind;
use ronghe_store as store;
use ronghe_store::need::opinion::{Filter, Which};
use std::collections::{BTreeMap, BTreeSet};

/// What became of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whether anything was written.
    pub done: bool,
    pub needs: Vec<Need>,
    /// Offices that are asked, each once.
    pub offices: BTreeSet<OrgId>,
    pub refused: Vec<Refused>,
}

/// Opinions with their needs, and how many there are.
#[derive(Clone, Debug)]
pub struct Opinions {
    pub rows: Vec<(Opinion, Row)>,
    pub open: u64,
    pub given: u64,
    pub overdue: u64,
    /// The last one of this part, where others may follow.
    pub next: Option<(NeedId, OrgId)>,
}

/// The offices that answer for a measure of `need`: 处室 and institutions, groups resolved. District bureaus have
/// said what they think by forwarding it.
fn offices(need: &Need, cycle: &Cycle, register: &Register) -> BTreeSet<OrgId> {
    let (Some(policy), Some(content)) = (policy_of(cycle, register), need.content.as_ref()) else {
        return BTreeSet::new();
    };
    let named: Vec<_> = content.measures.iter().filter_map(|seq| policy.measure(*seq)).collect();
    let answers = |org: OrgId| named.iter().any(|measure| register.part(measure, org).is_some());
    let asked = |kind| matches!(kind, OrgKind::Office | OrgKind::Institution);
    let orgs = register.directory.orgs.iter().filter(|org| asked(org.kind) && org.exists_on(register.today));
    orgs.map(|org| org.id).filter(|org| answers(*org)).collect()
}

/// The opinions in `cycle` that the caller reads.
///
/// # Errors
/// `Hidden` for who reads none.
pub async fn opinions(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
    which: Which,
    after: Option<(NeedId, OrgId)>,
    limit: u64,
) -> Result<Opinions, Error> {
    let scope = opinion::scope(&caller.actor);
    if scope.is_none() {
        return Err(Error::Hidden);
    }
    let db = app.db().reader();
    let of = |which| Filter { cycle: Some(cycle), which, screening: true, after: None, limit };
    let found = store::need::opinion::list(db, scope, &Filter { after, ..of(which) }).await?;
    let whole = u64::try_from(found.len()).is_ok_and(|rows| rows < limit);
    let next = found.last().filter(|_| !whole).map(|it| (it.need, it.office));
    let measures = measures(app, &caller.actor).await?;
    // An office whose measure a need no longer comes under sees neither.
    let seen = rules::scope(&caller.actor, &measures);
    let ids: BTreeSet<NeedId> = found.iter().map(|it| it.need).collect();
    let rows: BTreeMap<NeedId, Row> = match ids.is_empty() {
        true => BTreeMap::new(),
        false => store::need::rows(db, &seen, ids).await?.into_iter().map(|row| (row.id, row)).collect(),
    };
    let rows = found.into_iter().filter_map(|it| Some((rows.get(&it.need)?.clone(), it)));
    let (open, given, overdue) = counts(app, caller, cycle).await?.unwrap_or_default();
    let rows = rows.map(|(row, it)| (it, row)).collect();
    Ok(Opinions { next, rows, open, given, overdue })
}

/// How many opinions on needs in 遴选 of `cycle` are open, have come and are overdue, for who reads them.
pub(crate) async fn counts(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
) -> Result<Option<(u64, u64, u64)>, Error> {
    let Some(scope) = opinion::scope(&caller.actor) else { return Ok(None) };
    let register = app.register().await?;
    let now = register.cycle(cycle).map_or(app.now(), |cycle| cycle.now(app.now()));
    let count = async |which| {
        let filter = Filter { cycle: Some(cycle), which, screening: true, after: None, limit: 0 };
        store::need::opinion::count(app.db().reader(), Some(scope), &filter).await
    };
    let (open, given) = (count(Which::Open).await?, count(Which::Given).await?);
    Ok(Some((open, given, count(Which::Overdue(now)).await?)))
}

/// The offices that the caller can remind now, with how much each of them owes, where they are `listed`; nothing where
/// it is not the caller's to remind.
///
/// # Errors
/// Where the database does not answer.
pub async fn outstanding(
    app: &App,
    caller: &Caller,
    cycle: &Cycle,
    listed: bool,
) -> Result<Option<Vec<store::need::opinion::Outstanding>>, Error> {
    if opinion::may_chase(&caller.actor, &Facts::of(cycle), app.now()).is_err() {
        return Ok(None);
    }
    if !listed {
        return Ok(Some(Vec::new()));
    }
    let found = store::need::opinion::outstanding(app.db().reader(), cycle.id, cycle.now(app.now())).await?;
    Ok(Some(found))
}

/// The earliest day by which an opinion of the caller's office is to come.
pub(crate) async fn first_due(
    app: &App,
    caller: &Caller,
    cycle: CycleId,
    which: Which,
) -> Result<Option<Instant>, Error> {
    let filter = Filter { cycle: Some(cycle), which, screening: true, after: None, limit: 1 };
    let scope = opinion::scope(&caller.actor);
    Ok(store::need::opinion::first_due(app.db().reader(), scope, &filter).await?)
}

/// The opinions on `need` that the caller reads.
pub(super) async fn on(app: &App, caller: &Caller, need: &Need) -> Result<Vec<Opinion>, Error> {
    match opinion::scope(&caller.actor) {
        Some(scope) if need.state == State::Screening || need.state.is_settled() => {
            Ok(store::need::opinion::of(app.db().reader(), Some(scope), need.id).await?)
        }
        _ => Ok(Vec::new()),
    }
}

/// Asks the offices of the measures of many needs, in one transaction; those asked before get the new day, those
/// that have answered stay.
///
/// # Errors
/// Where the day does not hold, or the database does not answer.
pub async fn ask(app: &App, caller: &Caller, bulk: &Bulk, draft: &AskDraft) -> Result<Asked, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    bulk.check()?;
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    let write = app.write(caller, |tx: Tx| {
        let (measures, register) = (measures.clone(), register.clone());
        async move {
            let (mut steps, mut needs, mut refused) = (Vec::new(), Vec::new(), Vec::new());
            let (mut seen, mut asked_in) = (BTreeSet::new(), BTreeMap::<CycleYear, BTreeSet<OrgId>>::new());
            for (name, parsed) in names(bulk) {
                let found = match parsed {
                    Some(parsed) => lock(&tx, caller, parsed, &measures).await,
                    None => Err(Error::Hidden),
                };
                let done = match found {
                    Ok((_, need)) if !seen.insert(need.id) => continue,
                    Ok((cycle, need)) => {
                        asked(&tx, caller, &cycle, &need, &register, draft).await.map(|all| (need, all))
                    }
                    Err(error) => Err(error),
                };
                match done {
                    Ok((need, all)) => {
                        let offices = all.iter().map(|(_, after)| after.office);
                        asked_in.entry(need.year).or_default().extend(offices);
                        steps.extend(all.into_iter().map(|step| (need.name().to_string(), step)));
                        needs.push(need);
                    }
                    Err(Error::Hidden) => refused.push(Refused { name, why: None, attempt: None }),
                    Err(Error::Refused(why)) => {
                        refused.push(Refused { name, why: Some(why.refusal), attempt: why.attempt });
                    }
                    Err(error) => return Err(error),
                }
            }
            let offices: BTreeSet<OrgId> = steps.iter().map(|(_, (_, after))| after.office).collect();
            let done = !bulk.dry_run && (refused.is_empty() || bulk.skip_refused);
            if done {
                for (number, (before, after)) in &steps {
                    keep(&tx, before.as_ref(), after, number, audit::Action::Ask).await?;
                }
                for (year, offices) in &asked_in {
                    let told = offices.iter().map(|org| (Kind::OpinionsAsked, message::office(*org)));
                    let told: Vec<_> = told.collect();
                    tell(app, &tx, caller, (Some(*year), &year.to_string()), &told).await?;
                }
            }
            Ok(Asked { done, needs, offices, refused })
        }
    });
    let done = write.await?;
    if !bulk.dry_run {
        app.keep_refusals(caller, attempts(&done.refused)).await?;
    }
    Ok(done)
}

/// An opinion before, where there was one, and after.
type Step = (Option<Opinion>, Opinion);

/// What asking for opinions on `need` changes.
async fn asked(
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    need: &Need,
    register: &Register,
    draft: &AskDraft,
) -> Result<Vec<Step>, Error> {
    let facts = Facts::of(cycle);
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let number = need.name().to_string();
    let blank = |office| Opinion {
        need: need.id,
        cycle: need.cycle,
        office,
        asked_by: account,
        asked_at: facts.now(tx.now()),
        due: facts.now(tx.now()),
        reminded_at: None,
        said: None,
        version: Version::FIRST,
    };
    let no = |refusal: Refusal| {
        let opinion = blank(caller.actor.org().unwrap_or(OrgId(uuid::Uuid::nil())));
        refused(&Thought { opinion: &opinion, number: &number }, audit::Action::Ask, refusal)
    };
    let offices = offices(need, cycle, register);
    let any = offices.first().copied().unwrap_or(need.unit);
    opinion::decide(&caller.actor, need, (any, None), &facts, Action::Ask, tx.now()).map_err(no)?;
    tx.in_time_until(facts.clock.real(facts.screening_end));
    let due = draft.check(facts.screening_end, facts.now(tx.now())).map_err(Error::Invalid)?;
    if offices.is_empty() {
        return Err(no(Refusal::NoOffice));
    }
    let known = store::need::opinion::of(tx.db(), Some(Scope::All), need.id).await?;
    let steps: Vec<Step> = offices
        .into_iter()
        .filter_map(|office| match known.iter().find(|it| it.office == office) {
            None => Some((None, Opinion { due, ..blank(office) })),
            Some(before) if before.said.is_none() => {
                let version = before.version.next();
                Some((Some(before.clone()), Opinion { due, version, ..before.clone() }))
            }
            Some(_) => None,
        })
        .collect();
    if steps.is_empty() { Err(no(Refusal::AlreadySaid)) } else { Ok(steps) }
}

/// Gives the opinion of the caller's office on a need, or changes it.
///
/// # Errors
/// Where the office was not asked, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn opine(
    app: &App,
    caller: &Caller,
    name: &str,
    draft: &OpinionDraft,
    seen: Version,
) -> Result<Opinion, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let office = caller.actor.org().ok_or(Error::Hidden)?;
    app.write(caller, |tx: Tx| {
        let measures = measures.clone();
        async move {
            let (cycle, need) = lock(&tx, caller, name, &measures).await?;
            let facts = Facts::of(&cycle);
            let all = store::need::opinion::of(tx.db(), Some(Scope::Of(office)), need.id).await?;
            let before = all.into_iter().next();
            let said = before.as_ref().map(|it| it.said.is_some());
            if let Err(refusal) =
                opinion::decide(&caller.actor, &need, (office, said), &facts, Action::Opine, tx.now())
            {
                let number = need.name().to_string();
                return Err(match &before {
                    Some(opinion) => {
                        refused(&Thought { opinion, number: &number }, audit::Action::Opine, refusal)
                    }
                    None => Error::refused(refusal),
                });
            }
            let before = before.ok_or(Error::Hidden)?;
            tx.in_time_until(facts.clock.real(facts.screening_end));
            let said = draft.check(account, facts.now(tx.now())).map_err(Error::Invalid)?;
            if before.version != seen {
                return Err(Error::Stale { current: Some(before.version) });
            }
            let after = Opinion { said: Some(said), version: before.version.next(), ..before.clone() };
            let number = need.name().to_string();
            keep(&tx, Some(&before), &after, &number, audit::Action::Opine).await?;
            Ok(after)
        }
    })
    .await
}

/// Reminds offices of `cycle` whose opinions have not come, all of them or these; says how many offices.
///
/// # Errors
/// `Hidden` for who does not see them, a refusal for who only reads them; where an office is unknown.
pub async fn remind(app: &App, caller: &Caller, cycle: CycleId, offices: &[String]) -> Result<u64, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    if opinion::scope(&caller.actor) != Some(Scope::All) {
        return Err(Error::Hidden);
    }
    let register = app.register().await?;
    let mut wanted = Vec::new();
    for (at, slug) in offices.iter().enumerate() {
        let unknown = FieldProblem::Unknown { got: slug.clone(), nearest: Vec::new() };
        let org = register.directory.org_by_slug(slug.trim());
        wanted.push(org.ok_or_else(|| Error::field(&format!("offices[{at}]"), unknown))?.id);
    }
    app.write(caller, |tx: Tx| {
        let wanted = wanted.clone();
        async move {
            let cycle = store::cycle::lock_id(tx.db(), cycle).await?;
            tx.after_locks().await?;
            opinion::may_chase(&caller.actor, &Facts::of(&cycle), tx.now()).map_err(Error::refused)?;
            let open = store::need::opinion::lock_open(tx.db(), cycle.id, &wanted).await?;
            let ids: BTreeSet<NeedId> = open.iter().map(|it| it.need).collect();
            let rows = match ids.is_empty() {
                true => Vec::new(),
                false => store::need::rows(tx.db(), &[rules::Scope::All], ids).await?,
            };
            let mut told = BTreeSet::new();
            for before in &open {
                let number = rows.iter().find(|row| row.id == before.need).map(|row| row.name().to_string());
                let (reminded_at, version) = (Some(cycle.now(tx.now())), before.version.next());
                let after = Opinion { reminded_at, version, ..before.clone() };
                let number = number.unwrap_or_default();
                keep(&tx, Some(before), &after, &number, audit::Action::Remind).await?;
                told.insert(before.office);
            }
            let audiences: Vec<_> =
                told.iter().map(|org| (Kind::OpinionsReminded, message::office(*org))).collect();
            tell(app, &tx, caller, (Some(cycle.year()), &cycle.name()), &audiences).await?;
            Ok(u64::try_from(told.len()).unwrap_or(u64::MAX))
        }
    })
    .await
}

async fn keep(
    tx: &Tx,
    before: Option<&Opinion>,
    after: &Opinion,
    number: &str,
    action: audit::Action,
) -> Result<(), Error> {
    let thought = Thought { opinion: after, number };
    match before {
        None => {
            store::need::opinion::insert(tx.db(), after).await?;
            tx.created(action, &thought);
        }
        Some(before) => {
            store::need::opinion::save(tx.db(), before.version, after).await?;
            tx.changed(action, &Thought { opinion: before, number }, &thought);
        }
    }
    Ok(())
}
