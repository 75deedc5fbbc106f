//! Where the content of files lies: a folder, each file under the hash of its content.

use super::incoming::Arrived;
use crate::{App, Error};
use ronghe_domain::audit::hex;
use ronghe_domain::kernel::FieldProblem;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::fs;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

/// Longest time for the scanner.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// Keeps a file under its hash. It is on the disk before its row is; a row that is never written leaves a
/// file that nobody names.
pub(crate) async fn keep(app: &App, arrived: Arrived) -> Result<(), Error> {
    let path = path(app, arrived.hash());
    if fs::try_exists(&path).await.map_err(Error::internal)? {
        return Ok(());
    }
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    fs::create_dir_all(&folder).await.map_err(Error::internal)?;
    scan(app, arrived.path()).await?;
    // Of two that bring the same file at once, the last name wins.
    fs::rename(arrived.path(), &path).await.map_err(Error::internal)
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
    match tokio::time::timeout(PATIENCE, run).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Err(error)) => Err(Error::internal(error)),
        Ok(Ok(_)) | Err(_) => Err(Error::field("file", FieldProblem::Infected)),
    }
}

/// The content under `hash`, to be read.
pub(crate) async fn open(app: &App, hash: &str) -> Result<fs::File, Error> {
    fs::File::open(path(app, hash)).await.map_err(Error::internal)
}

/// Whether the content under `hash` is there and is what was kept.
pub(crate) async fn holds(app: &App, hash: &str) -> bool {
    read_hash(&path(app, hash)).await.is_ok_and(|found| found == hash)
}

async fn read_hash(path: &Path) -> io::Result<String> {
    let mut file = fs::File::open(path).await?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece).await?;
        match piece.get(..read).filter(|piece| !piece.is_empty()) {
            Some(piece) => hash.update(piece),
            None => return Ok(hex(&hash.finalize())),
        }
    }
}

/// A folder for the first two letters: no folder grows beyond what people can list.
fn path(app: &App, hash: &str) -> PathBuf {
    let first: String = hash.chars().take(2).collect();
    app.settings().files.join(first).join(hash)
}
