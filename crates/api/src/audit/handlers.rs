//! Reading and checking the audit chain.

use super::views;
use crate::address::Query;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ronghe_app::App;
use ronghe_app::audit::{self, Filter};
use ronghe_app::query::unknown_word;
use ronghe_contract::audit::{CheckView, EventView};
use ronghe_contract::{Page, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

/// Rows of one page.
const PAGE: u64 = 50;

/// What a list of events is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListEvents {
    /// Words in a record's name.
    #[serde(default)]
    q: String,
    /// `next` of the page before.
    #[serde(default)]
    after: String,
}

/// Events, newest first.
#[utoipa::path(get, path = "/audit", params(ListEvents), tag = "audit", responses(
    (status = 200, body = Page<EventView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_events(
    State(app): State<App>,
    Query(query): Query<ListEvents>,
    request: Request,
) -> Result<Json<Page<EventView>>, Failure> {
    let before = match query.after.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| unknown_word("after", text, &[])).or_fail(&request)?),
    };
    let filter = Filter { words: Some(query.q), before, limit: PAGE, ..Filter::default() };
    let found = audit::events(&app, &request.caller, &filter).await.or_fail(&request)?;
    let full = u64::try_from(found.0.len()).unwrap_or(u64::MAX) == PAGE;
    let next =
        found.0.last().filter(|last| full && last.event.seq > 1).map(|last| last.event.seq.to_string());
    let page = views::events(&app, found).await.or_fail(&request)?;
    Ok(Json(Page { next, ..page }))
}

/// Starts a check of the chain from its first event to its head, or joins the one that runs.
#[utoipa::path(post, path = "/audit/verify", tag = "audit", request_body = Nothing, responses(
    (status = 202, body = CheckView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn verify_chain(
    State(app): State<App>,
    sent: Sent<Nothing>,
) -> Result<(StatusCode, Json<CheckView>), Failure> {
    let Sent { request, .. } = sent;
    let standing = audit::start(&app, &request.caller).await.or_fail(&request)?;
    let view = views::check(&app, request.lang, standing).await.or_fail(&request)?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}

/// Where the check of the chain stands, and what the last one found.
#[utoipa::path(get, path = "/audit/verify", tag = "audit", responses(
    (status = 200, body = CheckView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_chain_check(
    State(app): State<App>,
    request: Request,
) -> Result<Json<CheckView>, Failure> {
    let standing = audit::standing(&app, &request.caller).await.or_fail(&request)?;
    Ok(Json(views::check(&app, request.lang, standing).await.or_fail(&request)?))
}
