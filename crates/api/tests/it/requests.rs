//! What holds for every request: keys, versions, origins, media types, rights over the whole list.

use crate::problem;
use ronghe_client::Client;
use ronghe_testkit::TestApp;
use serde_json::{Value, json};

const TEXT: &str = "某市教育局关于校园阅读的通知\n某教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处）\n某市教育局\n2025年2月20日";

/// A request by hand, as the session of `client`.
async fn send(
    test: &TestApp,
    client: &Client,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, Value) {
    let method = method.parse::<reqwest::Method>().unwrap();
    let mut request = reqwest::Client::new().request(method, format!("{}/api/v1{path}", test.server));
    if let Some(cookies) = client.cookies() {
        request = request.header("cookie", cookies);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.body(body.to_owned()).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

#[tokio::test]
async fn a_secret_is_given_again_to_whoever_lost_the_answer() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await.retrying(Client::new_key());
    let ask = ronghe_contract::session::NewToken {
        name: "夜间".into(),
        scopes: vec![ronghe_domain::account::Scope::Read],
        days: None,
    };
    let (first, again) = (admin.make_token(&ask).await.unwrap(), admin.make_token(&ask).await.unwrap());
    assert_eq!(first, again);
    assert_eq!(admin.list_tokens().await.unwrap().len(), 1);
    assert_eq!(ronghe_app::once::forget(&test.app).await.unwrap(), 0);
    test.app.clock().set(test.app.now() + jiff::SignedDuration::from_hours(7 * 24 + 1));
    assert_eq!(ronghe_app::once::forget(&test.app).await.unwrap(), 1, "a week is over");
}

#[tokio::test]
async fn what_lacks_key_version_origin_or_form_is_refused_clearly() {
    let test = TestApp::start().await;
    let lead = test.entered("zhangmin").await;
    let (origin, json_type) = (("origin", test.server.as_str()), ("content-type", "application/json"));
    let key = ("idempotency-key", "0123456789");
    let body = json!({ "text": TEXT }).to_string();
    let act = json!({ "action": "discard" }).to_string();
    let seen = ("if-match", "\"v1\"");
    let check = async |path: &str, headers: &[(&str, &str)], body: &str, status: u16, kind: &str| {
        let (found, problem) = send(&test, &lead, "POST", path, headers, body).await;
        assert_eq!(
            (found, problem["type"].as_str()),
            (status, Some(format!("/problems/{kind}").as_str())),
            "{problem}"
        );
    };
    check("/policies", &[origin, json_type], &body, 400, "key-missing").await;
    check("/policies", &[json_type, key], &body, 403, "cross-site").await;
    check("/policies", &[("origin", "https://evil.example"), json_type, key], &body, 403, "cross-site").await;
    check("/policies", &[("sec-fetch-site", "cross-site"), origin, json_type, key], &body, 403, "cross-site")
        .await;
    check("/policies", &[origin, key], &body, 415, "media-type").await;
    check("/policies", &[origin, json_type, key], "{", 400, "malformed").await;
    check("/policies/jinan-2023-24/actions", &[origin, json_type, key], &act, 428, "version-missing").await;
    check("/policies/jinan-2023-24/actions", &[origin, json_type, key, seen], &act, 409, "refused").await;
    let large = format!("{{\"action\":\"{}\"}}", "x".repeat(1024 * 1024));
    check("/policies/jinan-2023-24/actions", &[origin, json_type, key, seen], &large, 413, "too-large").await;
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let mut last = None;
    for _ in 0..700 {
        last = school.show_me().await.err();
        if last.is_some() {
            break;
        }
    }
    let slowed = problem::<()>(Err(last.unwrap()));
    assert_eq!((slowed.status, slowed.kind.as_str()), (429, "/problems/too-many"));
    test.entered("liwenjing").await.show_me().await.unwrap();
}

/// Bodies that can be read, by operation; `{}` does for the others.
fn bodies() -> Vec<(&'static str, String)> {
    let draft = serde_json::to_string(&ronghe_domain::policy::PolicyDraft::default()).unwrap();
    let reminder =
        json!({ "event": "filing_ends", "days": "2", "unit": "days", "side": "before", "active": true });
    let (reminder, view) = (reminder.to_string(), json!({ "list": "needs", "name": "x" }).to_string());
    vec![
        ("import_policy", json!({ "text": TEXT }).to_string()),
        ("correct_policy", draft),
        ("act_on_policy", json!({ "action": "discard" }).to_string()),
        ("act_on_cycle", json!({ "action": "open" }).to_string()),
        ("act_on_need", json!({ "action": "submit" }).to_string()),
        ("act_on_need_list", json!({ "action": "propose" }).to_string()),
        ("act_on_sign_off", json!({ "action": "recall" }).to_string()),
        ("act_on_application", json!({ "action": "submit" }).to_string()),
        ("act_on_question", json!({ "action": "answer" }).to_string()),
        ("invite_members", json!({ "members": [] }).to_string()),
        ("start_application", json!({ "need": "N2026-0001" }).to_string()),
        ("reveal_need", json!({ "reason": "核对经费预算" }).to_string()),
        ("reveal_organisation", json!({ "reason": "核对经费预算" }).to_string()),
        ("read_messages", json!({ "until": "2026-03-10T00:00:00Z" }).to_string()),
        ("forward_needs", json!({ "needs": ["N2026-0001"] }).to_string()),
        ("judge_need", json!({ "action": "enlist" }).to_string()),
        ("judge_needs", json!({ "needs": ["N2026-0001"], "verdict": { "action": "enlist" } }).to_string()),
        ("ask_opinions", json!({ "needs": ["N2026-0001"] }).to_string()),
        ("act_on_account", json!({ "action": "disable" }).to_string()),
        ("act_on_account_request", json!({ "action": "take_back" }).to_string()),
        ("add_reminder", reminder.clone()),
        ("set_reminder", reminder),
        ("save_view", view.clone()),
        ("change_view", view),
        ("set_mail_choices", json!({ "off": [], "language": "zh" }).to_string()),
        ("change_password", json!({ "current": "x", "password": "y" }).to_string()),
        ("confirm_totp", json!({ "code": "1" }).to_string()),
        ("remove_totp", json!({ "code": "1" }).to_string()),
        ("make_token", json!({ "name": "x", "scopes": ["read"] }).to_string()),
        ("prove", json!({ "word": "1" }).to_string()),
        ("import_accounts", json!({ "file": "" }).to_string()),
        ("import_organisations", json!({ "file": "" }).to_string()),
        ("import_needs", json!({ "file": "" }).to_string()),
    ]
}

/// The address of an operation with a record in it.
fn at_a_record(path: &str) -> String {
    path.trim_start_matches("/api/v1")
        .replace("mail-templates/{kind}/{language}", "mail-templates/need_returned/zh")
        .replace("reminders/{id}", "reminders/00000000-0000-7000-8000-000000000000")
        .replace("account-requests/{id}", "account-requests/00000000-0000-7000-8000-000000000000")
        .replace("views/{id}", "views/00000000-0000-7000-8000-000000000000")
        .replace("exports/{id}", "exports/00000000-0000-7000-8000-000000000000")
        .replace("{slug}", "jinan-2023-24")
        .replace("{year}", "2026")
        .replace("{edition}", "v1")
        .replace("{kind}", "need")
        .replace("{name}", "N2026-0001")
        .replace("{login}", "zhangmin")
        .replace("{seq}", "1")
}

/// Operations that anyone may ask, signed in or not.
const OPEN: &[&str] = &[
    "accept_link",
    "enter_demo",
    "export_need_list",
    "list_cycles",
    "list_groups",
    "list_measures",
    "list_need_lists",
    "list_organisations",
    "list_policies",
    "show_cycle",
    "show_door",
    "show_leading_group",
    "show_link",
    "show_matrix",
    "show_measure",
    "show_need_list",
    "show_need_lists",
    "show_organisation",
    "show_policy",
    "show_profile",
    "sign_in",
];

#[tokio::test]
async fn every_other_operation_refuses_a_visitor() {
    let test = TestApp::start().await;
    let (_, document) = ronghe_api::router(test.app.clone());
    let document = serde_json::to_value(&document).unwrap();
    let headers = |media| {
        [
            ("origin", test.server.as_str()),
            ("content-type", media),
            ("idempotency-key", "0123456789"),
            ("if-match", "\"v1\""),
        ]
    };
    let bodies = bodies();
    let mut open = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = at_a_record(path);
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            let body = bodies.iter().find(|(of, _)| *of == name).map_or("{}", |(_, body)| body);
            let headers = headers(media_of(operation));
            let (status, answer) =
                send(&test, &test.client, &method.to_uppercase(), &path, &headers, body).await;
            if OPEN.contains(&name) {
                open.push(name.to_owned());
            } else {
                assert!([401, 403, 404].contains(&status), "{name}: {status} {answer}");
            }
        }
    }
    open.sort();
    assert_eq!(open, OPEN);
}

