//! Counting what fails at the door, and chaining its sum for each hour.
//!
//! Counts gather in memory and are written once a minute: whoever guesses a thousand times a second makes one
//! small write of it. A crash loses that minute's counts at most.

use crate::audited::Audited;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::audit::failure::{Failure, hour_of};
use ronghe_domain::audit::{Action, Subject, Via};
use ronghe_domain::kernel::Instant;
use ronghe_store::audit::failure::{self, Counted};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Counts that are not yet written, by hour and kind, and all since the start.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    waiting: Mutex<BTreeMap<(Instant, Failure), u64>>,
    since_start: Mutex<BTreeMap<Failure, u64>>,
}

impl App {
    /// Counts a failure of someone who is not signed in.
    pub fn failed(&self, failure: Failure) {
        let key = (hour_of(self.now()), failure);
        let failures = &self.inner.failures;
        *failures.waiting.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default() += 1;
        *failures.since_start.lock().unwrap_or_else(PoisonError::into_inner).entry(failure).or_default() += 1;
    }

    /// Failures since the start of this process, for whoever watches it.
    #[must_use]
    pub fn failures(&self) -> BTreeMap<Failure, u64> {
        self.inner.failures.since_start.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Writes what was counted and chains the sums of hours that are over; says how many hours.
///
/// # Errors
/// Where the database does not answer; nothing is lost then.
pub async fn sum_failures(app: &App) -> Result<usize, Error> {
    let waiting =
        std::mem::take(&mut *app.inner.failures.waiting.lock().unwrap_or_else(PoisonError::into_inner));
    let counted: Vec<Counted> =
        waiting.into_iter().map(|((hour, failure), count)| Counted { hour, failure, count }).collect();
    let now = hour_of(app.now());
    if counted.is_empty() && !failure::is_due(app.db().reader(), now).await? {
        return Ok(0);
    }
    let system = Caller::system(Via::System, "failures");
    let done = app.write(&system, |tx: Tx| {
        let counted = counted.clone();
        async move { chain(&tx, counted, now).await }
    });
    done.await.inspect_err(|_| {
        let mut waiting = app.inner.failures.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for Counted { hour, failure, count } in counted {
            *waiting.entry((hour, failure)).or_default() += count;
        }
    })
}

async fn chain(tx: &Tx, counted: Vec<Counted>, now: Instant) -> Result<usize, Error> {
    for one in counted {
        failure::add(tx.db(), one).await?;
    }
    let mut hours: BTreeMap<Instant, Map<String, Value>> = BTreeMap::new();
    for Counted { hour, failure, count } in failure::before(tx.db(), now).await? {
        hours.entry(hour).or_default().insert(failure.name().to_owned(), count.into());
    }
    failure::forget(tx.db(), now).await?;
    for (hour, sums) in &hours {
        tx.said(Action::CountFailures, &Hour(*hour), Value::Object(sums.clone()));
    }
    Ok(hours.len())
}

/// An hour at the door.
struct Hour(Instant);

impl Audited for Hour {
    const SUBJECT: Subject = Subject::Door;

    fn record(&self) -> String {
        self.0.to_string()
    }

    fn name(&self) -> String {
        self.0.to_string()
    }

    fn version(&self) -> i64 {
        1
    }

    /// An hour has no row: what is said of it stands in its event alone.
    fn snapshot(&self) -> Value {
        Value::Null
    }
}
