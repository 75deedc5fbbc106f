//! Meetings on needs of the published list.

mod views;

use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use ronghe_app::App;
use ronghe_app::meeting::{self, Shown};
use ronghe_contract::Problem;
use ronghe_contract::meeting::{CallOffMeeting, MeetingView, MeetingsView};
use ronghe_domain::kernel::Version;
use ronghe_domain::meeting::MeetingDraft;

/// The meetings on a need, and whether the caller can enter one.
#[utoipa::path(get, path = "/needs/{name}/meetings", tag = "meeting", params(("name" = String, Path)), responses(
    (status = 200, body = MeetingsView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_meetings(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<MeetingsView>, Failure> {
    let found = meeting::of_need(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(views::all(&found, &register)))
}

/// Enters a meeting on a need of the published list; it is public at once.
#[utoipa::path(post, path = "/needs/{name}/meetings", tag = "meeting", params(("name" = String, Path)),
    request_body = MeetingDraft, responses(
    (status = 201, body = MeetingView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add_meeting(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<MeetingDraft>,
) -> Result<Response, Failure> {
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = meeting::add(&app, &turn.caller(), &name, &sent.body).await;
    turn.answer(done).await
}

/// One meeting, and what the caller can do with it.
#[utoipa::path(get, path = "/meetings/{name}", tag = "meeting", params(("name" = String, Path)), responses(
    (status = 200, body = MeetingView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_meeting(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = meeting::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let view = views::view(&shown, &register);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// A meeting as a calendar takes it (RFC 5545).
#[utoipa::path(get, path = "/meetings/{name}/calendar", tag = "meeting", params(("name" = String, Path)), responses(
    (status = 200, content_type = "text/calendar"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn download_meeting(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = meeting::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}.ics\"", shown.name)),
    ];
    Ok((headers, meeting::calendar(&shown.meeting, &shown.title)).into_response())
}

/// Calls a meeting off, before it begins: that it was to be held, and why it is not, stays to be read.
#[utoipa::path(post, path = "/meetings/{name}/call-off", tag = "meeting", params(("name" = String, Path)),
    request_body = CallOffMeeting, responses(
    (status = 200, body = MeetingView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn call_off_meeting(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<CallOffMeeting>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = meeting::call_off(&app, &turn.caller(), &name, &sent.body.reason, seen).await;
    turn.answer(done).await
}

/// How a meeting is rendered.
async fn rendering(
    app: &App,
    request: &Request,
) -> Result<impl Fn(&Shown) -> (MeetingView, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    Ok(move |shown: &Shown| (views::view(shown, &register), Some(shown.meeting.version)))
}
