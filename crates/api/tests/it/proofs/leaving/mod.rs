//! What leaves an organisation passes its chain; a bureau ranks, hands up by summary and reminds; pages are sealed.

use crate::problem;
use ronghe_client::{Client, ListMails, ListMessages, ListNeeds, ListSignOffs};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::need::{ActOnNeed, ForwardNeeds, NeedView, RemindUnits, StartNeed};
use ronghe_contract::session::AcceptLink;
use ronghe_contract::sign_off::{ActOnSignOff, RoundView};
use ronghe_domain::account::AccountDraft;
use ronghe_domain::kernel::Role;
use ronghe_domain::message::Kind as Told;
use ronghe_domain::need::district::summary::State as Stands;
use ronghe_domain::need::{RankingDraft, State};
use ronghe_domain::sign_off::seal::SCANS_MOST;
use ronghe_domain::sign_off::{Action, ChainDraft, Kind, Paper, StepDraft, When};
use ronghe_domain::task::Kind as Task;
use ronghe_testkit::{PASSWORD, TestApp, TestDb, db_test, need_draft};

pub(super) const NONE: &str = "\"v0\"";

pub(super) fn chain(steps: &[(&str, &str)]) -> ChainDraft {
    let steps = steps.iter().map(|(post, login)| StepDraft {
        post: (*post).into(),
        signers: vec![(*login).into()],
        when: When::Always,
    });
    ChainDraft { steps: steps.collect() }
}

/// The school's principal, who is no one's of the demonstration.
pub(super) async fn principal(test: &TestApp) -> Client {
    let admin = test.entered("wuxiao").await;
    let draft = AccountDraft {
        login: "yaoyuan".into(),
        name: "姚远".into(),
        org: "yanliu".into(),
        roles: [Role::NeedUnit].into(),
        post: "校长".into(),
        ..AccountDraft::default()
    };
    let made = admin.create_account(&draft).await.unwrap();
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    let accept = AcceptLink { code, password: PASSWORD.into() };
    test.client.accept_link(&accept).await.unwrap();
    test.signed_in("yaoyuan").await
}

pub(super) async fn begun(school: &Client) -> NeedView {
    school.start_need(&StartNeed { draft: need_draft(), ..StartNeed::default() }).await.unwrap()
}

pub(super) async fn act(who: &Client, round: &RoundView, act: ActOnSignOff) -> RoundView {
    who.act_on_sign_off(&round.id.to_string(), &round.version, &act).await.unwrap()
}

/// Every record stands as its last event says.
pub(super) async fn whole(test: &TestApp) {
    let chain = crate::checked(&test.entered("heqing").await).await;
    assert_eq!(chain.faults, Vec::<String>::new());
}

pub(super) fn sign() -> ActOnSignOff {
    ActOnSignOff::Sign { remark: String::new() }
}

