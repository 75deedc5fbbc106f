//! The life of an application over HTTP: typed, sealed, submitted, opened, returned, accepted.

use super::{PDF, applying, filled, handed_in, of_university, opened, printed, seal, written};
use crate::problem;
use ronghe_client::ListApplications;
use ronghe_contract::application::{ActOnApplication, ApplicationView, InviteMembers, StartApplication};
use ronghe_domain::application::eligible::Finding;
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Correction, Duty, Field, Flaw, Section, State};
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::{Fen, FieldProblem, Progress};
use ronghe_testkit::{TestApp, TestDb, db_test};

async fn whole(test: &TestApp) {
    let watcher = ronghe_app::Caller::system(Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> String {
    let refusal = problem(answer).refusal.unwrap();
    refusal["code"].as_str().unwrap().to_owned()
}

fn findings(view: &ApplicationView) -> Vec<Option<Finding>> {
    view.eligibility.iter().map(|it| it.finding).collect()
}

db_test!(a_university_applies_for_a_listed_need, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let (uni, school) = (test.entered("linxiaozhou").await, test.entered("wanghaifeng").await);
    let start = StartApplication { need: needs[0].clone() };
    assert_eq!(uni.show_beginning(&needs[0]).await.unwrap().barred, None);
    let begun = uni.start_application(&start).await.unwrap();
    let name = begun.row.name.clone();
    assert_eq!(refusal(uni.start_application(&start).await), "already_applied");
    assert_eq!(uni.show_beginning(&needs[0]).await.unwrap().existing, Some(name.clone()));
    assert_eq!(problem(school.start_application(&start).await).status, 404, "others' needs");
    assert_eq!(begun.sections.len(), 8);
    assert!(begun.sections.iter().all(|it| it.open && it.progress != Progress::Done));
    // What is still to be done for a condition is told with its section.
    assert_eq!(
        findings(&begun),
        [
            Some(Finding::NotMet { section: Section::Schedule }),
            Some(Finding::NotMet { section: Section::Schedule }),
            Some(Finding::NotMet { section: Section::Team }),
            Some(Finding::NotInFavour),
            Some(Finding::ByHand),
        ]
    );

    // What does not add up says by how much.
    let mut draft = filled(&begun);
    draft.asked = "67000".into();
    let saved = uni.save_application(&name, &begun.version, &draft).await.unwrap();
    let sum = saved.errors.iter().find(|error| error.path == "asked").unwrap();
    assert!(matches!(sum.problem, FieldProblem::NotTheLines { .. }), "{sum:?}");
    draft.asked = "65000".into();
    let saved = uni.save_application(&name, &saved.version, &draft).await.unwrap();
    let stale = uni.save_application(&name, &begun.version, &filled(&begun)).await;
    assert!(stale.is_ok(), "what is saved already is no stale edit");
    let missing: Vec<&str> = saved.errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(missing, ["sealed_page"]);

    // A change after the page was printed voids it.
    let code = printed(&uni, &name).await;
    assert_eq!(
        problem(uni.seal_application(&name, &code, "a.docx", b"PK".to_vec().into()).await).status,
        422
    );
    seal(&uni, &name).await.unwrap();
    draft.risk.push('！');
    let shown = uni.save_application(&name, &saved.version, &draft).await.unwrap();
    assert!(shown.files[0].voided);
    let old = problem(uni.seal_application(&name, &code, "盖章页.pdf", PDF.to_vec().into()).await);
    assert_eq!(
        (old.status, old.detail.contains("重新打印")),
        (409, true),
        "it is bound to what was printed: {old:?}"
    );
    assert_eq!(
        problem(uni.act_on_application(&name, &shown.version, &ActOnApplication::Submit).await).status,
        422
    );
    seal(&uni, &name).await.unwrap();
    let sent = uni.act_on_application(&name, &shown.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!((sent.row.state, sent.row.number.clone()), (State::Submitted, None));
    let receipt = sent.receipt.unwrap();
    assert_eq!((receipt.code.len(), receipt.n, receipt.hash.len()), (14, 1, 64));

    // It can be taken back and handed in anew, until the window closes.
    let back = uni.act_on_application(&name, &sent.version, &ActOnApplication::Withdraw).await.unwrap();
    let open = uni.act_on_application(&name, &back.version, &ActOnApplication::Reopen).await.unwrap();
    let sent = uni.act_on_application(&name, &open.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!(sent.receipt.unwrap().n, 2);
    whole(&test).await;

    opened(&test).await;
    whole(&test).await;
    let (uni, lead) = (test.entered("linxiaozhou").await, test.entered("zhangmin").await);
    let late = uni.act_on_application("A2026-0001", &sent.version, &ActOnApplication::Withdraw).await;
    assert_eq!(problem(late).status, 409);
    let queue = ListApplications {
        state: "formal_check".into(),
        sort: "number".into(),
        ..ListApplications::default()
    };
    let rows = lead.list_applications(&queue).await.unwrap();
    assert_eq!((rows.total, rows.items[0].name.as_str()), (1, "A2026-0001"));
    assert_eq!(rows.items[0].need.name, needs[0]);

    // A return opens exactly what it names, and says until when.
    let seen = lead.show_application("A2026-0001").await.unwrap();
    assert!(seen.draft.is_none() && seen.members.is_empty() && seen.receipt.is_none());
    // Its one deliverable is 其他: whether that serves a school a person reads.
    let favour = Finding::InFavour { amount: Fen::yuan(20_000), percent: 23 };
    let found = [Finding::Met, Finding::ByHand, Finding::Declared, favour, Finding::ByHand];
    assert_eq!(findings(&seen), found.map(Some));
    assert!(seen.content.unwrap().person_phone.contains('*'));
    let corrections =
        vec![Correction { section: Section::Plan, flaw: Flaw::BesideNeed, remark: "对应目标".into() }];
    let back = ActOnApplication::Return { corrections, remark: String::new(), until: String::new() };
    let back = lead.act_on_application("A2026-0001", &seen.version, &back).await.unwrap();
    assert_eq!(back.row.state, State::ReturnedForCorrection);
    let own = uni.show_application("A2026-0001").await.unwrap();
    let open: Vec<Section> = own.sections.iter().filter(|it| it.open).map(|it| it.section).collect();
    assert_eq!(open, [Section::Plan]);
    let mut beyond = draft.clone();
    beyond.benefit.push('！');
    let closed = problem(uni.save_application("A2026-0001", &own.version, &beyond).await);
    assert_eq!((closed.status, closed.fields[0].error.path.as_str()), (422, "benefit"));
    draft.work_plan.push_str("对应需求的目标。");
    let own = uni.save_application("A2026-0001", &own.version, &draft).await.unwrap();
    seal(&uni, "A2026-0001").await.unwrap();
    let again = uni.act_on_application("A2026-0001", &own.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!(again.row.state, State::FormalCheck);

    // The lead office sees what lay in the seal and what came since, and in what it differs.
    let versions = lead.list_application_versions("A2026-0001").await.unwrap().items;
    assert_eq!(versions.iter().map(|it| it.n).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(versions[1].changed, [Field::Plan, Field::SealedPage]);
    assert_eq!(uni.list_application_versions("A2026-0001").await.unwrap().items.len(), 3);
    let both = lead.compare_application_versions("A2026-0001", 2, 3).await.unwrap();
    assert_eq!(both.fields, [Field::Plan, Field::SealedPage]);
    assert_eq!(problem(lead.compare_application_versions("A2026-0001", 1, 3).await).status, 404);

    let seen = lead.show_application("A2026-0001").await.unwrap();
    let done = lead.act_on_application("A2026-0001", &seen.version, &ActOnApplication::Accept).await.unwrap();
    assert_eq!(done.row.state, State::Accepted);
    whole(&test).await;
});

#[tokio::test]
async fn members_write_their_sections_alone() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let colleague = of_university(&test, "gaoyuan", "sdnu").await;
    let uni = test.entered("linxiaozhou").await;
    let begun = written(&uni, &needs[0]).await;
    let name = begun.row.name.clone();
    let mut plan = begun.draft.clone().unwrap();
    plan.work_plan.push('！');
    // Whoever has no part reads it, and writes nothing.
    assert_eq!(problem(colleague.save_application(&name, &begun.version, &plan).await).status, 403);
    let part = |login: &str, duty, sections: &[Section]| MemberDraft {
        login: login.into(),
        duty,
        sections: sections.to_vec(),
    };
    let rival =
        InviteMembers { members: vec![part("zhangmin", Duty::Lead, &[])], ..InviteMembers::default() };
    assert_eq!(
        problem(uni.invite_members(&name, &begun.version, &rival).await).status,
        422,
        "of another house"
    );
    let team = InviteMembers {
        members: vec![part("linxiaozhou", Duty::Lead, &[]), part("gaoyuan", Duty::Member, &[Section::Plan])],
        ..InviteMembers::default()
    };
    let invited = uni.invite_members(&name, &begun.version, &team).await.unwrap();
    assert_eq!(invited.members.len(), 2);
    let saved = colleague.save_application(&name, &invited.version, &plan).await.unwrap();
    let mut beyond = plan.clone();
    beyond.basis.push('！');
    let theirs = problem(colleague.save_application(&name, &saved.version, &beyond).await);
    assert_eq!((theirs.status, theirs.fields[0].error.path.as_str()), (422, "basis"));
    let submit = colleague.act_on_application(&name, &saved.version, &ActOnApplication::Submit).await;
    assert_eq!(problem(submit).status, 403);
    let named: Vec<String> =
        uni.list_colleagues().await.unwrap().items.into_iter().map(|it| it.login).collect();
    assert!(["gaoyuan", "linxiaozhou"].iter().all(|login| named.iter().any(|it| it == login)), "{named:?}");
    assert!(!named.iter().any(|it| it == "zhangmin"), "{named:?}");
}

#[tokio::test]
async fn a_university_hands_in_no_more_than_the_cycle_allows() {
    let test = TestApp::start().await;
    let sql =
        "UPDATE cycle SET content = REPLACE(content, '\"applications_most\":20', '\"applications_most\":1')";
    ronghe_testkit::tamper(&test.app, sql).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    handed_in(&uni, &needs[0]).await;
    let second = written(&uni, &needs[1]).await;
    let full = uni.act_on_application(&second.row.name, &second.version, &ActOnApplication::Submit).await;
    assert_eq!(refusal(full), "university_cap");
}
