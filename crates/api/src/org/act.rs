//! Making and changing organisations.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::{App, org};
use ronghe_contract::Problem;
use ronghe_contract::org::{OrgView, Reveal, RevealedContacts};
use ronghe_domain::kernel::Version;
use ronghe_domain::org::{Contact, OrgDraft, Organisation};

/// Makes an organisation.
#[utoipa::path(post, path = "/organisations", tag = "organisation", request_body = OrgDraft, responses(
    (status = 201, body = OrgView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create_organisation(
    State(app): State<App>,
    sent: Sent<OrgDraft>,
) -> Result<Response, Failure> {
    let view = done_view(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = org::create(&app, &turn.caller(), &sent.body).await;
    turn.answer(done).await
}

/// Changes an organisation; its name in addresses stays.
#[utoipa::path(put, path = "/organisations/{slug}", tag = "organisation", params(("slug" = String, Path)),
    request_body = OrgDraft, responses(
    (status = 200, body = OrgView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change_organisation(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Sent<OrgDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let view = done_view(&app, &sent.request).await?;
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = org::change(&app, &turn.caller(), &slug, &sent.body, seen).await;
    turn.answer(done).await
}

/// Shows whom to call with the telephones whole, for a reason that is kept in the audit chain.
#[utoipa::path(post, path = "/organisations/{slug}/reveal", tag = "organisation", params(("slug" = String, Path)),
    request_body = Reveal, responses(
    (status = 200, body = RevealedContacts),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reveal_organisation(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Sent<Reveal>,
) -> Result<Response, Failure> {
    let view = |contacts: &Vec<Contact>| (RevealedContacts { contacts: contacts.clone() }, None);
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = org::reveal(&app, &turn.caller(), &slug, &sent.body.reason).await;
    turn.answer(done).await
}

/// How an organisation is rendered after a change.
async fn done_view(
    app: &App,
    request: &Request,
) -> Result<impl Fn(&Organisation) -> (OrgView, Option<Version>) + use<>, Failure> {
    let register = app.register().await.or_fail(request)?;
    let caller = request.caller.clone();
    Ok(move |org: &Organisation| (views::view(&caller, org, &register), Some(org.version)))
}
