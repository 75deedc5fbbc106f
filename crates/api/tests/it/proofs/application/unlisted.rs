//! A later version of the list takes a need out that was applied for: nobody loses what was handed in unwarned, and
//! nothing is accepted for it.

use super::{applying, handed_in, opened};
use crate::problem;
use crate::proofs::lists::published;
use ronghe_contract::application::ActOnApplication;
use ronghe_domain::application::{Action, Correction, Flaw, Refusal, Section, State};
use ronghe_domain::need_list::ListDraft;
use ronghe_domain::need_list::draft::ChangeDraft;
use ronghe_domain::progress::Figure;
use ronghe_testkit::{TestApp, TestDb, db_test};

fn code<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> String {
    problem(answer).refusal.unwrap()["code"].as_str().unwrap().to_owned()
}

db_test!(what_answers_a_need_that_is_no_longer_listed_says_so, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let (uni, lead) = (test.entered("linxiaozhou").await, test.entered("zhangmin").await);
    let sent = handed_in(&uni, &needs[0]).await;
    assert!(!sent.unlisted);
    let remove = vec![ChangeDraft { need: needs[0].clone(), reason: "学校停办".into() }];
    published(&test, &lead, &ListDraft { remove, reason: "移出一条".into(), ..ListDraft::default() }).await;

    // Taken back it could not be handed in again.
    let name = sent.row.name;
    let seen = uni.show_application(&name).await.unwrap();
    assert!(seen.unlisted);
    let barred = seen.offers.iter().find(|it| it.action == Action::Reopen).unwrap().barred;
    assert_eq!(barred, Some(Refusal::NotListed));
    assert_eq!(
        code(uni.act_on_application(&name, &seen.version, &ActOnApplication::Reopen).await),
        "not_listed"
    );
    assert_eq!(uni.show_application(&name).await.unwrap().row.state, State::Submitted);

    opened(&test).await;
    let lead = test.entered("zhangmin").await;
    let seen = lead.show_application("A2026-0001").await.unwrap();
    assert!(seen.unlisted && seen.row.state == State::FormalCheck);
    let accepted = lead.act_on_application("A2026-0001", &seen.version, &ActOnApplication::Accept).await;
    assert_eq!(code(accepted), "not_listed");
    // Those that are left on the list have nobody, the one that was taken out is none of them.
    let listed = lead.show_need_list("2026", "v2").await.unwrap().items.len();
    let figures = lead.show_progress("2026").await.unwrap().items;
    let unanswered = figures.iter().find(|it| it.figure == Figure::Unanswered).unwrap().count;
    assert_eq!(unanswered, u64::try_from(listed).unwrap());
    let corrections = vec![Correction {
        section: Section::Basics,
        flaw: Flaw::BesideNeed,
        remark: "需求已移出清单".into(),
    }];
    let back = ActOnApplication::Return { corrections, remark: String::new(), until: String::new() };
    let back = lead.act_on_application("A2026-0001", &seen.version, &back).await.unwrap();
    assert_eq!(back.row.state, State::ReturnedForCorrection);
});
