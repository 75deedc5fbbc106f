//! What tests stand on: real databases, a set clock, the demonstration's world, a served API.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot begin must fail loudly"
)]

mod applying;
mod database;
pub mod proofs;
mod texts;

pub use applying::{accepting, act_on, filled, hidden_application, sealed_page, this_year};
pub use database::{TestDb, postgres, sqlite};
pub use texts::texts;

use ronghe_app::message::Mail;
use ronghe_app::{App, AtOnce, Caller, Clock, Pace, Settings};
use ronghe_client::Client;
use ronghe_contract::session::SignIn;
use ronghe_demo::Size;
use ronghe_domain::account::Account;
use ronghe_domain::account::rules::Reach;
use ronghe_domain::kernel::{Date, Instant, Role};
use ronghe_domain::need::{IndicatorDraft, NeedDraft, Stage};
use ronghe_domain::policy::forms::Form;
use ronghe_store::account::Filter;
use ronghe_store::{Backend, Connection, Db, Transaction};
use std::collections::BTreeSet;

/// The day on which the demonstration stands in tests and pictures.
pub const TODAY: Date = Date::constant(2026, 3, 10);

/// Looks at the database before a command counts as not waiting.
const LOOKS: usize = 2_000;

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

    /// The same on `db`.
    pub async fn start_on(db: TestDb) -> Self {
        Self::serve(world(&db).await, db).await
    }

    /// The same on `db`, on a server that lets everyone ask as often as they like.
    pub async fn start_unhurried(db: TestDb) -> Self {
        let app = world_of(&db, |settings| settings.pace = Pace { requests: 0, writes: 0, exports: 0 }).await;
        Self::serve(app, db).await
    }

    /// The same on `db`, on a server for which lists of more than `rows` rows are long.
    pub async fn start_brief(db: TestDb, rows: u64) -> Self {
        let app = world_of(&db, |settings| settings.at_once = AtOnce(rows)).await;
        Self::serve(app, db).await
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

    /// Opens the seals that are due, as a server does by itself; of how many cycles.
    pub async fn open_due(&self) -> usize {
        ronghe_app::application::open_due(&self.app).await.expect("seals that open")
    }

    /// Makes the lists that were asked for in the background, as a server does by itself; how many.
    pub async fn export_due(&self) -> u64 {
        ronghe_app::export::run_due(&self.app).await.expect("exports that are made")
    }

    /// A copy of this world as it is now: from here on each goes its own way.
    pub async fn beside(&self) -> (App, TestDb) {
        world_beside(&self.app, &self._db, |_| {}).await
    }

    /// A person of the demonstration, at the console.
    pub async fn person(&self, login: &str) -> Caller {
        person(&self.app, login).await
    }
}

/// The demonstration's world on `db`, with a clock that stands.
pub async fn world(db: &TestDb) -> App {
    world_of(db, |_| {}).await
}

/// What `app` is, on a copy of its database `db`: from here on each goes its own way.
pub async fn world_beside(
    app: &App,
    db: &TestDb,
    watch: impl Fn(&str) + Send + Sync + 'static,
) -> (App, TestDb) {
    let copy = db.copied(watch).await;
    let settings = Settings { pace: Pace { requests: 0, writes: 0, exports: 0 }, ..settings(&copy) };
    (App::new(copy.db().clone(), Clock::standing_at(app.now()), settings), copy)
}

/// The same people and documents, on a server that is no demonstration: it wants second factors and fresh
/// proofs.
pub async fn strict_world(db: &TestDb) -> App {
    world_of(db, |settings| settings.demo = false).await
}

/// What an operator sets for a demonstration on `db`.
fn settings(db: &TestDb) -> Settings {
    let door = ronghe_demo::door().expect("the demonstration's people");
    let door = door.into_iter().map(|(role, person)| (role, person.login)).collect();
    let (files, mail) = (db.files(), Mail::Folder(db.mail()));
    Settings { demo: true, door, key: [7; 32], files, mail, ..Settings::default() }
}

