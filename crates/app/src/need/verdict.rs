//! Verdicts of the lead office on needs in 遴选: one at a time, or many in one transaction.

use super::bulk::{Bulk, Refused, attempts, names};
use super::{Filter, Total, audit_action, lock, lock_need, measures};
use crate::audited::Ruled;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, Actor, CycleId, NeedId, Version};
use ronghe_domain::need::rules::{self, Facts, Measures, Scope};
use ronghe_domain::need::verdict::{VerdictDraft, may_merge};
use ronghe_domain::need::{Action, Name, Need, Outcome, Row, State, Verdict, reads_list_only, sees_verdicts};
use ronghe_store as store;
use ronghe_store::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What the lead office says of a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// One of [`Action::VERDICTS`].
    pub action: Action,
    pub draft: VerdictDraft,
}

/// A need with the verdict on it, and the need that takes it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub need: Need,
    pub verdict: Verdict,
    pub into: Option<Row>,
}

/// What became of a verdict on many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedAll {
    /// Whether anything was written.
    pub done: bool,
    pub judged: Vec<Judged>,
    pub refused: Vec<Refused>,
}

/// What is meant to become of a need, or has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// Where one was ever given.
    pub verdict: Option<Verdict>,
    /// The need that takes it up.
    pub into: Option<Row>,
    /// Needs that it takes up.
    pub origins: Vec<Row>,
}

impl Meant {
    /// The facts of a need, with what is meant to become of it.
    #[must_use]
    pub fn facts(&self, facts: Facts) -> Facts {
        let origins = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
        Facts { verdict: self.verdict.as_ref().and_then(Verdict::ruling), origins, ..facts }
    }
}

/// Needs in 遴选 of one cycle.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Each with its verdict, where one was ever given.
    pub rows: Vec<(Row, Option<Verdict>)>,
    pub total: Total,
    /// How many of all in 遴选 wait for a verdict.
    pub open: u64,
    /// How many have one.
    pub decided: u64,
}

/// The needs in 遴选 of `cycle`, for who sees verdicts.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn queue(app: &App, caller: &Caller, cycle: CycleId, filter: &Filter) -> Result<Queue, Error> {
    if !sees_verdicts(&caller.actor) {
        return Err(Error::Hidden);
    }
    let scope = rules::scope(&caller.actor, &Measures::new());
    let of =
        |decided| Filter { cycle: Some(cycle), states: vec![State::Screening], decided, ..Filter::default() };
    let here = Filter { cycle: Some(cycle), states: vec![State::Screening], ..filter.clone() };
    let db = app.db().reader();
    let (rows, total) = store::need::list(db, &scope, &here).await?;
    let open = store::need::count(db, &scope, &of(Some(false))).await?;
    let decided = store::need::count(db, &scope, &of(Some(true))).await?;
    let given = store::need::verdict::of(db, rows.iter().map(|row| row.id)).await?;
    let mut given: BTreeMap<NeedId, Verdict> = given.into_iter().map(|it| (it.need, it)).collect();
    let rows = rows.into_iter().map(|row| {
        let verdict = given.remove(&row.id);
        (row, verdict)
    });
    Ok(Queue { rows: rows.collect(), total, open, decided })
}

/// Gives a verdict on a need, or takes one back. Only who sees verdicts reads it until the need list is published.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where there is another verdict since `seen`.
pub async fn judge(
    app: &App,
    caller: &Caller,
    name: &str,
    judgement: &Judgement,
    seen: Version,
) -> Result<Judged, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    app.write(caller, |tx: Tx| {
        let measures = measures.clone();
        async move {
            let (cycle, need) = lock(&tx, caller, name, &measures).await?;
            let (before, judged) = decided(&tx, caller, &cycle, need, &measures, judgement).await?;
            if before.version != seen {
                return Err(Error::Stale { current: Some(before.version) });
            }
            keep(&tx, &before, &judged, judgement.action).await?;
            crate::need_list::reopened(app, &tx, caller, &cycle).await?;
            Ok(judged)
        }
    })
    .await
}

