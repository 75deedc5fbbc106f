//! What tests stand on: real databases, a set clock, the demonstration's world, a served API.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot begin must fail loudly"
)]

mod database;

pub use database::{TestDb, postgres, sqlite};

use ronghe_app::message::Mail;
use ronghe_app::{App, Caller, Clock, Settings};
use ronghe_client::Client;
use ronghe_contract::session::SignIn;
use ronghe_domain::kernel::{Date, Instant};
use ronghe_store::Connection;

/// The day on which the demonstration stands in tests and pictures.
pub const TODAY: Date = Date::constant(2026, 3, 10);

/// The password of everyone in the demonstration of a test.
pub const PASSWORD: &str = "bronze kettle under willow";

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
        Self::serve(world(&db).await, db).await
    }

    /// The same, on a server that is no demonstration.
    pub async fn start_strict() -> Self {
        let db = sqlite().await;
        Self::serve(strict_world(&db).await, db).await
    }

    async fn serve(app: App, db: TestDb) -> Self {
        let (router, _) = ronghe_api::router(app.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { client: Client::new(&server), app, server, _db: db }
    }

    /// A client of one of the people at the demonstration's door, signed in.
    pub async fn entered(&self, login: &str) -> Client {
        let client = Client::new(&self.server);
        client.enter_demo(login).await.expect("a person at the door");
        client
    }

    /// A client of anyone in the demonstration, signed in by password.
    pub async fn signed_in(&self, login: &str) -> Client {
        let client = Client::new(&self.server);
        let (login, password) = (login.to_owned(), PASSWORD.to_owned());
        client.sign_in(&SignIn { login, password, code: None }).await.expect("a sign-in");
        client
    }

    /// A person of the demonstration, at the console.
    pub async fn person(&self, login: &str) -> Caller {
        person(&self.app, login).await
    }
}

/// The demonstration's world on `db`, with a clock that stands.
pub async fn world(db: &TestDb) -> App {
    world_of(db, true).await
}

/// The same people and documents, on a server that is no demonstration: it wants second factors and fresh
/// proofs.
pub async fn strict_world(db: &TestDb) -> App {
    world_of(db, false).await
}

async fn world_of(db: &TestDb, demo: bool) -> App {
    let door = ronghe_demo::door().expect("the demonstration's people");
    let door = door.into_iter().map(|(role, person)| (role, person.login)).collect();
    let settings = Settings {
        demo,
        door,
        key: [7; 32],
        files: db.files(),
        mail: Mail::Folder(db.mail()),
        ..Settings::default()
    };
    let app = App::new(db.db().clone(), Clock::standing_at(Instant::UNIX_EPOCH), settings);
    if let Err(error) = ronghe_demo::make(&app, TODAY, PASSWORD).await {
        panic!("the world could not be made: {error:?}");
    }
    app
}

/// Runs a statement beside the application, as someone with the database at hand could.
pub async fn tamper(app: &App, sql: &str) {
    let transaction = app.db().begin().await.expect("a transaction");
    transaction.execute_unprepared(sql).await.expect("a statement that holds");
    transaction.commit().await.expect("a commit");
}

/// A person of the demonstration, at the console.
pub async fn person(app: &App, login: &str) -> Caller {
    let account = ronghe_store::account::by_login(app.db().reader(), login)
        .await
        .expect("a person of the demonstration");
    Caller::at_console(account.actor(), "test")
}
