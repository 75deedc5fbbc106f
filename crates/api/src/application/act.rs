//! Beginning, typing, submitting, reopening, withdrawing, returning and accepting applications.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::application::{Act, Shown, Typed};
use ronghe_app::{App, application};
use ronghe_contract::Problem;
use ronghe_contract::application::{ActOnApplication, ApplicationView, InviteMembers, StartApplication};
use ronghe_domain::application::ApplicationDraft;
use ronghe_domain::application::formal::ReturnDraft;
use ronghe_domain::kernel::Version;

/// Begins an application for a listed need; whoever begins it leads it.
#[utoipa::path(post, path = "/applications", tag = "application", request_body = StartApplication, responses(
    (status = 201, body = ApplicationView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn start_application(
    State(app): State<App>,
    sent: Sent<StartApplication>,
) -> Result<Response, Failure> {
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = application::start(&app, &turn.caller(), &sent.body.need).await;
    turn.answer(done).await
}

/// Keeps what was typed; it saves itself, so it may be incomplete.
#[utoipa::path(put, path = "/applications/{name}/draft", tag = "application", params(("name" = String, Path)),
    request_body = ApplicationDraft, responses(
    (status = 200, body = ApplicationView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn save_application(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<ApplicationDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = application::save(&app, &turn.caller(), &name, &sent.body, seen).await;
    turn.answer(done).await
}

/// Submits, reopens, withdraws, accepts or returns an application.
#[utoipa::path(post, path = "/applications/{name}/actions", tag = "application", params(("name" = String, Path)),
    request_body = ActOnApplication, responses(
    (status = 200, body = ApplicationView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_application(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<ActOnApplication>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = application::act(&app, &turn.caller(), &name, act(sent.body.clone()), seen).await;
    turn.answer(done).await
}

/// Says who has which part in an application: the team as a whole takes the place of the one before. For those who have
/// no account one is asked for, and they come in when it is active.
#[utoipa::path(post, path = "/applications/{name}/members", tag = "application", params(("name" = String, Path)),
    request_body = InviteMembers, responses(
    (status = 200, body = ApplicationView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn invite_members(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<InviteMembers>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = rendering(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let team = Typed { members: sent.body.members.clone(), awaited: sent.body.awaited.clone() };
    let done = application::invite(&app, &turn.caller(), &name, &team, seen).await;
    turn.answer(done).await
}

fn act(body: ActOnApplication) -> Act {
    match body {
        ActOnApplication::Submit => Act::Submit,
        ActOnApplication::Reopen => Act::Reopen,
        ActOnApplication::Withdraw => Act::Withdraw,
        ActOnApplication::Accept => Act::Accept,
        ActOnApplication::Return { corrections, remark, until } => {
            Act::Return(ReturnDraft { corrections, remark, until })
        }
    }
}

/// How an application is rendered for the caller.
async fn rendering(
    app: &App,
    request: &Request,
) -> Result<impl Fn(&Shown) -> (Option<ApplicationView>, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let (app, caller) = (app.clone(), request.caller.clone());
    Ok(move |shown: &Shown| {
        (Some(views::view(&app, &caller, shown, &register)), Some(shown.application.version))
    })
}
