//! Signing in under attack: what was brought from before does not count, what was used does not count again,
//! what has ended stays ended, and guessing is refused before anything is looked at.

use super::hand::{Answer, Hand};
use jiff::SignedDuration;
use ronghe_app::session::{self, SignIn};
use ronghe_app::{App, Caller, Error};
use ronghe_testkit::proofs::GUESSES;
use ronghe_testkit::{PASSWORD, TestApp, sqlite};
use serde_json::{Value, json};

const WRONG: &str = "a wrong guess again";

async fn sign_in(hand: &Hand, cookie: &str, login: &str, password: &str, code: Option<&str>) -> Answer {
    let body = json!({ "login": login, "password": password, "code": code });
    hand.command("POST", "/api/v1/session", cookie, &[], &body).await
}

fn kind(answer: &Answer) -> String {
    answer.json()["type"].as_str().unwrap_or_default().replace("/problems/", "")
}

/// The value of the session's cookie among cookies.
fn session(cookies: &str) -> &str {
    let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == "ronghe").map(|(_, value)| value).unwrap()
}

async fn is_dead(hand: &Hand, cookie: &str) -> bool {
    hand.get("/api/v1/me", cookie).await.status == 401
}

#[tokio::test]
async fn a_session_that_was_planted_is_not_taken_over() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let hand = Hand::of(&test.app);
    // One that never was, and the living one of somebody else.
    let stranger = hand.signed_in("guhuaijin").await;
    for planted in ["ronghe=planted-by-a-stranger", stranger.as_str()] {
        let entered = sign_in(&hand, planted, "wanghaifeng", PASSWORD, None).await;
        assert_eq!(entered.status, 200, "{entered:?}");
        let own = entered.cookies();
        assert_ne!(session(&own), session(planted), "the session has a secret of its own");
        let me = |answer: Answer| answer.json()["login"].clone();
        assert_eq!(me(hand.get("/api/v1/me", &own).await), "wanghaifeng");
        assert_ne!(me(hand.get("/api/v1/me", planted).await), "wanghaifeng", "the planted one is nobody's");
    }
    let again = sign_in(&hand, &stranger, "wanghaifeng", PASSWORD, None).await.cookies();
    assert_ne!(session(&again), session(&stranger), "each sign-in has its own");
}

#[tokio::test]
async fn a_session_that_ended_stays_ended() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let hand = Hand::of(&test.app);
    let admin = hand.entered("wuxiao").await;
    let act = async |body: Value| {
        let path = "/api/v1/accounts/guhuaijin";
        let version = hand.get(path, &admin).await.etag().to_owned();
        let key = ronghe_client::Client::new_key().to_string();
        let more = [("if-match", version.as_str()), ("idempotency-key", key.as_str())];
        let done = hand.command("POST", &format!("{path}/actions"), &admin, &more, &body).await;
        assert_eq!(done.status, 200, "{done:?}");
    };
    let enter = async || hand.signed_in("guhuaijin").await;
    let out = enter().await;
    assert_eq!(hand.command("DELETE", "/api/v1/session", &out, &[], &json!({})).await.status, 204);
    assert!(is_dead(&hand, &out).await, "signed out");

    let changed = enter().await;
    let other = enter().await;
    let body = json!({ "current": PASSWORD, "password": "seven cranes over the lake" });
    let renewed = hand.command("POST", "/api/v1/me/password", &changed, &[], &body).await;
    assert_eq!(renewed.status, 204, "{renewed:?}");
    assert!(is_dead(&hand, &changed).await && is_dead(&hand, &other).await, "a new password");
    let renewed = renewed.cookies();
    assert!(!is_dead(&hand, &renewed).await);

    act(json!({ "action": "grant", "roles": ["expert"] })).await;
    assert!(is_dead(&hand, &renewed).await, "other roles");
    act(json!({ "action": "grant", "roles": ["need_unit"] })).await;
    let last = sign_in(&hand, "", "guhuaijin", "seven cranes over the lake", None).await.cookies();
    assert!(!is_dead(&hand, &last).await);
    act(json!({ "action": "disable" })).await;
    assert!(is_dead(&hand, &last).await, "disabled");
    act(json!({ "action": "enable" })).await;
    assert!(is_dead(&hand, &last).await, "enabled again, what ended stays ended");
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_time() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let hand = Hand::of(&test.app);
    let first = hand.signed_in("wanghaifeng").await;
    let setup = hand.command("POST", "/api/v1/me/totp", &first, &[], &json!({})).await.json();
    let secret = totp_rs::Secret::try_from_base32(setup["secret"].as_str().unwrap()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let code = |seconds: i64| {
        let at = test.app.now() + SignedDuration::from_secs(seconds);
        totp.generate(u64::try_from(at.as_second()).unwrap()).to_string()
    };
    let other = hand.signed_in("wanghaifeng").await;
    let confirmed = hand.command("PUT", "/api/v1/me/totp", &first, &[], &json!({ "code": code(0) })).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    assert!(
        is_dead(&hand, &first).await && is_dead(&hand, &other).await,
        "a new factor ends what was before"
    );
    let recovery = confirmed.json()["codes"].as_array().unwrap().clone();
    let recovery = |at: usize| recovery[at].as_str().unwrap();

    let used = code(0);
    let try_with = async |code: &str| kind(&sign_in(&hand, "", "wanghaifeng", PASSWORD, Some(code)).await);
    assert_eq!(try_with(&used).await, "second-factor", "the one that switched it on");
    test.app.clock().set(test.app.now() + SignedDuration::from_mins(2));
    let fresh = code(0);
    assert_eq!(try_with(&fresh).await, "");
    for stale in [&fresh, &used, &code(-30), &code(-90), &code(300)] {
        assert_eq!(try_with(stale).await, "second-factor", "used, or not of its time");
        test.app.clock().set(test.app.now() + SignedDuration::from_mins(16));
    }
    assert_eq!(try_with(recovery(0)).await, "");
    assert_eq!(try_with(recovery(0)).await, "second-factor", "used");
    assert_eq!(try_with(recovery(1)).await, "");
    let wrong = sign_in(&hand, "", "wanghaifeng", WRONG, Some(recovery(2))).await;
    assert_eq!(kind(&wrong), "sign-in");
    assert_eq!(try_with(recovery(2)).await, "", "with a wrong password it was not used up");
}

