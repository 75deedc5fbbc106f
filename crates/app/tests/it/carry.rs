//! A cycle takes its needs along, however many they are, by statements whose number stays.

use jiff::SignedDuration;
use ronghe_app::cycle::{self, Act};
use ronghe_app::need::{self, Filter};
use ronghe_app::{App, Caller, audit};
use ronghe_domain::audit::{Action, Subject, Via};
use ronghe_domain::cycle::draft::ExtensionDraft;
use ronghe_domain::cycle::{Cycle, End};
use ronghe_domain::kernel::window::minute;
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::{Row, State};
use ronghe_store::Backend;
use ronghe_testkit::{TODAY, TestDb, db_test, person, tamper, world};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// More than are written at once, so that a second batch is needed.
const MANY: usize = 600;
/// What a further batch may cost: reading the needs and writing them, their events and the words beside.
const BATCH: u64 = 4;

struct Scene {
    app: App,
    lead: Caller,
    asked: Arc<AtomicU64>,
}

impl Scene {
    async fn cycle(&self) -> Arc<Cycle> {
        cycle::show(&self.app, &self.lead, &TODAY.year().to_string()).await.unwrap()
    }

    /// Moves the cycle; says how many statements that took.
    async fn moves(&self, act: Act) -> u64 {
        let cycle = self.cycle().await;
        let before = self.asked.load(Ordering::Relaxed);
        cycle::act(&self.app, &self.lead, &cycle.name(), act, cycle.version).await.unwrap();
        self.asked.load(Ordering::Relaxed) - before
    }

    /// Sets the districts' end later by a day, and moves the clock with it.
    async fn extend(&self) -> u64 {
        let end = self.cycle().await.content.collecting.districts_end;
        let until = minute(end + SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
        let draft = ExtensionDraft { end: End::Districts, until, reason: "两区停课".into() };
        self.moves(Act::Extend(draft)).await
    }

    async fn in_state(&self, state: State) -> Vec<Row> {
        let filter = Filter { states: vec![state], limit: 2000, ..Filter::default() };
        need::list(&self.app, &self.lead, &filter).await.unwrap().0
    }

    /// Copies a need beside the application: nobody files so many in a test.
    async fn multiply(&self, row: &Row, first: usize) {
        let (id, own) = match self.app.db().backend() {
            Backend::Sqlite => ("randomblob(16)", format!("x'{}'", row.id.0.simple())),
            Backend::Postgres => ("gen_random_uuid()", format!("'{}'", row.id)),
        };
        let same = "unit, unit_kind, district, state, title, search, draft, content, budget_fen, returned, until, \
                    author, changed_at, submitted_at, forwarded_at, version, title_en, measures, back_to";
        let sql = format!(
            "INSERT INTO need (id, cycle, year, seq, {same}) \
             WITH RECURSIVE counted(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < {MANY}) \
             SELECT {id}, cycle, year, {first} + i, {same} FROM need, counted WHERE id = {own}"
        );
        tamper(&self.app, &sql).await;
    }
}

async fn scene(db: TestDb) -> (Scene, TestDb) {
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let db = db.watched(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let app = world(&db).await;
    let lead = person(&app, "zhangmin").await;
    (Scene { app, lead, asked }, db)
}

db_test!(many_needs_take_no_more_statements_than_few, |db: TestDb| async move {
    let (scene, _db) = scene(db).await;
    let forwarded = scene.in_state(State::Forwarded).await;
    let back = ReturnDraft { remark: "数字不实".into(), ..ReturnDraft::default() };
    let name = forwarded[0].name().to_string();
    let version = need::show(&scene.app, &scene.lead, &name).await.unwrap().need.version;
    need::act(&scene.app, &scene.lead, &name, need::Act::Return(back), version).await.unwrap();

    let few = scene.extend().await;
    let returned = scene.in_state(State::Returned).await;
    scene.multiply(&returned[0], 5000).await;
    let many = scene.extend().await;
    assert!(many <= few + BATCH, "{many} statements, {few} for few needs");

    let end = scene.cycle().await.content.collecting.districts_end;
    scene.app.clock().set(end);
    let few = scene.moves(Act::Advance).await;
    scene.moves(Act::Back("补收一个区".into())).await;
    scene.multiply(&scene.in_state(State::Forwarded).await[0], 6000).await;
    let many = scene.moves(Act::Advance).await;
    assert!(many <= few + BATCH, "{many} statements, {few} for few needs");
    assert_eq!(scene.in_state(State::Screening).await.len(), forwarded.len() - 1 + MANY);

    // Each row stands as the event of its move says, and is called by the version that the event has.
    let checked = audit::verify(&scene.app, &Caller::system(Via::Console, "test")).await.unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    for (state, action) in [(State::Screening, Action::Screen), (State::Returned, Action::Extend)] {
        let row = scene.in_state(state).await.pop().unwrap();
        let need = need::show(&scene.app, &scene.lead, &row.name().to_string()).await.unwrap().need;
        let (subject, record) = (Some(Subject::Need), Some(row.id.to_string()));
        let filter = audit::Filter { subject, record, limit: 1, ..audit::Filter::default() };
        let (events, _) = ronghe_store::audit::list(scene.app.db().reader(), &filter).await.unwrap();
        assert_eq!((events[0].event.action, events[0].event.version), (action, need.version.0));
    }
    // An end that was set later twice is the end of what was returned up to it.
    let now = scene.in_state(State::Returned).await;
    assert_eq!(now.len(), returned.len() + MANY);
    let up_to_it = now.iter().filter(|row| row.standing.back.is_some_and(|back| back.until == end));
    assert!(up_to_it.count() > MANY);
});
