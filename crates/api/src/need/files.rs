//! Files of a need: added, given out, taken away.

use super::views;
use crate::address::Path;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Upload;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use ronghe_app::files::Content;
use ronghe_app::{App, Error, need};
use ronghe_contract::Problem;
use ronghe_contract::need::AttachmentView;
use ronghe_domain::attachment::Attached;
use ronghe_domain::kernel::AttachmentId;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

/// Bytes of a file that are read at once.
const PIECE: usize = 64 * 1024;

/// Adds a file to a need that is being written: the body is the file, at most 50 MiB; its content says what
/// it is.
#[utoipa::path(post, path = "/needs/{name}/attachments", tag = "need",
    params(("name" = String, Path), ("name" = String, Query, description = "What the file is called.")),
    request_body(content = String, content_type = "application/octet-stream"), responses(
    (status = 201, body = AttachmentView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 408, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn attach_file(
    State(app): State<App>,
    Path(name): Path<String>,
    upload: Upload,
) -> Result<Response, Failure> {
    let (caller, file_name) = (upload.request.caller.clone(), upload.file_name.clone());
    let sent = upload.receive(&app, need::may_attach(&app, &caller, &name, &file_name)).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, |file: &Attached| (views::file(file), None)).await?;
    let done = need::attach(&app, &turn.caller(), &name, &file_name, sent.body).await;
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
    let (file, content) = need::download(&app, &request.caller, &name, id).await.or_fail(&request)?;
    Ok(saved(&file, content))
}

/// A file to be saved, with its content.
pub(crate) fn saved(file: &Attached, content: Content) -> Response {
    let headers = [
        (CONTENT_TYPE, file.kind.media_type().to_owned()),
        // A file that is not what it was breaks off, and is not taken for whole.
        (CONTENT_LENGTH, file.size.to_string()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(&file.name))),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    let pieces = ReaderStream::with_capacity(content.take(file.size), PIECE);
    (headers, Body::from_stream(pieces)).into_response()
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

/// The id of a file, as it stands in addresses.
pub(crate) fn parse(id: &str) -> Result<AttachmentId, Error> {
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
