//! The university's own signatures: asked for by submitting, given step by step, sealed as what they are of.

use super::{applying, of_university, opened, seal, written, year};
use crate::problem;
use crate::proofs::leaving::{NONE, act, sign, whole};
use jiff::ToSpan;
use ronghe_app::{Caller, Error};
use ronghe_client::{Client, ListApplications, ListEvents, ListMails, ListSignOffs};
use ronghe_contract::application::{ActOnApplication, ApplicationView, InviteMembers};
use ronghe_contract::sign_off::{ActOnSignOff, ChainView, RoundView};
use ronghe_domain::account::Scope;
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Correction, Duty, Flaw, Section, Source, State};
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::Version;
use ronghe_domain::sign_off::{ChainDraft, Kind, State as Stands, StepDraft, When};
use ronghe_domain::task::Kind as Task;
use ronghe_testkit::{TestApp, TestDb, db_test, sqlite};

/// Posts, who signs for them, and when.
fn steps(all: &[(&str, &str, When)]) -> ChainDraft {
    let step = |(post, login, when): &(&str, &str, When)| StepDraft {
        post: (*post).into(),
        signers: login.split(',').map(str::to_owned).collect(),
        when: *when,
    };
    ChainDraft { steps: all.iter().map(step).collect() }
}

/// The faculty, the finance office where own funds are promised, the vice-president.
async fn chained(test: &TestApp, uni: &Client) -> (ChainView, [Client; 3]) {
    let people = [
        of_university(test, "yuanzhang", "sdnu").await,
        of_university(test, "caiwu", "sdnu").await,
        of_university(test, "fuxiaozhang", "sdnu").await,
    ];
    let draft = steps(&[
        ("院系", "yuanzhang", When::Always),
        ("财务部门", "caiwu", When::OwnFunds),
        ("分管校领导", "fuxiaozhang", When::Always),
    ]);
    (uni.set_chain("sdnu", Kind::Application, NONE, &draft).await.unwrap(), people)
}

async fn submit(uni: &Client, view: &ApplicationView) -> ApplicationView {
    uni.act_on_application(&view.row.name, &view.version, &ActOnApplication::Submit).await.unwrap()
}

/// The round that runs.
async fn running(who: &Client) -> RoundView {
    let all = who.list_sign_offs(&ListSignOffs { state: "signing".into() }).await.unwrap().items;
    assert_eq!(all.len(), 1);
    all.into_iter().next().unwrap()
}

fn code<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> String {
    problem(answer).refusal.unwrap()["code"].as_str().unwrap().to_owned()
}

