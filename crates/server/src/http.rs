//! The whole server: routes, limits, headers that hold everywhere, a graceful stop.

use crate::config::Config;
use crate::console;
use crate::health::{self, Counts};
use crate::workspace;
use anyhow::{Context, Result, bail};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use ronghe_api::{Address, RequestId};
use ronghe_app::message::{self, Mail};
use ronghe_app::{App, Clock, Pace, Settings, files, once};
use ronghe_domain::attachment::Kind;
use ronghe_store::Db;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use uuid::Uuid;

/// Largest body beside the API, in bytes; its operations have limits of their own, and say them.
const BODY: usize = 1024 * 1024;
/// Longest time for one answer; a file may take longer to come in, see [`ronghe_api::is_upload`].
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub(crate) async fn serve(config: &Config, migrate: bool, demo: bool) -> Result<()> {
    let db = open(config).await?;
    if migrate {
        db.migrate().await.context("cannot bring the schema up to date")?;
    }
    let missing = db.pending_migrations().await.context("cannot read the schema")?;
    if missing > 0 {
        bail!("the schema is {missing} steps behind; run `ronghed migrate` or start with --migrate");
    }
    let app = App::new(db, Clock::Real, settings(config, demo)?);
    match (app.is_demonstration().await?, demo) {
        (true, false) => bail!("database: it holds a demonstration; serve it with --demo, on loopback only"),
        (false, true) => bail!("database: it holds no demonstration; leave --demo out"),
        (true, true) if !config.listen.ip().is_loopback() => {
            bail!("listen: a demonstration serves this machine only, give a loopback address")
        }
        _ => run(config, app).await,
    }
}

/// Opens the database, with the folder of an embedded one.
pub(crate) async fn open(config: &Config) -> Result<Db> {
    make_folder(&config.database)?;
    Db::connect(&config.database).await.context("cannot open the database")
}

/// What the application must know of the configuration.
pub(crate) fn settings(config: &Config, demo: bool) -> Result<Settings> {
    let door = if demo { ronghe_demo::door()? } else { Vec::new() };
    let door = door.into_iter().map(|(role, person)| (role, person.login)).collect();
    let reader = Some(std::env::current_exe().context("cannot find this program")?);
    Ok(Settings {
        demo,
        door,
        public_url: config.public_url.clone(),
        key: console::key(config)?,
        reader,
        files: config.files.clone(),
        scanner: config.scanner.clone(),
        mail: match &config.smtp {
            Some(server) => Mail::Smtp(server.server()),
            None => config.mail.clone().map_or(Mail::Off, Mail::Folder),
        },
        pace: Pace { requests: config.requests_per_minute, writes: config.writes_per_minute },
    })
}

/// Brings the schema up to date.
pub(crate) async fn migrate(config: &Config) -> Result<()> {
    let db = open(config).await?;
    db.migrate().await.context("cannot bring the schema up to date")
}

/// Makes the folder of an embedded database.
fn make_folder(database: &str) -> Result<()> {
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
    keeps_what_it_confirms(config, &app).await?;
    let counts = Arc::new(Counts::default());
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    if config.metrics.port() != 0 {
        let metrics = TcpListener::bind(config.metrics)
            .await
            .with_context(|| format!("cannot listen on {} for metrics", config.metrics))?;
        let routes = health::metrics(app.clone(), Arc::clone(&counts));
        tokio::spawn(async move { axum::serve(metrics, routes).await });
    }
    tokio::spawn(tidy_up(app.clone()));
    tokio::spawn(mail(app.clone()));
    tracing::info!(listen = %config.listen, database = config.without_password(), "serving");
    let routes = router(app, config, counts).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, routes).with_graceful_shutdown(stop()).await.context("serving failed")
}

/// A database that may lose what it has confirmed is served only where the operator says so.
async fn keeps_what_it_confirms(config: &Config, app: &App) -> Result<()> {
    let careless = app.db().careless().await.context("cannot read the database's settings")?.join(", ");
    if careless.is_empty() {
        return Ok(());
    }
    if !config.may_lose_data {
        bail!(
            "database: {careless} off, so that what it has confirmed can be lost; switch it on, or give \
             --may-lose-data for a test or a demonstration"
        );
    }
    tracing::warn!(careless, "this database may lose what it has confirmed");
    Ok(())
}

