//! Fifty at once forward, and fifty at once merge, compose, agree and publish: no need is lost, doubled, or on two
//! places of one list.

use ronghe_app::need::{self, Act, Bulk, Filter, Judgement};
use ronghe_app::{App, Caller, Error, audit, cycle, need_list};
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::{NeedId, Role, Version};
use ronghe_domain::need::district::summary::{Scope as Summaries, State as Stands};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::verdict::VerdictDraft;
use ronghe_domain::need::{Action, Row, State, Why};
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_domain::need_list::{Edition, ListDraft, NeedList, State as Listing};
use ronghe_store as store;
use ronghe_testkit::proofs::{CROWD, Dice};
use ronghe_testkit::{TestDb, db_test, of_role, person, this_year, world};
use std::collections::{BTreeMap, BTreeSet};

/// What each of them does, one after the other.
const EACH: usize = 4;

/// Carried out, or refused by a rule, because somebody was faster, or by a database that is asked too much at once;
/// nothing else may come of it.
fn heard<T: std::fmt::Debug>(done: Result<T, Error>) -> usize {
    match done {
        Ok(_) => 1,
        Err(
            Error::Refused(_)
            | Error::Invalid(_)
            | Error::Hidden
            | Error::Stale { .. }
            | Error::Unavailable(_),
        ) => 0,
        Err(other) => panic!("neither carried out nor refused: {other:?}"),
    }
}

/// Every need of the year, in order of numbers.
async fn rows(app: &App) -> Vec<Row> {
    let filter = Filter {
        cycle: Some(this_year(app).await.id),
        sort: need::Sort::Number,
        limit: 500,
        ..Filter::default()
    };
    store::need::list(app.db().reader(), &[Scope::All], &filter).await.unwrap().0
}

async fn named(app: &App, state: State) -> Vec<String> {
    let all = rows(app).await;
    all.iter().filter(|row| row.standing.state == state).map(|row| row.name().to_string()).collect()
}

async fn version(app: &App, who: &Caller, name: &str) -> Version {
    need::show(app, who, name).await.map_or(Version::FIRST, |shown| shown.need.version)
}

/// Bureaus and schools at the same needs: forwarded one by one and many at once, returned, taken back.
async fn forwarding(app: &App) -> usize {
    let bureaus = of_role(app, Role::DistrictBureau).await;
    let schools = of_role(app, Role::NeedUnit).await;
    let waiting: Vec<Row> =
        rows(app).await.into_iter().filter(|row| row.standing.state == State::Submitted).collect();
    let tasks = (0..CROWD.least).map(|nth| {
        let mut dice = Dice::of(u64::try_from(nth).unwrap());
        let row = dice.one(&waiting).clone();
        let at_console =
            |account: &ronghe_domain::account::Account| Caller::at_console(account.actor(), "test");
        let of = |org| move |account: &&ronghe_domain::account::Account| Some(account.org) == org;
        let bureau = at_console(bureaus.iter().find(of(row.standing.district)).unwrap());
        let school = at_console(schools.iter().find(of(Some(row.standing.unit))).unwrap());
        let here = waiting.iter().filter(|it| it.standing.district == row.standing.district);
        let names: Vec<String> = here.map(|it| it.name().to_string()).collect();
        let (app, name) = (app.clone(), row.name().to_string());
        tokio::spawn(async move {
            let seen = version(&app, &bureau, &name).await;
            match dice.below(6) {
                0 => heard(need::act(&app, &school, &name, Act::Withdraw, seen).await),
                1..3 => heard(need::act(&app, &bureau, &name, Act::Forward, seen).await),
                _ => {
                    let bulk = Bulk { names, skip_refused: true, ..Bulk::default() };
                    heard(need::forward(&app, &bureau, &bulk).await)
                }
            }
        })
    });
    joined(tasks.collect()).await
}

async fn joined(tasks: Vec<tokio::task::JoinHandle<usize>>) -> usize {
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    done
}

/// What arrived stands in its district's newest summary, once, and in each version at most once.
async fn is_handed_up_once(app: &App) {
    let all = rows(app).await;
    let year = this_year(app).await.id;
    let db = app.db().reader();
    let versions = store::need::district::summary::list(db, Summaries::Issued, year, None).await.unwrap();
    let mut newest: BTreeMap<_, (u32, BTreeSet<NeedId>)> = BTreeMap::new();
    let mut left: BTreeMap<NeedId, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for summary in versions.iter().filter(|it| it.state == Stands::Issued) {
        assert!(seen.insert((summary.district, summary.seq)), "two versions of one number");
        let lines: BTreeSet<NeedId> = summary.lines.iter().map(|line| line.need).collect();
        assert_eq!(lines.len(), summary.lines.len(), "a need stands twice in one summary");
        for line in summary.leaving() {
            *left.entry(line.need).or_default() += 1;
        }
        let last = newest.entry(summary.district).or_default();
        if summary.seq > last.0 {
            *last = (summary.seq, lines);
        }
    }
    assert!(left.values().all(|times| *times == 1), "a need left its district twice");
    for row in all.iter().filter(|row| row.standing.state == State::Forwarded) {
        let Some(district) = row.standing.district else { continue };
        assert!(newest[&district].1.contains(&row.id), "{} is in no summary", row.name());
    }
}