db_test!(a_schools_need_leaves_by_the_last_signature, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, head) = (test.entered("wanghaifeng").await, principal(&test).await);
    let chains = school.list_chains("yanliu").await.unwrap();
    let of_need = &chains.chains[0];
    assert_eq!((chains.chains.len(), of_need.kind, of_need.steps.len()), (1, Kind::Need, 0));
    assert_eq!(of_need.proposal[0].post, "校长");
    assert_eq!(of_need.proposal[0].signers[0].login, "yaoyuan", "who holds the post is proposed");
    let stranger = problem(test.entered("liwenjing").await.list_chains("yanliu").await);
    assert_eq!(stranger.status, 404);
    let wrong = problem(school.set_chain("yanliu", Kind::Need, NONE, &chain(&[("校长", "nobody")])).await);
    assert_eq!((wrong.status, wrong.fields[0].error.path.as_str()), (422, "steps[0].signers[0]"));
    let set = school.set_chain("yanliu", Kind::Need, NONE, &chain(&[("校长", "yaoyuan")])).await.unwrap();
    // Whoever is checked does not take away who checks.
    let again = problem(school.set_chain("yanliu", Kind::Need, &set.version, &chain(&[])).await);
    assert_eq!(again.status, 403);

    let need = begun(&school).await;
    let name = need.row.name.clone();
    let first = problem(school.act_on_need(&name, &need.version, &ActOnNeed::Submit).await);
    assert_eq!((first.status, first.refusal.unwrap()["code"].as_str()), (409, Some("sign_off_first")));
    let round = school.ask_sign_off(&name, &need.version).await.unwrap();
    assert_eq!((round.steps.len(), round.steps[0].turn, round.asked_by.as_str()), (1, true, "王海峰"));
    let twice = problem(school.ask_sign_off(&name, &need.version).await);
    assert_eq!(twice.status, 409, "one round runs at a time");
    let own = problem(school.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await);
    assert_eq!(own.status, 403, "who prepares it does not sign it");
    let tasks = head.list_tasks().await.unwrap().items;
    assert!(tasks.iter().any(|task| task.kind == Task::Sign && task.title == need_draft().title));
    assert!(school.list_tasks().await.unwrap().items.iter().any(|task| task.kind == Task::WithSigners));

    // What is changed has to be asked for anew; what was asked stays on record.
    let mut typed = need_draft();
    typed.goals.push_str("，两年内推广。");
    let saved = school.save_need(&name, &need.version, &typed).await.unwrap();
    let page = school.show_sealed(Kind::Need, &name).await.unwrap();
    assert!(page.rounds.len() == 1 && page.printed().is_none(), "of another version");
    let void = problem(head.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await);
    assert_eq!(void.status, 409);
    let round = school.ask_sign_off(&name, &saved.version).await.unwrap();
    let silent = ActOnSignOff::SendBack { reason: " ".into() };
    let silent = problem(head.act_on_sign_off(&round.id.to_string(), &round.version, &silent).await);
    assert_eq!((silent.status, silent.fields[0].error.path.as_str()), (422, "reason"));
    act(&head, &round, ActOnSignOff::SendBack { reason: "目标太大".into() }).await;
    let told = school.list_messages(&ronghe_client::ListMessages::default()).await.unwrap().items;
    assert!(told.iter().any(|message| message.kind == Told::SignOffSentBack));
    let round = school.ask_sign_off(&name, &saved.version).await.unwrap();
    let page = school.show_sealed(Kind::Need, &name).await.unwrap();
    assert_eq!(page.code.as_deref(), Some(round.code.as_str()), "the page prints what is signed");
    let signed = act(&head, &round, sign()).await;
    assert_eq!(signed.offers, []);
    let sent = school.show_need(&name).await.unwrap();
    assert_eq!(sent.row.state, State::Submitted, "the last signature lets it go");
    let page = school.show_sealed(Kind::Need, &sent.row.name).await.unwrap();
    assert_eq!(page.code.as_deref(), Some(round.code.as_str()), "and nothing in it changed");
    assert_eq!(page.rounds.len(), 3);
    assert_eq!(page.printed().map(|printed| printed.id), Some(round.id));
    let district = test.entered("liwenjing").await;
    let above = district.show_sealed(Kind::Need, &sent.row.name).await.unwrap();
    assert_eq!(
        (above.rounds.len(), above.code),
        (0, page.code),
        "hands within the school are its own business"
    );
    let all = school.list_sign_offs(&ListSignOffs::default()).await.unwrap();
    assert_eq!(all.total, 3);
    assert_eq!(problem(district.show_sign_off(&round.id.to_string()).await).status, 404);
    whole(&test).await;
});

