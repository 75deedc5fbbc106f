//! Events of a command, chained one behind the other at its end.

use super::{Note, new_id};
use crate::error::{Attempt, Error, Refusal};
use crate::{App, Caller};
use ronghe_domain::audit::{Event, Via, salted};
use ronghe_domain::kernel::{Actor, Instant};
use ronghe_store::audit::{self, Detail, Head, Stored};
use ronghe_store::idempotency::Kept;
use ronghe_store::{Constraint, Transaction};
use serde_json::Value;

impl App {
    /// Keeps in the chain what was refused, by a transaction of its own.
    pub(crate) async fn keep_refusals<'a>(
        &self,
        caller: &Caller,
        refused: impl Iterator<Item = (&'a Attempt, &'a Refusal)> + Send,
    ) -> Result<(), Error> {
        let notes = refusals(refused)?;
        if notes.is_empty() {
            return Ok(());
        }
        let transaction = self.db().begin().await?;
        self.close(&transaction, caller, notes, None, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Ends a command: appends `notes` to the chain, holding its head to the end of the transaction, and keeps
    /// the answer.
    ///
    /// # Errors
    /// `Late` where what the command was in time for has ended by the time of its events; `Repeated` where
    /// another request with its key was faster.
    pub(super) async fn close(
        &self,
        transaction: &Transaction,
        caller: &Caller,
        notes: Vec<Note>,
        closes: Option<Instant>,
        answer: Option<Kept<'_>>,
    ) -> Result<(), Error> {
        let mut events: Vec<Stored> = Vec::new();
        if !notes.is_empty() {
            let (mut head, said) = audit::lock_head(transaction).await?;
            // Read again under the lock: this is the events' time, and it never runs back.
            let at = self.clock().said(said)?.max(head.at);
            if closes.is_some_and(|closes| closes <= at) {
                return Err(Error::Unavailable(ronghe_store::Error::Late));
            }
            for note in notes {
                let stored = link(&head, at, caller, note)?;
                head = Head { seq: stored.event.seq, at, hash: stored.hash.clone() };
                events.push(stored);
            }
        } else if let Some(closes) = closes
            && closes <= self.clock().database(transaction).await?
        {
            // What is sealed has no event, and is in time all the same only until its window closes.
            return Err(Error::Unavailable(ronghe_store::Error::Late));
        }
        match audit::close(transaction, &events, answer).await {
            Err(ronghe_store::Error::Conflict(Constraint::Answered)) => Err(Error::Repeated),
            other => Ok(other?),
        }
    }
}

/// What was refused, to be kept in the chain.
pub(super) fn refusals<'a>(
    refused: impl Iterator<Item = (&'a Attempt, &'a Refusal)>,
) -> Result<Vec<Note>, Error> {
    let note = |(attempt, refusal): (&Attempt, &Refusal)| {
        Ok(Note {
            action: attempt.action,
            subject: attempt.subject,
            record: attempt.record.clone(),
            name: attempt.name.clone(),
            version: attempt.version,
            refused: true,
            before: None,
            after: Some(refusal_value(refusal)?),
            stands: false,
            why: None,
            actor: None,
            veiled: false,
        })
    };
    refused.map(note).collect()
}

fn link(head: &Head, at: Instant, caller: &Caller, note: Note) -> Result<Stored, Error> {
    let salt = new_id(at).simple().to_string();
    let nobody = Caller::system(Via::System, "veiled");
    let caller = if note.veiled { &nobody } else { caller };
    let actor = note.actor.as_ref().unwrap_or(&caller.actor);
    let roles = match actor {
        Actor::Person(person) => person.roles.iter().copied().collect(),
        Actor::Visitor | Actor::System => Vec::new(),
    };
    let after = match &note.after {
        Some(after) if note.stands => salted(&salt, after)?,
        _ => String::new(),
    };
    // Why is no part of the record, whose row is compared with the hash above.
    let mut shown = note.after;
    if let (Some(Value::Object(shown)), Some(why)) = (&mut shown, note.why) {
        shown.insert("reason".to_owned(), why.into());
    }
    let event = Event {
        v: Event::VERSION,
        alg: Event::ALG.to_owned(),
        seq: head.seq + 1,
        at,
        actor: actor.account(),
        roles,
        org: actor.org(),
        via: caller.via,
        request: caller.request.clone(),
        address: caller.address.clone(),
        action: note.action,
        subject: note.subject,
        record: note.record,
        version: note.version,
        refused: note.refused,
        after,
        detail: salted(&salt, &(&note.name, &note.before, &shown))?,
        prev: head.hash.clone(),
    };
    let text = |value: Option<Value>| value.map(|value| value.to_string());
    Ok(Stored {
        hash: event.hash()?,
        event,
        detail: Some(Detail { name: note.name, salt, before: text(note.before), after: text(shown) }),
    })
}

fn refusal_value(refusal: &Refusal) -> Result<Value, Error> {
    Ok(match refusal {
        Refusal::Policy(refusal) => serde_json::to_value(refusal)?,
        Refusal::Account(refusal) => serde_json::to_value(refusal)?,
        Refusal::AccountRequest(refusal) => serde_json::to_value(refusal)?,
        Refusal::Org(refusal) => serde_json::to_value(refusal)?,
        Refusal::Cycle(refusal) => serde_json::to_value(refusal)?,
        Refusal::Question(refusal) => serde_json::to_value(refusal)?,
        Refusal::Meeting(refusal) => serde_json::to_value(refusal)?,
        Refusal::Application(refusal) => serde_json::to_value(refusal)?,
        Refusal::Need(refusal) => serde_json::to_value(refusal)?,
        Refusal::NeedList(refusal) => serde_json::to_value(refusal)?,
        Refusal::Mail(refusal) => serde_json::to_value(refusal)?,
        Refusal::SignOff(refusal) => serde_json::to_value(refusal)?,
        Refusal::Keeping(refusal) => serde_json::to_value(refusal)?,
        Refusal::View(refusal) => serde_json::to_value(refusal)?,
        Refusal::Export(refusal) => serde_json::to_value(refusal)?,
        Refusal::Profile(refusal) => serde_json::to_value(refusal)?,
        Refusal::Suggestion(refusal) => serde_json::to_value(refusal)?,
    })
}
