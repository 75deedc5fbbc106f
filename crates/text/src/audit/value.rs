//! What a value of an event says, in the reader's language: states, phases, reasons, instants; ids say nothing.

use crate::format::instant;
use crate::{
    Lang, account_request_state, account_state, application_section, application_state, cycle_end,
    decline_reason, flaw, list_state, meeting_state, need_field, need_state, phase, policy_state,
    question_state, role, ruling, sign_off_state, stance, unit_stance,
};
use ronghe_domain::audit::Subject;
use ronghe_domain::kernel::Instant;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// A value of an event on `subject`; nothing where it says nothing to a reader.
#[must_use]
pub fn event_value(lang: Lang, subject: Subject, value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(lang.pick("无", "none").to_owned()),
        Value::Bool(true) => Some(lang.pick("是", "yes").to_owned()),
        Value::Bool(false) => Some(lang.pick("否", "no").to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if Uuid::parse_str(text).is_ok() => None,
        Value::String(text) => Some(text_value(lang, subject, text)),
        Value::Array(items) if items.is_empty() => Some(lang.pick("无", "none").to_owned()),
        Value::Array(items) => joined(lang, subject, items.iter(), lang.pick("、", ", ")),
        Value::Object(fields) => joined(lang, subject, fields.values(), lang.pick("，", ", ")),
    }
}

/// What the parts say that say something.
fn joined<'a>(
    lang: Lang,
    subject: Subject,
    parts: impl Iterator<Item = &'a Value>,
    separator: &str,
) -> Option<String> {
    let said: Vec<String> = parts
        .filter(|part| !part.is_null() && part.as_str() != Some(""))
        .filter_map(|part| event_value(lang, subject, part))
        .collect();
    (!said.is_empty()).then(|| said.join(separator))
}

fn text_value(lang: Lang, subject: Subject, text: &str) -> String {
    if let Ok(at) = text.parse::<Instant>() {
        return instant(lang, at);
    }
    let known = state_of(lang, subject, text).or_else(|| word(lang, text));
    known.map_or_else(|| text.to_owned(), ToOwned::to_owned)
}

/// The same word is another state of another record.
fn state_of(lang: Lang, subject: Subject, text: &str) -> Option<&'static str> {
    match subject {
        Subject::Need => read(text).map(|it| need_state(lang, it)),
        Subject::Application => read(text).map(|it| application_state(lang, it)),
        Subject::Account => read(text).map(|it| account_state(lang, it)),
        Subject::AccountRequest => read(text).map(|it| account_request_state(lang, it)),
        Subject::Policy => read(text).map(|it| policy_state(lang, it)),
        Subject::Cycle => read(text).map(|it| phase(lang, it)),
        Subject::NeedList => read(text).map(|it| list_state(lang, it)),
        Subject::Question => read(text).map(|it| question_state(lang, it)),
        Subject::Meeting => read(text).map(|it| meeting_state(lang, it)),
        Subject::SignOff => read(text).map(|it| sign_off_state(lang, it)),
        Subject::Opinion => read(text).map(|it| stance(lang, it)),
        Subject::UnitOpinion => read(text).map(|it| unit_stance(lang, it)),
        _ => None,
    }
}

/// Words that mean the same wherever they stand.
fn word(lang: Lang, text: &str) -> Option<&'static str> {
    read(text)
        .map(|it| role(lang, it))
        .or_else(|| read(text).map(|it| ruling(lang, it)))
        .or_else(|| read(text).map(|it| decline_reason(lang, it)))
        .or_else(|| read(text).map(|it| flaw(lang, it)))
        .or_else(|| read(text).map(|it| application_section(lang, it)))
        .or_else(|| read(text).map(|it| need_field(lang, it)))
        .or_else(|| read(text).map(|it| cycle_end(lang, it)))
        .or_else(|| read(text).map(|it| phase(lang, it)))
        .or_else(|| read(text).map(|it| need_state(lang, it)))
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::String(text.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::event_value;
    use crate::Lang;
    use ronghe_domain::application::State as ApplicationState;
    use ronghe_domain::audit::Subject;
    use ronghe_domain::cycle::Phase;
    use ronghe_domain::kernel::Role;
    use ronghe_domain::need::{Ruling, State as NeedState, Why};
    use serde::Serialize;
    use serde_json::json;

    #[test]
    fn what_is_left_empty_leaves_no_gap() {
        let returned =
            json!({"why": "经费不合理", "corrections": [{"section": "x", "remark": ""}], "until": null});
        let said = event_value(Lang::Zh, Subject::Application, &returned).unwrap();
        assert!(said.contains("经费不合理") && !said.contains("，，") && !said.ends_with('，'), "{said}");
    }

    /// No word of the code stands in what a Chinese reader reads.
    fn check<T: Serialize + Copy>(subject: Subject, all: &[T]) {
        for one in all {
            let value = serde_json::to_value(one).unwrap();
            let said = event_value(Lang::Zh, subject, &value).unwrap();
            assert!(!said.contains(|c: char| c.is_ascii_lowercase()), "{value} is said as {said}");
            let english = event_value(Lang::En, subject, &value).unwrap();
            assert!(!english.contains('_') && !english.is_empty(), "{value} is said as {english}");
        }
    }

    #[test]
    fn words_of_the_code_are_said_in_words() {
        check(Subject::Need, &NeedState::ALL);
        check(Subject::Application, &ApplicationState::ALL);
        check(Subject::Cycle, &Phase::ALL);
        check(Subject::Account, &Role::ALL);
        check(Subject::Verdict, &Ruling::ALL);
        check(Subject::Verdict, &Why::ALL);
    }

    #[test]
    fn instants_are_those_of_jinan_and_ids_say_nothing() {
        let said = |value| event_value(Lang::Zh, Subject::Need, &value);
        let at = crate::instant(Lang::Zh, "2026-03-27T09:00:00Z".parse().unwrap());
        assert_eq!(said(json!("2026-03-27T09:00:00Z")), Some(at));
        assert_eq!(said(json!("019a0000-0000-7000-8000-000000000001")), None);
        let merged = json!({ "ruling": "merged", "into": "019a0000-0000-7000-8000-000000000001" });
        assert!(said(merged).is_some_and(|said| !said.contains("019a")));
        assert_eq!(said(json!([])).as_deref(), Some("无"));
        assert_eq!(
            said(json!({ "from": "collecting_needs", "reason": "补收" })).as_deref(),
            Some("征集需求，补收")
        );
        assert_eq!(said(json!("书法社团")).as_deref(), Some("书法社团"));
    }
}
