//! One's own account: password, second factor, sessions.

use super::{qr, views};
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ronghe_app::session::{self, factor};
use ronghe_app::{App, Error, message};
use ronghe_contract::Problem;
use ronghe_contract::session::{ChangePassword, Me, RecoveryCodes, SessionRow, TotpProof, TotpSetup};
use ronghe_domain::kernel::SessionId;

/// The person who is signed in.
#[utoipa::path(get, path = "/me", tag = "session", responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_me(State(app): State<App>, request: Request) -> Result<Json<Me>, Failure> {
    let account = session::own(&app, &request.caller).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let unread = message::unread(&app, account.id).await.or_fail(&request)?;
    Ok(Json(views::me(&app, &account, &register, unread)))
}

/// Browsers that are signed in.
#[utoipa::path(get, path = "/me/sessions", tag = "session", responses(
    (status = 200, body = Vec<SessionRow>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_sessions(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Vec<SessionRow>>, Failure> {
    let sessions = session::list(&app, &request.caller).await.or_fail(&request)?;
    let current = request.caller.session;
    Ok(Json(sessions.iter().map(|session| views::session_row(session, current)).collect()))
}

/// Signs another browser out.
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "session", params(("id" = String, Path)), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn end_session(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id = id.parse().map(SessionId).map_err(|_| Error::Hidden).or_fail(&request)?;
    session::end(&app, &request.caller, id).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets a new password; every other session ends.
#[utoipa::path(post, path = "/me/password", tag = "session", request_body = ChangePassword, responses(
    (status = 204),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change_password(
    State(app): State<App>,
    sent: Sent<ChangePassword>,
) -> Result<Response, Failure> {
    let Sent { request, body, .. } = sent;
    let changed = session::change_password(&app, &request.caller, &body.current, &body.password).await;
    let secret = changed.or_fail(&request)?;
    Ok(views::renewed(&app, &secret, StatusCode::NO_CONTENT.into_response()))
}

/// Begins to set up a second factor.
#[utoipa::path(post, path = "/me/totp", tag = "session", request_body = Nothing, responses(
    (status = 200, body = TotpSetup),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn start_totp(
    State(app): State<App>,
    sent: Sent<Nothing>,
) -> Result<Json<TotpSetup>, Failure> {
    let setup = factor::start(&app, &sent.request.caller).await.or_fail(&sent.request)?;
    let qr = qr::code(&setup.url);
    Ok(Json(TotpSetup { secret: setup.secret, url: setup.url, qr }))
}

/// Switches the second factor on; every other session and every token ends.
#[utoipa::path(put, path = "/me/totp", tag = "session", request_body = TotpProof, responses(
    (status = 200, body = RecoveryCodes),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn confirm_totp(State(app): State<App>, sent: Sent<TotpProof>) -> Result<Response, Failure> {
    let Sent { request, body, .. } = sent;
    let confirmed = factor::confirm(&app, &request.caller, &body.code).await;
    let (codes, secret) = confirmed.or_fail(&request)?;
    Ok(views::renewed(&app, &secret, Json(RecoveryCodes { codes }).into_response()))
}

/// Switches the second factor off by one of its codes; every other session and every token ends.
#[utoipa::path(delete, path = "/me/totp", tag = "session", request_body = TotpProof, responses(
    (status = 204),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove_totp(State(app): State<App>, sent: Sent<TotpProof>) -> Result<Response, Failure> {
    let Sent { request, body, .. } = sent;
    let secret = factor::remove(&app, &request.caller, &body.code).await.or_fail(&request)?;
    Ok(views::renewed(&app, &secret, StatusCode::NO_CONTENT.into_response()))
}
