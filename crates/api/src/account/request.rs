//! Accounts that universities ask for.

use super::views;
use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::App;
use ronghe_app::account::request::{self as use_case, Act, Filter};
use ronghe_app::query::{cursor, word};
use ronghe_contract::account::{AccountRequestView, ActOnAccountRequest, AskForAccounts};
use ronghe_contract::{Page, Problem};
use ronghe_domain::account::request::{AccountRequest, AccountRequestDraft, State as Stands};
use ronghe_domain::kernel::{AccountId, Version};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::IntoParams;

/// Rows of one page.
const PAGE: u64 = 50;

/// What a list of requests is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListAccountRequests {
    /// `open`, `made`, `done`, `declined` or `taken_back`.
    #[serde(default)]
    state: String,
    /// `next` of the page before.
    #[serde(default)]
    after: String,
}

/// Accounts that universities ask for, newest first: all of them for administrators and auditors, one's own for others.
#[utoipa::path(get, path = "/account-requests", params(ListAccountRequests), tag = "account", responses(
    (status = 200, body = Page<AccountRequestView>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_account_requests(
    State(app): State<App>,
    Query(query): Query<ListAccountRequests>,
    request: Request,
) -> Result<Json<Page<AccountRequestView>>, Failure> {
    let filter = Filter {
        state: word("state", &query.state, &Stands::ALL).or_fail(&request)?,
        after: cursor(&query.after).or_fail(&request)?,
        limit: PAGE,
    };
    let (found, total) = use_case::list(&app, &request.caller, &filter).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let names = use_case::askers(&app, &found).await.or_fail(&request)?;
    let full = u64::try_from(found.len()).unwrap_or(u64::MAX) == PAGE;
    let last = found.last().filter(|_| full).map(use_case::behind);
    let next = last.map(|(at, id)| format!("{at}.{id}"));
    let items = found.iter().map(|it| views::requested(&request.caller, it, &register, &names)).collect();
    Ok(Json(Page::new(items, total, next)))
}

/// Asks for an account of somebody of one's university. What for is said nowhere.
#[utoipa::path(post, path = "/account-requests", tag = "account", request_body = AccountRequestDraft, responses(
    (status = 201, body = AccountRequestView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_for_account(
    State(app): State<App>,
    sent: Sent<AccountRequestDraft>,
) -> Result<Response, Failure> {
    let view = rendering(&app, &sent.request, None).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = use_case::ask(&app, &turn.caller(), &sent.body).await;
    turn.answer(done).await
}

/// Asks for accounts of several people of one's university: all of them, or none. The path of an error begins with the
/// row that it stands in, from 1.
#[utoipa::path(post, path = "/account-requests/many", tag = "account", request_body = AskForAccounts, responses(
    (status = 201, body = Vec<AccountRequestView>),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ask_for_accounts(
    State(app): State<App>,
    sent: Sent<AskForAccounts>,
) -> Result<Response, Failure> {
    let view = rendering(&app, &sent.request, None).await?;
    let each = move |all: &Vec<AccountRequest>| (all.iter().map(|it| view(it).0).collect::<Vec<_>>(), None);
    let turn = sent.turn(&app, StatusCode::CREATED, each).await?;
    let done = use_case::ask_all(&app, &turn.caller(), &sent.body.people).await;
    turn.answer(done).await
}

/// One request, with what the caller can do with it.
#[utoipa::path(get, path = "/account-requests/{id}", tag = "account", params(("id" = String, Path)), responses(
    (status = 200, body = AccountRequestView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_account_request(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let found = use_case::show(&app, &request.caller, &id).await.or_fail(&request)?;
    let (view, _) = (rendering(&app, &request, Some(&found)).await?)(&found);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// Declines a request, or takes it back.
#[utoipa::path(post, path = "/account-requests/{id}/actions", tag = "account", params(("id" = String, Path)),
    request_body = ActOnAccountRequest, responses(
    (status = 200, body = AccountRequestView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_account_request(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<ActOnAccountRequest>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let found = use_case::show(&app, &sent.request.caller, &id).await.or_fail(&sent.request)?;
    let view = rendering(&app, &sent.request, Some(&found)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let act = match sent.body.clone() {
        ActOnAccountRequest::Decline { reason } => Act::Decline(reason),
        ActOnAccountRequest::TakeBack => Act::TakeBack,
    };
    let done = use_case::act(&app, &turn.caller(), &id, act, seen).await;
    turn.answer(done).await
}

/// How a request is rendered for the caller: who asked is known before, or is the caller.
async fn rendering(
    app: &App,
    request: &Request,
    before: Option<&AccountRequest>,
) -> Result<impl Fn(&AccountRequest) -> (AccountRequestView, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let asked = before.map(|it| it.asked_by).or_else(|| request.caller.actor.account());
    let ids: BTreeSet<AccountId> = asked.into_iter().collect();
    let named = ronghe_app::account::named(app, &ids).await.or_fail(request)?;
    let names: BTreeMap<AccountId, String> = named.into_iter().map(|it| (it.id, it.name)).collect();
    let caller = request.caller.clone();
    Ok(move |it: &AccountRequest| (views::requested(&caller, it, &register, &names), Some(it.version)))
}
