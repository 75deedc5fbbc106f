//! Need lists: composed from verdicts, approved seat by seat, published once and for good.

mod barred;
mod later;
mod life;
mod minutes;
mod race;
mod undecided;

use super::screening::{advanced, in_screening};
use ronghe_client::Client;
use ronghe_contract::need::{JudgeNeed, JudgeNeeds};
use ronghe_contract::need_list::{ActOnNeedList, NeedListRow, NeedListView};
use ronghe_domain::need::Why;
use ronghe_domain::need_list::{ListDraft, State};
use ronghe_testkit::{TestApp, TestDb, sqlite};

/// The version of a list that nobody has composed.
const NONE: &str = "\"v0\"";

/// A world in 遴选 whose needs all have a verdict: the first is merged into the second, the third declined, the
/// others are listed.
pub(crate) async fn judged() -> (TestApp, Client, Vec<String>) {
    judged_on(sqlite().await).await
}

/// The same on `db`.
async fn judged_on(db: TestDb) -> (TestApp, Client, Vec<String>) {
    let test = TestApp::start_on(db).await;
    let lead = advanced(&test).await;
    let names: Vec<String> = in_screening(&lead).await.into_iter().map(|row| row.name).collect();
    let merge = JudgeNeed::Merge { into: names[1].clone(), remark: "合在一起申报".into() };
    lead.judge_need(&names[0], NONE, &merge).await.unwrap();
    let decline = JudgeNeed::Decline { why: Some(Why::TooVague), remark: String::new() };
    lead.judge_need(&names[2], NONE, &decline).await.unwrap();
    let mut rest = names.clone();
    rest.retain(|name| *name != names[0] && *name != names[2]);
    let verdict = JudgeNeed::Enlist { remark: String::new() };
    let many = JudgeNeeds { needs: rest, verdict, dry_run: false, skip_refused: false };
    assert!(lead.judge_needs(&many).await.unwrap().done);
    (test, lead, names)
}

/// Lists every need in 遴选 of a world that has no verdict yet, and publishes that.
pub(crate) async fn publish_all(test: &TestApp, lead: &Client) {
    let needs = in_screening(lead).await.into_iter().map(|row| row.name).collect();
    let verdict = JudgeNeed::Enlist { remark: String::new() };
    let many = JudgeNeeds { needs, verdict, dry_run: false, skip_refused: true };
    assert!(lead.judge_needs(&many).await.unwrap().done);
    published(test, lead, &ListDraft::default()).await;
}

fn approve() -> ActOnNeedList {
    ActOnNeedList::Approve { reason: String::new() }
}

/// The version that is made.
async fn open(client: &Client) -> NeedListView {
    client.show_need_lists("2026").await.unwrap().next.unwrap()
}

/// Does something with the version that is made, as it stands.
async fn acts(client: &Client, action: &ActOnNeedList) -> NeedListRow {
    let list = open(client).await.row;
    client.act_on_need_list("2026", &format!("v{}", list.no), &list.version, action).await.unwrap()
}

/// Composes, proposes and has the version approved by both seats.
async fn approved(test: &TestApp, lead: &Client, draft: &ListDraft) -> NeedListRow {
    // It may have been proposed already.
    let list = open(lead).await.row;
    if list.state == State::Draft {
        lead.compose_need_list("2026", &list.version, draft).await.unwrap();
        acts(lead, &ActOnNeedList::Propose).await;
    }
    acts(&test.signed_in("fangyun").await, &approve()).await;
    acts(&test.entered("chenjianguo").await, &approve()).await
}

/// The same, published.
pub(crate) async fn published(test: &TestApp, lead: &Client, draft: &ListDraft) -> NeedListRow {
    approved(test, lead, draft).await;
    acts(lead, &ActOnNeedList::Publish).await
}
