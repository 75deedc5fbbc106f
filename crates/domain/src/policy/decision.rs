//! Decisions that keep a document in force or let another take its place: date, number and paper.

use super::{DecisionPaper, Policy, Renewal, Supersession, rules};
use crate::kernel::field::{day, needed};
use crate::kernel::{AccountId, Date, FieldError, FieldProblem, PolicyId};

/// A renewal as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenewalDraft {
    pub date: String,
    pub number: String,
    pub paper: String,
    /// First day of the new term.
    pub from: String,
    /// Last day; empty for without end.
    pub last_day: String,
}

/// A supersession as typed; the successor is looked up by the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupersessionDraft {
    pub date: String,
    pub number: String,
    pub paper: String,
    /// First day on which the document no longer holds.
    pub from: String,
}

impl RenewalDraft {
    /// Checks everything at once. A renewal does not begin before the document does.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, policy: &Policy, by: AccountId) -> Result<Renewal, Vec<FieldError>> {
        let mut errors = Vec::new();
        let decision = paper(&mut errors, &self.date, &self.number, &self.paper);
        let from = day(&mut errors, "from", &self.from);
        let last_day = match self.last_day.trim() {
            "" => None,
            text => day(&mut errors, "last_day", text),
        };
        if let (Some(from), Some(last)) = (from, last_day)
            && last < from
        {
            errors.push(FieldError::new("last_day", FieldProblem::Before { other: "from".into() }));
        }
        let begins = policy.published.as_ref().map(|published| published.content.effective_from);
        if let (Some(from), Some(begins)) = (from, begins)
            && from < begins
        {
            errors.push(FieldError::new("from", FieldProblem::Before { other: "effective_from".into() }));
        }
        match (decision, from) {
            (Some(decision), Some(from)) if errors.is_empty() => Ok(Renewal { decision, from, last_day, by }),
            _ => Err(errors),
        }
    }

    /// The term that follows on the running one, as a proposal: from the day after its last.
    #[must_use]
    pub fn next_day(policy: &Policy) -> Option<Date> {
        rules::last_day(policy)?.tomorrow().ok()
    }
}

impl SupersessionDraft {
    /// Checks everything at once.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, successor: Option<PolicyId>, by: AccountId) -> Result<Supersession, Vec<FieldError>> {
        let mut errors = Vec::new();
        let decision = paper(&mut errors, &self.date, &self.number, &self.paper);
        let from = day(&mut errors, "from", &self.from);
        match (decision, from) {
            (Some(decision), Some(from)) if errors.is_empty() => {
                Ok(Supersession { decision, from, successor, by })
            }
            _ => Err(errors),
        }
    }
}

fn paper(errors: &mut Vec<FieldError>, date: &str, number: &str, paper: &str) -> Option<DecisionPaper> {
    let before = errors.len();
    let date = day(errors, "date", date);
    let number = needed(errors, "number", number, 60);
    let paper = needed(errors, "paper", paper, 300);
    match date {
        Some(date) if errors.len() == before => Some(DecisionPaper { date, number, paper }),
        _ => None,
    }
}
