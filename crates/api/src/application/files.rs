//! Files of an application: added, given out, taken away.

use super::views;
use crate::address::Path;
use crate::need::files::{parse, saved};
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::Upload;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::application::Attach;
use ronghe_app::{App, application};
use ronghe_contract::Problem;
use ronghe_contract::application::FiledView;
use ronghe_domain::application::draft::Filed;

/// Adds a file to an application that is being written: the body is the file, at most 50 MiB; its content says what
/// it is.
#[utoipa::path(post, path = "/applications/{name}/attachments", tag = "application",
    params(("name" = String, Path), ("name" = String, Query, description = "What the file is called.")),
    request_body(content = String, content_type = "application/octet-stream"), responses(
    (status = 201, body = FiledView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 408, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn attach_to_application(
    State(app): State<App>,
    Path(name): Path<String>,
    upload: Upload,
) -> Result<Response, Failure> {
    add(app, name, Attach::Other, upload).await
}

/// Adds the sealed page, a PDF, in place of the one before. The address says which code is printed on it: it is bound
/// to what was printed, while that is still what is typed, and any change voids it.
#[utoipa::path(post, path = "/applications/{name}/codes/{code}/sealed-page", tag = "application",
    params(("name" = String, Path), ("code" = String, Path), ("name" = String, Query, description = "What the file is called.")),
    request_body(content = String, content_type = "application/octet-stream"), responses(
    (status = 201, body = FiledView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 408, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn seal_application(
    State(app): State<App>,
    Path((name, code)): Path<(String, String)>,
    upload: Upload,
) -> Result<Response, Failure> {
    add(app, name, Attach::SealedPage(&code), upload).await
}

async fn add(app: App, name: String, what: Attach<'_>, upload: Upload) -> Result<Response, Failure> {
    let (caller, file_name) = (upload.request.caller.clone(), upload.file_name.clone());
    let may = application::may_attach(&app, &caller, &name, what, &file_name);
    let sent = upload.receive(&app, may).await?;
    let turn = sent.turn(&app, StatusCode::CREATED, |filed: &Filed| (views::added(filed), None)).await?;
    let done = application::attach(&app, &turn.caller(), &name, (what, &file_name), sent.body).await;
    turn.answer(done).await
}

/// The content of a file, to be saved: no browser shows it as a page of ours.
#[utoipa::path(get, path = "/applications/{name}/attachments/{id}", tag = "application",
    params(("name" = String, Path), ("id" = String, Path)), responses(
    (status = 200, content_type = "application/octet-stream"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn download_from_application(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let id = parse(&id).or_fail(&request)?;
    let found = application::download(&app, &request.caller, &name, id).await.or_fail(&request)?;
    let (file, content) = found;
    Ok(saved(&file, content))
}

/// Takes a file away from an application that is being written.
#[utoipa::path(delete, path = "/applications/{name}/attachments/{id}", tag = "application",
    params(("name" = String, Path), ("id" = String, Path)), responses(
    (status = 204),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn detach_from_application(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id = parse(&id).or_fail(&request)?;
    application::detach(&app, &request.caller, &name, id).await.or_fail(&request)?;
    Ok(StatusCode::NO_CONTENT)
}
