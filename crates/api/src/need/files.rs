//! Files of a need: added, given out, taken away.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{FILE_BODY_MOST, Sent};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_app::{App, Error, need};
use ronghe_contract::Problem;
use ronghe_contract::need::{AttachFile, AttachmentView};
use ronghe_domain::attachment::Attached;
use ronghe_domain::kernel::{AttachmentId, FieldProblem};

/// Adds a file to a need that is being written; its content says what it is.
#[utoipa::path(post, path = "/needs/{name}/attachments", tag = "need", params(("name" = String, Path)),
    request_body = AttachFile, responses(
    (status = 201, body = AttachmentView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn attach_file(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Sent<AttachFile, FILE_BODY_MOST>,
) -> Result<Response, Failure> {
    let unreadable = |_| Error::field("file", FieldProblem::Unreadable);
    let bytes = STANDARD.decode(sent.body.file.trim()).map_err(unreadable).or_fail(&sent.request)?;
    let turn = sent.turn(&app, StatusCode::CREATED, |file: &Attached| (views::file(file), None)).await?;
    let done = need::attach(&app, &turn.caller(), &name, &sent.body.name, bytes).await;
    turn.answer(done).await
}

/// The content of a file, to be saved: no browser shows it as a page of ours.
#[utoipa::path(get, path = "/needs/{name}/attachments/{id}", tag = "need",
    params(("name" = String, Path), ("id" = String, Path)), responses(
    (status = 200, content_type = "application/octet-stream"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn download_file(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let id = parse(&id).or_fail(&request)?;
    let (file, bytes) = need::download(&app, &request.caller, &name, id).await.or_fail(&request)?;
    let headers = [
        (CONTENT_TYPE, file.kind.media_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(&file.name))),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Takes a file away from a need that is being written.
#[utoipa::path(delete, path = "/needs/{name}/attachments/{id}", tag = "need",
    params(("name" = String, Path), ("id" = String, Path)), responses(
    (status = 204),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn detach_file(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id = parse(&id).or_fail(&request)?;
    need::detach(&app, &request.caller, &name, id).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}

fn parse(id: &str) -> Result<AttachmentId, Error> {
    id.parse().map_err(|_no_id| Error::Hidden)
}

/// As RFC 8187 wants it: letters, figures and few signs stand, everything else by its bytes.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        let plain = char::from(byte);
        if plain.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(plain);
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}
