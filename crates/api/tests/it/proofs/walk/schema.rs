//! Whether a value is what a schema of the document says, and values that are.

use ronghe_testkit::proofs::Dice;
use serde_json::{Map, Value, json};

/// How deep a made value goes into schemas that hold themselves.
const DEEPEST: usize = 6;

/// The schema that a reference stands for.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(reference) = schema["$ref"].as_str() else { return schema };
    let found = document.pointer(reference.trim_start_matches('#')).unwrap();
    resolved(document, found)
}

/// What does not conform, and where; nothing where all does.
pub(crate) fn fault(document: &Value, schema: &Value, value: &Value, place: &str) -> Option<String> {
    let schema = resolved(document, schema);
    let all = schema["allOf"].as_array().into_iter().flatten();
    if let Some(found) = all.map(|part| fault(document, part, value, place)).find_map(|it| it) {
        return Some(found);
    }
    for key in ["oneOf", "anyOf"] {
        let Some(parts) = schema[key].as_array() else { continue };
        if parts.iter().all(|part| fault(document, part, value, place).is_some()) {
            return Some(format!("{place}: {value} is none of {key}"));
        }
    }
    if let Some(known) = schema["enum"].as_array()
        && !known.contains(value)
    {
        return Some(format!("{place}: {value} is none of {known:?}"));
    }
    if !schema["type"].is_null() && !types(schema).iter().any(|name| is(name, value)) {
        return Some(format!("{place}: {value} is no {}", schema["type"]));
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| fault(document, &schema["items"], item, place)),
        Value::Object(fields) => of_object(document, schema, fields, place),
        _ => None,
    }
}

fn of_object(document: &Value, schema: &Value, fields: &Map<String, Value>, place: &str) -> Option<String> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(missing) = required.into_iter().find(|name| !fields.contains_key(*name)) {
        return Some(format!("{place}.{missing} is missing"));
    }
    fields.iter().find_map(|(name, value)| {
        fault(document, &schema["properties"][name], value, &format!("{place}.{name}"))
    })
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

/// A value that the schema allows.
pub(crate) fn made(document: &Value, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    let schema = resolved(document, schema);
    if let Some(known) = schema["enum"].as_array() {
        return dice.one(known).clone();
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(parts) = schema[key].as_array() {
            return made(document, dice.one(parts), dice, depth + 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            if let Value::Object(fields) = made(document, part, dice, depth + 1) {
                whole.extend(fields);
            }
        }
        return Value::Object(whole);
    }
    match types(schema).first().copied() {
        Some("object") => object(document, schema, dice, depth),
        Some("array") if depth > DEEPEST => json!([]),
        Some("array") => {
            let items = 0..dice.below(4);
            Value::Array(items.map(|_| made(document, &schema["items"], dice, depth + 1)).collect())
        }
        Some("integer" | "number") => dice.one(&[json!(0), json!(1), json!(2), json!(2026)]).clone(),
        Some("boolean") => json!(dice.below(2) == 0),
        Some("string") => json!(dice.one(WORDS)),
        _ => Value::Null,
    }
}

fn object(document: &Value, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut fields = Map::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if required.contains(&name.as_str()) || depth <= DEEPEST && dice.below(3) > 0 {
            fields.insert(name.clone(), made(document, property, dice, depth + 1));
        }
    }
    Value::Object(fields)
}

/// Words that some fields take: names, numbers, times, codes.
const WORDS: &[&str] = &[
    "",
    "校园气象站",
    "zhangmin",
    "lixia",
    "yanliu",
    "jinan-2023-24",
    "N2026-0001",
    "2026",
    "2027-03-20",
    "2027-03-20 17:00",
    "2026-03-10T00:00:00Z",
    "0531-00000001",
    "60,000.00",
    "someone@example.org",
    "JVBERi0xLjcKJSVFT0YK",
    "1.5",
];

#[test]
fn a_value_that_does_not_conform_is_found_out() {
    let document = json!({ "components": { "schemas": { "Row": {
        "type": "object", "required": ["name"],
        "properties": { "name": { "type": "string" }, "kind": { "enum": ["a", "b"] } } } } } });
    let rows = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Row" } });
    let check = |value: Value| fault(&document, &rows, &value, "it");
    assert_eq!(check(json!([{ "name": "x", "kind": "a" }])), None);
    assert_eq!(check(json!([{ "kind": "a" }])).unwrap(), "it.name is missing");
    assert!(check(json!([{ "name": 1 }])).unwrap().starts_with("it.name: 1 is no"));
    assert!(check(json!([{ "name": "x", "kind": "c" }])).unwrap().starts_with("it.kind"));
    assert!(check(json!({})).is_some());
}
