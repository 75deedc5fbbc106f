//! Commands as they are sent: a body, the version that was seen, a key against doing it twice.

use crate::problem::{Cause, Failure, OrFail};
use crate::request::Request;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use ronghe_app::once::{self, Answer};
use ronghe_app::{App, Caller, Command, Error};
use ronghe_contract::IDEMPOTENCY_KEY;
use ronghe_domain::kernel::Version;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

/// Largest body in JSON, in bytes.
pub(crate) const BODY_MOST: usize = 1024 * 1024;
/// The same where a file stands in the body, in base 64.
pub(crate) const FILE_BODY_MOST: usize = 16 * 1024 * 1024;
/// Longest time for a body to come in: no client that has left or dawdles holds up its command for ever.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest key against doing something twice.
const KEY_MOST: usize = 100;

/// A command: who sends it, and what stands in its body.
#[derive(Clone, Debug)]
pub(crate) struct Sent<T, const MOST: usize = BODY_MOST> {
    pub(crate) request: Request,
    pub(crate) body: T,
    method: Method,
    headers: HeaderMap,
    /// Hash of method, path and body: what one key stands for.
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
        let media = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if media.split(';').next().map(str::trim) != Some("application/json") {
            return Err(fail(Cause::MediaType));
        }
        let bytes = tokio::time::timeout(PATIENCE, to_bytes(body, MOST))
            .await
            .map_err(|_| fail(Cause::Malformed("the body took too long".to_owned())))?
            .map_err(|_| fail(Cause::TooLarge { most: MOST }))?;
        let body =
            serde_json::from_slice(&bytes).map_err(|error| fail(Cause::Malformed(error.to_string())))?;
        let mut print = Sha256::new();
        print.update(parts.method.as_str());
        print.update(parts.uri.path());
        print.update(&bytes);
        let print = print.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
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
        let mut turn = Turn { app: app.clone(), request: self.request.clone(), key: None, render };
        if self.method != Method::POST {
            return Ok(turn);
        }
        let key = self.headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
        let key = key.filter(|key| (8..=KEY_MOST).contains(&key.len()));
        let key = key.ok_or_else(|| Failure::new(Cause::KeyMissing, &self.request))?;
        if let Some(answer) = once::answered(app, &self.request.caller, key).await.or_fail(&self.request)? {
            let cause = if answer.request == self.print { Cause::Answered(answer) } else { Cause::KeyReused };
            return Err(Failure::new(cause, &self.request));
        }
        turn.key = Some(key.to_owned());
        Ok(turn)
    }
}

/// Renders what a use case gives back; nothing where it cannot be written as JSON.
type Render<V> = Arc<dyn Fn(&V) -> Option<Answer> + Send + Sync>;

/// A command that is being carried out.
pub(crate) struct Turn<V> {
    app: App,
    request: Request,
    key: Option<String>,
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
                // Where another request with this key was faster, its answer is this one's.
                let kept =
                    once::answered(&self.app, &self.request.caller, key).await.or_fail(&self.request)?;
                kept.ok_or(error).or_fail(&self.request)?
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
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(etag) = HeaderValue::from_str(&answer.etag)
        && !answer.etag.is_empty()
    {
        headers.insert(ETAG, etag);
    }
    response
}