/// The media type that an operation takes: JSON, but for files.
fn media_of(operation: &Value) -> &str {
    let wanted = operation["requestBody"]["content"].as_object().and_then(|it| it.keys().next());
    wanted.map_or(JSON, String::as_str)
}

const JSON: &str = "application/json";

/// What the document says of one operation.
struct Said<'a>(&'a Value);

impl Said<'_> {
    fn wants(&self, header: &str) -> bool {
        self.0["parameters"].as_array().into_iter().flatten().any(|parameter| {
            (parameter["in"].as_str(), parameter["name"].as_str(), parameter["required"].as_bool())
                == (Some("header"), Some(header), Some(true))
        })
    }

    fn answers(&self, status: u16) -> bool {
        self.0["responses"].get(status.to_string()).is_some()
    }

    fn is_open(&self) -> bool {
        self.0["security"].as_array().unwrap().contains(&json!({}))
    }
}

#[tokio::test]
async fn the_document_says_what_is_wanted_of_each_operation() {
    let test = TestApp::start().await;
    let (_, document) = ronghe_api::router(test.app.clone());
    let document = serde_json::to_value(&document).unwrap();
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(
        (&schemes["session"]["in"], &schemes["token"]["scheme"]),
        (&json!("cookie"), &json!("bearer"))
    );
    let origin = ("origin", test.server.as_str());
    let (key, seen) = (("idempotency-key", "0123456789"), ("if-match", "\"v1\""));
    let bodies = bodies();
    let admin = test.entered("wuxiao").await;
    let mut open = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = at_a_record(path);
        for (method, operation) in item.as_object().unwrap() {
            let (name, said) = (operation["operationId"].as_str().unwrap(), Said(operation));
            let body = bodies.iter().find(|(of, _)| *of == name).map_or("{}", |(_, body)| body);
            let ask_as = async |who: &Client, headers: &[(&str, &str)], body: &str| {
                let (status, answer) = send(&test, who, &method.to_uppercase(), &path, headers, body).await;
                assert!(said.answers(status), "{name} answers {status}, which nothing says: {answer}");
                answer["type"].as_str().unwrap_or_default().replace("/problems/", "")
            };
            // Whoever sees no account learns nothing of its versions.
            let who = if name == "act_on_account" { &admin } else { &test.client };
            let ask = async |headers: &[(&str, &str)], body: &str| ask_as(who, headers, body).await;
            for status in [429, 500, 503] {
                assert!(said.answers(status), "{name}: {status}");
            }
            if said.is_open() {
                open.push(name.to_owned());
            }
            let reads_body = method != "get" && ask(&[origin, key, seen], body).await == "media-type";
            assert_eq!(operation.get("requestBody").is_some(), reads_body, "{name} has a body");
            assert_eq!(said.answers(413) && said.answers(415), reads_body, "{name}: 413, 415");
            if !reads_body {
                assert!(!said.wants("Idempotency-Key") && !said.wants("If-Match"), "{name}");
                continue;
            }
            let media = ("content-type", media_of(operation));
            if media.1 == JSON {
                assert_eq!(ask(&[origin, media, key, seen], "{").await, "malformed", "{name}");
            }
            let keyless = [origin, media, seen];
            let mut found = ask(&keyless, body).await;
            if matches!(found.as_str(), "unauthenticated" | "unknown") {
                // A visitor is turned away before a key is asked for.
                found = ask_as(&admin, &keyless, body).await;
            }
            // Where the record is hidden from both, nobody learns more of it.
            if found != "unknown" {
                assert_eq!(said.wants("Idempotency-Key"), found == "key-missing", "{name}: {found}");
            }
            let found = ask(&[origin, media, key], body).await;
            assert_eq!(said.wants("If-Match"), found == "version-missing", "{name}: {found}");
        }
    }
    open.sort();
    assert_eq!(open, OPEN);
}
