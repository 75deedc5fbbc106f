//! Whoever has the database and the disk at hand and changes something beside the application is found out:
//! the check of the chain names the wrong record, and nothing else.

use ronghe_app::files::Incoming;
use ronghe_app::need::{self, Act};
use ronghe_app::{App, Caller, audit};
use ronghe_domain::audit::{Event, Fault, Subject, Via};
use ronghe_domain::kernel::OrgId;
use ronghe_domain::need::Need;
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::org::OrgKind;
use ronghe_store as store;
use ronghe_store::audit::Stored;
use ronghe_store::{Backend, Connection};
use ronghe_testkit::proofs::{ATTEMPTS, TAMPERINGS, is_whole};
use ronghe_testkit::{TODAY, TestDb, db_test, filers, need_draft, person, tamper, world};
use ronghe_text::{Lang, fault};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Tables that are put back after each attempt.
const TABLES: [&str; 5] = ["event", "event_detail", "chain_head", "need", "attachment"];

/// Rules that keep rows as they are; whoever owns the database takes them away first.
const TRIGGERS: [(&str, &str); 6] = [
    ("event", "update"),
    ("event", "delete"),
    ("need", "update"),
    ("need", "delete"),
    ("attachment", "update"),
    ("attachment", "delete"),
];

/// What is done by hand.
enum Hand {
    Sql(String),
    /// The file as it lies on the disk is made another, or taken away where there is none.
    File(fn(Vec<u8>) -> Option<Vec<u8>>),
}

/// An attempt, and what the check must say of it.
struct Attempt {
    kind: &'static str,
    how: &'static str,
    hands: Vec<Hand>,
    expected: Vec<Fault>,
}

fn attempt(kind: &'static str, how: &'static str, sql: String, expected: Vec<Fault>) -> Attempt {
    Attempt { kind, how, hands: vec![Hand::Sql(sql)], expected }
}

/// The last events of a world: a need with a file that was submitted, returned and submitted again, and a
/// refusal at the very end.
struct Scene {
    app: App,
    events: Vec<Stored>,
    need: Need,
    file: PathBuf,
    /// As it lies on the disk.
    bytes: Vec<u8>,
    hash: String,
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
const FILE: &str = "普查汇总.pdf";

async fn scene(test: &TestDb) -> Scene {
    let app = world(test).await;
    // Of a municipal school: no district's summary stands between the events of the need.
    let register = app.register().await.unwrap();
    let is_municipal = |org: OrgId| register.org(org).is_some_and(|org| org.kind == OrgKind::MunicipalSchool);
    let unit = filers(&app).await.into_iter().find(|account| is_municipal(account.org)).unwrap();
    let (school, lead) = (person(&app, &unit.login).await, person(&app, "zhangmin").await);
    let begun = need::start(&app, &school, &TODAY.year().to_string(), &need_draft()).await.unwrap();
    let mut incoming = Incoming::begin(&app).await.unwrap();
    incoming.take(PDF).await.unwrap();
    let arrived = incoming.end().await.unwrap();
    let file = need::attach(&app, &school, &begun.name().to_string(), FILE, arrived).await.unwrap();
    let sent = act(&app, &school, &begun, Act::Submit).await;
    let back = ReturnDraft { remark: "写明受益学生".into(), ..ReturnDraft::default() };
    let returned = act(&app, &lead, &sent, Act::Return(back)).await;
    let need = act(&app, &school, &returned, Act::Submit).await;
    let name = need.name().to_string();
    need::act(&app, &lead, &name, Act::Forward, need.version).await.unwrap_err();
    is_whole(&app).await;
    let head = store::audit::read_head(app.db().reader()).await.unwrap().seq;
    let lying = store::audit::after(app.db().reader(), head - 4, 4).await.unwrap();
    let events = lying.into_iter().filter_map(|it| it.stored).collect();
    let path = only(&only(&app.settings().files.join("sealed")));
    let bytes = std::fs::read(&path).unwrap();
    Scene { app, events, need, file: path, bytes, hash: file.hash }
}

/// What lies alone in a folder.
fn only(folder: &Path) -> PathBuf {
    let mut found = std::fs::read_dir(folder).unwrap();
    let path = found.next().unwrap().unwrap().path();
    assert!(found.next().is_none());
    path
}

async fn act(app: &App, who: &Caller, need: &Need, act: Act) -> Need {
    need::act(app, who, &need.name().to_string(), act, need.version).await.unwrap().need
}

/// A text within a statement.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The statement that writes an event over the one with its number.
fn over(event: &Event, hash: &str) -> String {
    let body = quoted(&serde_json::to_string(event).unwrap());
    let at = event.at.as_microsecond();
    format!("UPDATE event SET body = {body}, at = {at}, hash = '{hash}' WHERE seq = {};", event.seq)
}

/// The events with `change` made to the first of them, and everything after it hashed anew.
fn forged(events: &[Stored], change: impl Fn(&mut Event)) -> String {
    let mut sql = String::new();
    let mut prev: Option<String> = None;
    for stored in events {
        let mut event = stored.event.clone();
        match &prev {
            None => change(&mut event),
            Some(prev) => event.prev.clone_from(prev),
        }
        let hash = event.hash().unwrap();
        sql.push_str(&over(&event, &hash));
        prev = Some(hash);
    }
    let head = prev.unwrap();
    format!("{sql} UPDATE chain_head SET hash = '{head}';")
}

impl Scene {
    fn seq(&self, nth: usize) -> i64 {
        self.events[nth].event.seq
    }

