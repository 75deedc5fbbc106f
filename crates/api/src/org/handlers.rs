//! Listing and showing organisations.

use super::views;
use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::App;
use ronghe_app::query::word;
use ronghe_contract::measure::LeadingGroupView;
use ronghe_contract::org::{GroupView, OrgRef, OrgView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::org::{OrgKind, Organisation};
use serde::Deserialize;
use utoipa::IntoParams;

/// Most rows of one answer.
const MOST: usize = 500;

/// What a list of organisations is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListOrganisations {
    /// Words in the official name, an alias or the English name.
    #[serde(default)]
    q: String,
    /// One or several kinds, separated by commas: `office,institution,district`.
    #[serde(default)]
    kind: String,
    /// Slug of the organisation above.
    #[serde(default)]
    parent: String,
    /// Slug of the last row of the part before.
    #[serde(default)]
    after: String,
}

/// Organisations in the order of their kinds.
#[utoipa::path(get, path = "/organisations", params(ListOrganisations), tag = "organisation", responses(
    (status = 200, body = Page<OrgRef>),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_organisations(
    State(app): State<App>,
    Query(query): Query<ListOrganisations>,
    request: Request,
) -> Result<Json<Page<OrgRef>>, Failure> {
    let kinds = wanted_kinds(&query.kind).or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let words = query.q.trim().to_lowercase();
    let parent = register.directory.org_by_slug(query.parent.trim()).map(|org| org.id);
    let mut orgs: Vec<&Organisation> = register
        .directory
        .orgs
        .iter()
        .filter(|org| kinds.is_empty() || kinds.contains(&org.kind))
        .filter(|org| query.parent.trim().is_empty() || (parent.is_some() && org.parent == parent))
        .filter(|org| words.is_empty() || holds(org, &words))
        .collect();
    orgs.sort_by(|a, b| (a.kind, a.position, &a.slug).cmp(&(b.kind, b.position, &b.slug)));
    let total = u64::try_from(orgs.len()).unwrap_or(u64::MAX);
    let skip = orgs.iter().position(|org| org.slug == query.after).map_or(0, |at| at + 1);
    let part: Vec<OrgRef> = orgs.iter().skip(skip).take(MOST).map(|org| views::org_ref(org)).collect();
    let more = orgs.len() > skip + part.len();
    let next = part.last().filter(|_| more).map(|org| org.slug.clone());
    Ok(Json(Page::new(part, total, next)))
}

/// One organisation with the measures that name it.
#[utoipa::path(get, path = "/organisations/{slug}", tag = "organisation", params(("slug" = String, Path)), responses(
    (status = 200, body = OrgView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_organisation(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let org = register.directory.org_by_slug(&slug).or_fail(&request)?;
    let view = views::view(&request.caller, org, &register);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// Wordings that stand for several organisations, and for whom today.
#[utoipa::path(get, path = "/groups", tag = "organisation", responses((status = 200, body = Vec<GroupView>)))]
pub(crate) async fn list_groups(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Vec<GroupView>>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(register.directory.groups.iter().map(|group| views::group_view(group, &register)).collect()))
}

/// The leading group 工作领导小组 of measure (十一).
#[utoipa::path(get, path = "/leading-group", tag = "organisation", responses((status = 200, body = LeadingGroupView)))]
pub(crate) async fn show_leading_group(
    State(app): State<App>,
    request: Request,
) -> Result<Json<LeadingGroupView>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(views::leading_group(&register)))
}

fn holds(org: &Organisation, words: &str) -> bool {
    std::iter::once(&org.name)
        .chain(std::iter::once(&org.name_en))
        .chain(&org.aliases)
        .any(|name| name.to_lowercase().contains(words))
}

fn wanted_kinds(words: &str) -> Result<Vec<OrgKind>, ronghe_app::Error> {
    let kinds = words.split(',').map(|one| word("kind", one, &OrgKind::ALL));
    Ok(kinds.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