db_test!(a_bureau_hands_up_what_its_chief_signs, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (clerk, chief) = (test.entered("liwenjing").await, test.signed_in("renguangyi").await);
    let lead = test.entered("zhangmin").await;
    let school = test.entered("wanghaifeng").await;
    for _ in 0..2 {
        let need = begun(&school).await;
        school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    }
    let waiting = ListNeeds { state: "submitted".into(), ..ListNeeds::default() };
    let names: Vec<String> =
        clerk.list_needs(&waiting).await.unwrap().items.into_iter().map(|row| row.name).take(3).collect();
    // The order of the bureau is shown to it and to the lead office, not to its schools.
    let before = clerk.show_ranking("2026").await.unwrap();
    assert!(before.may_rank && before.placed == 0);
    let order = RankingDraft { order: names.iter().rev().cloned().collect() };
    let ranked = clerk.rank_needs("2026", &before.version, &order).await.unwrap();
    assert_eq!(ranked.items[0].name, names[2]);
    assert_eq!(problem(clerk.rank_needs("2026", &before.version, &order).await).status, 412);
    let unknown = RankingDraft { order: vec!["N2026-9999".into()] };
    assert_eq!(problem(clerk.rank_needs("2026", &ranked.version, &unknown).await).status, 422);
    assert_eq!(problem(lead.rank_needs("2026", NONE, &order).await).status, 403);

    // Without a chain it leaves at once, and the first version of the summary is made.
    let one = ForwardNeeds { needs: vec![names[0].clone()], ..ForwardNeeds::default() };
    let done = clerk.forward_needs(&one).await.unwrap();
    let first = &done.summaries[0];
    assert_eq!((first.state, done.needs[0].state), (Stands::Issued, State::Forwarded));
    assert_eq!(first.lines.iter().filter(|line| line.new).count(), 1);
    assert_eq!(lead.show_need(&names[0]).await.unwrap().row.rank, Some(3));

    let set = chain(&[("分管局长", "renguangyi")]);
    clerk.set_chain("lixia", Kind::DistrictSummary, NONE, &set).await.unwrap();
    let more = ForwardNeeds { needs: names[1..].to_vec(), ..ForwardNeeds::default() };
    let asked = clerk.forward_needs(&more).await.unwrap();
    let second = &asked.summaries[0];
    assert_eq!((second.state, asked.needs[0].state), (Stands::Signing, State::Submitted));
    assert_eq!(problem(lead.show_summary(&second.name).await).status, 404, "not before it is signed");
    assert_eq!(problem(clerk.forward_needs(&more).await).status, 409, "one version is signed at a time");
    let round =
        chief.list_sign_offs(&ListSignOffs { state: "signing".into() }).await.unwrap().items.remove(0);
    assert_eq!((round.record.as_str(), round.code.as_str()), (second.name.as_str(), second.code.as_str()));
    assert_eq!(
        chief.show_sealed(Kind::DistrictSummary, &second.name).await.unwrap().offers[0].action,
        Action::Sign
    );

    // A need that is returned meanwhile makes the version void.
    let version = clerk.show_need(&names[1]).await.unwrap().version;
    let (corrections, until) = (Vec::new(), String::new());
    let back = ActOnNeed::Return { corrections, remark: "补充现状".into(), until };
    clerk.act_on_need(&names[1], &version, &back).await.unwrap();
    assert_eq!(clerk.show_summary(&second.name).await.unwrap().state, Stands::Voided);
    assert_eq!(
        problem(chief.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await).status,
        409
    );
    let rest = ForwardNeeds { needs: vec![names[2].clone()], ..ForwardNeeds::default() };
    let third = clerk.forward_needs(&rest).await.unwrap().summaries.remove(0);
    let round =
        chief.list_sign_offs(&ListSignOffs { state: "signing".into() }).await.unwrap().items.remove(0);
    act(&chief, &round, sign()).await;
    let issued = lead.show_summary(&third.name).await.unwrap();
    assert_eq!((issued.state, issued.code.as_str()), (Stands::Issued, third.code.as_str()));
    assert_eq!(issued.lines[0].number, names[2], "in the bureau's order");
    assert_eq!(lead.show_need(&names[2]).await.unwrap().row.state, State::Forwarded);
    assert_eq!(problem(clerk.report_zero("2026").await).status, 409, "it has something");
    assert!(clerk.show_filing("2026").await.unwrap().items.iter().all(|row| !row.can_report_zero));
    sealed(&clerk, &lead, &third.name).await;
    whole(&test).await;
});

/// A scan is bound to its version, and copies on paper are noted by who takes them in.
async fn sealed(clerk: &Client, lead: &Client, name: &str) {
    let kind = Kind::DistrictSummary;
    let pdf = b"%PDF-1.7\n%%EOF\n".to_vec();
    let code = clerk.show_sealed(kind, name).await.unwrap().code.unwrap();
    let seal = clerk.add_seal(kind, name, &code, "盖章页.pdf", pdf.clone().into()).await.unwrap();
    let page = lead.show_sealed(kind, name).await.unwrap();
    assert_eq!((page.seals.len(), page.seals[0].voided, page.seals[0].code.clone()), (1, false, seal.code));
    assert_eq!(lead.download_seal(kind, name, seal.id).await.unwrap(), pdf);
    assert_eq!(problem(lead.add_seal(kind, name, &code, "a.pdf", pdf.into()).await).status, 403);
    let paper = Paper { sheets: "2".into(), received: "2026-03-10".into() };
    assert_eq!(problem(clerk.note_paper(kind, name, &paper).await).status, 403);
    let noted = lead.note_paper(kind, name, &paper).await.unwrap();
    assert_eq!((noted.asked, noted.received.as_deref()), (2, Some("2026-03-10")));
    assert_eq!(clerk.show_sealed(kind, name).await.unwrap().paper, noted);
}

