//! The end of 高校申报, to the millisecond: before it, at it, after it, set later, and while a lock is held across it.

use super::AROUND;
use jiff::SignedDuration;
use ronghe_app::application::Act;
use ronghe_app::audit::Filter;
use ronghe_app::{App, Caller, Error, Refusal, audit, cycle};
use ronghe_domain::application::{Application, Refusal as Why, State};
use ronghe_domain::audit::{Subject, Via};
use ronghe_domain::cycle::draft::ExtensionDraft;
use ronghe_domain::cycle::{Cycle, CycleYear, End, Phase, Refusal as CycleRefusal};
use ronghe_domain::kernel::date::SHANGHAI;
use ronghe_domain::kernel::{Instant, Role};
use ronghe_store as store;
use ronghe_store::Connection as _;
use ronghe_testkit::proofs::SEALED_ENDS;
use ronghe_testkit::{
    TODAY, TestDb, accepting, act_on, db_test, of_role, person, postgres, sealed_page, sqlite, this_year,
    waits_for_a_lock, world,
};

/// What a university does that the end bounds.
const BOUNDED: [Bounded; 3] = [Bounded::Submit, Bounded::SubmitAgain, Bounded::Withdraw];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bounded {
    Submit,
    /// Taken back before, to be changed.
    SubmitAgain,
    Withdraw,
}

/// An application that waits for its university's command.
struct Waiting {
    bounded: Bounded,
    who: Caller,
    application: Application,
}

impl Waiting {
    async fn new(app: &App, who: &Caller, need: &str, bounded: Bounded) -> Self {
        let mut application = sealed_page(app, who, need).await;
        if bounded == Bounded::SubmitAgain {
            for act in [Act::Submit, Act::Reopen] {
                application = act_on(app, who, &application, act).await.unwrap();
            }
        }
        Self { bounded, who: who.clone(), application }
    }

    async fn carry_out(&self, app: &App) -> Result<Application, Error> {
        let act = if self.bounded == Bounded::Withdraw { Act::Withdraw } else { Act::Submit };
        act_on(app, &self.who, &self.application, act).await
    }

    /// It stands as it stood, and nothing more of it was handed in.
    async fn stands(&self, app: &App) {
        let name = self.application.name().to_string();
        let now = ronghe_app::application::show(app, &self.who, &name).await.unwrap();
        assert_eq!(now.application, self.application);
        assert_eq!(now.submissions.len(), usize::from(self.bounded == Bounded::SubmitAgain));
    }
}

/// One person of each university that could apply.
async fn universities(app: &App) -> Vec<Caller> {
    let mut seen = std::collections::BTreeSet::new();
    let people = of_role(app, Role::University).await.into_iter();
    let people = people.filter(|account| seen.insert(account.org));
    people.map(|account| Caller::at_console(account.actor(), "test")).collect()
}

async fn end(app: &App) -> Instant {
    this_year(app).await.content.closes(Phase::AcceptingApplications).unwrap()
}

#[track_caller]
fn ended(done: Result<Application, Error>, closed: Instant) {
    match done {
        Err(Error::Refused(refused)) => {
            assert_eq!(refused.refusal, Refusal::Application(Why::Ended { closed }));
            assert_eq!(refused.attempt, None, "what is refused of a sealed one stands in no chain");
        }
        other => panic!("it was not refused: {other:?}"),
    }
}

db_test!(the_end_of_applying_is_exact, |test: TestDb| async move {
    let app = world(&test).await;
    let need = accepting(&app).await.remove(0);
    let mut people = universities(&app).await.into_iter();
    let mut points = Vec::new();
    for (off, in_time) in AROUND {
        for bounded in BOUNDED {
            points.push((off, in_time, Waiting::new(&app, &people.next().unwrap(), &need, bounded).await));
        }
    }
    let late = Waiting::new(&app, &people.next().unwrap(), &need, Bounded::Submit).await;
    let first = end(&app).await;
    // Set later in time it counts as it is stored then, to the millisecond as well.
    extend(&app).await.unwrap();
    let later = end(&app).await;
    assert!(later > first);
    app.clock().set(later - SignedDuration::from_millis(1));
    assert_eq!(late.carry_out(&app).await.unwrap().state, State::Submitted);
    check(&app, &points, later).await;
    let mut others = points.iter().filter(|(_, in_time, _)| !in_time);
    ended(others.next().unwrap().2.carry_out(&app).await, later);
    // Whether the seals are opened a moment later or not: nobody is promised a day on which nothing is taken.
    match extend(&app).await {
        Err(Error::Refused(refused)) => {
            assert_eq!(refused.refusal, Refusal::Cycle(CycleRefusal::SealsOpened));
        }
        other => panic!("it was not refused: {other:?}"),
    }
    SEALED_ENDS.reached(points.len() + 2);
});

