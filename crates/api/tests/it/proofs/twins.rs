//! What somebody does not see looks like what does not exist: for every operation that names something, a
//! name that nothing has and one that others have are answered alike, to the byte.

use super::hand::{Answer, Hand, Operation, PDF};
use super::walk::body;
use ronghe_client::Client;
use ronghe_testkit::proofs::{Dice, TWINS};
use ronghe_testkit::{TestApp, hidden_application, need_draft, sqlite};
use serde_json::{Value, json};

/// Operations on what everybody sees: nothing of it could be invisible.
const PUBLIC: &[&str] =
    &["change_organisation", "reveal_organisation", "set_profile", "show_organisation", "show_profile"];

/// Nobody, another school, another district, the lead office, an office, a university, an expert, finance.
const STRANGERS: &[&str] =
    &["", "guhuaijin", "niuchunxia", "zhangmin", "zhaolixin", "linxiaozhou", "zhouqiming", "cuiyujie"];

/// What the lead office sees before others do.
const LEAD: &str = "zhangmin";

const NOTHING: &str = "00000000-0000-7000-8000-000000000000";
/// A row that comes with the schema.
const REMINDER: &str = "00000000-0000-0000-0000-000000000001";

/// Names of what exists and most do not see.
struct World {
    hand: Hand,
    needs: Vec<(String, String)>,
    /// Of a university whose people are not among the strangers.
    application: String,
    session: String,
    token: String,
    mail: String,
    link: String,
    round: String,
    view: String,
    export: String,
    /// For an account, of the same university.
    request: String,
}

/// Parts of an address: as they stand for something, and for nothing.
struct Twin {
    invisible: String,
    unknown: String,
    /// Who sees it.
    seen_by: &'static [&'static str],
}

