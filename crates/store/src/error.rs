//! What can go wrong in the store.

use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such row, or none that the caller may see.
    #[error("not found")]
    NotFound,
    /// A constraint of the database would be broken: someone else was there first.
    #[error("constraint {0:?}")]
    Conflict(Constraint),
    /// The row was changed since it was read.
    #[error("stale version")]
    Stale,
    /// A lost race that may be run again: deadlock, serialisation, lock timeout.
    #[error("lost race")]
    Retry(#[source] DbErr),
    /// The database cannot be reached, or was lost on the way.
    #[error("the database is away")]
    Away(#[source] DbErr),
    /// A statement took longer than the database lets it; its transaction is undone.
    #[error("a statement took too long")]
    Slow(#[source] DbErr),
    /// The disk takes no more; what was begun is undone.
    #[error("the disk is full")]
    Full(#[source] DbErr),
    /// A window closed while the command ran: it is to be decided anew.
    #[error("a window closed meanwhile")]
    Late,
    /// A transaction ran longer than it may, and was rolled back.
    #[error("the transaction took too long")]
    Overrun,
    /// What stands in the row cannot be read.
    #[error("row of {table} cannot be read: {reason}")]
    Corrupt { table: &'static str, reason: String },
    /// The library of the embedded database is older than what is served.
    #[error("SQLite is {version}, at least 3.51.3 is needed")]
    Outdated { version: String },
    /// The database itself.
    #[error("database")]
    Backend(#[source] DbErr),
}

/// Constraints that people can run into, by what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The sign-in name is taken.
    Login,
    /// The name in addresses is taken.
    Slug,
    /// The official name is taken.
    Name,
    /// The year has a cycle.
    Year,
    /// The university applies for the need already.
    Applied,
    /// A command's answer is kept under its key already.
    Answered,
    /// Another row names this one.
    Referenced,
    /// Any other rule of the database.
    Other,
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => Self::Conflict(unique(&text)),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::Conflict(Constraint::Referenced),
            _ if is_race(&error) => Self::Retry(error),
            _ if is_slow(&error) => Self::Slow(error),
            _ if is_full(&error) => Self::Full(error),
            _ if is_away(&error) => Self::Away(error),
            _ if matches!(&error, DbErr::Custom(said) if said == OVERRUN) => Self::Overrun,
            _ => Self::Backend(error),
        }
    }
}

/// What is said to a statement that comes too late in its transaction.
pub(crate) const OVERRUN: &str = "the transaction took too long";
/// What is said to a statement behind one that failed in the same transaction.
pub(crate) const FAILED_BEFORE: &str = "a statement of this transaction failed before";

fn unique(text: &str) -> Constraint {
    if text.contains("idempotency") {
        Constraint::Answered
    } else if text.contains("application_living") || text.contains("application.need, application.university")
    {
        Constraint::Applied
    } else if text.contains("login") {
        Constraint::Login
    } else if text.contains("slug") {
        Constraint::Slug
    } else if text.contains("year") {
        Constraint::Year
    } else if text.contains("name") {
        Constraint::Name
    } else {
        Constraint::Other
    }
}

/// PostgreSQL's 40001 serialisation, 40P01 deadlock, 55P03 lock timeout; SQLite's busy and locked, with what they extend to.
fn is_race(error: &DbErr) -> bool {
    match source(error) {
        Some(SqlxError::Database(said)) => said.code().is_some_and(|code| {
            ["40001", "40P01", "55P03", "5", "261", "517", "773", "6", "262", "518"].contains(&&*code)
        }),
        _ => false,
    }
}

/// 57014: the statement was cancelled, for the time that it took.
fn is_slow(error: &DbErr) -> bool {
    match source(error) {
        Some(SqlxError::Database(said)) => said.code().is_some_and(|code| code == "57014"),
        _ => false,
    }
}

/// SQLite's full, and its log's index that cannot grow; PostgreSQL's 53100. A write that fails otherwise is a disk that
/// breaks, not one that is full.
fn is_full(error: &DbErr) -> bool {
    match source(error) {
        Some(SqlxError::Database(said)) => {
            said.code().is_some_and(|code| ["13", "4874", "53100"].contains(&&*code))
        }
        _ => false,
    }
}

/// No connection was to be had, or the one in use broke off; 57P01 to 57P03: the server stops or starts.
fn is_away(error: &DbErr) -> bool {
    match source(error) {
        Some(
            SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed,
        ) => true,
        Some(SqlxError::Database(said)) => said.code().is_some_and(|code| code.starts_with("57P0")),
        Some(_) => false,
        // Said by no database: there is no connection, or no writer any more.
        None => matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)),
    }
}

/// What the database or its driver said.
fn source(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(source))
        | DbErr::Exec(RuntimeErr::SqlxError(source))
        | DbErr::Query(RuntimeErr::SqlxError(source)) => Some(source.as_ref()),
        _ => None,
    }
}
