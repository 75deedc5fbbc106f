//! Backups that the server takes by itself: when, which are kept, how they stand.

mod check;
mod keep;
mod standing;
#[cfg(test)]
mod tests;

pub(crate) use standing::{Grave, Line, Standing, said};

use super::folder::entries;
use super::manifest::{Brief, By};
use super::take::{Earlier, Order, Taken, taken};
use crate::config::Config;
use anyhow::{Context, Result};
use jiff::SignedDuration;
use keep::surplus;
use ronghe_app::App;
use ronghe_domain::kernel::Instant;
use ronghe_store::copy::{mark, origin};
use standing::{Failed, Newest};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::task::spawn_blocking;

/// After a failure it is tried again so soon, however seldom backups are due.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);
/// What a killed process left half done is taken away after that.
const STRAY: SignedDuration = SignedDuration::from_hours(24);

/// Watches over the backups of a server that runs.
#[derive(Debug)]
pub(crate) struct Watch {
    config: Config,
    to: PathBuf,
    every: SignedDuration,
    known: Mutex<Known>,
    /// Woken by each backup that was taken.
    fresh: Notify,
}

/// What is known of them in memory.
#[derive(Clone, Debug, Default)]
struct Known {
    standing: Standing,
    /// By what the database is known, once it was asked.
    origin: Option<String>,
    /// How the database stood when its newest backup was begun; unknown after a start.
    mark: Option<String>,
}

impl Watch {
    /// Where the configuration names a folder for them.
    pub(crate) fn of(config: &Config) -> Option<Arc<Self>> {
        let (to, every) = config.backup.to.clone().zip(config.backup.every)?;
        Some(Arc::new(Self {
            config: config.clone(),
            to,
            every,
            known: Mutex::default(),
            fresh: Notify::new(),
        }))
    }

    /// How often one is due.
    pub(crate) const fn every(&self) -> SignedDuration {
        self.every
    }

    /// Waits for the next backup that is taken.
    pub(crate) async fn taken(&self) {
        self.fresh.notified().await;
    }

    /// How they stand.
    pub(crate) fn standing(&self) -> Standing {
        self.known().standing.clone()
    }

    /// Takes a backup where one is due and something has changed, and takes away those that need not be kept.
    pub(crate) async fn back_up(&self, app: &App) {
        let now = app.now();
        match self.try_to(app, now).await {
            Ok(false) => {}
            Ok(true) => {
                let was = self.known().standing.failed.take();
                if let Some(Failed { since, .. }) = was {
                    tracing::info!(%since, "backups are made again");
                }
                self.keep().await;
            }
            Err(error) => {
                let why = one_line(&error);
                tracing::error!(error = why, to = %self.to.display(), "the backup could not be made");
                self.failed(now, why);
                self.keep().await;
            }
        }
    }

    /// Whether something was done.
    async fn try_to(&self, app: &App, now: Instant) -> Result<bool> {
        let origin = self.origin(app).await?;
        let standing = self.standing();
        if !is_due(&standing, self.every, now) {
            return Ok(false);
        }
        // First, for it makes room; where it fails, that is said once the backup is made all the same.
        let (to, named) = (self.to.clone(), origin.clone());
        let thinned = spawn_blocking(move || thin_out(&to, &named, now)).await?;
        // Asked before the copy: what is written meanwhile is seen the next time.
        let stands = mark(app.db()).await.context("the database does not answer")?;
        if self.is_current(&stands) {
            self.known().standing.well_at = Some(now);
        } else {
            self.take(app, &origin, now, stands).await?;
        }
        thinned.map(|()| true)
    }

    async fn take(&self, app: &App, origin: &str, now: Instant, stands: String) -> Result<()> {
        // Links to what is damaged would hand the damage on.
        let is_sound = self.standing().checked.is_none_or(|checked| checked.faults.is_empty());
        let earlier = if is_sound { self.newest(origin).await? } else { None };
        let recipients = &self.config.backup.recipients;
        let order = Order { to: &self.to, recipients, by: By::Schedule, origin, earlier };
        let (_, taken) = taken(&self.config, app, order).await?;
        tracing::info!(backup = %taken.path.display(), "took a backup");
        self.is_taken(&taken, stands, now);
        self.fresh.notify_one();
        Ok(())
    }

    /// Whether the newest backup is still there and nothing has changed since it was begun.
    fn is_current(&self, stands: &str) -> bool {
        let known = self.known();
        let newest = known.standing.newest.as_ref();
        known.mark.as_deref() == Some(stands)
            && newest.is_some_and(|newest| self.to.join(super::name(newest.made_at)).exists())
    }

    fn is_taken(&self, taken: &Taken, mark: String, now: Instant) {
        let mut known = self.known();
        known.mark = Some(mark);
        known.standing.newest = Some(Newest { made_at: taken.made_at, is_sealed: taken.is_sealed });
        known.standing.well_at = Some(now);
    }

