//! The secrets, how each is told to one world and not to the other, and who must not know.

use crate::proofs::hand::{Answer, Hand, PDF};
use ronghe_app::App;
use ronghe_client::Client;
use ronghe_domain::need::NeedDraft;
use ronghe_testkit::{PASSWORD, need_draft};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const TEXT: &str = "某市教育局关于校园阅读的通知\n某教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处）\n某市教育局\n2025年2月20日";

/// Whoever reads, or whose secret it is.
const PEOPLE: &[&str] = &[
    "wanghaifeng",
    "guhuaijin",
    "liwenjing",
    "niuchunxia",
    "zhangmin",
    "zhaolixin",
    "linxiaozhou",
    "zhouqiming",
    "heqing",
    "wuxiao",
];

/// What both worlds have in common.
pub(super) struct Common {
    pub(super) cookies: BTreeMap<&'static str, String>,
    /// Needs of one school with a file each: a draft, one that is submitted, another draft to be submitted.
    pub(super) needs: Vec<(String, String)>,
}

impl Common {
    pub(super) async fn make(app: &App) -> Self {
        let hand = Hand::of(app);
        let mut cookies = BTreeMap::new();
        for login in PEOPLE {
            cookies.insert(*login, hand.signed_in(login).await);
        }
        let school = &cookies["wanghaifeng"];
        let mut needs = Vec::new();
        for submits in [false, true, false] {
            let begun = begin(&hand, school).await;
            let path = format!("needs/{}", begun["name"].as_str().unwrap());
            let file = hand.attach(school, begun["name"].as_str().unwrap(), "a.pdf", PDF).await.json();
            let need = if submits { act(&hand, school, &path, "submit").await } else { begun };
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            needs.push((text(&need["name"]), text(&file["id"])));
        }
        Self { cookies, needs }
    }
}

/// One secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    DraftExists,
    DraftTitle,
    DraftText,
    DraftFile,
    DraftWithdrawn,
    DraftsOfADistrict,
    Telephone,
    SubmittedNotForwarded,
    Reveal,
    RemarkOfAReturn,
    AccountExists,
    RolesOfAnAccount,
    MailOfAnAccount,
    PolicyDraftExists,
    PolicyDraftText,
    CycleInPreparation,
    MessagesRead,
    Session,
    Token,
    SecondFactor,
    FailedSignIn,
    ContactOfAnOrganisation,
}

/// Nobody, a school, a district, an office, a university, an expert.
const OUTSIDERS: &[&str] = &["", "guhuaijin", "niuchunxia", "zhaolixin", "linxiaozhou", "zhouqiming"];
/// The same, the bureau above and the lead office.
const ALL_BUT_ITS_UNIT: &[&str] = &["", "guhuaijin", "liwenjing", "niuchunxia", "zhangmin", "linxiaozhou"];
/// Whoever does not administer or audit.
const OF_ACCOUNTS: &[&str] = &["", "wanghaifeng", "liwenjing", "zhangmin", "linxiaozhou"];

impl Secret {
    pub(super) const ALL: &[Self] = &[
        Self::DraftExists,
        Self::DraftTitle,
        Self::DraftText,
        Self::DraftFile,
        Self::DraftWithdrawn,
        Self::DraftsOfADistrict,
        Self::Telephone,
        Self::SubmittedNotForwarded,
        Self::Reveal,
        Self::RemarkOfAReturn,
        Self::AccountExists,
        Self::RolesOfAnAccount,
        Self::MailOfAnAccount,
        Self::PolicyDraftExists,
        Self::PolicyDraftText,
        Self::CycleInPreparation,
        Self::MessagesRead,
        Self::Session,
        Self::Token,
        Self::SecondFactor,
        Self::FailedSignIn,
        Self::ContactOfAnOrganisation,
    ];

