//! `ronghed backup`.

use super::aside::Aside;
use super::folder::{self, Filling, hashed, link, place};
use super::manifest::{self, By, Manifest, Part};
use super::sealing::{self, Seal};
use super::{copy_database, has_room, name, open_copy, part_name, postgres, size_of, stands};
use crate::alone;
use crate::config::Config;
use crate::console::{Said, write_privately};
use anyhow::{Context, Result};
use ronghe_app::App;
use ronghe_domain::kernel::Instant;
use ronghe_store::Backend;
use ronghe_store::copy::{Stand, exported, origin};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// Backups are taken one after the other: they share the place beside the database.
static TURN: Mutex<()> = Mutex::const_new(());

/// What backup is to be taken.
pub(super) struct Order<'a> {
    /// The folder of backups.
    pub(super) to: &'a Path,
    /// Public keys of age; it is not encrypted where there are none.
    pub(super) recipients: &'a [String],
    pub(super) by: By,
    /// By what the database is known.
    pub(super) origin: &'a str,
    /// One whose files may lie in this one too.
    pub(super) earlier: Option<Earlier>,
}

/// A backup that was taken before, in the same folder.
#[derive(Debug)]
pub(super) struct Earlier {
    files: PathBuf,
    parts: BTreeMap<String, Part>,
}

impl Earlier {
    /// The one in `folder`.
    pub(super) fn read(folder: PathBuf) -> Result<Self> {
        let parts = Manifest::read(&folder)?.files.into_iter().map(|part| (part.name.clone(), part));
        Ok(Self { parts: parts.collect(), files: folder.join("files") })
    }

    /// Puts a file into `to` by a link where it lies in the earlier backup as it lies in `from`: so a file that does
    /// not change lies once on the disk of backups.
    fn link(&self, from: &Path, name: &str, to: &Path) -> Option<Part> {
        let part = self.parts.get(name)?;
        part.holds(hashed(from).ok()?).ok()?;
        std::fs::create_dir_all(to.parent()?).ok()?;
        std::fs::hard_link(place(&self.files, name), to).ok()?;
        Some(part.clone())
    }
}

/// A backup that was taken.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) path: PathBuf,
    pub(super) made_at: Instant,
    pub(super) is_sealed: bool,
}

/// Takes a backup into a new folder within `to`, while the server serves; encrypted where there are `recipients`.
pub(crate) async fn take(config: &Config, app: &App, to: &Path, recipients: &[String]) -> Result<Said> {
    let origin = origin(app.db().reader()).await.context("the database does not answer")?;
    let order = Order { to, recipients, by: By::Console, origin: &origin, earlier: None };
    let (said, taken) = taken(config, app, order).await?;
    Ok(Said::line(format!("✓ {}", taken.path.display())).and(said).and(match recipients {
        [] => "not encrypted: whoever reads it reads the database; name backup.recipients".to_owned(),
        some => format!("encrypted to {}", some.join(", ")),
    }))
}

