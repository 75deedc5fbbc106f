//! A seat whose holders have all composed or proposed a version: named before it is proposed.

use super::{NONE, acts, judged, open};
use crate::problem;
use ronghe_client::Client;
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_domain::cycle::approval::Seat;
use ronghe_domain::need_list::{Finding, ListDraft, State};
use ronghe_testkit::tamper;

async fn is_barred(client: &Client) -> bool {
    let barred = Finding::SeatBarred { seat: Seat::Deputy, post: "副局长".into() };
    open(client).await.findings.iter().any(|it| it.finding == barred && it.barring)
}

#[tokio::test]
async fn a_seat_of_which_nobody_may_approve_is_named_before_it_is_proposed() {
    let (test, lead, names) = judged().await;
    // Of two who hold the seat one moves on, the other is of the lead office as well.
    tamper(&test.app, "UPDATE account SET post = '处长' WHERE login = 'jiangweimin'").await;
    let both = "UPDATE account SET roles = '[\"lead_office\",\"leading_group\"]' WHERE login = 'fangyun'";
    tamper(&test.app, both).await;
    let deputy = test.signed_in("fangyun").await;
    lead.compose_need_list("2026", NONE, &ListDraft::default()).await.unwrap();
    // Others may propose it; by the deputy, the deputy's seat would be barred.
    assert_eq!((is_barred(&lead).await, is_barred(&deputy).await), (false, true));
    let version = open(&lead).await.row.version;
    let refused = problem(deputy.act_on_need_list("2026", "v1", &version, &ActOnNeedList::Propose).await);
    assert_eq!(refused.refusal.unwrap()["code"], "incomplete");

    let order = ListDraft { order: vec![names[3].clone()], ..ListDraft::default() };
    let composed = deputy.compose_need_list("2026", &version, &order).await.unwrap();
    assert!(is_barred(&lead).await, "by now whoever proposes it");
    let refused =
        problem(lead.act_on_need_list("2026", "v1", &composed.version, &ActOnNeedList::Propose).await);
    assert_eq!(refused.refusal.unwrap()["code"], "incomplete");

    // Somebody else holds the seat as well.
    tamper(&test.app, "UPDATE account SET post = '副局长' WHERE login = 'jiangweimin'").await;
    assert!(!is_barred(&lead).await);
    assert_eq!(acts(&lead, &ActOnNeedList::Propose).await.state, State::Proposed);
}
