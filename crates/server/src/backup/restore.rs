//! `ronghed restore`.

use super::folder::{copy, entries, hashed, place};
use super::manifest::{Chain, Counted, Manifest, Part};
use super::sealing::{ENDING, Identities};
use super::{has_room, open_copy, postgres, stands};
use crate::config::Config;
use crate::console::Said;
use crate::{alone, console, http};
use anyhow::{Context, Result, bail};
use ronghe_app::audit::Backup;
use ronghe_app::{App, Clock, Settings, audit};
use ronghe_domain::kernel::Instant;
use ronghe_store::Db;
use ronghe_store::copy::is_empty;
use ronghe_text::{Lang, fault};
use std::fs;
use std::path::{Path, PathBuf};

/// What it means where records cannot be read.
const OTHER_KEY: &str = "the records cannot be read: is the key the one of that time?";

/// What a place is filled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It is served from now on: its chain says what was lost.
    Serve,
    /// It is looked at and removed.
    Check,
}

/// What became of it.
#[derive(Debug)]
pub(super) struct Outcome {
    made_at: Instant,
    /// Where the chain of the backup ends.
    chain: Chain,
    /// What does not hold; nothing is left then.
    pub(super) faults: Vec<String>,
}

/// Fills an empty place from the backup in `from`, and checks what it filled; `identity` is the file that opens an
/// encrypted one.
pub(crate) async fn restore(config: &Config, from: &Path, identity: Option<&Path>) -> Result<Said> {
    let Outcome { made_at, chain, faults } = fill(config, from, identity, Purpose::Serve).await?;
    if !faults.is_empty() {
        return Ok(Said::failing(faults));
    }
    let key = config.key.display();
    let key = if config.key.exists() {
        format!("the key {key} opens what lies sealed in it")
    } else {
        format!(
            "what lies sealed was not opened: put the key of that time to {key} before you serve it, and run \
             verify-audit"
        )
    };
    let Chain { seq, at, .. } = chain;
    Ok(Said::line(format!("✓ restored the backup of {made_at}: events 1 to {seq}, the chain is whole"))
        .and(format!("the last event is of {at}; what happened after it is lost, and the chain says so"))
        .and(key))
}

/// Fills an empty place from the backup in `from`, and checks what it filled.
pub(super) async fn fill(
    config: &Config,
    from: &Path,
    identity: Option<&Path>,
    purpose: Purpose,
) -> Result<Outcome> {
    let manifest = Manifest::read(from)?;
    let identities = identity.map(Identities::of).transpose()?;
    let counted = manifest.counted(from, identities.as_ref())?;
    let identities = identities.filter(|_| manifest.is_sealed());
    http::make_folder(&config.database)?;
    let _alone = alone::hold_or_fail(config)?;
    if !entries(&config.files)?.is_empty() {
        bail!("files: {} is not empty; restore fills an empty place only", config.files.display());
    }
    let filled = Filled::begin(config).await?;
    let bytes = manifest.files.iter().map(|file| file.bytes).sum::<u64>();
    has_room(&filled.files, bytes.saturating_add(manifest.database.bytes))?;
    let (within, files) = (from.join("files"), filled.files.clone());
    let (parts, opened_by) = (manifest.files.clone(), identities.clone());
    tokio::task::spawn_blocking(move || fill_files(&parts, &within, &files, opened_by.as_ref())).await??;
    let db = filled.database(config, from, &manifest.database, identities).await?;
    let outcome = Outcome { made_at: manifest.made_at, chain: counted.chain.clone(), faults: Vec::new() };
    let faults = checked(config, db, &manifest, &counted, &filled.files, purpose).await?;
    if faults.is_empty() {
        filled.complete(config)?;
    }
    Ok(Outcome { faults, ..outcome })
}

/// What was filled, under names of its own until it is checked; it goes away unless it is completed.
struct Filled {
    files: PathBuf,
    /// The file of an embedded database: as it is filled, and as it will be called.
    database: Option<(PathBuf, PathBuf)>,
}

impl Filled {
    async fn begin(config: &Config) -> Result<Self> {
        let files = config.files.with_added_extension("restoring");
        let Some(file) = alone::file(&config.database) else {
            let db = http::open(config).await?;
            let is_empty = is_empty(db.reader()).await;
            db.close().await?;
            if !is_empty? {
                bail!(
                    "database: {} holds tables; restore fills an empty place only",
                    config.without_password()
                );
            }
            return Ok(Self { files, database: None });
        };
        if file.exists() {
            bail!("database: {} is there; restore fills an empty place only", file.display());
        }
        let filled =
            Self { files, database: Some((file.with_added_extension("restoring"), file.to_path_buf())) };
        // What an attempt before has left.
        filled.clear();
        Ok(filled)
    }

