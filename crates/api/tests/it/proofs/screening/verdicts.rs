//! Verdicts: given, taken back, given on many; what others read stays what it was.

use super::{at, in_screening, screening};
use crate::problem;
use crate::proofs::hand::{Answer, Hand};
use jiff::SignedDuration;
use ronghe_client::{Client, ListNeeds, ListScreening};
use ronghe_contract::need::{ActOnNeed, JudgeNeed, JudgeNeeds, VerdictView};
use ronghe_domain::audit::Action as A;
use ronghe_domain::need::{Action, Ruling, State, Why};
use ronghe_domain::task::Kind;
use ronghe_testkit::TestApp;
use std::collections::BTreeMap;

/// The version of a verdict that was never given.
const NONE: &str = "\"v0\"";

fn enlist() -> JudgeNeed {
    JudgeNeed::Enlist { remark: String::new() }
}

fn decline(why: Option<Why>, remark: &str) -> JudgeNeed {
    JudgeNeed::Decline { why, remark: remark.into() }
}

fn merge(into: &str) -> JudgeNeed {
    JudgeNeed::Merge { into: into.into(), remark: String::new() }
}

async fn judged(lead: &Client, name: &str, version: &str, verdict: &JudgeNeed) -> VerdictView {
    lead.judge_need(name, version, verdict).await.unwrap()
}

#[tokio::test]
async fn a_verdict_is_given_with_a_reason_and_taken_back() {
    let (test, lead) = screening().await;
    let names: Vec<String> = in_screening(&lead).await.into_iter().map(|row| row.name).collect();
    let [first, second, third] = &names[..3] else { panic!("too few needs are in screening") };
    let tasks = lead.list_tasks().await.unwrap().items;
    let task = tasks.iter().find(|task| task.kind == Kind::ScreenNeeds).unwrap();
    assert_eq!((task.count, task.deadline.is_some()), (u64::try_from(names.len()).unwrap(), true));

    let none = problem(lead.judge_need(first, NONE, &decline(None, "")).await);
    assert_eq!((none.status, none.fields[0].error.path.as_str()), (422, "why"));
    let unsaid = problem(lead.judge_need(first, NONE, &decline(Some(Why::Other), "")).await);
    assert_eq!((unsaid.status, unsaid.fields[0].error.path.as_str()), (422, "remark"));
    let done = judged(&lead, first, NONE, &decline(Some(Why::PureResearch), "没有学校参与")).await;
    assert_eq!(
        (done.ruling, done.why, done.version.as_str()),
        (Some(Ruling::Declined), Some(Why::PureResearch), "\"v1\"")
    );
    let seen = lead.show_need(first).await.unwrap();
    assert_eq!(seen.row.state, State::Screening, "the need itself stands where it stood");
    assert_eq!(seen.meant.as_ref().unwrap().verdict, done);
    let offers: Vec<Action> = seen.offers.iter().map(|offer| offer.action).collect();
    assert_eq!(offers, [Action::Reopen, Action::Reveal]);
    let twice = problem(lead.judge_need(first, "\"v1\"", &enlist()).await);
    assert_eq!((twice.status, twice.refusal.unwrap()["code"].as_str()), (409, Some("wrong_state")));

    let stale = problem(lead.judge_need(first, NONE, &JudgeNeed::Reopen).await);
    assert_eq!((stale.status, stale.current.as_deref()), (412, Some("\"v1\"")));
    let back = judged(&lead, first, "\"v1\"", &JudgeNeed::Reopen).await;
    assert_eq!((back.ruling, back.remark.as_str()), (None, ""));

    // Two needs for one: what takes up others stands.
    for unknown in ["", "N2026-9999", "水"] {
        let none = problem(lead.judge_need(first, &back.version, &merge(unknown)).await);
        assert_eq!((none.status, none.fields[0].error.path.as_str()), (422, "into"), "{unknown:?}");
    }
    let into = judged(&lead, first, &back.version, &merge(second)).await;
    assert_eq!(into.into.as_ref().unwrap().name, *second);
    let target = lead.show_need(second).await.unwrap();
    let origins: Vec<&str> =
        target.meant.as_ref().unwrap().origins.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(origins, [first.as_str()]);
    for bad in [decline(Some(Why::TooVague), ""), merge(third)] {
        let refused = problem(lead.judge_need(second, NONE, &bad).await).refusal.unwrap();
        assert_eq!(refused["code"], "has_origins");
    }
    let returned = ActOnNeed::Return { corrections: vec![], remark: "改".into(), until: String::new() };
    let refused = problem(lead.act_on_need(second, &target.version, &returned).await).refusal.unwrap();
    assert_eq!(refused["code"], "has_origins");
    let circle = problem(lead.judge_need(third, NONE, &merge(first)).await).refusal.unwrap();
    assert_eq!((circle["code"].as_str(), circle["state"].as_str()), (Some("into_ended"), Some("merged")));
    let itself = problem(lead.judge_need(third, NONE, &merge(third)).await).refusal.unwrap();
    assert_eq!(itself["code"], "into_itself");
    judged(&lead, second, NONE, &enlist()).await;

    let queue = lead.list_screening(&ListScreening::default()).await.unwrap();
    assert_eq!((queue.decided, queue.open), (2, u64::try_from(names.len()).unwrap() - 2));
    let open = ListScreening { show: "open".into(), ..ListScreening::default() };
    let open = lead.list_screening(&open).await.unwrap().items;
    assert!(open.iter().all(|row| row.ruling.is_none() && row.need.can.contains(&Action::Enlist)));
    let events = lead.list_need_events(first).await.unwrap().items;
    let acts: Vec<A> = events.iter().rev().filter(|it| !it.refused).map(|it| it.action).collect();
    assert!(acts.ends_with(&[A::Decline, A::Reopen, A::Merge]), "{acts:?}");
    assert!(events.iter().all(|event| event.name == *first), "by its number");

    test.app.clock().set(queue.closes);
    let lead = test.entered("zhangmin").await;
    let late = problem(lead.judge_need(third, NONE, &enlist()).await).refusal.unwrap();
    assert_eq!(late["code"], "ended", "the server's clock ends it");
    let auditor = test.entered("heqing").await;
    assert_eq!(crate::checked(&auditor).await.faults, Vec::<String>::new());
}

