//! A running transaction: one of its own, or a turn in a group.

use super::group::Turn;
use crate::Error;
use crate::audit::Head;
use crate::error::{FAILED_BEFORE, OVERRUN};
use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A running transaction. One that is dropped is rolled back; after a statement that failed it can only be
/// rolled back.
#[derive(Debug)]
pub struct Transaction {
    way: Way,
    /// It must have ended by then.
    until: Option<Instant>,
    has_failed: AtomicBool,
}

/// Which way it is carried.
#[derive(Debug)]
enum Way {
    /// By itself.
    Own(DatabaseTransaction),
    /// Among others, which are committed with it.
    Group(Turn),
}

impl Transaction {
    pub(super) const fn own(on: DatabaseTransaction) -> Self {
        Self::by(Way::Own(on))
    }

    pub(super) const fn turn(turn: Turn) -> Self {
        Self::by(Way::Group(turn))
    }

    const fn by(way: Way) -> Self {
        Self { way, until: None, has_failed: AtomicBool::new(false) }
    }

    /// Lets no statement begin any more once `limit` has passed: whoever runs so long is rolled back.
    pub fn within(&mut self, limit: Duration) {
        self.until = Instant::now().checked_add(limit);
    }

    /// Commits. It returns once what was done lies on the disk, with the others of its group.
    ///
    /// # Errors
    /// Where the database does not take it: nothing was done then, by none of the group.
    pub async fn commit(self) -> Result<(), Error> {
        if self.has_failed.into_inner() {
            self.way.rollback().await?;
            return Err(DbErr::Custom(FAILED_BEFORE.to_owned()).into());
        }
        match self.way {
            Way::Own(own) => Ok(own.commit().await?),
            Way::Group(turn) => turn.keep().await,
        }
    }

    /// Rolls back. What the others of its group did before may have been seen here: it returns once that lies
    /// on the disk.
    ///
    /// # Errors
    /// Where the database does not answer, or did not take what was seen.
    pub async fn rollback(self) -> Result<(), Error> {
        self.way.rollback().await
    }

    /// Rolls back and begins anew; in a group without another turn.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn restart(self, db: &super::Db) -> Result<Self, Error> {
        match self.way {
            Way::Own(own) => {
                own.rollback().await?;
                db.begin().await
            }
            Way::Group(turn) => Ok(Self::turn(turn.undone().await?)),
        }
    }

    /// The head of the chain as the commands before it in its group left it.
    pub(crate) fn head(&self) -> Option<Head> {
        match &self.way {
            Way::Own(_) => None,
            Way::Group(turn) => turn.head.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    /// Keeps the head of the chain for the commands behind it in its group.
    pub(crate) fn moved(&self, head: &Head) {
        if let Way::Group(turn) = &self.way {
            *turn.head.lock().unwrap_or_else(PoisonError::into_inner) = Some(head.clone());
        }
    }

    /// Between two statements: whether another may begin.
    fn may_go_on(&self) -> Result<&DatabaseTransaction, DbErr> {
        if self.has_failed.load(Ordering::Acquire) {
            return Err(DbErr::Custom(FAILED_BEFORE.to_owned()));
        }
        if self.until.is_some_and(|until| Instant::now() > until) {
            return Err(self.failed(DbErr::Custom(OVERRUN.to_owned())));
        }
        Ok(match &self.way {
            Way::Own(own) => own,
            Way::Group(turn) => &turn.on,
        })
    }

    fn failed(&self, error: DbErr) -> DbErr {
        self.has_failed.store(true, Ordering::Release);
        error
    }
}

impl Way {
    async fn rollback(self) -> Result<(), Error> {
        match self {
            Self::Own(own) => Ok(own.rollback().await?),
            Self::Group(turn) => turn.undo().await,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        match &self.way {
            Way::Own(own) => own.get_database_backend(),
            Way::Group(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.may_go_on()?.execute_raw(statement).await.map_err(|error| self.failed(error))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.may_go_on()?.execute_unprepared(sql).await.map_err(|error| self.failed(error))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.may_go_on()?.query_one_raw(statement).await.map_err(|error| self.failed(error))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.may_go_on()?.query_all_raw(statement).await.map_err(|error| self.failed(error))
    }
}
