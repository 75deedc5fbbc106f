//! A copy of an embedded database that must lie open for a while: beside it, where the same lies open anyway.

use super::sealing::create;
use crate::alone;
use crate::config::Config;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// What its name ends with, behind that of the database.
const ENDING: &str = "copying";

/// It goes away however its use ends; what a killed process left of it goes with the next one, or when a server
/// starts.
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

/// Takes away what a process that was killed has left open; whoever calls this holds the database's lock.
pub(crate) fn sweep(config: &Config) {
    if let Some(file) = alone::file(&config.database) {
        drop(Aside(file.with_added_extension(ENDING)));
    }
}
