//! What comes over the wire, spoilt by chance that is the same in every run: whatever reads it neither stops
//! nor fails.

use super::hand::{Answer, Hand, encoded};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_client::Client;
use ronghe_domain::policy::PolicyDraft;
use ronghe_testkit::proofs::{Dice, READ, SPOILT};
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft};
use serde_json::{Map, Value, json};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Pieces that readers look for, and such as they do not expect.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "第九百九十九条",
    "（责任单位：",
    "）",
    "自2024年2月30日起施行，有效期",
    "〔2023〕",
    "99999999999999999999",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{3000}",
    "\r\n\r\n",
    "🙂",
    "、",
    "：",
    "“",
    "各区县教体局",
    "<w:p>",
    "&amp;",
    "&#0;",
    "]]>",
    "\t",
];

/// Words that lists are narrowed by, and such as they are not.
const WORDS: &[&str] = &[
    "",
    "\0",
    "%",
    "_",
    "'",
    "\"",
    "\\",
    "2026",
    "-1",
    "99999999999",
    "submitted",
    "draft,draft",
    "yanliu",
    "number",
    "1.00000000-0000-7000-8000-000000000000",
    "9223372036854775807.x",
    "1.",
    ".1",
    "气象",
    "🙂",
    "\u{202e}",
    "a b",
    "NULL",
    "*",
];

/// Whole text with some places changed.
fn spoilt_text(whole: &str, dice: &mut Dice) -> String {
    let mut text: Vec<char> = whole.chars().collect();
    for _ in 0..=dice.below(6) {
        let at = dice.below(text.len().max(1)).min(text.len());
        let to = (at + dice.below(40)).min(text.len());
        match dice.below(5) {
            0 => drop(text.drain(at..to)),
            1 => {
                let part: Vec<char> = text[at..to].to_vec();
                for _ in 0..=dice.below(4) {
                    text.splice(at..at, part.iter().copied());
                }
            }
            2 => text.truncate(at),
            _ => drop(text.splice(at..at, dice.one(PIECES).chars())),
        }
    }
    text.into_iter().collect()
}

/// Whole bytes with some of them changed.
fn spoilt_bytes(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes.truncate(at.max(8)),
            1 => bytes.insert(at, dice.roll().to_le_bytes()[0]),
            _ => bytes[at] = dice.roll().to_le_bytes()[0],
        }
    }
    bytes
}

/// A package with the text of some part changed, or some of its bytes.
fn spoilt_package(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    if dice.below(3) == 0 {
        return spoilt_bytes(whole, dice);
    }
    let mut from = ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = dice.below(from.len());
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if at == chosen || dice.below(6) == 0 {
            text = spoilt_text(&text, dice);
        }
        to.start_file(part.name().unwrap(), SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A value with some of what it holds changed: another type, another text, gone, twice.
fn spoilt_value(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|_| dice.below(30) > 0).collect::<Vec<_>>();
            let spoilt = kept.into_iter().map(|(name, value)| (name.clone(), spoilt_value(value, dice)));
            Value::Object(spoilt.collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| spoilt_value(item, dice)).collect();
            if dice.below(10) == 0 {
                items = items.iter().cycle().take(items.len() * 3).cloned().collect();
            }
            Value::Array(items)
        }
        _ if dice.below(60) == 0 => dice
            .one(&[json!(null), json!(-1), json!([]), json!({}), json!(1e300), json!(true), json!("x")])
            .clone(),
        Value::String(text) if dice.below(8) == 0 => json!(spoilt_text(text, dice)),
        other => other.clone(),
    }
}

/// Whoever brings what is spoilt.
struct Bearer {
    hand: Hand,
    cookie: String,
}

impl Bearer {
    async fn of(test: &TestApp, login: &str) -> Self {
        let hand = Hand::of(&test.app);
        Self { cookie: hand.entered(login).await, hand }
    }

    async fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let key = Client::new_key().to_string();
        let version = match path.strip_suffix("/draft") {
            Some(record) => self.hand.get(record, &self.cookie).await.etag().to_owned(),
            None => String::new(),
        };
        let more = [("idempotency-key", key.as_str()), ("if-match", version.as_str())];
        let answer = self.hand.command(method, path, &self.cookie, &more, body).await;
        assert_holds(&answer, &body.to_string());
        answer
    }
}

#[track_caller]
fn assert_holds(answer: &Answer, sent: &str) {
    assert!(answer.status < 500, "{answer:?} to {sent:.2000}");
    assert!(
        answer.status < 400 || answer.media() == "application/problem+json",
        "{answer:?} to {sent:.2000}"
    );
}

fn notice() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/data/notice.txt");
    std::fs::read_to_string(path).unwrap().lines().take(40).collect::<Vec<_>>().join("\n")
}

