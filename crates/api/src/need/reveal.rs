//! Reading the contact's telephone whole.

use crate::address::Path;
use crate::problem::Failure;
use crate::sent::Sent;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::{App, need};
use ronghe_contract::Problem;
use ronghe_contract::need::RevealedView;
use ronghe_contract::org::Reveal;
use ronghe_domain::need::Person;

/// Shows the contact's telephone whole, for a reason that is kept in the audit chain.
#[utoipa::path(post, path = "/needs/{name}/reveal", tag = "need", params(("name" = String, Path)),
    request_body = Reveal, responses(
    (status = 200, body = RevealedView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reveal_need(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<Reveal>,
) -> Result<Response, Failure> {
    let turn = sent.turn(&app, StatusCode::OK, |person: &Person| (view(person), None)).await?;
    let done = need::reveal(&app, &turn.caller(), &name, &sent.body.reason).await;
    turn.answer(done).await
}

fn view(person: &Person) -> RevealedView {
    RevealedView { contact_name: person.name.clone(), contact_phone: person.phone.clone() }
}