    /// Who must not know.
    pub(super) const fn blind(self) -> &'static [&'static str] {
        match self {
            Self::DraftExists
            | Self::DraftTitle
            | Self::DraftText
            | Self::DraftFile
            | Self::DraftWithdrawn
            | Self::DraftsOfADistrict => ALL_BUT_ITS_UNIT,
            Self::Telephone => &["", "liwenjing", "zhangmin", "zhaolixin", "heqing", "linxiaozhou"],
            Self::SubmittedNotForwarded => {
                &["", "guhuaijin", "niuchunxia", "zhangmin", "zhaolixin", "linxiaozhou"]
            }
            Self::Reveal | Self::RemarkOfAReturn => {
                &["", "guhuaijin", "niuchunxia", "zhangmin", "linxiaozhou"]
            }
            Self::AccountExists | Self::RolesOfAnAccount | Self::MailOfAnAccount => OF_ACCOUNTS,
            Self::PolicyDraftExists | Self::PolicyDraftText | Self::CycleInPreparation => OUTSIDERS,
            Self::MessagesRead => &["", "wanghaifeng", "zhangmin", "heqing", "wuxiao"],
            Self::Session | Self::Token | Self::SecondFactor | Self::FailedSignIn => {
                &["", "liwenjing", "zhangmin", "guhuaijin"]
            }
            Self::ContactOfAnOrganisation => &[""],
        }
    }

    /// Whether `login` may know it at `path`: who oversees the whole sees how many needs of a district are on
    /// their way, and nothing of them.
    pub(super) fn is_known_at(self, login: &str, path: &str) -> bool {
        let counts = path.ends_with("/filing") || path.ends_with("/progress");
        self == Self::SubmittedNotForwarded && login == "zhangmin" && counts
    }

    /// Somebody who sees it; nobody sees how often somebody guessed.
    pub(super) const fn entitled(self) -> Option<&'static str> {
        match self {
            Self::AccountExists
            | Self::RolesOfAnAccount
            | Self::MailOfAnAccount
            | Self::SecondFactor
            | Self::ContactOfAnOrganisation => Some("wuxiao"),
            Self::PolicyDraftExists | Self::PolicyDraftText | Self::CycleInPreparation => Some("zhangmin"),
            Self::MessagesRead => Some("liwenjing"),
            Self::FailedSignIn => None,
            _ => Some("wanghaifeng"),
        }
    }

    /// Makes the world differ; says whether it changed at all.
    pub(super) async fn tell(self, hand: &Hand, common: &Common, other: bool) -> bool {
        // These are told to both worlds in other words; all else happens in one only.
        let in_both = matches!(
            self,
            Self::DraftTitle
                | Self::DraftText
                | Self::Telephone
                | Self::RemarkOfAReturn
                | Self::RolesOfAnAccount
                | Self::MailOfAnAccount
                | Self::PolicyDraftText
                | Self::ContactOfAnOrganisation
        );
        if in_both || other {
            self.tell_of_needs(hand, common, other).await;
            self.tell_of_the_office(hand, common, other).await;
            self.tell_of_sessions(hand, common).await;
        }
        in_both || other
    }

    async fn tell_of_needs(self, hand: &Hand, common: &Common, other: bool) {
        let (school, district) = (&common.cookies["wanghaifeng"], &common.cookies["liwenjing"]);
        let path = |at: usize| format!("needs/{}", common.needs[at].0);
        match self {
            Self::DraftExists => drop(begin(hand, school).await),
            Self::DraftTitle => {
                let title = if other { "银杏树下的课" } else { "校园气象站与数据课" };
                save(hand, school, &path(0), NeedDraft { title: title.into(), ..need_draft() }).await;
            }
            Self::DraftText => {
                let goals =
                    if other { "银杏叶的标本墙。".repeat(20) } else { "建气象站。".to_owned() };
                save(hand, school, &path(0), NeedDraft { goals, ..need_draft() }).await;
            }
            Self::DraftFile => {
                done(hand.attach(school, &common.needs[0].0, "银杏.pdf", PDF).await, "file");
            }
            Self::DraftWithdrawn => drop(act(hand, school, &path(0), "withdraw").await),
            Self::DraftsOfADistrict => {
                for _ in 0..3 {
                    begin(hand, school).await;
                }
            }
            Self::Telephone => {
                let phone = if other { "13877776666" } else { "13800006666" };
                let draft = NeedDraft { contact_phone: phone.into(), ..need_draft() };
                save(hand, school, &path(2), draft).await;
                let sent = act(hand, school, &path(2), "submit").await;
                let path = format!("needs/{}", sent["name"].as_str().unwrap());
                act(hand, district, &path, "forward").await;
            }
            Self::SubmittedNotForwarded => drop(act(hand, school, &path(2), "submit").await),
            Self::Reveal => {
                let why = json!({ "reason": "约时间看场地" });
                post(hand, district, &format!("{}/reveal", path(1)), &why).await;
            }
            Self::RemarkOfAReturn => {
                let remark = if other { "银杏的数字不实" } else { "目标宜具体" };
                let body = json!({ "action": "return", "remark": remark });
                post_seen(hand, district, &path(1), &body).await;
            }
            _ => {}
        }
    }

    async fn tell_of_the_office(self, hand: &Hand, common: &Common, other: bool) {
        let (lead, admin) = (&common.cookies["zhangmin"], &common.cookies["wuxiao"]);
        let account = |org: &str, role: &str, mail: &str| json!({ "login": "newcomer", "name": "新来者", "org": org, "roles": [role], "mail": mail });
        match self {
            Self::AccountExists => {
                drop(post(hand, admin, "accounts", &account("yanliu", "need_unit", "")).await)
            }
            Self::RolesOfAnAccount => {
                let role = if other { "district_bureau" } else { "responsible_office" };
                post(hand, admin, "accounts", &account("lixia", role, "")).await;
            }
            Self::MailOfAnAccount => {
                let mail = if other { "one@example.org" } else { "another@example.org" };
                post(hand, admin, "accounts", &account("yanliu", "need_unit", mail)).await;
            }
            Self::PolicyDraftExists | Self::PolicyDraftText => {
                let text = if other { TEXT.replace("书架", "银杏书架") } else { TEXT.to_owned() };
                post(hand, lead, "policies", &json!({ "slug": "ginkgo", "text": text })).await;
            }
            Self::CycleInPreparation => {
                let cycle = json!({ "year": "2027", "title": "银杏专项", "policy": "jinan-2023-24",
                    "budget": "1", "opens": "2027-02-24 09:00", "units_end": "2027-03-20 17:00" });
                post(hand, lead, "cycles", &cycle).await;
            }
            Self::ContactOfAnOrganisation => {
                let phone = if other { "0531-66600001" } else { "0531-66600002" };
                let path = "/api/v1/organisations/yanliu";
                let version = hand.get(path, admin).await.etag().to_owned();
                let body = json!({ "slug": "yanliu", "kind": "school", "name": "燕柳小学", "parent": "lixia",
                    "contacts": [{ "name": "王海峰", "post": "contact", "phone": phone }] });
                done(hand.command("PUT", path, admin, &[("if-match", &version)], &body).await, path);
            }
            _ => {}
        }
    }

    async fn tell_of_sessions(self, hand: &Hand, common: &Common) {
        let school = &common.cookies["wanghaifeng"];
        match self {
            Self::MessagesRead => {
                let until = json!({ "until": "2026-03-11T00:00:00Z" });
                post(hand, &common.cookies["liwenjing"], "messages/read", &until).await;
            }
            Self::Session => drop(hand.signed_in("wanghaifeng").await),
            Self::Token => {
                let token = json!({ "name": "银杏", "scopes": ["read"] });
                post(hand, school, "me/tokens", &token).await;
            }
            Self::SecondFactor => second_factor(hand, school).await,
            Self::FailedSignIn => {
                let wrong = json!({ "login": "wanghaifeng", "password": format!("not {PASSWORD}") });
                assert_eq!(hand.command("POST", "/api/v1/session", "", &[], &wrong).await.status, 401);
            }
            _ => {}
        }
    }
}

