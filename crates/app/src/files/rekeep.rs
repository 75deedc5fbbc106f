//! Files that lie as they were kept before: without encryption, or under the key that the server had then.

use super::blob::{SEALED, holds_sealed, keys, sealed, within};
use super::incoming::{self, Incoming, Place};
use super::taken;
use super::vault::{failed, head};
use crate::{App, Error};
use ronghe_vault::Keys;
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncReadExt;

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Figures and letters of a hash.
const HASH: usize = 64;

/// What became of files that lay as they were kept before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rekept {
    /// They lie encrypted under the server's key now.
    pub sealed: u64,
    /// They are not what was kept, and stay as they are: the check of the chain names them.
    pub damaged: u64,
}

/// Encrypts what lies without, file by file: each lies encrypted on the disk before it goes from where it lay, so
/// that whatever ends this loses nothing, and the next time goes on with the rest.
///
/// # Errors
/// Where the folder cannot be read or the disk takes no more.
pub async fn seal_kept(app: &App) -> Result<Rekept, Error> {
    let mut rekept = Rekept::default();
    for path in kept(&app.settings().files).await.map_err(Error::internal)? {
        if seal(app, &path).await? {
            rekept.sealed += 1;
        } else {
            rekept.damaged += 1;
        }
    }
    Ok(rekept)
}

/// Encrypts one file; not where its content is not that of its name.
async fn seal(app: &App, path: &Path) -> Result<bool, Error> {
    let hash = name(path);
    if !holds_sealed(app, hash).await {
        let Some(mut file) = there(fs::File::open(path).await).map_err(Error::internal)? else {
            return Ok(true);
        };
        let (mut incoming, mut piece) = (Incoming::begin(app).await?, vec![0; PIECE]);
        loop {
            let read = file.read(&mut piece).await.map_err(Error::internal)?;
            let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else { break };
            incoming.take(piece).await?;
        }
        let arrived = incoming.end().await?;
        if arrived.hash() != hash {
            return Ok(false);
        }
        let keys = keys(app).map_err(Error::internal)?;
        let path = sealed(app, &keys, hash).map_err(Error::internal)?;
        arrived.settle(&keys, &path).await.map_err(Error::internal)?;
    }
    gone(path).await.map_err(Error::internal)?;
    Ok(true)
}

/// Gives what lies encrypted under the key `before` to the server's key: its head is written anew, its pieces stay.
/// Whatever ends this loses nothing; the next time goes on with the rest. No server serves the folder meanwhile.
///
/// # Errors
/// Where the folder cannot be read or the disk takes no more.
pub async fn rekey(app: &App, before: &[u8; 32]) -> Result<Rekept, Error> {
    let before = Keys::of(before).map_err(failed).map_err(Error::internal)?;
    let keys = (&before, &keys(app).map_err(Error::internal)?);
    let files = &app.settings().files;
    let named = kept(&files.join(SEALED)).await.map_err(Error::internal)?;
    let exports = entries(&files.join(taken::FOLDER)).await.map_err(Error::internal)?;
    let mut rekept = Rekept::default();
    for (path, is_export) in named.iter().map(|path| (path, false)).chain(exports.iter().map(|it| (it, true)))
    {
        match go_over(app, keys, path, is_export).await? {
            Some(true) => rekept.sealed += 1,
            Some(false) => rekept.damaged += 1,
            None => {}
        }
    }
    Ok(rekept)
}

/// Gives one file from one key to another: whether it could be, nothing where it had gone over before. What people
/// attached lies under a name that its key makes; an export keeps its own.
async fn go_over(
    app: &App,
    (before, now): (&Keys, &Keys),
    path: &Path,
    is_export: bool,
) -> Result<Option<bool>, Error> {
    let Ok(mut file) = fs::File::open(path).await else { return Ok(None) };
    let Ok(read) = head(&mut file).await else { return Ok(Some(false)) };
    if now.wrote(&read).unwrap_or(false) {
        return Ok(None);
    }
    let is_its_own = |hash: &str| is_export || before.name(hash).is_ok_and(|it| it == name(path));
    let Some(head) = before.open(&read).ok().filter(|head| is_its_own(&head.hash())) else {
        return Ok(Some(false));
    };
    let (place, mut anew) = Place::new(app, "").await?;
    let copied = async {
        let bytes = incoming::sealed(now, &head)?;
        tokio::io::copy(&mut bytes.as_slice(), &mut anew).await?;
        tokio::io::copy(&mut file, &mut anew).await?;
        if is_export {
            return place.settle(anew, path).await;
        }
        place.settle(anew, &sealed(app, now, &head.hash())?).await?;
        gone(path).await
    };
    copied.await.map_err(Error::internal)?;
    Ok(Some(true))
}

/// Every file in `folder` that lies in the part for its name.
async fn kept(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut kept = Vec::new();
    for part in entries(folder).await? {
        if name(&part).len() == 2 && fs::metadata(&part).await?.is_dir() {
            let is_kept = |file: &PathBuf| name(file).len() == HASH && within(folder, name(file)) == *file;
            kept.extend(entries(&part).await?.into_iter().filter(is_kept));
        }
    }
    Ok(kept)
}

/// What lies in a folder; nothing where there is none.
async fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let Some(mut read) = there(fs::read_dir(folder).await)? else { return Ok(Vec::new()) };
    let mut entries = Vec::new();
    while let Some(entry) = read.next_entry().await? {
        entries.push(entry.path());
    }
    Ok(entries)
}

/// Takes a file away that another may have taken away already, and its folder where it was the last.
async fn gone(path: &Path) -> io::Result<()> {
    there(fs::remove_file(path).await)?;
    if let Some(folder) = path.parent() {
        drop(fs::remove_dir(folder).await);
    }
    Ok(())
}

fn there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
