//! Files on their way in: written beside the content as they come, counted and hashed as they pass.

use crate::{App, Error};
use ronghe_domain::audit::hex;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// Folder beside the content.
const FOLDER: &str = "incoming";
/// What was begun so long ago is no upload any more: its server was ended in the middle of it. Another
/// server on the same folder may be taking in what is younger.
const STRAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A file of which more may come; what was written is removed where its end never comes.
pub struct Incoming {
    place: Place,
    file: fs::File,
    hash: Sha256,
    size: u64,
}

impl Incoming {
    /// A new file, empty.
    ///
    /// # Errors
    /// Where the disk takes none.
    pub async fn begin(app: &App) -> Result<Self, Error> {
        let folder = app.settings().files.join(FOLDER);
        fs::create_dir_all(&folder).await.map_err(Error::internal)?;
        let place = Place(folder.join(app.new_name()));
        let file = fs::File::create_new(&place.0).await.map_err(Error::internal)?;
        Ok(Self { place, file, hash: Sha256::new(), size: 0 })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub async fn take(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.hash.update(piece);
        self.size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.file.write_all(piece).await.map_err(Error::internal)
    }

    /// Bytes that have come.
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    /// It has come in whole, and is on the disk.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub async fn end(mut self) -> Result<Arrived, Error> {
        self.file.flush().await.map_err(Error::internal)?;
        self.file.sync_all().await.map_err(Error::internal)?;
        Ok(Arrived { place: self.place, hash: hex(&self.hash.finalize()), size: self.size })
    }
}

/// A file that has come in whole; it is removed where nobody keeps it.
#[derive(Debug)]
pub struct Arrived {
    place: Place,
    hash: String,
    size: u64,
}

impl Arrived {
    /// SHA-256 of its content, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// In bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Where it lies until it is kept.
    pub(crate) fn path(&self) -> &Path {
        &self.place.0
    }
}

/// A file that goes when nobody holds it any more; under another name it stays.
#[derive(Debug)]
struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

/// Removes what was begun and never ended, because the server was; says how many files.
///
/// # Errors
/// Where the folder cannot be read.
pub async fn remove_strays(app: &App) -> Result<u64, Error> {
    let mut entries = match fs::read_dir(app.settings().files.join(FOLDER)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        found => found.map_err(Error::internal)?,
    };
    let mut removed = 0;
    while let Some(entry) = entries.next_entry().await.map_err(Error::internal)? {
        // What another server has kept or removed meanwhile is no stray.
        let Ok(written) = entry.metadata().await.and_then(|it| it.modified()) else { continue };
        if written.elapsed().is_ok_and(|age| age > STRAY) && fs::remove_file(entry.path()).await.is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}