/// Gives one verdict on many needs in one transaction. Nothing is written where one is refused and none may be
/// left out; what was refused is kept in the chain by a transaction of its own.
///
/// # Errors
/// Where fields do not hold, or the database does not answer.
pub async fn judge_all(
    app: &App,
    caller: &Caller,
    bulk: &Bulk,
    judgement: &Judgement,
) -> Result<JudgedAll, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    bulk.check()?;
    let measures = measures(app, &caller.actor).await?;
    let write = app.write(caller, |tx: Tx| {
        let measures = measures.clone();
        async move {
            let (mut given, mut refused) = (Vec::new(), Vec::new());
            let mut seen = BTreeSet::new();
            let mut cycles: BTreeMap<CycleId, Cycle> = BTreeMap::new();
            for (name, parsed) in names(bulk) {
                let found = match parsed {
                    Some(parsed) => lock(&tx, caller, parsed, &measures).await,
                    None => Err(Error::Hidden),
                };
                let done = match found {
                    Ok((_, need)) if !seen.insert(need.id) => continue,
                    Ok((cycle, need)) => {
                        let done = decided(&tx, caller, &cycle, need, &measures, judgement).await;
                        cycles.insert(cycle.id, cycle);
                        done
                    }
                    Err(error) => Err(error),
                };
                match done {
                    Ok(judged) => given.push(judged),
                    Err(Error::Hidden) => refused.push(Refused { name, why: None, attempt: None }),
                    Err(Error::Refused(why)) => {
                        refused.push(Refused { name, why: Some(why.refusal), attempt: why.attempt });
                    }
                    Err(error) => return Err(error),
                }
            }
            let done = !bulk.dry_run && (refused.is_empty() || bulk.skip_refused);
            if done {
                for (before, judged) in &given {
                    keep(&tx, before, judged, judgement.action).await?;
                }
                for cycle in cycles.values().filter(|_| !given.is_empty()) {
                    crate::need_list::reopened(app, &tx, caller, cycle).await?;
                }
            }
            Ok(JudgedAll { done, judged: given.into_iter().map(|(_, judged)| judged).collect(), refused })
        }
    });
    let done = write.await?;
    // A trial run attempts nothing.
    if !bulk.dry_run {
        app.keep_refusals(caller, attempts(&done.refused)).await?;
    }
    Ok(done)
}

