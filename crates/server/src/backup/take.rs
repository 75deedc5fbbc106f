//! `ronghed backup`.

use super::folder::{self, Filling, hashed, link, place};
use super::manifest::{self, Manifest, Part};
use super::{copy_database, has_room, open_copy, postgres, size_of, stamp, stands};
use crate::alone;
use crate::config::Config;
use crate::console::{Said, write_privately};
use anyhow::{Context, Result};
use ronghe_app::App;
use ronghe_store::Backend;
use ronghe_store::copy::{Stand, exported};
use std::path::{Path, PathBuf};

/// Takes a backup into a new folder within `to`, while the server serves.
pub(crate) async fn take(config: &Config, app: &App, to: &Path) -> Result<Said> {
    let made_at = app.now();
    let filling = Filling::begin(to, &format!("ronghe-{}", stamp(made_at)))?;
    let (stand, database) = match app.db().backend() {
        Backend::Sqlite => embedded(config, app, filling.path()).await?,
        Backend::Postgres => dumped(config, app, filling.path()).await?,
    };
    // After the database: what it names was there before it.
    let (from, into) = (config.files.clone(), filling.path().join("files"));
    let files = tokio::task::spawn_blocking(move || keep_files(&from, &into)).await??;
    let said = format!(
        "{} events, head {}, {} files; the key is not among it: keep {} apart",
        stand.seq,
        stand.head,
        files.len(),
        config.key.display()
    );
    let manifest = Manifest::new(made_at, stand, database, files);
    let text = serde_json::to_string_pretty(&manifest)?;
    let path = filling.path().join(manifest::NAME);
    write_privately(&path, text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    folder::write_through(&path)?;
    let whole = filling.complete()?;
    Ok(Said::line(format!("✓ {}", whole.display())).and(said))
}

/// The file of an embedded database.
async fn embedded(config: &Config, app: &App, folder: &Path) -> Result<(Stand, Part)> {
    let file = alone::file(&config.database).context("the database lies in no file")?;
    has_room(folder, size_of(file))?;
    let to = folder.join("ronghe.sqlite");
    copy_database(app.db(), &to).await?;
    let copy = open_copy(&to).await?;
    let stand = stands(copy.reader()).await;
    // Closed first: then all of it is part of the file.
    copy.close().await?;
    Ok((stand?, part(to).await?))
}

/// A dump of what one moment of a PostgreSQL holds.
async fn dumped(config: &Config, app: &App, folder: &Path) -> Result<(Stand, Part)> {
    let to = folder.join("ronghe.dump");
    let moment = app.db().snapshot().await?;
    let stand = stands(&moment).await?;
    let name = exported(&moment).await?;
    postgres::dump(&config.database, &to, Some(&name)).await?;
    moment.rollback().await.context("the database does not answer")?;
    folder::write_through(&to)?;
    Ok((stand, part(to).await?))
}

async fn part(file: PathBuf) -> Result<Part> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let (sha256, bytes) = tokio::task::spawn_blocking(move || hashed(&file)).await??;
    Ok(Part { name, bytes, sha256 })
}

/// What lies open first: what the server encrypts meanwhile lies encrypted when it is gone.
fn keep_files(from: &Path, into: &Path) -> Result<Vec<Part>> {
    let mut files = keep_all(from, into, folder::open(from)?)?;
    files.extend(keep_all(from, into, folder::sealed(from)?)?);
    Ok(files)
}

fn keep_all(from: &Path, into: &Path, parts: Vec<Part>) -> Result<Vec<Part>> {
    let mut kept = Vec::new();
    for part in parts {
        let to = place(into, &part.name);
        if link(&place(from, &part.name), &to)? {
            let (sha256, bytes) = hashed(&to)?;
            kept.push(Part { bytes, sha256, ..part });
        }
    }
    Ok(kept)
}
