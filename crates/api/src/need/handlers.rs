//! Listing and showing needs.

use super::views;
use crate::address::{Path, Query};
use crate::audit::views::events;
use crate::problem::{Failure, OrFail};
use crate::query::{cursor, number, word, words};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::need::{Cursor, Filter, Sort};
use ronghe_app::{App, Caller, Error, Register, audit, cycle, need};
use ronghe_contract::audit::EventView;
use ronghe_contract::need::{NeedRow, NeedView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{CycleId, FieldProblem, OrgId};
use ronghe_domain::need::State as NeedState;
use ronghe_domain::view::List as Viewed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::IntoParams;

/// Events of one time line.
const EVENTS: u64 = 200;
/// Rows of one part of a list.
const ROWS: u64 = 50;

/// What a list of needs is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
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

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    Changed,
    Number,
}

impl ListNeeds {
    /// What was asked for, word by word.
    pub(super) fn asked(&self) -> BTreeMap<&'static str, String> {
        let all = [
            ("q", &self.q),
            ("year", &self.year),
            ("state", &self.state),
            ("unit", &self.unit),
            ("district", &self.district),
            ("measure", &self.measure),
            ("sort", &self.sort),
        ];
        let given = all.into_iter().filter(|(_, word)| !word.trim().is_empty());
        given.map(|(name, word)| (name, word.clone())).collect()
    }

    /// The same from its words by their names.
    pub(crate) fn of(words: &BTreeMap<String, String>) -> Result<Self, Error> {
        let mut list = Self::default();
        for (name, value) in words {
            let word = match name.as_str() {
                "q" => &mut list.q,
                "year" => &mut list.year,
                "state" => &mut list.state,
                "unit" => &mut list.unit,
                "district" => &mut list.district,
                "measure" => &mut list.measure,
                "sort" => &mut list.sort,
                _ => {
                    let nearest = Viewed::Needs.filters().iter().map(|it| (*it).to_owned()).collect();
                    let unknown = FieldProblem::Unknown { got: name.clone(), nearest };
                    return Err(Error::field(&format!("filters.{name}"), unknown));
                }
            };
            word.clone_from(value);
        }
        Ok(list)
    }

    pub(crate) fn filter(&self, cycles: &[Arc<Cycle>], register: &Register) -> Result<Filter, Error> {
        let org = |path: &str, slug: &str| -> Result<Option<OrgId>, Error> {
            let slug = slug.trim();
            if slug.is_empty() {
                return Ok(None);
            }
            let found = register.directory.org_by_slug(slug).map(|org| org.id);
            let unknown = FieldProblem::Unknown { got: slug.to_owned(), nearest: Vec::new() };
            found.map(Some).ok_or_else(|| Error::field(path, unknown))
        };
        let year = self.year.trim();
        let cycle = cycles.iter().find(|cycle| cycle.name() == year).map(|cycle| cycle.id);
        if cycle.is_none() && !year.is_empty() {
            let nearest = cycles.iter().map(|cycle| cycle.name()).collect();
            return Err(Error::field("year", FieldProblem::Unknown { got: year.to_owned(), nearest }));
        }
        let sort = match word("sort", &self.sort, &[Order::Changed, Order::Number])? {
            Some(Order::Number) => Sort::Number,
            Some(Order::Changed) | None => Sort::Changed,
        };
        Ok(Filter {
            words: Some(self.q.clone()),
            cycle,
            without: Vec::new(),
            states: words("state", &self.state, &NeedState::ALL)?,
            unit: org("unit", &self.unit)?,
            district: org("district", &self.district)?,
            back_at: None,
            measure: number("measure", &self.measure, 1, 999)?,
            decided: None,
            sort,
            after: cursor(&self.after)?.map(|(key, id)| Cursor { key, id }),
            limit: ROWS,
        })
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
    let filter = query.filter(&cycles, &register)?;
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
