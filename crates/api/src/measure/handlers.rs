//! Listing and showing measures.

use super::views;
use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use ronghe_app::{App, Register};
use ronghe_contract::measure::{MatrixView, MeasureRow, MeasureView};
use ronghe_contract::{Page, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

/// What a list of measures is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListMeasures {
    /// Slug of the document; the one in force, or the newest, where absent.
    #[serde(default)]
    policy: String,
    /// Slug of an office that is responsible, itself or in a group.
    #[serde(default)]
    office: String,
    /// Words in title or text.
    #[serde(default)]
    q: String,
}

/// Measures in order.
#[utoipa::path(get, path = "/measures", params(ListMeasures), tag = "measure", responses(
    (status = 200, body = Page<MeasureRow>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_measures(
    State(app): State<App>,
    Query(query): Query<ListMeasures>,
    request: Request,
) -> Result<Json<Page<MeasureRow>>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let policy = match query.policy.trim() {
        "" => register.current(),
        slug => register.policy(slug),
    }
    .or_fail(&request)?;
    let content = Register::content(policy).or_fail(&request)?;
    let office = match query.office.trim() {
        "" => None,
        slug => Some(register.directory.org_by_slug(slug).or_fail(&request)?.id),
    };
    let words = query.q.trim();
    let items: Vec<MeasureRow> = views::rows(policy, content)
        .into_iter()
        .filter(|row| {
            let Some(measure) = content.measure(row.seq) else { return false };
            let named = office.is_none_or(|org| register.part(measure, org).is_some());
            named && (words.is_empty() || measure.title.contains(words) || measure.text.contains(words))
        })
        .collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// One measure whole.
#[utoipa::path(get, path = "/policies/{slug}/measures/{seq}", tag = "measure",
    params(("slug" = String, Path), ("seq" = u32, Path)), responses(
    (status = 200, body = MeasureView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_measure(
    State(app): State<App>,
    Path((slug, seq)): Path<(String, String)>,
    request: Request,
) -> Result<Json<MeasureView>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let policy = register.policy(&slug).or_fail(&request)?;
    let content = Register::content(policy).or_fail(&request)?;
    let seq = seq.parse().ok().or_fail(&request)?;
    views::view(policy, content, seq, &register).or_fail(&request).map(Json)
}

/// Measures × offices: who is responsible for what.
#[utoipa::path(get, path = "/policies/{slug}/matrix", tag = "measure", params(("slug" = String, Path)), responses(
    (status = 200, body = MatrixView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_matrix(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Json<MatrixView>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let policy = register.policy(&slug).or_fail(&request)?;
    let content = Register::content(policy).or_fail(&request)?;
    Ok(Json(views::matrix(policy, content, &register)))
}
