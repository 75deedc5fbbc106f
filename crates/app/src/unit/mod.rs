//! The unit of work: one command, one transaction. The only place that reads the clock, makes ids and
//! chains the audit log.

mod chain;
mod clock;

pub use clock::Clock;

use crate::App;
use crate::audited::Audited;
use crate::caller::Caller;
use crate::crypto::Sealer;
use crate::error::{Attempt, Error, Refusal, Refused};
use crate::once;
use chain::refusals;
use ronghe_domain::account::session::is_fresh;
use ronghe_domain::audit::{Action, Subject, Via};
use ronghe_domain::kernel::{Actor, Date, Instant, day_in_shanghai};
use ronghe_store::idempotency::Kept;
use ronghe_store::{Error as StoreError, Transaction, setting};
use serde_json::{Value, json};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::{ClockSequence, ContextV7, NoContext, Timestamp, Uuid};

/// How often a command is run before a lost race is given up.
const TRIES: u32 = 5;

/// A running command: its transaction, its time, and what it has noted for the audit chain.
///
/// It is passed by value, so that a command can be run again after a lost race.
#[derive(Clone)]
pub struct Tx(Arc<Inner>);

struct Inner {
    transaction: Transaction,
    clock: Clock,
    sealer: Sealer,
    now: Mutex<Instant>,
    /// The first window that this command passes to be closed.
    closes: Mutex<Option<Instant>>,
    notes: Mutex<Vec<Note>>,
    /// What is made later in a command has the greater id, also within one moment.
    order: Mutex<ContextV7>,
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
    /// Why, where that is no part of the record; it is shown with `after`.
    why: Option<String>,
    /// Who acted, where the caller is not yet known (sign-in).
    actor: Option<Actor>,
    /// Who acted is not said, nor by what door, from which address, under which request.
    veiled: bool,
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
            why: None,
            actor: None,
            veiled: false,
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
        Ok(ronghe_store::db::unhurried(&self.0.transaction).await?)
    }

    /// This command is in time until just before `closes`. The clock is read once more when its event is
    /// chained; where the window has closed by then, it is decided anew.
    pub fn in_time_until(&self, closes: Instant) {
        let mut first = self.0.closes.lock().unwrap_or_else(PoisonError::into_inner);
        *first = Some(first.map_or(closes, |first| first.min(closes)));
    }

    /// A new id: UUIDv7, in the order of time, and of one command in the order in which they are made.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let order = self.0.order.lock().unwrap_or_else(PoisonError::into_inner);
        id_of(self.now(), &*order)
    }

    /// Notes that a record was made.
    pub fn created<R: Audited>(&self, action: Action, after: &R) {
        self.note(action, after, None, Some(after.snapshot()), None);
    }

    /// Notes that a record was made, and nothing of who made it, by what door, from where: each of that would tell
    /// what nobody may know.
    pub fn created_veiled<R: Audited>(&self, action: Action, after: &R) {
        let after_it = Some(after.snapshot());
        self.keep(Note { after: after_it, stands: true, veiled: true, ..Note::of(action, after) });
    }

    /// Notes that a record was changed.
    pub fn changed<R: Audited>(&self, action: Action, before: &R, after: &R) {
        self.note(action, after, Some(before.snapshot()), Some(after.snapshot()), None);
    }

    /// Notes that a record was changed, and why, where that is no part of it.
    pub fn changed_for<R: Audited>(&self, action: Action, before: &R, after: &R, why: Option<String>) {
        let (before, stands) = (Some(before.snapshot()), true);
        self.keep(Note { before, after: Some(after.snapshot()), stands, why, ..Note::of(action, after) });
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

    /// What seals texts under the server's key.
    pub(crate) fn sealer(&self) -> &Sealer {
        &self.0.sealer
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
        self.run(caller, Length::Short, command).await
    }

    /// The same for what takes long: nobody else's answer waits for it.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) async fn write_much<T, F>(
        &self,
        caller: &Caller,
        command: impl Fn(Tx) -> F + Send + Sync,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
    {
        self.run(caller, Length::Long, command).await
    }

    /// The same for what reaches over everything, while nobody is served.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) async fn write_alone<T, F>(
        &self,
        caller: &Caller,
        command: impl Fn(Tx) -> F + Send + Sync,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
    {
        self.run(caller, Length::Whole, command).await
    }

    async fn run<T, F>(
        &self,
        caller: &Caller,
        length: Length,
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
            match self.attempt(caller, length, &command).await {
                Err(Error::Unavailable(StoreError::Retry(_) | StoreError::Late)) if tries < TRIES => {
                    tokio::time::sleep(Duration::from_millis(5 * u64::from(tries))).await;
                }
                done => return done,
            }
        }
    }

    async fn attempt<T, F>(
        &self,
        caller: &Caller,
        length: Length,
        command: &(impl Fn(Tx) -> F + Send + Sync),
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
    {
        let mut transaction = match length {
            Length::Short => self.db().begin().await?,
            Length::Long | Length::Whole => self.db().begin_alone().await?,
        };
        transaction.within(length.limit());
        let now = self.inner.clock.database(&transaction).await?;
        let tx = Tx(Arc::new(Inner {
            transaction,
            clock: self.inner.clock.clone(),
            sealer: self.sealer(),
            now: Mutex::new(now),
            closes: Mutex::new(None),
            notes: Mutex::new(Vec::new()),
            order: Mutex::new(ContextV7::new()),
        }));
        let done = command(tx.clone()).await;
        let Some(inner) = Arc::into_inner(tx.0) else {
            return Err(Error::internal(std::io::Error::other("a command kept its transaction")));
        };
        let transaction = inner.transaction;
        let notes = inner.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let closes = inner.closes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let ended = match done {
            Ok(value) => self.end(&transaction, caller, notes, closes, (&value, now)).await.map(|()| value),
            Err(Error::Refused(refused)) => return Err(self.refuse(transaction, caller, refused).await?),
            Err(error) => Err(error),
        };
        match ended {
            Ok(_) => transaction.commit().await?,
            // SQLite may have undone all of it by itself, and has nothing left to undo.
            Err(Error::Full) => drop(transaction.rollback().await),
            Err(_) => transaction.rollback().await?,
        }
        ended
    }

    /// Chains what was noted and keeps the answer, where there is one, as of `now`.
    async fn end<T: Send + 'static>(
        &self,
        transaction: &Transaction,
        caller: &Caller,
        notes: Vec<Note>,
        closes: Option<Instant>,
        (value, now): (&T, Instant),
    ) -> Result<(), Error> {
        let answer = once::answer(self, caller, value)?;
        let kept = answer.as_ref().map(|(actor, key, answer)| Kept { actor: *actor, key, answer, made: now });
        self.close(transaction, caller, notes, closes, kept).await
    }

    /// Rolls back and keeps in the chain what was refused; says what is answered.
    async fn refuse(
        &self,
        transaction: Transaction,
        caller: &Caller,
        refused: Box<Refused>,
    ) -> Result<Error, Error> {
        let Some(attempt) = &refused.attempt else {
            // Where another request with this key was faster, that one's answer is looked for afterwards.
            transaction.rollback().await?;
            return Ok(Error::Refused(refused));
        };
        let transaction = transaction.restart(self.db()).await?;
        // Another request with its key was faster: that one's answer stands, nothing is refused.
        if once::is_done(&transaction, caller).await? {
            transaction.rollback().await?;
            return Ok(Error::Repeated);
        }
        let notes = refusals([(attempt, &refused.refusal)].into_iter())?;
        self.close(&transaction, caller, notes, None, None).await?;
        transaction.commit().await?;
        Ok(Error::Refused(refused))
    }
}

/// How long a command may hold what it locks, between two statements.
#[derive(Clone, Copy, Debug)]
enum Length {
    /// As long as a request is waited for.
    Short,
    /// As long as a table is read.
    Long,
    /// As long as everything is read and written.
    Whole,
}

impl Length {
    const fn limit(self) -> Duration {
        match self {
            Self::Short => Duration::from_secs(10),
            Self::Long => Duration::from_secs(60),
            Self::Whole => Duration::from_hours(24),
        }
    }
}

fn new_id(at: Instant) -> Uuid {
    id_of(at, NoContext)
}

fn id_of(at: Instant, order: impl ClockSequence<Output = impl Into<u128>>) -> Uuid {
    let seconds = u64::try_from(at.as_second()).unwrap_or(0);
    let nanos = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(order, seconds, nanos))
}
