//! Nothing walks around a chain: not what was known before, not a second hand, not the clock.

use super::rehearsal::{acted, clock, opened};
use crate::proofs::leaving::{NONE, act, begun, chain, principal, sign, whole};
use crate::{kind, problem};
use jiff::SignedDuration;
use ronghe_client::{Client, ListNeeds, ListSignOffs};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::need::{ActOnNeed, ForwardNeeds, NeedView, StartNeed};
use ronghe_contract::session::NewToken;
use ronghe_contract::sign_off::RoundView;
use ronghe_domain::account::Scope;
use ronghe_domain::need::State;
use ronghe_domain::need::district::summary::State as Stands;
use ronghe_domain::sign_off::Kind;
use ronghe_domain::task::Kind as Task;
use ronghe_testkit::{PASSWORD, TestApp, TestDb, db_test, need_draft};

/// The round that runs of this kind.
async fn running(who: &Client, kind: Kind) -> RoundView {
    let all = who.list_sign_offs(&ListSignOffs { state: "signing".into() }).await.unwrap().items;
    all.into_iter().find(|round| round.kind == kind).unwrap()
}

db_test!(who_wrote_in_it_does_not_sign_it, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, head) = (test.entered("wanghaifeng").await, principal(&test).await);
    school.set_chain("yanliu", Kind::Need, NONE, &chain(&[("校长", "yaoyuan")])).await.unwrap();
    let need = begun(&school).await;
    let mut typed = need_draft();
    typed.goals.push_str("，两年内推广。");
    let saved = head.save_need(&need.row.name, &need.version, &typed).await.unwrap();
    let refused = problem(school.ask_sign_off(&need.row.name, &saved.version).await);
    assert_eq!((refused.status, refused.refusal.unwrap()["code"].as_str()), (409, Some("vacant")));
    // Nor who added a file to another.
    let other = begun(&school).await;
    head.attach_file(&other.row.name, "a.pdf", b"%PDF-1.7\n%%EOF\n".to_vec().into()).await.unwrap();
    let other = school.show_need(&other.row.name).await.unwrap();
    assert_eq!(problem(school.ask_sign_off(&other.row.name, &other.version).await).status, 409);
    // What nobody else touched is signed.
    let third = begun(&school).await;
    let round = school.ask_sign_off(&third.row.name, &third.version).await.unwrap();
    act(&head, &round, sign()).await;
    whole(&test).await;
});

db_test!(who_watches_reads_no_draft_that_is_being_signed, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, head) = (test.entered("wanghaifeng").await, principal(&test).await);
    let (district, auditor) = (test.entered("liwenjing").await, test.entered("heqing").await);
    school.set_chain("yanliu", Kind::Need, NONE, &chain(&[("校长", "yaoyuan")])).await.unwrap();
    let need = begun(&school).await;
    let scan = || b"%PDF-1.7\n%%EOF\n".to_vec().into();
    let code = school.show_sealed(Kind::Need, &need.row.name).await.unwrap().code.unwrap();
    let early = school.add_seal(Kind::Need, &need.row.name, &code, "early.pdf", scan()).await.unwrap();
    let mut typed = need_draft();
    typed.goals.push_str("，两年内推广。");
    let need = school.save_need(&need.row.name, &need.version, &typed).await.unwrap();
    let round = school.ask_sign_off(&need.row.name, &need.version).await.unwrap();
    assert_eq!(auditor.list_sign_offs(&ListSignOffs::default()).await.unwrap().total, 0);
    assert_eq!(problem(auditor.show_sign_off(&round.id.to_string()).await).status, 404);
    let asked = ronghe_client::ListEvents { q: need.row.name.clone(), ..Default::default() };
    let events = auditor.list_events(&asked).await.unwrap().items;
    assert!(events.iter().all(|event| event.name != need.row.name), "drafts stand outside the chain");
    let late = school.add_seal(Kind::Need, &need.row.name, &round.code, "late.pdf", scan()).await.unwrap();
    act(&head, &round, sign()).await;
    assert_eq!(auditor.list_sign_offs(&ListSignOffs::default()).await.unwrap().total, 1);

    // The scan of what was never submitted stays within the school.
    let sent = school.show_need(&need.row.name).await.unwrap().row.name;
    let ids = |page: ronghe_contract::sign_off::SealedView| -> Vec<_> {
        page.seals.into_iter().map(|seal| seal.id).collect()
    };
    assert_eq!(ids(school.show_sealed(Kind::Need, &sent).await.unwrap()).len(), 2);
    assert_eq!(ids(district.show_sealed(Kind::Need, &sent).await.unwrap()), [late.id]);
    assert_eq!(problem(district.download_seal(Kind::Need, &sent, early.id).await).status, 404);
    district.download_seal(Kind::Need, &sent, late.id).await.unwrap();
    school.download_seal(Kind::Need, &sent, early.id).await.unwrap();
    whole(&test).await;
});

