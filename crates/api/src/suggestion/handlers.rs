//! Listing suggestions.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use axum::Json;
use axum::extract::State;
use ronghe_app::{App, suggestion};
use ronghe_contract::suggestion::{SuggestedNeeds, SuggestedUniversity, Unanswered};
use ronghe_contract::{Page, Problem};
use ronghe_domain::suggestion::ANSWERS;

/// Universities that may answer a listed need, the best first, for its unit, its district and the lead office.
#[utoipa::path(get, path = "/needs/{name}/universities", tag = "suggestion", params(("name" = String, Path)),
    responses(
    (status = 200, body = Page<SuggestedUniversity>),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn suggest_universities(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<Page<SuggestedUniversity>>, Failure> {
    let found = suggestion::universities(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let view = |it| views::university(request.lang, it, &register);
    let items: Vec<_> = found.into_iter().filter_map(view).collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// Listed needs that the caller's university may answer, the best first, while it can apply.
#[utoipa::path(get, path = "/needs/suggested", tag = "suggestion", responses(
    (status = 200, body = SuggestedNeeds),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn suggest_needs(
    State(app): State<App>,
    request: Request,
) -> Result<Json<SuggestedNeeds>, Failure> {
    let found = suggestion::needs(&app, &request.caller).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let own = request.caller.actor.org().and_then(|org| register.org(org));
    Ok(Json(SuggestedNeeds {
        year: found.cycle.as_ref().map(|(cycle, _)| cycle.name()),
        closes: found.cycle.as_ref().map(|(_, closes)| *closes),
        university: own.map(|org| org.slug.clone()).unwrap_or_default(),
        profiled: found.is_profiled,
        needs: found.needs.into_iter().map(|it| views::need(request.lang, it)).collect(),
    }))
}

/// Listed needs that no university is likely to answer, for the lead office, while the window is open.
#[utoipa::path(get, path = "/cycles/{year}/unanswered", tag = "suggestion", params(("year" = String, Path)),
    responses(
    (status = 200, body = Unanswered),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_unanswered(
    State(app): State<App>,
    Path(year): Path<String>,
    request: Request,
) -> Result<Json<Unanswered>, Failure> {
    let (closes, found) = suggestion::unanswered(&app, &request.caller, &year).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let needs = found.into_iter().map(|it| views::unanswered(it, &register)).collect();
    Ok(Json(Unanswered { year, closes, least: ANSWERS, needs }))
}
