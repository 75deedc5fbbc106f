//! The nightly check: the newest backup is restored aside, as `ronghed restore` would, and compared.

use super::standing::Checked;
use super::{Watch, one_line, own};
use crate::backup::aside::Folder;
use crate::backup::manifest::Manifest;
use crate::backup::restore::Purpose;
use crate::backup::{folder, postgres, restore, sealing, short};
use crate::config::Config;
use crate::{alone, http};
use anyhow::{Context, Result};
use jiff::SignedDuration;
use ronghe_app::App;
use ronghe_domain::kernel::{Instant, SHANGHAI};
use ronghe_store::copy::{make, remove};
use std::path::Path;
use tokio::task::spawn_blocking;

/// The hour of Jinan from which on it is made: nobody works, and the night's backups lie there.
const HOUR: i8 = 3;
/// After one that found something it is made again so soon.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

impl Watch {
    /// Checks the newest backup where that is due.
    pub(crate) async fn check(&self, app: &App) {
        let now = app.now();
        let standing = self.standing();
        let Some(origin) = self.known().origin.clone() else { return };
        if standing.newest.is_none() || !is_due(standing.checked.as_ref(), now) {
            return;
        }
        let found = match self.look(&origin).await {
            Ok(None) => return,
            Ok(Some(found)) => Checked { at: now, ..found },
            Err(error) => {
                let of = standing.newest.map_or(now, |newest| newest.made_at);
                Checked { at: now, of, only_read: None, faults: vec![one_line(&error)] }
            }
        };
        match found.faults.first() {
            None => tracing::info!(of = %found.of, only_read = found.only_read.is_some(), "the backup holds"),
            Some(fault) => tracing::error!(of = %found.of, fault, "the backup does not hold"),
        }
        self.known().standing.checked = Some(found);
        self.keep().await;
    }

    async fn look(&self, origin: &str) -> Result<Option<Checked>> {
        let (to, named) = (self.to.clone(), origin.to_owned());
        let newest = spawn_blocking(move || Ok::<_, anyhow::Error>(own(&to, &named)?.pop_last())).await??;
        let Some((of, (path, is_sealed))) = newest else { return Ok(None) };
        let read = path.clone();
        let mut faults = spawn_blocking(move || misread(&read)).await??;
        let mut only_read = None;
        if faults.is_empty() {
            let identity = self.config.backup.check_identity.as_deref();
            match identity {
                None if is_sealed => {
                    only_read = Some("it is encrypted, and backup.check_identity names nothing".to_owned());
                }
                identity => (only_read, faults) = restored(&self.config, origin, &path, identity).await?,
            }
        }
        Ok(Some(Checked { at: of, of, only_read, faults }))
    }
}

/// Whether a night has begun since the last one.
pub(super) fn is_due(last: Option<&Checked>, now: Instant) -> bool {
    let Some(last) = last else { return true };
    let since = now.duration_since(last.at);
    if !last.faults.is_empty() {
        return since >= AGAIN || since.is_negative();
    }
    // Days that begin at that hour.
    let night = |at: Instant| SHANGHAI.to_datetime(at - SignedDuration::from_hours(HOUR.into())).date();
    night(last.at) != night(now)
}

/// What does not lie there as the manifest names it.
fn misread(path: &Path) -> Result<Vec<String>> {
    let manifest = Manifest::read(path)?;
    let of_files = manifest.files.iter().map(|part| {
        let place = folder::place(&path.join("files"), &part.name);
        let is_sealed = manifest.is_sealed() && !part.name.contains('/');
        (part, if is_sealed { place.with_added_extension(sealing::ENDING) } else { place })
    });
    let others = manifest.beside_files().map(|part| (part, path.join(&part.name)));
    let found = others.chain(of_files).filter_map(|(part, place)| {
        folder::hashed(&place).and_then(|found| part.holds(found)).err().map(|error| one_line(&error))
    });
    Ok(found.collect())
}

/// Restores it aside; says why it could not be tried, or what did not hold.
async fn restored(
    config: &Config,
    origin: &str,
    path: &Path,
    identity: Option<&Path>,
) -> Result<(Option<String>, Vec<String>)> {
    let aside =
        |folder: &Path, database: String| Config { database, files: folder.join("files"), ..config.clone() };
    if let Some(file) = alone::file(&config.database) {
        let folder = Folder::begin(file)?;
        let database = format!("sqlite:{}", folder.path().join("ronghe.sqlite").display());
        return Ok((None, faults_of(&aside(folder.path(), database), path, identity).await));
    }
    let served = http::open(config).await?;
    let name = format!("ronghe_check_{}", short(origin));
    // One that a killed process has left goes first.
    drop(remove(&served, &name).await);
    if let Err(error) = make(&served, &name).await {
        let why = one_line(&anyhow::Error::new(error));
        return Ok((
            Some(format!("no database can be made for it, which needs CREATEDB: {why}")),
            Vec::new(),
        ));
    }
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let database = postgres::beside(&config.database, &name);
    let faults = faults_of(&aside(folder.path(), database), path, identity).await;
    remove(&served, &name).await.with_context(|| format!("cannot remove the database {name}"))?;
    Ok((None, faults))
}

async fn faults_of(aside: &Config, from: &Path, identity: Option<&Path>) -> Vec<String> {
    match restore::fill(aside, from, identity, Purpose::Check).await {
        Ok(filled) => filled.faults,
        Err(error) => vec![one_line(&error)],
    }
}
