//! Requests as the document allows them, and spoilt in one way each.

use super::known::{Known, filled};
use super::schema::made;
use crate::proofs::hand::{FILE, Operation, PDF, encoded};
use ronghe_client::Client;
use ronghe_testkit::proofs::Dice;
use serde_json::{Value, json};

/// How a request is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoilt {
    /// Not at all, as far as is known.
    Not,
    /// Not by its schema.
    Allowed,
    Types,
    Missing,
    Huge,
    Empty,
    Deep,
    Control,
    UnknownWord,
    UnknownName,
    Query,
    Media,
    Keyless,
    Version,
    NoJson,
}

impl Spoilt {
    pub(crate) const ALL: &[Self] = &[
        Self::Not,
        Self::Allowed,
        Self::Types,
        Self::Missing,
        Self::Huge,
        Self::Empty,
        Self::Deep,
        Self::Control,
        Self::UnknownWord,
        Self::UnknownName,
        Self::Query,
        Self::Media,
        Self::Keyless,
        Self::Version,
        Self::NoJson,
    ];
}

/// A request to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn made(
        document: &Value,
        operation: &Operation,
        known: &Known,
        how: Spoilt,
        dice: &mut Dice,
    ) -> Self {
        let mut path = match how {
            Spoilt::UnknownName => filled(&operation.path, &wrong_names(dice)),
            _ => filled(&operation.path, &known.names),
        };
        path.push_str(&query(operation, how, dice));
        let mut headers =
            vec![("idempotency-key", Client::new_key().to_string()), ("if-match", known.version.clone())];
        if takes_file(operation) {
            headers.push(("content-type", FILE.to_owned()));
        }
        match how {
            Spoilt::Media => headers.push((
                "content-type",
                (*dice.one(&["text/plain", "", "multipart/form-data; boundary=x", "application/xml"]))
                    .to_owned(),
            )),
            Spoilt::Keyless => {
                headers[0].1 = (*dice.one(&["", "short", "\u{1}"])).replace('\u{1}', &"k".repeat(200))
            }
            Spoilt::Version => {
                headers[1].1 = (*dice.one(&[
                    "",
                    "v",
                    "\"v99\"",
                    "\"v-1\"",
                    "\"v9223372036854775807\"",
                    "*",
                    "W/\"v1\"",
                ]))
                .to_owned();
            }
            _ => {}
        }
        Self { path, headers, body: body(document, operation, known, how, dice) }
    }
}

/// Names that stand for nothing.
fn wrong_names(dice: &mut Dice) -> Vec<(&'static str, String)> {
    let long = "x".repeat(3000);
    let wrong = [
        "0",
        "-1",
        "..",
        "draft-",
        "draft-0",
        "N2026-99999999999",
        "N99999-1",
        "null",
        "\0",
        "' OR 1=1 --",
        "气象站",
        "%ff",
        " ",
        &long,
    ];
    ["slug", "year", "name", "login", "seq", "code", "id"]
        .map(|name| (name, (*dice.one(&wrong)).to_owned()))
        .to_vec()
}

/// Whether its body is a file.
fn takes_file(operation: &Operation) -> bool {
    operation.described["requestBody"]["content"].get(FILE).is_some()
}

fn query(operation: &Operation, how: Spoilt, dice: &mut Dice) -> String {
    if takes_file(operation) && !matches!(how, Spoilt::Missing | Spoilt::Query | Spoilt::Control) {
        return "?name=a.pdf".to_owned();
    }
    let parameters = operation.described["parameters"].as_array().into_iter().flatten();
    let asked: Vec<&str> =
        parameters.filter(|it| it["in"] == "query").filter_map(|it| it["name"].as_str()).collect();
    if asked.is_empty() {
        return if how == Spoilt::Query { "?no=such&word".to_owned() } else { String::new() };
    }
    let words: &[&str] = match how {
        Spoilt::Not => return String::new(),
        Spoilt::Query | Spoilt::Control => &[
            "\0",
            "%ff",
            "x.y",
            "-1",
            "9223372036854775808.0",
            "1.00000000-0000-7000-8000-000000000000",
            "'",
            "%",
            "_",
            "\\",
            "2026,2026",
            ",,,",
        ],
        _ => {
            &["", "气象", "2026", "submitted,forwarded", "yanliu", "1", "number", "school", "draft", "active"]
        }
    };
    let mut pairs = Vec::new();
    for name in &asked {
        if dice.below(2) == 0 {
            pairs.push(format!("{name}={}", encoded(dice.one(words))));
        }
    }
    if how == Spoilt::Query {
        pairs.push(format!("{0}=a&{0}=%ff", dice.one(&asked)));
    }
    format!("?{}", pairs.join("&"))
}

