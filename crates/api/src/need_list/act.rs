//! Composing, proposing, approving and publishing need lists.

use super::views;
use crate::address::Path;
use crate::problem::Failure;
use crate::sent::Sent;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::need_list::{Act, Done};
use ronghe_app::{App, need_list};
use ronghe_contract::Problem;
use ronghe_contract::need_list::{ActOnNeedList, NeedListRow};
use ronghe_domain::kernel::Version;
use ronghe_domain::need_list::ListDraft;

/// Composes the version that is made from the verdicts, in the order wanted; what was approved of it is void. `If-Match`
/// is `"v0"` where nobody has composed it yet.
#[utoipa::path(post, path = "/need-lists/{year}", tag = "need-list", params(("year" = String, Path)),
    request_body = ListDraft, responses(
    (status = 200, body = NeedListRow),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn compose_need_list(
    State(app): State<App>,
    Path(year): Path<String>,
    sent: Sent<ListDraft>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let turn = sent.turn(&app, StatusCode::OK, done).await?;
    let composed = need_list::compose(&app, &turn.caller(), &year, &sent.body, seen).await;
    turn.answer(composed).await
}

/// Proposes a version, answers for a seat of the leading group, puts on record what the deciding body has decided, or
/// publishes it.
#[utoipa::path(post, path = "/need-lists/{year}/{edition}/actions", tag = "need-list",
    params(("year" = String, Path), ("edition" = String, Path, description = "`v1`")),
    request_body = ActOnNeedList, responses(
    (status = 200, body = NeedListRow),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act_on_need_list(
    State(app): State<App>,
    Path((year, edition)): Path<(String, String)>,
    sent: Sent<ActOnNeedList>,
) -> Result<Response, Failure> {
    let seen = sent.seen()?;
    let turn = sent.turn(&app, StatusCode::OK, done).await?;
    let acted = need_list::act(&app, &turn.caller(), &year, &edition, act(sent.body.clone()), seen).await;
    turn.answer(acted).await
}

fn act(body: ActOnNeedList) -> Act {
    match body {
        ActOnNeedList::Propose => Act::Propose,
        ActOnNeedList::Approve { reason } => Act::Approve(reason),
        ActOnNeedList::Return { reason } => Act::Return(reason),
        ActOnNeedList::Minute(draft) => Act::Minute(draft),
        ActOnNeedList::Publish => Act::Publish,
    }
}

fn done(done: &Done) -> (NeedListRow, Option<Version>) {
    (views::row(&done.cycle, &done.list), Some(done.list.version))
}