fn docx(text: &str) -> Vec<u8> {
    let paragraphs: String =
        text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let body = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"#
    );
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let roots = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", types), ("_rels/.rels", roots), ("word/document.xml", &body)]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in
        (0_u32..).zip([["账号", "姓名", "单位", "角色"], ["hanmei", "韩梅", "lixia", "区县教体局"]])
    {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

db_test!(documents_and_tables_are_read_or_refused, |db: TestDb| async move {
    let test = TestApp::start_unhurried(db).await;
    let (lead, admin) = (Bearer::of(&test, "zhangmin").await, Bearer::of(&test, "wuxiao").await);
    let (notice, mut dice) = (notice(), Dice::of(1));
    let short: String = notice.lines().take(12).collect::<Vec<_>>().join("\n");
    let (document, table) = (docx(&short), xlsx());
    let (mut read, mut refused) = (0, 0);
    for _ in 0..READ.least {
        let text = json!({ "text": spoilt_text(&notice, &mut dice) });
        let file = json!({ "file": STANDARD.encode(spoilt_package(&document, &mut dice)) });
        let rows = json!({ "file": STANDARD.encode(spoilt_package(&table, &mut dice)), "preview": true });
        let text = lead.send("POST", "/api/v1/policies", &text).await;
        let file = lead.send("POST", "/api/v1/policies", &file).await;
        let rows = admin.send("POST", "/api/v1/accounts/import", &rows).await;
        for answer in [text, file, rows] {
            if answer.status < 300 { read += 1 } else { refused += 1 }
        }
    }
    assert!(read > READ.least / 4 && refused > READ.least / 4, "{read} read, {refused} refused");
    READ.reached((read + refused) / 3);
});

db_test!(drafts_and_filters_hold_whatever_they_hold, |db: TestDb| async move {
    let test = TestApp::start_unhurried(db).await;
    let (school, lead) = (Bearer::of(&test, "wanghaifeng").await, Bearer::of(&test, "zhangmin").await);
    let (admin, auditor) = (Bearer::of(&test, "wuxiao").await, Bearer::of(&test, "heqing").await);
    let begun = school.send("POST", "/api/v1/needs", &json!({})).await.json();
    let need = format!("/api/v1/needs/{}/draft", begun["name"].as_str().unwrap());
    let imported =
        lead.send("POST", "/api/v1/policies", &json!({ "slug": "reading", "text": notice() })).await;
    let draft: PolicyDraft = serde_json::from_value(imported.json()["import"]["draft"].clone()).unwrap();
    let (typed, draft) = (json!(need_draft()), json!(draft));
    let mut dice = Dice::of(2);
    let (mut kept, mut sent) = (0, 0);
    for _ in 0..SPOILT.least {
        let saved = school.send("PUT", &need, &spoilt_value(&typed, &mut dice)).await;
        let corrected =
            lead.send("PUT", "/api/v1/policies/reading/draft", &spoilt_value(&draft, &mut dice)).await;
        kept += usize::from(saved.status == 200) + usize::from(corrected.status == 200);
        let lists = [
            (
                &school,
                "needs",
                ["q", "year", "state", "unit", "district", "measure", "sort", "after"].as_slice(),
            ),
            (&lead, "applications", &["q", "year", "state", "university", "sort", "after"]),
            (&school, "messages", &["after"]),
            (&lead, "policies", &["q", "status", "state"]),
            (&lead, "organisations", &["q", "kind", "parent", "after"]),
            (&lead, "measures", &["policy", "office", "q"]),
            (&admin, "accounts", &["q", "org", "role", "state", "after"]),
            (&admin, "mails", &["state", "after"]),
            (&auditor, "audit", &["q", "after"]),
        ];
        let (who, list, names) = dice.one(&lists);
        let some = 1 + dice.below(names.len());
        let query: Vec<String> = (0..some)
            .map(|_| {
                let name = *dice.one(names);
                format!("{name}={}", encoded(dice.one(WORDS)))
            })
            .collect();
        let path = format!("/api/v1/{list}?{}", query.join("&"));
        assert_holds(&who.hand.get(&path, &who.cookie).await, &path);
        sent += 1;
    }
    // Every word at least once in the one place where words meet the database.
    for word in WORDS {
        for list in ["needs", "policies", "accounts", "organisations", "measures", "audit"] {
            let path = format!("/api/v1/{list}?q={}", encoded(word));
            let who = if list == "accounts" { &admin } else { &auditor };
            assert_holds(&who.hand.get(&path, &who.cookie).await, &path);
        }
        for list in ["needs", "policies", "accounts", "organisations", "cycles"] {
            let path = format!("/api/v1/{list}/x{}", encoded(word));
            assert_holds(&admin.hand.get(&path, &admin.cookie).await, &path);
        }
    }
    assert!(kept > SPOILT.least / 4, "{kept} of the drafts were kept");
    SPOILT.reached(sent);
});
