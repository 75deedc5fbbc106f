//! What every request brings: its id, its language, who calls.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use ronghe_app::Caller;
use ronghe_text::Lang;
use std::convert::Infallible;

/// The request's id, set by the server before routing.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// A request's surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) lang: Lang,
    pub(crate) caller: Caller,
}

impl<S: Send + Sync> FromRequestParts<S> for Request {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        Ok(Self { lang: Lang::accepted(header.unwrap_or_default()), caller: Caller::visitor(&id, "") })
    }
}
