//! Listing and showing cycles.

use super::views;
use crate::address::Path;
use crate::audit::views::events;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::{App, audit, cycle, need};
use ronghe_contract::audit::EventView;
use ronghe_contract::cycle::{CycleRow, CycleView, FilingRow};
use ronghe_contract::{Page, Problem};
use ronghe_domain::cycle::CycleDraft;
use ronghe_domain::need::filing::may_remind;
use ronghe_domain::need::rules::Facts;

/// Events of one time line.
const EVENTS: u64 = 200;

/// The cycles that the caller may see, newest year first.
#[utoipa::path(get, path = "/cycles", tag = "cycle", responses((status = 200, body = Page<CycleRow>)))]
pub(crate) async fn list_cycles(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Page<CycleRow>>, Failure> {
    let cycles = cycle::list(&app, &request.caller).await.or_fail(&request)?;
    let items: Vec<CycleRow> = cycles.iter().map(|cycle| views::row(cycle)).collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// One cycle whole, with what the caller can do with it.
#[utoipa::path(get, path = "/cycles/{year}", tag = "cycle", params(("year" = String, Path)), responses(
    (status = 200, body = CycleView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_cycle(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let cycle = cycle::show(&app, &request.caller, &year).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let undecided = cycle::undecided(&app, &request.caller, cycle.id).await.or_fail(&request)?;
    let view = views::view(&app, &request.caller, &cycle, &register, undecided);
    Ok(([(ETAG, cycle.version.to_string())], Json(view)).into_response())
}

/// The year after a cycle as it would be typed, with the same rules and its windows on working days.
#[utoipa::path(get, path = "/cycles/{year}/following", tag = "cycle", params(("year" = String, Path)), responses(
    (status = 200, body = CycleDraft),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn draft_following_cycle(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<CycleDraft>, Failure> {
    Ok(Json(cycle::following(&app, &request.caller, &year).await.or_fail(&request)?))
}

/// What happened to a cycle, newest first.
#[utoipa::path(get, path = "/cycles/{year}/events", tag = "cycle", params(("year" = String, Path)), responses(
    (status = 200, body = Page<EventView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_cycle_events(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<Page<EventView>>, Failure> {
    let found = audit::cycle_events(&app, &request.caller, &year, EVENTS).await.or_fail(&request)?;
    Ok(Json(events(&app, found).await.or_fail(&request)?))
}

/// How far units have come with their needs 报送情况, as far as the caller may know.
#[utoipa::path(get, path = "/cycles/{year}/filing", tag = "cycle", params(("year" = String, Path)), responses(
    (status = 200, body = Page<FilingRow>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_filing(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<Page<FilingRow>>, Failure> {
    let cycle = cycle::show(&app, &request.caller, &year).await.or_fail(&request)?;
    let rows = need::filing(&app, &request.caller, cycle.id).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let actor = &request.caller.actor;
    let reminds = may_remind(actor, &Facts::of(&cycle), app.now()).is_ok();
    let reports_zero = need::can_report_zero(&app, &request.caller, &cycle).await.or_fail(&request)?;
    let now = cycle.now(app.now());
    let items: Vec<FilingRow> = rows
        .iter()
        .filter_map(|row| {
            let own = actor.org() == Some(row.org);
            let can_remind = reminds && row.may_be_reminded(now) && !own;
            let can_report_zero = reports_zero && own;
            Some(FilingRow { can_remind, can_report_zero, ..views::filing(row, &register)? })
        })
        .collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}
