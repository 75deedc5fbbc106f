//! What is kept before the schema is changed, and the change tried on a copy.

use super::{copy_database, folder, has_room, open_copy, postgres, size_of, stamp, stands};
use crate::config::Config;
use crate::console::{self, Said};
use crate::{alone, http};
use anyhow::{Context, Result};
use ronghe_app::audit::Checked;
use ronghe_app::{App, Clock, Settings, audit};
use ronghe_store::copy::{Stand, make, remove, stand};
use ronghe_store::{Backend, Db};
use ronghe_text::{Lang, fault};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Keeps a copy of the database where its schema is about to change; says where.
pub(crate) async fn keep_first(config: &Config, db: &Db) -> Result<Option<PathBuf>> {
    if db.pending_migrations().await.context("cannot read the schema")? == 0 {
        return Ok(None);
    }
    let Some(Stand { schema, .. }) = stand(db.reader()).await.context("cannot read the schema")? else {
        return Ok(None);
    };
    let now = stamp(App::new(db.clone(), Clock::Real, Settings::default()).now());
    if let Some(file) = alone::file(&config.database) {
        let to = file.with_added_extension(format!("{now}.{schema}"));
        has_room(&to, size_of(file))?;
        copy_database(db, &to).await?;
        return Ok(Some(to));
    }
    let to = config.backups().join(format!("{now}.{schema}.dump"));
    fs::create_dir_all(config.backups())
        .with_context(|| format!("cannot make the folder {}", config.backups().display()))?;
    postgres::dump(&config.database, &to, None).await.context(
        "nothing was changed, for the database could not be copied first; where a backup is at hand, \
         give --no-backup",
    )?;
    folder::write_through(&to)?;
    Ok(Some(to))
}

/// Changes the schema of a copy, and says what became of rows and chain.
pub(crate) async fn rehearse(config: &Config) -> Result<Said> {
    http::make_folder(&config.database)?;
    match alone::file(&config.database) {
        Some(file) if !file.exists() => anyhow::bail!("database: there is no {}", file.display()),
        Some(file) => {
            let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
            has_room(folder.path(), size_of(file).saturating_mul(2))?;
            let copy = folder.path().join("rehearsal.sqlite");
            match alone::hold(config)? {
                Some(_alone) => copy_database(&http::open(config).await?, &copy).await?,
                // The server that runs copies what it serves.
                None => console::copy_elsewhere(config, &copy).await?,
            }
            on_copy(config, open_copy(&copy).await?).await
        }
        None => on_server(config).await,
    }
}

/// On a database of its own beside the one that is served.
async fn on_server(config: &Config) -> Result<Said> {
    let served = http::open(config).await?;
    let now = stamp(App::new(served.clone(), Clock::Real, Settings::default()).now());
    let name = format!("rehearsal_{}", now.to_lowercase());
    make(&served, &name).await.with_context(|| {
        format!(
            "cannot make the database {name} for a rehearsal: give this user the right to (ALTER ROLE … CREATEDB), \
             or rehearse on a copy of your own by --database"
        )
    })?;
    let url = postgres::beside(&config.database, &name);
    let said = async {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let dump = folder.path().join("rehearsal.dump");
        postgres::dump(&config.database, &dump, None).await?;
        postgres::fill(&url, &dump).await?;
        on_copy(config, Db::connect(&url).await.context("cannot open the copy")?).await
    };
    let said = said.await;
    remove(&served, &name).await.with_context(|| format!("cannot remove the database {name}"))?;
    said
}

async fn on_copy(config: &Config, copy: Db) -> Result<Said> {
    let settings = console::settings_to_check(config)?;
    let app = App::new(copy.clone(), Clock::Real, settings);
    let caller = console::caller("rehearsal");
    let before = counted(&copy).await?;
    // Rows of an older schema cannot be read: before it, the chain alone is walked.
    let walked = audit::walk(&app, &caller).await?;
    let steps = copy.pending_migrations().await.context("cannot read the schema")?;
    copy.migrate().await.context("the rehearsal failed, and nothing but the copy was changed")?;
    let after = counted(&copy).await?;
    let checked = audit::verify(&app, &caller).await?;
    drop(app);
    copy.close().await?;
    Ok(compared(steps, &before, &after, &walked, &checked))
}

async fn counted(db: &Db) -> Result<Stand> {
    let moment = db.snapshot().await?;
    let stand = stands(&moment).await?;
    moment.rollback().await.context("the database does not answer")?;
    Ok(stand)
}

fn compared(steps: usize, before: &Stand, after: &Stand, walked: &Checked, checked: &Checked) -> Said {
    let mut lines = vec![format!("{steps} steps, from {} to {}", before.schema, after.schema)];
    let mut fails = false;
    let names: BTreeSet<&String> = before.tables.keys().chain(after.tables.keys()).collect();
    for name in names {
        let (was, is) = (before.tables.get(name), after.tables.get(name));
        // A new table is what a step makes; rows that are gone are what a rehearsal looks for.
        let is_lost = was.is_some_and(|was| is.is_none_or(|is| is < was));
        fails |= is_lost;
        let said = |rows: Option<&u64>| rows.map_or("none".to_owned(), u64::to_string);
        let mark = if is_lost { "✗" } else { "✓" };
        lines.push(match was == is {
            true => format!("{mark} {name}: {} rows", said(was)),
            false => format!("{mark} {name}: {} rows, then {}", said(was), said(is)),
        });
    }
    for (when, found) in [("before", walked), ("after", checked)] {
        let faults: Vec<String> = found.faults.iter().map(|found| fault(Lang::En, found)).collect();
        if faults.is_empty() {
            lines.push(format!("✓ {when}: {} events, the chain is whole, head {}", found.events, found.head));
        }
        fails |= !faults.is_empty();
        lines.extend(faults.into_iter().map(|fault| format!("✗ {when}: {fault}")));
    }
    if (before.seq, &before.head) != (after.seq, &after.head) {
        fails = true;
        lines.push("✗ the head of the chain is another one".to_owned());
    }
    lines.push("the copy is removed; the database itself was not changed".to_owned());
    Said::of(lines, fails)
}

/// Copies what this server serves, for a rehearsal elsewhere.
pub(crate) async fn copy_served(app: &App, to: &Path) -> Result<Said> {
    anyhow::ensure!(app.db().backend() == Backend::Sqlite, "only an embedded database is copied to a file");
    copy_database(app.db(), to).await?;
    Ok(Said::of(Vec::new(), false))
}
