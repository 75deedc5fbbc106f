//! The whole server: routes, limits, headers that hold everywhere, a graceful stop.

use crate::alone::{self, Alone};
use crate::backup::{self, Watch};
use crate::config::Config;
use crate::connections;
use crate::console;
use crate::health::{self, Counts};
use crate::jobs;
use crate::workspace;
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ronghe_api::{Address, PROBLEM_JSON, RequestId, busy, worded};
use ronghe_app::message::Mail;
use ronghe_app::room::Room;
use ronghe_app::{App, AtOnce, Clock, Pace, Settings, key};
use ronghe_domain::attachment::Kind;
use ronghe_store::Db;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use uuid::Uuid;

/// Largest body beside the API, in bytes; its operations have limits of their own, and say them.
const BODY: usize = 1024 * 1024;
/// What is no page of ours runs nothing and loads nothing, should a browser show it as one.
const NO_PAGE: &str = "sandbox; default-src 'none'";
/// Requests under way at once; one more is asked to come again.
const IN_FLIGHT: usize = 512;
/// Longest time for one answer; a file may take longer to come in, see [`ronghe_api::is_upload`].
const PATIENCE: Duration = Duration::from_secs(10);
/// The same for what takes a file over a slow line and looks at it.
const LONG_PATIENCE: Duration = Duration::from_secs(10 * 60);

/// How the schema is brought up to date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migrate {
    /// A copy of the database is kept first.
    pub(crate) keep: bool,
}

impl Migrate {
    async fn run(self, config: &Config, db: &Db) -> Result<()> {
        if self.keep
            && let Some(kept) = backup::keep_first(config, db).await?
        {
            tracing::info!(copy = %kept.display(), "kept the database as it was");
        }
        db.migrate().await.context("cannot bring the schema up to date")
    }
}

/// Serves until it is told to stop.
pub(crate) async fn serve(config: &Config, migrate: Option<Migrate>, demo: bool) -> Result<()> {
    make_folder(&config.database)?;
    let alone = alone::hold_or_fail(config)?;
    let db = open(config).await?;
    if let Some(migrate) = migrate {
        migrate.run(config, &db).await?;
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
        _ => run(config, app, alone).await,
    }
}

/// Opens the database.
pub(crate) async fn open(config: &Config) -> Result<Db> {
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
        at_once: AtOnce::default(),
        room: Room { places: places(config), ..Room::default() },
        pace: Pace {
            requests: config.requests_per_minute,
            writes: config.writes_per_minute,
            exports: config.exports_per_hour,
        },
    })
}

/// Where this server writes: files, and the embedded database.
pub(crate) fn places(config: &Config) -> Vec<PathBuf> {
    let mut places = vec![config.files.clone()];
    places.extend(alone::folder(&config.database));
    places
}

/// Brings the schema up to date.
pub(crate) async fn migrate(config: &Config, migrate: Migrate) -> Result<()> {
    make_folder(&config.database)?;
    let _alone = alone::hold_or_fail(config)?;
    migrate.run(config, &open(config).await?).await
}

/// Makes the folder of an embedded database.
pub(crate) fn make_folder(database: &str) -> Result<()> {
    alone::folder(database).map_or(Ok(()), |folder| {
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))
    })
}

/// Serves `app` until Ctrl-C or SIGTERM; answers under way are finished. The database's lock is held as long.
pub(crate) async fn run(config: &Config, app: App, _alone: Alone) -> Result<()> {
    keeps_what_it_confirms(config, &app).await?;
    console::opens(config, &app).await?;
    seal_open(&app).await?;
    let counts = Arc::new(Counts::default());
    backup::sweep(config);
    let watch = Watch::of(config);
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    if config.metrics.port() != 0 {
        let metrics = TcpListener::bind(config.metrics)
            .await
            .with_context(|| format!("cannot listen on {} for metrics", config.metrics))?;
        let routes = health::metrics(app.clone(), Arc::clone(&counts), watch.clone());
        tokio::spawn(async move { axum::serve(metrics, routes).await });
    }
    #[cfg(unix)]
    let _socket = console::socket::listen(config, &app, watch.as_ref())?;
    jobs::begin(&app, watch);
    tracing::info!(listen = %config.listen, database = config.without_password(), "serving");
    connections::serve(listener, router(app.clone(), config, counts)?, stop()).await;
    jobs::write_down_now(&app).await;
    Ok(())
}

/// Telephones of a database from before they were sealed.
async fn seal_open(app: &App) -> Result<()> {
    let rows = key::seal_open(app).await.context("the telephones that lie open cannot be sealed")?;
    if rows > 0 {
        tracing::info!(rows, "sealed the telephones that lay open");
    }
    Ok(())
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

/// Every route with what holds for all of them.
///
/// # Errors
/// Where the API's description cannot be written.
pub(crate) fn router(app: App, config: &Config, counts: Arc<Counts>) -> Result<Router> {
    let (api, document) = ronghe_api::router(app.clone());
    // As text it takes a tenth of the memory, and no request makes a copy of it.
    let document = document.to_json().map(Bytes::from).context("the API cannot be described")?;
    let described = move || async move { ([(CONTENT_TYPE, "application/json")], document.clone()) };
    Ok(Router::new()
        .merge(health::routes(app.clone()))
        .merge(ronghe_portal::router(app))
        .layer(RequestBodyLimitLayer::new(BODY))
        .merge(api)
        .route("/api/v1/openapi.json", get(described))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .merge(workspace::routes())
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(
            Around {
                counts,
                proxies: config.trusted_proxies.clone(),
                in_flight: Arc::new(Semaphore::new(IN_FLIGHT)),
            },
            around,
        )))
}

