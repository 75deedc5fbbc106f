//! `ronghed rotate-key`: another key for everything that lies sealed. The new one lies beside the old one until all has
//! gone over; whatever ends this, the next time goes on, and until then nothing is served.

use crate::alone;
use crate::backup::write_through;
use crate::config::Config;
use crate::console::{self, Said, next_key};
use anyhow::{Context, Result, bail, ensure};
use ronghe_app::key::rotate::{self, Begun};
use ronghe_app::{App, Clock, Settings};
use ronghe_store::Db;
use ronghe_store::db::others;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often others are looked for, and how long it is waited between.
const LOOKS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);

/// Gives all that lies sealed to a new key.
pub(crate) async fn rotate(config: &Config) -> Result<Said> {
    let _alone = alone::hold_or_fail(config)?;
    let (path, next) = (&config.key, next_key(config));
    ensure!(path.exists(), "key: {} is not there; put the database's key there", path.display());
    let before = console::read_key(path)?;
    let db = open(config).await?;
    let missing = db.pending_migrations().await.context("cannot read the schema")?;
    ensure!(missing == 0, "the schema is {missing} steps behind; run `ronghed migrate`");
    let is_new = !next.exists();
    if is_new {
        console::make_key(&next).with_context(|| format!("cannot make the key {}", next.display()))?;
    }
    let settings =
        Settings { files: config.files.clone(), key: console::read_key(&next)?, ..Settings::default() };
    let app = App::new(db, Clock::Real, settings);
    let values = database(&app, &before, (&next, is_new)).await?;
    let rekept = rotate::files(&app, &before).await.context("not all files could go over; run it again")?;
    let kept = settle(path, &next, &rotate::name(&before)?)?;
    let said = match values {
        Some(values) => Said::line(format!("{values} sealed values and {} files went over", rekept.sealed)),
        None => Said::line(format!("{} files went over; the rest had before", rekept.sealed)),
    };
    let said = match rekept.damaged {
        0 => said,
        damaged => said.and(format!("{damaged} files are under neither key: run verify-audit")),
    };
    Ok(said
        .and(format!(
            "✓ what lies sealed opens with the new key in {} alone: keep a copy apart",
            path.display()
        ))
        .and(format!("backups of before want the old one: keep {} as long as them", kept.display())))
}

/// On PostgreSQL under a name of its own, so that others are told from it.
async fn open(config: &Config) -> Result<Db> {
    let mut url = config.database.clone();
    if alone::file(&url).is_none() {
        let sign = if url.contains('?') { '&' } else { '?' };
        url = format!("{url}{sign}application_name=ronghed-rotate-key-{}", std::process::id());
    }
    Db::connect(&url).await.context("cannot open the database")
}

/// Gives the database over, where it has not gone over before; says how many values did.
async fn database(app: &App, before: &[u8; 32], (next, is_new): (&Path, bool)) -> Result<Option<u64>> {
    let forget = || fs::remove_file(next).with_context(|| format!("cannot remove {}", next.display()));
    match rotate::begin(app, before).await.context("the database does not answer")? {
        Begun::Carried => return Ok(None),
        Begun::Elsewhere => {
            if is_new {
                forget()?;
            }
            bail!(
                "key: the database is under another key, or goes over to another one than {}; put its keys there",
                next.display()
            )
        }
        Begun::Anew | Begun::Again => {}
    }
    // Whoever comes after the mark refuses to serve; whoever came before is seen here.
    let done = match still_there(app).await.context("the database does not answer")? {
        0 => rotate::database(app, &console::caller("rotate-key"), before)
            .await
            .context("nothing has gone over: does something in the database lie under another key?"),
        others => Err(anyhow::anyhow!(
            "database: {others} others are connected; stop every server and whatever else reads it first"
        )),
    };
    match done {
        Ok(values) => Ok(Some(values)),
        Err(error) => {
            // Without its answer nobody knows whether it went over: then the new key stays.
            if rotate::take_back(app).await.context("the database does not answer; run it again")? {
                forget()?;
            }
            Err(error)
        }
    }
}

/// Others who are still connected once those who are about to go have gone.
async fn still_there(app: &App) -> Result<u64, ronghe_store::Error> {
    for _ in 0..LOOKS {
        if others(app.db().reader()).await? == 0 {
            return Ok(0);
        }
        tokio::time::sleep(PAUSE).await;
    }
    others(app.db().reader()).await
}

/// Gives the new key the old one's name; the old one stays under another, which says which it is.
fn settle(path: &Path, next: &Path, named: &str) -> Result<PathBuf> {
    let kept = path.with_added_extension(named);
    match fs::hard_link(path, &kept) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        done => done.with_context(|| format!("cannot keep {}", kept.display()))?,
    }
    fs::rename(next, path).with_context(|| format!("cannot name {}", path.display()))?;
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), write_through)?;
    Ok(kept)
}
