//! Listing, showing, making accounts, and what administrators do with them.

use super::views;
use crate::address::{Path, Query};
use crate::audit::views::events;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use ronghe_app::account::{Act, Done, Filter};
use ronghe_app::query::{unknown_word, word};
use ronghe_app::{App, account, audit};
use ronghe_contract::account::{AccountDone, AccountRow, AccountView, ActOnAccount};
use ronghe_contract::audit::EventView;
use ronghe_contract::{Page, Problem};
use ronghe_domain::account::{Account, AccountDraft, State as AccountState};
use ronghe_domain::kernel::{AccountId, Role};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::IntoParams;

/// Rows of one page.
const PAGE: u64 = 50;

/// What a list of accounts is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListAccounts {
    /// Words in login or name.
    #[serde(default)]
    q: String,
    /// Slug of the organisation.
    #[serde(default)]
    org: String,
    /// A role such as `lead_office`.
    #[serde(default)]
    role: String,
    /// `invited`, `active`, `disabled`, or `pending` for those where something waits for a second hand.
    #[serde(default)]
    state: String,
    /// `next` of the page before.
    #[serde(default)]
    after: String,
}

/// Accounts that the caller may see, in order of their logins.
#[utoipa::path(get, path = "/accounts", params(ListAccounts), tag = "account", responses(
    (status = 200, body = Page<AccountRow>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_accounts(
    State(app): State<App>,
    Query(query): Query<ListAccounts>,
    request: Request,
) -> Result<Json<Page<AccountRow>>, Failure> {
    let register = app.register().await.or_fail(&request)?;
    let org = match query.org.trim() {
        "" => None,
        slug => Some(
            register
                .directory
                .org_by_slug(slug)
                .ok_or_else(|| unknown_word("org", slug, &[]))
                .or_fail(&request)?
                .id,
        ),
    };
    let pending = query.state.trim() == "pending";
    let filter = Filter {
        words: Some(query.q),
        org,
        role: word("role", &query.role, &Role::ALL).or_fail(&request)?,
        state: if pending {
            None
        } else {
            word("state", &query.state, &AccountState::ALL).or_fail(&request)?
        },
        pending,
        after: Some(query.after).filter(|after| !after.is_empty()),
        limit: PAGE,
    };
    let (accounts, total) = account::list(&app, &request.caller, &filter).await.or_fail(&request)?;
    let full = u64::try_from(accounts.len()).unwrap_or(u64::MAX) == PAGE;
    let next = accounts.last().filter(|_| full).map(|last| last.login.clone());
    let items = accounts.iter().map(|account| views::row(account, &register)).collect();
    Ok(Json(Page::new(items, total, next)))
}

/// Makes an account and its invitation.
#[utoipa::path(post, path = "/accounts", tag = "account", request_body = AccountDraft, responses(
    (status = 201, body = AccountDone),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create_account(
    State(app): State<App>,
    sent: Sent<AccountDraft>,
) -> Result<Response, Failure> {
    let view = done_view(&app, &sent.request, None).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = account::create(&app, &turn.caller(), &sent.body).await;
    turn.answer(done).await
}

/// One account whole, with what the caller can do with it.
#[utoipa::path(get, path = "/accounts/{login}", tag = "account", params(("login" = String, Path)), responses(
    (status = 200, body = AccountView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_account(
    State(app): State<App>,
    Path(login): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let found = account::show(&app, &request.caller, &login).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let names = names(&app, &request, Some(&found)).await?;
    let view = views::view(&request.caller, &found, &register, &names);
    Ok(([(ETAG, view.version.clone())], Json(view)).into_response())
}

/// Invites, resets, disables, enables, grants, changes the post, confirms or rejects.
#[utoipa::path(post, path = "/accounts/{login}/actions", tag = "account", params(("login" = String, Path)),
    request_body = ActOnAccount, responses(
    (status = 200, body = AccountDone),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_account(
    State(app): State<App>,
    Path(login): Path<String>,
    sent: Sent<ActOnAccount>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let found = account::show(&app, &sent.request.caller, &login).await.or_fail(&sent.request)?;
    let view = done_view(&app, &sent.request, Some(&found)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let act = match sent.body.clone() {
        ActOnAccount::Invite => Act::Invite,
        ActOnAccount::Reset => Act::Reset,
        ActOnAccount::Disable => Act::Disable,
        ActOnAccount::Enable => Act::Enable,
        ActOnAccount::Grant { roles } => Act::Grant(roles.into_iter().collect()),
        ActOnAccount::SetPost(draft) => Act::SetPost(draft),
        ActOnAccount::Confirm => Act::Confirm,
        ActOnAccount::Reject => Act::Reject,
    };
    let done = account::act(&app, &turn.caller(), &login, act, seen).await;
    turn.answer(done).await
}

/// What happened to an account, newest first.
#[utoipa::path(get, path = "/accounts/{login}/events", tag = "account", params(("login" = String, Path)), responses(
    (status = 200, body = Page<EventView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_account_events(
    State(app): State<App>,
    Path(login): Path<String>,
    request: Request,
) -> Result<Json<Page<EventView>>, Failure> {
    let found = audit::account_events(&app, &request.caller, &login, PAGE).await.or_fail(&request)?;
    Ok(Json(events(&app, found).await.or_fail(&request)?))
}

/// How a finished action is rendered: the caller's own name is known, and that of whoever asked before.
async fn done_view(
    app: &App,
    request: &Request,
    before: Option<&Account>,
) -> Result<impl Fn(&Done) -> (AccountDone, Option<ronghe_domain::kernel::Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let names = names(app, request, before).await?;
    let caller = request.caller.clone();
    Ok(move |done: &Done| (views::done(&caller, done, &register, &names), Some(done.account.version)))
}

async fn names(
    app: &App,
    request: &Request,
    account: Option<&Account>,
) -> Result<BTreeMap<AccountId, String>, Failure> {
    let asked = account.and_then(|account| account.pending.as_ref()).map(|pending| pending.by);
    let ids: BTreeSet<AccountId> = asked.into_iter().chain(request.caller.actor.account()).collect();
    let named = account::named(app, &ids).await.or_fail(request)?;
    Ok(named.into_iter().map(|account| (account.id, account.name)).collect())
}
