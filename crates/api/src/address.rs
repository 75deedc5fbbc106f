//! What stands in an address: names in its path, words in its query. What cannot be read is refused in the
//! words of every other refusal.

use crate::problem::{Cause, Failure};
use crate::request::visitor;
use axum::extract;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use ronghe_app::{App, Error};
use serde::de::DeserializeOwned;

/// The character that no text of ours holds: PostgreSQL keeps none that does.
const NUL: &str = "%00";

/// Names in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(extract::Path(names)) if !parts.uri.path().contains(NUL) => Ok(Self(names)),
            // What is no text names nothing.
            Ok(_) | Err(_) => Err(Failure::new(Error::Hidden.into(), &visitor(parts))),
        }
    }
}

/// Words of the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Failure> {
        let fail = |reason: String| Failure::new(Cause::Query(reason), &visitor(parts));
        if parts.uri.query().is_some_and(|query| query.contains(NUL)) {
            return Err(fail("U+0000".to_owned()));
        }
        let read = extract::Query::<T>::try_from_uri(&parts.uri);
        read.map(|extract::Query(words)| Self(words)).map_err(|unread| fail(unread.body_text()))
    }
}
