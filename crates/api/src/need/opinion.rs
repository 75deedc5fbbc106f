//! Opinions of responsible offices on needs in 遴选.

use super::verdict::{refusals, screened};
use super::views;
use crate::address::{Path, Query};
use crate::org::views::org_ref;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::need::{Asked, Bulk, Which};
use ronghe_app::query::word;
use ronghe_app::{App, Error, need};
use ronghe_contract::Problem;
use ronghe_contract::need::{
    AskOpinions, AskedView, OpinionRow, OpinionView, OpinionsView, RemindOffices, RemindedView,
};
use ronghe_domain::kernel::{FieldProblem, NeedId, OrgId};
use ronghe_domain::need::opinion::AskDraft;
use ronghe_domain::need::rules::Facts;
use ronghe_domain::need::{Opinion, OpinionDraft, Standing};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

/// Rows of one part of the list.
const ROWS: u64 = 50;

/// What opinions are narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListOpinions {
    /// Year of the cycle; the one that screens where empty.
    #[serde(default)]
    year: String,
    /// `open`, `given` or `overdue`; all where empty.
    #[serde(default)]
    show: String,
    /// `next` of the part before.
    #[serde(default)]
    after: String,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Show {
    Open,
    Given,
    Overdue,
}

/// Opinions on needs in 遴选: an office reads its own, the lead office all.
#[utoipa::path(get, path = "/opinions", params(ListOpinions), tag = "need", responses(
    (status = 200, body = OpinionsView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_opinions(
    State(app): State<App>,
    Query(query): Query<ListOpinions>,
    request: Request,
) -> Result<Json<OpinionsView>, Failure> {
    let cycle = screened(&app, &request, query.year.trim()).await.or_fail(&request)?;
    let show = word("show", &query.show, &[Show::Open, Show::Given, Show::Overdue]).or_fail(&request)?;
    let which = match show {
        None => Which::All,
        Some(Show::Open) => Which::Open,
        Some(Show::Given) => Which::Given,
        Some(Show::Overdue) => Which::Overdue(cycle.now(app.now())),
    };
    let after = cursor(&query.after).or_fail(&request)?;
    let caller = &request.caller;
    let found = need::opinions(&app, caller, cycle.id, which, after, ROWS).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let facts = Facts::of(&cycle);
    // They stand with the first part.
    let outstanding = need::outstanding(&app, caller, &cycle, after.is_none()).await.or_fail(&request)?;
    let items = found.rows.into_iter().map(|(opinion, row)| {
        let view = views::opinion(&app, caller, &opinion, row.standing, &facts, &register);
        OpinionRow { need: views::row(&app, caller, row, &cycle, &register), opinion: view }
    });
    Ok(Json(OpinionsView {
        year: cycle.name(),
        closes: facts.screening_end,
        open: found.open,
        given: found.given,
        overdue: found.overdue,
        items: items.collect(),
        next: found.next.map(|(need, office)| format!("{need}.{office}")),
        can_remind: found.open > 0 && outstanding.is_some(),
        outstanding: views::outstanding(outstanding.unwrap_or_default(), &register),
        ahead: cycle.clock().ahead(),
    }))
}

fn cursor(text: &str) -> Result<Option<(NeedId, OrgId)>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read =
        text.split_once('.').and_then(|(need, office)| Some((need.parse().ok()?, office.parse().ok()?)));
    let unknown = FieldProblem::Unknown { got: text.to_owned(), nearest: Vec::new() };
    read.map(Some).ok_or_else(|| Error::field("after", unknown))
}

/// Asks the responsible offices of many needs by a day: of all of them, or of none unless some may be left out.
#[utoipa::path(post, path = "/needs/opinions", tag = "need", request_body = AskOpinions, responses(
    (status = 200, body = AskedView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_opinions(
    State(app): State<App>,
    sent: Sent<AskOpinions>,
) -> Result<Response, Failure> {
    let request = sent.request.clone();
    if request.caller.actor.account().is_none() {
        return Err(Error::Unauthenticated).or_fail(&request);
    }
    let register = app.register().await.or_fail(&request)?;
    let rendering = app.clone();
    let view = move |done: &Asked| {
        let rows = done.needs.iter().filter_map(|need| {
            let cycle = register.cycle(need.cycle)?;
            Some(views::row(&rendering, &request.caller, need.into(), cycle, &register))
        });
        let offices = done.offices.iter().filter_map(|org| register.org(*org)).map(org_ref);
        let refused = refusals(&done.refused, request.lang);
        (AskedView { done: done.done, needs: rows.collect(), offices: offices.collect(), refused }, None)
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let AskOpinions { needs, due, dry_run, skip_refused } = sent.body.clone();
    let bulk = Bulk { names: needs, dry_run, skip_refused };
    let done = need::ask(&app, &turn.caller(), &bulk, &AskDraft { due }).await;
    turn.answer(done).await
}

/// Gives the opinion of the caller's office on a need, or changes it.
#[utoipa::path(post, path = "/needs/{name}/opinion", tag = "need", params(("name" = String, Path)),
    request_body = OpinionDraft, responses(
    (status = 200, body = OpinionView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn give_opinion(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<OpinionDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let request = sent.request.clone();
    let shown = need::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let (rendering, stands, facts) = (app.clone(), Standing::from(&shown.need), shown.facts);
    let view = move |done: &Opinion| {
        let view = views::opinion(&rendering, &request.caller, done, stands, &facts, &register);
        (view, Some(done.version))
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::opine(&app, &turn.caller(), &name, &sent.body, seen).await;
    turn.answer(done).await
}

/// Reminds offices whose opinions have not come.
#[utoipa::path(post, path = "/opinions/remind", tag = "need", request_body = RemindOffices, responses(
    (status = 200, body = RemindedView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remind_offices(
    State(app): State<App>,
    sent: Sent<RemindOffices>,
) -> Result<Response, Failure> {
    let cycle = screened(&app, &sent.request, sent.body.year.trim()).await.or_fail(&sent.request)?;
    let view = |offices: &u64| (RemindedView { offices: *offices }, None);
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::remind(&app, &turn.caller(), cycle.id, &sent.body.offices).await;
    turn.answer(done).await
}
