//! Opinions: offices are asked, answer, change their minds, are reminded; nobody else reads them.

use super::{advanced, in_screening};
use crate::problem;
use ronghe_client::{Client, ListMessages, ListOpinions};
use ronghe_contract::need::{AskOpinions, NeedRow, OpinionView, OpinionsView, RemindOffices};
use ronghe_domain::message::Kind as MessageKind;
use ronghe_domain::need::opinion::Action;
use ronghe_domain::need::{OpinionDraft, Stance};
use ronghe_domain::org::OrgKind;
use ronghe_domain::task::Kind;
use ronghe_testkit::TestApp;

fn said(stance: Stance, reason: &str) -> OpinionDraft {
    OpinionDraft { stance: Some(stance), reason: reason.into() }
}

fn ask(needs: &[String], due: &str) -> AskOpinions {
    AskOpinions { needs: needs.to_vec(), due: due.into(), ..AskOpinions::default() }
}

/// The opinion of the caller's office on a need.
async fn own(office: &Client, name: &str) -> OpinionView {
    let view = office.show_need(name).await.unwrap();
    view.opinions.into_iter().find(|it| it.offers.iter().any(|offer| offer.action == Action::Opine)).unwrap()
}

/// The lead office, an office, and what comes under its measures.
async fn asked(test: &TestApp) -> (Client, Client, Vec<NeedRow>) {
    let lead = advanced(test).await;
    let office = test.entered("zhaolixin").await;
    let needs = in_screening(&office).await;
    assert!(needs.len() > 2, "the office has needs under its measures");
    (lead, office, needs)
}