    fn need_fault(&self, seq: i64) -> Fault {
        Fault::Record { seq, subject: Subject::Need, record: self.need.id.to_string() }
    }

    /// The row of the need; SQLite keeps ids as bytes.
    fn row(&self) -> String {
        match self.app.db().backend() {
            Backend::Sqlite => format!("id = x'{}'", self.need.id.0.simple()),
            Backend::Postgres => format!("id = '{}'", self.need.id.0),
        }
    }

    fn attempts(&self) -> Vec<Attempt> {
        let mut all = self.on_events();
        all.extend(self.on_order());
        all.extend(self.on_rows());
        all
    }

    /// Submitted, forwarded, withdrawn, refused: what each of the four can be made to say.
    fn on_events(&self) -> Vec<Attempt> {
        let [one, two, three, _] = [0, 1, 2, 3].map(|nth| self.seq(nth));
        let other = self.events[1].event.record.replace(|c: char| c.is_ascii_digit(), "0");
        let mut changed = self.events[1].event.clone();
        changed.request = "forged".into();
        let rehashed = changed.hash().unwrap();
        let earlier = self.events[0].event.at - jiff::SignedDuration::from_hours(24 * 365);
        vec![
            attempt(
                "field",
                "in the body",
                over(&changed, &self.events[1].hash),
                vec![Fault::Altered { seq: two }],
            ),
            attempt(
                "field",
                "in the body, with its hash",
                over(&changed, &rehashed),
                vec![Fault::Broken { seq: three }],
            ),
            attempt(
                "field",
                "in the column beside it",
                format!("UPDATE event SET record = '{other}' WHERE seq = {two}"),
                vec![Fault::Altered { seq: two }],
            ),
            attempt(
                "field",
                "made unreadable",
                format!("UPDATE event SET body = '{{}}' WHERE seq = {two}"),
                vec![Fault::Altered { seq: two }],
            ),
            attempt(
                "time",
                "set back, all hashed anew",
                forged(&self.events[1..], |it| it.at = earlier),
                vec![Fault::Time { seq: two }],
            ),
            attempt(
                "detail",
                "another text",
                format!("UPDATE event_detail SET name = 'N2026-0001' WHERE seq = {one}"),
                vec![Fault::Detail { seq: one }],
            ),
            attempt(
                "detail",
                "another state before",
                format!("UPDATE event_detail SET before = '{{\"state\":\"draft\"}}' WHERE seq = {two}"),
                vec![Fault::Detail { seq: two }],
            ),
        ]
    }

