//! Sealed pages: their code, their scans, their copies on paper.

use super::chain::kind;
use super::views;
use crate::address::Path;
use crate::need::files::saved;
use crate::problem::{Failure, OrFail};
use crate::request::Request;
use crate::sent::{Sent, Upload};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use ronghe_app::{App, sign_off};
use ronghe_contract::Problem;
use ronghe_contract::sign_off::{PaperView, SealView, SealedView};
use ronghe_domain::sign_off::{Paper, Seal, Sheet};

/// What a record goes up with: its version code, its signatures, its sealed scans, its copies on paper.
#[utoipa::path(get, path = "/sealed/{kind}/{name}", tag = "sign_off",
    params(("kind" = String, Path), ("name" = String, Path)), responses(
    (status = 200, body = SealedView),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_sealed(
    State(app): State<App>,
    Path((of, name)): Path<(String, String)>,
    request: Request,
) -> Result<Json<SealedView>, Failure> {
    let of = kind(&of).or_fail(&request)?;
    let page = sign_off::page(&app, &request.caller, of, &name).await.or_fail(&request)?;
    let register = app.register().await.or_fail(&request)?;
    Ok(Json(views::sealed(&request.caller, &page, &register)))
}

/// Binds a sealed scan to the version that was printed with this code, while it still stands in the record: the body is
/// the file, at most 50 MiB, ten of a version.
#[utoipa::path(post, path = "/sealed/{kind}/{name}/codes/{code}/seals", tag = "sign_off",
    params(("kind" = String, Path), ("name" = String, Path), ("code" = String, Path),
        ("name" = String, Query, description = "What the file is called.")),
    request_body(content = String, content_type = "application/octet-stream"), responses(
    (status = 201, body = SealView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add_seal(
    State(app): State<App>,
    Path((of, name, code)): Path<(String, String, String)>,
    upload: Upload,
) -> Result<Response, Failure> {
    let (caller, file_name) = (upload.request.caller.clone(), upload.file_name.clone());
    let of = kind(&of).or_fail(&upload.request)?;
    let sent = upload.receive(&app, sign_off::may_seal(&app, &caller, of, &name, &code, &file_name)).await?;
    let people = views::signers(&app, &caller, None).await.or_fail(&sent.request)?;
    let view = move |done: &Seal| (views::seal(done, Some(&done.hash), &people), None);
    let turn = sent.turn(&app, StatusCode::CREATED, view).await?;
    let done = sign_off::seal(&app, &turn.caller(), of, &name, &code, &file_name, sent.body).await;
    turn.answer(done).await
}

/// The content of a sealed scan, to be saved.
#[utoipa::path(get, path = "/sealed/{kind}/{name}/seals/{id}", tag = "sign_off",
    params(("kind" = String, Path), ("name" = String, Path), ("id" = String, Path)), responses(
    (status = 200, content_type = "application/octet-stream"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn download_seal(
    State(app): State<App>,
    Path((of, name, id)): Path<(String, String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let of = kind(&of).or_fail(&request)?;
    let (file, content) =
        sign_off::download(&app, &request.caller, of, &name, &id).await.or_fail(&request)?;
    Ok(saved(&file, content))
}

/// Notes how many copies on paper are asked for, and when they came.
#[utoipa::path(post, path = "/sealed/{kind}/{name}/paper", tag = "sign_off",
    params(("kind" = String, Path), ("name" = String, Path)), request_body = Paper, responses(
    (status = 200, body = PaperView),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn note_paper(
    State(app): State<App>,
    Path((of, name)): Path<(String, String)>,
    sent: Sent<Paper>,
) -> Result<Response, Failure> {
    let of = kind(&of).or_fail(&sent.request)?;
    let view = |done: &Sheet| (views::paper(Some(done)), None);
    let turn = sent.turn(&app, StatusCode::OK, view).await?;
    let done = sign_off::note(&app, &turn.caller(), of, &name, &sent.body).await;
    turn.answer(done).await
}