db_test!(an_application_leaves_by_the_last_signature, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let (_, [dean, finance, vice]) = chained(&test, &uni).await;
    let view = written(&uni, &needs[0]).await;
    assert!(view.chained);
    let name = view.row.name.clone();
    let asked = submit(&uni, &view).await;
    assert_eq!((asked.row.state, asked.receipt.is_none()), (State::Signing, true));
    // Nobody writes in it meanwhile, and who prepared it does not sign.
    let mut draft = asked.draft.clone().unwrap();
    draft.risk.push('！');
    assert_eq!(code(uni.save_application(&name, &asked.version, &draft).await), "wrong_state");
    let file = seal(&uni, &name).await;
    assert_eq!(code(file), "wrong_state");
    let round = running(&uni).await;
    assert_eq!(
        round.steps.iter().map(|it| it.post.as_str()).collect::<Vec<_>>(),
        ["院系", "财务部门", "分管校领导"]
    );
    let id = round.id.to_string();
    assert_eq!(problem(uni.act_on_sign_off(&id, &round.version, &sign()).await).status, 403);
    let early = problem(vice.act_on_sign_off(&id, &round.version, &sign()).await);
    assert_eq!(early.status, 409, "one step after the other");
    // Another of the house neither signs nor takes it back.
    let other = of_university(&test, "gaoyuan", "sdnu").await;
    assert_eq!(problem(other.act_on_sign_off(&id, &round.version, &ActOnSignOff::Recall).await).status, 403);
    let waits = async |who: &Client, kind| {
        who.list_tasks().await.unwrap().items.into_iter().filter(|task| task.kind == kind).count()
    };
    assert_eq!((waits(&dean, Task::Sign).await, waits(&vice, Task::Sign).await), (1, 0));
    assert_eq!((waits(&uni, Task::WithSigners).await, waits(&uni, Task::FinishApplication).await), (1, 0));

    // Sent back, it is a draft again; what was signed stays on record.
    let round = act(&dean, &round, sign()).await;
    let back = ActOnSignOff::SendBack { reason: "自筹没有来源".into() };
    let ended = act(&finance, &round, back).await;
    assert_eq!((ended.state, ended.steps[0].signed.is_some()), (Stands::SentBack, true));
    let view = uni.show_application(&name).await.unwrap();
    assert_eq!(view.row.state, State::Draft);
    // Without money of its own the finance office is not asked.
    let mut draft = view.draft.clone().unwrap();
    draft.matched = String::new();
    draft.lines.retain(|line| line.source == Some(Source::Programme));
    let saved = uni.save_application(&name, &view.version, &draft).await.unwrap();
    seal(&uni, &name).await.unwrap();
    let asked = submit(&uni, &saved).await;
    let round = running(&dean).await;
    assert_eq!(round.steps.len(), 2);
    // Its leader takes it back where it stands, and asks anew.
    let open = uni.act_on_application(&name, &asked.version, &ActOnApplication::Reopen).await.unwrap();
    assert_eq!(open.row.state, State::Draft);
    assert_eq!(dean.show_sign_off(&round.id.to_string()).await.unwrap().state, Stands::Recalled);
    let asked = submit(&uni, &open).await;
    let round = act(&dean, &running(&dean).await, sign()).await;
    let signed = act(&vice, &round, sign()).await;
    assert_eq!(signed.state, Stands::Signed);
    let sent = uni.show_application(&name).await.unwrap();
    let receipt = sent.receipt.clone().unwrap();
    assert_eq!((sent.row.state, receipt.n, receipt.by.as_str()), (State::Submitted, 1, "林晓舟"));
    assert!(asked.version != sent.version);
    whole(&test).await;

    // With the application its signatures come into the chain, and who watches reads them.
    opened(&test).await;
    whole(&test).await;
    let watcher = test.entered("heqing").await;
    let read = watcher.list_sign_offs(&ListSignOffs::default()).await.unwrap().items;
    assert_eq!(read.iter().map(|round| round.id).collect::<Vec<_>>(), [round.id]);

    // What is returned is signed too; it stands where it is, with its day, and others see nothing of it.
    let (uni, lead) = (test.entered("linxiaozhou").await, test.entered("zhangmin").await);
    let (dean, vice) = (test.signed_in("yuanzhang").await, test.signed_in("fuxiaozhang").await);
    let seen = lead.show_application("A2026-0001").await.unwrap();
    let corrections =
        vec![Correction { section: Section::Plan, flaw: Flaw::BesideNeed, remark: "对应目标".into() }];
    let back = ActOnApplication::Return { corrections, remark: String::new(), until: String::new() };
    lead.act_on_application("A2026-0001", &seen.version, &back).await.unwrap();
    let told = events(&test).await;
    let own = uni.show_application("A2026-0001").await.unwrap();
    let mut draft = own.draft.clone().unwrap();
    draft.work_plan.push_str("对应需求的目标。");
    let own = uni.save_application("A2026-0001", &own.version, &draft).await.unwrap();
    let part = |login: &str, duty, sections: &[Section]| MemberDraft {
        login: login.into(),
        duty,
        sections: sections.to_vec(),
    };
    let members = vec![part("linxiaozhou", Duty::Lead, &[]), part("caiwu", Duty::Member, &[Section::Plan])];
    let team = InviteMembers { members, ..InviteMembers::default() };
    let own = uni.invite_members("A2026-0001", &own.version, &team).await.unwrap();
    seal(&uni, "A2026-0001").await.unwrap();
    let before = lead.show_application("A2026-0001").await.unwrap();
    let asked = submit(&uni, &own).await;
    assert_eq!(asked.row.state, State::ReturnedForCorrection);
    assert!(asked.sections.iter().all(|section| !section.open));
    assert_eq!(lead.show_application("A2026-0001").await.unwrap(), before);
    assert_eq!(code(uni.save_application("A2026-0001", &asked.version, &draft).await), "being_signed");
    let open =
        uni.act_on_sign_off(&running(&uni).await.id.to_string(), "\"v1\"", &ActOnSignOff::Recall).await;
    assert_eq!(open.unwrap().state, Stands::Recalled);
    submit(&uni, &asked).await;
    let again = act(&dean, &running(&dean).await, sign()).await;
    assert_eq!(events(&test).await, told, "nothing of it stands in the chain before it leaves");
    act(&vice, &again, sign()).await;
    assert_eq!(events(&test).await, told + 2, "then its signatures do, and that it was handed in");
    assert_eq!(lead.show_application("A2026-0001").await.unwrap().row.state, State::FormalCheck);
    let read = watcher.list_sign_offs(&ListSignOffs::default()).await.unwrap().items;
    assert_eq!(read.iter().map(|round| round.id).collect::<Vec<_>>(), [again.id, round.id]);
    let seen = lead.list_application_events("A2026-0001").await.unwrap().items;
    assert!(!seen.is_empty() && !format!("{seen:?}").contains("members"), "nor who writes in it");
    whole(&test).await;
});