    fn on_order(&self) -> Vec<Attempt> {
        let [one, two, three, last] = [0, 1, 2, 3].map(|nth| self.seq(nth));
        let cut = |from: i64| {
            format!("DELETE FROM event_detail WHERE seq >= {from}; DELETE FROM event WHERE seq >= {from};")
        };
        let back = format!(
            "UPDATE chain_head SET seq = {two}, hash = '{}', at = {};",
            self.events[1].hash,
            self.events[1].event.at.as_microsecond()
        );
        let swap = [(two, 0), (three, two), (0, three)]
            .map(|(from, to)| {
                format!(
                    "UPDATE event SET seq = {to} WHERE seq = {from}; \
                     UPDATE event_detail SET seq = {to} WHERE seq = {from};"
                )
            })
            .concat();
        let room = ["event", "event_detail"]
            .map(|table| {
                format!(
                    "UPDATE {table} SET seq = seq + 1000000 WHERE seq >= {two}; \
                     UPDATE {table} SET seq = seq - 999999 WHERE seq >= 1000000;"
                )
            })
            .concat();
        let mut foreign = self.events[1].event.clone();
        foreign.request = "forged".into();
        let foreign_hash = foreign.hash().unwrap();
        let insert = format!(
            "{room} INSERT INTO event (seq, at, actor, action, subject, record, refused, body, hash) \
             SELECT {two}, at, actor, action, subject, record, refused, {}, '{foreign_hash}' \
             FROM event WHERE seq = {three};",
            quoted(&serde_json::to_string(&foreign).unwrap()),
        );
        let moved = |seq: i64| [Fault::Gap { expected: seq + 1, found: seq }, Fault::Altered { seq }];
        vec![
            attempt(
                "deletion",
                "in the middle",
                format!("DELETE FROM event_detail WHERE seq = {two}; DELETE FROM event WHERE seq = {two};"),
                vec![Fault::Gap { expected: two, found: three }],
            ),
            attempt(
                "swap",
                "of two neighbours",
                swap,
                vec![
                    Fault::Gap { expected: two, found: three },
                    Fault::Altered { seq: three },
                    Fault::Gap { expected: last, found: two },
                    Fault::Altered { seq: two },
                    Fault::Gap { expected: three, found: last },
                    self.need_fault(two),
                ],
            ),
            attempt("insertion", "in the middle, the others moved", insert, {
                let mut expected =
                    vec![Fault::Gap { expected: three, found: two }, Fault::Altered { seq: two }];
                expected.extend(moved(three).into_iter().skip(1));
                expected.extend(moved(last).into_iter().skip(1));
                expected
            }),
            attempt(
                "truncation",
                "of the last",
                cut(last),
                vec![Fault::Truncated { head: last, found: three }],
            ),
            attempt(
                "tail",
                "cut off, the head moved back",
                format!("{} {back}", cut(three)),
                vec![self.need_fault(two)],
            ),
            attempt(
                "truncation",
                "of all that was told of it",
                cut(one),
                vec![Fault::Truncated { head: last, found: one - 1 }, self.need_fault(0)],
            ),
        ]
    }

