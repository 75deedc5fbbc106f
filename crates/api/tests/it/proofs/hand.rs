//! The API's own router asked by hand: any method, any bytes, any header, and all that it answers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, ETAG, SET_COOKIE};
use axum::http::{HeaderMap, Request};
use ronghe_app::App;
use ronghe_client::Client;
use ronghe_testkit::PASSWORD;
use serde_json::{Value, json};
use std::fmt;
use tower::ServiceExt;

/// Headers that each command of a page brings.
pub(crate) const OURS: &[(&str, &str)] =
    &[("sec-fetch-site", "same-origin"), ("content-type", "application/json")];

/// The media type of a file that is sent.
pub(crate) const FILE: &str = "application/octet-stream";

/// A PDF of nothing.
pub(crate) const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

/// A router, and its document.
pub(crate) struct Hand {
    router: Router,
    pub(crate) document: Value,
}

/// What it answered.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// An operation of the document.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: String,
    /// With its parameters in braces.
    pub(crate) path: String,
    pub(crate) described: Value,
}

impl Hand {
    pub(crate) fn of(app: &App) -> Self {
        let (router, document) = ronghe_api::router(app.clone());
        Self { router, document: serde_json::to_value(&document).unwrap() }
    }

    pub(crate) fn operations(&self) -> Vec<Operation> {
        let mut found = Vec::new();
        for (path, item) in self.document["paths"].as_object().unwrap() {
            for (method, described) in item.as_object().unwrap() {
                found.push(Operation {
                    name: described["operationId"].as_str().unwrap().to_owned(),
                    method: method.to_uppercase(),
                    path: path.clone(),
                    described: described.clone(),
                });
            }
        }
        found
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Reads as whoever holds `cookie`.
    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask("GET", path, &[(COOKIE.as_str(), cookie)], Vec::new()).await
    }

    /// Commands as whoever holds `cookie`, as a page does.
    pub(crate) async fn command(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        more: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let headers: Vec<_> = OURS.iter().chain(more).copied().chain([(COOKIE.as_str(), cookie)]).collect();
        self.ask(method, path, &headers, body.to_string().into_bytes()).await
    }

    /// Adds a file to a need; the one place that knows how files are sent.
    pub(crate) async fn attach(&self, cookie: &str, need: &str, name: &str, bytes: &[u8]) -> Answer {
        let key = Client::new_key().to_string();
        let path = format!("/api/v1/needs/{need}/attachments?name={}", encoded(name));
        let headers = [OURS[0], ("content-type", FILE), ("idempotency-key", &key), (COOKIE.as_str(), cookie)];
        self.ask("POST", &path, &headers, bytes.to_vec()).await
    }

    /// The cookies of someone who signs in by password.
    pub(crate) async fn signed_in(&self, login: &str) -> String {
        let body = json!({ "login": login, "password": PASSWORD });
        let answer = self.command("POST", "/api/v1/session", "", &[], &body).await;
        assert_eq!(answer.status, 200, "{login}: {}", answer.text());
        answer.cookies()
    }

    /// The cookies of one of the people at the demonstration's door.
    pub(crate) async fn entered(&self, login: &str) -> String {
        let body = json!({ "login": login });
        let answer = self.command("POST", "/api/v1/session/demo", "", &[], &body).await;
        assert_eq!(answer.status, 200, "{login}: {}", answer.text());
        answer.cookies()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {}", self.status, self.headers, self.text())
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn media(&self) -> &str {
        self.header(CONTENT_TYPE.as_str())
    }

    pub(crate) fn etag(&self) -> &str {
        self.header(ETAG.as_str())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The cookies that it sets, as they are sent back.
    pub(crate) fn cookies(&self) -> String {
        let set = self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.filter_map(|value| value.split(';').next()).collect::<Vec<_>>().join("; ")
    }

    /// Whether it changed the cookies of whoever asked.
    pub(crate) fn sets_cookies(&self) -> bool {
        self.headers.contains_key(SET_COOKIE)
    }
}

/// Text as a part of an address.
pub(crate) fn encoded(text: impl AsRef<str>) -> String {
    text.as_ref().bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