db_test!(a_change_voids_the_seal_and_who_has_not_filed_is_reminded_once_a_day, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let (school, clerk) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let need = begun(&school).await;
    let name = need.row.name.clone();
    let code = school.show_sealed(Kind::Need, &name).await.unwrap().code.unwrap();
    let scan = || b"%PDF-1.7\n%%EOF\n".to_vec().into();
    school.add_seal(Kind::Need, &name, &code, "a.pdf", scan()).await.unwrap();
    let mut typed = need_draft();
    typed.title.push_str("（二期）");
    school.save_need(&name, &need.version, &typed).await.unwrap();
    let page = school.show_sealed(Kind::Need, &name).await.unwrap();
    assert!(page.seals[0].voided && !page.chained, "shown, as void");
    // A scan of the page that was printed before is none of what stands there now.
    let old = problem(school.add_seal(Kind::Need, &name, &code, "a.pdf", scan()).await);
    assert_eq!((old.status, old.refusal.unwrap()["code"].as_str()), (409, Some("changed")));
    let code = page.code.unwrap();
    for _ in 0..SCANS_MOST {
        school.add_seal(Kind::Need, &name, &code, "a.pdf", scan()).await.unwrap();
    }
    assert_eq!(problem(school.add_seal(Kind::Need, &name, &code, "a.pdf", scan()).await).status, 422);
    assert_eq!(problem(clerk.show_sealed(Kind::Need, &name).await).status, 404, "a draft is its unit's");

    let rows = clerk.show_filing("2026").await.unwrap().items;
    let open: Vec<_> = rows.iter().filter(|row| row.can_remind).collect();
    assert!(!open.is_empty() && open.iter().all(|row| !row.done && row.org.slug != "lixia"));
    let done = rows.iter().find(|row| row.done && row.org.slug != "lixia").unwrap();
    let only = RemindUnits { units: vec![done.org.slug.clone()] };
    assert_eq!(problem(clerk.remind_units("2026", &only).await).status, 409, "nobody who has filed");
    let told = clerk.remind_units("2026", &RemindUnits::default()).await.unwrap();
    assert_eq!(told.units.len(), open.len());
    let twice = problem(clerk.remind_units("2026", &RemindUnits::default()).await);
    assert_eq!(twice.status, 409, "once a day");
    assert_eq!(problem(school.remind_units("2026", &RemindUnits::default()).await).status, 404);
    let rows = clerk.show_filing("2026").await.unwrap().items;
    assert!(rows.iter().all(|row| !row.can_remind));
    whole(&test).await;
});

#[tokio::test]
async fn rounds_of_a_rehearsal_are_not_mailed() {
    let test = TestApp::start().await;
    let (school, head, lead) =
        (test.entered("wanghaifeng").await, principal(&test).await, test.entered("zhangmin").await);
    school.set_chain("yanliu", Kind::Need, NONE, &chain(&[("校长", "yaoyuan")])).await.unwrap();
    let made = lead.rehearse_cycle("2026").await.unwrap();
    lead.act_on_cycle("2026R1", &made.version, &ActOnCycle::Open).await.unwrap();
    let admin = test.entered("wuxiao").await;
    let mut mailed = Vec::new();
    for year in ["2026", "2026R1"] {
        let begun = StartNeed { year: year.into(), draft: need_draft() };
        let need = school.start_need(&begun).await.unwrap();
        let round = school.ask_sign_off(&need.row.name, &need.version).await.unwrap();
        act(&head, &round, sign()).await;
        let id = round.id.to_string();
        let told = school.list_messages(&ListMessages::default()).await.unwrap().items;
        assert!(told.iter().any(|it| it.record == id), "{year}: read in the system");
        let mails = admin.list_mails(&ListMails::default()).await.unwrap().items;
        mailed.push(mails.iter().any(|mail| mail.record == id));
    }
    assert_eq!(mailed, [true, false]);
}

#[tokio::test]
async fn whoever_answers_the_list_reads_no_seals() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let need = begun(&school).await;
    let code = school.show_sealed(Kind::Need, &need.row.name).await.unwrap().code.unwrap();
    let scan = b"%PDF-1.7\n%%EOF\n".to_vec();
    let seal =
        school.add_seal(Kind::Need, &need.row.name, &code, "a.pdf", scan.clone().into()).await.unwrap();
    let sent = school.act_on_need(&need.row.name, &need.version, &ActOnNeed::Submit).await.unwrap();
    let name = sent.row.name.clone();
    district.act_on_need(&name, &sent.version, &ActOnNeed::Forward).await.unwrap();
    super::application::applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    assert_eq!(uni.show_need(&name).await.unwrap().row.state, State::Listed);
    assert_eq!(problem(uni.show_sealed(Kind::Need, &name).await).status, 404);
    assert_eq!(problem(uni.download_seal(Kind::Need, &name, seal.id).await).status, 404);
    for login in ["wanghaifeng", "zhangmin", "heqing"] {
        let client = test.entered(login).await;
        assert_eq!(client.show_sealed(Kind::Need, &name).await.unwrap().seals[0].by, "王海峰", "{login}");
        assert_eq!(client.download_seal(Kind::Need, &name, seal.id).await.unwrap(), scan, "{login}");
    }
}
