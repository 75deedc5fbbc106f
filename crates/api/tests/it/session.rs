//! Signing in and out, sessions, proofs, tokens, second factors, as a browser and a script would.

use crate::{kind, problem};
use jiff::SignedDuration;
use ronghe_client::Client;
use ronghe_contract::session::{ChangePassword, NewToken, SignIn};
use ronghe_domain::account::{AccountDraft, Scope, Section};
use ronghe_domain::kernel::Role;
use ronghe_testkit::{PASSWORD, TestApp};

fn with(login: &str, password: &str) -> SignIn {
    SignIn { login: login.into(), password: password.into(), code: None }
}

#[tokio::test]
async fn a_demonstration_lets_one_of_each_role_in_with_one_click() {
    let test = TestApp::start().await;
    let door = test.client.show_door().await.unwrap().demo;
    assert_eq!(door.iter().map(|account| account.role).collect::<Vec<_>>(), Role::ALL);
    for account in &door {
        let client = test.entered(&account.login).await;
        let me = client.show_me().await.unwrap();
        assert_eq!((me.login.as_str(), me.demo, me.must_enrol), (account.login.as_str(), true, false));
    }
    assert_eq!(kind(test.client.enter_demo("liuzhiyuan").await), "unknown");
    assert_eq!(test.entered("heqing").await.show_me().await.unwrap().sections.last(), Some(&Section::Audit));
    assert_eq!(kind(test.client.show_me().await), "unauthenticated");
}

#[tokio::test]
async fn no_door_stands_open_where_it_is_no_demonstration() {
    let test = TestApp::start_strict().await;
    assert_eq!(test.client.show_door().await.unwrap().demo, []);
    assert_eq!(kind(test.client.enter_demo("zhangmin").await), "unknown");
}

#[tokio::test]
async fn sign_in_by_password_and_out() {
    let test = TestApp::start().await;
    let wrong = problem(test.client.sign_in(&with("wanghaifeng", "not this one, no")).await);
    let unknown = problem(test.client.sign_in(&with("nobody-here", "not this one, no")).await);
    assert_eq!((wrong.status, wrong.kind.as_str()), (401, "/problems/sign-in"));
    assert_eq!(wrong, unknown, "an unknown account looks like a wrong password");
    let client = test.signed_in(" WangHaifeng ").await;
    assert_eq!(client.show_me().await.unwrap().login, "wanghaifeng");
    let stolen = client.clone();
    let cookies = client.cookies().unwrap();
    client.sign_out().await.unwrap();
    assert_eq!(kind(stolen.show_me().await), "unauthenticated");
    assert!(cookies.contains("ronghe="), "{cookies}");
    assert_eq!(kind(client.sign_out().await), "unauthenticated");
}

#[tokio::test]
async fn guessing_slows_down_but_locks_no_owner_out() {
    let test = TestApp::start().await;
    let owner = test.signed_in("wanghaifeng").await;
    let guess = async || test.client.sign_in(&with("wanghaifeng", "a wrong guess again")).await;
    for _ in 0..5 {
        assert_eq!(kind(guess().await), "sign-in");
    }
    let slowed = problem(guess().await);
    assert_eq!((slowed.status, slowed.detail.as_str()), (429, "60 秒后再试"));
    let stranger = test.client.sign_in(&with("wanghaifeng", PASSWORD)).await;
    assert_eq!(kind(stranger), "too-many", "the right password waits like a wrong one");
    owner.sign_in(&with("wanghaifeng", PASSWORD)).await.unwrap();
    test.app.clock().set(test.app.now() + SignedDuration::from_secs(60));
    test.client.sign_in(&with("wanghaifeng", PASSWORD)).await.unwrap();
    for _ in 0..4 {
        assert_eq!(kind(guess().await), "sign-in", "a success clears the count");
    }
}

