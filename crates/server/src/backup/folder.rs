//! Files and folders of a backup.

use super::manifest::Part;
use anyhow::{Context, Result, bail};
use ronghe_domain::audit::hex;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Figures and letters of a file's hash.
pub(super) const HASH: usize = 64;
/// The folder of encrypted files within that of files, as names in a manifest begin.
pub(super) const SEALED: &str = "sealed/";

/// A folder that is filled: it goes away unless it is completed.
#[derive(Debug)]
pub(super) struct Filling {
    part: PathBuf,
    whole: PathBuf,
}

impl Filling {
    /// Begins the folder `name` in `within`, readable by its owner only; it is called `part` until it is complete.
    pub(super) fn begin(within: &Path, name: &str, part: &str) -> Result<Self> {
        let (part, whole) = (within.join(part), within.join(name));
        if whole.exists() {
            bail!("{} is there already", whole.display());
        }
        let made = || format!("cannot make the folder {}", part.display());
        fs::create_dir_all(within).with_context(made)?;
        create_privately(&part).with_context(made)?;
        Ok(Self { part, whole })
    }

    pub(super) fn path(&self) -> &Path {
        &self.part
    }

    /// Gives it its name: whoever sees it sees it whole.
    pub(super) fn complete(self) -> Result<PathBuf> {
        write_through(&self.part)?;
        let (part, whole) = (&self.part, self.whole.clone());
        fs::rename(part, &whole).with_context(|| format!("cannot name {}", whole.display()))?;
        whole.parent().map_or(Ok(()), write_through)?;
        Ok(whole)
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        // Once it is complete there is none of that name.
        drop(fs::remove_dir_all(&self.part));
    }
}

/// Makes a folder that only its owner reads.
pub(super) fn create_privately(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes sure that a file, or what a folder names, is on the disk.
pub(crate) fn write_through(path: &Path) -> Result<()> {
    let open = || File::open(path)?.sync_all();
    open().with_context(|| format!("cannot write {} through to the disk", path.display()))
}

/// The SHA-256 of a file's content, and its size.
pub(super) fn hashed(path: &Path) -> Result<(String, u64)> {
    let unread = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(unread)?;
    let (mut hash, mut piece, mut bytes) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let read = file.read(&mut piece).with_context(unread)?;
        match piece.get(..read).filter(|piece| !piece.is_empty()) {
            Some(piece) => hash.update(piece),
            None => return Ok((hex(&hash.finalize()), bytes)),
        }
        bytes += u64::try_from(read)?;
    }
}

/// Where a file lies in a folder of files, as the server keeps them: `sealed/` and a name, or one that was kept before
/// files were encrypted, by the hash of its content alone.
pub(super) fn place(files: &Path, name: &str) -> PathBuf {
    let (folder, name) = match name.strip_prefix(SEALED) {
        Some(name) => (files.join(SEALED), name),
        None => (files.to_path_buf(), name),
    };
    folder.join(name.chars().take(2).collect::<String>()).join(name)
}

/// Every file that lies in `files` under the hash of its content, in order.
pub(super) fn open(files: &Path) -> Result<Vec<Part>> {
    kept(files, "")
}

/// Every file that lies encrypted in `files`, in order.
pub(super) fn sealed(files: &Path) -> Result<Vec<Part>> {
    kept(files, SEALED)
}

/// What is still coming in is none.
fn kept(files: &Path, within: &str) -> Result<Vec<Part>> {
    let mut kept = Vec::new();
    for folder in entries(&files.join(within))? {
        if !folder.is_dir() {
            continue;
        }
        for file in entries(&folder)? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let name = format!("{within}{name}");
            if name.len() == within.len() + HASH && place(files, &name) == file {
                kept.push(Part { bytes: 0, name, sha256: String::new() });
            }
        }
    }
    kept.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(kept)
}

/// What lies in a folder; nothing where there is none.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let unread = || format!("cannot read the folder {}", folder.display());
    match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        found => found.with_context(unread)?.map(|entry| Ok(entry.with_context(unread)?.path())).collect(),
    }
}

/// Puts a file into `to` as well: by a link where both lie on one disk, for its content never changes. Says whether it
/// was there.
pub(super) fn link(from: &Path, to: &Path) -> Result<bool> {
    let kept = || format!("cannot keep {} as {}", from.display(), to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(kept)?;
    }
    if fs::hard_link(from, to).is_err() {
        match fs::copy(from, to) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            copied => copied.with_context(kept)?,
        };
        write_through(to)?;
    }
    Ok(true)
}

/// Copies a file, and says what it copied.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(String, u64)> {
    let kept = || format!("cannot copy {} to {}", from.display(), to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(kept)?;
    }
    fs::copy(from, to).with_context(kept)?;
    write_through(to)?;
    hashed(to)
}
