//! Files on their way to the server: the body is the file itself.

use crate::Error;
use reqwest::Body;
use ronghe_contract::IDEMPOTENCY_KEY;
use ronghe_contract::need::AttachmentView;

#[cfg(not(target_arch = "wasm32"))]
mod reading;
#[cfg(not(target_arch = "wasm32"))]
use std::{io, path::Path};

/// Media type of every file that is sent: its content says what it is.
pub(crate) const FILE: &str = "application/octet-stream";

/// The bytes of a file that is sent.
#[derive(Debug)]
pub struct Upload(pub(crate) Body);

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Body::from(bytes))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Upload {
    /// Reads a file as its bytes go; `told` hears how many have gone, of how many.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub async fn open(path: &Path, told: impl FnMut(u64, u64) + Send + Sync + 'static) -> io::Result<Self> {
        let file = tokio::fs::File::open(path).await?;
        let size = file.metadata().await?.len();
        Ok(Self(Body::wrap(reading::Reading::of(file, size, told))))
    }
}

/// What adds a file, for a page that sends it by hand: the browser tells how much has gone only there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// Where it is posted.
    pub url: String,
    /// Names and values of its headers.
    pub headers: [(&'static str, String); 3],
}

impl ByHand {
    pub(crate) fn new(url: String, key: &str, lang: &str) -> Self {
        let headers = [
            ("content-type", FILE.to_owned()),
            ("accept-language", lang.to_owned()),
            (IDEMPOTENCY_KEY, key.to_owned()),
        ];
        Self { url, headers }
    }

    /// What the server answered; status 0 where no answer came.
    ///
    /// # Errors
    /// The server's problem, or that none can be read.
    pub fn answer(status: u16, body: &str) -> Result<AttachmentView, Error> {
        match status {
            0 => Err(Error::CutOff),
            200..300 => serde_json::from_str(body).map_err(Error::Decode),
            status => Err(Error::of(status, body.as_bytes())),
        }
    }
}
