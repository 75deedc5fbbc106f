//! One process for an embedded database: whoever serves it, or changes it at the console, holds its lock.

use crate::config::Config;
use anyhow::{Context, Result};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The lock, held until it is dropped; a database server needs none.
#[derive(Debug)]
pub(crate) struct Alone {
    _file: Option<File>,
}

/// Takes the lock of the database; nothing where another process holds it.
///
/// The system gives it back when its holder dies, however that happens.
pub(crate) fn hold(config: &Config) -> Result<Option<Alone>> {
    let Some(path) = beside(&config.database, "lock") else { return Ok(Some(Alone { _file: None })) };
    let file = File::create(&path).with_context(|| format!("cannot make the lock {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Alone { _file: Some(file) })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot take the lock {}", path.display()))
        }
    }
}

/// The same, where nothing can be done beside another process.
pub(crate) fn hold_or_fail(config: &Config) -> Result<Alone> {
    hold(config)?.with_context(|| {
        format!("database: another process holds {}; stop it first", config.without_password())
    })
}

/// The file of an embedded database.
pub(crate) fn file(database: &str) -> Option<&Path> {
    let file = database.strip_prefix("sqlite:")?;
    Some(Path::new(file.strip_prefix("//").unwrap_or(file)))
}

/// The folder in which an embedded database lies.
pub(crate) fn folder(database: &str) -> Option<PathBuf> {
    let folder = file(database)?.parent()?;
    Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_path_buf() })
}

/// A file beside an embedded database: its name with `ending`.
pub(crate) fn beside(database: &str, ending: &str) -> Option<PathBuf> {
    let mut name = file(database)?.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    Some(PathBuf::from(name))
}

#[cfg(test)]
mod tests {
    use super::{beside, folder};
    use std::path::PathBuf;

    #[test]
    fn lock_and_socket_lie_beside_the_database() {
        assert_eq!(beside("sqlite:r.sqlite", "lock"), Some(PathBuf::from("r.sqlite.lock")));
        assert_eq!(beside("sqlite:///var/r", "sock"), Some(PathBuf::from("/var/r.sock")));
        assert_eq!(beside("postgres://db/r", "lock"), None);
        assert_eq!(folder("sqlite:r.sqlite"), Some(PathBuf::from(".")));
        assert_eq!(folder("sqlite:/var/lib/r.sqlite"), Some(PathBuf::from("/var/lib")));
    }
}