#[tokio::test]
async fn sessions_end_by_time_by_number_and_by_hand() {
    let test = TestApp::start().await;
    let start = test.app.now();
    let idle = test.signed_in("wanghaifeng").await;
    test.app.clock().set(start + SignedDuration::from_mins(29));
    idle.show_me().await.unwrap();
    test.app.clock().set(start + SignedDuration::from_mins(58));
    idle.show_me().await.unwrap();
    test.app.clock().set(start + SignedDuration::from_mins(88));
    assert_eq!(kind(idle.show_me().await), "unauthenticated");

    let mut clients = Vec::new();
    for _ in 0..6 {
        test.app.clock().set(test.app.now() + SignedDuration::from_secs(1));
        clients.push(test.signed_in("wanghaifeng").await);
    }
    assert_eq!(kind(clients[0].show_me().await), "unauthenticated", "five sessions at most");
    let last = &clients[5];
    let rows = last.list_sessions().await.unwrap();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows.iter().filter(|row| row.current).count(), 1);
    let other = rows.iter().find(|row| !row.current).unwrap();
    last.end_session(&other.id).await.unwrap();
    assert_eq!(kind(last.end_session(&other.id).await), "unknown");
    assert_eq!(kind(clients[1].show_me().await), "unauthenticated");
    let strange = test.entered("linxiaozhou").await.list_sessions().await.unwrap();
    assert_eq!(kind(last.end_session(&strange[0].id).await), "unknown", "not one's own");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let test = TestApp::start().await;
    let (here, there) = (test.signed_in("wanghaifeng").await, test.signed_in("wanghaifeng").await);
    let change = |current: &str, new: &str| ChangePassword { current: current.into(), password: new.into() };
    let check = async |current: &str, new: &str, path: &str| {
        let refused = problem(here.change_password(&change(current, new)).await);
        assert_eq!(refused.fields[0].error.path, path, "{new}");
    };
    check("not the current one", "seven cranes over the lake", "current").await;
    check(PASSWORD, "short", "password").await;
    check(PASSWORD, "wanghaifeng-2026-spring", "password").await;
    check(PASSWORD, "aaaaaaaaaaaaaaaaaa", "password").await;
    let before = here.cookies();
    here.change_password(&change(PASSWORD, "seven cranes over the lake")).await.unwrap();
    assert_ne!(here.cookies(), before, "the session gets a new secret");
    here.show_me().await.unwrap();
    assert_eq!(kind(there.show_me().await), "unauthenticated");
    assert_eq!(kind(test.client.sign_in(&with("wanghaifeng", PASSWORD)).await), "sign-in");
    test.client.sign_in(&with("wanghaifeng", "seven cranes over the lake")).await.unwrap();
}

#[tokio::test]
async fn tokens_do_what_their_scopes_say() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let ask =
        |name: &str, scopes: &[Scope], days| NewToken { name: name.into(), scopes: scopes.into(), days };
    let made = admin.make_token(&ask("夜间导出", &[Scope::Read], None)).await.unwrap();
    assert!(made.token.starts_with("rht_"));
    let reader = Client::new(&test.server).with_token(&made.token);
    assert!(reader.list_accounts(&Default::default()).await.unwrap().total > 100);
    let draft = AccountDraft {
        login: "newcomer".into(),
        name: "新来者".into(),
        org: "audio-visual".into(),
        roles: [Role::Expert].into(),
        ..AccountDraft::default()
    };
    let refused = problem(reader.create_account(&draft).await);
    assert_eq!((refused.status, refused.kind.as_str()), (403, "/problems/scope"));
    assert!(refused.detail.contains("write:account"), "{}", refused.detail);
    assert_eq!(kind(reader.make_token(&ask("another", &[Scope::Read], None)).await), "proof");

    test.app.clock().set(test.app.now() + SignedDuration::from_secs(1));
    let write = admin.make_token(&ask("开户", &[Scope::WriteAccount], Some(7))).await.unwrap();
    let writer = Client::new(&test.server).with_token(&write.token);
    writer.create_account(&draft).await.unwrap();
    let rows = admin.list_tokens().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["开户", "夜间导出"]);
    assert!(rows.iter().all(|row| row.last_used.is_some()));
    admin.end_token(&write.row.id).await.unwrap();
    assert_eq!(kind(writer.show_me().await), "unauthenticated");
    test.app.clock().set(test.app.now() + SignedDuration::from_hours(31 * 24));
    assert_eq!(kind(reader.show_me().await), "unauthenticated", "thirty days are over");
    let bad = problem(test.signed_in("wuxiao").await.make_token(&ask("", &[], Some(0))).await);
    assert_eq!(
        bad.fields.iter().map(|f| f.error.path.as_str()).collect::<Vec<_>>(),
        ["name", "scopes", "days"]
    );
}

