//! What two worlds say, without what chance made in each of them.

use serde_json::{Map, Value};

/// Letters from which on a word without a blank is made by chance: ids, hashes, codes, how a page goes on.
const CHANCE: usize = 24;

/// An answer without what is made by chance in every world, and without which of those who are told of one thing at one
/// moment comes first: of a list that is cut only how much there is.
pub(crate) fn plain(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(value) => json(value).to_string(),
        Err(_) => words(text),
    }
}

fn json(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(words(&text)),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(json).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(members) => Value::Object(object(members)),
        plain => plain,
    }
}

fn object(members: Map<String, Value>) -> Map<String, Value> {
    let total = members.get("total").and_then(Value::as_u64);
    let is_cut = |items: &Value| {
        let there = items.as_array().and_then(|items| u64::try_from(items.len()).ok());
        there.zip(total).is_some_and(|(there, total)| there < total)
    };
    let of = |(name, value): (String, Value)| {
        let value = if is_cut(&value) { Value::Null } else { json(value) };
        (words(&name), value)
    };
    members.into_iter().map(of).collect()
}

fn words(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        out.push_str(if is_word(first) && part.len() >= CHANCE { "#" } else { part });
        rest = after;
    }
    out
}
