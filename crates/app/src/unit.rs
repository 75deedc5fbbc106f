//! The unit of work: one command, one transaction. The only place that reads the clock, makes ids and
//! chains the audit log.

use crate::App;
use crate::audited::Audited;
use crate::caller::Caller;
use crate::error::{Attempt, Error, Refusal, Refused};
use crate::once;
use jiff::SignedDuration;
use ronghe_domain::account::session::is_fresh;
use ronghe_domain::audit::{Action, Event, Subject, Via, salted};
use ronghe_domain::kernel::{Actor, Date, Instant, day_in_shanghai};
use ronghe_store::audit::{Detail, Head, Stored};
use ronghe_store::{Error as StoreError, Transaction, audit, db, setting};
use serde_json::{Value, json};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::{NoContext, Timestamp, Uuid};

/// How often a command is run before a lost race is given up.
const TRIES: u32 = 5;
/// Events that are appended to the chain by one statement.
const LINKS: usize = 500;

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The database's clock on PostgreSQL, the process's on SQLite.
    Real,
    /// The same, so far ahead: a demonstration that stands on another day.
    Ahead(SignedDuration),
    /// A time that is set: tests, and the demonstration while it is made.
    Set(Arc<Mutex<Instant>>),
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    #[must_use]
    pub fn standing_at(at: Instant) -> Self {
        Self::Set(Arc::new(Mutex::new(at)))
    }

    /// Moves a set clock; a real one goes on by itself.
    pub fn set(&self, at: Instant) {
        if let Self::Set(now) = self {
            *now.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }

    /// Cut to microseconds, as the database keeps it: what is hashed is what is read again.
    fn process(&self) -> Instant {
        let now = self.raw();
        Instant::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    fn raw(&self) -> Instant {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
            Self::Real => Instant::now(),
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
            Self::Ahead(span) => Instant::now().saturating_add(*span).unwrap_or(Instant::MAX),
            Self::Set(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    async fn database(&self, transaction: &Transaction) -> Result<Instant, Error> {
        let ahead = match self {
            Self::Real => SignedDuration::ZERO,
            Self::Ahead(span) => *span,
            Self::Set(_) => return Ok(self.process()),
        };
        match db::clock(transaction).await? {
            Some(micros) => {
                let now = Instant::from_microsecond(micros).map_err(Error::internal)?;
                now.checked_add(ahead).map_err(Error::internal)
            }
            None => Ok(self.process()),
        }
    }
}

/// A running command: its transaction, its time, and what it has noted for the audit chain.
///
/// It is passed by value, so that a command can be run again after a lost race.
#[derive(Clone)]
pub struct Tx(Arc<Inner>);

struct Inner {
    transaction: Transaction,
    clock: Clock,
    now: Mutex<Instant>,
    /// The first window that this command passes to be closed.
    closes: Mutex<Option<Instant>>,
    notes: Mutex<Vec<Note>>,
}

struct Note {
    action: Action,
    subject: Subject,
    record: String,
    name: String,
    version: i64,
    refused: bool,
    before: Option<Value>,
    /// How the record stands then, or what is said of an act that does not change it.
    after: Option<Value>,
    /// Whether `after` says how the record stands.
    stands: bool,
    /// Who acted, where the caller is not yet known (sign-in).
    actor: Option<Actor>,
}

impl Note {
    /// An act on a record, of which nothing more is said.
    fn of<R: Audited>(action: Action, record: &R) -> Self {
        Self {
            action,
            subject: R::SUBJECT,
            record: record.record(),
            name: record.name(),
            version: record.version(),
            refused: false,
            before: None,
            after: None,
            stands: false,
            actor: None,
        }
    }
}

impl Tx {
    /// The connection to read and write by.
    #[must_use]
    pub fn db(&self) -> &Transaction {
        &self.0.transaction
    }

    /// The time of this command.
    #[must_use]
    pub fn now(&self) -> Instant {
        *self.0.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the clock again: whoever waited for a lock decides by the time after it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn after_locks(&self) -> Result<(), Error> {
        let now = self.0.clock.database(&self.0.transaction).await?;
        *self.0.now.lock().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(())
    }

    /// Lets each statement from here on take as long as it needs: a table of thousands of rows.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn unhurried(&self) -> Result<(), Error> {
        Ok(db::unhurried(&self.0.transaction).await?)
    }

    /// This command is in time until just before `closes`. The clock is read once more when its event is
    /// chained; where the window has closed by then, it is decided anew.
    pub fn in_time_until(&self, closes: Instant) {
        let mut first = self.0.closes.lock().unwrap_or_else(PoisonError::into_inner);
        *first = Some(first.map_or(closes, |first| first.min(closes)));
    }

    /// A new id: UUIDv7, in the order of time.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        new_id(self.now())
    }

    /// Notes that a record was made.
    pub fn created<R: Audited>(&self, action: Action, after: &R) {
        self.note(action, after, None, Some(after.snapshot()), None);
    }

    /// Notes that a record was changed.
    pub fn changed<R: Audited>(&self, action: Action, before: &R, after: &R) {
        self.note(action, after, Some(before.snapshot()), Some(after.snapshot()), None);
    }

    /// Notes a change by someone whom the caller does not name yet: who sets a password by a link.
    pub fn changed_by<R: Audited>(&self, action: Action, before: &R, after: &R, actor: Actor) {
        self.note(action, after, Some(before.snapshot()), Some(after.snapshot()), Some(actor));
    }

    /// Notes an act on a record that does not change it, by `actor`.
    pub fn noted<R: Audited>(&self, action: Action, record: &R, actor: Option<Actor>) {
        self.note(action, record, None, None, actor);
    }

    /// Notes that the caller read of a record what is masked for others, and why. Before the answer goes out
    /// this is committed.
    pub fn revealed<R: Audited>(&self, record: &R, reason: &str) {
        self.said(Action::Reveal, record, json!({ "reason": reason }));
    }

    /// Notes an act that does not change its record, with what is said of it.
    pub fn said<R: Audited>(&self, action: Action, record: &R, words: Value) {
        self.keep(Note { after: Some(words), ..Note::of(action, record) });
    }

    fn note<R: Audited>(
        &self,
        action: Action,
        record: &R,
        before: Option<Value>,
        after: Option<Value>,
        actor: Option<Actor>,
    ) {
        let stands = after.is_some();
        self.keep(Note { before, after, stands, actor, ..Note::of(action, record) });
    }

    fn keep(&self, note: Note) {
        self.0.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }
}

/// A refusal of `action` on `record`, to be kept in the chain.
pub fn refused<R: Audited>(record: &R, action: Action, refusal: impl Into<Refusal>) -> Error {
    Error::Refused(Box::new(Refused {
        refusal: refusal.into(),
        attempt: Some(Attempt {
            action,
            subject: R::SUBJECT,
            record: record.record(),
            name: record.name(),
            version: record.version(),
        }),
    }))
}

impl App {
    /// Now, by the clock of this process.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.inner.clock.process()
    }

    /// Today in Jinan.
    #[must_use]
    pub fn today(&self) -> Date {
        day_in_shanghai(self.now())
    }

    /// The clock, to be set in tests and demonstrations.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// A name that nothing else has.
    pub(crate) fn new_name(&self) -> String {
        new_id(self.now()).simple().to_string()
    }

    /// Whether the caller has proved lately who they are: decisions, accounts and tokens want it. A token
    /// that decides was made with such a proof; a demonstration asks nobody.
    ///
    /// # Errors
    /// `Proof` where they have not.
    pub fn fresh(&self, caller: &Caller) -> Result<(), Error> {
        match caller.via {
            Via::Token | Via::Console | Via::System => Ok(()),
            Via::Web if self.inner.settings.demo => Ok(()),
            Via::Web => {
                let proved = caller.proved.is_some_and(|proved| is_fresh(proved, self.now()));
                if proved { Ok(()) } else { Err(Error::Proof) }
            }
        }
    }

    /// Whether the database says that it holds a demonstration.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn is_demonstration(&self) -> Result<bool, Error> {
        Ok(setting::get(self.db().reader(), setting::DEMONSTRATION).await?.is_some())
    }

    /// Marks the database as a demonstration, for good.
    ///
    /// # Errors
    /// Where it is marked already.
    pub async fn mark_demonstration(&self, console: &Caller) -> Result<(), Error> {
        self.write(console, |tx: Tx| async move {
            Ok(setting::insert(tx.db(), setting::DEMONSTRATION, &self.today().to_string()).await?)
        })
        .await
    }

    /// Runs a command in one transaction and appends what it noted to the audit chain. A lost race runs it
    /// again, up to five times: it must have no effect outside its transaction. A refusal is rolled back
    /// and kept in the chain by a transaction of its own.
    ///
    /// # Errors
    /// What `command` says, that the database does not answer, or that a disk is nearly full.
    pub async fn write<T, F>(
        &self,
        caller: &Caller,
        command: impl Fn(Tx) -> F + Send + Sync,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
    {
        self.room().for_commands()?;
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(caller, &command).await {
                Err(Error::Unavailable(StoreError::Retry(_) | StoreError::Late)) if tries < TRIES => {
                    tokio::time::sleep(Duration::from_millis(5 * u64::from(tries))).await;
                }
                Err(Error::Refused(refused)) => {
                    // Another request with its key was faster: that one's answer stands, nothing is refused.
                    if once::is_done(self, caller).await? {
                        return Err(Error::Repeated);
                    }
                    let attempt = refused.attempt.iter().map(|attempt| (attempt, &refused.refusal));
                    self.keep_refusals(caller, attempt).await?;
                    return Err(Error::Refused(refused));
                }
                done => return done,
            }
        }
    }

    async fn attempt<T, F>(
        &self,
        caller: &Caller,
        command: &(impl Fn(Tx) -> F + Send + Sync),
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
    {
        let transaction = self.db().begin().await?;
        let now = self.inner.clock.database(&transaction).await?;
        let tx = Tx(Arc::new(Inner {
            transaction,
            clock: self.inner.clock.clone(),
            now: Mutex::new(now),
            closes: Mutex::new(None),
            notes: Mutex::new(Vec::new()),
        }));
        let done = command(tx.clone()).await;
        let Some(inner) = Arc::into_inner(tx.0) else {
            return Err(Error::internal(std::io::Error::other("a command kept its transaction")));
        };
        let value = match done {
            Ok(value) => value,
            Err(error) => {
                inner.transaction.rollback().await.map_err(ronghe_store::Error::from)?;
                return Err(error);
            }
        };
        let notes = inner.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let at = self.chain(&inner.transaction, caller, notes).await?;
        let closes = inner.closes.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let (Some(at), Some(closes)) = (at, closes)
            && closes <= at
        {
            inner.transaction.rollback().await.map_err(ronghe_store::Error::from)?;
            return Err(Error::Unavailable(ronghe_store::Error::Late));
        }
        if let Some(command) = &caller.command {
            once::keep(self, &inner.transaction, caller, command, &value, now).await?;
        }
        inner.transaction.commit().await.map_err(ronghe_store::Error::from)?;
        Ok(value)
    }

    /// Keeps in the chain what was refused, by a transaction of its own.
    pub(crate) async fn keep_refusals<'a>(
        &self,
        caller: &Caller,
        refused: impl Iterator<Item = (&'a Attempt, &'a Refusal)> + Send,
    ) -> Result<(), Error> {
        let note = |(attempt, refusal): (&Attempt, &Refusal)| {
            Ok::<_, Error>(Note {
                action: attempt.action,
                subject: attempt.subject,
                record: attempt.record.clone(),
                name: attempt.name.clone(),
                version: attempt.version,
                refused: true,
                before: None,
                after: Some(refusal_value(refusal)?),
                stands: false,
                actor: None,
            })
        };
        let notes = refused.map(note).collect::<Result<Vec<_>, _>>()?;
        if notes.is_empty() {
            return Ok(());
        }
        let transaction = self.db().begin().await?;
        self.chain(&transaction, caller, notes).await?;
        transaction.commit().await.map_err(ronghe_store::Error::from)?;
        Ok(())
    }

    /// Appends `notes` to the chain, holding its head to the end of the transaction.
    /// Says when.
    async fn chain(
        &self,
        transaction: &Transaction,
        caller: &Caller,
        notes: Vec<Note>,
    ) -> Result<Option<Instant>, Error> {
        if notes.is_empty() {
            return Ok(None);
        }
        let mut head = audit::lock_head(transaction).await?;
        // Read again under the lock: this is the events' time, and it never runs back.
        let at = self.inner.clock.database(transaction).await?.max(head.at);
        let mut notes = notes.into_iter().peekable();
        while notes.peek().is_some() {
            let mut links = Vec::new();
            for note in notes.by_ref().take(LINKS) {
                let stored = link(&head, at, caller, note)?;
                head = Head { seq: stored.event.seq, at, hash: stored.hash.clone() };
                links.push(stored);
            }
            audit::append(transaction, &links).await?;
        }
        audit::set_head(transaction, &head).await?;
        Ok(Some(at))
    }
}

