//! What was returned may come back once the list is out; the year does not go on without a verdict on it.

use super::published;
use crate::problem;
use crate::proofs::application::opined::unit_of;
use crate::proofs::screening::{advanced, in_screening};
use ronghe_client::Client;
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::need::{ActOnNeed, JudgeNeed, JudgeNeeds};
use ronghe_domain::cycle::{Action, Phase, Refusal};
use ronghe_domain::need::Why;
use ronghe_domain::need_list::ListDraft;
use ronghe_testkit::{TestApp, TestDb, db_test};

/// Why the year cannot go on, as its page says it.
async fn barred(lead: &Client) -> Option<Refusal> {
    let offers = lead.show_cycle("2026").await.unwrap().offers;
    offers.into_iter().find(|offer| offer.action == Action::Advance).unwrap().barred
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> serde_json::Value {
    let refused = problem(answer);
    assert_eq!(refused.status, 409, "{refused:?}");
    refused.refusal.unwrap()
}

async fn goes_on(lead: &Client) -> Result<Phase, ronghe_client::Error> {
    let version = lead.show_cycle("2026").await.unwrap().version;
    lead.act_on_cycle("2026", &version, &ActOnCycle::Advance).await.map(|view| view.row.phase)
}

db_test!(no_need_is_left_without_a_verdict_when_applications_open, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let lead = advanced(&test).await;
    let mut names: Vec<String> = in_screening(&lead).await.into_iter().map(|row| row.name).collect();
    let late = names.split_off(names.len() - 2);
    let enlist = JudgeNeed::Enlist { remark: String::new() };
    let many = JudgeNeeds { needs: names, verdict: enlist, dry_run: false, skip_refused: false };
    assert!(lead.judge_needs(&many).await.unwrap().done);
    for name in &late {
        let version = lead.show_need(name).await.unwrap().version;
        let remark = "请补充现状数据".to_owned();
        let back = ActOnNeed::Return { corrections: Vec::new(), remark, until: String::new() };
        lead.act_on_need(name, &version, &back).await.unwrap();
    }
    published(&test, &lead, &ListDraft::default()).await;
    // What was returned comes back once the list is out.
    for name in &late {
        let unit = unit_of(&test, name).await;
        let version = unit.show_need(name).await.unwrap().version;
        unit.act_on_need(name, &version, &ActOnNeed::Submit).await.unwrap();
    }
    for left in [2_u32, 1] {
        assert_eq!(refusal(goes_on(&lead).await)["code"], "needs_undecided");
        assert_eq!(barred(&lead).await, Some(Refusal::NeedsUndecided { count: left }));
        assert_eq!(refusal(goes_on(&lead).await)["count"], left);
        let decline = JudgeNeed::Decline { why: Some(Why::TooVague), remark: String::new() };
        lead.judge_need(&late[usize::try_from(left - 1).unwrap()], "\"v0\"", &decline).await.unwrap();
    }
    assert_eq!(barred(&lead).await, None);
    assert_eq!(goes_on(&lead).await.unwrap(), Phase::AcceptingApplications);
});