/// Guesses as from so many addresses, without the wire.
async fn guess(app: &App, address: usize, device: Option<&str>, password: &str) -> Result<(), Error> {
    let input = SignIn {
        login: "wanghaifeng".to_owned(),
        password: password.to_owned(),
        device: device.map(str::to_owned),
        ..SignIn::default()
    };
    let visitor = Caller::visitor("proof", &format!("10.0.{}.{}", address / 250, address % 250));
    session::sign_in(app, &visitor, input).await.map(drop)
}

#[tokio::test]
async fn ten_thousand_guesses_are_refused_unseen_and_the_owner_enters() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let hand = Hand::of(&test.app);
    let known = hand.signed_in("wanghaifeng").await;
    let (mut looked_at, mut refused) = (0, 0);
    for at in 0..GUESSES.least {
        // The right password among them would not be noticed.
        let password = if at == GUESSES.least - 1 { PASSWORD } else { WRONG };
        match guess(&test.app, at, None, password).await {
            Err(Error::SignIn) => looked_at += 1,
            Err(Error::TooMany { .. }) => refused += 1,
            other => panic!("guess {at}: {other:?}"),
        }
        if at % 100 == 0 {
            test.app.clock().set(test.app.now() + SignedDuration::from_secs(1));
        }
    }
    // In 100 s an account has five guesses, and one more a minute later.
    assert!((5..=7).contains(&looked_at), "{looked_at} guesses were looked at");
    GUESSES.reached(looked_at + refused);
    let device = known.split("; ").find_map(|pair| pair.strip_prefix("ronghe-device=")).unwrap();
    assert!(guess(&test.app, 9_999, Some(device), PASSWORD).await.is_ok(), "its owner's device enters");
    let forged = format!("{}x", &device[..device.len() - 1]);
    let refused = guess(&test.app, 9_999, Some(&forged), PASSWORD).await;
    assert!(matches!(refused, Err(Error::TooMany { .. })), "a device that is no owner's: {refused:?}");
    assert!(!is_dead(&hand, &known).await, "who is in stays in");
}

#[tokio::test]
async fn an_address_has_its_measure_over_all_accounts() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let mut looked_at = 0;
    for at in 0..60 {
        let input = SignIn { login: format!("nobody-{at}"), password: WRONG.to_owned(), ..SignIn::default() };
        let visitor = Caller::visitor("proof", "10.1.1.1");
        match session::sign_in(&test.app, &visitor, input).await {
            Err(Error::SignIn) => looked_at += 1,
            Err(Error::TooMany { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked_at, 30);
}