#[tokio::test]
async fn who_has_written_in_it_does_not_sign_it() {
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let (chain, [dean, _, vice]) = chained(&test, &uni).await;
    let view = written(&uni, &needs[0]).await;
    let name = view.row.name.clone();
    let part = |login: &str, duty, sections: &[Section]| MemberDraft {
        login: login.into(),
        duty,
        sections: sections.to_vec(),
    };
    let team = async |members: Vec<MemberDraft>| {
        let version = uni.show_application(&name).await.unwrap().version;
        uni.invite_members(&name, &version, &InviteMembers { members, ..InviteMembers::default() })
            .await
            .unwrap()
    };
    let lead = part("linxiaozhou", Duty::Lead, &[]);
    let view = team(vec![lead.clone(), part("yuanzhang", Duty::Member, &[Section::Plan])]).await;
    let mut draft = view.draft.clone().unwrap();
    draft.work_plan.push('！');
    dean.save_application(&name, &view.version, &draft).await.unwrap();
    // Whatever part they have now.
    let view = team(vec![lead.clone(), part("yuanzhang", Duty::Signatory, &[])]).await;
    seal(&uni, &name).await.unwrap();
    assert_eq!(code(uni.act_on_application(&name, &view.version, &ActOnApplication::Submit).await), "vacant");
    // Another signs for the faculty; of two it is who was named for it that is asked.
    let people =
        [of_university(&test, "gaoyuan", "sdnu").await, of_university(&test, "qinlan", "sdnu").await];
    let other = steps(&[
        ("院系", "yuanzhang,gaoyuan,qinlan", When::Always),
        ("分管校领导", "fuxiaozhang", When::Always),
    ]);
    let changed = vice.set_chain("sdnu", Kind::Application, &chain.version, &other).await.unwrap();
    let view = team(vec![lead, part("qinlan", Duty::Signatory, &[])]).await;
    submit(&uni, &view).await;
    let told = async |who: &Client| {
        let all = who.list_messages(&ronghe_client::ListMessages::default()).await.unwrap().items;
        all.iter().filter(|it| it.kind == ronghe_domain::message::Kind::SignOffAsked).count()
    };
    assert_eq!((told(&people[0]).await, told(&people[1]).await), (0, 1));
    let round = running(&vice).await;
    let own = problem(dean.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await);
    assert_eq!(
        (own.status, own.refusal.unwrap()["code"].as_str().unwrap().to_owned()),
        (409, "prepared".into())
    );
    // Another chain makes void what runs by the one before.
    let fewer = steps(&[("分管校领导", "fuxiaozhang", When::Always)]);
    vice.set_chain("sdnu", Kind::Application, &changed.version, &fewer).await.unwrap();
    assert_eq!(vice.show_sign_off(&round.id.to_string()).await.unwrap().state, Stands::Voided);
    assert_eq!(uni.show_application(&name).await.unwrap().row.state, State::Draft);
}

db_test!(what_is_not_signed_in_time_was_not_handed_in, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let (_, [dean, finance, vice]) = chained(&test, &uni).await;
    let view = written(&uni, &needs[0]).await;
    let name = view.row.name.clone();
    submit(&uni, &view).await;
    let round = act(&dean, &running(&dean).await, sign()).await;
    let round = act(&finance, &round, sign()).await;
    let closes = year(&test).await.content.closes(Phase::AcceptingApplications).unwrap();
    test.app.clock().set(closes.checked_sub(1.second()).unwrap());
    drop(vice);
    let vice = test.signed_in("fuxiaozhang").await;
    test.app.clock().set(closes);
    let late = vice.act_on_sign_off(&round.id.to_string(), &round.version, &sign()).await;
    assert_eq!(code(late), "ended");
    opened(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let left = uni.show_application(&name).await.unwrap();
    assert_eq!((left.row.state, left.row.number.clone()), (State::Draft, None));
    assert_eq!(uni.show_sign_off(&round.id.to_string()).await.unwrap().state, Stands::Voided);
    assert_eq!(code(uni.act_on_application(&name, &left.version, &ActOnApplication::Submit).await), "opened");
    let lead = test.entered("zhangmin").await;
    assert_eq!(lead.list_applications(&ListApplications::default()).await.unwrap().total, 0);
    whole(&test).await;
});

