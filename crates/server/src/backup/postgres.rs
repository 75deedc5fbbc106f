//! PostgreSQL's own programs, which copy a whole database.

use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;
use tokio::process::Command;

/// Writes the database at `url` into the new file `to`; as `snapshot` sees it where one is named.
pub(super) async fn dump(url: &str, to: &Path, snapshot: Option<&str>) -> Result<()> {
    let mut command = program("pg_dump", url)?;
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(to);
    if let Some(snapshot) = snapshot {
        command.args(["--snapshot", snapshot]);
    }
    run("pg_dump", command).await
}

/// Fills the empty database at `url` from a dump, wholly or not at all.
pub(super) async fn fill(url: &str, from: &Path) -> Result<()> {
    let mut command = program("pg_restore", url)?;
    command.args(["--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error"]).arg(from);
    run("pg_restore", command).await
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
    let done = command.stdin(Stdio::null()).output().await;
    let done = match done {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{name} is not installed; install PostgreSQL's client programs")
        }
        done => done.with_context(|| format!("cannot run {name}"))?,
    };
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
