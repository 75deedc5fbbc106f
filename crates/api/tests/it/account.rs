//! Administering accounts: nobody who decides does, and what decides takes two.

use crate::{checked, kind, problem};
use ronghe_client::{Client, ListAccounts};
use ronghe_contract::account::{AccountDone, ActOnAccount};
use ronghe_contract::session::{AcceptLink, SignIn};
use ronghe_domain::account::{AccountDraft, Action, PostDraft, State};
use ronghe_domain::audit::Action as Event;
use ronghe_domain::kernel::Role;
use ronghe_testkit::TestApp;

const NEW: &str = "seven cranes over the lake";

fn draft(login: &str, org: &str, role: Role) -> AccountDraft {
    AccountDraft {
        login: login.into(),
        name: "新来者".into(),
        org: org.into(),
        roles: [role].into(),
        mail: "xin@school.example".into(),
        ..AccountDraft::default()
    }
}

fn code(done: &AccountDone) -> String {
    done.link.as_ref().unwrap().path.rsplit('/').next().unwrap().to_owned()
}

async fn sign_in(test: &TestApp, login: &str, password: &str) -> Client {
    let client = Client::new(&test.server);
    client.sign_in(&SignIn { login: login.into(), password: password.into(), code: None }).await.unwrap();
    client
}

#[tokio::test]
async fn an_invited_person_sets_a_password_and_works() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let made = admin.create_account(&draft("newcomer", "lixia", Role::DistrictBureau)).await.unwrap();
    assert_eq!((made.account.row.state, made.account.pending.is_none()), (State::Invited, true));
    let code = code(&made);
    assert_eq!(test.client.show_link(&code).await.unwrap().login, "newcomer");
    let weak = AcceptLink { code: code.clone(), password: "newcomer-2026-abc".into() };
    assert_eq!(problem(test.client.accept_link(&weak).await).fields[0].error.path, "password");
    let accept = AcceptLink { code: code.clone(), password: NEW.into() };
    test.client.accept_link(&accept).await.unwrap();
    assert_eq!(kind(test.client.accept_link(&accept).await), "unknown", "a link is good once");
    let me = sign_in(&test, "newcomer", NEW).await.show_me().await.unwrap();
    assert_eq!(me.roles, [Role::DistrictBureau]);
    let twice = problem(admin.create_account(&draft("newcomer", "lixia", Role::DistrictBureau)).await);
    assert_eq!((twice.status, twice.fields[0].error.path.as_str()), (422, "login"));
}

#[tokio::test]
async fn roles_that_decide_wait_for_a_second_administrator() {
    let test = TestApp::start().await;
    let (first, second) = (test.entered("wuxiao").await, test.signed_in("dingkai").await);
    let made =
        first.create_account(&draft("newcomer", "university-liaison", Role::LeadOffice)).await.unwrap();
    let waits = made.account.pending.clone().unwrap();
    assert_eq!(
        (waits.roles.as_slice(), waits.by.as_str(), waits.reset),
        ([Role::LeadOffice].as_slice(), "吴晓", false)
    );
    assert_eq!(made.account.row.roles, []);
    let own = problem(first.act_on_account("newcomer", &made.account.version, &ActOnAccount::Confirm).await);
    assert_eq!(own.refusal.unwrap()["code"], "second_administrator_needed");
    let seen = second.show_account("newcomer").await.unwrap();
    assert!(seen.offers.iter().any(|offer| offer.action == Action::Confirm && offer.barred.is_none()));
    let done = second.act_on_account("newcomer", &seen.version, &ActOnAccount::Confirm).await.unwrap();
    assert_eq!(done.account.row.roles, [Role::LeadOffice]);
    let stale = second.act_on_account("newcomer", &seen.version, &ActOnAccount::Disable).await;
    assert_eq!(problem(stale).current, Some(done.account.version));
    let events = second.list_account_events("newcomer").await.unwrap();
    assert_eq!(events.items.len(), 3, "invited, refused, confirmed");
}

