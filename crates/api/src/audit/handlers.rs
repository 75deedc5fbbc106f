//! Reading and checking the audit chain.

use super::views;
use crate::address::Query;
use crate::problem::{Failure, OrFail, unknown_word};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::Json;
use axum::extract::State;
use ronghe_app::App;
use ronghe_app::audit::{self, Filter};
use ronghe_contract::audit::{ChainView, EventView};
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

/// Checks the chain from its first event to its head.
#[utoipa::path(post, path = "/audit/verify", tag = "audit", request_body = Nothing, responses(
    (status = 200, body = ChainView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn verify_chain(
    State(app): State<App>,
    sent: Sent<Nothing>,
) -> Result<Json<ChainView>, Failure> {
    let checked = audit::verify(&app, &sent.request.caller).await.or_fail(&sent.request)?;
    Ok(Json(views::chain(sent.request.lang, &checked)))
}
