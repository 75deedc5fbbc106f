//! Rounds of sign-off.

use super::views::{self, named};
use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::Json;
use axum::extract::State as From;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::query::words;
use ronghe_app::sign_off::{Act, Done, shown};
use ronghe_app::{App, need, sign_off};
use ronghe_contract::sign_off::{ActOnSignOff, RoundView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::sign_off::{Kind, Round, State};
use serde::Deserialize;
use utoipa::IntoParams;

/// What rounds are narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListSignOffs {
    /// States separated by commas, such as `signing`; all where empty.
    #[serde(default)]
    state: String,
}

/// Rounds that the caller reads, newest first: those of their own organisation.
#[utoipa::path(get, path = "/sign-offs", params(ListSignOffs), tag = "sign_off", responses(
    (status = 200, body = Page<RoundView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_sign_offs(
    From(app): From<App>,
    Query(query): Query<ListSignOffs>,
    request: Request,
) -> Result<Json<Page<RoundView>>, Failure> {
    let states = words("state", &query.state, &State::ALL).or_fail(&request)?;
    let found = sign_off::list(&app, &request.caller, &states).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let people =
        named(&app, found.iter().map(|it| (&it.round, it.chain.as_ref()))).await.or_fail(&request)?;
    let items: Vec<RoundView> = found.iter().map(|it| views::round(it, &register, &people)).collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(items, total, None)))
}

/// One round.
#[utoipa::path(get, path = "/sign-offs/{id}", tag = "sign_off", params(("id" = String, Path)), responses(
    (status = 200, body = RoundView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_sign_off(
    From(app): From<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let found = sign_off::show(&app, &request.caller, &id).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let people = named(&app, [(&found.round, found.chain.as_ref())]).await.or_fail(&request)?;
    let view = views::round(&found, &register, &people);
    Ok(([(ETAG, found.round.version.to_string())], Json(view)).into_response())
}

/// Signs a step, sends back or recalls. The last signature lets go what it signs.
#[utoipa::path(post, path = "/sign-offs/{id}/actions", tag = "sign_off", params(("id" = String, Path)),
    request_body = ActOnSignOff, responses(
    (status = 200, body = RoundView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_sign_off(
    From(app): From<App>,
    Path(id): Path<String>,
    sent: Sent<ActOnSignOff>,
) -> Result<Response, Failure> {
    let (seen, request) = (sent.seen()?, sent.request.clone());
    let found = sign_off::show(&app, &request.caller, &id).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let people = named(&app, [(&found.round, found.chain.as_ref())]).await.or_fail(&request)?;
    let year = found.year;
    let view = move |done: &Done| {
        let shown = shown(&request.caller, &register, done.round.clone(), year);
        (views::round(&shown, &register, &people), Some(done.round.version))
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let act = match sent.body.clone() {
        ActOnSignOff::Sign { remark } => Act::Sign { remark },
        ActOnSignOff::SendBack { reason } => Act::SendBack { reason },
        ActOnSignOff::Recall => Act::Recall,
    };
    let done = sign_off::act(&app, &turn.caller(), &id, &act, seen).await;
    turn.answer(done).await
}

/// Asks for sign-off of a need: it must hold, and be one that could be submitted now.
#[utoipa::path(post, path = "/needs/{name}/sign-off", tag = "sign_off", params(("name" = String, Path)),
    request_body = Nothing, responses(
    (status = 201, body = RoundView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_sign_off(
    From(app): From<App>,
    Path(name): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Response, Failure> {
    let (seen, request) = (sent.seen()?, sent.request.clone());
    let before = need::show(&app, &request.caller, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let chain = register.chain(before.need.unit, Kind::Need);
    let people = views::signers(&app, &request.caller, chain).await.or_fail(&request)?;
    let year = Some(before.cycle.year());
    let view = move |done: &Round| {
        let shown = shown(&request.caller, &register, done.clone(), year);
        (views::round(&shown, &register, &people), Some(done.version))
    };
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = need::ask_sign_off(&app, &turn.caller(), &name, seen).await;
    turn.answer(done).await
}