/// The verdict on `need` before, and what it is after `judgement`, where the rules let it pass.
async fn decided(
    tx: &Tx,
    caller: &Caller,
    cycle: &Cycle,
    need: Need,
    measures: &Measures,
    judgement: &Judgement,
) -> Result<(Verdict, Judged), Error> {
    let Judgement { action, draft } = judgement;
    let around = around(tx.db(), &need).await?;
    let facts = around.facts(Facts { published: need.state.is_settled(), ..Facts::of(cycle) });
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let before = around.own.unwrap_or_else(|| blank(&need, account));
    let number = need.name().to_string();
    // It stands in the time line of the verdict, which its unit does not read.
    let no = |refusal: rules::Refusal| {
        refused(&Ruled { verdict: &before, number: &number }, audit_action(*action), refusal)
    };
    rules::decide(&caller.actor, &need, &facts, *action, tx.now()).map_err(no)?;
    tx.in_time_until(facts.clock.real(facts.screening_end));
    let into = match Name::parse(&draft.into).filter(|_| *action == Action::Merge) {
        Some(into) => match lock_need(tx, caller, into, measures).await {
            Ok(into) => Some(into),
            Err(Error::Hidden) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    let given = draft.check(*action, into.as_ref().map(|it| it.id)).map_err(Error::Invalid)?;
    if let Some(into) = &into {
        let ruling = self::around(tx.db(), into).await?.own.as_ref().and_then(Verdict::ruling);
        may_merge(&need, into, ruling).map_err(no)?;
    }
    let verdict = before.followed_by(given, account, facts.now(tx.now()));
    Ok((before, Judged { need, verdict, into: into.as_ref().map(Row::from) }))
}

async fn keep(tx: &Tx, before: &Verdict, judged: &Judged, action: Action) -> Result<(), Error> {
    let number = judged.need.name().to_string();
    write(tx, before, &judged.verdict, &number, audit_action(action), None).await
}

async fn write(
    tx: &Tx,
    before: &Verdict,
    after: &Verdict,
    number: &str,
    action: ronghe_domain::audit::Action,
    actor: Option<Actor>,
) -> Result<(), Error> {
    store::need::verdict::save(tx.db(), before.version, after).await?;
    let (before, after) = (Ruled { verdict: before, number }, Ruled { verdict: after, number });
    match actor {
        _ if before.verdict.version == Verdict::NONE => tx.created(action, &after),
        Some(actor) => tx.changed_by(action, &before, &after, actor),
        None => tx.changed(action, &before, &after),
    }
    Ok(())
}

/// A verdict that was never given.
fn blank(need: &Need, by: AccountId) -> Verdict {
    Verdict {
        need: need.id,
        cycle: need.cycle,
        outcome: None,
        remark: String::new(),
        by,
        at: need.changed_at,
        version: Verdict::NONE,
    }
}

/// The verdict on a need, and those by which others are merged into it.
#[derive(Debug, Default)]
pub(super) struct Around {
    own: Option<Verdict>,
    origins: Vec<Verdict>,
}

impl Around {
    /// The facts of the need, with what is meant to become of it.
    pub(super) fn facts(&self, facts: Facts) -> Facts {
        let origins = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
        Facts { verdict: self.own.as_ref().and_then(Verdict::ruling), origins, ..facts }
    }

    /// A refusal that what is meant is the reason of: kept where the need's unit does not read it.
    pub(super) fn refusal_of(
        &self,
        caller: &Caller,
        need: &Need,
        action: Action,
        refusal: rules::Refusal,
    ) -> Option<Error> {
        let of_it = self.own.as_ref().is_some_and(|it| it.outcome.is_some()) || !self.origins.is_empty();
        let account = caller.actor.account().filter(|_| of_it)?;
        let verdict = self.own.clone().unwrap_or_else(|| blank(need, account));
        let number = need.name().to_string();
        Some(refused(&Ruled { verdict: &verdict, number: &number }, audit_action(action), refusal))
    }
}

/// Reads what is meant with a need and around it.
pub(super) async fn around<C: Connection>(db: &C, need: &Need) -> Result<Around, Error> {
    let (own, origins): (Vec<_>, _) =
        store::need::verdict::around(db, need.id).await?.into_iter().partition(|it| it.need == need.id);
    Ok(Around { own: own.into_iter().next(), origins })
}

/// What is meant with `need`, as far as the caller sees it: who sees verdicts, or everyone once it has come so.
pub(super) async fn meant(app: &App, caller: &Caller, need: &Need) -> Result<Option<Meant>, Error> {
    let db = app.db().reader();
    let has_come = need.state.is_settled();
    let is_meant = need.state == State::Screening && sees_verdicts(&caller.actor);
    // What was said of it on its way to the list is its unit's business.
    if (!has_come && !is_meant) || reads_list_only(&caller.actor, need, &Measures::new()) {
        return Ok(None);
    }
    let Around { own, origins } = around(db, need).await?;
    let into = own.as_ref().and_then(|it| it.outcome).and_then(Outcome::into);
    let ids: BTreeSet<NeedId> = origins.iter().map(|it| it.need).chain(into).collect();
    let mut rows = match ids.is_empty() {
        true => Vec::new(),
        // What takes a need up is named to whoever sees what became of it.
        false => store::need::rows(db, &[Scope::All], ids).await?,
    };
    let at = rows.iter().position(|row| Some(row.id) == into);
    let into = at.map(|at| rows.remove(at));
    Ok(Some(Meant { verdict: own, into, origins: rows }))
}

/// A need that its unit takes back, or that is returned to it, has no verdict any more, and takes up no other.
pub(super) async fn void(tx: &Tx, caller: &Caller, need: &Need, action: Action) -> Result<(), Error> {
    let leaves = matches!(action, Action::Withdraw | Action::Return) && need.forwarded_at.is_some();
    let Some(account) = caller.actor.account().filter(|_| leaves) else { return Ok(()) };
    let Around { own, origins } = around(tx.db(), need).await?;
    let meant: Vec<_> = own.into_iter().chain(origins).filter(|it| it.outcome.is_some()).collect();
    if meant.is_empty() {
        return Ok(());
    }
    let rows = store::need::rows(tx.db(), &[Scope::All], meant.iter().map(|it| it.need)).await?;
    for before in &meant {
        let number = rows.iter().find(|row| row.id == before.need).map(|row| row.name().to_string());
        let given = VerdictDraft::default().check(Action::Reopen, None).map_err(Error::Invalid)?;
        let after = before.followed_by(given, account, tx.now());
        let event = audit_action(Action::Reopen);
        write(tx, before, &after, &number.unwrap_or_default(), event, Some(Actor::System)).await?;
    }
    Ok(())
}
