//! Who asks would tell who means to apply: two worlds in which another university asked the same are the same world
//! to everybody else, before the seals are opened and after.

use super::life::{closes, unit_of, whole};
use crate::proofs::application::{applying, of_university};
use crate::proofs::blind::plain::plain;
use crate::proofs::hand::Hand;
use jiff::SignedDuration;
use ronghe_app::App;
use ronghe_client::Client;
use ronghe_testkit::{TestApp, TestDb, sqlite};
use serde_json::json;
use std::collections::BTreeMap;

/// Everybody but universities: offices, leaders, those who watch and administer, a district, an expert.
const OTHERS: &[&str] =
    &["zhangmin", "liwenjing", "zhaolixin", "zhouqiming", "cuiyujie", "heqing", "wuxiao", "renguangyi"];

struct World {
    hand: Hand,
    app: App,
    _db: TestDb,
}

impl World {
    /// The world in which `asker` asked, and had an answer.
    async fn where_asks(test: &TestApp, need: &str, cookies: &Cookies, asker: &str) -> Self {
        let (app, copy) = test.beside().await;
        app.clock().set(test.app.now() + SignedDuration::from_secs(60));
        let world = Self { hand: Hand::of(&app), app, _db: copy };
        let asked = json!({ "question": "可以先到学校看场地吗？" });
        world.post(&format!("needs/{need}/questions"), &cookies[asker], "", &asked).await;
        world.app.clock().set(test.app.now() + SignedDuration::from_secs(120));
        // What is refused leaves no trace of who was refused.
        let refused = json!({ "question": " " });
        let path = format!("/api/v1/needs/{need}/questions");
        let key = Client::new_key().to_string();
        let more = [("idempotency-key", key.as_str())];
        let answer = world.hand.command("POST", &path, &cookies[asker], &more, &refused).await;
        assert_eq!(answer.status, 422);
        let answered = json!({ "action": "answer", "answer": "可以。" });
        world.post(&format!("questions/{need}-Q1/actions"), &cookies["zhangmin"], "\"v1\"", &answered).await;
        world
    }

    async fn post(&self, path: &str, cookie: &str, seen: &str, body: &serde_json::Value) {
        let key = Client::new_key().to_string();
        let more = [("idempotency-key", key.as_str()), ("if-match", seen)];
        let answer = self.hand.command("POST", &format!("/api/v1/{path}"), cookie, &more, body).await;
        assert!(answer.status < 300, "{path}: {}", answer.text());
    }

    /// Everything that somebody reads which could tell of a question.
    async fn reads(&self, need: &str, cookie: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for path in [
            format!("needs/{need}"),
            format!("needs/{need}/questions"),
            format!("needs/{need}/events"),
            format!("questions/{need}-Q1"),
            "questions".to_owned(),
            "questions?show=overdue".to_owned(),
            "needs".to_owned(),
            "tasks".to_owned(),
            "messages".to_owned(),
            "mails".to_owned(),
            "audit".to_owned(),
            "accounts".to_owned(),
            "applications".to_owned(),
            "cycles/2026".to_owned(),
            "cycles/2026/progress".to_owned(),
            "cycles/2026/events".to_owned(),
            "me".to_owned(),
        ] {
            let answer = self.hand.get(&format!("/api/v1/{path}"), cookie).await;
            all.push((path, format!("{} {} {}", answer.status, answer.etag(), plain(&answer.text()))));
        }
        all
    }
}

type Cookies = BTreeMap<String, String>;

#[tokio::test]
async fn which_university_asked_makes_no_difference_to_others() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let needs = applying(&test).await;
    let need = &needs[0];
    let unit = unit_of(&test, need).await;
    for (login, org) in [("gaoyuan", "ujn"), ("third", "qlu")] {
        of_university(&test, login, org).await;
    }
    let hand = Hand::of(&test.app);
    let mut cookies = Cookies::new();
    let universities = ["linxiaozhou", "gaoyuan", "third"];
    for login in OTHERS.iter().copied().chain(universities).chain([unit.as_str()]) {
        cookies.insert(login.to_owned(), hand.signed_in(login).await);
    }
    let one = World::where_asks(&test, need, &cookies, "linxiaozhou").await;
    let other = World::where_asks(&test, need, &cookies, "gaoyuan").await;
    let blind: Vec<&str> = OTHERS.iter().copied().chain(["third", unit.as_str()]).collect();
    let mut compared = 0;
    for opened in [false, true] {
        if opened {
            for world in [&one, &other] {
                world.app.clock().set(closes(&test).await);
                assert_eq!(ronghe_app::application::open_due(&world.app).await.unwrap(), 1);
            }
        }
        // Sessions end by time: who comes again after the close comes by a new one.
        for login in &blind {
            let mut read = Vec::new();
            for world in [&one, &other] {
                let cookie = if opened { world.hand.signed_in(login).await } else { cookies[*login].clone() };
                read.push(world.reads(need, &cookie).await);
            }
            for ((path, first), (_, second)) in read[0].iter().zip(&read[1]) {
                assert_eq!(first, second, "{login} reads {path}");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
    // The asker's own people know, each in their own world.
    for (world, login, own) in
        [(&one, "linxiaozhou", true), (&other, "linxiaozhou", false), (&other, "gaoyuan", true)]
    {
        let cookie = world.hand.signed_in(login).await;
        let view = world.hand.get(&format!("/api/v1/needs/{need}/questions"), &cookie).await.json();
        assert_eq!(view["items"][0]["own"], json!(own), "{login}");
    }
    whole(&one.app).await;
}
