//! The first version, from the verdicts to the public.

use super::{NONE, acts, approve, judged, open, published};
use crate::{checked, problem};
use ronghe_client::{Client, ListMessages, ListNeeds};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::need::JudgeNeed;
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_domain::cycle::Phase;
use ronghe_domain::message::Kind as Told;
use ronghe_domain::need::State as NeedState;
use ronghe_domain::need_list::document::hash;
use ronghe_domain::need_list::{Answer, ListDraft, State};
use ronghe_domain::task::Kind;
use std::collections::BTreeSet;

fn code<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> String {
    let problem = problem(answer);
    problem.refusal.map_or(problem.kind, |refusal| refusal["code"].as_str().unwrap().to_owned())
}

async fn tasks(client: &Client) -> Vec<Kind> {
    client.list_tasks().await.unwrap().items.into_iter().map(|task| task.kind).collect()
}

#[tokio::test]
async fn a_list_goes_from_verdicts_to_the_public() {
    let (test, lead, names) = judged().await;
    let (deputy, leader) = (test.signed_in("fangyun").await, test.entered("chenjianguo").await);
    assert!(tasks(&lead).await.contains(&Kind::ComposeList));

    let advance = |cycle: ronghe_contract::cycle::CycleView| {
        let lead = lead.clone();
        async move { lead.act_on_cycle("2026", &cycle.version, &ActOnCycle::Advance).await }
    };
    let early = advance(lead.show_cycle("2026").await.unwrap()).await;
    assert_eq!(code(early), "no_need_list");

    let blank = open(&lead).await;
    assert_eq!((blank.row.version.as_str(), blank.row.count), (NONE, names.len() - 2));
    let wanted = ListDraft { order: vec![names[3].clone()], ..ListDraft::default() };
    let unknown = ListDraft { order: vec!["N2026-9999".into()], ..ListDraft::default() };
    let wrong = problem(lead.compose_need_list("2026", NONE, &unknown).await);
    assert_eq!((wrong.status, wrong.fields[0].error.path.as_str()), (422, "order[0]"));
    let composed = lead.compose_need_list("2026", NONE, &wanted).await.unwrap();
    assert_eq!((composed.no, composed.state, composed.count), (1, State::Draft, names.len() - 2));
    assert_eq!(problem(lead.compose_need_list("2026", NONE, &wanted).await).status, 412);
    let view = open(&lead).await;
    assert_eq!((view.items[0].number.as_str(), &view.items[0].need), ("2026-001", &names[3]));
    let by_measure: Vec<u32> = view.items[1..].iter().map(|item| item.measures[0]).collect();
    assert!(by_measure.is_sorted(), "{by_measure:?}");
    assert!(view.findings.iter().all(|finding| !finding.barring), "{:?}", view.findings);

    // Nobody else sees that there is one.
    let school = test.entered("wanghaifeng").await;
    for client in [&test.client, &school, &deputy] {
        let lists = client.show_need_lists("2026").await.unwrap();
        assert_eq!((lists.versions.len(), lists.next), (0, None));
        assert_eq!(problem(client.show_need_list("2026", "v1").await).status, 404);
        assert_eq!(problem(client.export_need_list("2026", "v1").await).status, 404);
        assert!(client.list_need_lists().await.unwrap().items.is_empty());
    }

    let proposed = acts(&lead, &ActOnNeedList::Propose).await;
    assert_eq!(proposed.state, State::Proposed);
    assert!(tasks(&deputy).await.contains(&Kind::ApproveList));
    assert!(!tasks(&leader).await.contains(&Kind::ApproveList), "the deputy comes first");
    assert!(tasks(&lead).await.contains(&Kind::WithLeadingGroup));
    let jumped = leader.act_on_need_list("2026", "v1", &proposed.version, &approve()).await;
    assert_eq!(code(jumped), "other_seat");
    let own = problem(lead.act_on_need_list("2026", "v1", &proposed.version, &approve()).await);
    assert_eq!(own.status, 403);
    let agreed = acts(&deputy, &approve()).await;
    assert_eq!(agreed.state, State::Proposed);
    let heard = async |client: &Client, kind: Told| {
        let told = client.list_messages(&ListMessages::default()).await.unwrap().items;
        told.iter().filter(|it| it.kind == kind && it.record == "2026/v1").count()
    };
    assert_eq!(heard(&leader, Told::ListProposed).await, 2, "and again when it is the leader's turn");

    // A verdict that changes voids what was approved; it stays on record.
    let version = lead.show_need(&names[3]).await.unwrap().meant.unwrap().verdict.version;
    lead.judge_need(&names[3], &version, &JudgeNeed::Reopen).await.unwrap();
    let voided = open(&lead).await;
    assert_eq!((voided.row.state, voided.marks.len()), (State::Draft, 1));
    assert!(voided.marks[0].voided_at.is_some() && voided.marks[0].name.is_some());
    assert_eq!((heard(&deputy, Told::ListVoided).await, heard(&leader, Told::ListVoided).await), (1, 1));
    let again = lead.act_on_need_list("2026", "v1", &voided.row.version, &ActOnNeedList::Propose).await;
    assert_eq!(code(again), "incomplete");
    let version = lead.show_need(&names[3]).await.unwrap().meant.unwrap().verdict.version;
    let enlist = JudgeNeed::Enlist { remark: String::new() };
    lead.judge_need(&names[3], &version, &enlist).await.unwrap();
    acts(&lead, &ActOnNeedList::Propose).await;

    let silent = ActOnNeedList::Return { reason: " ".into() };
    let list = open(&deputy).await.row;
    let unsaid = problem(deputy.act_on_need_list("2026", "v1", &list.version, &silent).await);
    assert_eq!((unsaid.status, unsaid.fields[0].error.path.as_str()), (422, "reason"));
    let back = acts(&deputy, &ActOnNeedList::Return { reason: "补充职业教育的需求".into() }).await;
    assert_eq!(back.state, State::Draft);
    let told = lead.list_messages(&ListMessages::default()).await.unwrap().items;
    assert!(told.iter().any(|it| it.kind == Told::ListReturned && it.record == "2026/v1"));

    acts(&lead, &ActOnNeedList::Propose).await;
    acts(&deputy, &approve()).await;
    let last = acts(&leader, &approve()).await;
    assert_eq!(last.state, State::Approved);
    assert!(tasks(&lead).await.contains(&Kind::PublishList));
    let done = acts(&lead, &ActOnNeedList::Publish).await;
    assert_eq!((done.state, &done.hash), (State::Published, &last.hash));

    let seen = test.client.show_need_list("2026", "v1").await.unwrap();
    assert_eq!((seen.items.len(), seen.marks.len()), (names.len() - 2, 2), "what is void stays inside");
    assert!(seen.marks.iter().all(|mark| mark.name.is_none() && mark.answer == Answer::Approved));
    let document = test.client.export_need_list("2026", "v1").await.unwrap();
    assert_eq!(Some(hash(&document.canonical().unwrap())), done.hash, "anyone can compute the hash");
    let numbers: BTreeSet<&str> = document.needs.iter().map(|need| need.number.as_str()).collect();
    assert_eq!(numbers.len(), document.needs.len());
    let taker = document.needs.iter().find(|need| need.need == names[1]).unwrap();
    assert_eq!(taker.origins.len(), 1, "what it takes up stands with it");
    assert!(!document.canonical().unwrap().contains("0531-"), "no telephone stands in it");

    for (name, state) in
        names.iter().zip([NeedState::Merged, NeedState::Listed, NeedState::Declined, NeedState::Listed])
    {
        let need = lead.show_need(name).await.unwrap();
        assert_eq!(need.row.state, state, "{name}");
        let version = need.meant.map(|meant| meant.verdict.version).unwrap_or_default();
        assert_eq!(code(lead.judge_need(name, &version, &JudgeNeed::Reopen).await), "published");
    }
    let query = ListNeeds { state: "screening".into(), ..ListNeeds::default() };
    assert!(lead.list_needs(&query).await.unwrap().items.is_empty());
    let again = lead.act_on_need_list("2026", "v1", &done.version, &ActOnNeedList::Publish).await;
    assert_eq!(code(again), "wrong_state");
    let cycle = lead.show_cycle("2026").await.unwrap();
    let back = lead.act_on_cycle("2026", &cycle.version, &ActOnCycle::Back { reason: "补收".into() }).await;
    assert_eq!(code(back), "need_list_published");
    assert_eq!(advance(cycle).await.unwrap().row.phase, Phase::AcceptingApplications);
    assert_eq!(checked(&test.entered("heqing").await).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn each_owner_is_told_what_became_of_its_need() {
    let (test, lead, names) = judged().await;
    published(&test, &lead, &ListDraft::default()).await;
    let mut seen = BTreeSet::new();
    for account in ronghe_testkit::filers(&test.app).await {
        let client = test.signed_in(&account.login).await;
        let told = client.list_messages(&ListMessages::default()).await.unwrap().items;
        for message in told.iter().filter(|it| it.record.starts_with('N')) {
            let expected = match names.iter().position(|name| *name == message.record) {
                Some(0) => Told::NeedMerged,
                Some(2) => Told::NeedDeclined,
                Some(_) => Told::NeedListed,
                None => continue,
            };
            let fates = [Told::NeedListed, Told::NeedDeclined, Told::NeedMerged];
            if fates.contains(&message.kind) {
                assert_eq!(message.kind, expected, "{}", message.record);
                seen.insert(message.record.clone());
                let need = client.show_need(&message.record).await.unwrap();
                let into = need.meant.unwrap().verdict.into;
                assert_eq!(into.is_some(), expected == Told::NeedMerged, "it is told into which");
            }
        }
    }
    assert!(seen.len() > 5, "{seen:?}");
}
