//! Where the content of files lies: a folder, each file encrypted, under a keyed hash of the hash of its content.

use super::incoming::{Arrived, OPEN, Place};
use super::vault::{self, Unsealed, failed};
use crate::{App, Error};
use ronghe_domain::audit::hex;
use ronghe_domain::kernel::FieldProblem;
use ronghe_vault::Keys;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::Stdio;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::fs;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};
use tokio::process::Command;

/// Longest time for the scanner.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Folder of what lies encrypted; beside it lies what was kept before files were.
pub(super) const SEALED: &str = "sealed";

/// Keeps a file. It is on the disk before its row is; a row that is never written leaves a file that nobody names.
pub(crate) async fn keep(app: &App, arrived: Arrived) -> Result<(), Error> {
    let keys = keys(app).map_err(Error::internal)?;
    let path = sealed(app, &keys, arrived.hash()).map_err(Error::internal)?;
    // Also what lies there already: it may have come before there was a scanner, and whoever waits less for the answer
    // would know that somebody has attached the same file.
    scan(app, &arrived).await?;
    if fs::try_exists(&path).await.map_err(Error::internal)? {
        return Ok(());
    }
    arrived.settle(&keys, &path).await.map_err(Error::io)
}

/// Lets the operator's scanner look at a file: it ends with 0 where there is nothing. As long as it looks the file
/// lies open, for its owner alone.
async fn scan(app: &App, arrived: &Arrived) -> Result<(), Error> {
    let Some(program) = &app.settings().scanner else { return Ok(()) };
    let mut content = arrived.content().await.map_err(Error::internal)?;
    let (place, mut open) = Place::new(app, OPEN).await?;
    tokio::io::copy(&mut content, &mut open).await.map_err(Error::io)?;
    drop(open.into_std().await);
    let run = Command::new(program)
        .arg(place.path())
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

/// The content of a file, to be read from its beginning. What lies encrypted is given out only as it was kept: where
/// it is not, reading it ends with an error.
pub struct Content(pub(super) Lying);

pub(super) enum Lying {
    Sealed(Box<Unsealed<fs::File>>),
    /// As files were kept before they were encrypted.
    Open(fs::File),
}

impl AsyncRead for Content {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.get_mut().0 {
            Lying::Sealed(content) => Pin::new(content).poll_read(context, to),
            Lying::Open(file) => Pin::new(file).poll_read(context, to),
        }
    }
}

/// The content under `hash`, to be read.
pub(crate) async fn open(app: &App, hash: &str) -> Result<Content, Error> {
    found(app, hash).await.map_err(Error::internal)
}

async fn found(app: &App, hash: &str) -> io::Result<Content> {
    match unsealed(app, hash).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found,
    }
    match fs::File::open(plain(app, hash)).await {
        // Between the two looks it was encrypted.
        Err(error) if error.kind() == io::ErrorKind::NotFound => unsealed(app, hash).await,
        found => found.map(|file| Content(Lying::Open(file))),
    }
}

async fn unsealed(app: &App, hash: &str) -> io::Result<Content> {
    let keys = keys(app)?;
    let file = fs::File::open(sealed(app, &keys, hash)?).await?;
    let size = file.metadata().await?.len();
    let content = vault::unsealed(&keys, hash, file, size).await?;
    Ok(Content(Lying::Sealed(Box::new(content))))
}

/// Whether the content under `hash` is there and is what was kept.
pub(crate) async fn holds(app: &App, hash: &str) -> bool {
    match found(app, hash).await {
        Ok(content) => is_of(content, hash).await,
        Err(_) => false,
    }
}

/// Whether the content under `hash` lies encrypted, and is what was kept.
pub(super) async fn holds_sealed(app: &App, hash: &str) -> bool {
    match unsealed(app, hash).await {
        Ok(content) => is_of(content, hash).await,
        Err(_) => false,
    }
}

async fn is_of(content: Content, hash: &str) -> bool {
    hash_of(content).await.is_ok_and(|found| found == hash)
}

async fn hash_of(mut content: Content) -> io::Result<String> {
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let read = content.read(&mut piece).await?;
        match piece.get(..read).filter(|piece| !piece.is_empty()) {
            Some(piece) => hash.update(piece),
            None => return Ok(hex(&hash.finalize())),
        }
    }
}

/// The keys of this server's files.
pub(super) fn keys(app: &App) -> io::Result<Keys> {
    Keys::of(&app.settings().key).map_err(failed)
}

/// Where the content with this hash lies encrypted.
pub(super) fn sealed(app: &App, keys: &Keys, hash: &str) -> io::Result<PathBuf> {
    Ok(within(&app.settings().files.join(SEALED), &keys.name(hash).map_err(failed)?))
}

/// Where it lay before files were encrypted.
fn plain(app: &App, hash: &str) -> PathBuf {
    within(&app.settings().files, hash)
}

/// A folder for the first two letters: no folder grows beyond what people can list.
pub(super) fn within(folder: &Path, name: &str) -> PathBuf {
    folder.join(name.chars().take(2).collect::<String>()).join(name)
}
