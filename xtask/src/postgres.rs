//! A throw-away PostgreSQL for the tests: own folder, Unix socket only, gone afterwards.

use crate::run::run;
use crate::system;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Speed before safety: what is in this database is worth nothing. Nobody outside the folder can reach it.
const SETTINGS: &str = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                        -c max_connections=200";

/// Waits until its input ends, then stops the server and removes the folder.
const GUARD: &str = r#"trap '' INT TERM HUP; cat >/dev/null; folder=$1; shift; "$@"; rm -rf "$folder""#;

/// A running server, stopped and removed when it is dropped.
pub(crate) struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    guard: Child,
}

impl Postgres {
    /// Starts a server, and installs PostgreSQL first where there is none.
    pub(crate) fn start() -> Result<Self> {
        let server = Self::prepare(programs()?)?;
        let data = server.folder.join("data");
        run(server
            .command("initdb")
            .args([
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
                "-D",
            ])
            .arg(&data)
            .stdout(Stdio::null()))?;
        let options = format!("{SETTINGS} -c unix_socket_directories='{}'", server.folder.display());
        run(server
            .command("pg_ctl")
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(server.folder.join("log"))
            .arg("-o")
            .arg(options)
            .args(["-w", "start"])
            .stdout(Stdio::null()))?;
        Ok(server)
    }

    /// The server's address; its database `postgres` is there, tests make their own.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.folder.display())
    }

    /// Makes the folder, and the guard that removes it even when this process is killed.
    fn prepare(programs: PathBuf) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("ronghe-test-postgres-{}", std::process::id()));
        std::fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut stop = command(&programs, &folder, "pg_ctl");
        stop.arg("-D").arg(folder.join("data")).args(["-m", "immediate", "stop"]);
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&folder)
            .arg(stop.get_program())
            .args(stop.get_args())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run sh")?;
        let server = Self { programs, folder, guard };
        if system::is_root() {
            run(Command::new("chown").arg("postgres").arg(&server.folder))?;
        }
        Ok(server)
    }

    fn command(&self, program: &str) -> Command {
        command(&self.programs, &self.folder, program)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The end of its input tells the guard; there is nothing to be done where it fails.
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// One of PostgreSQL's programs; it refuses to run as root, so root runs it as `postgres`.
fn command(programs: &Path, folder: &Path, program: &str) -> Command {
    let program = programs.join(program);
    let mut command = if system::is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    command
}

/// The folder of initdb and pg_ctl, after an installation where there is none.
fn programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    system::install(&["postgresql"])?;
    find_programs().context("PostgreSQL was installed, but its initdb is not to be found")
}

/// The newest version that Debian keeps, or what is in PATH.
fn find_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").exists())
        .collect();
    versions.sort();
    versions
        .pop()
        .map(|(_, programs)| programs)
        .or_else(|| system::find("initdb")?.parent().map(Path::to_path_buf))
}

#[cfg(test)]
mod tests {
    use super::{Command, Postgres};
    use crate::run::output;

    #[test]
    fn it_answers_and_leaves_nothing() {
        let server = Postgres::start().unwrap();
        let folder = server.folder.clone();
        let mut query = Command::new(server.programs.join("psql"));
        query.args(["--no-psqlrc", "-tA", "-c", "SELECT 40 + 2"]).arg(server.url());
        assert_eq!(output(&mut query).as_deref(), Some("42\n"));
        drop(server);
        assert!(!folder.exists(), "{} is left", folder.display());
    }
}
