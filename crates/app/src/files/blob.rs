//! Where the content of files lies: a folder, each file under the hash of its content.

use crate::{App, Error};
use ronghe_domain::audit::hex;
use ronghe_domain::kernel::FieldProblem;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// Longest time for the scanner.
const PATIENCE: Duration = Duration::from_secs(60);

/// SHA-256 of `bytes`, hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Keeps `bytes` and gives their hash. It is on the disk before its row is; a row that is never written
/// leaves a file that nobody names.
pub(crate) async fn keep(app: &App, bytes: &[u8]) -> Result<String, Error> {
    let hash = hash(bytes);
    let path = path(app, &hash);
    if fs::try_exists(&path).await.map_err(Error::internal)? {
        return Ok(hash);
    }
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    fs::create_dir_all(&folder).await.map_err(Error::internal)?;
    // Two that bring the same file at once write beside each other, and the last name wins.
    let beside = folder.join(format!("{hash}.{}", app.new_name()));
    let done = write(&beside, bytes).await;
    if let Err(error) = done {
        drop(fs::remove_file(&beside).await);
        return Err(Error::internal(error));
    }
    scan(app, &beside).await?;
    fs::rename(&beside, &path).await.map_err(Error::internal)?;
    Ok(hash)
}

async fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

/// Lets the operator's scanner look at a file: it ends with 0 where there is nothing.
async fn scan(app: &App, path: &Path) -> Result<(), Error> {
    let Some(program) = &app.settings().scanner else { return Ok(()) };
    let run = Command::new(program)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status();
    let clean = match tokio::time::timeout(PATIENCE, run).await {
        Ok(Ok(status)) => status.success(),
        Ok(Err(error)) => {
            drop(fs::remove_file(path).await);
            return Err(Error::internal(error));
        }
        Err(_) => false,
    };
    if clean {
        return Ok(());
    }
    drop(fs::remove_file(path).await);
    Err(Error::field("file", FieldProblem::Infected))
}

/// The content under `hash`.
pub(crate) async fn get(app: &App, hash: &str) -> Result<Vec<u8>, Error> {
    fs::read(path(app, hash)).await.map_err(Error::internal)
}

/// Whether the content under `hash` is there and is what was kept.
pub(crate) async fn holds(app: &App, hash: &str) -> bool {
    fs::read(path(app, hash)).await.is_ok_and(|bytes| self::hash(&bytes) == hash)
}

/// A folder for the first two letters: no folder grows beyond what people can list.
fn path(app: &App, hash: &str) -> PathBuf {
    let first: String = hash.chars().take(2).collect();
    app.settings().files.join(first).join(hash)
}
