//! The end of a window, to the millisecond: before it, at it, after it, and while a lock is held across it.

use super::AROUND;
use jiff::SignedDuration;
use ronghe_app::need::{self, Act, Bulk};
use ronghe_app::{App, Caller, Error, Refusal};
use ronghe_domain::account::Account;
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::{Instant, Role};
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::{Need, Refusal as Why};
use ronghe_store as store;
use ronghe_testkit::proofs::{DEADLINES, is_whole};
use ronghe_testkit::{
    TODAY, TestDb, db_test, filers, hold_the_chain, need_draft, of_role, postgres, waits_for_a_lock, world,
};

/// A command that an end bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bounded {
    /// A school's first submission.
    Submit,
    /// A bureau's own.
    SubmitOwn,
    /// One that came back.
    SubmitAgain,
    Forward,
    ForwardMany,
}

/// In the order of their ends: the clock never runs back.
const BOUNDED: [&[Bounded]; 2] =
    [&[Bounded::Submit], &[Bounded::SubmitOwn, Bounded::SubmitAgain, Bounded::Forward, Bounded::ForwardMany]];

/// A need that waits for a command, with the people of its school and of the bureau above it.
struct Waiting {
    bounded: Bounded,
    school: Caller,
    bureau: Caller,
    need: Need,
}

impl Waiting {
    async fn new(app: &App, school: &Account, bureau: &Account, bounded: Bounded) -> Self {
        let at_console = |account: &Account| Caller::at_console(account.actor(), "test");
        let (school, bureau) = (at_console(school), at_console(bureau));
        let who = if bounded == Bounded::SubmitOwn { &bureau } else { &school };
        let year = TODAY.year().to_string();
        let mut need = need::start(app, who, &year, &need_draft()).await.unwrap();
        if !matches!(bounded, Bounded::Submit | Bounded::SubmitOwn) {
            need = act(app, &school, &need, Act::Submit).await.unwrap();
        }
        if bounded == Bounded::SubmitAgain {
            let back = ReturnDraft { remark: "数字不实".into(), ..ReturnDraft::default() };
            need = act(app, &bureau, &need, Act::Return(back)).await.unwrap();
        }
        Self { bounded, school, bureau, need }
    }

    async fn carry_out(&self, app: &App) -> Result<Need, Error> {
        match self.bounded {
            Bounded::Submit | Bounded::SubmitAgain => act(app, &self.school, &self.need, Act::Submit).await,
            Bounded::SubmitOwn => act(app, &self.bureau, &self.need, Act::Submit).await,
            Bounded::Forward => act(app, &self.bureau, &self.need, Act::Forward).await,
            Bounded::ForwardMany => {
                let bulk = Bulk { names: vec![self.need.name().to_string()], ..Bulk::default() };
                let mut done = need::forward(app, &self.bureau, &bulk).await?;
                match done.refused.pop().and_then(|refused| refused.why) {
                    Some(Refusal::Need(why)) => Err(Error::refused(why)),
                    Some(other) => panic!("{other:?}"),
                    None => Ok(done.needs.remove(0)),
                }
            }
        }
    }
}

async fn act(app: &App, who: &Caller, need: &Need, act: Act) -> Result<Need, Error> {
    let done = need::act(app, who, &need.name().to_string(), act, need.version).await;
    done.map(|moved| moved.need)
}

/// People of schools under a district, each with one of the bureau above.
async fn pairs(app: &App) -> Vec<(Account, Account)> {
    let bureaus = of_role(app, Role::DistrictBureau).await;
    let directory = app.register().await.unwrap().directory.clone();
    let above = |school: &Account| directory.org(school.org).and_then(|org| org.parent);
    let pair = |school: Account| {
        let bureau = bureaus.iter().find(|bureau| Some(bureau.org) == above(&school))?.clone();
        Some((school, bureau))
    };
    filers(app).await.into_iter().filter_map(pair).collect()
}

async fn ends(app: &App) -> [Instant; 2] {
    let cycle = store::cycle::get(app.db().reader(), CycleYear::of(TODAY.year())).await.unwrap();
    [cycle.content.collecting.units_end, cycle.content.collecting.districts_end]
}

#[track_caller]
fn ended(done: Result<Need, Error>, closed: Instant) {
    match done {
        Err(Error::Refused(refused)) => assert_eq!(refused.refusal, Refusal::Need(Why::Ended { closed })),
        other => panic!("it was not refused: {other:?}"),
    }
}

db_test!(an_end_is_exact, |test: TestDb| async move {
    let app = world(&test).await;
    let mut pairs = pairs(&app).await.into_iter();
    let mut points = Vec::new();
    for (bounded, end) in BOUNDED.into_iter().zip(ends(&app).await) {
        for (off, in_time) in AROUND {
            for bounded in bounded {
                let (school, bureau) = pairs.next().unwrap();
                points.push((end, off, in_time, Waiting::new(&app, &school, &bureau, *bounded).await));
            }
        }
    }
    for (end, off, in_time, waiting) in &points {
        app.clock().set(*end + *off);
        let done = waiting.carry_out(&app).await;
        match done {
            Ok(done) if *in_time => assert_ne!(done.state, waiting.need.state),
            done => {
                assert!(!in_time, "{:?} {off:?}: {done:?}", waiting.bounded);
                ended(done, *end);
            }
        }
    }
    is_whole(&app).await;
    DEADLINES.reached(points.len());
});

db_test!(a_lock_held_across_the_end_is_no_excuse, |test: TestDb| async move {
    let app = world(&test).await;
    let (school, bureau) = pairs(&app).await.remove(0);
    let [end, _] = ends(&app).await;
    let waiting = Waiting::new(&app, &school, &bureau, Bounded::Submit).await;
    app.clock().set(end - SignedDuration::from_millis(1));
    let held = app.db().begin().await.unwrap();
    store::cycle::lock(&held, CycleYear::of(TODAY.year())).await.unwrap();
    let running = tokio::spawn({
        let app = app.clone();
        async move { waiting.carry_out(&app).await }
    });
    waits_for_a_lock(&app).await;
    app.clock().set(end);
    held.rollback().await.unwrap();
    ended(running.await.unwrap(), end);
    is_whole(&app).await;
});

/// On SQLite whoever has begun holds every lock; here the end comes between the decision and the chain.
#[tokio::test]
async fn what_was_decided_in_time_and_comes_too_late_is_decided_anew() {
    let test = postgres().await;
    let app = world(&test).await;
    let (school, bureau) = pairs(&app).await.remove(0);
    let [end, _] = ends(&app).await;
    let waiting = Waiting::new(&app, &school, &bureau, Bounded::Submit).await;
    app.clock().set(end - SignedDuration::from_millis(1));
    let held = app.db().begin().await.unwrap();
    hold_the_chain(&held).await;
    let running = tokio::spawn({
        let app = app.clone();
        async move { waiting.carry_out(&app).await }
    });
    waits_for_a_lock(&app).await;
    app.clock().set(end);
    held.rollback().await.unwrap();
    ended(running.await.unwrap(), end);
    is_whole(&app).await;
}
