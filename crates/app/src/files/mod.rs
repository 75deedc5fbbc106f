//! Reading files that strangers sent: in a process of its own where the server has one to give.

pub(crate) mod blob;
mod incoming;
mod rekeep;
pub(crate) mod table;
pub(crate) mod taken;
mod vault;

pub use blob::Content;
pub use incoming::{Arrived, Incoming, remove_strays};
pub use rekeep::{Rekept, rekey, seal_kept};

use crate::{App, Error};
use ronghe_documents::DocumentError;
use ronghe_documents::picture::Picture;
use ronghe_documents::xlsx::{self, Row, Sheet};
use ronghe_domain::attachment::{Kind, SIZE_MOST};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::fs;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::process::Command;
use vault::Unsealed;

/// Longest time for one file. The reading process has 10 s of a core; others may want the core too.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are taken at once of what it says.
const PIECE: usize = 64 * 1024;

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The text of a document.
    Text,
    /// The rows of a table.
    Rows,
    /// The rows of all sheets of a table.
    Sheets,
    /// What is kept of a file that is attached.
    Attachment,
}

impl Wanted {
    /// As the reading process is told.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Rows => "rows",
            Self::Sheets => "sheets",
            Self::Attachment => "attachment",
        }
    }
}

/// What the reading process says: the answer or what is wrong with the file, as a line of JSON. Behind the
/// kind of a picture follow the bytes of the same picture, written anew.
///
/// # Errors
/// Where `to` takes no more.
pub fn answer(wanted: Wanted, bytes: Vec<u8>, to: &mut impl Write) -> io::Result<()> {
    match wanted {
        Wanted::Text => line(to, &ronghe_documents::text_of(&bytes)),
        Wanted::Rows => line(to, &xlsx::rows(&bytes)),
        Wanted::Sheets => line(to, &xlsx::sheets(&bytes)),
        Wanted::Attachment => match ronghe_documents::kind_of(&bytes) {
            Ok(kind) if kind.is_picture() => {
                let picture = Picture::read(bytes, kind);
                line(to, &picture.as_ref().map(Picture::kind).map_err(|error| *error))?;
                picture.map_or(Ok(()), |picture| picture.write(to))
            }
            found => line(to, &found),
        },
    }
}

fn line<T: Serialize>(to: &mut impl Write, said: &Result<T, DocumentError>) -> io::Result<()> {
    writeln!(to, "{}", serde_json::to_string(said)?)
}

/// The text of a document.
pub(crate) async fn text(app: &App, bytes: Vec<u8>) -> Result<String, Error> {
    Ok(read(app, Wanted::Text, Source::Bytes(bytes)).await?.0)
}

/// The rows of a table.
pub(crate) async fn rows(app: &App, bytes: Vec<u8>) -> Result<Vec<Row>, Error> {
    Ok(read(app, Wanted::Rows, Source::Bytes(bytes)).await?.0)
}

/// The rows of all sheets of a table.
pub(crate) async fn sheets(app: &App, bytes: Vec<u8>) -> Result<Vec<Sheet>, Error> {
    Ok(read(app, Wanted::Sheets, Source::Bytes(bytes)).await?.0)
}

/// What is kept of a file that is attached: itself, or the picture that was written anew from it.
pub(crate) async fn attachment(app: &App, file: Arrived) -> Result<(Kind, Arrived), Error> {
    let source = Source::Arrived(Box::new(file.content().await.map_err(Error::internal)?));
    let (kind, anew) = read(app, Wanted::Attachment, source).await?;
    Ok((kind, anew.unwrap_or(file)))
}

/// Where a file is that is to be read.
enum Source {
    /// In this process's memory.
    Bytes(Vec<u8>),
    /// On the disk, encrypted.
    Arrived(Box<Unsealed<fs::File>>),
}

impl Source {
    /// Hands all of it to `to`.
    async fn pour(self, mut to: impl AsyncWrite + Unpin) -> io::Result<()> {
        match self {
            // A reader that has seen enough closes its end.
            Self::Bytes(bytes) => drop(to.write_all(&bytes).await),
            Self::Arrived(mut content) => {
                let mut piece = vec![0; PIECE];
                loop {
                    let read = content.read(&mut piece).await?;
                    let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else { break };
                    if to.write_all(piece).await.is_err() {
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What is read of a file, and what was written anew of it.
async fn read<T: DeserializeOwned>(
    app: &App,
    wanted: Wanted,
    from: Source,
) -> Result<(T, Option<Arrived>), Error> {
    let (line, anew) = match &app.settings().reader {
        Some(program) => apart(app, program, wanted, from).await?,
        // Tests and tools read their own files.
        None => {
            let mut bytes = Vec::new();
            from.pour(&mut bytes).await.map_err(Error::internal)?;
            let said = tokio::task::spawn_blocking(move || here(wanted, bytes));
            heard(app, said.await.map_err(Error::internal)??.as_slice()).await?
        }
    };
    let read: Result<T, DocumentError> = serde_json::from_slice(&line)?;
    Ok((read?, anew))
}

fn here(wanted: Wanted, bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    let mut said = Vec::new();
    answer(wanted, bytes, &mut said).map_err(Error::internal)?;
    Ok(said)
}

/// Hands a file to a process that has limits of its own; one that dies or dawdles takes only itself along.
async fn apart(
    app: &App,
    program: &Path,
    wanted: Wanted,
    from: Source,
) -> Result<(Vec<u8>, Option<Arrived>), Error> {
    let mut child = Command::new(program)
        .args(["parse-file", wanted.name()])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(Error::internal)?;
    let (to, said) = (child.stdin.take(), child.stdout.take());
    let said = said.ok_or_else(|| Error::internal(io::Error::other("no way from the reader")))?;
    let to = to.ok_or_else(|| Error::internal(io::Error::other("no way to the reader")))?;
    let exchange = async {
        let (told, heard) = tokio::join!(from.pour(to), heard(app, BufReader::with_capacity(PIECE, said)));
        told.map_err(Error::internal)?;
        let status = child.wait().await.map_err(Error::internal)?;
        if status.success() { heard } else { Err(Error::Document(DocumentError::Bomb)) }
    };
    // It ran into its limits: whatever the file is, it is no document that people write.
    tokio::time::timeout(PATIENCE, exchange).await.unwrap_or(Err(Error::Document(DocumentError::Bomb)))
}

/// Longest line of the reading process, in bytes: it has read a hostile file, perhaps, and says what that made it say.
const LINE_MOST: u64 = 64 << 20;

/// The line that the reading process says, and what follows behind it.
async fn heard(app: &App, mut from: impl AsyncBufRead + Unpin) -> Result<(Vec<u8>, Option<Arrived>), Error> {
    let mut line = Vec::new();
    (&mut from).take(LINE_MOST).read_until(b'\n', &mut line).await.map_err(Error::internal)?;
    if line.last() != Some(&b'\n') {
        return Err(Error::Document(DocumentError::Bomb));
    }
    let mut anew = None;
    loop {
        let piece = from.fill_buf().await.map_err(Error::internal)?;
        let length = piece.len();
        if length == 0 {
            break;
        }
        let incoming = match &mut anew {
            Some(incoming) => incoming,
            None => anew.insert(Incoming::begin(app).await?),
        };
        incoming.take(piece).await?;
        if incoming.size() > SIZE_MOST {
            return Err(Error::Document(DocumentError::TooLarge));
        }
        from.consume(length);
    }
    let anew = match anew {
        Some(incoming) => Some(incoming.end().await?),
        None => None,
    };
    Ok((line, anew))
}
