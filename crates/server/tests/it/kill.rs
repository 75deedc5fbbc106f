//! The binary ended by `kill -9` under load: what its clients saw carried out is there afterwards, and
//! nothing is half done.

use crate::serve::binary;
use ronghe_app::{App, Caller, Clock, Settings, once};
use ronghe_client::{Client, IdempotencyKey};
use ronghe_contract::need::{ActOnNeed, NeedView, StartNeed};
use ronghe_contract::session::SignIn;
use ronghe_domain::audit::Action;
use ronghe_domain::kernel::Version;
use ronghe_store::Db;
use ronghe_testkit::proofs::{JOURNAL, KILLS, Steps, is_whole};
use ronghe_testkit::{hold_the_events, need_draft, postgres};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc;

/// Schools that file at once, each with the bureau above it.
const PAIRS: usize = 6;

const EMPTY_PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// Where a server keeps what it keeps.
struct Place {
    folder: TempDir,
    database: String,
}

impl Place {
    fn key(&self) -> std::path::PathBuf {
        self.folder.path().join("ronghe.key")
    }

    fn command(&self) -> std::process::Command {
        let mut command = binary();
        command.args(["--database", &self.database, "--mail", "off", "--metrics", "127.0.0.1:0"]);
        command.arg("--key").arg(self.key()).arg("--files").arg(self.folder.path().join("files"));
        command
    }

    /// Serves the demonstration, made where there is none; the test's PostgreSQL prefers speed.
    fn serve(&self) -> (Child, String) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut child = self
            .command()
            .args(["--may-lose-data", "--listen", &address, "demo", "--small", "--today", "2026-03-10"])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("serving")), "it never served");
        std::thread::spawn(move || lines.for_each(drop));
        (child, format!("http://{address}"))
    }

    fn password(&self) -> String {
        std::fs::read_to_string(self.key().with_extension("password")).unwrap().trim().to_owned()
    }

    /// The application on what the killed server left.
    async fn app(&self) -> App {
        let key = std::fs::read(self.key()).unwrap().try_into().unwrap();
        let files = self.folder.path().join("files");
        let settings = Settings { demo: true, key, files, ..Settings::default() };
        App::new(Db::connect(&self.database).await.unwrap(), Clock::Real, settings)
    }

    fn verify_audit(&self) {
        let output = self.command().arg("verify-audit").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("the chain is whole"), "{said}");
    }
}

/// A command as it was sent.
#[derive(Clone, Debug)]
struct Sent {
    login: String,
    key: IdempotencyKey,
    need: String,
    /// The version that it is to make.
    makes: i64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Start,
    Attach,
    Act(ActOnNeed),
}

impl Sent {
    async fn send(&self, client: &Client) -> Result<String, ronghe_client::Error> {
        let client = client.retrying(self.key);
        let answer = match &self.what {
            What::Start => serde_json::to_string(
                &client.start_need(&StartNeed { draft: need_draft(), ..StartNeed::default() }).await?,
            ),
            What::Attach => serde_json::to_string(
                &client.attach_file(&self.need, "a.pdf", EMPTY_PDF.to_vec().into()).await?,
            ),
            What::Act(action) => {
                let seen = Version(self.makes - 1).to_string();
                serde_json::to_string(&client.act_on_need(&self.need, &seen, action).await?)
            }
        };
        Ok(answer.unwrap())
    }

    /// Whether the chain says that it was carried out; drafts stand outside it.
    fn is_chained(&self, steps: &Steps) -> Option<bool> {
        let done = match &self.what {
            What::Start | What::Attach => return None,
            What::Act(ActOnNeed::Submit) => Action::Submit,
            What::Act(_) => Action::Return,
        };
        // A need's first submission gives it its number: it is found by that of the next.
        if self.need.starts_with("draft-") {
            return None;
        }
        Some(steps.contains(&(self.need.clone(), self.makes, done)))
    }
}

/// What a client saw: each command with its answer, or without one.
type Seen = (Sent, Option<String>);

/// A school and its bureau file and return one need until the server is gone.
async fn file(school: (String, Client), bureau: (String, Client), journal: mpsc::UnboundedSender<Seen>) {
    let mut makes = 1;
    let mut need = String::new();
    let returned =
        ActOnNeed::Return { corrections: vec![], remark: "数字不实".into(), until: String::new() };
    for step in 0.. {
        let (what, (login, client)) = match step {
            0 => (What::Start, &school),
            1 => (What::Attach, &school),
            _ if step % 2 == 0 => (What::Act(ActOnNeed::Submit), &school),
            _ => (What::Act(returned.clone()), &bureau),
        };
        if matches!(what, What::Act(_)) {
            makes += 1;
        }
        let sent = Sent { login: login.clone(), key: Client::new_key(), need: need.clone(), makes, what };
        match sent.send(client).await {
            Ok(answer) => {
                if !matches!(sent.what, What::Attach) {
                    need = serde_json::from_str::<NeedView>(&answer).unwrap().row.name;
                }
                journal.send((sent, Some(answer))).unwrap();
            }
            Err(ronghe_client::Error::Network(_)) => return journal.send((sent, None)).unwrap(),
            Err(other) => panic!("{sent:?}: {other:?}"),
        }
    }
}

async fn signed_in(server: &str, login: &str, password: &str) -> (String, Client) {
    let client = Client::new(server);
    let sign_in = SignIn { login: login.to_owned(), password: password.to_owned(), code: None };
    client.sign_in(&sign_in).await.unwrap();
    (login.to_owned(), client)
}

