//! What stands in an address: names in its path, words in its query. What cannot be read is refused in the
//! words of every other refusal.

use crate::problem::{Cause, Failure};
use crate::request::visitor;
use axum::extract;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use ronghe_app::{App, Error};
use serde::de::DeserializeOwned;

/// Names in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(extract::Path(names)) => Ok(Self(names)),
            // What is no text names nothing.
            Err(_no_text) => Err(Failure::new(Error::Hidden.into(), &visitor(parts))),
        }
    }
}

/// Words of the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match extract::Query::<T>::from_request_parts(parts, app).await {
            Ok(extract::Query(words)) => Ok(Self(words)),
            Err(unread) => Err(Failure::new(Cause::Query(unread.body_text()), &visitor(parts))),
        }
    }
}
