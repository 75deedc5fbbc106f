//! Files on their way in: written beside the content as they come, counted, hashed and encrypted as they pass.

use super::vault::{self, Sealing, Unsealed, failed};
use crate::crypto::random;
use crate::{App, Error};
use ronghe_vault::{Head, Keys};
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
/// How the name of a file ends that lies open, for the operator's scanner.
pub(super) const OPEN: &str = ".open";
/// No scanner is given as much time.
const OPEN_STRAY: Duration = Duration::from_secs(5 * 60);

/// A file of which more may come; what was written is removed where its end never comes. It is encrypted as it comes.
pub struct Incoming {
    place: Place,
    sealing: Sealing<fs::File>,
}

impl Incoming {
    /// A new file, empty.
    ///
    /// # Errors
    /// Where the disk takes none.
    pub async fn begin(app: &App) -> Result<Self, Error> {
        let (place, file) = Place::new(app, "").await?;
        let sealing = Sealing::begin(file).await.map_err(Error::io)?;
        Ok(Self { place, sealing })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub async fn take(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.sealing.take(piece).await.map_err(Error::io)
    }

    /// Bytes that have come.
    pub(crate) const fn size(&self) -> u64 {
        self.sealing.size()
    }

    /// It has come in whole.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub async fn end(self) -> Result<Arrived, Error> {
        let size = self.sealing.size();
        let (_, head) = self.sealing.end().await.map_err(Error::io)?;
        Ok(Arrived { place: self.place, hash: head.hash(), head, size })
    }
}

/// A file that has come in whole; it is removed where nobody keeps it, and nobody but its holder can read it.
pub struct Arrived {
    place: Place,
    head: Head,
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

    /// Its content, to be read.
    pub(super) async fn content(&self) -> io::Result<Unsealed<fs::File>> {
        let mut file = fs::File::open(&self.place.0).await?;
        let size = file.metadata().await?.len();
        // The place of its head is empty yet.
        vault::head(&mut file).await?;
        Ok(Unsealed::new(file, &self.head, size))
    }

    /// Gives it its head and `path` as its name; then it is on the disk.
    pub(super) async fn settle(self, keys: &Keys, path: &Path) -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(&self.place.0).await?;
        file.write_all(&sealed(keys, &self.head)?).await?;
        self.place.settle(file, path).await
    }
}

/// A file that goes when nobody holds it any more; under another name it stays.
pub(super) struct Place(PathBuf);

impl Place {
    /// A new file for its owner alone, whose name ends with `ending`.
    pub(super) async fn new(app: &App, ending: &str) -> Result<(Self, fs::File), Error> {
        let folder = app.settings().files.join(FOLDER);
        make_folder(&folder).await.map_err(Error::io)?;
        let place = Self(folder.join(app.new_name() + ending));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(&place.0).await.map_err(Error::io)?;
        Ok((place, file))
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes `file`, which lies here, through to the disk and gives it `path` as its name.
    pub(super) async fn settle(self, mut file: fs::File, path: &Path) -> io::Result<()> {
        file.flush().await?;
        file.sync_all().await?;
        drop(file);
        let folder = path.parent().unwrap_or(path);
        make_folder(folder).await?;
        // Of two that bring the same file at once, the last name wins.
        fs::rename(&self.0, path).await?;
        for folder in folder.ancestors().take(2) {
            written(folder).await?;
        }
        Ok(())
    }
}

/// A head as it lies on the disk.
pub(super) fn sealed(keys: &Keys, head: &Head) -> io::Result<Vec<u8>> {
    keys.seal(head, random().map_err(io::Error::other)?).map_err(failed)
}

/// Makes a folder for its owner alone.
async fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    builder.mode(0o700);
    builder.recursive(true).create(folder).await
}

/// What a folder names is on the disk.
async fn written(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder).await?.sync_all().await } else { Ok(()) }
}

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
        let is_open = entry.file_name().to_str().is_some_and(|name| name.ends_with(OPEN));
        let longest = if is_open { OPEN_STRAY } else { STRAY };
        if written.elapsed().is_ok_and(|age| age > longest) && fs::remove_file(entry.path()).await.is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}