/// Sign-in names of a school's person and of its bureau's.
fn pairs() -> Vec<(String, String)> {
    let people = ronghe_demo::data::people().unwrap();
    let home = |org: &str| people.iter().find(|person| person.org == org).map(|person| person.login.clone());
    let orgs = ronghe_demo::data::orgs().unwrap();
    let schools = orgs.iter().filter(|org| org.kind == ronghe_domain::org::OrgKind::School);
    schools.filter_map(|org| Some((home(&org.slug)?, home(org.parent.as_deref()?)?))).take(PAIRS).collect()
}

/// Loads a server until enough was seen carried out, and kills it in the middle of the rest.
async fn killed_under_load(place: &Place) -> Vec<Seen> {
    let (mut child, server) = place.serve();
    let password = place.password();
    let (journal, mut seen) = mpsc::unbounded_channel();
    let mut running = Vec::new();
    for (school, bureau) in pairs() {
        let school = signed_in(&server, &school, &password).await;
        let bureau = signed_in(&server, &bureau, &password).await;
        running.push(tokio::spawn(file(school, bureau, journal.clone())));
    }
    drop(journal);
    let mut all = Vec::new();
    while all.len() < JOURNAL.least {
        all.push(seen.recv().await.expect("the load ended by itself"));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    while let Some(more) = seen.recv().await {
        all.push(more);
    }
    for task in running {
        task.await.unwrap();
    }
    all
}

/// What the killed server left: state, event, message and kept answer of each command, or none of them.
async fn nothing_is_half_done(place: &Place, seen: &[Seen]) {
    let app = place.app().await;
    let steps = is_whole(&app).await;
    for (sent, answer) in seen {
        let account = ronghe_store::account::by_login(app.db().reader(), &sent.login).await.unwrap();
        let caller = Caller::at_console(account.actor(), "proof");
        let kept = once::answered(&app, &caller, &sent.key.to_string()).await.unwrap().is_some();
        assert!(kept || answer.is_none(), "lost: {sent:?}");
        if let Some(chained) = sent.is_chained(&steps) {
            assert_eq!(chained, kept, "half done: {sent:?}");
        }
    }
    app.db().clone().close().await.unwrap();
    place.verify_audit();
}

/// The restarted server gives each answer again, and takes up what was not carried out.
async fn all_goes_on(place: &Place, seen: &[Seen]) {
    let (mut child, server) = place.serve();
    let password = place.password();
    let mut clients = std::collections::BTreeMap::new();
    for (sent, answer) in seen {
        if !clients.contains_key(&sent.login) {
            clients.insert(sent.login.clone(), signed_in(&server, &sent.login, &password).await.1);
        }
        let again = sent.send(clients.get(&sent.login).unwrap()).await;
        let again = again.unwrap_or_else(|error| panic!("{sent:?}: {error:?}"));
        assert!(answer.as_ref().is_none_or(|answer| *answer == again), "another answer: {sent:?}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let app = place.app().await;
    let steps = is_whole(&app).await;
    assert!(seen.iter().all(|(sent, _)| sent.is_chained(&steps) != Some(false)), "each is carried out");
    app.db().clone().close().await.unwrap();
}

async fn survives(place: Place) {
    let mut kills = 0;
    while kills < KILLS.least {
        let seen = killed_under_load(&place).await;
        let acknowledged = seen.iter().filter(|(_, answer)| answer.is_some()).count();
        nothing_is_half_done(&place, &seen).await;
        all_goes_on(&place, &seen).await;
        kills += 1;
        JOURNAL.reached(acknowledged);
    }
    KILLS.reached(kills);
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("ronghe.sqlite").display());
    survives(Place { folder, database }).await;
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill_on_postgres() {
    let test = postgres().await;
    let (folder, database) = (tempfile::tempdir().unwrap(), test.url().to_owned());
    survives(Place { folder, database }).await;
}

/// The test's PostgreSQL has everything off that keeps data; `serve` refuses it until it is told otherwise.
#[tokio::test]
async fn a_careless_postgres_is_refused() {
    let test = postgres().await;
    let folder = tempfile::tempdir().unwrap();
    let place = Place { folder, database: test.url().to_owned() };
    let output = place.command().args(["--listen", "127.0.0.1:0", "serve"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("fsync, full_page_writes, synchronous_commit off"), "{said}");
    assert_eq!(test.db().careless().await.unwrap().len(), 3);
}

/// A check of a long chain takes minutes; on PostgreSQL one can be held up.
#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_a_check_of_the_chain() {
    let db = postgres().await;
    let place = Place { folder: tempfile::tempdir().unwrap(), database: db.url().to_owned() };
    let (mut child, address) = place.serve();
    let auditor = Client::new(&address);
    auditor.enter_demo("heqing").await.unwrap();
    let held = db.db().begin().await.unwrap();
    hold_the_events(&held).await;
    assert!(auditor.verify_chain().await.unwrap().running.is_some());
    let told = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(told.success());
    let looks = async {
        loop {
            match child.try_wait().unwrap() {
                Some(ended) => return ended,
                None => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(30), looks).await;
    let _ = child.kill();
    assert!(ended.expect("it waited for the check").success());
    held.rollback().await.unwrap();
    place.verify_audit();
}
