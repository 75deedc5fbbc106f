//! The console of a server that runs: a Unix socket beside its embedded database, for its owner only. One
//! question and one answer, each a line of JSON.

use super::{Ask, Said, carry_out};
use crate::alone::beside;
use crate::backup::Watch;
use crate::config::Config;
use anyhow::{Context, Result, anyhow};
use ronghe_app::App;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

/// Longest line, in bytes; a broken chain has many faults.
const MOST: u64 = 16 * 1024 * 1024;

/// The socket, taken away when the server stops.
#[derive(Debug)]
pub(crate) struct Socket(PathBuf);

impl Drop for Socket {
    fn drop(&mut self) {
        // One that stays is replaced by the next server.
        drop(std::fs::remove_file(&self.0));
    }
}

/// Answers the console until the process ends. Whoever calls this holds the database's lock: a socket that
/// is still there belongs to a server that died.
pub(crate) fn listen(config: &Config, app: &App, watch: Option<&Arc<Watch>>) -> Result<Option<Socket>> {
    let Some(path) = beside(&config.database, "sock") else { return Ok(None) };
    drop(std::fs::remove_file(&path));
    let listener = UnixListener::bind(&path)
        .with_context(|| format!("cannot make the console's socket {}", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))
        .with_context(|| format!("cannot guard the console's socket {}", path.display()))?;
    let (config, app, watch) = (config.clone(), app.clone(), watch.cloned());
    tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let (config, app, watch) = (config.clone(), app.clone(), watch.clone());
                    tokio::spawn(async move {
                        if let Err(error) = answer(&config, &app, watch.as_deref(), stream).await {
                            tracing::warn!(%error, "the console left without its answer");
                        }
                    });
                }
                Err(error) => tracing::warn!(%error, "the console cannot be heard"),
            }
        }
    });
    Ok(Some(Socket(path)))
}

async fn answer(config: &Config, app: &App, watch: Option<&Watch>, stream: UnixStream) -> Result<()> {
    let (from, mut to) = stream.into_split();
    let ask: Ask = serde_json::from_str(&line(BufReader::new(from)).await?)?;
    let said = carry_out(config, app, watch, ask).await.map_err(|error| one_line(&error));
    let mut text = serde_json::to_string(&said)?;
    text.push('\n');
    Ok(to.write_all(text.as_bytes()).await?)
}

/// Asks the server that holds the database's lock.
pub(crate) async fn ask(config: &Config, ask: &Ask) -> Result<Said> {
    let path = beside(&config.database, "sock").context("only an embedded database has a console")?;
    let held =
        || format!("another process holds {} and has no console; stop it first", config.without_password());
    let stream = UnixStream::connect(&path).await.with_context(held)?;
    let (from, mut to) = stream.into_split();
    let mut text = serde_json::to_string(ask)?;
    text.push('\n');
    to.write_all(text.as_bytes()).await?;
    let said: Result<Said, String> = serde_json::from_str(&line(BufReader::new(from)).await?)
        .context("the server stopped before it answered; look whether it was done")?;
    said.map_err(|error| anyhow!(error))
}

async fn line(from: impl AsyncBufRead + Unpin) -> Result<String> {
    let mut text = String::new();
    from.take(MOST).read_line(&mut text).await?;
    Ok(text)
}

fn one_line(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
