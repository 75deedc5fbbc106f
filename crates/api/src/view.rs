//! Saved views of lists.

use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::query::word;
use ronghe_app::{App, Error, view};
use ronghe_contract::Problem;
use ronghe_contract::view::SavedView;
use ronghe_domain::kernel::{Actor, ViewId};
use ronghe_domain::view::{List, View, ViewDraft, offers};
use serde::Deserialize;
use utoipa::IntoParams;

/// Of which list.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListViews {
    /// `needs`, `applications` or `accounts`; all where empty.
    #[serde(default)]
    list: String,
}

/// The views that the caller sees: their own, and those that their organisation shares.
#[utoipa::path(get, path = "/views", params(ListViews), tag = "view", responses(
    (status = 200, body = Vec<SavedView>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_views(
    State(app): State<App>,
    Query(query): Query<ListViews>,
    request: Request,
) -> Result<Json<Vec<SavedView>>, Failure> {
    let list = word("list", &query.list, &List::ALL).or_fail(&request)?;
    let found = view::list(&app, &request.caller, list).await.or_fail(&request)?;
    Ok(Json(found.iter().map(|view| shown(&request.caller.actor, view)).collect()))
}

/// Saves the filters of a list under a name.
#[utoipa::path(post, path = "/views", tag = "view", request_body = ViewDraft, responses(
    (status = 201, body = SavedView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn save_view(State(app): State<App>, sent: Sent<ViewDraft>) -> Result<Response, Failure> {
    let actor = sent.request.caller.actor.clone();
    let render = move |view: &View| (shown(&actor, view), Some(view.version));
    let turn = sent.turn(&app, StatusCode::CREATED, render).await?;
    let done = view::save(&app, &turn.caller(), &sent.body).await;
    turn.answer(done).await
}

/// Changes the name or the filters of a view, and whether it is shared.
#[utoipa::path(put, path = "/views/{id}", tag = "view", params(("id" = String, Path)), request_body = ViewDraft,
    responses(
    (status = 200, body = SavedView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change_view(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<ViewDraft>,
) -> Result<Response, Failure> {
    let id: ViewId = id.parse().map_err(|_| Error::Hidden).or_fail(&sent.request)?;
    let (seen, actor) = (sent.seen()?, sent.request.caller.actor.clone());
    let render = move |view: &View| (shown(&actor, view), Some(view.version));
    let turn = sent.turn(&app, StatusCode::OK, render).await?;
    let done = view::change(&app, &turn.caller(), id, &sent.body, seen).await;
    turn.answer(done).await
}

/// Takes a view away.
#[utoipa::path(delete, path = "/views/{id}", tag = "view", params(("id" = String, Path)), responses(
    (status = 204),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn delete_view(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id: ViewId = id.parse().map_err(|_| Error::Hidden).or_fail(&request)?;
    view::delete(&app, &request.caller, id).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(actor: &Actor, view: &View) -> SavedView {
    SavedView {
        id: view.id,
        list: view.list,
        name: view.name.clone(),
        filters: view.filters.clone(),
        shared: view.shared,
        offers: offers(actor, view),
        version: view.version.to_string(),
    }
}
