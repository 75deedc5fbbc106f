//! Tables that are filled in: `.xlsx` out to be saved, and in within a body.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_app::Error;
use ronghe_domain::kernel::FieldProblem;

/// Media type of `.xlsx`.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A table to be saved under `name`.
pub(crate) fn download(name: &str, bytes: Vec<u8>) -> Response {
    saved(XLSX, name, bytes)
}

/// The same as CSV.
pub(crate) fn download_csv(name: &str, bytes: Vec<u8>) -> Response {
    saved("text/csv; charset=utf-8", name, bytes)
}

fn saved(media: &str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// The bytes of a file that stands in a body, in base64.
///
/// # Errors
/// Where it is no base64.
pub(crate) fn bytes(file: &str) -> Result<Vec<u8>, Error> {
    STANDARD.decode(file.trim()).map_err(|_| Error::field("file", FieldProblem::Unreadable))
}