impl World {
    async fn make(test: &TestApp) -> Self {
        let hand = Hand::of(&test.app);
        let school = hand.entered("wanghaifeng").await;
        let mut needs = Vec::new();
        for submits in [false, true] {
            needs.push(need(&hand, &school, submits).await);
        }
        let lead = hand.entered(LEAD).await;
        let mut dice = Dice::of(0);
        for (path, name) in [("policies", "import_policy"), ("cycles", "create_cycle")] {
            let mut body = body(name, LEAD, &mut dice).unwrap();
            body[if path == "cycles" { "year" } else { "slug" }] =
                json!(if path == "cycles" { "2027" } else { "reading" });
            done(&hand, &lead, &format!("/api/v1/{path}"), &body).await;
        }
        let token = json!({ "name": "夜间导出", "scopes": ["read"] });
        let token = done(&hand, &school, "/api/v1/me/tokens", &token).await["row"]["id"].clone();
        let session = hand.get("/api/v1/me/sessions", &school).await.json()[0]["id"].clone();
        let admin = hand.entered("wuxiao").await;
        let mail = hand.get("/api/v1/mails", &admin).await.json()["items"][0]["id"].clone();
        let account =
            json!({ "login": "newcomer", "name": "新来者", "org": "yanliu", "roles": ["need_unit"] });
        let made = done(&hand, &admin, "/api/v1/accounts", &account).await;
        let link = made["link"]["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        // Used up, it holds no longer.
        let accept = json!({ "code": link, "password": "nine cranes over the lake" });
        assert_eq!(hand.command("POST", "/api/v1/links", "", &[], &accept).await.status, 204);
        let round = round(&hand).await;
        let view = body("save_view", "", &mut dice).unwrap();
        let view = done(&hand, &school, "/api/v1/views", &view).await["id"].clone();
        let export = done(&hand, &school, "/api/v1/exports", &json!({})).await["id"].clone();
        let university = hand.signed_in("qiyuanhang").await;
        let wanted = json!({ "name": "周远", "mail": "zhou@uni.example" });
        let request = done(&hand, &university, "/api/v1/account-requests", &wanted).await["id"].clone();
        let text = |value: Value| value.as_str().unwrap().to_owned();
        let application = hidden_application(&test.app, "ujn", "N2026-0001").await;
        Self {
            round,
            hand,
            needs,
            application,
            session: text(session),
            token: text(token),
            mail: text(mail),
            view: text(view),
            export: text(export),
            request: text(request),
            link,
        }
    }

    /// The names that an operation's address can hold, and who sees what they stand for.
    fn twins(&self, path: &str) -> Vec<Twin> {
        let filled = |names: &[(&str, &str)]| {
            names
                .iter()
                .fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value))
        };
        let twin = |invisible: &[(&str, &str)], unknown: &[(&str, &str)], seen_by| Twin {
            invisible: filled(invisible),
            unknown: filled(unknown),
            seen_by,
        };
        let own = |name: &str, id: &str| vec![twin(&[(name, id)], &[(name, NOTHING)], &[])];
        let (unknown_draft, lead) = (format!("draft-{NOTHING}"), &[LEAD][..]);
        match path.split('/').nth(3).unwrap() {
            "needs" => {
                let each = self.needs.iter().map(|(name, file)| {
                    let unknown = if name.starts_with('N') { "N2026-9999" } else { &unknown_draft };
                    twin(&[("name", name), ("id", file)], &[("name", unknown), ("id", file)], &[])
                });
                each.collect()
            }
            "meetings" => {
                let (submitted, _) = &self.needs[1];
                vec![twin(&[("name", &format!("{submitted}-M1"))], &[("name", "N2026-9999-M1")], &[])]
            }
            "questions" => {
                let (submitted, _) = &self.needs[1];
                vec![twin(&[("name", &format!("{submitted}-Q1"))], &[("name", "N2026-9999-Q1")], &[])]
            }
            "applications" => {
                let unknown = &unknown_draft;
                let names = [("id", NOTHING), ("before", "1"), ("after", "2")];
                let of = |name| [&[("name", name)][..], &names].concat();
                vec![twin(&of(&self.application), &of(unknown), &[])]
            }
            "policies" => {
                vec![twin(&[("slug", "reading"), ("seq", "1")], &[("slug", "no-such"), ("seq", "1")], lead)]
            }
            // Finance prepares the year's money.
            "cycles" => vec![twin(&[("year", "2027")], &[("year", "2031")], &[LEAD, "cuiyujie"])],
            "need-lists" => {
                let (hidden, unknown) =
                    ([("year", "2027"), ("edition", "v1")], [("year", "2031"), ("edition", "v1")]);
                vec![twin(&hidden, &unknown, &[LEAD, "cuiyujie"])]
            }
            "accounts" => vec![twin(&[("login", "wanghaifeng")], &[("login", "nosuchlogin")], &[])],
            "account-requests" => own("id", &self.request),
            "mails" => own("id", &self.mail),
            "reminders" => vec![twin(&[("id", REMINDER)], &[("id", NOTHING)], lead)],
            "mail-templates" => {
                let of = |kind| [("kind", kind), ("language", "zh")];
                vec![twin(&of("need_returned"), &of("no_such"), lead)]
            }
            "views" => own("id", &self.view),
            "exports" => own("id", &self.export),
            "links" => own("code", &self.link),
            "sign-offs" => own("id", &self.round),
            "sealed" => {
                let (draft, _) = &self.needs[0];
                let of = [("kind", "need"), ("id", NOTHING)];
                let named = |name| [of[0], of[1], ("name", name)];
                vec![twin(&named(draft), &named(&unknown_draft), &[])]
            }
            // Those who choose among what has arrived read it.
            "summaries" => vec![twin(&[("name", "2026-lixia-v1")], &[("name", "2026-lixia-v999")], lead)],
            "organisations" if path.ends_with("/sign-off") || path.contains("/sign-off/") => {
                let of = |slug| [("slug", slug), ("kind", "need")];
                vec![twin(&of("yanliu"), &of("no-such"), &[])]
            }
            "me" if path.contains("sessions") => own("id", &self.session),
            "me" => own("id", &self.token),
            _ => Vec::new(),
        }
    }

    async fn ask(&self, operation: &Operation, path: &str, login: &str, cookie: &str) -> Answer {
        let body = body(&operation.name, login, &mut Dice::of(7)).unwrap_or_else(|| json!({}));
        let key = Client::new_key().to_string();
        let more = [("idempotency-key", key.as_str()), ("if-match", "\"v1\"")];
        match operation.method.as_str() {
            "GET" => self.hand.get(path, cookie).await,
            method => self.hand.command(method, path, cookie, &more, &body).await,
        }
    }
}

