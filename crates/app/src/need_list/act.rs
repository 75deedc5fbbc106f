//! Proposing, approving, sending back, putting on record what a meeting decided, publishing.

use super::{
    Done, Locked, audit_action, decide, document, findings, lock, note, own_post, publish, sources, told,
};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, Instant, Version, day_in_shanghai};
use ronghe_domain::need_list::document::hash;
use ronghe_domain::need_list::draft::answer_reason;
use ronghe_domain::need_list::rules;
use ronghe_domain::need_list::{
    Action, Answer, Document, Edition, Mark, MinutesDraft, NeedList, Proposal, State,
};
use ronghe_store as store;

/// What is done with a version, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Propose,
    /// With a remark.
    Approve(String),
    /// With the reason.
    Return(String),
    /// With what was decided.
    Minute(MinutesDraft),
    Publish,
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Propose => Action::Propose,
            Self::Approve(_) => Action::Approve,
            Self::Return(_) => Action::Return,
            Self::Minute(_) => Action::Minute,
            Self::Publish => Action::Publish,
        }
    }
}

/// Proposes a version, answers for a seat of the leading group, or publishes it: the numbers are given, every need
/// goes where its verdict says, and everyone is told, in one transaction.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where it was changed since `seen`.
pub async fn act(
    app: &App,
    caller: &Caller,
    year: &str,
    edition: &str,
    act: Act,
    seen: Version,
) -> Result<Done, Error> {
    caller.needs(TokenScope::Decide)?;
    let edition = Edition::parse(edition).ok_or(Error::Hidden)?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let register = app.register().await?;
    let done = app.write_much(caller, |tx: Tx| {
        let (register, act) = (register.clone(), act.clone());
        async move {
            let cycle = crate::cycle::lock(&tx, caller, year).await?;
            let Locked { before, current, document } = lock(&tx, &cycle, account).await?;
            // An earlier version is published: nothing more is done with it.
            if let Some(earlier) = published(&tx, &cycle, edition).await? {
                decide(&cycle, &earlier, caller, &[], "", act.action())?;
            }
            let here = current.no == edition.0 && current.version != NeedList::NONE;
            if !here || !rules::visible(&caller.actor, &current) {
                return Err(Error::Hidden);
            }
            let known = sources::known(tx.db(), &cycle, &register).await?;
            let found = findings(app, tx.db(), caller, &cycle, (&current, before.as_ref()), &known).await?;
            let post = own_post(tx.db(), caller).await?;
            let to = decide(&cycle, &current, caller, &found, &post, act.action())?;
            app.fresh(caller)?;
            if current.version != seen {
                return Err(Error::Stale { current: Some(current.version) });
            }
            // What is kept of a rehearsal is by its own clock.
            let by = (account, cycle.now(tx.now()));
            let (after, kept) = match &act {
                Act::Propose => {
                    let written = document::document(&tx, &cycle, &current, &known, &register).await?;
                    proposed(&cycle, &current, &written, by)?
                }
                act => (answered(&cycle, &current, act, to, by)?, document.filter(|_| to != State::Draft)),
            };
            store::need_list::save(tx.db(), &current, &after, kept.as_deref()).await?;
            note(&tx, &cycle, audit_action(act.action()), &current, &after, None);
            if after.state == State::Published {
                publish::publish(app, &tx, caller, (&cycle, &after), &known).await?;
            }
            told(app, &tx, caller, &cycle, (&current, &after)).await?;
            Ok(Done { cycle: cycle.name(), list: after })
        }
    });
    let done = done.await?;
    if done.list.state == State::Published {
        app.register_changed().await;
    }
    Ok(done)
}

/// The version `edition`, where it is published.
async fn published(tx: &Tx, cycle: &Cycle, edition: Edition) -> Result<Option<NeedList>, Error> {
    let versions = store::need_list::of(tx.db(), cycle.id).await?;
    Ok(versions.into_iter().find(|list| list.no == edition.0 && list.state == State::Published))
}

/// The version as it is proposed, and its document in its canonical form.
fn proposed(
    cycle: &Cycle,
    list: &NeedList,
    written: &Document,
    (by, at): (AccountId, Instant),
) -> Result<(NeedList, Option<String>), Error> {
    let canonical = written.canonical()?;
    let proposal = Proposal { by, at, hash: hash(&canonical) };
    Ok((list.proposed(cycle.content.approval().steps, proposal), Some(canonical)))
}

/// The version after it was answered, decided on, or published.
fn answered(
    cycle: &Cycle,
    list: &NeedList,
    act: &Act,
    to: State,
    by: (AccountId, Instant),
) -> Result<NeedList, Error> {
    match act {
        Act::Approve(reason) | Act::Return(reason) => {
            let reason = answer_reason(to, reason).map_err(Error::Invalid)?;
            Ok(list.answered(to, marked(list, to, reason, by)?))
        }
        Act::Minute(typed) => {
            let body = cycle.content.approval().body;
            let minutes = typed.check(body, day_in_shanghai(by.1), by).map_err(Error::Invalid)?;
            Ok(list.minuted(minutes))
        }
        Act::Propose | Act::Publish => Ok(list.published(by.0, by.1)),
    }
}

/// What is said for the seat that the list waits for.
fn marked(list: &NeedList, to: State, reason: String, (by, at): (AccountId, Instant)) -> Result<Mark, Error> {
    let (step, proposal) = list.next_step().zip(list.proposal.as_ref()).ok_or(Error::Hidden)?;
    Ok(Mark {
        seat: step.seat,
        post: step.post.clone(),
        answer: if to == State::Draft { Answer::Returned } else { Answer::Approved },
        reason,
        by,
        at,
        proposed_by: proposal.by,
        hash: proposal.hash.clone(),
        voided_at: None,
    })
}