/// Everything that `login` reads which could tell that something is signed.
async fn reads(test: &TestApp, login: &str) -> Vec<String> {
    let client = test.signed_in(login).await;
    let status = |error| problem::<()>(Err(error)).status;
    let rounds = client.list_sign_offs(&ListSignOffs::default()).await.map_err(status);
    let tasks = client.list_tasks().await.map_err(status);
    let mails = client.list_mails(&ListMails::default()).await.map_err(status).map(|page| page.total);
    let cycle = client.show_cycle("2026").await.map_err(status);
    let messages = client
        .list_messages(&ronghe_client::ListMessages::default())
        .await
        .map_err(status)
        .map(|it| it.total);
    // Signing in to look is an event of its own: only what is said of sign-off is compared.
    let events = client.list_events(&ListEvents::default()).await.map_err(status);
    let events =
        events.map(|page| page.items.iter().filter(|it| format!("{it:?}").contains("ign_off")).count());
    [
        format!("{rounds:?}"),
        format!("{tasks:?}"),
        format!("{mails:?}"),
        format!("{cycle:?}"),
        format!("{messages:?}"),
        format!("{events:?}"),
    ]
    .into()
}

#[tokio::test]
async fn nobody_outside_can_tell_that_it_is_signed() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let (_, [dean, finance, vice]) = chained(&test, &uni).await;
    of_university(&test, "gaoyuan", "ujn").await;
    let others = [super::sealed::OTHERS, &["gaoyuan"]].concat();
    let mut before = Vec::new();
    for login in &others {
        before.push(reads(&test, login).await);
    }
    let told = events(&test).await;
    let view = written(&uni, &needs[0]).await;
    let asked = submit(&uni, &view).await;
    let round = act(&dean, &running(&dean).await, sign()).await;
    let back = ActOnSignOff::SendBack { reason: "自筹没有来源".into() };
    act(&finance, &round, back).await;
    submit(&uni, &uni.show_application(&asked.row.name).await.unwrap()).await;
    let first = round.id.to_string();
    let mut round = running(&vice).await;
    for who in [&dean, &finance, &vice] {
        round = act(who, &round, ActOnSignOff::Sign { remark: "同意报送".into() }).await;
    }
    assert_eq!(events(&test).await, told, "nothing of it stands in the chain");
    for (login, before) in others.iter().zip(before) {
        assert_eq!(reads(&test, login).await, before, "{login}");
        let client = test.signed_in(login).await;
        for id in [&first, &round.id.to_string()] {
            assert_eq!(problem(client.show_sign_off(id).await).status, 404, "{login}");
            assert_eq!(problem(client.act_on_sign_off(id, "\"v1\"", &sign()).await).status, 404, "{login}");
        }
        assert_eq!(
            problem(client.show_sealed(Kind::Application, &asked.row.name).await).status,
            404,
            "{login}"
        );
    }
}

/// A token reaches what it was made for.
#[tokio::test]
async fn a_token_for_needs_stops_no_application() {
    use ronghe_app::sign_off::{Act, act};
    let test = TestApp::start().await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    chained(&test, &uni).await;
    submit(&uni, &written(&uni, &needs[0]).await).await;
    let round = running(&uni).await;
    let (id, version) = (round.id.to_string(), Version::from_etag(&round.version).unwrap());
    let recalled = async |scope| {
        let person = test.person("linxiaozhou").await;
        let token = Caller { via: Via::Token, scopes: Some(vec![Scope::Read, scope]), ..person };
        act(&test.app, &token, &id, &Act::Recall, version).await.map(|done| done.round.state)
    };
    let refused = recalled(Scope::WriteNeed).await;
    assert!(matches!(refused, Err(Error::Scope(Scope::WriteApplication))), "{refused:?}");
    assert_eq!(recalled(Scope::WriteApplication).await.unwrap(), Stands::Recalled);
}

/// How many events stand in the chain.
async fn events(test: &TestApp) -> i64 {
    let watcher = ronghe_app::Caller::system(ronghe_domain::audit::Via::Console, "test");
    ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().events
}