async fn check(app: &App, points: &[(SignedDuration, bool, Waiting)], end: Instant) {
    for (off, in_time, waiting) in points {
        app.clock().set(end + *off);
        match waiting.carry_out(app).await {
            Ok(done) if *in_time => assert_ne!(done.state, waiting.application.state),
            done => {
                assert!(!in_time, "{:?} {off:?}: {done:?}", waiting.bounded);
                ended(done, end);
                waiting.stands(app).await;
            }
        }
    }
}

async fn extend(app: &App) -> Result<Cycle, Error> {
    let year = this_year(app).await;
    let closes = year.content.closes(Phase::AcceptingApplications).unwrap();
    let until = SHANGHAI.to_datetime(closes).date();
    let draft = ExtensionDraft {
        end: End::Applications,
        until: format!("{} 17:00", until.tomorrow().unwrap()),
        reason: "多所高校反映盖章用时较长".into(),
    };
    let lead = person(app, "zhangmin").await;
    cycle::act(app, &lead, &year.name(), cycle::Act::Extend(draft), year.version).await
}

db_test!(a_lock_held_across_the_end_of_applying_is_no_excuse, |test: TestDb| async move {
    let app = world(&test).await;
    let need = accepting(&app).await.remove(0);
    let waiting = Waiting::new(&app, &universities(&app).await[0], &need, Bounded::Submit).await;
    let end = end(&app).await;
    app.clock().set(end - SignedDuration::from_millis(1));
    let held = app.db().begin().await.unwrap();
    store::cycle::lock(&held, CycleYear::of(TODAY.year())).await.unwrap();
    let running = tokio::spawn({
        let (app, who, application) = (app.clone(), waiting.who.clone(), waiting.application.clone());
        async move { act_on(&app, &who, &application, Act::Submit).await }
    });
    waits_for_a_lock(&app).await;
    app.clock().set(end);
    held.rollback().await.unwrap();
    ended(running.await.unwrap(), end);
    waiting.stands(&app).await;
});

/// What is sealed has no event whose time could be looked at; here the end comes between the decision and the commit.
#[tokio::test]
async fn what_was_handed_in_in_time_and_comes_too_late_is_decided_anew() {
    let test = postgres().await;
    let app = world(&test).await;
    let need = accepting(&app).await.remove(0);
    let waiting = Waiting::new(&app, &universities(&app).await[0], &need, Bounded::Submit).await;
    let end = end(&app).await;
    app.clock().set(end - SignedDuration::from_millis(1));
    let held = app.db().begin().await.unwrap();
    let lock = "LOCK TABLE application_version IN EXCLUSIVE MODE";
    held.execute_unprepared(lock).await.unwrap();
    let running = tokio::spawn({
        let (app, who, application) = (app.clone(), waiting.who.clone(), waiting.application.clone());
        async move { act_on(&app, &who, &application, Act::Submit).await }
    });
    waits_for_a_lock(&app).await;
    app.clock().set(end);
    held.rollback().await.unwrap();
    ended(running.await.unwrap(), end);
    waiting.stands(&app).await;
}

/// Whoever watches reads the chain in its order: nor does that tell who began first.
#[tokio::test]
async fn the_chain_opens_them_in_the_order_of_their_numbers() {
    let test = sqlite().await;
    let app = world(&test).await;
    let needs = accepting(&app).await;
    let people = universities(&app).await;
    for (who, need) in people.iter().cycle().zip(&needs).take(8) {
        let sealed = sealed_page(&app, who, need).await;
        act_on(&app, who, &sealed, Act::Submit).await.unwrap();
    }
    app.clock().set(end(&app).await);
    assert_eq!(ronghe_app::application::open_due(&app).await.unwrap(), 1);
    let watcher = Caller::system(Via::Console, "test");
    let filter = Filter { subject: Some(Subject::Application), limit: 50, ..Filter::default() };
    let (mut events, _) = audit::events(&app, &watcher, &filter).await.unwrap();
    events.reverse();
    let names: Vec<String> = events.into_iter().map(|it| it.detail.unwrap().name).collect();
    let numbers: Vec<String> = (1..=8).map(|number| format!("A2026-{number:04}")).collect();
    assert_eq!(names, numbers);
}
