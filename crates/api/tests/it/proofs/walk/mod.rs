//! Every operation of the document, asked by a visitor and by three roles with what its schema allows and
//! with what it does not: never a failure of ours, never an answer that the document does not know.

mod known;
mod schema;
mod spoilt;

use super::hand::{Answer, Hand, OURS, Operation};
use known::Known;
pub(super) use known::body;
use ronghe_contract::problem::PROBLEM_JSON;
use ronghe_testkit::proofs::{Dice, EXAMPLES, SUCCEEDED};
use ronghe_testkit::{TestApp, TestDb, db_test};
use serde_json::Value;
use spoilt::{Request, Spoilt};
use std::collections::{BTreeMap, BTreeSet};

/// Who asks: nobody, a school, the lead office, an administrator.
const CALLERS: &[&str] = &["", "wanghaifeng", "zhangmin", "wuxiao"];
/// How often each of them asks as is allowed, before and between what is not.
const HELD: usize = 3;

db_test!(what_the_document_says_is_what_is_answered, |db: TestDb| async move {
    let test = TestApp::start_unhurried(db).await;
    let mut walk = Walk::of(Hand::of(&test.app)).await;
    for operation in walk.hand.operations() {
        for login in CALLERS {
            for how in [Spoilt::Not; HELD].iter().chain(Spoilt::ALL) {
                walk.ask(&operation, login, *how).await;
            }
        }
    }
    assert!(walk.faults.is_empty(), "{} faults:\n{:.20000}", walk.faults.len(), walk.faults.join("\n"));
    EXAMPLES.reached(walk.counts.values().min().copied().unwrap());
    SUCCEEDED.reached(walk.succeeded.len());
    ronghe_testkit::proofs::is_whole(&test.app).await;
});

struct Walk {
    hand: Hand,
    dice: Dice,
    cookies: BTreeMap<&'static str, String>,
    counts: BTreeMap<String, usize>,
    succeeded: BTreeSet<String>,
    faults: Vec<String>,
}

impl Walk {
    async fn of(hand: Hand) -> Self {
        let mut cookies = BTreeMap::new();
        for login in CALLERS.iter().filter(|login| !login.is_empty()) {
            cookies.insert(*login, hand.entered(login).await);
        }
        let (counts, succeeded, faults) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        Self { hand, dice: Dice::of(2026), cookies, counts, succeeded, faults }
    }

    async fn ask(&mut self, operation: &Operation, login: &'static str, how: Spoilt) {
        let cookie = self.cookies.get(login).cloned().unwrap_or_default();
        let known = Known::found(&self.hand, operation, login, &cookie, &mut self.dice).await;
        let request = Request::made(&self.hand.document, operation, &known, how, &mut self.dice);
        let mut headers: Vec<(&str, &str)> = OURS.to_vec();
        headers.push(("cookie", &cookie));
        for (name, value) in &request.headers {
            headers.retain(|(known, _)| known != name);
            headers.push((name, value));
        }
        let answer = self.hand.ask(&operation.method, &request.path, &headers, request.body.clone()).await;
        let what = format!(
            "{} as {login:?}, {how:?}: {} {} {:?} {:.300}",
            operation.name,
            operation.method,
            request.path,
            request.headers,
            String::from_utf8_lossy(&request.body)
        );
        self.faults.extend(self.fault(operation, &answer).map(|fault| format!("{what}: {fault}")));
        if !login.is_empty() && (answer.status == 401 || answer.sets_cookies()) {
            let again = self.hand.entered(login).await;
            self.cookies.insert(login, again);
        }
        *self.counts.entry(operation.name.clone()).or_default() += 1;
        if answer.status < 300 {
            self.succeeded.insert(operation.name.clone());
        }
    }

    /// What is wrong with an answer; nothing where the document says it so.
    fn fault(&self, operation: &Operation, answer: &Answer) -> Option<String> {
        let status = answer.status;
        let described = &operation.described["responses"][status.to_string()];
        if status >= 500 || described.is_null() {
            return Some(format!("{status} is not for clients or not documented: {}", answer.text()));
        }
        let media = answer.media().split(';').next().unwrap_or_default();
        if status >= 400 && !is_problem(answer, media) {
            return Some(format!("{status} is no problem: {media} {}", answer.text()));
        }
        let Some(content) = described["content"].as_object() else {
            return (!answer.body.is_empty()).then(|| format!("{status} says {}", answer.text()));
        };
        if content.contains_key("application/octet-stream") {
            return None;
        }
        let Some(described) = content.get(media) else {
            return Some(format!("{status}: {media} is none of {content:?}"));
        };
        if !media.ends_with("json") {
            return None;
        }
        let value: Value = serde_json::from_slice(&answer.body).unwrap();
        schema::fault(&self.hand.document, &described["schema"], &value, "answer")
    }
}

/// Whether it is a problem with all that one must say.
fn is_problem(answer: &Answer, media: &str) -> bool {
    let problem = answer.json();
    let says = |member: &str| problem[member].is_string();
    media == PROBLEM_JSON
        && ["type", "title", "detail", "request_id"].into_iter().all(says)
        && problem["status"] == answer.status
        && problem["type"].as_str().is_some_and(|kind| kind.starts_with("/problems/"))
}
