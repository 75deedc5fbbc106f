//! What goes on without whoever it waits for: a colleague leads where nobody does any more, and the lead office decides
//! on what was not corrected in time. A sealed page says what is typed, or is none.

use super::{PDF, applying, filled, handed_in, of_university, opened, printed, seal, written};
use crate::problem;
use jiff::{SignedDuration, ToSpan};
use ronghe_client::Client;
use ronghe_contract::account::ActOnAccount;
use ronghe_contract::application::{ActOnApplication, InviteMembers};
use ronghe_contract::task::TaskView;
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Action, Correction, Duty, Flaw, Section, State};
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::Instant;
use ronghe_domain::kernel::date::SHANGHAI;
use ronghe_domain::task::Kind;
use ronghe_testkit::{TestApp, TestDb, db_test};

async fn whole(test: &TestApp) {
    let watcher = ronghe_app::Caller::system(Via::Console, "test");
    assert_eq!(ronghe_app::audit::verify(&test.app, &watcher).await.unwrap().faults, []);
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ronghe_client::Error>) -> String {
    let problem = problem(answer);
    let Some(refusal) = &problem.refusal else { panic!("no refusal: {problem:?}") };
    refusal["code"].as_str().unwrap().to_owned()
}

/// Whether `action` is offered to this person now.
async fn can(who: &Client, name: &str, action: Action) -> bool {
    let offers = who.show_application(name).await.unwrap().offers;
    offers.iter().any(|offer| offer.action == action && offer.barred.is_none())
}

/// Writes that this person leads, and nobody else has a part.
async fn leads(who: &Client, name: &str, login: &str) -> Result<(), ronghe_client::Error> {
    let version = who.show_application(name).await.unwrap().version;
    let lead = MemberDraft { login: login.into(), duty: Duty::Lead, sections: vec![] };
    let team = InviteMembers { members: vec![lead], ..InviteMembers::default() };
    who.invite_members(name, &version, &team).await.map(drop)
}

/// An administrator shuts somebody out, or lets them in again.
async fn account(test: &TestApp, login: &str, action: &ActOnAccount) {
    let admin = test.entered("wuxiao").await;
    let version = admin.show_account(login).await.unwrap().version;
    admin.act_on_account(login, &version, action).await.unwrap();
}

db_test!(where_whoever_led_is_shut_out_a_colleague_says_who_leads, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let colleague = of_university(&test, "gaoyuan", "sdnu").await;
    let rival = of_university(&test, "linan", "ujn").await;
    let uni = test.entered("linxiaozhou").await;
    let name = written(&uni, &needs[0]).await.row.name;
    // As long as somebody leads it, nobody else says who does.
    assert!(!can(&colleague, &name, Action::Invite).await);
    assert_eq!(problem(leads(&colleague, &name, "gaoyuan").await).status, 403);

    account(&test, "linxiaozhou", &ActOnAccount::Disable).await;
    assert!(can(&colleague, &name, Action::Invite).await);
    for nothing_else in [Action::Edit, Action::Submit, Action::Withdraw] {
        assert!(!can(&colleague, &name, nothing_else).await, "{nothing_else:?}");
    }
    assert_eq!(problem(rival.show_application(&name).await).status, 404, "nobody outside hears of it");
    // Not by whoever is shut out, nor somebody of another house.
    for login in ["linxiaozhou", "linan"] {
        assert_eq!(problem(leads(&colleague, &name, login).await).status, 422, "{login}");
    }
    leads(&colleague, &name, "gaoyuan").await.unwrap();
    assert!(can(&colleague, &name, Action::Submit).await);

    // Who comes back is one of many.
    account(&test, "linxiaozhou", &ActOnAccount::Enable).await;
    let uni = test.signed_in("linxiaozhou").await;
    assert!(!can(&uni, &name, Action::Invite).await);
    assert_eq!(problem(leads(&uni, &name, "linxiaozhou").await).status, 403);
    let seen = colleague.show_application(&name).await.unwrap();
    let sent = colleague.act_on_application(&name, &seen.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!((sent.row.state, sent.receipt.unwrap().by.as_str()), (State::Submitted, "新同事"));
    opened(&test).await;
    whole(&test).await;
});

fn back(until: String) -> ActOnApplication {
    let corrections =
        vec![Correction { section: Section::Plan, flaw: Flaw::BesideNeed, remark: "对应目标".into() }];
    ActOnApplication::Return { corrections, remark: String::new(), until }
}

async fn act(lead: &Client, name: &str, act: &ActOnApplication) -> Result<State, ronghe_client::Error> {
    let version = lead.show_application(name).await.unwrap().version;
    lead.act_on_application(name, &version, act).await.map(|view| view.row.state)
}

