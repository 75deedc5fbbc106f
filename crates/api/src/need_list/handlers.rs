//! Listing and showing need lists.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use ronghe_app::{App, need_list};
use ronghe_contract::need_list::{NeedListDocument, NeedListRow, NeedListView, NeedListsView};
use ronghe_contract::{Page, Problem};

/// Versions of need lists that the caller may see, the newest cycle and version first.
#[utoipa::path(get, path = "/need-lists", tag = "need-list", responses(
    (status = 200, body = Page<NeedListRow>),
))]
pub(crate) async fn list_need_lists(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Page<NeedListRow>>, Failure> {
    let found = need_list::list(&app, &request.caller).await.or_fail(&request)?;
    let items: Vec<NeedListRow> = found.iter().map(|(cycle, list)| views::row(&cycle.name(), list)).collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// The versions of a cycle's list; for who sees lists before they are published also the one that is made.
#[utoipa::path(get, path = "/need-lists/{year}", tag = "need-list", params(("year" = String, Path)), responses(
    (status = 200, body = NeedListsView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_need_lists(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<NeedListsView>, Failure> {
    let board = need_list::board(&app, &request.caller, &year).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(views::board(&board, &register)))
}

/// One version whole, with what the caller can do with it.
#[utoipa::path(get, path = "/need-lists/{year}/{edition}", tag = "need-list",
    params(("year" = String, Path), ("edition" = String, Path, description = "`v1`")), responses(
    (status = 200, body = NeedListView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_need_list(
    State(app): State<App>,
    Path((year, edition)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = need_list::show(&app, &request.caller, &year, &edition).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let tag = shown.list.version.to_string();
    Ok(([(ETAG, tag)], Json(views::view(&shown, &register))).into_response())
}

/// One version as it was proposed or published, in the canonical form (RFC 8785) of which its hash is.
#[utoipa::path(get, path = "/need-lists/{year}/{edition}/document", tag = "need-list",
    params(("year" = String, Path), ("edition" = String, Path, description = "`v1`")), responses(
    (status = 200, body = NeedListDocument),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn export_need_list(
    State(app): State<App>,
    Path((year, edition)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = need_list::show(&app, &request.caller, &year, &edition).await.or_fail(&request)?;
    let document = shown.document.or_fail(&request)?;
    Ok(([(CONTENT_TYPE, "application/json")], document.to_string()).into_response())
}
