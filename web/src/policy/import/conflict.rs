//! How a place of a document and what stands there are called where two people changed the same.

use super::rows::measure_name;
use ronghe_domain::policy::PolicyDraft;
use ronghe_text::{Lang, comma, field_label};
use serde_json::Value;

/// A place of the draft, such as 措施（四）：责任单位.
pub fn label(lang: Lang, draft: &PolicyDraft, path: &str) -> String {
    let field = field_label(lang, path);
    let measure = path.starts_with("sections[").then(|| measure_at(draft, path)).flatten();
    match measure {
        Some(measure) => format!("{}{}{field}", measure_name(lang, measure), lang.pick("：", ": ")),
        None => field,
    }
}

fn measure_at<'a>(
    draft: &'a PolicyDraft,
    path: &str,
) -> Option<&'a ronghe_domain::policy::draft::MeasureDraft> {
    let number = |after: &str| path.split_once(after)?.1.split_once(']')?.0.parse::<usize>().ok();
    draft.sections.get(number("sections[")?)?.measures.get(number("measures[")?)
}

/// A value in short, for choosing.
pub fn short(lang: Lang, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => lang.pick("是", "yes").to_owned(),
        Value::Bool(false) => lang.pick("不是", "no").to_owned(),
        Value::Array(rows) => rows.iter().map(|row| short(lang, row)).collect::<Vec<_>>().join(comma(lang)),
        // What was read, a unit, a measure: by what a person calls it.
        Value::Object(parts) => {
            match ["value", "name", "title", "code"].iter().find_map(|key| parts.get(*key)) {
                Some(known) => short(lang, known),
                None => parts.values().map(|part| short(lang, part)).collect::<Vec<_>>().join(" "),
            }
        }
        Value::Null => lang.pick("没有", "none").to_owned(),
        Value::Number(number) => number.to_string(),
    }
}
