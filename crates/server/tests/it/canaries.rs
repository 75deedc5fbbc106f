//! Unique words for all that is personal or secret go through their flows on the real binary, at its most
//! talkative; then they are looked for where they must not be.

use crate::serve::{Served, free_address, serve_with};
use crate::wire::{Answer, ask};
use ronghe_client::Client;
use ronghe_contract::account::ActOnAccount;
use ronghe_contract::need::{ActOnNeed, StartNeed};
use ronghe_contract::org::Reveal;
use ronghe_contract::session::{AcceptLink, ChangePassword, NewToken, SignIn};
use ronghe_domain::account::{AccountDraft, Scope};
use ronghe_domain::kernel::Role;
use ronghe_domain::need::NeedDraft;
use ronghe_testkit::need_draft;
use ronghe_testkit::proofs::CANARIES;
use serde_json::Value;

const PHONE: &str = "13987642851";
const CONTACT: &str = "欧阳鹡鸰";
const NAME: &str = "司徒鹧鸪";
const MAIL: &str = "zwergkanarie7251";
const REASON: &str = "核对鸬鹚的行程";
const DRAFT: &str = "鸊鷉池边的课";
const FIRST: &str = "ninety-two odd canaries 0417";
const SECOND: &str = "eleven blue parakeets 8826";
const WRONG: &str = "no such budgerigar 5530";
const WRONG_CODE: &str = "kakapo-no-such-code";

/// A word, and whether the database may hold it as it is.
struct Canary {
    what: &'static str,
    word: String,
    is_secret: bool,
}

fn personal(what: &'static str, word: &str) -> Canary {
    Canary { what, word: word.to_owned(), is_secret: false }
}

fn secret(what: &'static str, word: &str) -> Canary {
    Canary { what, word: word.to_owned(), is_secret: true }
}

fn cookies(client: &Client, what: &'static str) -> Vec<Canary> {
    let cookies = client.cookies().unwrap();
    let values = cookies.split("; ").filter_map(|pair| pair.split_once('='));
    values.map(|(_, value)| secret(what, value)).collect()
}

/// Everything that a new account brings: link, passwords, seed, codes, token, sessions.
async fn of_an_account(served: &Served, found: &mut Vec<Canary>) {
    let server = format!("http://{}", served.address);
    let admin = Client::new(&server);
    admin.enter_demo("wuxiao").await.unwrap();
    let draft = AccountDraft {
        login: "canary".into(),
        name: NAME.into(),
        org: "yanliu".into(),
        roles: [Role::NeedUnit].into(),
        mail: format!("{MAIL}@example.org"),
        ..AccountDraft::default()
    };
    let made = admin.create_account(&draft).await.unwrap();
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    let person = Client::new(&server);
    person.show_link(&code).await.unwrap();
    person.show_link(WRONG_CODE).await.unwrap_err();
    person.accept_link(&AcceptLink { code: code.clone(), password: FIRST.into() }).await.unwrap();
    let sign_in = |password: &str, code: Option<String>| SignIn {
        login: "canary".into(),
        password: password.into(),
        code,
    };
    person.sign_in(&sign_in(WRONG, None)).await.unwrap_err();
    person.sign_in(&sign_in(FIRST, None)).await.unwrap();
    found.extend(cookies(&person, "session before"));
    let change = ChangePassword { current: FIRST.into(), password: SECOND.into() };
    person.change_password(&change).await.unwrap();
    person.prove(SECOND).await.unwrap();
    let ask = NewToken { name: "夜间".into(), scopes: vec![Scope::Read], days: None };
    let token = person.make_token(&ask).await.unwrap().token;
    Client::new(&server).with_token(&token).show_me().await.unwrap();
    Client::new(&server).with_token(format!("{token}x")).show_me().await.unwrap_err();
    let setup = person.start_totp().await.unwrap();
    let totp = totp(&setup.secret);
    let now = person.show_me().await.unwrap().now;
    let shown = totp.generate(u64::try_from(now.as_second()).unwrap()).to_string();
    let recovery = person.confirm_totp(&shown).await.unwrap().codes;
    let again = Client::new(&server);
    again.sign_in(&sign_in(SECOND, Some(recovery[0].clone()))).await.unwrap();
    let version = admin.show_account("canary").await.unwrap().version;
    let reset = admin.act_on_account("canary", &version, &ActOnAccount::Reset).await.unwrap();
    let reset = reset.link.map(|link| link.path.rsplit('/').next().unwrap().to_owned());
    found.extend(reset.map(|code| secret("code of a reset", &code)));
    found.extend(cookies(&person, "session"));
    found.extend(cookies(&again, "session of a second sign-in"));
    found.extend(recovery.iter().map(|code| secret("recovery code", code)));
    found.extend([
        personal("name", NAME),
        personal("mail", MAIL),
        secret("code of an invitation", &code),
        secret("code that is none", WRONG_CODE),
        secret("password", FIRST),
        secret("new password", SECOND),
        secret("wrong password", WRONG),
        secret("token", &token),
        secret("seed", &setup.secret),
        secret("link of the seed", &setup.url),
    ]);
}