async fn overdue(who: &Client) -> Vec<TaskView> {
    let all = who.list_tasks().await.unwrap().items;
    all.into_iter().filter(|task| task.kind == Kind::DecideOverdue).collect()
}

/// The minute `days` after `now`, as it is typed.
fn typed(now: Instant, days: i64) -> String {
    let at = SHANGHAI.to_datetime(now.checked_add(SignedDuration::from_hours(24 * days)).unwrap());
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

db_test!(what_was_not_corrected_in_time_is_for_the_lead_office_to_decide, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    for need in &needs {
        handed_in(&uni, need).await;
    }
    opened(&test).await;
    let (one, two) = ("A2026-0001", "A2026-0002");
    let lead = test.entered("zhangmin").await;
    let day = typed(test.app.now(), 2);
    for name in [one, two] {
        assert_eq!(act(&lead, name, &back(day.clone())).await.unwrap(), State::ReturnedForCorrection);
    }
    // Until its day it is the university's.
    let until = lead.show_application(one).await.unwrap().returned.unwrap().until;
    test.app.clock().set(until.checked_sub(1.second()).unwrap());
    let (lead, uni) = (test.entered("zhangmin").await, test.entered("linxiaozhou").await);
    assert_eq!(overdue(&lead).await, []);
    assert_eq!(
        lead.show_application(one).await.unwrap().version,
        "",
        "how it is written is its university's"
    );
    for decided in [ActOnApplication::Accept, back(String::new())] {
        assert_eq!(refusal(lead.act_on_application(one, "\"v1\"", &decided).await), "correcting");
    }
    assert!(can(&uni, one, Action::Edit).await);

    test.app.clock().set(until);
    let waiting = overdue(&lead).await;
    assert_eq!((waiting.len(), waiting[0].count), (1, 2), "they fold");
    assert_eq!(overdue(&uni).await, []);
    assert_eq!(overdue(&test.entered("heqing").await).await, []);
    assert!(!can(&uni, one, Action::Edit).await && !can(&uni, one, Action::Submit).await);

    // What was handed in before is accepted as it lay there, the other gets another day.
    assert_eq!(act(&lead, one, &ActOnApplication::Accept).await.unwrap(), State::Accepted);
    let waiting = overdue(&lead).await;
    assert_eq!((waiting.len(), waiting[0].record.as_deref()), (1, Some(two)));
    let again = back(typed(test.app.now(), 2));
    assert_eq!(act(&lead, two, &again).await.unwrap(), State::ReturnedForCorrection);
    assert_eq!(overdue(&lead).await, []);
    assert!(lead.show_application(two).await.unwrap().returned.unwrap().until > until);
    let own = uni.show_application(two).await.unwrap();
    let mut draft = own.draft.clone().unwrap();
    draft.work_plan.push_str("对应需求的目标。");
    uni.save_application(two, &own.version, &draft).await.unwrap();
    seal(&uni, two).await.unwrap();
    assert_eq!(act(&uni, two, &ActOnApplication::Submit).await.unwrap(), State::FormalCheck);
    assert_eq!(act(&lead, two, &ActOnApplication::Accept).await.unwrap(), State::Accepted);
    whole(&test).await;
});

db_test!(a_page_that_was_printed_from_something_else_seals_nothing, |db: TestDb| async move {
    let test = TestApp::start_on(db).await;
    let needs = applying(&test).await;
    let uni = test.entered("linxiaozhou").await;
    let (one, other) = (written(&uni, &needs[0]).await, written(&uni, &needs[1]).await);
    let name = one.row.name.clone();
    let page = |code: &str| {
        let (uni, name, code) = (uni.clone(), name.clone(), code.to_owned());
        async move { uni.seal_application(&name, &code, "盖章页.pdf", PDF.to_vec().into()).await }
    };
    let now = printed(&uni, &name).await;
    // Of what was typed before, of another application, of none.
    let mut draft = filled(&one);
    draft.risk.push_str("另议。");
    let saved = uni.save_application(&name, &one.version, &draft).await.unwrap();
    for wrong in [now.as_str(), &printed(&uni, &other.row.name).await, "0000"] {
        assert_eq!(refusal(page(wrong).await), "page_changed", "{wrong}");
    }
    let seen = uni.show_application(&name).await.unwrap();
    assert_eq!(seen.files.len(), 1, "nothing was added");
    assert_eq!(
        problem(uni.act_on_application(&name, &saved.version, &ActOnApplication::Submit).await).status,
        422
    );
    // As it is typed from paper.
    let code = printed(&uni, &name).await.to_lowercase();
    page(&format!(" {code} ")).await.unwrap();
    assert_eq!(act(&uni, &name, &ActOnApplication::Submit).await.unwrap(), State::Submitted);
});
