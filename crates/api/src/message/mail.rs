//! The outbox, as administrators see it.

use crate::address::{Path, Query};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Nothing, Sent};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::query::{cursor, words};
use ronghe_app::{App, Caller, Error, account, message};
use ronghe_contract::message::MailView;
use ronghe_contract::{Page, Problem};
use ronghe_domain::account::Account;
use ronghe_domain::kernel::MessageId;
use ronghe_domain::message::mail::{Mail, State as MailState};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::IntoParams;

/// Rows of one part of a list.
const ROWS: u64 = 50;

/// Which mail is listed.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListMails {
    /// `failed`, `waiting`, `sent`, separated by commas; all where empty.
    #[serde(default)]
    state: String,
    /// `next` of the part before.
    #[serde(default)]
    after: String,
}

/// Mail of the outbox, newest first, in parts of fifty.
#[utoipa::path(get, path = "/mails", params(ListMails), tag = "message", responses(
    (status = 200, body = Page<MailView>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_mails(
    State(app): State<App>,
    Query(query): Query<ListMails>,
    request: Request,
) -> Result<Json<Page<MailView>>, Failure> {
    let states = words("state", &query.state, &MailState::ALL).or_fail(&request)?;
    let after = cursor(&query.after).or_fail(&request)?;
    let (found, total) =
        message::mails(&app, &request.caller, &states, after, ROWS).await.or_fail(&request)?;
    let ids: BTreeSet<_> = found.iter().map(|mail| mail.account).collect();
    let people = account::named(&app, &ids).await.or_fail(&request)?;
    let people: BTreeMap<_, _> = people.into_iter().map(|account| (account.id, account)).collect();
    let whole = u64::try_from(found.len()).is_ok_and(|rows| rows < ROWS);
    let next = found.last().filter(|_| !whole).map(|it| format!("{}.{}", it.at.as_microsecond(), it.id));
    let rows =
        found.iter().filter_map(|mail| Some(view(&app, &request.caller, mail, people.get(&mail.account)?)));
    Ok(Json(Page::new(rows.collect(), total, next)))
}

/// Sends a mail anew, with all its tries before it.
#[utoipa::path(post, path = "/mails/{id}/resend", tag = "message", params(("id" = String, Path)), request_body = Nothing, responses(
    (status = 200, body = MailView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn resend_mail(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<Nothing>,
) -> Result<Response, Failure> {
    let id: MessageId = id.parse().map_err(|_| Error::Hidden).or_fail(&sent.request)?;
    let (_, person) = message::mail(&app, &sent.request.caller, id).await.or_fail(&sent.request)?;
    let (server, caller) = (app.clone(), sent.request.caller.clone());
    let view = move |mail: &Mail| (view(&server, &caller, mail, &person), None);
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = message::resend(&app, &turn.caller(), id).await;
    turn.answer(done).await
}

fn view(app: &App, caller: &Caller, mail: &Mail, person: &Account) -> MailView {
    MailView {
        id: mail.id,
        about: mail.about,
        record: mail.record.clone(),
        login: person.login.clone(),
        name: person.name.clone(),
        address: person.masked_mail(),
        state: mail.state,
        tries: mail.tries,
        trouble: mail.trouble,
        at: mail.at,
        next: mail.next,
        offers: message::mail_offers(app, caller, mail),
    }
}
