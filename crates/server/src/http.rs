//! The whole server: routes, limits, headers that hold everywhere, a graceful stop.

use crate::config::Config;
use crate::health::{self, Counts};
use anyhow::{Context, Result, bail};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{HeaderName, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use ronghe_api::RequestId;
use ronghe_app::{App, Clock, Settings};
use ronghe_store::Db;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use uuid::Uuid;

/// Largest body of a JSON request, in bytes.
const BODY: usize = 1024 * 1024;
/// Longest time for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub(crate) async fn serve(config: &Config, migrate: bool, demo: bool) -> Result<()> {
    make_folder(&config.database)?;
    let db = Db::connect(&config.database).await.context("cannot open the database")?;
    if migrate {
        db.migrate().await.context("cannot bring the schema up to date")?;
    }
    let missing = db.pending_migrations().await.context("cannot read the schema")?;
    if missing > 0 {
        bail!("the schema is {missing} steps behind; run `ronghed migrate` or start with --migrate");
    }
    let settings = Settings { demo, ..Settings::default() };
    run(config, App::new(db, Clock::Real, settings)).await
}

/// Brings the schema up to date.
pub(crate) async fn migrate(config: &Config) -> Result<()> {
    make_folder(&config.database)?;
    let db = Db::connect(&config.database).await.context("cannot open the database")?;
    db.migrate().await.context("cannot bring the schema up to date")
}

/// Makes the folder of an embedded database.
pub(crate) fn make_folder(database: &str) -> Result<()> {
    let Some(file) = database.strip_prefix("sqlite:") else { return Ok(()) };
    let folder =
        Path::new(file.trim_start_matches("//")).parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), |folder| {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))
    })
}

/// Serves `app` until Ctrl-C or SIGTERM; answers under way are finished.
pub(crate) async fn run(config: &Config, app: App) -> Result<()> {
    let counts = Arc::new(Counts::default());
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    if config.metrics.port() != 0 {
        let metrics = TcpListener::bind(config.metrics)
            .await
            .with_context(|| format!("cannot listen on {} for metrics", config.metrics))?;
        let routes = health::metrics(Arc::clone(&counts));
        tokio::spawn(async move { axum::serve(metrics, routes).await });
    }
    tracing::info!(listen = %config.listen, database = config.without_password(), "serving");
    axum::serve(listener, router(app, counts)).with_graceful_shutdown(stop()).await.context("serving failed")
}

/// Every route with what holds for all of them.
pub(crate) fn router(app: App, counts: Arc<Counts>) -> Router {
    let (api, document) = ronghe_api::router(app.clone());
    Router::new()
        .merge(api)
        .route("/api/v1/openapi.json", get(move || async move { Json(document) }))
        .merge(health::routes(app.clone()))
        .merge(ronghe_portal::router(app))
        .layer(CompressionLayer::new())
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(middleware::from_fn_with_state(counts, around))
}

/// Around every request: its id, its headers, its line in the log.
async fn around(State(counts): State<Arc<Counts>>, mut request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().simple().to_string();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));
    let began = Instant::now();
    let mut response = next.run(request).await;
    let took = began.elapsed();
    counts.answer(response.status(), took);
    tracing::debug!(%method, path, status = response.status().as_u16(), ms = took.as_millis(), request = id, "answered");
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    for (name, value) in [
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