/// All that somebody reads of needs, with every header.
async fn reads(hand: &Hand, cookie: &str, names: &[String]) -> BTreeMap<String, Answer> {
    let mut paths: Vec<String> = [
        "needs",
        "needs?state=screening",
        "needs?state=listed",
        "needs?state=declined",
        "messages",
        "tasks",
        "cycles/2026",
        "cycles/2026/events",
        "cycles/2026/filing",
        "screening",
        "me",
    ]
    .map(|path| format!("/api/v1/{path}"))
    .to_vec();
    for name in names {
        paths.push(format!("/api/v1/needs/{name}"));
        paths.push(format!("/api/v1/needs/{name}/events"));
    }
    let mut all = BTreeMap::new();
    for path in paths {
        let answer = hand.get(&path, cookie).await;
        all.insert(path, answer);
    }
    all
}

#[tokio::test]
async fn nobody_else_can_tell_what_is_meant() {
    let (test, lead) = screening().await;
    let hand = Hand::of(&test.app);
    let rows = in_screening(&lead).await;
    let names: Vec<String> = rows.iter().take(4).map(|row| row.name.clone()).collect();
    // The owners, their districts, an office, the leading group, a university, an expert, money, administration.
    let mut people: Vec<String> = [
        "liwenjing",
        "niuchunxia",
        "wanghaifeng",
        "zhaolixin",
        "chenjianguo",
        "linxiaozhou",
        "zhouqiming",
        "cuiyujie",
        "wuxiao",
    ]
    .map(str::to_owned)
    .to_vec();
    for account in ronghe_testkit::filers(&test.app).await {
        let unit = org_name(&test, &account).await;
        if rows.iter().take(4).any(|row| row.unit.name == unit) {
            people.push(account.login);
        }
    }
    let mut before = BTreeMap::new();
    for login in &people {
        let cookie = hand.signed_in(login).await;
        let read = reads(&hand, &cookie, &names).await;
        before.insert(login, (cookie, read));
    }
    judged(&lead, &names[0], NONE, &merge(&names[1])).await;
    judged(&lead, &names[1], NONE, &enlist()).await;
    judged(&lead, &names[2], NONE, &decline(Some(Why::TooVague), "银杏")).await;
    problem(lead.judge_need(&names[1], "\"v1\"", &enlist()).await);
    let returned = ActOnNeed::Return { corrections: vec![], remark: "改".into(), until: String::new() };
    for name in &names[..3] {
        let version = lead.show_need(name).await.unwrap().version;
        assert_eq!(problem(lead.act_on_need(name, &version, &returned).await).status, 409);
    }
    for (login, (cookie, then)) in &before {
        let now = reads(&hand, cookie, &names).await;
        for (path, answer) in then {
            assert_eq!(answer, &now[path], "{login}: {path}");
        }
        let refused = problem(test.signed_in(login).await.judge_need(&names[3], NONE, &enlist()).await);
        assert!([403, 404].contains(&refused.status), "{login}: {refused:?}");
        let many = JudgeNeeds { needs: names.clone(), verdict: enlist(), dry_run: true, skip_refused: false };
        let many = test.signed_in(login).await.judge_needs(&many).await.unwrap();
        assert_eq!((many.needs.len(), many.refused.len()), (0, 4), "{login}");
    }
    // The auditor reads it, and changes nothing.
    let auditor = test.entered("heqing").await;
    let seen = auditor.show_need(&names[2]).await.unwrap();
    assert_eq!(seen.meant.unwrap().verdict.remark, "银杏");
    assert!(seen.offers.is_empty());
    assert_eq!(auditor.list_screening(&ListScreening::default()).await.unwrap().decided, 3);
}

