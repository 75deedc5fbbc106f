//! Listing and showing applications.

use super::views;
use crate::address::{Path, Query};
use crate::audit::views::events;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::application::{Cursor, Filter, Sort};
use ronghe_app::query::{cursor, word, words};
use ronghe_app::{App, Error, Register, application, audit, cycle, need};
use ronghe_contract::application::{ApplicationRow, ApplicationView, BeginningView, ColleagueView};
use ronghe_contract::audit::EventView;
use ronghe_contract::{Page, Problem};
use ronghe_domain::application::search::Words;
use ronghe_domain::application::sight::reads_offer_only;
use ronghe_domain::application::{Place, Row, State as ApplicationState};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{ApplicationId, CycleId, FieldProblem, NeedId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa::IntoParams;

/// Events of one time line.
const EVENTS: u64 = 200;
/// Rows of one part of a list.
const ROWS: u64 = 50;

/// What a list of applications is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListApplications {
    /// Words, all of which stand in what the caller reads of an application; or its number.
    #[serde(default)]
    q: String,
    /// Name of the cycle.
    #[serde(default)]
    year: String,
    /// States separated by commas, such as `formal_check,accepted`.
    #[serde(default)]
    state: String,
    /// Slug of the university.
    #[serde(default)]
    university: String,
    /// Number of a need.
    #[serde(default)]
    need: String,
    /// Of the need's unit: `given` or `open`; all where empty. It narrows to what was accepted, of those whose
    /// opinions the caller reads.
    #[serde(default)]
    opinion: String,
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

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Heard {
    Given,
    Open,
}

impl ListApplications {
    fn filter(
        &self,
        cycles: &[Arc<Cycle>],
        register: &Register,
        need: Option<NeedId>,
    ) -> Result<Filter, Error> {
        let unknown = |path: &str, got: &str| {
            Error::field(path, FieldProblem::Unknown { got: got.to_owned(), nearest: Vec::new() })
        };
        let (year, slug) = (self.year.trim(), self.university.trim());
        let cycle = cycles.iter().find(|cycle| cycle.name() == year).map(|cycle| cycle.id);
        if cycle.is_none() && !year.is_empty() {
            return Err(unknown("year", year));
        }
        let university = register.directory.org_by_slug(slug).map(|org| org.id);
        if university.is_none() && !slug.is_empty() {
            return Err(unknown("university", slug));
        }
        let sort = match word("sort", &self.sort, &[Order::Changed, Order::Number])? {
            Some(Order::Number) => Sort::Number,
            Some(Order::Changed) | None => Sort::Changed,
        };
        Ok(Filter {
            words: Words::parse(&self.q),
            cycle,
            without: Vec::new(),
            states: words("state", &self.state, &ApplicationState::ALL)?,
            need,
            university,
            opinion: word("opinion", &self.opinion, &[Heard::Given, Heard::Open])?
                .map(|heard| heard == Heard::Given),
            overdue: None,
            but_of: None,
            sort,
            after: cursor(&self.after)?.map(|(key, id)| Cursor { key, id: ApplicationId(id) }),
            limit: ROWS,
        })
    }
}

/// The applications that the caller may see, in parts of fifty. Nobody but their university sees one before its seal
/// is opened.
#[utoipa::path(get, path = "/applications", params(ListApplications), tag = "application", responses(
    (status = 200, body = Page<ApplicationRow>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_applications(
    State(app): State<App>,
    Query(query): Query<ListApplications>,
    request: Request,
) -> Result<Json<Page<ApplicationRow>>, Failure> {
    Ok(Json(page(&app, &query, &request).await.or_fail(&request)?))
}

async fn page(app: &App, query: &ListApplications, request: &Request) -> Result<Page<ApplicationRow>, Error> {
    let caller = &request.caller;
    if caller.actor.account().is_none() {
        return Err(Error::Unauthenticated);
    }
    let register = app.register().await?;
    let cycles = cycle::list(app, caller).await?;
    let need = match query.need.trim() {
        "" => None,
        name => Some(need::show(app, caller, name).await?.need.id),
    };
    let filter = query.filter(&cycles, &register, need)?;
    let (found, total) = application::list(app, caller, &filter).await?;
    let next = match found.last() {
        Some(last) if u64::try_from(found.len()).is_ok_and(|rows| rows == ROWS) => {
            let Cursor { key, id } = Cursor::behind(last, filter.sort);
            Some(format!("{key}.{id}"))
        }
        _ => None,
    };
    let answered: BTreeSet<NeedId> = found.iter().map(|row| row.need).collect();
    let needs = application::needs_of(app, &answered).await?;
    let opened = opened(app, &cycles, found.iter().map(|row| row.cycle)).await?;
    let place = |row: &Row| {
        let need = needs.iter().find(|it| it.id == row.need)?;
        Some(Place::of_row(row, need.standing.unit))
    };
    let places = found.iter().filter_map(|row| Some((row.id, place(row)?)));
    let stances = application::stances(app, caller, places).await?;
    let rows = found.iter().filter_map(|row| {
        let cycle = cycles.iter().find(|cycle| cycle.id == row.cycle)?;
        let beside = views::Beside {
            need: needs.iter().find(|it| it.id == row.need).map(views::row_ref)?,
            opened: opened.get(&row.cycle).copied().unwrap_or_default(),
            offer_only: reads_offer_only(&caller.actor, place(row)?),
            opinion: stances.get(&row.id).copied(),
        };
        Some(views::row(app, row.clone(), beside, cycle, &register))
    });
    Ok(Page::new(rows.collect(), total, next))
}

/// Of which cycles the seals are opened; a list is of one or two.
async fn opened(
    app: &App,
    cycles: &[Arc<Cycle>],
    of: impl Iterator<Item = CycleId>,
) -> Result<BTreeMap<CycleId, bool>, Error> {
    let of: BTreeSet<CycleId> = of.collect();
    let mut opened = BTreeMap::new();
    for cycle in cycles.iter().filter(|cycle| of.contains(&cycle.id)) {
        opened.insert(cycle.id, application::standing(app, cycle.id).await?.is_some());
    }
    Ok(opened)
}

/// One application whole, with what the caller can do with it.
#[utoipa::path(get, path = "/applications/{name}", tag = "application", params(("name" = String, Path)), responses(
    (status = 200, body = ApplicationView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_application(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let shown = application::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let view = views::view(&app, &request.caller, &shown, &register);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// Whether the caller's university can apply for a need, and the application that it has.
#[utoipa::path(get, path = "/needs/{name}/application", tag = "application", params(("name" = String, Path)), responses(
    (status = 200, body = BeginningView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_beginning(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<BeginningView>, Failure> {
    let found = need::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let begins = application::beginning(&app, &request.caller, &found.need).await.or_fail(&request)?;
    Ok(Json(BeginningView { barred: begins.barred, existing: begins.existing, closes: begins.closes }))
}

/// Whom the caller can invite: the active accounts of their university.
#[utoipa::path(get, path = "/applications/colleagues", tag = "application", responses(
    (status = 200, body = Page<ColleagueView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_colleagues(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Page<ColleagueView>>, Failure> {
    let found = application::people(&app, &request.caller).await.or_fail(&request)?;
    let total = u64::try_from(found.len()).unwrap_or_default();
    let rows = found.into_iter().map(|person| ColleagueView { login: person.login, name: person.name });
    Ok(Json(Page::new(rows.collect(), total, None)))
}

/// What happened to an application since its seal was opened, newest first.
#[utoipa::path(get, path = "/applications/{name}/events", tag = "application", params(("name" = String, Path)),
    responses(
    (status = 200, body = Page<EventView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_application_events(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<Page<EventView>>, Failure> {
    let found = audit::application_events(&app, &request.caller, &name, EVENTS).await.or_fail(&request)?;
    Ok(Json(events(&app, found).await.or_fail(&request)?))
}
