//! Group commit on SQLite, which has one writer: commands that wait are carried out one after the other in one
//! transaction, each in its savepoint; one commit writes them through to the disk, and only then they are told.
//!
//! A task leads while there is something to do. It alone makes, releases and rolls back savepoints, so that
//! whoever is dropped in the middle of its turn, by a limit, a panic or a client that leaves, harms nobody.

use super::{PATIENCE, Transaction};
use crate::Error;
use crate::audit::Head;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Most commands of one commit.
const MOST: usize = 32;
/// So long a group takes up more: whoever came first waits for whoever comes last.
const LONGEST: Duration = Duration::from_millis(20);

const BEGIN: &str = "SAVEPOINT command";
const KEEP_AND_BEGIN: &str = "RELEASE command; SAVEPOINT command";
const UNDO: &str = "ROLLBACK TO command";
const UNDO_AND_END: &str = "ROLLBACK TO command; RELEASE command";
/// What SQLite says where a savepoint is gone.
const NO_SAVEPOINT: &str = "no such savepoint";

/// Those who wait for the writer.
#[derive(Debug)]
pub(super) struct Group {
    write: DatabaseConnection,
    queue: Mutex<Queue>,
    /// How often something was committed.
    commits: AtomicU64,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Ask>,
    /// A task hands out turns.
    is_led: bool,
}

/// Someone who waits for a turn.
#[derive(Debug)]
struct Ask {
    alone: bool,
    turn: oneshot::Sender<Result<Turn, DbErr>>,
}

/// A turn at the writer, in a savepoint of its own.
#[derive(Debug)]
pub(super) struct Turn {
    /// Dropped before the leader is told: it then is the only one that holds it.
    pub(super) on: Arc<DatabaseTransaction>,
    /// The head of the chain, where it is known in this group.
    pub(super) head: Mutex<Option<Head>>,
    /// The same when the turn began.
    before: Option<Head>,
    back: oneshot::Sender<Back>,
}

/// How a turn ended; one that was dropped says nothing.
#[derive(Debug)]
struct Back {
    /// What was done stays; the head of the chain after it, where it is known.
    kept: Option<Option<Head>>,
    /// Where it is told what became of the commit.
    tell: oneshot::Sender<Result<(), DbErr>>,
}

impl Group {
    pub(super) fn new(write: DatabaseConnection) -> Arc<Self> {
        Arc::new(Self { write, queue: Mutex::default(), commits: AtomicU64::default() })
    }

    /// How often something was committed here; it grows after the commit, so that whoever reads it before a copy misses
    /// nothing.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Waits for a turn; `alone` in a group of its own, so that nobody waits for its end but to begin.
    pub(super) async fn begin(self: &Arc<Self>, alone: bool) -> Result<Transaction, Error> {
        let (turn, mine) = oneshot::channel();
        {
            let mut queue = self.queue();
            queue.waiting.push_back(Ask { alone, turn });
            if !queue.is_led {
                queue.is_led = true;
                tokio::spawn(Leader { group: Arc::clone(self), has_left: false }.lead());
            }
        }
        match tokio::time::timeout(PATIENCE, mine).await {
            Ok(Ok(turn)) => Ok(Transaction::turn(turn?)),
            Ok(Err(_)) => Err(gone().into()),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout).into()),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next of the same group.
    fn next(&self) -> Option<Ask> {
        let mut queue = self.queue();
        while let Some(ask) = queue.waiting.front() {
            if ask.alone && !ask.turn.is_closed() {
                return None;
            }
            let ask = queue.waiting.pop_front()?;
            if !ask.turn.is_closed() {
                return Some(ask);
            }
        }
        None
    }

    /// One group, which `first` begins.
    async fn carry_out(&self, first: Ask) {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let on = match self.write.begin_with_options(options).await {
            Ok(on) => Arc::new(on),
            Err(error) => {
                first.turn.send(Err(error)).ok();
                return;
            }
        };
        let (began, is_alone) = (Instant::now(), first.alone);
        let mut running = Running { on, head: None, kept: 0, is_open: false, tell: Vec::new() };
        let (mut next, mut turns) = (Some(first), 0);
        while let Some(ask) = next {
            turns += 1;
            if let Err(error) = running.give(ask).await {
                running.fail(error);
                return self.replace().await;
            }
            let may_grow = !is_alone && turns < MOST && began.elapsed() < LONGEST;
            next = if may_grow { self.next() } else { None };
        }
        let writes = running.kept > 0;
        let goes_on = running.end().await;
        if writes {
            self.commits.fetch_add(1, Ordering::Relaxed);
        }
        if !goes_on {
            self.replace().await;
        }
    }

    /// Closes the connection on which a group failed: SQLite may have ended its transaction by itself, and the
    /// pool would not know. The next group opens another.
    async fn replace(&self) {
        if let Ok(connection) = self.write.get_sqlite_connection_pool().acquire().await {
            // It is given up, whatever it says.
            connection.close().await.ok();
        }
    }
}

