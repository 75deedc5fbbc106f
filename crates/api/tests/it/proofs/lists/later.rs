//! Later versions: numbers stay, what is taken on or out says why.

use super::{acts, judged, open, published};
use crate::{checked, problem};
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_domain::need::State as NeedState;
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_domain::need_list::{ChangeKind, Finding, ListDraft, State};

fn change(need: &str, reason: &str) -> Vec<ChangeDraft> {
    vec![ChangeDraft { need: need.into(), reason: reason.into() }]
}

#[tokio::test]
async fn a_later_version_keeps_numbers_and_says_what_changed() {
    let (test, lead, names) = judged().await;
    published(&test, &lead, &ListDraft::default()).await;
    let first = test.client.export_need_list("2026", "v1").await.unwrap();

    let blank = open(&lead).await;
    assert_eq!((blank.row.no, blank.row.count), (2, first.needs.len()));
    // What takes another up stays; what was never on the list cannot be taken out.
    for wrong in [&names[1], &names[2]] {
        let draft = ListDraft { remove: change(wrong, "重复"), ..ListDraft::default() };
        let refused = problem(lead.compose_need_list("2026", &blank.row.version, &draft).await);
        assert_eq!(refused.fields[0].error.path, "remove[0].need");
    }
    let draft = ListDraft {
        remove: change(&names[4], ""),
        add: change(&names[2], "补充了指标"),
        ..ListDraft::default()
    };
    let row = lead.compose_need_list("2026", &blank.row.version, &draft).await.unwrap();
    let found: Vec<Finding> = open(&lead).await.findings.into_iter().map(|it| it.finding).collect();
    assert_eq!(found, [Finding::NoReason, Finding::RemovedWithoutReason { count: 1 }]);
    let barred = problem(lead.act_on_need_list("2026", "v2", &row.version, &ActOnNeedList::Propose).await);
    assert_eq!(barred.status, 409);
    let draft =
        ListDraft { remove: change(&names[4], "学校停办"), reason: "一进一出".into(), ..draft };
    published(&test, &lead, &draft).await;

    let second = test.client.export_need_list("2026", "v2").await.unwrap();
    assert_eq!(second.needs.len(), first.needs.len());
    let number = |document: &ronghe_domain::need_list::Document, name: &str| {
        document.needs.iter().find(|need| need.need == name).map(|need| need.number.clone())
    };
    assert_eq!(number(&second, &names[4]), None);
    assert_eq!(number(&second, &names[2]), Some(format!("2026-{:03}", first.needs.len() + 1)));
    for need in first.needs.iter().filter(|need| need.need != names[4]) {
        assert_eq!(number(&second, &need.need).as_ref(), Some(&need.number));
    }
    assert_eq!((second.added.len(), second.removed[0].reason.as_str()), (1, "学校停办"));
    for (name, state) in [(&names[2], NeedState::Listed), (&names[4], NeedState::Declined)] {
        assert_eq!(lead.show_need(name).await.unwrap().row.state, state, "{name}");
    }
    let lists = test.client.show_need_lists("2026").await.unwrap();
    assert_eq!(lists.versions.iter().map(|row| row.no).collect::<Vec<_>>(), [2, 1]);
    let seen = test.client.show_need_list("2026", "v2").await.unwrap();
    assert_eq!(
        seen.changes.iter().map(|it| it.kind).collect::<Vec<_>>(),
        [ChangeKind::Removed, ChangeKind::Added]
    );
    // What was taken out comes back under a new number; the old one is nobody's.
    let back =
        ListDraft { add: change(&names[4], "学校复办"), reason: "复办".into(), ..ListDraft::default() };
    published(&test, &lead, &back).await;
    let third = test.client.export_need_list("2026", "v3").await.unwrap();
    assert_eq!(number(&third, &names[4]), Some(format!("2026-{:03}", first.needs.len() + 2)));
    assert_eq!(checked(&test.entered("heqing").await).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn a_list_that_is_changed_after_an_approval_is_approved_anew() {
    let (test, lead, names) = judged().await;
    super::approved(&test, &lead, &ListDraft::default()).await;
    let version = open(&lead).await.row.version;
    let same = lead.compose_need_list("2026", &version, &ListDraft::default()).await.unwrap();
    assert_eq!((same.state, &same.version), (State::Approved, &version), "nothing is voided for nothing");
    let other = ListDraft { order: vec![names[5].clone()], ..ListDraft::default() };
    let row = lead.compose_need_list("2026", &version, &other).await.unwrap();
    assert_eq!((row.state, row.hash), (State::Draft, None));
    let view = open(&lead).await;
    assert!(view.marks.len() == 2 && view.marks.iter().all(|mark| mark.voided_at.is_some()));
    acts(&lead, &ActOnNeedList::Propose).await;
    let early = open(&lead).await.row;
    let refused = problem(lead.act_on_need_list("2026", "v1", &early.version, &ActOnNeedList::Publish).await);
    assert_eq!(refused.status, 409, "void approvals publish nothing");
}

#[tokio::test]
async fn a_merged_need_that_is_taken_on_stands_for_itself_alone() {
    let (test, lead, names) = judged().await;
    published(&test, &lead, &ListDraft::default()).await;
    let draft =
        ListDraft {
            add: change(&names[0], "单独申报"), reason: "分开申报".into(), ..ListDraft::default()
        };
    published(&test, &lead, &draft).await;
    let second = test.client.export_need_list("2026", "v2").await.unwrap();
    assert!(second.needs.iter().any(|need| need.need == names[0]));
    let taker = second.needs.iter().find(|need| need.need == names[1]).unwrap();
    assert_eq!(taker.origins, [], "it is not taken up besides");
}
