//! The portal over HTTP: every address is rendered from the register; answers carry an ETag.

use crate::assets::{CSS, CSS_PATH, ICON, short_hash};
use crate::pages::need_list::questions::need_at;
use crate::pages::{Beside, Page, render_with};
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ronghe_app::{App, Error, Register, meeting, need, question};
use ronghe_text::Lang;
use std::sync::Arc;

/// No script at all; pictures of tags are masks within the style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// The public pages and what they load.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/assets/icon.svg", get(|| async { asset("image/svg+xml", ICON, "public, max-age=86400") }))
        .route(
            &CSS_PATH,
            get(|| async { asset("text/css; charset=utf-8", CSS, "public, max-age=31536000, immutable") }),
        )
        .fallback(page)
        .with_state(app)
}

fn asset(kind: &'static str, body: &'static str, cache: &'static str) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, cache)], body).into_response()
}

async fn page(
    State(app): State<App>,
    Query(query): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path();
    let (lang, path) = match path.strip_prefix("/en") {
        Some("") => (Lang::En, "/"),
        Some(rest) if rest.starts_with('/') => (Lang::En, rest),
        _ => (Lang::Zh, path),
    };
    let page = match known(&app, path).await {
        Ok((register, beside)) => render_with(register, beside, lang, path, query),
        Err(error) => {
            tracing::error!(%error, "the register cannot be read");
            return (
                StatusCode::SERVICE_UNAVAILABLE,
                lang.pick("暂时不能打开，稍后再试", "Not available, try again in a moment"),
            )
                .into_response();
        }
    };
    let seen = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    answer(page, seen)
}

/// What the page at `path` is made from: the register, and what stands beside the need that it is about.
async fn known(app: &App, path: &str) -> Result<(Arc<Register>, Beside), Error> {
    let register = app.register().await?;
    let Some(need) = need_at(&register, path) else { return Ok((register, Beside::default())) };
    let beside = match question::published(app, &need).await {
        // A later version took it out.
        Err(Error::Hidden) => Beside::default(),
        found => Beside {
            questions: found?,
            meetings: meeting::published(app, &need).await?,
            left_open: need::is_left_open(app, &need).await?,
        },
    };
    Ok((register, beside))
}

fn answer(page: Page, seen: Option<&str>) -> Response {
    match page {
        Page::Moved(to) => {
            let to = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::FOUND, [(LOCATION, to)]).into_response()
        }
        Page::Html { status, html } => {
            let tag = format!("\"{}\"", short_hash(&html));
            let headers = [
                (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
                (CACHE_CONTROL, "no-cache".to_owned()),
                (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
                (ETAG, tag.clone()),
            ];
            if status == 200 && seen == Some(tag.as_str()) {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
            (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), headers, html).into_response()
        }
        Page::File { kind, name, body } => {
            let headers = [
                (CONTENT_TYPE, kind.to_owned()),
                (CACHE_CONTROL, "no-cache".to_owned()),
                (axum::http::header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, body).into_response()
        }
    }
}
