//! All that there is to do, tried by whoever must not know: done, refused or unknown, the same in both worlds.

use super::Scene;
use super::paths::{filled, names};
use crate::proofs::blind::plain::plain;
use crate::proofs::hand::{Answer, FILE, Hand, OURS, Operation, PDF};
use crate::proofs::walk::body;
use ronghe_client::Client;
use ronghe_testkit::proofs::Dice;
use serde_json::{Value, json};

/// What ends or changes the session by which one goes on, is drawn by chance as a picture, or goes on by a clock of
/// its own after its answer.
const LEFT_OUT: &[&str] = &[
    "accept_link",
    "change_password",
    "confirm_totp",
    "end_session",
    "enter_demo",
    "prove",
    "remove_totp",
    "sign_in",
    "sign_out",
    "start_totp",
    "verify_chain",
];

/// A command as it is sent to both worlds.
pub(super) struct Command {
    pub(super) what: String,
    method: String,
    path: String,
    kind: &'static str,
    body: Vec<u8>,
    key: String,
}

/// Everything that `login` could try: each operation that changes something, with a name of what is there or of what
/// must not be seen.
pub(super) fn commands(
    hand: &Hand,
    scene: &Scene,
    hidden: &[String],
    login: &'static str,
    dice: &mut Dice,
) -> Vec<Command> {
    let mut commands = Vec::new();
    for operation in hand.operations() {
        if operation.method == "GET" || LEFT_OUT.contains(&operation.name.as_str()) {
            continue;
        }
        let names = names(&operation, scene, hidden);
        let name: &String = dice.one(&names);
        let path = with_a_name_of_its_file(&operation, &filled(&operation.path, name));
        let (kind, body) = content(&operation, scene, login, dice);
        let key = Client::new_key().to_string();
        let what = format!("{} {path}", operation.method);
        commands.push(Command { what, method: operation.method, path, kind, body, key });
    }
    commands
}

fn with_a_name_of_its_file(operation: &Operation, path: &str) -> String {
    if takes_a_file(operation) { format!("{path}?name=a.pdf") } else { path.to_owned() }
}

fn takes_a_file(operation: &Operation) -> bool {
    !operation.described["requestBody"]["content"][FILE].is_null()
}

fn content(
    operation: &Operation,
    scene: &Scene,
    login: &'static str,
    dice: &mut Dice,
) -> (&'static str, Vec<u8>) {
    if takes_a_file(operation) {
        return (FILE, PDF.to_vec());
    }
    let need = dice.one(&scene.needs);
    let body: Value = match operation.name.as_str() {
        "start_application" => json!({ "need": need }),
        "act_on_need" => json!({ "action": "reopen", "remark": "改" }),
        "judge_need" => json!({ "action": dice.one(&["reopen", "decline"]), "why": "too_vague" }),
        "judge_needs" | "ask_opinions" | "forward_needs" => {
            json!({ "needs": scene.needs, "verdict": { "action": "reopen" }, "skip_refused": true })
        }
        "act_on_cycle" => {
            let ways = [
                json!({ "action": "advance" }),
                json!({ "action": "extend", "end": "applications", "until": "2026-07-01 17:00", "reason": "核对" }),
            ];
            dice.one(&ways).clone()
        }
        name => body(name, login, dice).unwrap_or_else(|| json!({})),
    };
    (OURS[1].1, body.to_string().into_bytes())
}

impl Command {
    /// Sends it to one world, as whoever holds `cookie`.
    pub(super) async fn tried(&self, hand: &Hand, cookie: &str, seen: &str) -> Answer {
        let headers = [
            OURS[0],
            ("content-type", self.kind),
            ("idempotency-key", &self.key),
            ("if-match", seen),
            ("cookie", cookie),
        ];
        hand.ask(&self.method, &self.path, &headers, self.body.clone()).await
    }

    /// The version of what it is about, as it is read before.
    pub(super) async fn seen(&self, hand: &Hand, cookie: &str) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        let record = if self.method == "PUT" { path } else { path.rsplit_once('/').map_or("", |it| it.0) };
        // Below the version of the API stand whole lists, which have none.
        if record.split('/').count() < 5 {
            return String::new();
        }
        hand.get(record, cookie).await.etag().to_owned()
    }
}

/// What it says, but for what is made by chance.
pub(super) fn said(answer: &Answer) -> String {
    let headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| plain(&format!("{name} {}", value.to_str().unwrap_or_default())))
        .collect();
    format!("{} {headers:?} {}", answer.status, plain(&answer.text()))
}
