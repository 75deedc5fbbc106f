//! Listing and showing policy documents.

use super::{import, views};
use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::query::word;
use ronghe_app::{App, policy};
use ronghe_contract::Page;
use ronghe_contract::Problem;
use ronghe_contract::policy::{PolicyRow, PolicyView};
use ronghe_domain::policy::State as PolicyState;
use ronghe_domain::policy::rules::Status;
use serde::Deserialize;
use utoipa::IntoParams;

/// What a list of documents is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListPolicies {
    /// Words in title, number or issuer.
    #[serde(default)]
    q: String,
    /// `upcoming`, `in_force`, `expired` or `superseded`.
    #[serde(default)]
    status: String,
    /// `draft`, `published` or `discarded`.
    #[serde(default)]
    state: String,
}

/// The documents that the caller may see, newest issue first.
#[utoipa::path(get, path = "/policies", params(ListPolicies), tag = "policy", responses(
    (status = 200, body = Page<PolicyRow>),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_policies(
    State(app): State<App>,
    Query(query): Query<ListPolicies>,
    request: Request,
) -> Result<Json<Page<PolicyRow>>, Failure> {
    let wanted = word("status", &query.status, &Status::ALL).or_fail(&request)?;
    let state = word("state", &query.state, &PolicyState::ALL).or_fail(&request)?;
    let mut policies = policy::list(&app, &request.caller).await.or_fail(&request)?;
    policies.retain(|policy| state.is_none_or(|state| policy.state == state));
    let items = views::rows(&policies, app.today(), &query.q, wanted);
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// One document whole, with what the caller can do with it.
#[utoipa::path(get, path = "/policies/{slug}", tag = "policy", params(("slug" = String, Path)), responses(
    (status = 200, body = PolicyView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_policy(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let policy = policy::show(&app, &request.caller, &slug).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let import = import::view(&app, &policy, &register, &request.caller).await.or_fail(&request)?;
    let view = views::view(&request.caller, &policy, &register, import);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}