/// The whole year and the one before it, as `ronghed demo` makes them.
pub async fn whole_world(db: &TestDb) -> App {
    made(db, settings(db), Size::Whole).await
}

async fn world_of(db: &TestDb, set: impl FnOnce(&mut Settings)) -> App {
    let mut settings = settings(db);
    set(&mut settings);
    made(db, settings, Size::Small).await
}

async fn made(db: &TestDb, settings: Settings, size: Size) -> App {
    let app = App::new(db.db().clone(), Clock::standing_at(Instant::UNIX_EPOCH), settings);
    if let Err(error) = ronghe_demo::make(&app, TODAY, PASSWORD, size).await {
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

/// Everyone who holds `role`.
pub async fn of_role(app: &App, role: Role) -> Vec<Account> {
    let filter = Filter { role: Some(role), limit: u64::from(u32::MAX), ..Filter::default() };
    let (accounts, _) =
        ronghe_store::account::list(app.db().reader(), Reach::All, None, &filter).await.expect("accounts");
    accounts
}

/// One person of each school.
pub async fn filers(app: &App) -> Vec<Account> {
    let mut units = BTreeSet::new();
    let accounts = of_role(app, Role::NeedUnit).await;
    accounts.into_iter().filter(|account| units.insert(account.org)).collect()
}

/// A need that holds, as a junior school under a district would type it.
#[must_use]
pub fn need_draft() -> NeedDraft {
    NeedDraft {
        title: "校园气象站与数据课".into(),
        measures: vec![2],
        forms: vec![Form::SpecialCourse],
        stages: vec![Stage::JuniorHigh],
        students: "320".into(),
        teachers: "6".into(),
        background: "天台闲置，学生对天气很感兴趣。".into(),
        goals: "建一个小型气象站。".into(),
        benefit: "用自己采集的数据说话。".into(),
        indicators: vec![IndicatorDraft {
            name: "参加课程的学生".into(),
            unit: "人".into(),
            baseline: "0".into(),
            target: "320".into(),
        }],
        budget: "60,000.00".into(),
        period: "一个学年".into(),
        contact_name: "王海峰".into(),
        contact_phone: "0531-00000001".into(),
        ..NeedDraft::default()
    }
}

/// Holds the head of the chain to the end of `transaction`, so that every command waits before its commit.
pub async fn hold_the_chain(transaction: &Transaction) {
    ronghe_store::audit::lock_head(transaction).await.expect("the head of the chain");
}

/// Lets nobody read an event to the end of `transaction`; PostgreSQL only.
pub async fn hold_the_events(transaction: &Transaction) {
    let lock = "LOCK TABLE event IN ACCESS EXCLUSIVE MODE";
    transaction.execute_unprepared(lock).await.expect("a lock");
}

/// Returns once a command waits for a lock.
pub async fn waits_for_a_lock(app: &App) {
    wait_for_locks(app, app.db(), 1).await;
}

/// Returns once `least` commands wait for locks, looking `beside` the pool that they fill. On SQLite, where
/// a command waits before it begins, once everyone who reads has had many turns.
pub async fn wait_for_locks(app: &App, beside: &Db, least: usize) {
    let waiting = format!(
        "DO $$ BEGIN ASSERT (SELECT count(*) >= {least} FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock'); END $$"
    );
    for _ in 0..LOOKS {
        match app.db().backend() {
            Backend::Postgres if beside.reader().execute_unprepared(&waiting).await.is_ok() => return,
            Backend::Postgres => {}
            Backend::Sqlite => {
                app.db().reader().execute_unprepared("SELECT 1").await.expect("a turn");
            }
        }
    }
    assert_eq!(app.db().backend(), Backend::Sqlite, "fewer than {least} commands wait for a lock");
}

/// A person of the demonstration, at the console.
pub async fn person(app: &App, login: &str) -> Caller {
    let account = ronghe_store::account::by_login(app.db().reader(), login)
        .await
        .expect("a person of the demonstration");
    Caller::at_console(account.actor(), "test")
}
