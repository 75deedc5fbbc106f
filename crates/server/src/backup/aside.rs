//! What of an embedded database must lie open for a while: beside it, where the same lies open anyway.

use super::folder::create_privately;
use super::sealing::create;
use crate::alone;
use crate::config::Config;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What its name ends with, behind that of the database.
const ENDING: &str = "copying";

/// A copy of it, which goes away however its use ends; what a killed process left of it goes with the next one, or
/// when a server starts.
#[derive(Debug)]
pub(super) struct Aside(PathBuf);

impl Aside {
    /// An empty file beside the database in `file`, readable by its owner only. Whoever makes one holds the turn of
    /// backups.
    pub(super) fn begin(file: &Path) -> Result<Self> {
        let aside = Self(file.with_added_extension(ENDING));
        aside.clear();
        create(&aside.0)?;
        Ok(aside)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    fn clear(&self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            drop(fs::remove_file(format!("{}{ending}", self.0.display())));
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.clear();
    }
}

/// What the name of the folder ends with.
const CHECKING: &str = "checking";

/// A folder beside the database, in which a backup is restored for a check; it goes away likewise.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// An empty folder beside the database in `file`, for its owner only.
    pub(super) fn begin(file: &Path) -> Result<Self> {
        let folder = Self(file.with_added_extension(CHECKING));
        drop(fs::remove_dir_all(&folder.0));
        create_privately(&folder.0)
            .with_context(|| format!("cannot make the folder {}", folder.0.display()))?;
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Takes away what a process that was killed has left open; whoever calls this holds the database's lock.
pub(crate) fn sweep(config: &Config) {
    if let Some(file) = alone::file(&config.database) {
        drop(Aside(file.with_added_extension(ENDING)));
        drop(Folder(file.with_added_extension(CHECKING)));
    }
}
