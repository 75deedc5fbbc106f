//! Questions that wait for an answer: of one's own unit, and those that are overdue, for the lead office.

use super::Task;
use crate::{App, Caller, Error, question};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::question::{Scope, rules};
use ronghe_domain::task::Kind;

/// What the caller is to answer in `current`, or to see answered.
pub(super) async fn questions(app: &App, caller: &Caller, current: &Cycle) -> Result<Option<Task>, Error> {
    let Some(scope) = rules::answers(&caller.actor) else { return Ok(None) };
    if current.phase != Phase::AcceptingApplications {
        return Ok(None);
    }
    let chases = scope == Scope::All;
    let mut found = question::waiting(app, caller, current, chases).await?;
    // Once applications are closed nobody can answer any more.
    found.retain(|(shown, _)| {
        shown.offers.iter().any(|offer| offer.barred.is_none() && is_answer(offer.action))
    });
    let Some((first, row)) = found.first() else { return Ok(None) };
    let is_one = found.iter().all(|(_, other)| other.id == row.id);
    Ok(Some(Task {
        kind: if chases { Kind::ChaseQuestions } else { Kind::AnswerQuestions },
        count: u64::try_from(found.len()).unwrap_or(u64::MAX),
        record: is_one.then(|| row.name().to_string()),
        year: Some(current.name()),
        title: if is_one { row.title.clone() } else { String::new() },
        from: Vec::new(),
        deadline: Some(first.question.due),
    }))
}

const fn is_answer(action: rules::Action) -> bool {
    matches!(action, rules::Action::Answer)
}