/// The lead office's three and the leading group's two, each in many windows at once.
async fn listing(app: &App, seed: u64) -> usize {
    let people = ["zhangmin", "liuzhiyuan", "fengyutong", "fangyun", "chenjianguo"];
    let names: Vec<String> = rows(app)
        .await
        .iter()
        .filter(|row| row.standing.state != State::Withdrawn && row.seq.is_some())
        .map(|row| row.name().to_string())
        .collect();
    let mut tasks = Vec::new();
    for nth in 0..CROWD.least {
        let who = person(app, people[nth % people.len()]).await;
        let (app, names) = (app.clone(), names.clone());
        let mut dice = Dice::of(seed + u64::try_from(nth).unwrap());
        tasks.push(tokio::spawn(async move {
            let mut done = 0;
            for _ in 0..EACH {
                done += step(&app, &who, &names, &mut dice).await;
            }
            done
        }));
    }
    joined(tasks).await
}

async fn step(app: &App, who: &Caller, names: &[String], dice: &mut Dice) -> usize {
    let leads = who.actor.has(Role::LeadOffice);
    match dice.below(if leads { 8 } else { 2 }) {
        // Whoever agrees does nothing else.
        _ if !leads => {
            let back = dice.below(4) == 0;
            let act = if back { need_list::Act::Return("再议".into()) } else { approve() };
            on_list(app, who, act).await
        }
        0 => compose(app, who, names, dice).await,
        1..3 => on_list(app, who, need_list::Act::Propose).await,
        3..5 => on_list(app, who, need_list::Act::Publish).await,
        _ => judge(app, who, names, dice).await,
    }
}

fn approve() -> need_list::Act {
    need_list::Act::Approve(String::new())
}

async fn judge(app: &App, who: &Caller, names: &[String], dice: &mut Dice) -> usize {
    let into = dice.one(names).clone();
    let (action, draft) = match dice.below(4) {
        0 | 1 => (Action::Merge, VerdictDraft { into, ..VerdictDraft::default() }),
        2 => (Action::Decline, VerdictDraft { why: Some(Why::TooVague), ..VerdictDraft::default() }),
        _ => (Action::Enlist, VerdictDraft::default()),
    };
    let bulk = Bulk { names: vec![dice.one(names).clone()], skip_refused: true, ..Bulk::default() };
    heard(need::judge_all(app, who, &bulk, &Judgement { action, draft }).await)
}

/// The version that is made, or the newest.
async fn newest(app: &App) -> Option<NeedList> {
    let cycle = cycle::show(app, &Caller::system(Via::System, "proof"), "2026").await.ok()?;
    store::need_list::of(app.db().reader(), cycle.id).await.ok()?.pop()
}

async fn compose(app: &App, who: &Caller, names: &[String], dice: &mut Dice) -> usize {
    let last = newest(app).await;
    let change =
        |dice: &mut Dice| ChangeDraft { need: dice.one(names).clone(), reason: "情况有变".into() };
    let is_later = last.as_ref().is_some_and(|list| list.no > 1 || list.state == Listing::Published);
    let draft = ListDraft {
        add: if is_later && dice.below(2) == 0 { vec![change(dice)] } else { Vec::new() },
        remove: if is_later && dice.below(2) == 0 { vec![change(dice)] } else { Vec::new() },
        reason: "补充与调整".into(),
        ..ListDraft::default()
    };
    let open = last.filter(|list| list.state != Listing::Published);
    let seen = open.map_or(NeedList::NONE, |list| list.version);
    heard(need_list::compose(app, who, "2026", &draft, seen).await)
}

async fn on_list(app: &App, who: &Caller, act: need_list::Act) -> usize {
    let Some(list) = newest(app).await else { return 0 };
    let edition = Edition(list.no).to_string();
    heard(need_list::act(app, who, "2026", &edition, act, list.version).await)
}

