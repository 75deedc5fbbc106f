//! 遴选: verdicts that nobody else can tell before the list is published, opinions that only their office reads.

mod opinions;
mod verdicts;

use ronghe_client::{Client, ListNeeds};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::need::NeedRow;
use ronghe_domain::kernel::Instant;
use ronghe_testkit::TestApp;

/// A world whose needs are in 遴选, and the lead office in it.
pub(super) async fn screening() -> (TestApp, Client) {
    let test = TestApp::start().await;
    let lead = advanced(&test).await;
    (test, lead)
}

/// Lets the collecting end and goes on to 遴选.
pub(crate) async fn advanced(test: &TestApp) -> Client {
    let closes =
        test.entered("zhangmin").await.show_cycle("2026").await.unwrap().row.collecting.districts_end;
    test.app.clock().set(closes);
    let lead = test.entered("zhangmin").await;
    let cycle = lead.show_cycle("2026").await.unwrap();
    lead.act_on_cycle("2026", &cycle.version, &ActOnCycle::Advance).await.unwrap();
    lead
}

/// What stands in 遴选, by number, as `client` sees it.
pub(crate) async fn in_screening(client: &Client) -> Vec<NeedRow> {
    let query = ListNeeds { state: "screening".into(), sort: "number".into(), ..ListNeeds::default() };
    client.list_needs(&query).await.unwrap().items
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}
