//! A cycle is made, opened, extended and moved; each step by whom it belongs to, at its time.

use crate::problem;
use ronghe_client::{Client, ListMessages, ListNeeds};
use ronghe_contract::cycle::{ActOnCycle, CycleView};
use ronghe_contract::need::{ActOnNeed, NeedView, StartNeed};
use ronghe_domain::cycle::eligibility::Check;
use ronghe_domain::cycle::{Action, Condition, CycleDraft, End, Part, PartDraft, Phase, PlanDraft};
use ronghe_domain::kernel::{Fen, Instant};
use ronghe_domain::message;
use ronghe_domain::need::rules::Turn;
use ronghe_domain::need::{Action as NeedAction, State};
use ronghe_domain::task::Kind;
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft};

fn draft(year: &str) -> CycleDraft {
    CycleDraft {
        year: year.into(),
        title: format!("{year}年专项"),
        policy: "jinan-2023-24".into(),
        budget: "5,000,000".into(),
        opens: format!("{year}-02-24 09:00"),
        units_end: format!("{year}-03-20 17:00"),
        plan: vec![PlanDraft {
            phase: Phase::ScreeningNeeds,
            from: format!("{year}-03-30"),
            to: format!("{year}-04-10"),
        }],
        ..CycleDraft::default()
    }
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn offered(view: &CycleView) -> Vec<Action> {
    view.offers.iter().map(|offer| offer.action).collect()
}

#[tokio::test]
async fn a_cycle_is_prepared_and_opened_by_the_lead_office() {
    let test = TestApp::start().await;
    let (lead, school) = (test.entered("zhangmin").await, test.entered("wanghaifeng").await);
    assert_eq!(problem(school.create_cycle(&draft("2027")).await).status, 403);
    let empty = problem(lead.create_cycle(&CycleDraft::default()).await);
    let paths: Vec<&str> = empty.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!((empty.status, paths), (422, vec!["year", "title", "policy", "budget", "opens", "units_end"]));
    let made = lead.create_cycle(&draft("2027")).await.unwrap();
    let rules = [
        Action::ReviseSelection,
        Action::ReviseRubric,
        Action::ReviseFrame,
        Action::ReviseApproval,
        Action::ReviseAffinity,
    ];
    let open = [[Action::Open, Action::Change].as_slice(), &rules, &[Action::Rehearse]].concat();
    assert_eq!((made.row.phase, offered(&made)), (Phase::Preparing, open));
    assert_eq!(problem(lead.create_cycle(&draft("2027")).await).fields[0].error.path, "year");
    let check = Condition { check: Some(Check::Lands), ..Condition::default() };
    let unworded = CycleDraft { eligibility: vec![check], ..draft("2028") };
    assert_eq!(problem(lead.create_cycle(&unworded).await).fields[0].error.path, "eligibility[0].text");
    // In preparation it is nobody's business.
    assert_eq!(problem(school.show_cycle("2027").await).status, 404);
    assert_eq!(school.list_cycles().await.unwrap().total, 1);
    let unplanned = CycleDraft { plan: vec![], ..draft("2027") };
    let made = lead.change_cycle("2027", &made.version, &unplanned).await.unwrap();
    let refused = problem(lead.act_on_cycle("2027", &made.version, &ActOnCycle::Open).await);
    assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("not_planned")));
    let mut better = draft("2027");
    better.most_per_school = "3".into();
    let changed = lead.change_cycle("2027", &made.version, &better).await.unwrap();
    assert_eq!(changed.most_per_school, Some(3));
    assert_eq!(problem(lead.change_cycle("2027", &made.version, &better).await).status, 412);
    assert_eq!(problem(school.act_on_cycle("2027", &changed.version, &ActOnCycle::Open).await).status, 404);
    let open = lead.act_on_cycle("2027", &changed.version, &ActOnCycle::Open).await.unwrap();
    assert_eq!(open.row.phase, Phase::CollectingNeeds);
    assert_eq!(problem(lead.change_cycle("2027", &open.version, &better).await).status, 409);
    assert_eq!(school.show_cycle("2027").await.unwrap().row.phase, Phase::CollectingNeeds);
    let refused = problem(school.act_on_cycle("2027", &open.version, &ActOnCycle::Advance).await);
    assert_eq!(refused.status, 403);
    let events = lead.list_cycle_events("2027").await.unwrap();
    assert_eq!(events.items.iter().filter(|event| !event.refused).count(), 4);
    assert_eq!(problem(test.client.list_cycle_events("2027").await).status, 404);
}