#[tokio::test]
async fn the_post_of_who_approves_takes_two_and_ends_what_was_open() {
    let test = TestApp::start().await;
    let (first, second) = (test.entered("wuxiao").await, test.signed_in("dingkai").await);
    let group = ListAccounts { role: "leading_group".into(), ..ListAccounts::default() };
    let mut found = None;
    for row in first.list_accounts(&group).await.unwrap().items {
        let view = first.show_account(&row.login).await.unwrap();
        found = found.or((view.post == "副局长").then_some(view));
    }
    let seen = found.expect("the demonstration has a deputy leader");
    let login = seen.row.login.clone();
    let open = test.signed_in(&login).await;
    let post = |post: &str, reason: &str| {
        ActOnAccount::SetPost(PostDraft { post: post.into(), reason: reason.into() })
    };
    let wrong = problem(first.act_on_account(&login, &seen.version, &post("副局长", "")).await);
    assert_eq!(wrong.fields.iter().map(|it| it.error.path.as_str()).collect::<Vec<_>>(), ["post", "reason"]);
    let asked =
        first.act_on_account(&login, &seen.version, &post("一级调研员", "改任")).await.unwrap().account;
    assert_eq!((asked.post.as_str(), asked.post_decides), ("副局长", true), "it waits");
    let waits = asked.pending.unwrap();
    assert_eq!(waits.post, Some(PostDraft { post: "一级调研员".into(), reason: "改任".into() }));
    open.show_me().await.unwrap();
    let own = problem(first.act_on_account(&login, &asked.version, &ActOnAccount::Confirm).await);
    assert_eq!(own.refusal.unwrap()["code"], "second_administrator_needed");
    let view = second.show_account(&login).await.unwrap();
    let done = second.act_on_account(&login, &view.version, &ActOnAccount::Confirm).await.unwrap().account;
    assert_eq!((done.post.as_str(), done.pending.is_none()), ("一级调研员", true));
    assert_eq!(kind(open.show_me().await), "unauthenticated");
    // Where nothing is decided by it, one is enough, and nobody is signed out.
    let school = test.signed_in("wanghaifeng").await;
    let seen = first.show_account("wanghaifeng").await.unwrap();
    let done =
        first.act_on_account("wanghaifeng", &seen.version, &post("教导主任", "竞聘")).await.unwrap().account;
    assert_eq!((done.post.as_str(), done.pending.is_none()), ("教导主任", true));
    assert!(!done.post_decides, "of a school's people nothing hangs on it");
    school.show_me().await.unwrap();
    let events = first.list_account_events("wanghaifeng").await.unwrap().items;
    let set: Vec<_> = events.iter().filter(|event| event.action == Event::SetPost).collect();
    let [set] = set.as_slice() else { panic!("one event: {set:?}") };
    let (before, after) = (set.before.as_ref().unwrap(), set.after.as_ref().unwrap());
    assert_ne!(before["post"], after["post"]);
    assert_eq!(after["post"], "教导主任");
    assert_eq!(after["reason"], "竞聘");
    assert_eq!(checked(&test.entered("heqing").await).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn a_reset_takes_two_and_ends_what_was_open() {
    let test = TestApp::start().await;
    let (first, second) = (test.entered("wuxiao").await, test.signed_in("dingkai").await);
    let open = test.signed_in("wanghaifeng").await;
    let seen = first.show_account("wanghaifeng").await.unwrap();
    let asked = first.act_on_account("wanghaifeng", &seen.version, &ActOnAccount::Reset).await.unwrap();
    assert!(asked.link.is_none() && asked.account.pending.unwrap().reset);
    let done =
        second.act_on_account("wanghaifeng", &asked.account.version, &ActOnAccount::Confirm).await.unwrap();
    let accept = AcceptLink { code: code(&done), password: NEW.into() };
    test.client.accept_link(&accept).await.unwrap();
    assert_eq!(kind(open.show_me().await), "unauthenticated");
    sign_in(&test, "wanghaifeng", NEW).await;
    let grant = ActOnAccount::Grant { roles: vec![Role::University] };
    let seen = first.show_account("wanghaifeng").await.unwrap();
    assert_eq!(problem(first.act_on_account("wanghaifeng", &seen.version, &grant).await).status, 409);
}

#[tokio::test]
async fn disabling_ends_sessions_at_once() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let open = test.signed_in("wanghaifeng").await;
    let seen = admin.show_account("wanghaifeng").await.unwrap();
    let off = admin.act_on_account("wanghaifeng", &seen.version, &ActOnAccount::Disable).await.unwrap();
    assert_eq!(kind(open.show_me().await), "unauthenticated");
    let try_again =
        SignIn { login: "wanghaifeng".into(), password: ronghe_testkit::PASSWORD.into(), code: None };
    assert_eq!(kind(test.client.sign_in(&try_again).await), "sign-in");
    admin.act_on_account("wanghaifeng", &off.account.version, &ActOnAccount::Enable).await.unwrap();
    test.client.sign_in(&try_again).await.unwrap();
}

#[tokio::test]
async fn an_invitation_that_was_disabled_is_an_invitation_again() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let made = admin.create_account(&draft("newcomer", "lixia", Role::DistrictBureau)).await.unwrap();
    let act = async |seen: &AccountDone, what| {
        admin.act_on_account("newcomer", &seen.account.version, &what).await.unwrap()
    };
    let off = act(&made, ActOnAccount::Disable).await;
    let on = act(&off, ActOnAccount::Enable).await;
    assert_eq!((on.account.row.state, on.account.password_set), (State::Invited, false));
    assert!(on.account.offers.iter().any(|offer| offer.action == Action::Invite && offer.barred.is_none()));
    let again = act(&on, ActOnAccount::Invite).await;
    let accept = AcceptLink { code: code(&again), password: NEW.into() };
    test.client.accept_link(&accept).await.unwrap();
    // From then on there is a password to come back to.
    let seen = admin.show_account("newcomer").await.unwrap();
    let off = admin.act_on_account("newcomer", &seen.version, &ActOnAccount::Disable).await.unwrap();
    let on = act(&off, ActOnAccount::Enable).await;
    assert_eq!((on.account.row.state, on.account.password_set), (State::Active, true));
    sign_in(&test, "newcomer", NEW).await;
}