    /// Fills the database and opens it.
    async fn database(
        &self,
        config: &Config,
        from: &Path,
        part: &Part,
        identities: Option<Identities>,
    ) -> Result<Db> {
        let source = from.join(&part.name);
        // What is piped into another program, or decrypted, is looked at first.
        if self.database.is_none() || identities.is_some() {
            let (read, named) = (source.clone(), part.clone());
            tokio::task::spawn_blocking(move || named.holds(hashed(&read)?)).await??;
        }
        let Some((file, _)) = &self.database else {
            match identities {
                Some(identities) => postgres::fill_sealed(&config.database, source, identities).await?,
                None => postgres::fill(&config.database, &source).await?,
            }
            return http::open(config).await;
        };
        let (to, named) = (file.clone(), part.clone());
        tokio::task::spawn_blocking(move || match identities {
            Some(identities) => identities.write(&source, &to).map(drop),
            None => named.holds(copy(&source, &to)?),
        })
        .await??;
        open_copy(file).await
    }

    fn complete(self, config: &Config) -> Result<()> {
        if self.files.exists() {
            // An empty one may be there; a folder cannot take its name.
            drop(fs::remove_dir(&config.files));
            fs::rename(&self.files, &config.files)
                .with_context(|| format!("cannot name {}", config.files.display()))?;
        }
        if let Some((filled, file)) = &self.database {
            fs::rename(filled, file).with_context(|| format!("cannot name {}", file.display()))?;
            file.parent()
                .filter(|folder| !folder.as_os_str().is_empty())
                .map_or(Ok(()), super::folder::write_through)?;
        }
        Ok(())
    }

    fn clear(&self) {
        drop(fs::remove_dir_all(&self.files));
        if let Some((file, _)) = &self.database {
            for ending in ["", "-wal", "-shm"] {
                drop(fs::remove_file(format!("{}{ending}", file.display())));
            }
        }
    }
}

impl Drop for Filled {
    fn drop(&mut self) {
        self.clear();
    }
}

fn fill_files(parts: &[Part], from: &Path, to: &Path, identities: Option<&Identities>) -> Result<()> {
    for part in parts {
        let (from, to) = (place(from, &part.name), place(to, &part.name));
        let lies_open = !part.name.contains('/');
        let mut named = part.clone();
        if let (true, Some(identities)) = (lies_open, identities) {
            let from = from.with_added_extension(ENDING);
            part.holds(hashed(&from)?)?;
            let (sha256, bytes) = identities.write(&from, &to)?;
            named.sha256.clone_from(&part.name);
            named.bytes = bytes;
            named.holds((sha256, bytes))?;
            continue;
        }
        // A file that lies open has its hash as its name, whatever a manifest says beside it.
        if named.sha256.is_empty() || lies_open {
            named.sha256.clone_from(&part.name);
        }
        named.holds(copy(&from, &to)?)?;
    }
    Ok(())
}

/// Compares what was filled with the manifest, brings its schema up to date, and walks its chain; with the key it
/// compares each record and each file with it too. Says what does not hold.
async fn checked(
    config: &Config,
    db: Db,
    manifest: &Manifest,
    counted: &Counted,
    files: &Path,
    purpose: Purpose,
) -> Result<Vec<String>> {
    let key = console::known_key(config)?;
    let settings =
        Settings { files: files.to_path_buf(), key: key.unwrap_or_default(), ..Settings::default() };
    let (app, caller) = (App::new(db.clone(), Clock::Real, settings), console::caller("restore"));
    let faults = async {
        let moment = db.snapshot().await?;
        let found = stands(&moment).await?;
        moment.rollback().await.context("the database does not answer")?;
        let differs = counted.differs(&manifest.schema, &found);
        if !differs.is_empty() {
            return Ok(differs);
        }
        db.migrate().await.context("cannot bring the schema up to date")?;
        let checked = match key {
            Some(_) => audit::verify(&app, &caller).await.context(OTHER_KEY)?,
            None => audit::walk(&app, &caller).await?,
        };
        let faults: Vec<String> = checked.faults.iter().map(|found| fault(Lang::En, found)).collect();
        if faults.is_empty() && purpose == Purpose::Serve {
            let Chain { seq, at, .. } = counted.chain;
            audit::restored(&app, &caller, &Backup { made_at: manifest.made_at, seq, at }).await?;
        }
        Ok(faults)
    };
    let faults: Result<Vec<String>> = faults.await;
    // Closed however that ended: what was filled may be taken away.
    drop(app);
    db.close().await?;
    faults
}
