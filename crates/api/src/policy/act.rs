//! Importing, correcting, publishing, renewing and superseding documents.

use super::{import, views};
use crate::address::Path;
use crate::audit::views::events;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{FILE_BODY_MOST, Sent};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_app::policy::{Act, Import, Source};
use ronghe_app::{App, Error, account, audit, policy};
use ronghe_contract::audit::EventView;
use ronghe_contract::policy::{ActOnPolicy, DecisionInput, ImportPolicy, PolicyView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::kernel::{AccountId, FieldProblem, Version};
use ronghe_domain::policy::decision::{RenewalDraft, SupersessionDraft};
use ronghe_domain::policy::{Policy, PolicyDraft, State as PolicyState};
use std::collections::{BTreeMap, BTreeSet};

/// Events of one time line.
const EVENTS: u64 = 200;

/// Reads a document and keeps it as a draft to be checked.
#[utoipa::path(post, path = "/policies", tag = "policy", request_body = ImportPolicy, responses(
    (status = 201, body = PolicyView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn import_policy(
    State(app): State<App>,
    sent: Sent<ImportPolicy, FILE_BODY_MOST>,
) -> Result<Response, Failure> {
    let input = input(&sent.body).or_fail(&sent.request)?;
    let view = done_view(&app, &sent.request, None).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = policy::import(&app, &turn.caller(), input).await;
    turn.answer(done).await
}

/// Keeps a corrected draft; it saves itself while it is typed, so it may be incomplete.
#[utoipa::path(put, path = "/policies/{slug}/draft", tag = "policy", params(("slug" = String, Path)),
    request_body = PolicyDraft, responses(
    (status = 200, body = PolicyView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn correct_policy(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Sent<PolicyDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let before = policy::show(&app, &sent.request.caller, &slug).await.or_fail(&sent.request)?;
    let view = done_view(&app, &sent.request, Some(&before)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = policy::correct(&app, &turn.caller(), &slug, sent.body.clone(), seen).await;
    turn.answer(done).await
}

/// Publishes, discards, renews or supersedes a document.
#[utoipa::path(post, path = "/policies/{slug}/actions", tag = "policy", params(("slug" = String, Path)),
    request_body = ActOnPolicy, responses(
    (status = 200, body = PolicyView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_policy(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Sent<ActOnPolicy>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let before = policy::show(&app, &sent.request.caller, &slug).await.or_fail(&sent.request)?;
    let view = done_view(&app, &sent.request, Some(&before)).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = policy::act(&app, &turn.caller(), &slug, act(sent.body.clone()), seen).await;
    turn.answer(done).await
}

/// What happened to a document, newest first.
#[utoipa::path(get, path = "/policies/{slug}/events", tag = "policy", params(("slug" = String, Path)), responses(
    (status = 200, body = Page<EventView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_policy_events(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Json<Page<EventView>>, Failure> {
    let found = audit::policy_events(&app, &request.caller, &slug, EVENTS).await.or_fail(&request)?;
    Ok(Json(events(&app, found).await.or_fail(&request)?))
}

fn input(body: &ImportPolicy) -> Result<Import, Error> {
    let source = match (&body.text, &body.file) {
        (Some(text), None) => Source::Text(text.clone()),
        (None, Some(file)) => {
            let unreadable = |_| Error::field("file", FieldProblem::Unreadable);
            Source::File(STANDARD.decode(file.trim()).map_err(unreadable)?)
        }
        (Some(_), Some(_)) => {
            return Err(Error::field("file", FieldProblem::DoesNotFit { other: "text".into() }));
        }
        (None, None) => return Err(Error::field("text", FieldProblem::Required)),
    };
    Ok(Import { slug: body.slug.clone().filter(|slug| !slug.trim().is_empty()), source })
}

fn act(body: ActOnPolicy) -> Act {
    match body {
        ActOnPolicy::Publish => Act::Publish,
        ActOnPolicy::Discard => Act::Discard,
        ActOnPolicy::Renew { decision: DecisionInput { date, number, paper }, from, last_day } => {
            Act::Renew(RenewalDraft { date, number, paper, from, last_day })
        }
        ActOnPolicy::Supersede { decision: DecisionInput { date, number, paper }, from, successor } => {
            Act::Supersede { decision: SupersessionDraft { date, number, paper, from }, successor }
        }
    }
}

/// How a document is rendered after a change: whoever worked on it before is known, and the caller.
async fn done_view(
    app: &App,
    request: &Request,
    before: Option<&Policy>,
) -> Result<impl Fn(&Policy) -> (PolicyView, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let before = before.into_iter().flat_map(|policy| [policy.imported_by, policy.corrected_by]);
    let ids: BTreeSet<AccountId> = before.chain(request.caller.actor.account()).collect();
    let named = account::named(app, &ids).await.or_fail(request)?;
    let names: BTreeMap<_, _> = named.into_iter().map(|account| (account.id, account.name)).collect();
    let caller = request.caller.clone();
    Ok(move |policy: &Policy| {
        let is_open = policy.state != PolicyState::Published;
        let import = is_open.then(|| import::with_names(policy, &register, &names));
        (views::view(&caller, policy, &register, import), Some(policy.version))
    })
}
