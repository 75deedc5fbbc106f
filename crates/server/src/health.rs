//! Whether the server lives and can serve, and what it has counted.

use crate::backup::Watch;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use ronghe_app::{App, message};
use ronghe_domain::audit::failure::Failure;
use ronghe_domain::message::mail::State as Mail;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What was counted since the start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    answers: [AtomicU64; 5],
    micros: AtomicU64,
}

impl Counts {
    /// Counts an answer by the class of its status.
    pub(crate) fn answer(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(count) = self.answers.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn text(&self) -> String {
        let mut text = String::from(
            "# HELP ronghe_answers_total Answers by class of status.\n# TYPE ronghe_answers_total counter\n",
        );
        for (class, count) in (1..).zip(&self.answers) {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "ronghe_answers_total{{class=\"{class}xx\"}} {}",
                count.load(Ordering::Relaxed)
            );
        }
        text.push_str("# HELP ronghe_answer_microseconds_total Time spent on answers.\n# TYPE ronghe_answer_microseconds_total counter\n");
        let _ = writeln!(text, "ronghe_answer_microseconds_total {}", self.micros.load(Ordering::Relaxed));
        text
    }
}

/// `/healthz` lives; `/readyz` asks whether the database writes and has this schema.
pub(crate) fn routes(app: App) -> Router {
    let ready = Arc::new(Ready { app, last: Mutex::default() });
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(is_ready)).with_state(ready)
}

/// `/metrics`, for a port of its own.
pub(crate) fn metrics(app: App, counts: Arc<Counts>, watch: Option<Arc<Watch>>) -> Router {
    Router::new().route("/metrics", get(show)).with_state((app, counts, watch))
}

/// What is counted, and by whom.
type Counted = (App, Arc<Counts>, Option<Arc<Watch>>);

async fn show(State((app, counts, watch)): State<Counted>) -> impl IntoResponse {
    let mut text = counts.text();
    text.push_str("# HELP ronghe_mails Mail of the outbox by where it stands.\n# TYPE ronghe_mails gauge\n");
    text.push_str(&failures(&app));
    text.push_str(&room(&app));
    if let Some(watch) = watch {
        text.push_str(&watch.standing().metrics(app.now()));
    }
    for (state, name) in [(Mail::Waiting, "waiting"), (Mail::Failed, "failed")] {
        // What the database does not say is left out: a wrong number would calm.
        if let Ok(count) = message::count(&app, state).await {
            let _ = writeln!(text, "ronghe_mails{{state=\"{name}\"}} {count}");
        }
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// Free bytes at the fullest place.
fn room(app: &App) -> String {
    app.room().free().map_or_else(String::new, |free| {
        format!(
            "# HELP ronghe_free_bytes Free bytes on the fullest disk that is written to.\n# TYPE ronghe_free_bytes gauge\nronghe_free_bytes {free}\n"
        )
    })
}

/// What failed at the door.
fn failures(app: &App) -> String {
    let mut text = String::from(
        "# HELP ronghe_failures_total Failures of people who are not signed in, by kind.\n# TYPE ronghe_failures_total counter\n",
    );
    let counted = app.failures();
    for failure in Failure::ALL {
        let count = counted.get(&failure).copied().unwrap_or_default();
        let _ = writeln!(text, "ronghe_failures_total{{kind=\"{}\"}} {count}", failure.name());
    }
    text
}

/// An answer of `/readyz` and when it was found.
type Found = (Instant, (StatusCode, &'static str));

/// Whether the server can serve, as it was found last: the question writes, and anyone may ask it.
struct Ready {
    app: App,
    last: Mutex<Option<Found>>,
}

/// How long an answer of `/readyz` stands.
const STANDS: Duration = Duration::from_secs(2);

async fn is_ready(State(ready): State<Arc<Ready>>) -> (StatusCode, &'static str) {
    let mut last = ready.last.lock().await;
    match *last {
        Some((at, answer)) if at.elapsed() < STANDS => answer,
        _ => last.insert((Instant::now(), look(&ready.app).await)).1,
    }
}

async fn look(app: &App) -> (StatusCode, &'static str) {
    if app.room().for_commands().is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "a disk is nearly full: commands are refused");
    }
    match (app.db().ping().await, app.db().pending_migrations().await) {
        (Ok(()), Ok(0)) => (StatusCode::OK, "ready"),
        (Ok(()), Ok(_)) => (StatusCode::SERVICE_UNAVAILABLE, "schema is behind: ronghed migrate"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database does not write"),
    }
}
