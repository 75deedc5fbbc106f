//! Beginning, typing, submitting, returning, forwarding and withdrawing needs.

use super::district::summary_view;
use super::verdict::refusals;
use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::need::{Act, Bulk, Forwarded, Moved, Shown};
use ronghe_app::{App, Error, cycle, need};
use ronghe_contract::Problem;
use ronghe_contract::need::{ActOnNeed, ForwardNeeds, ForwardedView, NeedRef, NeedView, StartNeed};
use ronghe_domain::attachment::Attached;
use ronghe_domain::kernel::{AccountId, Version};
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::rules::Facts;
use ronghe_domain::need::{Need, NeedDraft};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Begins a need.
#[utoipa::path(post, path = "/needs", tag = "need", request_body = StartNeed, responses(
    (status = 201, body = NeedView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn start_need(State(app): State<App>, sent: Sent<StartNeed>) -> Result<Response, Failure> {
    let year = year(&app, &sent.body.year).await.or_fail(&sent.request)?;
    let cycle = cycle::show(&app, &sent.request.caller, &year).await.or_fail(&sent.request)?;
    let facts = need::beginning(&app, &sent.request.caller, &cycle).await.or_fail(&sent.request)?;
    let view = done_view(&app, &sent.request, facts, None).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = need::start(&app, &turn.caller(), &year, &sent.body.draft).await;
    turn.answer(done).await
}

/// Carries a need that no university took up into the cycle that collects needs: as a draft, once.
#[utoipa::path(post, path = "/needs/{name}/carry", tag = "need", params(("name" = String, Path)),
    request_body = Nothing, responses(
    (status = 201, body = NeedRef),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn carry_need(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Response, Failure> {
    let turn = sent.turn(&app, StatusCode::CREATED, |made: &Need| (made_ref(made), None)).await?;
    let done = need::carry(&app, &turn.caller(), &name).await;
    turn.answer(done).await
}

fn made_ref(made: &Need) -> NeedRef {
    let (title, title_en) = (made.draft.title.clone(), made.draft.title_en.clone());
    NeedRef { name: made.name().to_string(), title, title_en }
}

/// Keeps what was typed; it saves itself, so it may be incomplete.
#[utoipa::path(put, path = "/needs/{name}/draft", tag = "need", params(("name" = String, Path)),
    request_body = NeedDraft, responses(
    (status = 200, body = NeedView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn save_need(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<NeedDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let before = need::show(&app, &sent.request.caller, &name).await.or_fail(&sent.request)?;
    let view = done_view(&app, &sent.request, before.facts, Some(&before)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::save(&app, &turn.caller(), &name, &sent.body, seen).await;
    turn.answer(done).await
}

/// Submits, forwards, returns or withdraws a need.
#[utoipa::path(post, path = "/needs/{name}/actions", tag = "need", params(("name" = String, Path)),
    request_body = ActOnNeed, responses(
    (status = 200, body = NeedView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_need(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<ActOnNeed>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = moved_view(&app, &sent).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::act(&app, &turn.caller(), &name, act(sent.body.clone()), seen).await;
    turn.answer(done).await
}

/// Forwards many needs in one go: all of them, or none unless some may be left out.
#[utoipa::path(post, path = "/needs/forward", tag = "need", request_body = ForwardNeeds, responses(
    (status = 200, body = ForwardedView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn forward_needs(
    State(app): State<App>,
    sent: Sent<ForwardNeeds>,
) -> Result<Response, Failure> {
    let request = sent.request.clone();
    if request.caller.actor.account().is_none() {
        return Err(Error::Unauthenticated).or_fail(&request);
    }
    let register = app.register().await.or_fail(&request)?;
    let cycles = cycle::list(&app, &request.caller).await.or_fail(&request)?;
    let rendering = app.clone();
    let view = move |done: &Forwarded| {
        let rows = done.needs.iter().filter_map(|need| {
            let cycle = cycles.iter().find(|cycle| cycle.id == need.cycle)?;
            Some(views::row(&rendering, &request.caller, need.into(), cycle, &register))
        });
        let refused = refusals(&done.refused, request.lang);
        let summaries = done.summaries.iter().filter_map(|it| summary_view(it, &register).ok());
        (
            ForwardedView { done: done.done, needs: rows.collect(), refused, summaries: summaries.collect() },
            None,
        )
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let ForwardNeeds { needs, dry_run, skip_refused } = sent.body.clone();
    let done = need::forward(&app, &turn.caller(), &Bulk { names: needs, dry_run, skip_refused }).await;
    turn.answer(done).await
}

/// The cycle that is asked for, or the newest that is opened.
pub(super) async fn year(app: &App, asked: &str) -> Result<String, Error> {
    if !asked.trim().is_empty() {
        return Ok(asked.trim().to_owned());
    }
    Ok(cycle::current(app).await?.ok_or(Error::Hidden)?.name())
}

fn act(body: ActOnNeed) -> Act {
    match body {
        ActOnNeed::Submit => Act::Submit,
        ActOnNeed::Forward => Act::Forward,
        ActOnNeed::Return { corrections, remark, until } => {
            Act::Return(ReturnDraft { corrections, remark, until })
        }
        ActOnNeed::Withdraw => Act::Withdraw,
    }
}

/// How a need is rendered after it was moved: in no state that a mover comes to is it written by them, so that
/// its files are not asked for, and the only one who can have returned it is the caller.
async fn moved_view(
    app: &App,
    sent: &Sent<ActOnNeed>,
) -> Result<impl Fn(&Moved) -> (Option<NeedView>, Option<Version>) + use<>, Failure> {
    let request = &sent.request;
    let returns = matches!(sent.body, ActOnNeed::Return { .. });
    let people = request.caller.actor.account().into_iter().filter(|_| returns).collect();
    let view = rendering(app, request, people, Vec::new()).await?;
    Ok(move |moved: &Moved| view(&moved.need, &moved.facts))
}

/// How a need is rendered after it was written: its caps are those before, and who returned it had done so
/// `before`.
async fn done_view(
    app: &App,
    request: &Request,
    facts: Facts,
    before: Option<&Shown>,
) -> Result<impl Fn(&Need) -> (Option<NeedView>, Option<Version>) + use<>, Failure> {
    let files = before.map(|shown| shown.attachments.clone()).unwrap_or_default();
    let returned = before.and_then(|shown| shown.need.returned.as_ref()).map(|returned| returned.by);
    let view = rendering(app, request, returned.into_iter().collect(), files).await?;
    Ok(move |need: &Need| view(need, &facts))
}

/// Renders needs for the caller, of which `people` may have returned one.
async fn rendering(
    app: &App,
    request: &Request,
    people: BTreeSet<AccountId>,
    files: Vec<Attached>,
) -> Result<impl Fn(&Need, &Facts) -> (Option<NeedView>, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let people = if people.is_empty() {
        views::People::new()
    } else {
        views::people(app, &people).await.or_fail(request)?
    };
    let (app, caller) = (app.clone(), request.caller.clone());
    Ok(move |need: &Need, facts: &Facts| {
        let shown = register.cycle(need.cycle).map(|cycle| {
            let cycle = Arc::clone(cycle);
            let shown = need::plain(&app, &caller, need.clone(), cycle, facts, &register, &files);
            views::view(&app, &caller, &shown, &register, &people)
        });
        (shown, Some(need.version))
    })
}