/// Takes it, and says what it holds.
pub(super) async fn taken(config: &Config, app: &App, order: Order<'_>) -> Result<(String, Taken)> {
    let Order { to, recipients, by, origin, earlier } = order;
    let seal = Seal::to(recipients)?;
    let _turn = TURN.lock().await;
    let made_at = app.now();
    let filling = Filling::begin(to, &name(made_at), &part_name(made_at, origin))?;
    let (stand, database) = match app.db().backend() {
        Backend::Sqlite => embedded(config, app, filling.path(), seal.clone()).await?,
        Backend::Postgres => dumped(config, app, filling.path(), seal.clone()).await?,
    };
    // After the database: what it names was there before it.
    let (from, into, sealing) = (config.files.clone(), filling.path().join("files"), seal.clone());
    let kept = move || keep_files(&from, &into, sealing.as_ref(), earlier.as_ref());
    let files = tokio::task::spawn_blocking(kept).await??;
    let said = format!(
        "{} events, head {}, {} files; the key is not among it: keep {} apart",
        stand.seq,
        stand.head,
        files.len(),
        config.key.display()
    );
    let made = (made_at, by, origin);
    let manifest = Manifest::new(filling.path(), made, stand, (database, files), seal.as_ref())?;
    let text = serde_json::to_string_pretty(&manifest)?;
    let path = filling.path().join(manifest::NAME);
    write_privately(&path, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    folder::write_through(&path)?;
    Ok((said, Taken { path: filling.complete()?, made_at, is_sealed: manifest.is_sealed() }))
}

/// The file of an embedded database. What is encrypted has its copy beside the database: it never lies open elsewhere.
async fn embedded(config: &Config, app: &App, folder: &Path, seal: Option<Seal>) -> Result<(Stand, Part)> {
    let file = alone::file(&config.database).context("the database lies in no file")?;
    has_room(folder, size_of(file))?;
    let Some(seal) = seal else {
        let to = folder.join("ronghe.sqlite");
        let stand = copied(app, &to).await?;
        return Ok((stand, part(to).await?));
    };
    // Twice that, for both may lie on one disk.
    has_room(file, size_of(file).saturating_mul(2))?;
    let aside = Aside::begin(file)?;
    let stand = copied(app, aside.path()).await?;
    let to = folder.join(format!("ronghe.sqlite.{}", sealing::ENDING));
    tokio::task::spawn_blocking(move || {
        let (sha256, bytes) = seal.write(File::open(aside.path())?, &to)?;
        Ok((stand, Part { name: named(&to), bytes, sha256 }))
    })
    .await?
}

/// Copies an embedded database to `to`, and counts the copy.
async fn copied(app: &App, to: &Path) -> Result<Stand> {
    copy_database(app.db(), to).await?;
    let copy = open_copy(to).await?;
    let stand = stands(copy.reader()).await;
    // Closed first: then all of it is part of the file.
    copy.close().await?;
    stand
}

/// A dump of what one moment of a PostgreSQL holds; what is encrypted is so on its way to the disk.
async fn dumped(config: &Config, app: &App, folder: &Path, seal: Option<Seal>) -> Result<(Stand, Part)> {
    let to = folder.join("ronghe.dump");
    let moment = app.db().snapshot().await?;
    let stand = stands(&moment).await?;
    let snapshot = exported(&moment).await?;
    let part = match seal {
        None => {
            postgres::dump(&config.database, &to, Some(&snapshot)).await?;
            folder::write_through(&to)?;
            part(to).await?
        }
        Some(seal) => {
            let to = to.with_added_extension(sealing::ENDING);
            let (sha256, bytes) =
                postgres::dump_sealed(&config.database, seal, to.clone(), &snapshot).await?;
            Part { name: named(&to), bytes, sha256 }
        }
    };
    moment.rollback().await.context("the database does not answer")?;
    Ok((stand, part))
}

async fn part(file: PathBuf) -> Result<Part> {
    let name = named(&file);
    let (sha256, bytes) = tokio::task::spawn_blocking(move || hashed(&file)).await??;
    Ok(Part { name, bytes, sha256 })
}

fn named(file: &Path) -> String {
    file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned()
}

/// What lies open first: what the server encrypts meanwhile lies encrypted when it is gone.
fn keep_files(from: &Path, into: &Path, seal: Option<&Seal>, earlier: Option<&Earlier>) -> Result<Vec<Part>> {
    let mut files = match seal {
        None => keep_all(from, into, folder::open(from)?, earlier)?,
        Some(seal) => seal_all(from, into, folder::open(from)?, seal)?,
    };
    files.extend(keep_all(from, into, folder::sealed(from)?, earlier)?);
    Ok(files)
}

/// Files that lie open with the server lie encrypted in the backup, under the same name with an ending.
fn seal_all(from: &Path, into: &Path, parts: Vec<Part>, seal: &Seal) -> Result<Vec<Part>> {
    let mut kept = Vec::new();
    for part in parts {
        let opened = match File::open(place(from, &part.name)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            opened => opened.with_context(|| format!("cannot read the file {}", part.name))?,
        };
        let to = place(into, &part.name).with_added_extension(sealing::ENDING);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        let (sha256, bytes) = seal.write(opened, &to)?;
        kept.push(Part { bytes, sha256, ..part });
    }
    Ok(kept)
}

fn keep_all(from: &Path, into: &Path, parts: Vec<Part>, earlier: Option<&Earlier>) -> Result<Vec<Part>> {
    let mut kept = Vec::new();
    for part in parts {
        let (from, to) = (place(from, &part.name), place(into, &part.name));
        if let Some(linked) = earlier.and_then(|earlier| earlier.link(&from, &part.name, &to)) {
            kept.push(linked);
        } else if link(&from, &to)? {
            let (sha256, bytes) = hashed(&to)?;
            kept.push(Part { bytes, sha256, ..part });
        }
    }
    Ok(kept)
}
