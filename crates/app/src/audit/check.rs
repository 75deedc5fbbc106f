//! The check of the chain as a job: it goes on when whoever started it has left, and what it found is kept.

use super::verify::whole;
use super::watches;
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::{AccountId, Instant};
use ronghe_store::audit::check::{keep, last};
use std::sync::{Mutex, PoisonError};

pub use ronghe_store::audit::check::Kept;

/// A check that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    pub since: Instant,
    pub by: Option<AccountId>,
}

/// Where the check of the chain stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub running: Option<Running>,
    pub last: Option<Kept>,
    /// The last one that was started here ended before it found anything.
    pub failed: bool,
}

/// The check of this process, if one runs, and whether the last one failed.
#[derive(Debug, Default)]
pub(crate) struct Job(Mutex<(Option<Running>, bool)>);

impl Job {
    /// Begins one, unless one runs: whoever asks then waits for that one.
    fn begin(&self, running: Running) -> bool {
        let mut job = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = job.0.is_none();
        if is_new {
            *job = (Some(running), false);
        }
        is_new
    }

    fn now(&self) -> (Option<Running>, bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the job however its task ends.
struct Turn {
    app: App,
    failed: bool,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.app.inner.checking.0.lock().unwrap_or_else(PoisonError::into_inner) = (None, self.failed);
    }
}

/// Starts a check, or joins the one that runs. It ends with the process, which does not wait for it.
///
/// # Errors
/// `Hidden` for those who do not watch.
pub async fn start(app: &App, caller: &Caller) -> Result<Standing, Error> {
    watches(caller)?;
    let running = Running { since: app.now(), by: caller.actor.account() };
    if app.inner.checking.begin(running) {
        tokio::spawn(carry_out(Turn { app: app.clone(), failed: true }, running));
    }
    standing(app, caller).await
}

/// Where the check stands: the one that runs, and what the last one found.
///
/// # Errors
/// `Hidden` for those who do not watch.
pub async fn standing(app: &App, caller: &Caller) -> Result<Standing, Error> {
    watches(caller)?;
    // Asked first: a check that ends in between has its result by then.
    let (running, failed) = app.inner.checking.now();
    Ok(Standing { running, last: last(app.db().reader()).await?, failed })
}

async fn carry_out(mut turn: Turn, running: Running) {
    match run(&turn.app, running).await {
        Ok(()) => turn.failed = false,
        Err(error) => tracing::warn!(%error, "the check of the chain could not be carried out"),
    }
}

async fn run(app: &App, running: Running) -> Result<(), Error> {
    let found = whole(app).await?;
    let kept = Kept {
        started_at: running.since,
        started_by: running.by,
        finished_at: app.now(),
        events: found.events,
        head: found.head,
        faults: found.faults,
    };
    let system = Caller::system(Via::System, "chain-check");
    app.write(&system, |tx: Tx| {
        let kept = kept.clone();
        async move { Ok(keep(tx.db(), &kept).await?) }
    })
    .await
}
