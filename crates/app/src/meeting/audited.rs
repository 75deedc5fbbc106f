//! What of a meeting stands in the audit chain: all of it.

use crate::audited::Audited;
use ronghe_domain::audit::Subject;
use ronghe_domain::meeting::Meeting;
use serde_json::{Value, json};

/// A meeting with its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Convened<'a> {
    pub(crate) meeting: &'a Meeting,
    pub(crate) name: &'a str,
}

impl Audited for Convened<'_> {
    const SUBJECT: Subject = Subject::Meeting;

    fn record(&self) -> String {
        self.meeting.id.to_string()
    }

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn version(&self) -> i64 {
        self.meeting.version.0
    }

    fn snapshot(&self) -> Value {
        json!({
            "need": self.meeting.need,
            "no": self.meeting.no,
            "meeting": self.meeting.content,
            "org": self.meeting.org,
            "called_off": self.meeting.called_off,
        })
    }
}