/// What people attached is packed already, and goes out with its length.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    Kind::ALL.iter().all(|kind| Some(kind.media_type()) != media)
}

/// Answers in time, or says that it did not; what changes something goes on to its end.
async fn in_time(request: Request, next: Next) -> Response {
    if ronghe_api::is_upload(request.headers()) {
        return next.run(request).await;
    }
    let takes_long = ronghe_api::takes_long(request.method(), request.uri().path());
    let patience = if takes_long { LONG_PATIENCE } else { PATIENCE };
    let done = tokio::time::timeout(patience, next.run(request)).await;
    done.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// What stands around every request.
#[derive(Clone)]
struct Around {
    counts: Arc<Counts>,
    proxies: Vec<IpAddr>,
    /// A turn for each request under way.
    in_flight: Arc<Semaphore>,
}

/// Around every request: its id, its headers, its line in the log.
async fn around(State(around): State<Around>, mut request: Request, next: Next) -> Response {
    let address = address(&request, &around.proxies);
    request.extensions_mut().insert(Address(address));
    let id = Uuid::new_v4().simple().to_string();
    let (method, path) = (request.method().clone(), without_code(request.uri().path()).to_owned());
    let is_api = path.starts_with("/api/");
    let language = request.headers().get(ACCEPT_LANGUAGE).cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let began = Instant::now();
    let language = language.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = match around.in_flight.try_acquire() {
        Ok(_turn) => next.run(request).await,
        Err(_) => busy(language, &id),
    };
    let took = began.elapsed();
    if is_api && is_bare(&response) {
        let mut said = worded(response.status(), u64::try_from(BODY).unwrap_or(u64::MAX), language, &id);
        if let Some(allow) = response.headers_mut().remove(ALLOW) {
            said.headers_mut().insert(ALLOW, allow);
        }
        response = said;
    }
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
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
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

/// Whether it is a refusal without words, by what stands around the operations.
fn is_bare(response: &Response) -> bool {
    let media = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let status = response.status();
    (status.is_client_error() || status.is_server_error()) && media != Some(PROBLEM_JSON)
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
    let lines = request.headers().get_all("x-forwarded-for").iter();
    let claimed: Vec<&str> =
        lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).map(str::trim).collect();
    peer.map_or_else(String::new, |peer| behind(peer, &claimed, proxies).to_string())
}

/// Each trusted proxy adds whom it heard at the end of the list: the last one who is no proxy is who asks.
/// What stands before that anybody could have written.
fn behind(peer: IpAddr, claimed: &[&str], proxies: &[IpAddr]) -> IpAddr {
    let mut found = peer;
    for text in claimed.iter().rev() {
        let Ok(before) = text.parse::<IpAddr>() else { break };
        if !proxies.contains(&found) {
            break;
        }
        found = before.to_canonical();
    }
    found
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
    use super::{Around, Counts, around, behind, without_code};
    use axum::Router;
    use axum::body::Body;
    use axum::extract::Request;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use std::net::IpAddr;
    use std::sync::Arc;
    use tokio::sync::Semaphore;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_request_too_many_is_asked_to_come_again() {
        let ask = async |turns: usize| {
            let counts = Arc::new(Counts::default());
            let state = Around { counts, proxies: Vec::new(), in_flight: Arc::new(Semaphore::new(turns)) };
            let routes = Router::new().route("/api/v1/x", get(|| async { "done" }));
            let routes = routes.layer(from_fn_with_state(state, around));
            let request = Request::builder().uri("/api/v1/x").body(Body::empty()).unwrap();
            let answer = routes.oneshot(request).await.unwrap();
            let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
            (answer.status().as_u16(), header("retry-after"), header("content-type"))
        };
        assert_eq!(ask(1).await.0, 200);
        let problem = Some("application/problem+json".to_owned());
        assert_eq!(ask(0).await, (503, Some("1".to_owned()), problem));
    }

    #[test]
    fn only_trusted_proxies_are_believed_and_only_what_they_added() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = [address("10.0.0.1"), address("10.0.0.2")];
        let check = |peer: &str, claimed: &[&str], expected: &str| {
            assert_eq!(behind(address(peer), claimed, &proxies), address(expected), "{peer} {claimed:?}");
        };
        check("192.0.2.7", &["198.51.100.9"], "192.0.2.7");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["203.0.113.5"], "203.0.113.5");
        check("10.0.0.1", &["6.6.6.6", "203.0.113.5"], "203.0.113.5");
        check("10.0.0.1", &["6.6.6.6", "203.0.113.5", "10.0.0.2"], "203.0.113.5");
        check("10.0.0.1", &["6.6.6.6", "unknown"], "10.0.0.1");
    }

    #[test]
    fn the_log_holds_no_code_of_a_link() {
        assert_eq!(without_code("/api/v1/links/abc"), "/api/v1/links");
        assert_eq!(without_code("/app/links/abc/x"), "/app/links");
        assert_eq!(without_code("/needs/N2026-0001"), "/needs/N2026-0001");
    }
}
