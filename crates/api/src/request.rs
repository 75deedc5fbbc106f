//! What every request brings: its id, its language, who calls and by which door.

use crate::limit::Limits;
use crate::problem::{Cause, Failure};
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, HOST, ORIGIN, USER_AGENT};
use axum::http::request::Parts;
use ronghe_app::{App, Caller, Error, session, token};
use ronghe_contract::{API, IDEMPOTENCY_KEY};
use ronghe_domain::audit::failure::Failure as AtDoor;
use ronghe_text::Lang;
use std::sync::Arc;

/// The request's id, set by the server before routing.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The address that the request came from, set by the server before routing.
#[derive(Clone, Debug)]
pub struct Address(pub String);

/// A request's surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) lang: Lang,
    pub(crate) caller: Caller,
    /// The browser, by its own words.
    pub(crate) agent: String,
    /// The mark of a device that signed in before.
    pub(crate) device: Option<String>,
    limits: Option<Arc<Limits>>,
}

impl Request {
    /// Counts one list less: it was not taken out.
    pub(crate) fn give_export_back(&self, app: &App) {
        if let Some(limits) = &self.limits {
            limits.give_export_back(&person(&self.caller), app.now());
        }
    }

    /// Counts a list that the caller takes out whole.
    pub(crate) fn count_export(&self, app: &App) -> Result<(), Failure> {
        let Some(limits) = &self.limits else { return Ok(()) };
        let counted = limits.count_export(&person(&self.caller), app.now());
        counted.map_err(|seconds| Failure::new(Error::TooMany { seconds }.into(), self))
    }
}

/// Whom requests are counted for, beside their address: a person's session, or their tokens.
fn person(caller: &Caller) -> String {
    let account = caller.actor.account().map(|account| account.to_string()).unwrap_or_default();
    format!("{account} {}", caller.session.map(|id| id.to_string()).unwrap_or_default())
}

/// Name of the cookie that marks a device.
pub(crate) const DEVICE: &str = "ronghe-device";

/// Name of the session's cookie: browsers take the prefix only with `Secure` and without a domain.
pub(crate) fn session_cookie(app: &App) -> &'static str {
    if is_secure(app) { "__Host-ronghe" } else { "ronghe" }
}

/// Whether people reach the server by HTTPS; a demonstration on loopback is not.
pub(crate) fn is_secure(app: &App) -> bool {
    app.settings().public_url.as_deref().is_some_and(|url| url.starts_with("https:"))
}

impl FromRequestParts<App> for Request {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = visitor(parts);
        let fail = |cause: Cause| Failure::new(cause, &visitor);
        count(parts, app, &visitor.caller.address).map_err(|error| fail(error.into()))?;
        let caller = who(parts, app, &visitor.caller).await.map_err(fail)?;
        if caller.actor.account().is_some() {
            count(parts, app, &person(&caller)).map_err(|error| fail(error.into()))?;
        }
        Ok(Self { caller, ..visitor })
    }
}

/// A request before it is known who calls.
pub(crate) fn visitor(parts: &Parts) -> Request {
    let id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let address = parts.extensions.get::<Address>().map(|it| it.0.clone()).unwrap_or_default();
    let key = parts.headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
    Request {
        lang: Lang::accepted(header(parts, &ACCEPT_LANGUAGE)),
        caller: Caller { key: key.map(str::to_owned), ..Caller::visitor(&id, &address) },
        agent: header(parts, &USER_AGENT).to_owned(),
        device: cookie(parts, DEVICE).map(str::to_owned),
        limits: parts.extensions.get::<Arc<Limits>>().map(Arc::clone),
    }
}

/// Counts the request of an address or a person; an address is not counted for what it changes, for a school
/// is one.
fn count(parts: &Parts, app: &App, who: &str) -> Result<(), Error> {
    let Some(limits) = parts.extensions.get::<Arc<Limits>>() else { return Ok(()) };
    let writes = !parts.method.is_safe() && who.contains(' ');
    limits.count(who, writes, app.now()).map_err(|seconds| Error::TooMany { seconds })
}

async fn who(parts: &Parts, app: &App, visitor: &Caller) -> Result<Caller, Cause> {
    let path = parts.uri.path();
    let path = path.strip_prefix(API).unwrap_or(path);
    if let Some(secret) = header(parts, &AUTHORIZATION).strip_prefix("Bearer ") {
        return Ok(token::authenticate(app, visitor, secret.trim()).await?);
    }
    if !parts.method.is_safe() && !is_same_site(parts, app) {
        app.failed(AtDoor::CrossSite);
        return Err(Cause::CrossSite);
    }
    let Some(secret) = cookie(parts, session_cookie(app)) else { return Ok(visitor.clone()) };
    // Whoever stands at the door may hold the key of a session that has ended.
    let at_door = ["/session", "/links"].iter().any(|door| path.starts_with(door));
    match session::authenticate(app, visitor, secret).await {
        Err(Error::Unauthenticated) if at_door => Ok(visitor.clone()),
        Ok(caller) if caller.enrolling && !at_door && !leads_to_enrolment(path) => Err(Error::Enrol.into()),
        other => Ok(other?),
    }
}

/// Whether it is part of setting up a second factor: who one is, the factor, the password.
fn leads_to_enrolment(path: &str) -> bool {
    matches!(path, "/me" | "/me/totp" | "/me/password")
}

/// Whether a page of ours sends it: browsers say so, and no page of another site can claim it.
fn is_same_site(parts: &Parts, app: &App) -> bool {
    match parts.headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        Some(site) => site == "same-origin",
        None => {
            let origin = header(parts, &ORIGIN);
            let host = origin.split_once("://").map(|(_, host)| host);
            let public = app.settings().public_url.as_deref().map(|url| url.trim_end_matches('/'));
            !origin.is_empty() && (public == Some(origin) || host == Some(header(parts, &HOST)))
        }
    }
}

fn header<'a>(parts: &'a Parts, name: &axum::http::HeaderName) -> &'a str {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}
