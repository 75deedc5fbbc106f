//! What was submitted of an application, each time.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use ronghe_app::{App, Error, application};
use ronghe_contract::application::{ComparedVersions, VersionRow};
use ronghe_contract::{Page, Problem};
use ronghe_domain::application::rules::sees_draft;

/// What was submitted of an application, each time, and in what it differs from the version before.
#[utoipa::path(get, path = "/applications/{name}/versions", tag = "application", params(("name" = String, Path)),
    responses(
    (status = 200, body = Page<VersionRow>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_application_versions(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<Page<VersionRow>>, Failure> {
    let found = application::versions(&app, &request.caller, &name).await.or_fail(&request)?;
    let before = std::iter::once(None).chain(found.iter().map(Some));
    let rows: Vec<VersionRow> =
        found.iter().zip(before).map(|(version, before)| views::version_row(version, before)).collect();
    let total = u64::try_from(rows.len()).unwrap_or_default();
    Ok(Json(Page::new(rows, total, None)))
}

/// Two versions of an application side by side.
#[utoipa::path(get, path = "/applications/{name}/versions/{before}/{after}", tag = "application",
    params(("name" = String, Path), ("before" = String, Path), ("after" = String, Path)), responses(
    (status = 200, body = ComparedVersions),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn compare_application_versions(
    State(app): State<App>,
    Path((name, before, after)): Path<(String, String, String)>,
    request: Request,
) -> Result<Json<ComparedVersions>, Failure> {
    let number = |text: &str| text.parse().map_err(|_no_number| Error::Hidden).or_fail(&request);
    let (before, after) = (number(&before)?, number(&after)?);
    let shown = application::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let found = application::compare(&app, &request.caller, &name, before, after).await.or_fail(&request)?;
    Ok(Json(views::compared(&found, sees_draft(&request.caller.actor, &shown.application))))
}
