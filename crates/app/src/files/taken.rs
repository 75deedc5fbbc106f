//! Lists that were taken out in the background: files that lie encrypted beside those that people attached, each under
//! a name of its own. Two of the same content are two, so that one can go while the other stays.

use super::Content;
use super::blob::{Lying, keys};
use super::incoming::Incoming;
use super::vault;
use crate::{App, Error};
use ronghe_domain::export::Made;
use ronghe_domain::kernel::ExportId;
use std::io;
use std::path::PathBuf;
use tokio::fs;

/// Folder within that of files.
pub(super) const FOLDER: &str = "exports";

/// Which file: of which export, by which try.
pub(crate) type Which = (ExportId, u32);

fn path(app: &App, (id, tries): Which) -> PathBuf {
    app.settings().files.join(FOLDER).join(format!("{id}-{tries}"))
}

/// Keeps the file of an export; it is on the disk before its row says so.
pub(crate) async fn keep(app: &App, which: Which, bytes: &[u8], rows: u64) -> Result<Made, Error> {
    app.room().for_files()?;
    let mut incoming = Incoming::begin(app).await?;
    for piece in bytes.chunks(ronghe_vault::PIECE) {
        incoming.take(piece).await?;
    }
    let arrived = incoming.end().await?;
    let made = Made { rows, size: arrived.size(), hash: arrived.hash().to_owned() };
    let keys = keys(app).map_err(Error::internal)?;
    arrived.settle(&keys, &path(app, which)).await.map_err(Error::io)?;
    Ok(made)
}

/// The file of an export, to be read; nothing where it is gone, as it is where only the database was restored.
pub(crate) async fn open(app: &App, which: Which, hash: &str) -> Result<Option<Content>, Error> {
    let file = match fs::File::open(path(app, which)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found.map_err(Error::internal)?,
    };
    let opened = async {
        let size = file.metadata().await?.len();
        vault::unsealed(&keys(app)?, hash, file, size).await
    };
    let content = opened.await.map_err(Error::internal)?;
    Ok(Some(Content(Lying::Sealed(Box::new(content)))))
}

/// Takes the file of an export away; twice is once.
pub(crate) async fn remove(app: &App, which: Which) -> Result<(), Error> {
    match fs::remove_file(path(app, which)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(Error::internal),
    }
}

/// The files that lie there.
pub(crate) async fn all(app: &App) -> Result<Vec<Which>, Error> {
    let mut entries = match fs::read_dir(app.settings().files.join(FOLDER)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        found => found.map_err(Error::internal)?,
    };
    let mut all = Vec::new();
    while let Some(entry) = entries.next_entry().await.map_err(Error::internal)? {
        let name = entry.file_name();
        let parts = name.to_str().and_then(|name| name.rsplit_once('-'));
        let which = parts.and_then(|(id, tries)| Some((id.parse().ok()?, tries.parse().ok()?)));
        all.extend(which);
    }
    Ok(all)
}
