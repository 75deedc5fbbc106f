//! What a cycle has come to: each reads the figures of what they may know, and they are those of its lists.

use crate::proofs::application::{applying, handed_in, opened};
use crate::proofs::screening::{advanced, in_screening};
use ronghe_client::{Client, ListScreening};
use ronghe_contract::need::JudgeNeed;
use ronghe_domain::cycle::Phase;
use ronghe_domain::progress::{Figure, Whose};
use ronghe_domain::question::QuestionDraft;
use ronghe_testkit::TestApp;
use std::collections::BTreeMap;

async fn figures(client: &Client) -> BTreeMap<Figure, (u64, Option<Whose>)> {
    let rows = client.show_progress("2026").await.unwrap().items;
    rows.into_iter().map(|row| (row.figure, (row.count, row.whose))).collect()
}

#[tokio::test]
async fn while_needs_are_collected_it_says_on_whom_they_wait() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let filed = lead.show_filing("2026").await.unwrap().items;
    let sum = |of: fn(&ronghe_contract::cycle::FilingRow) -> u64| filed.iter().map(of).sum::<u64>();
    let found = figures(&lead).await;
    assert_eq!(found[&Figure::WithDistricts], (sum(|row| row.submitted), Some(Whose::Districts)));
    assert_eq!(found[&Figure::WithUnits], (sum(|row| row.returned), Some(Whose::Units)));
    assert_eq!(found[&Figure::Arrived], (sum(|row| row.forwarded), None));
    assert_eq!(found[&Figure::Silent].0, sum(|row| u64::from(!row.done)));
    assert!(found.keys().all(|figure| figure.phase() == Phase::CollectingNeeds));
    for nobody in ["wanghaifeng", "linxiaozhou", "zhaolixin"] {
        assert_eq!(figures(&test.entered(nobody).await).await, BTreeMap::new(), "{nobody}");
    }
    assert_eq!(crate::problem(test.client.show_progress("2026").await).status, 401, "not for the public");
    let district = figures(&test.entered("liwenjing").await).await;
    assert!(district[&Figure::Arrived].0 < found[&Figure::Arrived].0, "its own alone");
}

#[tokio::test]
async fn while_they_are_screened_verdicts_are_counted_for_who_sees_them() {
    let test = TestApp::start().await;
    let lead = advanced(&test).await;
    let queue = lead.list_screening(&ListScreening::default()).await.unwrap();
    assert_eq!(figures(&lead).await[&Figure::Undecided], (queue.open, Some(Whose::LeadOffice)));
    let row = in_screening(&lead).await.remove(0);
    let enlist = JudgeNeed::Enlist { remark: String::new() };
    lead.judge_need(&row.name, "\"v0\"", &enlist).await.unwrap();
    let after = figures(&lead).await;
    assert_eq!((after[&Figure::Undecided].0, after[&Figure::ToBeListed].0), (queue.open - 1, 1));
    assert_eq!(figures(&test.entered("heqing").await).await[&Figure::ToBeListed].0, 1);
    let office = figures(&test.entered("zhaolixin").await).await;
    assert!(office.keys().all(|it| *it >= Figure::OpinionsOpen), "its opinions alone: {office:?}");
    // A district bureau, responsible for measures itself, reads the opinions that it is asked for besides.
    let district = figures(&test.entered("liwenjing").await).await;
    let meant = [Figure::Undecided, Figure::ToBeListed, Figure::ToBeDeclined, Figure::ToBeMerged];
    assert!(meant.iter().all(|it| !district.contains_key(it)), "{district:?}");
}

#[tokio::test]
async fn applications_are_counted_once_their_seals_are_opened_and_not_before() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let lead = test.entered("zhangmin").await;
    let before = figures(&lead).await;
    let listed = lead.show_need_list("2026", "v1").await.unwrap().items.len();
    let listed = u64::try_from(listed).unwrap();
    assert_eq!(before[&Figure::Listed].0, listed);
    assert!(!before.contains_key(&Figure::ToBeListed) && !before.contains_key(&Figure::Undecided));
    let uni = test.entered("linxiaozhou").await;
    handed_in(&uni, &needs[0]).await;
    assert_eq!(figures(&lead).await, before, "what is sealed is nowhere counted");
    let question = QuestionDraft { question: "可以先看场地吗？".into() };
    uni.ask_question(&needs[0], &question).await.unwrap();
    assert_eq!(figures(&lead).await[&Figure::QuestionsOpen], (1, Some(Whose::Units)));
    opened(&test).await;
    let lead = test.entered("zhangmin").await;
    let after = figures(&lead).await;
    assert_eq!((after[&Figure::HandedIn].0, after[&Figure::Unanswered].0), (1, listed - 1));
    assert_eq!(after[&Figure::InCheck], (1, Some(Whose::LeadOffice)));
    for (login, reads) in [("heqing", true), ("wanghaifeng", false), ("linxiaozhou", false)] {
        let found = figures(&test.entered(login).await).await;
        assert_eq!(found.contains_key(&Figure::HandedIn), reads, "{login}: {found:?}");
    }
}
