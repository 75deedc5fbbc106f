//! Making, changing and moving cycles.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::cycle::Act;
use ronghe_app::{App, cycle};
use ronghe_contract::Problem;
use ronghe_contract::cycle::{ActOnCycle, CycleView};
use ronghe_domain::cycle::draft::ExtensionDraft;
use ronghe_domain::cycle::{Cycle, CycleDraft};
use ronghe_domain::kernel::Version;

/// Makes a cycle, in preparation.
#[utoipa::path(post, path = "/cycles", tag = "cycle", request_body = CycleDraft, responses(
    (status = 201, body = CycleView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create_cycle(
    State(app): State<App>,
    sent: Sent<CycleDraft>,
) -> Result<Response, Failure> {
    let view = done_view(&app, &sent.request, None).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = cycle::make(&app, &turn.caller(), &sent.body).await;
    turn.answer(done).await
}

/// Makes a rehearsal of a cycle, in preparation: with the same plan, budget and rules, and a clock of its own.
#[utoipa::path(post, path = "/cycles/{year}/rehearsals", tag = "cycle", params(("year" = String, Path)),
    request_body = Nothing, responses(
    (status = 201, body = CycleView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn rehearse_cycle(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Response, Failure> {
    let view = done_view(&app, &sent.request, None).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = cycle::rehearse(&app, &turn.caller(), &year).await;
    turn.answer(done).await
}

/// Changes a cycle in preparation.
#[utoipa::path(put, path = "/cycles/{year}", tag = "cycle", params(("year" = String, Path)),
    request_body = CycleDraft, responses(
    (status = 200, body = CycleView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change_cycle(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<CycleDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = done_view(&app, &sent.request, Some(&year)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = cycle::change(&app, &turn.caller(), &year, &sent.body, seen).await;
    turn.answer(done).await
}

/// Opens a cycle, moves it on or back, sets an end later, or changes a part of it.
#[utoipa::path(post, path = "/cycles/{year}/actions", tag = "cycle", params(("year" = String, Path)),
    request_body = ActOnCycle, responses(
    (status = 200, body = CycleView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_cycle(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<ActOnCycle>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = done_view(&app, &sent.request, Some(&year)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = cycle::act(&app, &turn.caller(), &year, act(sent.body.clone()), seen).await;
    turn.answer(done).await
}

fn act(body: ActOnCycle) -> Act {
    match body {
        ActOnCycle::Open => Act::Open,
        ActOnCycle::Advance => Act::Advance,
        ActOnCycle::Extend { end, until, reason } => Act::Extend(ExtensionDraft { end, until, reason }),
        ActOnCycle::Back { reason } => Act::Back(reason),
        ActOnCycle::Revise { part, reason } => Act::Revise(part, reason),
        ActOnCycle::SetClock { clock } => Act::SetClock(clock),
        ActOnCycle::Finish => Act::Finish,
    }
}

/// How a cycle is rendered after a change; `year` names the one that there is.
async fn done_view(
    app: &App,
    request: &Request,
    year: Option<&str>,
) -> Result<impl Fn(&Cycle) -> (CycleView, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let (app, caller) = (app.clone(), request.caller.clone());
    let undecided = match year {
        Some(year) => {
            let before = cycle::show(&app, &caller, year).await.or_fail(request)?;
            cycle::undecided(&app, &caller, before.id).await.or_fail(request)?
        }
        None => 0,
    };
    Ok(move |cycle: &Cycle| (views::view(&app, &caller, cycle, &register, undecided), Some(cycle.version)))
}
