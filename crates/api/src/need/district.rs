//! What a district bureau does with the needs of its schools.

use super::views;
use crate::address::Path;
use crate::org::views::org_ref;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::need::{Ranked, summary_name};
use ronghe_app::{App, Error, Register, cycle, need};
use ronghe_contract::need::{RankingView, RemindUnits, RemindedUnits, SummaryLine, SummaryView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::OrgId;
use ronghe_domain::need::{Ranking, RankingDraft, Summary};
use ronghe_domain::sign_off::code;
use std::sync::Arc;

/// The needs of the caller's district in its order.
#[utoipa::path(get, path = "/cycles/{year}/ranking", tag = "need", params(("year" = String, Path)), responses(
    (status = 200, body = RankingView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_ranking(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<RankingView>, Failure> {
    let cycle = cycle::show(&app, &request.caller, &year).await.or_fail(&request)?;
    let ranked = need::ranking(&app, &request.caller, cycle.id).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(ranking_view(&app, &request, ranked, &cycle, &register)))
}

fn ranking_view(
    app: &App,
    request: &Request,
    ranked: Ranked,
    cycle: &Cycle,
    register: &Register,
) -> RankingView {
    let row = |row| views::row(app, &request.caller, row, cycle, register);
    RankingView {
        year: cycle.name(),
        district: views::named(ranked.district, register).unwrap_or_else(views::unknown),
        items: ranked.rows.into_iter().map(row).collect(),
        placed: ranked.placed,
        may_rank: ranked.may_rank,
        version: ranked.version.to_string(),
    }
}

/// Sets the order of the caller's district.
#[utoipa::path(put, path = "/cycles/{year}/ranking", tag = "need", params(("year" = String, Path)),
    request_body = RankingDraft, responses(
    (status = 200, body = RankingView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn rank_needs(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<RankingDraft>,
) -> Result<Response, Failure> {
    let (seen, request) = (sent.seen()?, sent.request.clone());
    let cycle = cycle::show(&app, &request.caller, &year).await.or_fail(&request)?;
    let before = need::ranking(&app, &request.caller, cycle.id).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let (rendering, of) = (app.clone(), Arc::clone(&cycle));
    let view = move |done: &Ranking| {
        let mut ranked = Ranked { version: done.version, placed: done.order.len(), ..before.clone() };
        ranked.rows.sort_by_key(|row| (done.place(row.id).unwrap_or(u32::MAX), row.seq));
        let mut view = ranking_view(&rendering, &request, ranked, &of, &register);
        for (row, place) in view.items.iter_mut().zip(1..) {
            row.rank = usize::try_from(place).is_ok_and(|at| at <= done.order.len()).then_some(place);
        }
        (view, Some(done.version))
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::rank(&app, &turn.caller(), cycle.id, &sent.body, seen).await;
    turn.answer(done).await
}

/// Summaries 汇总表 of a cycle: a bureau reads its own, the lead office what has gone up; newest first.
#[utoipa::path(get, path = "/cycles/{year}/summaries", tag = "need", params(("year" = String, Path)), responses(
    (status = 200, body = Page<SummaryView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_summaries(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<Page<SummaryView>>, Failure> {
    let cycle = cycle::show(&app, &request.caller, &year).await.or_fail(&request)?;
    let found = need::summaries(&app, &request.caller, cycle.id, None).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let items: Result<Vec<SummaryView>, Error> =
        found.iter().map(|summary| summary_view(summary, &register)).collect();
    let items = items.or_fail(&request)?;
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// One summary.
#[utoipa::path(get, path = "/summaries/{name}", tag = "need", params(("name" = String, Path)), responses(
    (status = 200, body = SummaryView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_summary(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<SummaryView>, Failure> {
    let summary = need::show_summary(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(summary_view(&summary, &register).or_fail(&request)?))
}

/// Reports that the caller's district has nothing 零报告.
#[utoipa::path(post, path = "/cycles/{year}/zero-report", tag = "need", params(("year" = String, Path)),
    request_body = Nothing, responses(
    (status = 201, body = SummaryView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn report_zero(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Response, Failure> {
    let cycle = cycle::show(&app, &sent.request.caller, &year).await.or_fail(&sent.request)?;
    let register = app.register().await.or_fail(&sent.request)?;
    let view = move |done: &Summary| (summary_view(done, &register).ok(), Some(done.version));
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = need::report_zero(&app, &turn.caller(), cycle.id).await;
    turn.answer(done).await
}

/// Reminds those who have not filed 催报: none twice a day.
#[utoipa::path(post, path = "/cycles/{year}/filing/remind", tag = "need", params(("year" = String, Path)),
    request_body = RemindUnits, responses(
    (status = 200, body = RemindedUnits),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remind_units(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<RemindUnits>,
) -> Result<Response, Failure> {
    let cycle = cycle::show(&app, &sent.request.caller, &year).await.or_fail(&sent.request)?;
    let register = app.register().await.or_fail(&sent.request)?;
    let view = move |orgs: &Vec<OrgId>| {
        let units = orgs.iter().filter_map(|org| register.org(*org)).map(org_ref);
        (RemindedUnits { units: units.collect() }, None)
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = need::remind_units(&app, &turn.caller(), cycle.id, &sent.body.units).await;
    turn.answer(done).await
}

/// A summary on the wire.
///
/// # Errors
/// Where its hash cannot be made, which nothing in it can bring about.
pub(crate) fn summary_view(summary: &Summary, register: &Register) -> Result<SummaryView, Error> {
    let org = |id: OrgId| views::named(id, register).unwrap_or_else(views::unknown);
    let lines = summary.lines.iter().map(|line| SummaryLine {
        number: line.number.clone(),
        title: line.title.clone(),
        title_en: line.title_en.clone(),
        unit: org(line.unit),
        measure: line.measure,
        budget: line.budget,
        new: line.new,
    });
    Ok(SummaryView {
        name: summary_name(summary, register),
        year: register.cycle(summary.cycle).map(|cycle| cycle.name()).unwrap_or_default(),
        district: org(summary.district),
        seq: summary.seq,
        zero: summary.is_zero(),
        state: summary.state,
        lines: lines.collect(),
        total: summary.total(),
        code: code(&summary.hash()?),
        made_at: summary.made_at,
        issued_at: summary.issued_at,
    })
}
