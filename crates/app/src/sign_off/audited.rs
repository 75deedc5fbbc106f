//! What of chains, rounds, summaries and seals stands in the audit chain.

use crate::audited::Audited;
use ronghe_domain::audit::Subject;
use ronghe_domain::need::{Name, Ranking, Summary};
use ronghe_domain::sign_off::{Chain, Round, Seal, Sheet, code};
use serde_json::{Value, json};

impl Audited for Chain {
    const SUBJECT: Subject = Subject::Chain;

    /// An organisation has one for each kind of document.
    fn record(&self) -> String {
        format!("{}/{}", self.org, self.kind.name())
    }

    fn name(&self) -> String {
        self.kind.name().to_owned()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({ "org": self.org, "kind": self.kind, "steps": self.steps })
    }
}

impl Audited for Round {
    const SUBJECT: Subject = Subject::SignOff;

    fn record(&self) -> String {
        self.id.to_string()
    }

    /// Drafts stand outside the chain, and so does what they are called.
    fn name(&self) -> String {
        match Name::parse(&self.name) {
            Some(Name::Draft(_)) => String::new(),
            Some(Name::Number(_)) | None => self.name.clone(),
        }
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({
            "org": self.org,
            "kind": self.subject.kind,
            "subject": self.subject.id,
            "hash": self.hash,
            "code": code(&self.hash),
            "steps": self.steps,
            "preparers": self.preparers,
            "signatures": self.signatures,
            "state": self.state,
            "ended": self.ended,
        })
    }
}

impl Audited for Ranking {
    const SUBJECT: Subject = Subject::Ranking;

    /// A district has one in each cycle.
    fn record(&self) -> String {
        format!("{}/{}", self.cycle, self.district)
    }

    fn name(&self) -> String {
        String::new()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({ "order": self.order, "by": self.by })
    }
}

impl Audited for Summary {
    const SUBJECT: Subject = Subject::Summary;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        format!("v{}", self.seq)
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({
            "cycle": self.cycle,
            "district": self.district,
            "seq": self.seq,
            "listed_needs": self.lines,
            "state": self.state,
            "issued_at": self.issued_at,
        })
    }
}

impl Audited for Seal {
    const SUBJECT: Subject = Subject::Seal;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        code(&self.hash)
    }

    /// It never changes.
    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        json!({
            "kind": self.subject.kind,
            "subject": self.subject.id,
            "hash": self.hash,
            "file": self.file,
        })
    }
}

impl Audited for Sheet {
    const SUBJECT: Subject = Subject::Paper;

    /// A record has one.
    fn record(&self) -> String {
        format!("{}/{}", self.subject.kind.name(), self.subject.id)
    }

    fn name(&self) -> String {
        self.subject.kind.name().to_owned()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({ "sheets": self.asked, "received": self.received })
    }
}