/// What the crowd has left open comes to its end: everything has a verdict, and the version is published.
async fn finished(app: &App) {
    let lead = person(app, "zhangmin").await;
    let queue = need::Filter { decided: Some(false), limit: 500, ..Filter::default() };
    let open = need::queue(app, &lead, this_year(app).await.id, &queue).await.unwrap().rows;
    let names = open.iter().map(|(row, _)| row.name().to_string()).collect();
    let bulk = Bulk { names, skip_refused: true, ..Bulk::default() };
    let enlist = Judgement { action: Action::Enlist, draft: VerdictDraft::default() };
    assert!(need::judge_all(app, &lead, &bulk, &enlist).await.unwrap().refused.is_empty());
    let last = newest(app).await;
    if last.as_ref().is_some_and(|list| list.state == Listing::Published) {
        return;
    }
    if last.as_ref().is_none_or(|list| list.state == Listing::Draft) {
        let seen = last.map_or(NeedList::NONE, |list| list.version);
        let draft = ListDraft { reason: "补充与调整".into(), ..ListDraft::default() };
        need_list::compose(app, &lead, "2026", &draft, seen).await.unwrap();
        on_list(app, &lead, need_list::Act::Propose).await;
    }
    for login in ["fangyun", "chenjianguo"] {
        on_list(app, &person(app, login).await, approve()).await;
    }
    on_list(app, &lead, need_list::Act::Publish).await;
}

/// Every need stands in one state, what is listed on the newest version once, under a number of its own for good.
async fn is_listed_once(app: &App, before: &[Row]) -> usize {
    let all = rows(app).await;
    let ids = |rows: &[Row]| rows.iter().map(|row| row.id).collect::<BTreeSet<_>>();
    assert_eq!(ids(&all), ids(before), "a need was lost or made");
    let numbers: BTreeSet<_> = all.iter().filter_map(|row| row.seq).collect();
    assert_eq!(numbers.len(), all.iter().filter(|row| row.seq.is_some()).count(), "a number twice");
    let versions = store::need_list::of(app.db().reader(), this_year(app).await.id).await.unwrap();
    let published: Vec<_> = versions.iter().filter(|list| list.state == Listing::Published).collect();
    let mut given: BTreeMap<u32, NeedId> = BTreeMap::new();
    for (nth, list) in published.iter().enumerate() {
        assert_eq!(usize::try_from(list.no).unwrap(), nth + 1, "a version is missing");
        let needs: BTreeSet<NeedId> = list.entries.iter().map(|entry| entry.need).collect();
        assert_eq!(needs.len(), list.entries.len(), "a need stands twice on v{}", list.no);
        for entry in &list.entries {
            assert_eq!(*given.entry(entry.seq).or_insert(entry.need), entry.need, "a number is given twice");
        }
    }
    let of = |state: State| {
        all.iter().filter(move |row| row.standing.state == state).map(|row| row.id).collect::<BTreeSet<_>>()
    };
    let standing: BTreeSet<NeedId> =
        published.last().iter().flat_map(|list| &list.entries).map(|entry| entry.need).collect();
    assert_eq!(of(State::Listed), standing, "the list and its needs differ");
    let verdicts = store::need::verdict::of(app.db().reader(), of(State::Merged)).await.unwrap();
    for verdict in verdicts {
        let into = verdict.outcome.and_then(|outcome| outcome.into()).unwrap();
        assert!(standing.contains(&into), "merged into what is not listed");
    }
    published.len()
}

db_test!(fifty_at_once_lose_and_double_no_need, |test: TestDb| async move {
    let app = world(&test).await;
    let before = rows(&app).await;
    let carried_out = forwarding(&app).await;
    assert!(carried_out > 10, "only {carried_out} were carried out");
    is_handed_up_once(&app).await;
    let lead = person(&app, "zhangmin").await;
    let year = this_year(&app).await;
    app.clock().set(year.content.collecting.districts_end);
    cycle::act(&app, &lead, "2026", cycle::Act::Advance, year.version).await.unwrap();
    let screened = named(&app, State::Screening).await.len();
    for seed in [100, 200] {
        assert!(listing(&app, seed).await > 10, "hardly anything was carried out");
        finished(&app).await;
        assert!(is_listed_once(&app, &before).await > 0, "nothing was published");
    }
    let settled = [State::Listed, State::Declined, State::Merged];
    let all = rows(&app).await;
    assert_eq!(all.iter().filter(|row| settled.contains(&row.standing.state)).count(), screened);
    let watcher = Caller::system(Via::Console, "proof");
    assert_eq!(audit::verify(&app, &watcher).await.unwrap().faults, [], "the chain does not hold");
    CROWD.reached(CROWD.least);
});
