//! Which of their messages a person also gets by mail.

use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::{App, message};
use ronghe_contract::Problem;
use ronghe_contract::message::{MailChoice, MailChoices};
use ronghe_domain::kernel::Actor;
use ronghe_domain::message::choice::{Bound, Choice, ChoiceDraft, kinds};

/// Which of the caller's messages also come by mail.
#[utoipa::path(get, path = "/me/mails", tag = "message", responses(
    (status = 200, body = MailChoices),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_mail_choices(
    State(app): State<App>,
    request: Request,
) -> Result<Json<MailChoices>, Failure> {
    let choice = message::choice(&app, &request.caller).await.or_fail(&request)?;
    Ok(Json(view(&request.caller.actor, &choice)))
}

/// Chooses which of the caller's messages also come by mail, and in which language.
#[utoipa::path(put, path = "/me/mails", tag = "message", request_body = ChoiceDraft, responses(
    (status = 200, body = MailChoices),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_mail_choices(
    State(app): State<App>,
    sent: Sent<ChoiceDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let actor = sent.request.caller.actor.clone();
    let turn = sent
        .turn(&app, StatusCode::OK, move |done: &Choice| (view(&actor, done), Some(done.version)))
        .await?;
    let done = message::choose(&app, &turn.caller(), &sent.body, seen).await;
    turn.answer(done).await
}

fn view(actor: &Actor, choice: &Choice) -> MailChoices {
    let row = |kind| MailChoice { kind, mailed: choice.takes(kind), bound: Bound::of(kind) };
    MailChoices {
        kinds: kinds(actor).into_iter().map(row).collect(),
        language: choice.language,
        version: choice.version.to_string(),
    }
}
