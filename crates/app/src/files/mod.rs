//! Reading files that strangers sent: in a process of its own where the server has one to give.

pub(crate) mod blob;
mod incoming;
pub(crate) mod table;

pub use incoming::{Arrived, Incoming, remove_strays};

use crate::{App, Error};
use ronghe_documents::DocumentError;
use ronghe_documents::xlsx::{self, Row};
use ronghe_domain::attachment::Kind;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// Longest time for one file.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The text of a document.
    Text,
    /// The rows of a table.
    Rows,
    /// Which kind of file it is.
    Kind,
}

impl Wanted {
    /// As the reading process is told.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Rows => "rows",
            Self::Kind => "kind",
        }
    }
}

/// What the reading process says: the answer or what is wrong with the file, as JSON.
///
/// # Errors
/// Where it cannot be written, which nothing read from a file can bring about.
pub fn answer(wanted: Wanted, bytes: &[u8]) -> Result<String, serde_json::Error> {
    match wanted {
        Wanted::Text => serde_json::to_string(&ronghe_documents::text_of(bytes)),
        Wanted::Rows => serde_json::to_string(&xlsx::rows(bytes)),
        Wanted::Kind => serde_json::to_string(&ronghe_documents::kind_of(bytes)),
    }
}

/// The text of a document.
pub(crate) async fn text(app: &App, bytes: Vec<u8>) -> Result<String, Error> {
    read(app, Wanted::Text, Source::Bytes(bytes)).await
}

/// The rows of a table.
pub(crate) async fn rows(app: &App, bytes: Vec<u8>) -> Result<Vec<Row>, Error> {
    read(app, Wanted::Rows, Source::Bytes(bytes)).await
}

/// The kind of a file that is attached.
pub(crate) async fn kind(app: &App, file: &Arrived) -> Result<Kind, Error> {
    read(app, Wanted::Kind, Source::Disk(file.path().to_path_buf())).await
}

/// Where a file is that is to be read.
enum Source {
    /// In this process's memory.
    Bytes(Vec<u8>),
    /// On the disk.
    Disk(PathBuf),
}

async fn read<T: DeserializeOwned>(app: &App, wanted: Wanted, from: Source) -> Result<T, Error> {
    let answer = match &app.settings().reader {
        Some(program) => apart(program, wanted, from).await?,
        // Tests and tools read their own files.
        None => tokio::task::spawn_blocking(move || here(wanted, from)).await.map_err(Error::internal)??,
    };
    let read: Result<T, DocumentError> = serde_json::from_str(&answer)?;
    Ok(read?)
}

fn here(wanted: Wanted, from: Source) -> Result<String, Error> {
    let bytes = match from {
        Source::Bytes(bytes) => bytes,
        Source::Disk(path) => std::fs::read(path).map_err(Error::internal)?,
    };
    Ok(answer(wanted, &bytes)?)
}

/// Hands a file to a process that has limits of its own; one that dies or dawdles takes only itself along.
async fn apart(program: &Path, wanted: Wanted, from: Source) -> Result<String, Error> {
    let (input, bytes) = match from {
        Source::Bytes(bytes) => (Stdio::piped(), bytes),
        Source::Disk(path) => {
            let file = fs::File::open(path).await.map_err(Error::internal)?;
            (Stdio::from(file.into_std().await), Vec::new())
        }
    };
    let mut child = Command::new(program)
        .args(["parse-file", wanted.name()])
        .env_clear()
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(Error::internal)?;
    let to = child.stdin.take();
    let exchange = async move {
        if let Some(mut to) = to {
            // A reader that has seen enough closes its end.
            drop(to.write_all(&bytes).await);
        }
        child.wait_with_output().await
    };
    match tokio::time::timeout(PATIENCE, exchange).await {
        Ok(Ok(output)) if output.status.success() => {
            String::from_utf8(output.stdout).map_err(Error::internal)
        }
        Ok(Err(error)) => Err(Error::internal(error)),
        // It ran into its limits: whatever the file is, it is no document that people write.
        Ok(Ok(_)) | Err(_) => Err(Error::Document(DocumentError::Bomb)),
    }
}
