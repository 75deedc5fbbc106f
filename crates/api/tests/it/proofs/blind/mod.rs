//! Two worlds that were one until now and differ in one secret: whoever is not entitled to it reads the same
//! bytes under the same headers in both, and the database carries out the same statements for it.

pub(crate) mod plain;
mod reads;
mod secrets;
mod worlds;

use super::hand::{Answer, Hand};
use jiff::SignedDuration;
use reads::reads;
use ronghe_app::App;
use ronghe_testkit::proofs::{COMPARED, SECRETS};
use ronghe_testkit::{TestDb, sqlite, world, world_beside};
use secrets::{Common, Secret};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What one person reads of a world, each with the statements that it took.
type Read = Vec<(String, Answer, Vec<String>)>;

/// A world and whoever is signed in to it.
struct World {
    app: App,
    hand: Hand,
    statements: Arc<Mutex<Vec<String>>>,
    db: TestDb,
}

impl World {
    async fn beside(app: &App, db: &TestDb) -> Self {
        let statements = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&statements);
        let watch = move |sql: &str| kept.lock().unwrap().push(sql.to_owned());
        let (app, db) = world_beside(app, db, watch).await;
        // What is done from here on has its own time, and with it its place in every order.
        app.clock().set(app.now() + SignedDuration::from_secs(1));
        Self { hand: Hand::of(&app), app, statements, db }
    }

    async fn read(&self, common: &Common, login: &str) -> Read {
        let cookie = common.cookies.get(login).map(String::as_str).unwrap_or_default();
        // The register is read into memory once.
        self.hand.get("/api/v1/groups", "").await;
        let mut read = Vec::new();
        for path in reads(&self.hand, common) {
            self.statements.lock().unwrap().clear();
            let mut answer = self.hand.get(&path, cookie).await;
            answer.body = without_hashes(&answer.text()).into_bytes();
            let statements = self.statements.lock().unwrap().clone();
            read.push((path, answer, statements));
        }
        read
    }
}

/// Hashes of events are salted by chance, so that two of the same words differ and tell nothing.
fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('"').map(|word| if is_hash(word) { "#" } else { word }).collect::<Vec<_>>().join("\"")
}

#[tokio::test]
async fn nobody_can_tell_two_worlds_apart_by_what_is_not_theirs() {
    let db = sqlite().await;
    let app = world(&db).await;
    let common = Common::make(&app).await;
    let mut unchanged: BTreeMap<&str, Read> = BTreeMap::new();
    let plain = World::beside(&app, &db).await;
    let (mut secrets, mut compared, mut faults) = (0, 0, Vec::new());
    for secret in Secret::ALL {
        let other = World::beside(&app, &db).await;
        assert!(secret.tell(&other.hand, &common, true).await, "{secret:?} makes no difference");
        let one = World::beside(&app, &db).await;
        let changes = secret.tell(&one.hand, &common, false).await;
        for login in secret.blind() {
            let first = if changes {
                one.read(&common, login).await
            } else {
                if !unchanged.contains_key(login) {
                    unchanged.insert(login, plain.read(&common, login).await);
                }
                unchanged[login].clone()
            };
            let second = other.read(&common, login).await;
            assert_eq!(first.len(), second.len());
            for ((path, a, sql_a), (_, b, sql_b)) in first.iter().zip(&second) {
                if secret.is_known_at(login, path) {
                    continue;
                }
                compared += 1;
                if a != b {
                    faults.push(format!("{secret:?} as {login:?}: {path}\n  {}\n  {}", a.text(), b.text()));
                } else if sql_a != sql_b {
                    faults.push(format!("{secret:?} as {login:?}: {path}\n  {sql_a:?}\n  {sql_b:?}"));
                }
            }
        }
        if let Some(login) = secret.entitled() {
            let (first, second) = (one.read(&common, login).await, other.read(&common, login).await);
            assert!(first.iter().zip(&second).any(|(a, b)| a.1 != b.1), "{secret:?} shows to nobody");
        }
        secrets += 1;
    }
    assert!(faults.is_empty(), "{} differences:\n{:.12000}", faults.len(), faults.join("\n"));
    COMPARED.reached(compared);
    SECRETS.reached(secrets);
}