/// The task that hands out turns.
struct Leader {
    group: Arc<Group>,
    /// Nobody waited any more.
    has_left: bool,
}

impl Leader {
    async fn lead(mut self) {
        while let Some(first) = self.first_or_leave() {
            self.group.carry_out(first).await;
        }
    }

    fn first_or_leave(&mut self) -> Option<Ask> {
        let mut queue = self.group.queue();
        while let Some(ask) = queue.waiting.pop_front() {
            if !ask.turn.is_closed() {
                return Some(ask);
            }
        }
        queue.is_led = false;
        self.has_left = true;
        None
    }
}

impl Drop for Leader {
    /// Where the task itself is ended, whoever waits is told, and the next one begins anew.
    fn drop(&mut self) {
        if !self.has_left {
            let mut queue = self.group.queue();
            queue.is_led = false;
            queue.waiting.clear();
        }
    }
}

/// A group that is being carried out.
struct Running {
    on: Arc<DatabaseTransaction>,
    head: Option<Head>,
    /// Turns whose work stays.
    kept: usize,
    /// The last one's savepoint is still open: the next one's beginning ends it, or the commit.
    is_open: bool,
    /// Who is told what becomes of the commit.
    tell: Vec<oneshot::Sender<Result<(), DbErr>>>,
}

impl Running {
    /// Gives one its turn, to its end.
    async fn give(&mut self, ask: Ask) -> Result<(), DbErr> {
        self.on.execute_unprepared(if self.is_open { KEEP_AND_BEGIN } else { BEGIN }).await?;
        self.is_open = false;
        let (back, given_back) = oneshot::channel();
        let (on, head) = (Arc::clone(&self.on), self.head.clone());
        let turn = Turn { on, head: Mutex::new(head.clone()), before: head, back };
        // Where nobody waits for it any more, it is dropped here, and so given back.
        drop(ask.turn.send(Ok(turn)));
        let Ok(back) = given_back.await else {
            self.on.execute_unprepared(UNDO_AND_END).await?;
            return Ok(());
        };
        let Some(head) = back.kept else {
            let undone = self.on.execute_unprepared(UNDO_AND_END).await;
            // It may have seen what others did, which does not lie on the disk yet.
            match undone {
                Ok(_) if self.kept == 0 => {
                    back.tell.send(Ok(())).ok();
                }
                _ => self.tell.push(back.tell),
            }
            return undone.map(|_| ());
        };
        self.tell.push(back.tell);
        self.is_open = true;
        self.head = head;
        self.kept += 1;
        Ok(())
    }

    /// Commits and tells everyone; whether the connection can go on.
    async fn end(self) -> bool {
        let done = match Arc::into_inner(self.on) {
            Some(on) if self.kept > 0 => on.commit().await,
            Some(on) => on.rollback().await,
            None => Err(gone()),
        };
        let is_done = done.is_ok();
        tell(self.tell, &done.map_err(lost));
        is_done
    }

    /// Gives up: nothing of the group stays.
    fn fail(self, error: DbErr) {
        drop(self.on);
        tell(self.tell, &Err(lost(error)));
    }
}

impl Turn {
    /// What was done stays, if the group's commit holds; says whether it did.
    pub(super) async fn keep(self) -> Result<(), Error> {
        let head = self.head.into_inner().unwrap_or_else(PoisonError::into_inner);
        give_back(self.on, self.back, Some(head)).await
    }

    /// Nothing of what was done stays.
    pub(super) async fn undo(self) -> Result<(), Error> {
        give_back(self.on, self.back, None).await
    }

    /// The same turn, with nothing done.
    pub(super) async fn undone(self) -> Result<Self, Error> {
        self.on.execute_unprepared(UNDO).await?;
        Ok(Self { head: Mutex::new(self.before.clone()), ..self })
    }
}

async fn give_back(
    on: Arc<DatabaseTransaction>,
    back: oneshot::Sender<Back>,
    kept: Option<Option<Head>>,
) -> Result<(), Error> {
    let (tell, told) = oneshot::channel();
    drop(on);
    back.send(Back { kept, tell }).map_err(|_| gone())?;
    Ok(told.await.map_err(|_| gone())??)
}

fn tell(all: Vec<oneshot::Sender<Result<(), DbErr>>>, done: &Result<(), DbErr>) {
    for one in all {
        // Some do not wait for it any more.
        one.send(done.clone()).ok();
    }
}

/// What ended a group says nothing of the single command: a constraint that a neighbour broke is not its own. Where
/// SQLite has ended the transaction by itself, as it may on a full disk, there is no savepoint any more.
fn lost(error: DbErr) -> DbErr {
    if error.to_string().contains(NO_SAVEPOINT) {
        return DbErr::Conn(RuntimeErr::Internal(format!("the group was undone: {error}")));
    }
    match error.sql_err() {
        Some(_) => DbErr::Custom(format!("the group was not committed: {error}")),
        None => error,
    }
}

/// The leader's task was ended: the process is stopping.
fn gone() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal("the writer has stopped".to_owned()))
}