#[tokio::test]
async fn an_office_is_asked_answers_and_changes_its_mind() {
    let test = TestApp::start().await;
    let (lead, office, rows) = asked(&test).await;
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).take(3).collect();
    let early = problem(office.give_opinion(&names[0], "\"v0\"", &said(Stance::Support, "")).await);
    assert_eq!((early.status, early.refusal.unwrap()["code"].as_str()), (409, Some("not_asked")));
    let bad = problem(lead.ask_opinions(&ask(&names, "2020-01-01 17:00")).await);
    assert_eq!((bad.status, bad.fields[0].error.path.as_str()), (422, "due"));
    let dry = AskOpinions { dry_run: true, ..ask(&names, "") };
    let dry = lead.ask_opinions(&dry).await.unwrap();
    assert_eq!((dry.done, dry.needs.len()), (false, 3));
    assert_eq!(lead.list_opinions(&ListOpinions::default()).await.unwrap().open, 0);
    let done = lead.ask_opinions(&ask(&names, "2026-03-31 17:00")).await.unwrap();
    assert!(done.done && done.offices.iter().any(|org| org.slug == "ideology"), "{:?}", done.offices);
    assert!(done.offices.iter().all(|org| org.kind != OrgKind::District));

    let told = office.list_messages(&ListMessages::default()).await.unwrap().items;
    let told = told.iter().filter(|it| it.kind == MessageKind::OpinionsAsked).count();
    assert_eq!(told, 1, "once for all of them");
    let tasks = office.list_tasks().await.unwrap().items;
    let task = tasks.iter().find(|task| task.kind == Kind::GiveOpinions).unwrap();
    let opinion = own(&office, &names[0]).await;
    assert_eq!((task.count, task.deadline), (3, Some(opinion.due)));

    let unsaid = problem(office.give_opinion(&names[0], &opinion.version, &said(Stance::Oppose, "")).await);
    assert_eq!((unsaid.status, unsaid.fields[0].error.path.as_str()), (422, "reason"));
    let none = problem(office.give_opinion(&names[0], &opinion.version, &OpinionDraft::default()).await);
    assert_eq!((none.status, none.fields[0].error.path.as_str()), (422, "stance"));
    let first = office
        .give_opinion(&names[0], &opinion.version, &said(Stance::Oppose, "与已有项目重复"))
        .await
        .unwrap();
    assert_eq!((first.stance, first.version.as_str()), (Some(Stance::Oppose), "\"v2\""));
    let stale = problem(office.give_opinion(&names[0], &opinion.version, &said(Stance::Support, "")).await);
    assert_eq!((stale.status, stale.current.as_deref()), (412, Some("\"v2\"")));
    let second =
        office.give_opinion(&names[0], &first.version, &said(Stance::Revise, "缩小范围")).await.unwrap();
    assert_eq!(second.stance, Some(Stance::Revise));

    let seen = lead.show_need(&names[0]).await.unwrap().opinions;
    let seen = seen.iter().find(|it| it.office.slug == "ideology").unwrap();
    assert_eq!((seen.reason.as_str(), seen.offers.len()), ("缩小范围", 0));
    // Asked again, who has answered stays; the others have the new day.
    let again = lead.ask_opinions(&ask(&names, "")).await.unwrap();
    assert!(again.done);
    assert_eq!(
        own(&office, &names[1]).await.due,
        lead.list_opinions(&ListOpinions::default()).await.unwrap().closes
    );
    let closes = lead.list_opinions(&ListOpinions::default()).await.unwrap().closes;
    test.app.clock().set(closes);
    let office = test.entered("zhaolixin").await;
    let late = problem(office.give_opinion(&names[1], "\"v2\"", &said(Stance::Support, "")).await);
    assert_eq!(late.refusal.unwrap()["code"], "ended", "until the end of screening");
    let auditor = test.entered("heqing").await;
    assert_eq!(crate::checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_else_reads_an_opinion() {
    let test = TestApp::start().await;
    let (lead, office, rows) = asked(&test).await;
    // Of a school: somebody of it reads the need.
    let school = rows.iter().find(|row| row.unit.kind != OrgKind::District).unwrap();
    let name = school.name.clone();
    let before = {
        let district = test.entered("liwenjing").await;
        district.list_opinions(&ListOpinions::default()).await.unwrap()
    };
    lead.ask_opinions(&ask(std::slice::from_ref(&name), "")).await.unwrap();
    let opinion = own(&office, &name).await;
    office.give_opinion(&name, &opinion.version, &said(Stance::Oppose, "银杏")).await.unwrap();
    let mut people: Vec<String> =
        ["chenjianguo", "linxiaozhou", "zhouqiming", "wuxiao", "liwenjing"].map(str::to_owned).to_vec();
    for account in ronghe_testkit::filers(&test.app).await {
        people.push(account.login);
    }
    let mut saw = 0;
    for login in people {
        let person = test.signed_in(&login).await;
        if let Ok(view) = person.show_need(&name).await {
            saw += 1;
            assert!(view.opinions.is_empty(), "{login}");
            let events = serde_json::to_string(&person.list_need_events(&name).await.unwrap().items).unwrap();
            assert!(!events.contains("银杏") && !events.contains("opine"), "{login}");
        }
        match person.list_opinions(&ListOpinions::default()).await {
            Ok(list) => assert_eq!(list.items, before.items, "{login}"),
            hidden => assert_eq!(problem(hidden).status, 404, "{login}"),
        }
        let refused = problem(person.give_opinion(&name, "\"v2\"", &said(Stance::Support, "")).await);
        assert!([403, 404, 409].contains(&refused.status), "{login}: {refused:?}");
    }
    assert!(saw > 1, "its unit and who watches see the need");
    // Another office that was asked reads its own alone.
    let auditor = test.entered("heqing").await;
    let all = auditor.show_need(&name).await.unwrap().opinions;
    assert!(all.iter().any(|it| it.reason == "银杏") && all.iter().all(|it| it.offers.is_empty()));
    assert_eq!(office.show_need(&name).await.unwrap().opinions.len(), 1);
}

#[tokio::test]
async fn who_is_late_is_reminded() {
    let test = TestApp::start().await;
    let (lead, office, rows) = asked(&test).await;
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).take(2).collect();
    lead.ask_opinions(&ask(&names, "2026-03-31 17:00")).await.unwrap();
    let due = own(&office, &names[0]).await.due;
    assert!(lead.list_tasks().await.unwrap().items.iter().all(|task| task.kind != Kind::ChaseOpinions));
    test.app.clock().set(due);
    let (lead, office) = (test.entered("zhangmin").await, test.entered("zhaolixin").await);
    let list = lead
        .list_opinions(&ListOpinions { show: "overdue".into(), ..ListOpinions::default() })
        .await
        .unwrap();
    assert!(list.can_remind && list.overdue >= 2 && list.items.iter().all(|row| row.opinion.overdue));
    let tasks = lead.list_tasks().await.unwrap().items;
    let task = tasks.iter().find(|task| task.kind == Kind::ChaseOpinions).unwrap();
    assert_eq!((task.count, task.deadline), (list.overdue, Some(due)));
    // Whom to remind is said to who can, with what each owes; who only reads or answers is told nothing of it.
    let owed =
        |view: &OpinionsView| view.outstanding.iter().map(|it| (it.open, it.overdue)).collect::<Vec<_>>();
    assert_eq!(owed(&list).iter().map(|it| it.0).sum::<u64>(), list.open);
    assert_eq!(owed(&list).iter().map(|it| it.1).sum::<u64>(), list.overdue);
    let ideology = |view: &OpinionsView| {
        view.outstanding.iter().find(|it| it.office.slug == "ideology").and_then(|it| it.reminded_at)
    };
    assert_eq!(ideology(&list), None);
    let unknown = RemindOffices { offices: vec!["no-such".into()], ..RemindOffices::default() };
    let unknown = problem(lead.remind_offices(&unknown).await);
    assert_eq!((unknown.status, unknown.fields[0].error.path.as_str()), (422, "offices[0]"));
    let one = RemindOffices { offices: vec!["ideology".into()], ..RemindOffices::default() };
    assert_eq!(lead.remind_offices(&one).await.unwrap().offices, 1);
    let told = office.list_messages(&ListMessages::default()).await.unwrap().items;
    assert_eq!(told.iter().filter(|it| it.kind == MessageKind::OpinionsReminded).count(), 1);
    assert_eq!(own(&office, &names[0]).await.reminded_at, Some(due));
    let again = lead.list_opinions(&ListOpinions::default()).await.unwrap();
    assert_eq!(ideology(&again), Some(due));
    let others = |view: &OpinionsView| {
        let all = view.outstanding.iter().filter(|it| it.office.slug != "ideology");
        all.cloned().collect::<Vec<_>>()
    };
    assert_eq!(others(&again), others(&list), "nobody else was reminded");
    assert!(office.list_opinions(&ListOpinions::default()).await.unwrap().outstanding.is_empty());
    assert_eq!(problem(office.remind_offices(&one).await).status, 404);
    let auditor = test.entered("heqing").await;
    assert!(auditor.list_opinions(&ListOpinions::default()).await.unwrap().outstanding.is_empty());
    assert_eq!(problem(auditor.remind_offices(&one).await).status, 403);
    // Late is better than never.
    let opinion = own(&office, &names[0]).await;
    assert!(opinion.overdue);
    office.give_opinion(&names[0], &opinion.version, &said(Stance::Support, "")).await.unwrap();
    let after = lead.list_opinions(&ListOpinions::default()).await.unwrap();
    assert_eq!((after.given, after.overdue), (1, list.overdue - 1));
    assert_eq!(crate::checked(&auditor).await.faults, Vec::<String>::new());
}
