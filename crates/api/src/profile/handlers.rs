//! Showing and writing profiles.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::{App, profile};
use ronghe_contract::Problem;
use ronghe_contract::profile::ProfileView;
use ronghe_domain::profile::{Profile, ProfileDraft};

/// The profile of a university; empty where nobody has written it yet.
#[utoipa::path(get, path = "/organisations/{slug}/profile", tag = "profile", params(("slug" = String, Path)),
    responses(
    (status = 200, body = ProfileView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_profile(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let org = profile::university(&register, &slug).or_fail(&request)?;
    let written = register.profile(org.id).map(|profile| profile.as_ref());
    let view = views::view(&request.caller, org, written, &register);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// Writes the profile of a university.
#[utoipa::path(put, path = "/organisations/{slug}/profile", tag = "profile", params(("slug" = String, Path)),
    request_body = ProfileDraft, responses(
    (status = 200, body = ProfileView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_profile(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Sent<ProfileDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let register = app.register().await.or_fail(&sent.request)?;
    let org = profile::university(&register, &slug).or_fail(&sent.request)?.clone();
    let caller = sent.request.caller.clone();
    let view = move |done: &Profile| (views::view(&caller, &org, Some(done), &register), Some(done.version));
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = profile::set(&app, &turn.caller(), &slug, &sent.body, seen).await;
    turn.answer(done).await
}