#[tokio::test]
async fn no_cycle_opens_under_an_expired_policy() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let made = lead.create_cycle(&draft("2028")).await.unwrap();
    // The renewal of the demonstration ends in January 2028.
    test.app.clock().set(at("2028-02-01T01:00:00Z"));
    let lead = test.entered("zhangmin").await;
    let refused = problem(lead.act_on_cycle("2028", &made.version, &ActOnCycle::Open).await);
    assert_eq!(refused.status, 409);
    assert_eq!(refused.refusal.unwrap()["code"], "policy_not_in_force");
    let offer = lead.show_cycle("2028").await.unwrap().offers.remove(0);
    assert!(offer.action == Action::Open && offer.barred.is_some());
}

#[tokio::test]
async fn needs_go_with_their_cycle_and_ends_are_told() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let cycle = lead.show_cycle("2026").await.unwrap();
    let closes = cycle.row.collecting.districts_end;
    let early = problem(lead.act_on_cycle("2026", &cycle.version, &ActOnCycle::Advance).await);
    assert_eq!((early.status, early.refusal.unwrap()["code"].as_str()), (409, Some("window_open")));
    let extend = |reason: &str| ActOnCycle::Extend {
        end: End::Districts,
        until: "2026-03-30 17:00".into(),
        reason: reason.into(),
    };
    assert_eq!(problem(lead.act_on_cycle("2026", &cycle.version, &extend(" ")).await).status, 422);
    let later = lead.act_on_cycle("2026", &cycle.version, &extend("两区停课")).await.unwrap();
    assert_eq!((later.extensions[0].was, later.extensions[0].reason.as_str()), (closes, "两区停课"));
    let school = test.entered("wanghaifeng").await;
    assert_eq!(school.show_cycle("2026").await.unwrap().extensions.len(), 1, "everyone is told");

    let forwarded = |state: &str| ronghe_client::ListNeeds { state: state.into(), ..Default::default() };
    let before = lead.list_needs(&forwarded("forwarded")).await.unwrap().total;
    test.app.clock().set(later.row.collecting.districts_end);
    let lead = test.entered("zhangmin").await;
    let screening = lead.act_on_cycle("2026", &later.version, &ActOnCycle::Advance).await.unwrap();
    assert_eq!(screening.row.phase, Phase::ScreeningNeeds);
    let rows = lead.list_needs(&forwarded("screening")).await.unwrap();
    assert_eq!(rows.total, before);
    assert!(rows.items.iter().all(|row| row.state == State::Screening));
    let back = ActOnCycle::Back { reason: "补收一个区".into() };
    let again = lead.act_on_cycle("2026", &screening.version, &back).await.unwrap();
    assert_eq!(again.moves.last().unwrap().reason, "补收一个区");
    assert_eq!(lead.list_needs(&forwarded("forwarded")).await.unwrap().total, before);
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

/// A need that its district has forwarded, in screening.
async fn screened(test: &TestApp) -> String {
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let begun = StartNeed { draft: need_draft(), ..StartNeed::default() };
    let begun = school.start_need(&begun).await.unwrap();
    let sent = school.act_on_need(&begun.row.name, &begun.version, &ActOnNeed::Submit).await.unwrap();
    let name = sent.row.name;
    district.act_on_need(&name, &sent.version, &ActOnNeed::Forward).await.unwrap();
    let closes = school.show_cycle("2026").await.unwrap().row.collecting.districts_end;
    test.app.clock().set(closes);
    moved(&test.entered("zhangmin").await, &ActOnCycle::Advance).await.unwrap();
    name
}

async fn moved(lead: &Client, act: &ActOnCycle) -> Result<CycleView, ronghe_client::Error> {
    let version = lead.show_cycle("2026").await?.version;
    lead.act_on_cycle("2026", &version, act).await
}

async fn returned(lead: &Client, name: &str) -> Result<NeedView, ronghe_client::Error> {
    let version = lead.show_need(name).await?.version;
    let remark = "数字不实".into();
    let back = ActOnNeed::Return { corrections: vec![], remark, until: String::new() };
    lead.act_on_need(name, &version, &back).await
}