fn link(head: &Head, at: Instant, caller: &Caller, note: Note) -> Result<Stored, Error> {
    let salt = new_id(at).simple().to_string();
    let actor = note.actor.as_ref().unwrap_or(&caller.actor);
    let roles = match actor {
        Actor::Person(person) => person.roles.iter().copied().collect(),
        Actor::Visitor | Actor::System => Vec::new(),
    };
    let after = match &note.after {
        Some(after) if note.stands => salted(&salt, after)?,
        _ => String::new(),
    };
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
        detail: salted(&salt, &(&note.name, &note.before, &note.after))?,
        prev: head.hash.clone(),
    };
    let text = |value: Option<Value>| value.map(|value| value.to_string());
    Ok(Stored {
        hash: event.hash()?,
        event,
        detail: Some(Detail { name: note.name, salt, before: text(note.before), after: text(note.after) }),
    })
}

fn refusal_value(refusal: &Refusal) -> Result<Value, Error> {
    Ok(match refusal {
        Refusal::Policy(refusal) => serde_json::to_value(refusal)?,
        Refusal::Account(refusal) => serde_json::to_value(refusal)?,
        Refusal::Org(refusal) => serde_json::to_value(refusal)?,
        Refusal::Cycle(refusal) => serde_json::to_value(refusal)?,
        Refusal::Need(refusal) => serde_json::to_value(refusal)?,
        Refusal::Mail(refusal) => serde_json::to_value(refusal)?,
    })
}

fn new_id(at: Instant) -> Uuid {
    let seconds = u64::try_from(at.as_second()).unwrap_or(0);
    let nanos = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, nanos))
}
