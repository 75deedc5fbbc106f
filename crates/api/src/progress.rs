//! What a cycle has come to.

use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use ronghe_app::{App, progress};
use ronghe_contract::progress::FigureView;
use ronghe_contract::{Page, Problem};
use ronghe_domain::progress::Line;

/// What a cycle has come to phase by phase, and on whom it waits, as far as the caller may know.
#[utoipa::path(get, path = "/cycles/{year}/progress", tag = "cycle", params(("year" = String, Path)), responses(
    (status = 200, body = Page<FigureView>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_progress(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<Page<FigureView>>, Failure> {
    let lines = progress::show(&app, &request.caller, &year).await.or_fail(&request)?;
    let items: Vec<FigureView> = lines.into_iter().map(view).collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

fn view(line: Line) -> FigureView {
    let Line { figure, count, whose, late } = line;
    FigureView { figure, phase: figure.phase(), count, whose, late }
}
