//! Backups: keys of the table `[backup]`, or `RONGHE_BACKUP_…`, or flags.

use crate::backup;
use anyhow::Result;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Flags and environment variables.
#[derive(Args, Clone, Debug, Default)]
#[group(id = "backup_keys")]
pub(crate) struct Options {
    /// Folder of backups.
    #[arg(long = "backup-to", env = "RONGHE_BACKUP_TO", global = true)]
    to: Option<PathBuf>,
    /// Public key of age that backups are encrypted to, as `ronghed backup-key` prints it; may be given several times.
    #[arg(long = "backup-recipient", env = "RONGHE_BACKUP_RECIPIENTS", value_delimiter = ',', global = true)]
    recipients: Vec<String>,
}

/// The table of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    to: Option<PathBuf>,
    #[serde(default)]
    recipients: Vec<String>,
}

/// Backups as they are configured.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Backup {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<PathBuf>,
    /// Public keys of age; backups are not encrypted where there are none.
    pub(crate) recipients: Vec<String>,
}

impl Backup {
    /// Reads flags, environment and file.
    pub(crate) fn read(options: &Options, file: File) -> Result<Self> {
        let recipients =
            if options.recipients.is_empty() { file.recipients } else { options.recipients.clone() };
        for text in &recipients {
            backup::recipient(text)?;
        }
        Ok(Self { to: options.to.clone().or(file.to), recipients })
    }
}