/// A round of sign-off within a bureau.
async fn round(hand: &Hand) -> String {
    let clerk = hand.entered("liwenjing").await;
    let chain = json!({ "steps": [{ "post": "分管局长", "signers": ["renguangyi"] }] });
    let path = "/api/v1/organisations/lixia/sign-off/need";
    let set = hand.command("PUT", path, &clerk, &[("if-match", "\"v0\"")], &chain).await;
    assert!(set.status < 300, "{}", set.text());
    let begun = done(hand, &clerk, "/api/v1/needs", &json!({ "draft": need_draft() })).await;
    let path = format!("/api/v1/needs/{}/sign-off", begun["name"].as_str().unwrap());
    done(hand, &clerk, &path, &json!({})).await["id"].as_str().unwrap().to_owned()
}

/// A need of the school with a file: a draft, or submitted and not yet forwarded.
async fn need(hand: &Hand, school: &str, submits: bool) -> (String, String) {
    let begun = done(hand, school, "/api/v1/needs", &json!({ "draft": need_draft() })).await;
    let path = format!("/api/v1/needs/{}", begun["name"].as_str().unwrap());
    let file = hand.attach(school, begun["name"].as_str().unwrap(), "a.pdf", PDF).await.json();
    let need = match submits {
        true => done(hand, school, &format!("{path}/actions"), &json!({ "action": "submit" })).await,
        false => begun,
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&need["name"]), text(&file["id"]))
}

async fn done(hand: &Hand, cookie: &str, path: &str, body: &Value) -> Value {
    let key = Client::new_key().to_string();
    let more = [("idempotency-key", key.as_str()), ("if-match", "\"v1\"")];
    let answer = hand.command("POST", path, cookie, &more, body).await;
    assert!(answer.status < 300, "{path}: {}", answer.text());
    answer.json()
}

#[tokio::test]
async fn unknown_and_invisible_are_answered_alike() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let world = World::make(&test).await;
    let (mut pairs, mut faults) = (0, Vec::new());
    for login in STRANGERS {
        let cookie = if login.is_empty() { String::new() } else { world.hand.signed_in(login).await };
        for operation in world.hand.operations().iter().filter(|it| it.path.contains('{')) {
            let twins = world.twins(&operation.path);
            let is_public = PUBLIC.contains(&operation.name.as_str());
            assert_eq!(twins.is_empty(), is_public, "{} has no twins, or is not public", operation.name);
            for twin in twins.iter().filter(|twin| !twin.seen_by.contains(login)) {
                let invisible = world.ask(operation, &twin.invisible, login, &cookie).await;
                let unknown = world.ask(operation, &twin.unknown, login, &cookie).await;
                if invisible != unknown || !(400..500).contains(&invisible.status) {
                    let (name, path) = (&operation.name, &twin.invisible);
                    faults.push(format!("{name} of {path} as {login:?}:\n  {invisible:?}\n  {unknown:?}"));
                }
                pairs += 1;
            }
        }
    }
    assert!(faults.is_empty(), "{} differences:\n{:.12000}", faults.len(), faults.join("\n"));
    TWINS.reached(pairs);
}
