//! What a stateful walk knows of the world: names that stand for something, versions, and bodies that hold.

use crate::proofs::hand::{Hand, Operation};
use ronghe_client::Client;
use ronghe_domain::policy::PolicyDraft;
use ronghe_testkit::proofs::Dice;
use ronghe_testkit::{PASSWORD, need_draft};
use serde_json::{Value, json};

const TEXT: &str = "某市教育局关于校园阅读的通知\n某教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处）\n某市教育局\n2025年2月20日";

/// What is known for one request.
pub(crate) struct Known {
    /// Values of the address's parameters.
    pub(crate) names: Vec<(&'static str, String)>,
    /// The version that the record has now.
    pub(crate) version: String,
    /// A body that holds, where one is known.
    pub(crate) body: Option<Value>,
}

impl Known {
    pub(crate) async fn found(
        hand: &Hand,
        operation: &Operation,
        login: &str,
        cookie: &str,
        dice: &mut Dice,
    ) -> Self {
        let mut names = names(&operation.path, dice);
        let own = own(hand, operation, cookie).await;
        names.extend(own);
        // Later ones, which are the caller's own, stand before those that hold for everybody.
        names.reverse();
        let record = operation.path.rsplit_once('/').map_or("", |(record, _)| record);
        let version = match record.contains('{') || operation.method == "PUT" {
            true => {
                let of = if record.contains('{') { record } else { &operation.path };
                hand.get(&filled(of, &names), cookie).await.etag().to_owned()
            }
            false => String::new(),
        };
        Self { names, version, body: body(&operation.name, login, dice) }
    }
}

/// An address with its parameters filled in.
pub(crate) fn filled(path: &str, names: &[(&'static str, String)]) -> String {
    let mut path = path.to_owned();
    for (name, value) in names {
        path = path.replacen(&format!("{{{name}}}"), &crate::proofs::hand::encoded(value), 1);
    }
    path
}

/// Names that stand for something, whoever asks.
fn names(path: &str, dice: &mut Dice) -> Vec<(&'static str, String)> {
    let slugs: &[&str] = match path.split('/').nth(3) {
        Some("policies") => &["jinan-2023-24", "reading"],
        _ => &["yanliu", "hubin", "lixia", "sdnu"],
    };
    vec![
        ("slug", (*dice.one(slugs)).to_owned()),
        ("year", (*dice.one(&["2026", "2027"])).to_owned()),
        ("name", (*dice.one(&["N2026-0001", "N2026-0002", "N2026-0030"])).to_owned()),
        ("login", (*dice.one(&["fengyutong", "newcomer", "niuchunxia"])).to_owned()),
        ("seq", "1".to_owned()),
        ("edition", "v1".to_owned()),
        ("code", "no-such-code".to_owned()),
        ("language", "zh".to_owned()),
        ("id", "00000000-0000-7000-8000-000000000000".to_owned()),
    ]
}

/// Names of what is the caller's own, from the lists that they see.
async fn own(hand: &Hand, operation: &Operation, cookie: &str) -> Vec<(&'static str, String)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut found = Vec::new();
    if operation.path.contains("/needs/{name}") {
        let needs = hand.get("/api/v1/needs?sort=changed", cookie).await.json();
        let mut rows: Vec<Value> = needs["items"].as_array().cloned().unwrap_or_default();
        // One's own draft can be saved, submitted, and given files.
        rows.sort_by_key(|row| row["state"] != "draft");
        let need = rows.into_iter().next().unwrap_or_default();
        found.extend(text(&need["name"]).map(|name| ("name", name)));
        if operation.path.contains("{id}")
            && let Some(name) = text(&need["name"])
        {
            let whole = hand.get(&format!("/api/v1/needs/{name}"), cookie).await.json();
            let file = whole["attachments"][0]["id"].clone();
            found.extend(text(&file).map(|id| ("id", id)));
        }
    }
    for (part, list) in [
        ("/account-requests/", "/account-requests"),
        ("/mails/", "/mails"),
        ("/sessions/", "/me/sessions"),
        ("/tokens/", "/me/tokens"),
        ("/reminders/", "/reminders"),
        ("/views/", "/views"),
        ("/exports/", "/exports"),
    ] {
        if operation.path.contains(part) {
            let rows = hand.get(&format!("/api/v1{list}"), cookie).await.json();
            let row = if rows.is_array() { rows[0].clone() } else { rows["items"][0].clone() };
            found.extend(text(&row["id"]).map(|id| ("id", id)));
        }
    }
    found
}

/// A body that the operation takes, as a person would send it.
pub(crate) fn body(operation: &str, login: &str, dice: &mut Dice) -> Option<Value> {
    let new = Client::new_key().simple().to_string();
    let account = json!({ "login": format!("a{}", &new[..12]), "name": "新来者", "org": "lixia",
        "roles": ["district_bureau"] });
    let cycle = json!({ "year": dice.one(&["2027", "2028", "2029"]), "title": "专项", "policy": "jinan-2023-24",
        "budget": "1", "opens": "2027-02-24 09:00", "units_end": "2027-03-20 17:00" });
    Some(match operation {
        "sign_in" => json!({ "login": login, "password": PASSWORD }),
        "enter_demo" => json!({ "login": "linxiaozhou" }),
        "prove" => json!({ "word": PASSWORD }),
        "make_token" => json!({ "name": "夜间导出", "scopes": ["read"] }),
        "import_policy" => json!({ "slug": dice.one(&[Some("reading"), None]), "text": TEXT }),
        "correct_policy" => serde_json::to_value(PolicyDraft::default()).unwrap(),
        "act_on_policy" => json!({ "action": dice.one(&["discard", "publish"]) }),
        "create_organisation" => {
            json!({ "slug": format!("o{}", &new[..12]), "kind": "school", "name": format!("{new}小学"), "parent": "lixia" })
        }
        "change_organisation" => {
            json!({ "slug": "yanliu", "kind": "school", "name": "燕柳小学", "parent": "lixia" })
        }
        "create_account" => account,
        "act_on_account" => {
            json!({ "action": dice.one(&["invite", "reset", "disable", "enable", "reject"]) })
        }
        "ask_for_accounts" => {
            json!({ "people": [{ "name": "周远", "mail": format!("{}@uni.example", &new[..12]) }] })
        }
        "ask_for_account" => json!({ "name": "周远", "mail": format!("{}@uni.example", &new[..12]) }),
        "act_on_account_request" => {
            json!({ "action": dice.one(&["decline", "take_back"]), "reason": "不是本校的人" })
        }
        "create_cycle" | "change_cycle" => cycle,
        "act_on_cycle" => {
            json!({ "action": "extend", "end": "units", "until": "2026-03-22 17:00", "reason": "系统维护" })
        }
        "start_need" => json!({ "draft": need_draft() }),
        "ask_question" => json!({ "question": "可以先到学校看场地吗？" }),
        "act_on_question" => json!({ "action": dice.one(&["answer", "correct"]), "answer": "可以。" }),
        "start_application" => json!({ "need": "N2026-0001" }),
        "save_application" => json!({ "title": "驻校支持" }),
        "act_on_application" => json!({ "action": dice.one(&["submit", "withdraw", "reopen", "accept"]) }),
        "invite_members" => json!({ "members": [{ "login": "linxiaozhou", "duty": "lead" }], "awaited": [
            { "name": "周远", "mail": "zhou@uni.example", "duty": "signatory" },
        ] }),
        "save_need" => serde_json::to_value(need_draft()).unwrap(),
        "act_on_need" => {
            json!({ "action": dice.one(&["submit", "forward", "return", "withdraw"]), "remark": "改" })
        }
        "forward_needs" => json!({ "needs": ["N2026-0001"], "skip_refused": true }),
        "judge_need" => {
            json!({ "action": dice.one(&["enlist", "decline", "merge", "reopen"]), "why": "too_vague", "into": "N2026-0002" })
        }
        "judge_needs" => {
            json!({ "needs": ["N2026-0001"], "verdict": { "action": "enlist" }, "skip_refused": true })
        }
        "ask_opinions" => json!({ "needs": ["N2026-0001"], "skip_refused": true }),
        "give_unit_opinion" => json!({ "stance": dice.one(&["willing", "opposed"]), "reason": "时间排不开" }),
        "give_opinion" => json!({ "stance": dice.one(&["support", "oppose"]), "reason": "范围宜再小些" }),
        "compose_need_list" => json!({ "order": ["N2026-0002"] }),
        "act_on_need_list" => {
            json!({ "action": dice.one(&["propose", "approve", "return", "publish"]), "reason": "改" })
        }
        "remind_offices" | "remind_units" => json!({}),
        "set_chain" => json!({ "steps": [{ "post": "分管局长", "signers": ["renguangyi"] }] }),
        "act_on_sign_off" => json!({ "action": dice.one(&["sign", "recall"]) }),
        "rank_needs" => json!({ "order": ["N2026-0001"] }),
        "add_reminder" | "set_reminder" => {
            let days = dice.one(&["4", "9", "33"]);
            json!({ "event": "opinions_due", "days": days, "unit": "days", "side": "after", "active": true })
        }
        "set_mail_template" => json!({ "words": { "subject": "{what}", "body": "{link}" } }),
        "set_mail_choices" => json!({ "off": ["cycle_opened"], "language": "zh" }),
        "save_view" | "change_view" => {
            json!({ "list": "needs", "name": &new[..12], "filters": { "state": "draft" }, "shared": false })
        }
        "ask_export" => json!({ "form": dice.one(&["xlsx", "csv"]), "filters": { "state": "draft" } }),
        "note_paper" => json!({ "sheets": "2" }),
        "reveal_need" | "reveal_organisation" => json!({ "reason": "核对经费预算" }),
        "change_password" => json!({ "current": PASSWORD, "password": PASSWORD }),
        "read_messages" => json!({ "until": "2026-03-10T00:00:00Z" }),
        "start_totp" | "verify_chain" | "resend_mail" | "ask_sign_off" | "report_zero" | "carry_need" => {
            json!({})
        }
        _ => return None,
    })
}
