//! Tables that are filled in: `.xlsx` out to be saved, and in within a body.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_app::Error;
use ronghe_app::files::Content;
use ronghe_domain::export::Form;
use ronghe_domain::kernel::FieldProblem;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

/// Media type of `.xlsx`.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Media type of CSV.
const CSV: &str = "text/csv; charset=utf-8";
/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// A table to be saved under `name`.
pub(crate) fn download(name: &str, bytes: Vec<u8>) -> Response {
    saved(XLSX, name, bytes)
}

/// The same as CSV.
pub(crate) fn download_csv(name: &str, bytes: Vec<u8>) -> Response {
    saved(CSV, name, bytes)
}

/// The same of a file that lies ready, piece by piece.
pub(crate) fn stream(form: Form, size: u64, content: Content) -> Response {
    let (media, name) = match form {
        Form::Xlsx => (XLSX, "needs.xlsx"),
        Form::Csv => (CSV, "needs.csv"),
    };
    let pieces = ReaderStream::with_capacity(content.take(size), PIECE);
    // A file that is not what it was breaks off, and is not taken for whole.
    ([(CONTENT_LENGTH, size.to_string())], saved(media, name, Body::from_stream(pieces))).into_response()
}

fn saved(media: &str, name: &str, bytes: impl IntoResponse) -> Response {
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