#[tokio::test]
async fn screening_ends_by_its_plan_and_is_extended() {
    let test = TestApp::start().await;
    let name = screened(&test).await;
    test.app.clock().set(at("2026-04-20T01:00:00Z"));
    let lead = test.entered("zhangmin").await;
    let refused = problem(returned(&lead, &name).await);
    assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("ended")));
    let until =
        |end: End, until: &str| ActOnCycle::Extend {
            end, until: until.into(), reason: "专家未到齐".into()
        };
    let wrong = problem(moved(&lead, &until(End::Districts, "2026-04-30 17:00")).await);
    assert_eq!((wrong.status, wrong.fields[0].error.path.as_str()), (422, "end"));
    moved(&lead, &until(End::Screening, "2026-04-30")).await.unwrap();
    let back = returned(&lead, &name).await.unwrap();
    assert_eq!(back.row.deadline, Some(at("2026-04-30T16:00:00Z")));
    moved(&lead, &until(End::Screening, "2026-05-08")).await.unwrap();
    let later = lead.show_need(&name).await.unwrap();
    assert_eq!(later.row.deadline, Some(at("2026-05-08T16:00:00Z")), "its day goes along");
}

#[tokio::test]
async fn what_was_returned_comes_back_after_the_cycle_went_back_and_on() {
    let test = TestApp::start().await;
    let name = screened(&test).await;
    let lead = test.entered("zhangmin").await;
    returned(&lead, &name).await.unwrap();
    let school = test.entered("wanghaifeng").await;
    let can_submit = async || {
        let offers = school.show_need(&name).await.unwrap().offers;
        offers.iter().any(|offer| offer.action == NeedAction::Submit && offer.barred.is_none())
    };
    assert!(can_submit().await);
    moved(&lead, &ActOnCycle::Back { reason: "补收一个区".into() }).await.unwrap();
    assert!(can_submit().await);
    moved(&lead, &ActOnCycle::Advance).await.unwrap();
    assert!(can_submit().await, "the day of its return lies ahead");
    let version = school.show_need(&name).await.unwrap().version;
    let again = school.act_on_need(&name, &version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!(again.row.state, State::Screening);
}

#[tokio::test]
async fn opening_a_year_hides_no_work_of_the_one_before() {
    let test = TestApp::start().await;
    let district = test.entered("liwenjing").await;
    let tasks = async || {
        let tasks = district.list_tasks().await.unwrap().items;
        tasks.into_iter().map(|task| (task.kind, task.count, task.record)).collect::<Vec<_>>()
    };
    let before = tasks().await;
    assert!(!before.is_empty());
    let lead = test.entered("zhangmin").await;
    let made = lead.create_cycle(&draft("2027")).await.unwrap();
    lead.act_on_cycle("2027", &made.version, &ActOnCycle::Open).await.unwrap();
    assert_eq!(tasks().await, before);
}

#[tokio::test]
async fn parts_are_revised_with_a_reason_until_they_are_needed() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let cycle = lead.show_cycle("2026").await.unwrap();
    let part = |view: &CycleView, part: Part| view.parts.iter().find(|it| it.part == part).unwrap().clone();
    let PartDraft::Rubric(mut rubric) = part(&cycle, Part::Rubric).draft else { panic!("a rubric") };
    let revise = |draft: PartDraft, reason: &str| ActOnCycle::Revise { part: draft, reason: reason.into() };
    let same = revise(PartDraft::Rubric(rubric.clone()), "照旧");
    assert_eq!(problem(moved(&lead, &same).await).fields[0].error.path, "rubric");
    rubric.criteria[0].weight = "25".into();
    let more = problem(moved(&lead, &revise(PartDraft::Rubric(rubric.clone()), "加重契合度")).await);
    assert_eq!((more.status, more.fields[0].error.path.as_str()), (422, "criteria"));
    rubric.criteria[1].weight = "20".into();
    let without = problem(moved(&lead, &revise(PartDraft::Rubric(rubric.clone()), " ")).await);
    assert_eq!(without.fields[0].error.path, "reason");
    let done = moved(&lead, &revise(PartDraft::Rubric(rubric.clone()), "加重契合度")).await.unwrap();
    assert_eq!((part(&done, Part::Rubric).version, done.rubric.criteria[0].weight), (2, 25));
    let kept = done.revisions.last().unwrap();
    assert_eq!((kept.part, kept.reason.as_str()), (Part::Rubric, "加重契合度"));
    assert!(matches!(&kept.was, PartDraft::Rubric(was) if was.criteria[0].weight == "20"));

    let school = test.entered("wanghaifeng").await;
    let refused = problem(moved(&school, &revise(PartDraft::Budget("1".into()), "没有")).await);
    assert_eq!(refused.status, 403);
    let told = school.list_messages(&ListMessages::default()).await.unwrap();
    assert!(told.items.iter().any(|it| it.kind == message::Kind::CycleRevised), "{told:?}");

    // Once universities apply, they do so by a rubric that stands.
    test.app.clock().set(done.row.collecting.districts_end);
    let lead = test.entered("zhangmin").await;
    moved(&lead, &ActOnCycle::Advance).await.unwrap();
    crate::proofs::lists::publish_all(&test, &lead).await;
    let applying = moved(&lead, &ActOnCycle::Advance).await.unwrap();
    assert_eq!(applying.row.phase, Phase::AcceptingApplications);
    rubric.criteria[0].name = "契合".into();
    let late = problem(moved(&lead, &revise(PartDraft::Rubric(rubric), "改名")).await);
    assert_eq!((late.status, late.refusal.unwrap()["code"].as_str()), (409, Some("frozen")));
    let less = moved(&lead, &revise(PartDraft::Budget("7,500,000".into()), "市财政核减")).await.unwrap();
    assert_eq!(less.row.budget, Fen::yuan(7_500_000));
    let windows: Vec<_> = less.windows.iter().filter(|it| it.began.is_some()).map(|it| it.phase).collect();
    assert_eq!(windows, [Phase::CollectingNeeds, Phase::ScreeningNeeds, Phase::AcceptingApplications]);
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

#[tokio::test]
async fn the_year_after_takes_the_rules_of_this_one() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let mut next = lead.draft_following_cycle("2026").await.unwrap();
    assert_eq!((next.year.as_str(), next.rules_of.as_str()), ("2027", "2026"));
    let made = lead.create_cycle(&next).await.unwrap();
    let now = lead.show_cycle("2026").await.unwrap();
    assert_eq!((made.rubric, made.selection), (now.rubric, now.selection));
    next.rules_of = "1999".into();
    next.year = "2028".into();
    assert_eq!(problem(lead.create_cycle(&next).await).fields[0].error.path, "rules_of");
    let school = test.entered("wanghaifeng").await;
    assert_eq!(problem(school.draft_following_cycle("2026").await).status, 403);
    assert_eq!(problem(school.draft_following_cycle("2027").await).status, 404);
}

