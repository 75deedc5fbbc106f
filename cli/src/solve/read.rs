//! Problems as JSON, taken apart field by field; what does not hold is named by its path, all of it at once.

use crate::exit::Failure;
use ronghe_domain::kernel::FieldProblem;
use ronghe_text::{Lang, colon, field_problem};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Takes a problem apart and notes what does not hold.
pub(super) struct Reader {
    lang: Lang,
    faults: Vec<String>,
}

impl Reader {
    pub(super) const fn new(lang: Lang) -> Self {
        Self { lang, faults: Vec::new() }
    }

    pub(super) const fn lang(&self) -> Lang {
        self.lang
    }

    /// `answer`, unless something does not hold.
    pub(super) fn done<T>(self, answer: T) -> Result<T, Failure> {
        if self.faults.is_empty() {
            return Ok(answer);
        }
        Err(Failure::Yours {
            message: self.lang.pick("问题里有不符的内容", "the problem does not hold").to_owned(),
            details: self.faults,
            hint: Some("docs/reference/solve.md".to_owned()),
        })
    }

    pub(super) fn fault(&mut self, path: &str, words: &str) {
        self.faults.push(format!("{path}{}{words}", colon(self.lang)));
    }

    pub(super) fn problem(&mut self, path: &str, problem: &FieldProblem) {
        let words = field_problem(self.lang, problem);
        self.fault(path, &words);
    }

    /// An object that holds no other keys than `known`.
    pub(super) fn object<'v>(
        &mut self,
        path: &str,
        value: &'v Value,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Value::Object(map) = value else {
            let words = self.lang.pick("应为对象 {…}", "must be an object {…}");
            self.fault(path, words);
            return None;
        };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let nearest = known.iter().map(|&key| key.to_owned()).collect();
            let at = if path == TOP { key.clone() } else { format!("{path}.{key}") };
            self.problem(&at, &FieldProblem::Unknown { got: key.clone(), nearest });
        }
        Some(map)
    }

    /// A list, with the path of each of its values; nothing where it is absent.
    pub(super) fn list<'v>(&mut self, path: &str, value: Option<&'v Value>) -> Vec<(String, &'v Value)> {
        match value {
            None => Vec::new(),
            Some(Value::Array(values)) => {
                values.iter().enumerate().map(|(at, value)| (format!("{path}[{at}]"), value)).collect()
            }
            Some(_) => {
                let words = self.lang.pick("应为列表 […]", "must be a list […]");
                self.fault(path, words);
                Vec::new()
            }
        }
    }

    /// A list that must hold something.
    pub(super) fn needed<'v>(&mut self, path: &str, value: Option<&'v Value>) -> Vec<(String, &'v Value)> {
        let before = self.faults.len();
        let list = self.list(path, value);
        if list.is_empty() && self.faults.len() == before {
            self.problem(path, &FieldProblem::Required);
        }
        list
    }

    /// A text; empty where it is absent.
    pub(super) fn text<'v>(&mut self, path: &str, value: Option<&'v Value>) -> &'v str {
        match value {
            None => "",
            Some(Value::String(text)) => text,
            Some(_) => {
                let words = self.lang.pick("应为带引号的文字", "must be a text in quotes");
                self.fault(path, words);
                ""
            }
        }
    }

    /// Texts of a list.
    pub(super) fn texts<'v>(&mut self, path: &str, value: Option<&'v Value>) -> Vec<(String, &'v str)> {
        let list = self.list(path, value);
        list.into_iter()
            .map(|(path, value)| {
                let text = self.text(&path, Some(value));
                (path, text)
            })
            .collect()
    }

    /// A whole number from 0 to `max`; `default` where it is absent.
    pub(super) fn number(&mut self, path: &str, value: Option<&Value>, default: u16, max: u16) -> u16 {
        let Some(value) = value else { return default };
        let read = value.as_u64().and_then(|number| u16::try_from(number).ok()).filter(|it| *it <= max);
        if read.is_none() {
            let got = value.to_string();
            self.problem(path, &FieldProblem::NotANumber { min: 0, max: i64::from(max), got });
        }
        read.unwrap_or(default)
    }

    /// The id of something; no two of a list have the same.
    pub(super) fn id(&mut self, path: &str, value: Option<&Value>, seen: &mut BTreeSet<String>) -> String {
        let path = format!("{path}.id");
        let before = self.faults.len();
        let id = self.text(&path, value).to_owned();
        if id.is_empty() && self.faults.len() == before {
            self.problem(&path, &FieldProblem::Required);
        } else if !id.is_empty() && !seen.insert(id.clone()) {
            self.problem(&path, &FieldProblem::Twice { got: id.clone() });
        }
        id
    }

    /// Where a problem says what it is, it must be the one that is asked for.
    pub(super) fn kind(&mut self, value: Option<&Value>, expected: &str) {
        let got = self.text("problem", value).to_owned();
        if value.is_some_and(Value::is_string) && got != expected {
            self.problem("problem", &FieldProblem::Unknown { got, nearest: vec![expected.to_owned()] });
        }
    }
}

/// What the problem as a whole is called.
pub(super) const TOP: &str = "JSON";
