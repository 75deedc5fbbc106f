//! Backups: keys of the table `[backup]`, or `RONGHE_BACKUP_…`, or flags.

use crate::backup;
use anyhow::{Result, bail};
use clap::Args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How often backups are taken where nothing else is said.
const USUAL: SignedDuration = SignedDuration::from_mins(15);
/// How often they may be taken at most, and at least.
const LEAST: SignedDuration = SignedDuration::from_mins(1);
const MOST: SignedDuration = SignedDuration::from_hours(24);

/// Flags and environment variables.
#[derive(Args, Clone, Debug, Default)]
#[group(id = "backup_keys")]
pub(crate) struct Options {
    /// Folder of backups; a server that is given one takes them by itself.
    #[arg(long = "backup-to", env = "RONGHE_BACKUP_TO", global = true)]
    to: Option<PathBuf>,
    /// How often it does where something has changed, such as `15min` or `1h`; 15 minutes where absent.
    #[arg(long = "backup-every", env = "RONGHE_BACKUP_EVERY", global = true)]
    every: Option<SignedDuration>,
    /// Public key of age that backups are encrypted to, as `ronghed backup-key` prints it; may be given several times.
    #[arg(long = "backup-recipient", env = "RONGHE_BACKUP_RECIPIENTS", value_delimiter = ',', global = true)]
    recipients: Vec<String>,
    /// File with an identity of age by which the server restores encrypted backups aside every night.
    #[arg(long = "backup-check-identity", env = "RONGHE_BACKUP_CHECK_IDENTITY", global = true)]
    check_identity: Option<PathBuf>,
}

/// The table of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    to: Option<PathBuf>,
    every: Option<SignedDuration>,
    #[serde(default)]
    recipients: Vec<String>,
    check_identity: Option<PathBuf>,
}

/// Backups as they are configured.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Backup {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<PathBuf>,
    /// How often; nothing where no folder is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) every: Option<SignedDuration>,
    /// Public keys of age; backups are not encrypted where there are none.
    pub(crate) recipients: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) check_identity: Option<PathBuf>,
}

impl Backup {
    /// Reads flags, environment and file.
    pub(crate) fn read(options: &Options, file: File) -> Result<Self> {
        let recipients =
            if options.recipients.is_empty() { file.recipients } else { options.recipients.clone() };
        for text in &recipients {
            backup::recipient(text)?;
        }
        let to = options.to.clone().or(file.to);
        let named = options.every.or(file.every);
        if to.is_none() && named.is_some() {
            bail!("backup.to: should name the folder of backups, for backup.every is set");
        }
        let every = named.unwrap_or(USUAL);
        if !(LEAST..=MOST).contains(&every) {
            bail!("backup.every: should be from 1min to 24h, is {every:#}");
        }
        let check_identity = options.check_identity.clone().or(file.check_identity);
        Ok(Self { every: to.as_ref().map(|_| every), to, recipients, check_identity })
    }
}

#[cfg(test)]
mod tests {
    use super::{Backup, File, Options, USUAL};

    #[test]
    fn a_folder_switches_the_schedule_on() {
        let read = |text: &str| Backup::read(&Options::default(), toml::from_str::<File>(text).unwrap());
        assert_eq!(read("").unwrap().every, None);
        assert_eq!(read("to = '/b'").unwrap().every, Some(USUAL));
        assert_eq!(read("to = '/b'\nevery = '2h'").unwrap().every.unwrap().as_hours(), 2);
        let fails = |text: &str, with: &str| {
            let said = read(text).unwrap_err().to_string();
            assert!(said.starts_with(with), "{said}");
        };
        fails("every = '2h'", "backup.to:");
        fails("to = '/b'\nevery = '10s'", "backup.every:");
        fails("to = '/b'\nevery = '25h'", "backup.every:");
        fails("to = '/b'\nrecipients = ['x']", "backup.recipients:");
    }
}
