//! Copies of all that a server keeps, but for its key: taken while it serves, filled into an empty place, kept
//! before the schema is changed.

mod aside;
mod folder;
mod manifest;
mod migrate;
mod postgres;
mod restore;
mod schedule;
mod sealing;
mod take;

pub(crate) use aside::sweep;
pub(crate) use folder::write_through;
pub(crate) use migrate::{copy_served, keep_first, rehearse};
pub(crate) use restore::restore;
pub(crate) use schedule::{Grave, Line, Watch, said, standing_of};
pub(crate) use sealing::{make_identity, recipient};
pub(crate) use take::take;

use anyhow::{Context, Result, bail};
use jiff::civil::DateTime;
use jiff::tz::Offset;
use ronghe_app::room::Room;
use ronghe_domain::kernel::Instant;
use ronghe_store::copy::{Stand, stand};
use ronghe_store::{Connection, Db};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Free bytes that a copy leaves over: what commands need, see [`Room`].
const LEFT: u64 = 200 * 1024 * 1024;

/// A time as part of a file's name, such as `20261126T181530Z`.
fn stamp(at: Instant) -> String {
    Offset::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What a backup that was made at `at` is called.
fn name(at: Instant) -> String {
    format!("ronghe-{}", stamp(at))
}

/// The same while it is not whole; `origin` tells which database's it is.
fn part_name(at: Instant, origin: &str) -> String {
    format!(".{}.{}.part", name(at), short(origin))
}

/// When a backup was begun that is not whole and is called `name`, where it is one of the database known by `origin`.
fn made_at_of_part(name: &str, origin: &str) -> Option<Instant> {
    let stamp = name.strip_prefix(".ronghe-")?.strip_suffix(&format!(".{}.part", short(origin)))?;
    let at = DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
    Offset::UTC.to_timestamp(at).ok()
}

/// The first figures of what a database is known by.
fn short(origin: &str) -> &str {
    origin.get(..12).unwrap_or("new")
}

/// How a database with a schema stands.
async fn stands<C: Connection>(db: &C) -> Result<Stand> {
    stand(db).await.context("the database cannot be counted")?.context("the database has no schema yet")
}

/// Whether `folder` takes `bytes` more and has room left.
fn has_room(folder: &Path, bytes: u64) -> Result<()> {
    let room =
        Room { places: vec![folder.to_path_buf()], for_files: bytes.saturating_add(LEFT), ..Room::default() };
    if room.for_files().is_err() {
        bail!("{} has too little room: {} MiB are needed", folder.display(), room.for_files / 1024 / 1024);
    }
    Ok(())
}

/// Copies the file of an embedded database at one moment, while others write; it is on the disk when this returns.
async fn copy_database(db: &Db, to: &Path) -> Result<()> {
    ronghe_store::copy::into_file(db, to)
        .await
        .with_context(|| format!("cannot copy the database to {}", to.display()))?;
    folder::write_through(to)
}

/// Opens the copy of an embedded database.
async fn open_copy(file: &Path) -> Result<Db> {
    let url = format!("sqlite:{}", file.display());
    Db::connect(&url).await.with_context(|| format!("cannot open {}", file.display()))
}

/// Bytes of an embedded database with what is not yet part of its file.
fn size_of(file: &Path) -> u64 {
    let log = PathBuf::from(format!("{}-wal", file.display()));
    [file, &log].iter().filter_map(|file| File::open(file).ok()?.metadata().ok()).map(|it| it.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::{made_at_of_part, name, part_name};

    #[test]
    fn what_is_not_whole_says_whose_it_is_and_since_when() {
        let (at, origin) = ("2026-03-10T04:05:06Z".parse().unwrap(), "0123456789abcdef");
        assert_eq!(name(at), "ronghe-20260310T040506Z");
        let part = part_name(at, origin);
        assert_eq!(part, ".ronghe-20260310T040506Z.0123456789ab.part");
        assert_eq!(made_at_of_part(&part, origin), Some(at));
        assert_eq!(made_at_of_part(&part, "fedcba9876543210"), None);
        assert_eq!(made_at_of_part(".ronghe-today.0123456789ab.part", origin), None);
    }
}
