//! What the unit of its need thinks of an application.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::sent::Sent;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::application::Shown;
use ronghe_app::{App, application};
use ronghe_contract::Problem;
use ronghe_contract::application::UnitOpinionView;
use ronghe_domain::application::OpinionDraft;

/// Says what the caller's unit thinks of an application for its need, or says it anew: the last word holds. Nothing was
/// said in `"v0"`.
#[utoipa::path(post, path = "/applications/{name}/opinion", tag = "application", params(("name" = String, Path)),
    request_body = OpinionDraft, responses(
    (status = 200, body = UnitOpinionView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn give_unit_opinion(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<OpinionDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let register = app.register().await.or_fail(&sent.request)?;
    let view = move |shown: &Shown| {
        let version = shown.opinion.as_ref().map(|it| it.version);
        (views::opinion(shown, &register), version)
    };
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = application::opine(&app, &turn.caller(), &name, &sent.body, seen).await;
    turn.answer(done).await
}