#[tokio::test]
async fn others_see_their_own_account_only() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let own = school.list_accounts(&ListAccounts::default()).await.unwrap();
    assert_eq!((own.total, own.items[0].login.as_str()), (1, "wanghaifeng"));
    assert_eq!(kind(school.show_account("zhangmin").await), "unknown");
    assert_eq!(kind(school.create_account(&draft("x-y-z", "lixia", Role::Expert)).await), "refused");
    let masked = test.entered("heqing").await.show_account("wanghaifeng").await.unwrap();
    assert_eq!((masked.mail.as_str(), masked.offers.len()), ("w***@jnedu.example", 0));
    let admin = test.entered("wuxiao").await;
    for q in ["WUXIAO", "wuXiao", "wuxiao"] {
        let by_words = ListAccounts { q: q.into(), ..ListAccounts::default() };
        assert_eq!(admin.list_accounts(&by_words).await.unwrap().items[0].login, "wuxiao", "{q}");
    }
    let narrowed = ListAccounts { role: "lead_office".into(), ..ListAccounts::default() };
    assert!(
        admin
            .list_accounts(&narrowed)
            .await
            .unwrap()
            .items
            .iter()
            .all(|row| row.roles.contains(&Role::LeadOffice))
    );
    let page = admin.list_accounts(&ListAccounts::default()).await.unwrap();
    assert_eq!(page.items.len(), 50);
    let next = ListAccounts { after: page.next.unwrap(), ..ListAccounts::default() };
    let rest = admin.list_accounts(&next).await.unwrap();
    assert!(rest.items[0].login > page.items[49].login);
    let wrong = ListAccounts { role: "boss".into(), ..ListAccounts::default() };
    assert_eq!(problem(admin.list_accounts(&wrong).await).fields[0].error.path, "role");
    assert_eq!(kind(test.client.list_accounts(&ListAccounts::default()).await), "unauthenticated");
}
