//! What a person is told.

pub(crate) mod choice;
pub(crate) mod keeping;
pub(crate) mod mail;

use crate::address::Query;
use crate::org::views::org_ref;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::message::{self, Message};
use ronghe_app::query::cursor;
use ronghe_app::{App, Error};
use ronghe_contract::message::{MessageView, ReadMessages, ReadView};
use ronghe_contract::{Page, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

/// Rows of one part of a list.
const ROWS: u64 = 50;

/// Which part of the messages is read.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListMessages {
    /// `next` of the part before.
    #[serde(default)]
    after: String,
}

/// The caller's messages, newest first, in parts of fifty.
#[utoipa::path(get, path = "/messages", params(ListMessages), tag = "message", responses(
    (status = 200, body = Page<MessageView>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_messages(
    State(app): State<App>,
    Query(query): Query<ListMessages>,
    request: Request,
) -> Result<Json<Page<MessageView>>, Failure> {
    let after = cursor(&query.after).or_fail(&request)?;
    let (found, total) = message::list(&app, &request.caller, after, ROWS).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    let whole = u64::try_from(found.len()).is_ok_and(|rows| rows < ROWS);
    let next = found.last().filter(|_| !whole).map(|it| format!("{}.{}", it.at.as_microsecond(), it.id));
    let view = |message: &Message| MessageView {
        kind: message.kind,
        record: message.record.clone(),
        from: message.from.and_then(|org| register.directory.org(org)).map(org_ref),
        at: message.at,
        read: message.read_at.is_some(),
    };
    Ok(Json(Page::new(found.iter().map(view).collect(), total, next)))
}

/// Notes that everything up to an instant was read: what came since stays unread.
#[utoipa::path(post, path = "/messages/read", tag = "message", request_body = ReadMessages, responses(
    (status = 200, body = ReadView),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn read_messages(
    State(app): State<App>,
    sent: Sent<ReadMessages>,
) -> Result<Response, Failure> {
    if sent.request.caller.actor.account().is_none() {
        return Err(Error::Unauthenticated).or_fail(&sent.request);
    }
    let turn = sent.turn(&app, StatusCode::OK, |read: &u64| (ReadView { read: *read }, None)).await?;
    let done = message::mark_read(&app, &turn.caller(), sent.body.until).await;
    turn.answer(done).await
}