/// A need of the bureau itself in the rehearsal.
async fn own(clerk: &Client) -> NeedView {
    let begun = StartNeed { year: "2026R1".into(), draft: need_draft() };
    clerk.start_need(&begun).await.unwrap()
}

/// Whether the clerk's bureau is offered to report that there is nothing: on its own row alone.
async fn offers_zero(clerk: &Client) -> bool {
    let rows = clerk.show_filing("2026R1").await.unwrap().items;
    assert!(rows.iter().all(|row| row.org.slug == "lixia" || !row.can_report_zero));
    rows.iter().any(|row| row.can_report_zero)
}

db_test!(that_there_is_nothing_is_asked_again_when_it_is_signed, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let lead = test.entered("zhangmin").await;
    let (clerk, chief) = (test.entered("liwenjing").await, test.signed_in("renguangyi").await);
    let open = opened(&lead).await;
    let set = chain(&[("分管局长", "renguangyi")]);
    clerk.set_chain("lixia", Kind::DistrictSummary, NONE, &set).await.unwrap();

    // A need of the bureau itself goes up meanwhile.
    assert!(offers_zero(&clerk).await);
    let zero = clerk.report_zero("2026R1").await.unwrap();
    assert_eq!(zero.state, Stands::Signing);
    assert!(!offers_zero(&clerk).await, "one is being signed");
    let round = running(&chief, Kind::DistrictSummary).await;
    let need = own(&clerk).await;
    let sent = clerk.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!(sent.row.state, State::Forwarded);
    assert_eq!(clerk.show_summary(&zero.name).await.unwrap().state, Stands::Voided);
    let late = problem(chief.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await);
    assert_eq!(late.status, 409);
    clerk.act_on_need(&sent.row.name, &sent.version, &ActOnNeed::Withdraw).await.unwrap();

    // The same where it goes up by the last signature.
    clerk.set_chain("lixia", Kind::Need, NONE, &set).await.unwrap();
    let zero = clerk.report_zero("2026R1").await.unwrap();
    let need = own(&clerk).await;
    clerk.ask_sign_off(&need.row.name, &need.version).await.unwrap();
    act(&chief, &running(&chief, Kind::Need).await, sign()).await;
    assert_eq!(clerk.show_summary(&zero.name).await.unwrap().state, Stands::Voided);
    let sent = clerk.show_need(&need.row.name).await.unwrap();
    clerk.act_on_need(&sent.row.name, &sent.version, &ActOnNeed::Withdraw).await.unwrap();

    // Its window closes meanwhile.
    clerk.report_zero("2026R1").await.unwrap();
    let round = running(&chief, Kind::DistrictSummary).await;
    acted(&lead, &open, &clock("2026-12-01 09:00")).await;
    let late = problem(chief.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await);
    assert_eq!((late.status, late.refusal.unwrap()["code"].as_str()), (409, Some("ended")));
    whole(&test).await;
});

