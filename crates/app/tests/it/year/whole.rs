//! The whole world of the demonstration: two years, made through the use cases, with something to do for everyone.

use ronghe_app::{App, Caller, application, audit, cycle, need, need_list, task};
use ronghe_domain::application::State as Applied;
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::{CycleId, Role};
use ronghe_domain::need::State;
use ronghe_domain::need_list::State as Listing;
use ronghe_store as store;
use ronghe_testkit::{db_test, person, whole_world};
use std::collections::BTreeSet;

/// Roles whose phases come later: nothing waits for them yet.
const LATER: [Role; 3] = [Role::Expert, Role::Finance, Role::Auditor];

db_test!(a_whole_world_holds_two_years, async |db: ronghe_testkit::TestDb| {
    let app = whole_world(&db).await;
    let lead = person(&app, "zhangmin").await;
    let opened = cycle::opened(&app).await.unwrap();
    let phases: Vec<_> = opened.iter().map(|it| (it.name(), it.phase)).collect();
    assert_eq!(
        phases.iter().map(|(name, phase)| (name.as_str(), *phase)).collect::<Vec<_>>(),
        [
            ("2026", Phase::AcceptingApplications),
            ("2025", Phase::Closed),
            ("2026R1", Phase::CollectingNeeds),
            ("2026R2", Phase::ScreeningNeeds),
        ]
    );
    let of = |name: &str| opened.iter().find(|it| it.name() == name).unwrap().id;
    needs(&app, &lead, of("2026")).await;
    lists(&app, &lead).await;
    assert_eq!(applications(&app, of("2026")).await, (150, 25, 13, 6));
    assert_eq!(applications(&app, of("2025")).await, (15, 15, 0, 0));
    work(&app).await;
    let watcher = Caller::system(Via::Console, "proof");
    assert_eq!(audit::verify(&app, &watcher).await.unwrap().faults, [], "the chain does not hold");
});

async fn needs(app: &App, lead: &Caller, year: CycleId) {
    let count = async |states: &[State]| {
        let filter = need::Filter { cycle: Some(year), states: states.to_vec(), ..need::Filter::default() };
        store::need::count(app.db().reader(), &[ronghe_domain::need::rules::Scope::All], &filter)
            .await
            .unwrap()
    };
    assert_eq!(count(&[]).await, 120);
    for state in [
        State::Draft,
        State::Submitted,
        State::ReturnedByDistrict,
        State::Returned,
        State::Listed,
        State::Declined,
        State::Merged,
        State::Withdrawn,
    ] {
        assert!(count(&[state]).await > 0, "no need is {state:?}");
    }
    let filter = need::Filter { cycle: Some(year), limit: 200, ..need::Filter::default() };
    let (rows, _) = need::list(app, lead, &filter).await.unwrap();
    let districts: BTreeSet<_> = rows.iter().filter_map(|row| row.standing.district).collect();
    assert_eq!(districts.len(), 15, "needs come from every district");
}

async fn lists(app: &App, lead: &Caller) {
    let versions = |year: &str| {
        let all = need_list::list(app, lead);
        let year = year.to_owned();
        async move {
            let all = all.await.unwrap().into_iter().filter(|(cycle, _)| cycle.name() == year);
            all.map(|(_, list)| (list.no, list.state, list.changes.len())).collect::<Vec<_>>()
        }
    };
    let open = Listing::Proposed;
    let published = Listing::Published;
    assert_eq!(versions("2026").await, [(3, open, 1), (2, published, 2), (1, published, 0)]);
    assert_eq!(versions("2025").await, [(1, published, 0)]);
}

/// How many applications there are, of how many universities, and how many are drafts and withdrawn.
async fn applications(app: &App, year: CycleId) -> (usize, usize, usize, usize) {
    let (mut all, mut homes, mut drafts, mut gone) = (0, BTreeSet::new(), 0, 0);
    for account in ronghe_testkit::of_role(app, Role::University).await {
        let who = Caller::at_console(account.actor(), "test");
        let filter = application::Filter { cycle: Some(year), limit: 50, ..application::Filter::default() };
        let (rows, _) = application::list(app, &who, &filter).await.unwrap();
        if rows.is_empty() || !homes.insert(account.org) {
            continue;
        }
        all += rows.len();
        drafts += rows.iter().filter(|row| row.state == Applied::Draft).count();
        gone += rows.iter().filter(|row| row.state == Applied::Withdrawn).count();
    }
    (all, homes.len(), drafts, gone)
}

/// Whoever stands at the door has something to do, where their role has a part in it by now.
async fn work(app: &App) {
    for (role, login) in &app.settings().door {
        let tasks = task::list(app, &person(app, login).await).await.unwrap();
        let own = tasks.iter().filter(|task| !task.kind.is_waiting()).count();
        assert_eq!(own == 0, LATER.contains(role), "{login} has {own} as {role:?}");
    }
}