async fn org_name(test: &TestApp, account: &ronghe_domain::account::Account) -> String {
    let register = test.app.register().await.unwrap();
    register.org(account.org).map(|org| org.name.clone()).unwrap_or_default()
}

#[tokio::test]
async fn one_verdict_on_many_or_on_none() {
    let (test, lead) = screening().await;
    let names: Vec<String> = in_screening(&lead).await.into_iter().map(|row| row.name).take(5).collect();
    judged(&lead, &names[0], NONE, &enlist()).await;
    let body = |verdict: JudgeNeed| JudgeNeeds {
        needs: names.clone(),
        verdict,
        dry_run: false,
        skip_refused: false,
    };
    let unsaid = problem(lead.judge_needs(&body(decline(None, ""))).await);
    assert_eq!((unsaid.status, unsaid.fields[0].error.path.as_str()), (422, "why"));
    let dry = JudgeNeeds { dry_run: true, ..body(decline(Some(Why::TooVague), "")) };
    let dry = lead.judge_needs(&dry).await.unwrap();
    assert_eq!((dry.done, dry.needs.len(), dry.refused.len()), (false, 4, 1));
    assert_eq!(
        (dry.refused[0].name.as_str(), dry.refused[0].reason.as_str()),
        (names[0].as_str(), "需求已列入清单，不能这样做")
    );
    let none = lead.judge_needs(&body(decline(Some(Why::TooVague), ""))).await.unwrap();
    assert!(!none.done);
    let open = async || lead.list_screening(&ListScreening::default()).await.unwrap().decided;
    assert_eq!(open().await, 1, "nothing is half done");
    let some = JudgeNeeds { skip_refused: true, ..body(merge(&names[4])) };
    let some = lead.judge_needs(&some).await.unwrap();
    assert_eq!((some.done, some.needs.len()), (true, 3), "neither what is decided nor what takes them up");
    assert_eq!(open().await, 4);
    let back = JudgeNeeds { skip_refused: true, ..body(JudgeNeed::Reopen) };
    assert_eq!(lead.judge_needs(&back).await.unwrap().needs.len(), 4);
    assert_eq!(open().await, 0);
    let many = (0..501).map(|number| format!("N2026-{number}")).collect();
    let many = problem(lead.judge_needs(&JudgeNeeds { needs: many, ..body(enlist()) }).await);
    assert_eq!((many.status, many.fields[0].error.path.as_str()), (422, "needs"));
    let auditor = test.entered("heqing").await;
    assert_eq!(crate::checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn what_its_unit_takes_back_takes_up_nothing() {
    let (test, lead) = screening().await;
    let rows = in_screening(&lead).await;
    let mut owned = None;
    for account in ronghe_testkit::filers(&test.app).await {
        let name = org_name(&test, &account).await;
        if let Some(row) = rows.iter().find(|row| row.unit.name == name) {
            owned = Some((account.login.clone(), row.name.clone()));
        }
    }
    let (owner, own) = owned.unwrap();
    let origin = rows.iter().find(|row| row.name != own).unwrap().name.clone();
    judged(&lead, &origin, NONE, &merge(&own)).await;
    judged(&lead, &own, NONE, &enlist()).await;
    let owner = test.signed_in(&owner).await;
    let version = owner.show_need(&own).await.unwrap().version;
    owner.act_on_need(&own, &version, &ActOnNeed::Withdraw).await.unwrap();
    let back = lead.show_need(&origin).await.unwrap().meant.unwrap().verdict;
    assert_eq!((back.ruling, back.version.as_str()), (None, "\"v2\""), "it waits for a verdict again");
    let told =
        lead.list_needs(&ListNeeds { state: "withdrawn".into(), ..ListNeeds::default() }).await.unwrap();
    assert!(told.items.iter().any(|row| row.name == own));
    let auditor = test.entered("heqing").await;
    assert_eq!(crate::checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn there_is_no_verdict_before_screening() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    assert!(test.app.now() < at("2026-03-20T00:00:00Z"));
    let arrived = ListNeeds { state: "forwarded".into(), ..ListNeeds::default() };
    let row = lead.list_needs(&arrived).await.unwrap().items.remove(0);
    let early = problem(lead.judge_need(&row.name, NONE, &enlist()).await).refusal.unwrap();
    assert_eq!(early["code"], "wrong_state");
    assert!(lead.show_need(&row.name).await.unwrap().meant.is_none());
    let queue = lead.list_screening(&ListScreening::default()).await.unwrap();
    assert_eq!((queue.open, queue.decided, queue.items.len()), (0, 0, 0));
    assert!(queue.closes > test.app.now() + SignedDuration::from_hours(24));
}
