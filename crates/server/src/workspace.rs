//! The workspace at `/app`: one page for every address, and its files, which are named by their content.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

/// What a page of ours may do: run what the server sent, and speak to the server.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// In debug builds the files are read from their folder, in release builds they are part of the binary.
#[derive(RustEmbed)]
#[folder = "$RONGHE_WEB_DIST"]
struct Files;

/// Routes of the workspace; they stand outside compression, for their files are packed already.
pub(crate) fn routes() -> Router {
    Router::new()
        .route("/app", get(page))
        .route("/app/", get(page))
        .route("/app/assets/{*path}", get(file))
        .route("/app/{*path}", get(page))
}

/// The page, whatever the address: it looks at the address itself.
async fn page(request: Request) -> Response {
    match sent("index.html", request.headers(), "no-cache") {
        Some(mut response) => {
            let headers = response.headers_mut();
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
            response
        }
        None => {
            let words = "The workspace was not built: `cargo xtask web`.\n";
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
    }
}

async fn file(request: Request) -> Response {
    let name = request.uri().path().trim_start_matches("/app/assets/").to_owned();
    let sent = sent(&name, request.headers(), "public, max-age=31536000, immutable");
    sent.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// A file, packed where the browser takes that.
fn sent(name: &str, asked: &HeaderMap, cache: &'static str) -> Option<Response> {
    let encodings = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes_brotli = encodings.split(',').any(|one| one.split(';').next().map(str::trim) == Some("br"));
    let packed = if takes_brotli { Files::get(&format!("{name}.br")) } else { None };
    let is_packed = packed.is_some();
    let found = packed.or_else(|| Files::get(name))?;
    let mut response = found.data.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Some(response)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