async fn begin(hand: &Hand, cookie: &str) -> Value {
    post(hand, cookie, "needs", &json!({ "draft": need_draft() })).await.json()
}

async fn post(hand: &Hand, cookie: &str, path: &str, body: &Value) -> Answer {
    let key = Client::new_key().to_string();
    let path = format!("/api/v1/{path}");
    done(hand.command("POST", &path, cookie, &[("idempotency-key", &key)], body).await, &path)
}

/// An action on a need as it stands.
async fn post_seen(hand: &Hand, cookie: &str, need: &str, body: &Value) -> Value {
    let version = hand.get(&format!("/api/v1/{need}"), cookie).await.etag().to_owned();
    let (key, path) = (Client::new_key().to_string(), format!("/api/v1/{need}/actions"));
    let more = [("idempotency-key", key.as_str()), ("if-match", version.as_str())];
    done(hand.command("POST", &path, cookie, &more, body).await, &path).json()
}

async fn act(hand: &Hand, cookie: &str, need: &str, action: &str) -> Value {
    post_seen(hand, cookie, need, &json!({ "action": action })).await
}

async fn save(hand: &Hand, cookie: &str, need: &str, draft: NeedDraft) {
    let path = format!("/api/v1/{need}");
    let version = hand.get(&path, cookie).await.etag().to_owned();
    let path = format!("{path}/draft");
    done(hand.command("PUT", &path, cookie, &[("if-match", &version)], &json!(draft)).await, &path);
}

async fn second_factor(hand: &Hand, cookie: &str) {
    let setup = done(hand.command("POST", "/api/v1/me/totp", cookie, &[], &json!({})).await, "totp").json();
    let secret = totp_rs::Secret::try_from_base32(setup["secret"].as_str().unwrap()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = hand.get("/api/v1/me", cookie).await.json()["now"].as_str().unwrap().to_owned();
    let now: jiff::Timestamp = now.parse().unwrap();
    let code = totp.generate(u64::try_from(now.as_second()).unwrap()).to_string();
    done(hand.command("PUT", "/api/v1/me/totp", cookie, &[], &json!({ "code": code })).await, "totp");
}

fn done(answer: Answer, what: &str) -> Answer {
    assert!(answer.status < 300, "{what}: {} {}", answer.status, answer.text());
    answer
}
