//! Signing in and out, and links by which a password is set.

use super::views;
use crate::address::Path;
use crate::org::views::org_ref;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ronghe_app::session::{self, link};
use ronghe_app::{App, message};
use ronghe_contract::Problem;
use ronghe_contract::session::{AcceptLink, DemoAccount, Door, EnterDemo, LinkView, Me, Prove, SignIn};

/// What the sign-in page must know.
#[utoipa::path(get, path = "/session/door", tag = "session", responses((status = 200, body = Door)))]
pub(crate) async fn show_door(State(app): State<App>, request: Request) -> Result<Json<Door>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let accounts = session::door(&app).await.or_fail(&request)?;
    let demo = accounts
        .into_iter()
        .filter_map(|(role, account)| {
            Some(DemoAccount {
                login: account.login,
                role,
                name: account.name,
                name_en: account.name_en,
                org: org_ref(register.directory.org(account.org)?),
            })
        })
        .collect();
    Ok(Json(Door { demo }))
}

/// Signs in; the answer sets the session's cookie.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sign_in(State(app): State<App>, sent: Sent<SignIn>) -> Result<Response, Failure> {
    let Sent { request, body, .. } = sent;
    let input = session::SignIn {
        login: body.login,
        password: body.password,
        code: body.code,
        device: request.device.clone(),
        agent: request.agent.clone(),
    };
    let entered = session::sign_in(&app, &request.caller, input).await.or_fail(&request)?;
    enter(&app, &request, &entered).await
}

/// Enters a demonstration as one of the accounts of its door.
#[utoipa::path(post, path = "/session/demo", tag = "session", request_body = EnterDemo, responses(
    (status = 200, body = Me),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn enter_demo(State(app): State<App>, sent: Sent<EnterDemo>) -> Result<Response, Failure> {
    let Sent { request, body, .. } = sent;
    let entered = session::enter_demo(&app, &request.caller, &body.login, &request.agent).await;
    enter(&app, &request, &entered.or_fail(&request)?).await
}

async fn enter(app: &App, request: &Request, entered: &session::Entered) -> Result<Response, Failure> {
    let register = app.register().await.or_fail(request)?;
    let unread = message::unread(app, entered.account.id).await.or_fail(request)?;
    let me = views::me(app, &entered.account, &register, unread);
    Ok(views::entered(app, entered, Json(me).into_response()))
}

/// Ends the session.
#[utoipa::path(delete, path = "/session", tag = "session", responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sign_out(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    session::sign_out(&app, &request.caller).await.or_fail(&request)?;
    Ok(views::left(&app, StatusCode::NO_CONTENT.into_response()))
}

/// Proves once more who is at the keyboard; the session gets a new secret.
#[utoipa::path(post, path = "/session/proof", tag = "session", request_body = Prove, responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn prove(State(app): State<App>, sent: Sent<Prove>) -> Result<Response, Failure> {
    let Sent { request, body, .. } = sent;
    let secret = session::prove(&app, &request.caller, &body.word).await.or_fail(&request)?;
    Ok(views::renewed(&app, &secret, StatusCode::NO_CONTENT.into_response()))
}

/// Whom the link of an invitation or reset is for.
#[utoipa::path(get, path = "/links/{code}", tag = "session", params(("code" = String, Path)), responses(
    (status = 200, body = LinkView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_link(
    State(app): State<App>,
    Path(code): Path<String>,
    request: Request,
) -> Result<Json<LinkView>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let (account, expires) = link::show(&app, &code).await.or_fail(&request)?;
    Ok(Json(LinkView {
        org: views::org_of(account.org, &register),
        login: account.login,
        name: account.name,
        expires: expires.to_string(),
    }))
}

/// Sets the password of an invitation or reset.
#[utoipa::path(post, path = "/links", tag = "session", request_body = AcceptLink, responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn accept_link(
    State(app): State<App>,
    sent: Sent<AcceptLink>,
) -> Result<StatusCode, Failure> {
    let Sent { request, body, .. } = sent;
    link::accept(&app, &request.caller, &body.code, &body.password).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}
