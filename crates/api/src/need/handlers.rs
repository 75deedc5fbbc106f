//! Listing and showing needs.

use super::views;
use crate::address::{Path, Query};
use crate::audit::views::events;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::need::{Cursor, Filter};
use ronghe_app::query::cursor;
use ronghe_app::{App, Caller, Error, audit, cycle, need};
use ronghe_contract::audit::EventView;
use ronghe_contract::need::{NeedRow, NeedView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::CycleId;
use ronghe_domain::view::List as Viewed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::IntoParams;

/// Events of one time line.
const EVENTS: u64 = 200;
/// Rows of one part of a list.
const ROWS: u64 = 50;

/// What a list of needs is narrowed to.
#[derive(Debug, Deserialize, Serialize, IntoParams)]
pub(crate) struct ListNeeds {
    /// Words in title, number or text.
    #[serde(default)]
    q: String,
    /// Year of the cycle.
    #[serde(default)]
    year: String,
    /// States separated by commas, such as `submitted,forwarded`.
    #[serde(default)]
    state: String,
    /// Slug of the unit.
    #[serde(default)]
    unit: String,
    /// Slug of the district bureau: its own needs and those of its schools.
    #[serde(default)]
    district: String,
    /// Running number of a measure.
    #[serde(default)]
    measure: String,
    /// `changed` (last changed first) or `number`.
    #[serde(default)]
    sort: String,
    /// `next` of the part before.
    #[serde(default)]
    after: String,
}

impl ListNeeds {
    /// What narrows it, by the names of its filters.
    pub(super) fn asked(&self) -> Result<BTreeMap<String, String>, Error> {
        let mut asked: BTreeMap<String, String> =
            serde_json::to_value(self).and_then(serde_json::from_value).map_err(Error::internal)?;
        asked
            .retain(|name, word| Viewed::Needs.filters().contains(&name.as_str()) && !word.trim().is_empty());
        Ok(asked)
    }

    /// The same as the database is asked for it, from where the part before ended.
    async fn filter(&self, app: &App, caller: &Caller) -> Result<Filter, Error> {
        let narrowed = need::narrowed(app, caller, &self.asked()?).await?;
        let after = cursor(&self.after)?.map(|(key, id)| Cursor { key, id });
        Ok(Filter { after, limit: ROWS, ..narrowed })
    }
}

/// The needs that the caller may see, in parts of fifty.
#[utoipa::path(get, path = "/needs", params(ListNeeds), tag = "need", responses(
    (status = 200, body = Page<NeedRow>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_needs(
    State(app): State<App>,
    Query(query): Query<ListNeeds>,
    request: Request,
) -> Result<Json<Page<NeedRow>>, Failure> {
    let page = page(&app, &request.caller, &query).await.or_fail(&request)?;
    Ok(Json(page))
}

async fn page(app: &App, caller: &Caller, query: &ListNeeds) -> Result<Page<NeedRow>, Error> {
    let register = app.register().await?;
    let cycles = cycle::list(app, caller).await?;
    let filter = query.filter(app, caller).await?;
    let (needs, total) = need::list(app, caller, &filter).await?;
    let by_id: BTreeMap<CycleId, &Cycle> = cycles.iter().map(|cycle| (cycle.id, &**cycle)).collect();
    let whole = u64::try_from(needs.len()).is_ok_and(|rows| rows < ROWS);
    let last = needs.last().filter(|_| !whole).map(|need| Cursor::behind(need, filter.sort));
    let next = last.map(|it| format!("{}.{}", it.key, it.id));
    let rows = needs
        .into_iter()
        .filter_map(|need| {
            let cycle = by_id.get(&need.cycle)?;
            Some(views::row(app, caller, need, cycle, &register))
        })
        .collect();
    Ok(Page { total_is_bounded: total.is_bounded, ..Page::new(rows, total.count, next) })
}

/// One need whole, with what the caller can do with it.
#[utoipa::path(get, path = "/needs/{name}", tag = "need", params(("name" = String, Path)), responses(
    (status = 200, body = NeedView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_need(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = need::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let by = shown.need.returned.iter().map(|returned| returned.by).collect();
    let people = views::people(&app, &by).await.or_fail(&request)?;
    let view = views::view(&app, &request.caller, &shown, &register, &people);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// What happened to a need, newest first.
#[utoipa::path(get, path = "/needs/{name}/events", tag = "need", params(("name" = String, Path)), responses(
    (status = 200, body = Page<EventView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_need_events(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<Page<EventView>>, Failure> {
    let found = audit::need_events(&app, &request.caller, &name, EVENTS).await.or_fail(&request)?;
    Ok(Json(events(&app, found).await.or_fail(&request)?))
}