    fn on_rows(&self) -> Vec<Attempt> {
        let (three, row) = (self.seq(2), self.row());
        let stray = |how, set: &str| {
            let sql = format!("UPDATE need SET {set} WHERE {row}");
            attempt("row beside the chain", how, sql, vec![self.need_fault(three)])
        };
        let lost = || Fault::File { name: FILE.into(), hash: self.hash.clone() };
        let file = |how, change| Attempt {
            kind: "file",
            how,
            hands: vec![Hand::File(change)],
            expected: vec![lost()],
        };
        vec![
            stray("its state", "state = 'screening'"),
            stray("its content", "content = replace(content, '320', '620')"),
            stray("its time", "forwarded_at = forwarded_at - 1"),
            attempt(
                "row beside the chain",
                "taken away",
                format!("DELETE FROM need WHERE {row}"),
                vec![self.need_fault(three)],
            ),
            file("another in its place", |_| Some(b"%PDF-1.7 %%EOF".to_vec())),
            file("a byte of its content", |mut bytes| {
                *bytes.last_mut().unwrap() ^= 1;
                Some(bytes)
            }),
            file("cut", |mut bytes| {
                bytes.pop();
                Some(bytes)
            }),
            file("gone", |_| None),
            Attempt {
                kind: "file",
                how: "gone with its row",
                hands: vec![Hand::Sql("DELETE FROM attachment".into()), Hand::File(|_| None)],
                expected: vec![lost()],
            },
        ]
    }

    async fn sql(&self, sql: &str) {
        // No foreign key and no rule of the database holds whoever owns it.
        match self.app.db().backend() {
            Backend::Sqlite => {
                let sql = format!(
                    "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; {sql}; COMMIT; PRAGMA foreign_keys = ON;"
                );
                self.app.db().reader().execute_unprepared(&sql).await.unwrap();
            }
            Backend::Postgres => {
                tamper(&self.app, &format!("SET LOCAL session_replication_role = replica; {sql}")).await;
            }
        }
    }

    async fn unlock(&self) {
        for (table, event) in TRIGGERS {
            let of = match self.app.db().backend() {
                Backend::Sqlite => String::new(),
                Backend::Postgres => format!(" ON {table}"),
            };
            self.sql(&format!("DROP TRIGGER {table}_no_{event}{of}")).await;
        }
        for table in TABLES {
            self.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
        }
    }

    /// Puts everything back as it was.
    async fn restore(&self) {
        let gone: String = TABLES.iter().rev().map(|table| format!("DELETE FROM {table};")).collect();
        let back = TABLES.map(|table| format!("INSERT INTO {table} SELECT * FROM kept_{table};")).concat();
        self.sql(&format!("{gone} {back}")).await;
        std::fs::write(&self.file, &self.bytes).unwrap();
    }

    /// Whether the words name one of the last events, the need, or its file.
    fn names(&self, words: &str) -> bool {
        let mut known: Vec<String> = self.events.iter().map(|it| it.event.seq.to_string()).collect();
        known.extend([self.need.id.to_string(), self.hash.clone()]);
        known.iter().any(|known| words.contains(known))
    }

    async fn faults(&self) -> Vec<Fault> {
        audit::verify(&self.app, &Caller::system(Via::Console, "test")).await.unwrap().faults
    }
}

db_test!(every_kind_of_tampering_is_named, |test: TestDb| async move {
    let scene = scene(&test).await;
    scene.unlock().await;
    assert_eq!(scene.faults().await, []);
    let attempts = scene.attempts();
    let mut kinds = BTreeSet::new();
    for Attempt { kind, how, hands, expected } in &attempts {
        for hand in hands {
            match hand {
                Hand::Sql(sql) => scene.sql(sql).await,
                Hand::File(change) => match change(scene.bytes.clone()) {
                    Some(bytes) => std::fs::write(&scene.file, bytes).unwrap(),
                    None => std::fs::remove_file(&scene.file).unwrap(),
                },
            }
        }
        let faults = scene.faults().await;
        assert_eq!(&faults, expected, "{kind}, {how}");
        let words: Vec<String> = faults.iter().map(|found| fault(Lang::En, found)).collect();
        let named = words.iter().any(|words| scene.names(words));
        assert!(named, "{kind}, {how}: {words:?} names no record");
        kinds.insert(*kind);
        scene.restore().await;
        assert_eq!(scene.faults().await, [], "{kind}, {how}: everything is put back");
    }
    ATTEMPTS.reached(attempts.len());
    TAMPERINGS.reached(kinds.len());
});