/// Mails what waits in the outbox, every few seconds.
async fn mail(app: App) {
    let mut turns = tokio::time::interval(Duration::from_secs(10));
    loop {
        turns.tick().await;
        if let Err(error) = message::deliver(&app).await {
            tracing::warn!(%error, "the outbox could not be read");
        }
    }
}

/// Every hour, what is no longer needed is forgotten.
async fn tidy_up(app: App) {
    let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hours.tick().await;
        match once::forget(&app).await {
            Ok(0) => {}
            Ok(answers) => tracing::info!(answers, "forgot kept answers"),
            Err(error) => tracing::warn!(%error, "could not forget kept answers"),
        }
        match files::remove_strays(&app).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "removed uploads that never ended"),
            Err(error) => tracing::warn!(%error, "could not look for uploads that never ended"),
        }
    }
}

/// Every route with what holds for all of them.
pub(crate) fn router(app: App, config: &Config, counts: Arc<Counts>) -> Router {
    let (api, document) = ronghe_api::router(app.clone());
    Router::new()
        .merge(health::routes(app.clone()))
        .merge(ronghe_portal::router(app))
        .layer(RequestBodyLimitLayer::new(BODY))
        .merge(api)
        .route("/api/v1/openapi.json", get(move || async move { Json(document) }))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .merge(workspace::routes())
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(
            Around { counts, proxies: config.trusted_proxies.clone() },
            around,
        ))
}

/// What people attached is packed already, and goes out with its length.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    Kind::ALL.iter().all(|kind| Some(kind.media_type()) != media)
}

/// Answers within the server's patience, or says that it cannot.
async fn in_time(request: Request, next: Next) -> Response {
    if ronghe_api::is_upload(request.headers()) {
        return next.run(request).await;
    }
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// What stands around every request.
#[derive(Clone)]
struct Around {
    counts: Arc<Counts>,
    proxies: Vec<IpAddr>,
}

/// Around every request: its id, its headers, its line in the log.
async fn around(State(around): State<Around>, mut request: Request, next: Next) -> Response {
    let address = address(&request, &around.proxies);
    request.extensions_mut().insert(Address(address));
    let id = Uuid::new_v4().simple().to_string();
    let (method, path) = (request.method().clone(), without_code(request.uri().path()).to_owned());
    let is_api = path.starts_with("/api/");
    request.extensions_mut().insert(RequestId(id.clone()));
    let began = Instant::now();
    let mut response = next.run(request).await;
    let took = began.elapsed();
    around.counts.answer(response.status(), took);
    tracing::debug!(%method, path, status = response.status().as_u16(), ms = took.as_millis(), request = id, "answered");
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    if is_api {
        // What one person may see stays in no cache for the next.
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    for (name, value) in [
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
        ),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// The path as the log may keep it: whoever reads the log must not set a password by a link that stands in it.
fn without_code(path: &str) -> &str {
    match path.find("/links/") {
        Some(at) => path.get(..at + "/links".len()).unwrap_or_default(),
        None => path,
    }
}

/// Where a request comes from: a proxy's word counts only where the operator trusts the proxy.
fn address(request: &Request, proxies: &[IpAddr]) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let claimed = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim);
    match (peer, claimed.and_then(|text| text.parse::<IpAddr>().ok())) {
        (Some(peer), Some(claimed)) if proxies.contains(&peer) => claimed.to_string(),
        (Some(peer), _) => peer.to_string(),
        (None, _) => String::new(),
    }
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

#[cfg(test)]
mod tests {
    use super::without_code;

    #[test]
    fn the_log_holds_no_code_of_a_link() {
        assert_eq!(without_code("/api/v1/links/abc"), "/api/v1/links");
        assert_eq!(without_code("/app/links/abc/x"), "/app/links");
        assert_eq!(without_code("/needs/N2026-0001"), "/needs/N2026-0001");
    }
}
