//! PostgreSQL's own programs, which copy a whole database.

use super::sealing::{Identities, Seal};
use anyhow::{Context, Result, bail};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use tokio::process::{Child, Command};
use tokio::task::spawn_blocking;
use tokio_util::io::SyncIoBridge;

/// What is dumped, and how.
const DUMP: [&str; 3] = ["--format=custom", "--no-owner", "--no-privileges"];
/// It is filled wholly or not at all.
const FILL: [&str; 4] = ["--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error"];

/// Writes the database at `url` into the new file `to`; as `snapshot` sees it where one is named.
pub(super) async fn dump(url: &str, to: &Path, snapshot: Option<&str>) -> Result<()> {
    let mut command = program("pg_dump", url)?;
    command.args(DUMP).arg("--file").arg(to);
    if let Some(snapshot) = snapshot {
        command.args(["--snapshot", snapshot]);
    }
    run("pg_dump", command).await
}

/// The same encrypted: what comes out of `pg_dump` goes through `seal` and lies nowhere open. Says what lies in `to`.
pub(super) async fn dump_sealed(url: &str, seal: Seal, to: PathBuf, snapshot: &str) -> Result<(String, u64)> {
    let mut command = program("pg_dump", url)?;
    command.args(DUMP).args(["--snapshot", snapshot]);
    let mut child = started("pg_dump", command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let said = child.stdout.take().context("pg_dump says nothing")?;
    let sealed = spawn_blocking(move || seal.write(SyncIoBridge::new(said), &to));
    let (sealed, done) = tokio::join!(sealed, child.wait_with_output());
    // Where it broke off, that says why more than what was made of its words.
    succeeded("pg_dump", done)?;
    sealed?
}

/// Fills the empty database at `url` from a dump, wholly or not at all.
pub(super) async fn fill(url: &str, from: &Path) -> Result<()> {
    let mut command = program("pg_restore", url)?;
    command.args(FILL).arg(from);
    run("pg_restore", command).await
}

/// The same from an encrypted dump, which lies nowhere open.
pub(super) async fn fill_sealed(url: &str, from: PathBuf, identities: Identities) -> Result<()> {
    let mut command = program("pg_restore", url)?;
    let mut child = started("pg_restore", command.args(FILL).stdin(Stdio::piped()).stdout(Stdio::null()))?;
    let to = child.stdin.take().context("pg_restore does not listen")?;
    let opened = spawn_blocking(move || -> Result<()> {
        // Dropped at its end, by which pg_restore knows that nothing follows.
        let mut to = SyncIoBridge::new(to);
        match io::copy(&mut identities.open(&from)?, &mut to) {
            // It has given up, and says why itself.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            copied => {
                copied.with_context(|| format!("{} cannot be decrypted", from.display()))?;
                to.shutdown().context("pg_restore does not listen")
            }
        }
    });
    let (opened, done) = tokio::join!(opened, child.wait_with_output());
    // What cannot be decrypted ends too early, which pg_restore complains of as well.
    opened??;
    succeeded("pg_restore", done)
}

/// The address of the database `name` on the same server.
pub(super) fn beside(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, None), |(it, rest)| (it, Some(rest)));
    let server = match address.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.split('/').next().unwrap_or_default()),
        None => address.to_owned(),
    };
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{server}/{name}{options}")
}

/// The program on this database; its password is no argument, which every process could read.
fn program(name: &str, url: &str) -> Result<Command> {
    let (address, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg("--no-password").arg(format!("--dbname={address}")).kill_on_drop(true);
    if let Some(password) = password {
        command.env("PGPASSWORD", unescaped(&password).context("database: its password cannot be read")?);
    }
    Ok(command)
}

fn without_password(url: &str) -> (String, Option<String>) {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (who, place) = rest.split_once('@')?;
        let (user, password) = who.split_once(':')?;
        Some((format!("{scheme}://{user}@{place}"), password.to_owned()))
    });
    parts.map_or_else(|| (url.to_owned(), None), |(address, password)| (address, Some(password)))
}

/// `%40` stands for `@`.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let figures = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&figures).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

async fn run(name: &str, mut command: Command) -> Result<()> {
    let child = started(name, command.stdin(Stdio::null()).stdout(Stdio::null()))?;
    succeeded(name, child.wait_with_output().await)
}

fn started(name: &str, command: &mut Command) -> Result<Child> {
    match command.stderr(Stdio::piped()).spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{name} is not installed; install PostgreSQL's client programs")
        }
        started => started.with_context(|| format!("cannot run {name}")),
    }
}

fn succeeded(name: &str, done: io::Result<Output>) -> Result<()> {
    let done = done.with_context(|| format!("cannot run {name}"))?;
    if !done.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{beside, unescaped, without_password};

    #[test]
    fn addresses_are_taken_apart() {
        let check = |url: &str, expected: &str| assert_eq!(beside(url, "x"), expected);
        check("postgres://r:s@db.example/ronghe", "postgres://r:s@db.example/x");
        check("postgres://r@localhost/ronghe?host=/run/pg", "postgres://r@localhost/x?host=/run/pg");
        check("postgres://r@localhost", "postgres://r@localhost/x");
        let (address, password) = without_password("postgres://r:s%40t@db.example/ronghe");
        assert_eq!(address, "postgres://r@db.example/ronghe");
        assert_eq!(unescaped(&password.unwrap()).as_deref(), Some("s@t"));
        assert_eq!(without_password("postgres://r@db/x").1, None);
    }
}