fn totp(secret: &str) -> totp_rs::Totp {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    totp_rs::Builder::new().with_secret(secret).build().unwrap()
}

/// A need with its contact, read whole for a reason, and a draft.
async fn of_needs(served: &Served, found: &mut Vec<Canary>) -> [String; 2] {
    let server = format!("http://{}", served.address);
    let (school, district) = (Client::new(&server), Client::new(&server));
    school.enter_demo("wanghaifeng").await.unwrap();
    district.enter_demo("liwenjing").await.unwrap();
    let draft = NeedDraft { contact_phone: PHONE.into(), contact_name: CONTACT.into(), ..need_draft() };
    let begun = school.start_need(&StartNeed { draft, ..StartNeed::default() }).await.unwrap();
    let sent = school.act_on_need(&begun.row.name, &begun.version, &ActOnNeed::Submit).await.unwrap();
    let why = Reveal { reason: REASON.into() };
    let read = district.reveal_need(&sent.row.name, &why).await.unwrap();
    assert_eq!(read.contact_phone, PHONE);
    let draft = NeedDraft { title: DRAFT.into(), ..need_draft() };
    let draft = school.start_need(&StartNeed { draft, ..StartNeed::default() }).await.unwrap();
    found.extend([
        secret("telephone", PHONE),
        personal("contact", CONTACT),
        personal("reason of a reading", REASON),
        personal("title of a draft", DRAFT),
    ]);
    [sent.row.name, draft.row.name]
}

/// Everything that somebody reads, of these needs too, in one text.
fn all_that_is_read(served: &Served, login: &str, needs: &[String]) -> String {
    let cookie = if login.is_empty() { String::new() } else { entered(served, login).cookies() };
    let get = |path: &str| ask(&served.address, "GET", path, &[("cookie", cookie.as_str())], "").body;
    let document: Value = serde_json::from_str(&get("/api/v1/openapi.json")).unwrap();
    let mut all = String::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        if item["get"].is_null() {
            continue;
        }
        let path = path
            .replace("{slug}", if path.contains("organisations") { "yanliu" } else { "jinan-2023-24" })
            .replace("{year}", "2026")
            .replace("{login}", "canary")
            .replace("{seq}", "1");
        for need in needs {
            all.push_str(&get(&path.replace("{name}", need)));
        }
    }
    for page in ["/", "/policies", "/cycles/2026", "/leading-group", "/search?q=%E8%AF%BE"] {
        all.push_str(&get(page));
    }
    all
}

fn entered(served: &Served, login: &str) -> Answer {
    let origin = format!("http://{}", served.address);
    let headers = [("origin", origin.as_str()), ("content-type", "application/json")];
    let body = format!("{{\"login\":\"{login}\"}}");
    ask(&served.address, "POST", "/api/v1/session/demo", &headers, &body)
}

#[tokio::test]
async fn what_is_personal_or_secret_stays_where_it_belongs() {
    let (metrics, nobody) = (free_address(), free_address());
    // Mail waits for a server that is not there, so that codes of links lie in the outbox.
    let served = serve_with(&[
        "--log-level",
        "debug",
        "--requests-per-minute",
        "0",
        "--metrics",
        &metrics,
        "--public-url",
        "http://ronghe.example",
        "--smtp-host",
        "127.0.0.1",
        "--smtp-port",
        &nobody[nobody.find(':').unwrap() + 1..],
        "--smtp-tls",
        "none",
        "--smtp-sender",
        "ronghe@example.org",
    ]);
    let mut found = vec![secret("password of the demonstration", &served.password())];
    of_an_account(&served, &mut found).await;
    let needs = of_needs(&served, &mut found).await;
    let log = served.log().join("\n");
    let metrics = ask(&metrics, "GET", "/metrics", &[], "").body;
    assert!(log.contains("/api/v1/links") && metrics.contains("ronghe_answers_total"), "{metrics}");
    let database = served.database_bytes();
    let foreign: Vec<_> = ["", "linxiaozhou", "zhouqiming", "zhaolixin", "zhangmin"]
        .into_iter()
        .map(|login| (login, all_that_is_read(&served, login, &needs)))
        .collect();
    // Who wrote it reads it, so that the search is known to find.
    let own = all_that_is_read(&served, "wanghaifeng", &needs);
    assert!(own.contains(PHONE) && own.contains(CONTACT) && own.contains(REASON) && own.contains(DRAFT));
    for Canary { what, word, is_secret } in &found {
        assert!(word.len() >= 8, "{what} is too short to be found");
        assert!(!log.contains(word), "{what} in the log");
        assert!(!metrics.contains(word), "{what} in the metrics");
        for (login, read) in &foreign {
            assert!(!read.contains(word), "{what} is read by {login:?}");
        }
        let lies_there = database.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        // What is personal lies in the database as it is, so that the search is known to find.
        assert_eq!(lies_there, !is_secret, "{what} in the database");
    }
    CANARIES.reached(found.len());
}