    fn failed(&self, at: Instant, why: String) {
        let mut known = self.known();
        let since = known.standing.failed.as_ref().map_or(at, |failed| failed.since);
        known.standing.failed = Some(Failed { since, at, why });
    }

    /// By what the database is known. The first time, what was kept beside its backups is read, and which is the
    /// newest.
    async fn origin(&self, app: &App) -> Result<String> {
        if let Some(origin) = self.known().origin.clone() {
            return Ok(origin);
        }
        let origin = origin(app.db().reader()).await.context("the database does not answer")?;
        let (standing, newest) = at_first(&self.to, &origin).await?;
        let mut known = self.known();
        // Where it failed before the target could be read, that is known better here.
        let failed = known.standing.failed.take().or(standing.failed);
        known.standing = Standing { failed, newest, ..standing };
        // A database in which nothing has happened yet gets its name later.
        known.origin = Some(origin.clone()).filter(|origin| !origin.is_empty());
        Ok(origin)
    }

    async fn newest(&self, origin: &str) -> Result<Option<Earlier>> {
        let (to, origin) = (self.to.clone(), origin.to_owned());
        spawn_blocking(move || match own(&to, &origin)?.pop_last() {
            Some((_, (path, _))) => Ok(Earlier::read(path).ok()),
            None => Ok(None),
        })
        .await?
    }

    /// Keeps beside them how they stand; where the target takes nothing, memory alone says so.
    async fn keep(&self) {
        let Known { standing, origin, .. } = self.known().clone();
        let (Some(origin), to) = (origin, self.to.clone()) else { return };
        if let Ok(Err(error)) = spawn_blocking(move || standing.keep(&to, &origin)).await {
            tracing::warn!(error = one_line(&error), "how backups stand could not be written down");
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How the backups of `app` in the folder that the configuration names stand, for who is not the server.
pub(crate) async fn standing_of(config: &Config, app: &App) -> Result<Option<(Standing, SignedDuration)>> {
    let Some((to, every)) = config.backup.to.clone().zip(config.backup.every) else { return Ok(None) };
    let origin = origin(app.db().reader()).await.context("the database does not answer")?;
    let (standing, newest) = at_first(&to, &origin).await?;
    Ok(Some((Standing { newest, ..standing }, every)))
}

async fn at_first(to: &Path, origin: &str) -> Result<(Standing, Option<Newest>)> {
    let (to, origin) = (to.to_path_buf(), origin.to_owned());
    spawn_blocking(move || {
        let newest = own(&to, &origin)?.pop_last();
        let newest = newest.map(|(made_at, (_, is_sealed))| Newest { made_at, is_sealed });
        // What does not hold is written anew.
        Ok((Standing::load(&to, &origin).unwrap_or_default(), newest))
    })
    .await?
}

/// Whether it is time for the next one.
fn is_due(standing: &Standing, every: SignedDuration, now: Instant) -> bool {
    let since = |at: Instant| now.duration_since(at);
    match (&standing.failed, standing.well_at) {
        (Some(failed), _) => since(failed.at) >= every.min(AGAIN) || since(failed.at).is_negative(),
        (None, Some(at)) => since(at) >= every || since(at).is_negative(),
        (None, None) => true,
    }
}

/// Backups in `to` that a schedule made of the database known by `origin`, and whether each is encrypted.
fn own(to: &Path, origin: &str) -> Result<BTreeMap<Instant, (PathBuf, bool)>> {
    let mut own = BTreeMap::new();
    for path in entries(to)? {
        let Ok(brief) = Brief::read(&path) else { continue };
        let is_named = path.file_name().is_some_and(|name| *name == *super::name(brief.made_at));
        if is_named && brief.by == By::Schedule && brief.origin == origin {
            own.insert(brief.made_at, (path, brief.is_sealed()));
        }
    }
    Ok(own)
}

/// Takes away what need not be kept, of what a schedule made of this database.
fn thin_out(to: &Path, origin: &str, now: Instant) -> Result<()> {
    let own = own(to, origin)?;
    for at in surplus(&own.keys().copied().collect::<BTreeSet<_>>(), now) {
        let Some((path, _)) = own.get(&at) else { continue };
        // Renamed first: what is half gone is no backup.
        let part = to.join(super::part_name(at, origin));
        let gone = fs::rename(path, &part).and_then(|()| fs::remove_dir_all(&part));
        gone.with_context(|| format!("cannot take {} away", path.display()))?;
    }
    for path in entries(to)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if super::made_at_of_part(name, origin).is_some_and(|at| now.duration_since(at) > STRAY) {
            fs::remove_dir_all(&path).with_context(|| format!("cannot take {} away", path.display()))?;
        }
    }
    Ok(())
}

/// An error with its causes.
fn one_line(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
