//! Reading the audit chain, and checking that it is whole.

use crate::{App, Caller, Error};
use ronghe_domain::audit::{Fault, Subject, Walk, salted};
use ronghe_domain::kernel::{Actor, Role};
use ronghe_domain::policy::rules;
use ronghe_store::audit::{Filter, Stored, after, list, read_head};
use serde_json::Value;

/// How many events are read at once while the chain is walked.
const STEP: u64 = 500;

/// Events, newest first, for those who watch.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn events(app: &App, caller: &Caller, filter: &Filter) -> Result<(Vec<Stored>, u64), Error> {
    watches(caller)?;
    Ok(list(app.db().reader(), filter).await?)
}

/// The time line of one document, for those who may see its draft.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn policy_events(
    app: &App,
    caller: &Caller,
    slug: &str,
    limit: u64,
) -> Result<(Vec<Stored>, u64), Error> {
    if rules::scope(&caller.actor) != rules::Scope::All {
        return Err(Error::Hidden);
    }
    let policy = crate::policy::show(app, caller, slug).await?;
    let filter = Filter {
        subject: Some(Subject::Policy),
        record: Some(policy.id.to_string()),
        limit,
        ..Filter::default()
    };
    Ok(list(app.db().reader(), &filter).await?)
}

/// What a walk over the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub events: i64,
    pub head: String,
    pub faults: Vec<Fault>,
}

/// Walks the whole chain: sequence, hashes, time, the words beside the events, the head.
///
/// # Errors
/// `Hidden` for those who do not watch.
pub async fn verify(app: &App, caller: &Caller) -> Result<Checked, Error> {
    watches(caller)?;
    let db = app.db().reader();
    let mut walk = Walk::default();
    let mut seq = 0;
    loop {
        let events = after(db, seq, STEP).await?;
        let Some(last) = events.last() else { break };
        seq = last.event.seq;
        for stored in &events {
            walk.step(&stored.event, &stored.hash);
            if !detail_holds(stored) {
                walk.faults.push(Fault::Detail { seq: stored.event.seq });
            }
        }
    }
    let head = read_head(db).await?;
    walk.finish(head.seq, &head.hash);
    Ok(Checked { events: head.seq, head: head.hash, faults: walk.faults })
}

/// Whether the words beside an event are those that were hashed; erased words are no fault.
fn detail_holds(stored: &Stored) -> bool {
    let Some(detail) = &stored.detail else { return true };
    let read = |text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => serde_json::from_str::<Value>(text).map(Some),
    };
    let (Ok(before), Ok(after)) = (read(&detail.before), read(&detail.after)) else { return false };
    salted(&detail.salt, &(&detail.name, &before, &after)).is_ok_and(|hash| hash == stored.event.detail)
}

fn watches(caller: &Caller) -> Result<(), Error> {
    if caller.actor.has(Role::Auditor) || caller.actor == Actor::System { Ok(()) } else { Err(Error::Hidden) }
}
