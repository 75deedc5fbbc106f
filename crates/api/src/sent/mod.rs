//! Commands as they are sent: a body, the version that was seen, a key against doing it twice.

mod upload;

use upload::Pieces;
pub(crate) use upload::Upload;
pub use upload::is_upload;

use crate::problem::{Cause, Failure, OrFail};
use crate::request::Request;
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use ronghe_app::once::{self, Answer};
use ronghe_app::{App, Caller, Command, Error};
use ronghe_contract::{API, IDEMPOTENCY_KEY};
use ronghe_domain::audit::hex;
use ronghe_domain::kernel::Version;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::any::Any;
use std::sync::Arc;

/// Media type of a body in JSON.
const JSON: &str = "application/json";
/// Largest body in JSON, in bytes.
pub(crate) const BODY_MOST: usize = 1024 * 1024;
/// The same where a file stands in the body, in base 64.
pub(crate) const FILE_BODY_MOST: usize = 16 * 1024 * 1024;
/// Longest key against doing something twice.
const KEY_MOST: usize = 100;

/// A command: who sends it, and what stands in its body.
#[derive(Clone, Debug)]
pub(crate) struct Sent<T, const MOST: usize = BODY_MOST> {
    pub(crate) request: Request,
    pub(crate) body: T,
    method: Method,
    headers: HeaderMap,
    /// What the key stands for.
    print: String,
}

/// The body of a command that says everything by its address: `{}`.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub(crate) struct Nothing {}

impl<T: DeserializeOwned, const MOST: usize> FromRequest<App> for Sent<T, MOST> {
    type Rejection = Failure;

    async fn from_request(request: axum::extract::Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let around = Request::from_request_parts(&mut parts, app).await?;
        let fail = |cause: Cause| Failure::new(cause, &around);
        if media_type(&parts.headers) != JSON {
            return Err(fail(Cause::MediaType { wanted: JSON }));
        }
        let most = u64::try_from(MOST).unwrap_or(u64::MAX);
        if declared(&parts.headers).is_some_and(|size| size > most) {
            return Err(fail(Cause::TooLarge { most }));
        }
        let bytes = Pieces::of(body, most).whole().await.map_err(fail)?;
        if holds_nul(&bytes) {
            return Err(fail(Cause::Malformed("U+0000".to_owned())));
        }
        let body =
            serde_json::from_slice(&bytes).map_err(|error| fail(Cause::Malformed(error.to_string())))?;
        let print = print(&parts.method, &parts.uri, &hex(&Sha256::digest(&bytes)));
        Ok(Self { request: around, body, method: parts.method, headers: parts.headers, print })
    }
}

impl<T, const MOST: usize> Sent<T, MOST> {
    /// The version that the sender saw.
    pub(crate) fn seen(&self) -> Result<Version, Failure> {
        let header = self.headers.get(IF_MATCH).and_then(|value| value.to_str().ok());
        header.and_then(Version::from_etag).ok_or_else(|| Failure::new(Cause::VersionMissing, &self.request))
    }

    /// Takes the command up; where it was carried out already, its answer is given again. `view` renders
    /// what the use case gives back, with the version where there is one.
    pub(crate) async fn turn<V: 'static, W: Serialize>(
        &self,
        app: &App,
        status: StatusCode,
        view: impl Fn(&V) -> (W, Option<Version>) + Send + Sync + 'static,
    ) -> Result<Turn<V>, Failure> {
        let print = self.print.clone();
        let render = Arc::new(move |value: &V| {
            let (view, version) = view(value);
            let body = serde_json::to_string(&view).ok()?;
            let etag = version.map(|version| version.to_string()).unwrap_or_default();
            Some(Answer { request: print.clone(), status: status.as_u16(), body, etag })
        });
        let (app_of_turn, request, print) = (app.clone(), self.request.clone(), self.print.clone());
        let mut turn = Turn { app: app_of_turn, request, key: None, print, render };
        if self.method != Method::POST {
            return Ok(turn);
        }
        let key = key(&self.headers, &self.request)?;
        let kept = once::answered_before(app, &self.request.caller, key).await.or_fail(&self.request)?;
        if let Some(answer) = kept {
            return Err(Failure::new(again(answer, &self.print), &self.request));
        }
        turn.key = Some(key.to_owned());
        Ok(turn)
    }
}

/// Whether an operation may take minutes: it takes a document or a table over a slow line.
#[must_use]
pub fn takes_long(method: &Method, path: &str) -> bool {
    let Some(path) = path.strip_prefix(API) else { return false };
    let takes_table = ["/accounts/import", "/organisations/import", "/needs/import"].contains(&path);
    *method == Method::POST && (path == "/policies" || takes_table)
}

