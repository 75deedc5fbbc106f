//! What a meeting decided of a list: on record between the last approval and publication, where the cycle wants it.

use super::{acts, approve, approved, judged, open};
use crate::{checked, problem};
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_domain::cycle::approval::Body;
use ronghe_domain::need_list::{Finding, ListDraft, MinutesDraft, State};

fn minutes(date: &str, minutes_no: &str) -> ActOnNeedList {
    ActOnNeedList::Minute(MinutesDraft {
        date: date.into(),
        present: "陈建国、方芸".into(),
        countersigned: "财务审计处".into(),
        minutes_no: minutes_no.into(),
    })
}

#[tokio::test]
async fn what_a_meeting_decided_stands_with_the_list_and_its_names_stay_inside() {
    let (test, lead, _) = judged().await;
    approved(&test, &lead, &ListDraft::default()).await;
    let view = open(&lead).await;
    let missing = Finding::NoMinutes { body: Body::LeadingGroup, needed: false };
    let found = view.findings.iter().find(|it| it.finding == missing).expect("it is shown as missing");
    assert!(!found.barring);
    let version = view.row.version.clone();
    let wrong = problem(lead.act_on_need_list("2026", "v1", &version, &minutes("2099-01-01", "")).await);
    let paths: Vec<&str> = wrong.fields.iter().map(|it| it.error.path.as_str()).collect();
    assert_eq!((wrong.status, paths), (422, vec!["date", "minutes_no"]));
    let leader = test.entered("chenjianguo").await;
    let not_theirs =
        leader.act_on_need_list("2026", "v1", &version, &minutes("2026-03-01", "〔2026〕3号")).await;
    assert_eq!(problem(not_theirs).status, 403);
    acts(&lead, &minutes("2026-03-01", "〔2026〕3号")).await;
    let row = acts(&lead, &minutes("2026-03-02", "〔2026〕4号")).await;
    assert_eq!(row.state, State::Approved, "it was corrected, and the approvals stand");
    let kept = open(&lead).await;
    assert!(kept.findings.is_empty(), "{:?}", kept.findings);
    let said = kept.minutes.unwrap();
    assert_eq!((said.date.to_string().as_str(), said.minutes_no.as_str()), ("2026-03-02", "〔2026〕4号"));
    assert!(said.present.is_some() && said.name.is_some());
    acts(&lead, &ActOnNeedList::Publish).await;
    let public = test.client.show_need_list("2026", "v1").await.unwrap().minutes.unwrap();
    assert_eq!((public.body, public.minutes_no.as_str()), (Body::LeadingGroup, "〔2026〕4号"));
    assert_eq!((public.present, public.countersigned, public.name), (None, None, None));
    assert_eq!(checked(&test.entered("heqing").await).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn a_change_voids_what_was_decided_of_the_list_before() {
    let (test, lead, names) = judged().await;
    approved(&test, &lead, &ListDraft::default()).await;
    let early = acts(&lead, &minutes("2026-03-01", "〔2026〕3号")).await;
    let order = ListDraft { order: vec![names[3].clone()], ..ListDraft::default() };
    lead.compose_need_list("2026", &early.version, &order).await.unwrap();
    let view = open(&lead).await;
    assert_eq!((view.row.state, view.minutes), (State::Draft, None));
    let draft =
        problem(lead.act_on_need_list("2026", "v1", &view.row.version, &minutes("2026-03-01", "4")).await);
    assert_eq!(draft.refusal.unwrap()["code"], "wrong_state");
    acts(&lead, &ActOnNeedList::Propose).await;
    acts(&test.signed_in("fangyun").await, &approve()).await;
    acts(&test.entered("chenjianguo").await, &approve()).await;
    assert!(open(&lead).await.findings.iter().any(|it| matches!(it.finding, Finding::NoMinutes { .. })));
}