fn body(document: &Value, operation: &Operation, known: &Known, how: Spoilt, dice: &mut Dice) -> Vec<u8> {
    if takes_file(operation) {
        return match how {
            Spoilt::Empty => Vec::new(),
            Spoilt::Huge => b"%PDF-".repeat(400_000),
            Spoilt::Types | Spoilt::NoJson => dice.one(&[&b"MZ"[..], b"{}", b"PK\x03\x04"]).to_vec(),
            _ => PDF.to_vec(),
        };
    }
    let schema = &operation.described["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_null() {
        return Vec::new();
    }
    let allowed = made(document, schema, dice, 0);
    let held = known.body.clone().unwrap_or_else(|| allowed.clone());
    let mut value = if how == Spoilt::Allowed { allowed } else { held };
    let text = match how {
        Spoilt::NoJson => {
            return (*dice.one(&[
                &b"{"[..],
                b"",
                b"null",
                b"[]",
                b"\"x\"",
                b"{\"a\":1,}",
                b"\xff\xfe",
                b"{\"a\":1e999}",
                b"\xef\xbb\xbf{}",
            ]))
            .to_vec();
        }
        Spoilt::Empty => return b"{}".to_vec(),
        Spoilt::Deep => format!("{}1{}", "[".repeat(5000), "]".repeat(5000)),
        Spoilt::Types => spoil(&mut value, dice, |_, dice| {
            dice.one(&[
                json!(1),
                json!(null),
                json!([]),
                json!({}),
                json!(-1.5),
                json!("x"),
                json!(true),
                json!(u64::MAX),
            ])
            .clone()
        }),
        Spoilt::Huge => spoil(&mut value, dice, |it, _| match it {
            Value::Array(items) => Value::Array(
                items.iter().cycle().take(if items.is_empty() { 0 } else { 2000 }).cloned().collect(),
            ),
            Value::Number(_) => json!(9_000_000_000_000_000_000_i64),
            _ => json!("长".repeat(60_000)),
        }),
        Spoilt::Control => spoil(&mut value, dice, |it, dice| match it {
            Value::String(_) => json!(dice.one(&[
                "\0",
                "a\0b",
                "\u{1b}[31m",
                "\u{202e}gnp.exe",
                "\r\nSet-Cookie: a=b",
                "\u{feff}",
                "\u{ffff}"
            ])),
            other => other.clone(),
        }),
        Spoilt::UnknownWord => spoil(&mut value, dice, |it, _| match it {
            Value::String(_) => json!("no_such_word"),
            Value::Array(_) => json!(["no_such_word"]),
            other => other.clone(),
        }),
        Spoilt::Missing => {
            if let Value::Object(fields) = &mut value
                && let Some(name) = fields.keys().nth(dice.below(fields.len())).cloned()
            {
                fields.remove(&name);
            }
            value.to_string()
        }
        _ => value.to_string(),
    };
    text.into_bytes()
}

/// Changes some of the values, at least one where there are any.
fn spoil(value: &mut Value, dice: &mut Dice, with: impl Fn(&Value, &mut Dice) -> Value + Copy) -> String {
    let sure = match value {
        Value::Object(fields) => dice.below(fields.len()),
        _ => 0,
    };
    if let Value::Object(fields) = value {
        for (at, field) in fields.values_mut().enumerate() {
            if at == sure || dice.below(4) == 0 {
                *field = with(field, dice);
            }
            if let Value::Object(_) = field {
                spoil(field, dice, with);
            }
        }
    }
    value.to_string()
}