/// How large a body is, where its sender says so before it comes.
fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The media type of a body, without what follows it.
fn media_type(headers: &HeaderMap) -> &str {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.split(';').next().unwrap_or_default().trim()
}

/// The key under which a command is sent.
fn key<'a>(headers: &'a HeaderMap, request: &Request) -> Result<&'a str, Failure> {
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
    let key = key.filter(|key| (8..=KEY_MOST).contains(&key.len()));
    key.ok_or_else(|| Failure::new(Cause::KeyMissing, request))
}

/// Hash of method, path, query and the body's hash: what one key stands for.
fn print(method: &Method, uri: &Uri, body: &str) -> String {
    let mut print = Sha256::new();
    print.update(format!("{method} {}?{} {body}", uri.path(), uri.query().unwrap_or_default()));
    hex(&print.finalize())
}

/// What is said to a command whose key was used: the answer again, where it is the same command.
fn again(answer: Answer, print: &str) -> Cause {
    if answer.request == print { Cause::Answered(answer) } else { Cause::KeyReused }
}

/// Whether a text in this JSON holds the character that PostgreSQL keeps in none: it can only be escaped.
fn holds_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if rest.starts_with(b"u0000") {
            return true;
        }
        // What is escaped may be a backslash itself.
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

/// Renders what a use case gives back; nothing where it cannot be written as JSON.
type Render<V> = Arc<dyn Fn(&V) -> Option<Answer> + Send + Sync>;

/// A command that is being carried out.
pub(crate) struct Turn<V> {
    app: App,
    request: Request,
    key: Option<String>,
    /// What the key stands for.
    print: String,
    render: Render<V>,
}

impl<V: 'static> Turn<V> {
    /// Who calls, with the key under which the answer is kept.
    pub(crate) fn caller(&self) -> Caller {
        let command = self.key.clone().map(|key| {
            let render = Arc::clone(&self.render);
            let render = move |value: &(dyn Any + Send)| value.downcast_ref::<V>().and_then(|v| render(v));
            Command { key, render: Arc::new(render) }
        });
        self.request.caller.clone().with_command(command)
    }

    /// The answer to what the use case gave back.
    pub(crate) async fn answer(self, done: Result<V, Error>) -> Result<Response, Failure> {
        let answer = match (done, &self.key) {
            (Err(error), Some(key)) => {
                // Where another request with this key was faster, its answer is this one's, if it asked the same.
                let kept =
                    once::answered(&self.app, &self.request.caller, key).await.or_fail(&self.request)?;
                match kept {
                    Some(answer) if answer.request == self.print => answer,
                    Some(_) => return Err(Failure::new(Cause::KeyReused, &self.request)),
                    None => return Err(Failure::new(error.into(), &self.request)),
                }
            }
            (done, _) => {
                let value = done.or_fail(&self.request)?;
                (self.render)(&value).ok_or(Error::Hidden).or_fail(&self.request)?
            }
        };
        Ok(given(answer))
    }
}

/// An answer as it goes out, the first time and again.
pub(crate) fn given(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    if let Ok(etag) = HeaderValue::from_str(&answer.etag)
        && !answer.etag.is_empty()
    {
        headers.insert(ETAG, etag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{Method, holds_nul, takes_long};

    #[test]
    fn only_what_takes_a_file_may_take_minutes() {
        let check = |method: Method, path: &str, is_long| {
            assert_eq!(takes_long(&method, path), is_long, "{method} {path}");
        };
        check(Method::POST, "/api/v1/policies", true);
        check(Method::GET, "/api/v1/policies", false);
        check(Method::POST, "/api/v1/accounts/import", true);
        check(Method::POST, "/api/v1/audit/verify", false);
        check(Method::POST, "/api/v1/needs", false);
        check(Method::POST, "/api/v1/needs/import", true);
        // A long one is made in the background.
        check(Method::GET, "/api/v1/needs/export", false);
        check(Method::POST, "/policies", false);
    }

    #[test]
    fn a_nul_is_found_in_any_text_and_nowhere_else() {
        let check = |text: &str| holds_nul(serde_json::json!({ "a": ["b", text] }).to_string().as_bytes());
        assert!(check("\0") && check("a\0b") && check("\\\0"));
        assert!(!check("u0000") && !check("\\u0000") && !check("\\\\u0000") && !check("\n\"") && !check(""));
    }
}