db_test!(a_rehearsals_report_is_by_its_own_clock, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (lead, clerk) = (test.entered("zhangmin").await, test.entered("liwenjing").await);
    let open = opened(&lead).await;
    acted(&lead, &open, &clock("2026-03-20 09:00")).await;
    let zero = clerk.report_zero("2026R1").await.unwrap();
    assert!(zero.made_at.to_string().starts_with("2026-03-20T01:0"), "{}", zero.made_at);
    assert!(zero.issued_at.unwrap().to_string().starts_with("2026-03-20T01:0"));
});

#[tokio::test]
async fn a_signature_takes_a_token_that_decides() {
    let test = TestApp::start().await;
    let (school, head) = (test.entered("wanghaifeng").await, principal(&test).await);
    let steps = chain(&[("校长", "yaoyuan")]);
    let set = school.set_chain("yanliu", Kind::Need, NONE, &steps).await.unwrap();
    let need = begun(&school).await;
    let round = school.ask_sign_off(&need.row.name, &need.version).await.unwrap();
    let id = round.id.to_string();
    let scopes = vec![Scope::Read, Scope::WriteNeed];
    let made = head.make_token(&NewToken { name: "填报".into(), scopes, days: None }).await.unwrap();
    let script = Client::new(&test.server).with_token(&made.token);
    assert_eq!(kind(script.act_on_sign_off(&id, &round.version, &sign()).await), "scope");
    assert_eq!(kind(script.set_chain("yanliu", Kind::Need, &set.version, &steps).await), "scope");

    act(&head, &round, sign()).await;
}

#[tokio::test]
async fn a_chain_is_set_with_a_fresh_proof() {
    let test = TestApp::start_strict().await;
    let (school, steps) = (test.signed_in("wanghaifeng").await, chain(&[("校长", "wanghaifeng")]));
    test.app.clock().set(test.app.now() + SignedDuration::from_mins(11));
    assert_eq!(kind(school.set_chain("yanliu", Kind::Need, NONE, &steps).await), "proof");
    school.prove(PASSWORD).await.unwrap();
    school.set_chain("yanliu", Kind::Need, NONE, &steps).await.unwrap();
}

db_test!(what_runs_is_due_with_its_window_and_void_behind_it, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let lead = test.entered("zhangmin").await;
    let (clerk, chief) = (test.entered("liwenjing").await, test.signed_in("renguangyi").await);
    let set = chain(&[("分管局长", "renguangyi")]);
    clerk.set_chain("lixia", Kind::DistrictSummary, NONE, &set).await.unwrap();
    let waits = async || {
        let tasks = clerk.list_tasks().await.unwrap().items;
        tasks.iter().filter(|task| task.kind == Task::ForwardNeeds).map(|task| task.count).sum::<u64>()
    };
    let before = waits().await;
    let submitted = ListNeeds { state: "submitted".into(), ..ListNeeds::default() };
    let one = clerk.list_needs(&submitted).await.unwrap().items.remove(0).name;
    let asked =
        clerk.forward_needs(&ForwardNeeds { needs: vec![one], ..ForwardNeeds::default() }).await.unwrap();
    assert_eq!(waits().await, before - 1, "it waits for the chief");
    let tasks = chief.list_tasks().await.unwrap().items;
    let task = tasks.iter().find(|task| task.kind == Task::Sign).unwrap();
    assert!(task.deadline.is_some() && task.title == asked.summaries[0].name, "{task:?}");

    let open = opened(&lead).await;
    let zero = clerk.report_zero("2026R1").await.unwrap();
    acted(&lead, &open, &ActOnCycle::Finish).await;
    assert_eq!(clerk.show_summary(&zero.name).await.unwrap().state, Stands::Voided);
    let left = chief.list_sign_offs(&ListSignOffs { state: "signing".into() }).await.unwrap();
    assert_eq!(left.total, 1, "that of the real cycle goes on");
    whole(&test).await;
});
