//! Chains of organisations.

use super::views;
use crate::address::Path;
use crate::org::views::org_ref;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::query::word;
use ronghe_app::sign_off::Chained;
use ronghe_app::{App, Error, sign_off};
use ronghe_contract::Problem;
use ronghe_contract::sign_off::{ChainView, ChainsView};
use ronghe_domain::sign_off::{Chain, ChainDraft, Kind};

/// The kind of document that an address names.
pub(super) fn kind(text: &str) -> Result<Kind, Error> {
    word("kind", text, &Kind::ALL).ok().flatten().ok_or(Error::Hidden)
}

/// Whose hands each kind of document passes through before it leaves an organisation.
#[utoipa::path(get, path = "/organisations/{slug}/sign-off", tag = "sign_off",
    params(("slug" = String, Path)), responses(
    (status = 200, body = ChainsView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_chains(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Json<ChainsView>, Failure> {
    let (org, chains) = sign_off::chains(&app, &request.caller, &slug).await.or_fail(&request)?;
    let view = |chained: &Chained| views::chain(chained, &org, request.lang);
    Ok(Json(ChainsView { org: org_ref(&org), chains: chains.iter().map(view).collect() }))
}

/// Sets the chain of an organisation for a kind of document.
#[utoipa::path(put, path = "/organisations/{slug}/sign-off/{kind}", tag = "sign_off",
    params(("slug" = String, Path), ("kind" = String, Path)), request_body = ChainDraft, responses(
    (status = 200, body = ChainView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_chain(
    State(app): State<App>,
    Path((slug, of)): Path<(String, String)>,
    sent: Sent<ChainDraft>,
) -> Result<Response, Failure> {
    let (seen, request) = (sent.seen()?, sent.request.clone());
    let of = kind(&of).or_fail(&request)?;
    let (org, all) = sign_off::chains(&app, &request.caller, &slug).await.or_fail(&request)?;
    let before = all.into_iter().find(|chained| chained.kind == of).ok_or(Error::Hidden).or_fail(&request)?;
    let view = move |done: &Chain| {
        let chained = Chained { chain: Some(done.clone()), ..before.clone() };
        (views::chain(&chained, &org, request.lang), Some(done.version))
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = sign_off::set(&app, &turn.caller(), &slug, of, &sent.body, seen).await;
    turn.answer(done).await
}