db_test!(tasks_of_two_years_lead_to_two_lists, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (lead, district) = (test.entered("zhangmin").await, test.entered("liwenjing").await);
    let school = test.entered("wanghaifeng").await;
    let opened = CycleDraft {
        year: "2027".into(),
        opens: "2026-03-09 09:00".into(),
        units_end: "2026-03-20 17:00".into(),
        ..draft("2026")
    };
    let made = lead.create_cycle(&opened).await.unwrap();
    lead.act_on_cycle("2027", &made.version, &ActOnCycle::Open).await.unwrap();
    for _ in 0..2 {
        let begun = StartNeed { draft: need_draft(), year: "2027".into() };
        let need = school.start_need(&begun).await.unwrap();
        school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    }
    let tasks = district.list_tasks().await.unwrap().items;
    let forward: Vec<_> = tasks.into_iter().filter(|task| task.kind == Kind::ForwardNeeds).collect();
    let years: Vec<_> = forward.iter().filter_map(|task| task.year.as_deref()).collect();
    assert_eq!((years.len(), years.contains(&"2026"), years.contains(&"2027")), (2, true, true));
    for task in forward {
        let (year, state) = (task.year.unwrap(), "submitted".into());
        let list = district.list_needs(&ListNeeds { year, state, ..ListNeeds::default() }).await.unwrap();
        assert_eq!(list.total, task.count);
    }
});

db_test!(a_return_whose_day_has_passed_waits_for_nobody, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (district, school) = (test.entered("liwenjing").await, test.entered("wanghaifeng").await);
    let with_schools = async |district: &Client| {
        let tasks = district.list_tasks().await.unwrap().items;
        tasks.iter().filter(|task| task.kind == Kind::WithSchools).map(|task| task.count).sum::<u64>()
    };
    let before = with_schools(&district).await;
    let begun = StartNeed { draft: need_draft(), ..StartNeed::default() };
    let need = school.start_need(&begun).await.unwrap();
    let sent = school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    let back = ActOnNeed::Return {
        corrections: Vec::new(),
        remark: "数字不实".into(),
        until: "2026-03-12 17:00".into(),
    };
    let returned = district.act_on_need(&sent.row.name, &sent.version, &back).await.unwrap();
    let closed = returned.row.deadline.unwrap();
    assert_eq!((returned.row.turn, with_schools(&district).await), (Turn::Unit, before + 1));
    test.app.clock().set(closed);
    // Two days later nobody is signed in any more.
    let district = test.entered("liwenjing").await;
    let late = district.show_need(&sent.row.name).await.unwrap().row;
    assert_eq!((late.state, late.turn, late.deadline), (State::ReturnedByDistrict, Turn::Nobody, None));
    assert!(with_schools(&district).await <= before, "it is nobody's any more");
});
