//! Where the time comes from.

use crate::Error;
use jiff::SignedDuration;
use ronghe_domain::kernel::Instant;
use ronghe_store::{Transaction, db};
use std::sync::{Arc, Mutex, PoisonError};

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
    pub(super) fn process(&self) -> Instant {
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

    /// By the database, which is asked where it has a clock of its own.
    pub(super) async fn database(&self, transaction: &Transaction) -> Result<Instant, Error> {
        match self {
            Self::Set(_) => Ok(self.process()),
            Self::Real | Self::Ahead(_) => self.said(db::clock(transaction).await?),
        }
    }

    /// The same where the database has said its time already, in microseconds since 1970.
    pub(super) fn said(&self, micros: Option<i64>) -> Result<Instant, Error> {
        let ahead = match self {
            Self::Real => SignedDuration::ZERO,
            Self::Ahead(span) => *span,
            Self::Set(_) => return Ok(self.process()),
        };
        let Some(micros) = micros else { return Ok(self.process()) };
        let now = Instant::from_microsecond(micros).map_err(Error::internal)?;
        now.checked_add(ahead).map_err(Error::internal)
    }
}
