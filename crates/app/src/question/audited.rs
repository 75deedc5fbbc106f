//! What of a question stands in the audit chain: everything but who asked.

use crate::audited::Audited;
use ronghe_domain::audit::Subject;
use ronghe_domain::question::Question;
use serde_json::{Value, json};

/// A question with its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Posed<'a> {
    pub(crate) question: &'a Question,
    pub(crate) name: &'a str,
}

impl Audited for Posed<'_> {
    const SUBJECT: Subject = Subject::Question;

    fn record(&self) -> String {
        self.question.id.to_string()
    }

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn version(&self) -> i64 {
        self.question.version.0
    }

    /// The asker stands in it as a keyed hash alone.
    fn snapshot(&self) -> Value {
        json!({
            "need": self.question.need,
            "no": self.question.no,
            "question": self.question.text,
            "asked_at": self.question.asked_at,
            "answer_due": self.question.due,
            "mark": self.question.asker.mark,
            "answers": self.question.answers,
            "taken_back": self.question.taken_back,
        })
    }
}
