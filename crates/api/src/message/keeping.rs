//! What the lead office keeps: rows of reminders, the words of mails, how much mail there is.

use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Sent;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::query::word;
use ronghe_app::{App, Error, message};
use ronghe_contract::message::{MailCounts, MailTemplate, MailTemplates, SetMailTemplate};
use ronghe_contract::reminder::{ReminderView, RemindersView};
use ronghe_contract::{Page, Problem};
use ronghe_domain::kernel::ReminderId;
use ronghe_domain::message::Kind;
use ronghe_domain::message::mail::State as MailState;
use ronghe_domain::message::reminder::{Reminder, ReminderDraft};
use ronghe_domain::message::template::{Language, Template, in_body, in_subject};
use ronghe_text::mail_example;

/// The rows by which people are reminded.
#[utoipa::path(get, path = "/reminders", tag = "message", responses(
    (status = 200, body = RemindersView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_reminders(
    State(app): State<App>,
    request: Request,
) -> Result<Json<RemindersView>, Failure> {
    let (rows, may_keep) = message::reminders(&app, &request.caller).await.or_fail(&request)?;
    Ok(Json(RemindersView { items: rows.iter().map(reminder).collect(), may_keep }))
}

/// Adds a row by which people are reminded.
#[utoipa::path(post, path = "/reminders", tag = "message", request_body = ReminderDraft, responses(
    (status = 201, body = ReminderView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add_reminder(
    State(app): State<App>,
    sent: Sent<ReminderDraft>,
) -> Result<Response, Failure> {
    let view = |row: &Reminder| (reminder(row), Some(row.version));
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = message::add_reminder(&app, &turn.caller(), &sent.body).await;
    turn.answer(done).await
}

/// Changes a row by which people are reminded.
#[utoipa::path(put, path = "/reminders/{id}", tag = "message", params(("id" = String, Path)),
    request_body = ReminderDraft, responses(
    (status = 200, body = ReminderView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_reminder(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Sent<ReminderDraft>,
) -> Result<Response, Failure> {
    let id: ReminderId = id.parse().map_err(|_| Error::Hidden).or_fail(&sent.request)?;
    let seen = sent.seen()?;
    let view = |row: &Reminder| (reminder(row), Some(row.version));
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = message::set_reminder(&app, &turn.caller(), id, &sent.body, seen).await;
    turn.answer(done).await
}

/// The words of every kind of mail, in both languages.
#[utoipa::path(get, path = "/mail-templates", tag = "message", responses(
    (status = 200, body = MailTemplates),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_mail_templates(
    State(app): State<App>,
    request: Request,
) -> Result<Json<MailTemplates>, Failure> {
    let (found, may_keep) = message::templates(&app, &request.caller).await.or_fail(&request)?;
    Ok(Json(MailTemplates { items: found.iter().map(template).collect(), may_keep }))
}

/// Sets the words of a kind of mail in a language, or takes the standard ones again.
#[utoipa::path(put, path = "/mail-templates/{kind}/{language}", tag = "message",
    params(("kind" = String, Path), ("language" = String, Path)), request_body = SetMailTemplate, responses(
    (status = 200, body = MailTemplate),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_mail_template(
    State(app): State<App>,
    Path((kind, language)): Path<(String, String)>,
    sent: Sent<SetMailTemplate>,
) -> Result<Response, Failure> {
    let kind = word("kind", &kind, &Kind::ALL).ok().flatten().or_fail(&sent.request)?;
    let language = word("language", &language, &Language::ALL).ok().flatten().or_fail(&sent.request)?;
    let seen = sent.seen()?;
    let view = |done: &Template| (template(done), Some(done.version));
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let words = sent.body.words.as_ref();
    let done = message::set_template(&app, &turn.caller(), (kind, language), words, seen).await;
    turn.answer(done).await
}

/// How much mail of each kind stands in each state; nothing of whom it is for.
#[utoipa::path(get, path = "/mails/counts", tag = "message", responses(
    (status = 200, body = Page<MailCounts>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn count_mails(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Page<MailCounts>>, Failure> {
    let found = message::mail_counts(&app, &request.caller).await.or_fail(&request)?;
    let mut rows: Vec<MailCounts> = Vec::new();
    for (kind, state, count) in found {
        if rows.last().is_none_or(|row| row.kind != kind) {
            rows.push(MailCounts { kind, waiting: 0, sent: 0, failed: 0 });
        }
        if let Some(row) = rows.last_mut() {
            match state {
                MailState::Waiting => row.waiting = count,
                MailState::Sent => row.sent = count,
                MailState::Failed => row.failed = count,
            }
        }
    }
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(rows, total, None)))
}

fn reminder(row: &Reminder) -> ReminderView {
    ReminderView {
        id: row.id,
        cycle: row.content.cycle.map(|cycle| cycle.to_string()),
        event: row.content.event,
        days: row.content.days,
        unit: row.content.unit,
        side: row.content.side,
        active: row.content.active,
        version: row.version.to_string(),
    }
}

fn template(of: &Template) -> MailTemplate {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let words = of.words();
    MailTemplate {
        kind: of.kind,
        language: of.language,
        example: mail_example(of.language, of.kind, &words),
        words,
        is_standard: of.words.is_none(),
        in_subject: owned(in_subject(of.kind)),
        in_body: owned(in_body(of.kind)),
        version: of.version.to_string(),
    }
}
