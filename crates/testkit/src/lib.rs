//! What tests stand on: real databases, a set clock, the demonstration's world, a served API.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot begin must fail loudly"
)]

mod database;

pub use database::{TestDb, postgres, sqlite};

use ronghe_app::{App, Caller, Clock, Settings};
use ronghe_client::Client;
use ronghe_domain::kernel::{Date, Instant};

/// The day on which the demonstration stands in tests and pictures.
pub const TODAY: Date = Date::constant(2026, 3, 10);

/// Makes each test twice: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! db_test {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                let body = $body;
                body($crate::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                let body = $body;
                body($crate::postgres().await).await;
            }
        }
    };
}

/// The demonstration's world on a database of its own, and its API on a port of its own.
pub struct TestApp {
    pub app: App,
    /// Where the API answers.
    pub server: String,
    /// The typed client, as web and command line use it.
    pub client: Client,
    _db: TestDb,
}

impl TestApp {
    /// Makes the world and serves it.
    pub async fn start() -> Self {
        let db = sqlite().await;
        let app = world(&db).await;
        let (router, _) = ronghe_api::router(app.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { client: Client::new(&server), app, server, _db: db }
    }

    /// A person of the demonstration, at the console.
    pub async fn person(&self, login: &str) -> Caller {
        person(&self.app, login).await
    }
}

/// The demonstration's world on `db`, with a clock that stands.
pub async fn world(db: &TestDb) -> App {
    let app = App::new(
        db.db().clone(),
        Clock::standing_at(Instant::UNIX_EPOCH),
        Settings { demo: true, ..Settings::default() },
    );
    if let Err(error) = ronghe_demo::make(&app, TODAY).await {
        panic!("the world could not be made: {error:?}");
    }
    app
}

/// A person of the demonstration, at the console.
pub async fn person(app: &App, login: &str) -> Caller {
    let account = ronghe_store::account::by_login(app.db().reader(), login)
        .await
        .expect("a person of the demonstration");
    Caller::at_console(account.actor(), "test")
}