#[tokio::test]
async fn who_decides_sets_up_a_second_factor_first() {
    let test = TestApp::start_strict().await;
    let lead = test.signed_in("zhangmin").await;
    assert!(lead.show_me().await.unwrap().must_enrol);
    let barred = problem(lead.list_policies(&Default::default()).await);
    assert_eq!((barred.status, barred.kind.as_str()), (403, "/problems/enrol"));
    let ask = NewToken { name: "x".into(), scopes: vec![Scope::Decide], days: None };
    assert_eq!(kind(lead.make_token(&ask).await), "enrol", "no token leads around it");
    assert_eq!(kind(lead.list_messages(&Default::default()).await), "enrol");
    assert_eq!(kind(lead.list_tokens().await), "enrol");
    let setup = lead.start_totp().await.unwrap();
    assert!(setup.url.starts_with("otpauth://totp/"), "{}", setup.url);
    let code = |minutes: i64| {
        let at = test.app.now() + SignedDuration::from_mins(minutes);
        let secret = totp_rs::Secret::try_from_base32(&setup.secret).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(at.as_second()).unwrap()).to_string()
    };
    assert_eq!(problem(lead.confirm_totp("000000").await).fields[0].error.path, "code");
    let recovery = lead.confirm_totp(&code(0)).await.unwrap().codes;
    assert_eq!(recovery.len(), 10);
    assert_eq!(lead.list_policies(&Default::default()).await.unwrap().total, 1);

    let client = Client::new(&test.server);
    assert_eq!(kind(client.sign_in(&with("zhangmin", PASSWORD)).await), "second-factor");
    let coded = |code: &str| SignIn { code: Some(code.into()), ..with("zhangmin", PASSWORD) };
    assert_eq!(kind(client.sign_in(&coded(&code(0))).await), "second-factor", "each code is good once");
    test.app.clock().set(test.app.now() + SignedDuration::from_mins(1));
    client.sign_in(&coded(&code(0))).await.unwrap();
    client.sign_in(&coded(&recovery[0].to_lowercase())).await.unwrap();
    assert_eq!(kind(client.sign_in(&coded(&recovery[0])).await), "second-factor", "used up");

    test.app.clock().set(test.app.now() + SignedDuration::from_mins(11));
    let stale =
        client.make_token(&NewToken { name: "x".into(), scopes: vec![Scope::Read], days: None }).await;
    assert_eq!(kind(stale), "proof");
    assert_eq!(problem(client.prove("not a code").await).fields[0].error.path, "code");
    client.prove(&code(0)).await.unwrap();
    client.make_token(&NewToken { name: "x".into(), scopes: vec![Scope::Read], days: None }).await.unwrap();
    let kept = problem(client.remove_totp(&recovery[1]).await);
    assert_eq!((kept.status, kept.kind.as_str()), (403, "/problems/refused"), "the role keeps it");
    assert!(client.show_me().await.unwrap().keeps_factor);
}

#[tokio::test]
async fn a_second_factor_is_switched_off_by_its_own_code_and_ends_every_token() {
    let test = TestApp::start_strict().await;
    let school = test.signed_in("wanghaifeng").await;
    let setup = school.start_totp().await.unwrap();
    let secret = totp_rs::Secret::try_from_base32(&setup.secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let code = totp.generate(u64::try_from(test.app.now().as_second()).unwrap()).to_string();
    let recovery = school.confirm_totp(&code).await.unwrap().codes;
    let ask = NewToken { name: "x".into(), scopes: vec![Scope::Read], days: None };
    let made = school.make_token(&ask).await.unwrap();
    let reader = Client::new(&test.server).with_token(&made.token);
    reader.show_me().await.unwrap();
    for barred in [
        kind(reader.start_totp().await),
        kind(reader.remove_totp(&recovery[0]).await),
        kind(reader.end_token(&made.row.id).await),
        kind(reader.end_session(&school.list_sessions().await.unwrap()[0].id).await),
    ] {
        assert_eq!(barred, "proof", "a token guards nobody");
    }
    assert_eq!(problem(school.remove_totp(PASSWORD).await).fields[0].error.path, "code");
    assert_eq!(problem(school.remove_totp(&code).await).fields[0].error.path, "code", "used up");
    school.remove_totp(&recovery[0]).await.unwrap();
    assert!(!school.show_me().await.unwrap().second_factor);
    assert_eq!(kind(reader.show_me().await), "unauthenticated");
}
