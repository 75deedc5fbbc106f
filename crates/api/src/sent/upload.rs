//! Files as they are sent: the body is the file, taken piece by piece and never held whole in memory.

use super::{Sent, again, declared, key, media_type, print};
use crate::problem::{Cause, Failure, OrFail};
use crate::request::Request;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Query};
use axum::http::{HeaderMap, Method, Uri};
use http_body_util::BodyExt;
use ronghe_app::files::{Arrived, Incoming};
use ronghe_app::once::{self, Answer};
use ronghe_app::{App, Error};
use ronghe_domain::attachment::SIZE_MOST;
use ronghe_domain::audit::hex;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::mem;
use std::time::Duration;
use tokio::runtime::Handle;

/// Media type of a file that is sent, whatever it is: its content says that.
const FILE: &str = "application/octet-stream";

/// Longest time until the next piece.
const IDLE: Duration = Duration::from_secs(30);
/// Longest time for what is left of a file that is refused.
const LINGER: Duration = Duration::from_secs(5);

/// Whether a request brings a file: it may take as long as its bytes keep coming.
#[must_use]
pub fn is_upload(headers: &HeaderMap) -> bool {
    media_type(headers) == FILE
}

/// A command whose body is a file: who sends it, and what has not been read of it yet.
pub(crate) struct Upload {
    pub(crate) request: Request,
    /// What the sender calls the file; empty where they say nothing.
    pub(crate) file_name: String,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    pieces: Pieces,
}

#[derive(Default, Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

impl FromRequest<App> for Upload {
    type Rejection = Failure;

    async fn from_request(request: axum::extract::Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let pieces = Pieces::of(body, SIZE_MOST);
        let request = Request::from_request_parts(&mut parts, app).await?;
        let fail = |cause: Cause| Failure::new(cause, &request);
        if !is_upload(&parts.headers) {
            return Err(fail(Cause::MediaType { wanted: FILE }));
        }
        if declared(&parts.headers).is_some_and(|size| size > SIZE_MOST) {
            return Err(fail(Cause::TooLarge { most: SIZE_MOST }));
        }
        let named = Query::try_from_uri(&parts.uri).map(|Query(named): Query<Named>| named);
        let file_name = named.unwrap_or_default().name;
        Ok(Self { request, file_name, method: parts.method, uri: parts.uri, headers: parts.headers, pieces })
    }
}

impl Upload {
    /// Takes the file in where `allowed` says that it may come, or where it came already: a kept answer is
    /// given again to the same file only, so that one is read to its end, and kept nowhere.
    pub(crate) async fn receive(
        mut self,
        app: &App,
        allowed: impl Future<Output = Result<(), Error>> + Send,
    ) -> Result<Sent<Arrived>, Failure> {
        let key = key(&self.headers, &self.request)?.to_owned();
        let mut kept = kept_under(app, &self.request, &key).await?;
        if kept.is_none()
            && let Err(error) = allowed.await
        {
            // Another request with its key was faster: that one's answer stands, nothing is refused.
            kept = kept_under(app, &self.request, &key).await?;
            if kept.is_none() {
                return Err(Failure::new(error.into(), &self.request));
            }
        }
        if let Some(answer) = kept {
            let hash = self.pieces.hash().await.map_err(|cause| Failure::new(cause, &self.request))?;
            let print = print(&self.method, &self.uri, &hash);
            return Err(Failure::new(again(answer, &print), &self.request));
        }
        let body = self.pieces.store(app).await.map_err(|cause| Failure::new(cause, &self.request))?;
        let print = print(&self.method, &self.uri, body.hash());
        Ok(Sent { request: self.request, body, method: self.method, headers: self.headers, print })
    }
}

/// The answer that was given under a key.
async fn kept_under(app: &App, request: &Request, key: &str) -> Result<Option<Answer>, Failure> {
    once::answered(app, &request.caller, key).await.or_fail(request)
}

/// A body as it comes.
pub(super) struct Pieces {
    body: Body,
    /// Most bytes that it may have.
    most: u64,
    /// Longest time until the next one.
    idle: Duration,
    /// Bytes that have come.
    size: u64,
    is_over: bool,
}

impl Pieces {
    pub(super) fn of(body: Body, most: u64) -> Self {
        Self { body, most, idle: IDLE, size: 0, is_over: false }
    }

    /// All that comes, in memory.
    pub(super) async fn whole(mut self) -> Result<Vec<u8>, Cause> {
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }

    /// The next piece; nothing once all have come.
    async fn next(&mut self) -> Result<Option<Bytes>, Cause> {
        loop {
            let frame =
                tokio::time::timeout(self.idle, self.body.frame()).await.map_err(|_| Cause::TooSlow)?;
            let Some(frame) = frame.transpose().map_err(|_broken| Cause::CutOff)? else {
                self.is_over = true;
                return Ok(None);
            };
            // Trailers are no part of the file.
            let Ok(piece) = frame.into_data() else { continue };
            self.size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
            if self.size > self.most {
                return Err(Cause::TooLarge { most: self.most });
            }
            return Ok(Some(piece));
        }
    }

    /// Writes all that comes to the disk.
    async fn store(&mut self, app: &App) -> Result<Arrived, Cause> {
        let mut incoming = Incoming::begin(app).await?;
        while let Some(piece) = self.next().await? {
            incoming.take(&piece).await?;
        }
        Ok(incoming.end().await?)
    }

    /// Only the hash of all that comes.
    async fn hash(&mut self) -> Result<String, Cause> {
        let mut hash = Sha256::new();
        while let Some(piece) = self.next().await? {
            hash.update(&piece);
        }
        Ok(hex(&hash.finalize()))
    }
}

impl Drop for Pieces {
    /// Whoever is refused is still sending: the answer is heard only by a sender whose bytes are taken off the
    /// line, for a while.
    fn drop(&mut self) {
        let mut body = mem::take(&mut self.body);
        if self.is_over {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            let rest = async move { while let Some(Ok(_)) = body.frame().await {} };
            runtime.spawn(tokio::time::timeout(LINGER, rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Pieces};
    use axum::body::Body;
    use http_body_util::Full;
    use std::time::Duration;
    use tokio::io::AsyncWriteExt;
    use tokio_util::io::ReaderStream;

    #[tokio::test]
    async fn who_dawdles_is_not_waited_for() {
        let (mut sender, body) = tokio::io::duplex(64);
        let mut pieces = Pieces::of(Body::from_stream(ReaderStream::new(body)), 64);
        pieces.idle = Duration::from_millis(20);
        sender.write_all(b"%PDF").await.unwrap();
        assert_eq!(pieces.next().await.unwrap().unwrap(), "%PDF");
        let slow = pieces.next().await;
        assert!(matches!(slow, Err(Cause::TooSlow)), "{slow:?}");
        sender.write_all(b"-1.7").await.unwrap();
        assert_eq!(pieces.next().await.unwrap().unwrap(), "-1.7", "time counts anew with each piece");
        drop(sender);
        assert!(pieces.next().await.unwrap().is_none() && pieces.is_over);
    }

    #[tokio::test]
    async fn all_that_comes_is_hashed() {
        let mut pieces = Pieces::of(Body::new(Full::from("abc")), 3);
        let hash = pieces.hash().await.unwrap();
        assert!(hash.starts_with("ba7816bf") && pieces.is_over, "{hash}");
        let larger = Pieces::of(Body::new(Full::from("abc")), 2).whole().await;
        assert!(matches!(larger, Err(Cause::TooLarge { most: 2 })), "{larger:?}");
    }
}
