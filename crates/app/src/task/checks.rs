//! Applications that the lead office decides on: for it what to do, for their universities what to wait for.

use super::{Task, of_application};
use crate::{App, Caller, Error, application};
use ronghe_domain::application::{Row, State};
use ronghe_domain::cycle::Cycle;
use ronghe_domain::task::Kind;

/// What the caller's university has handed in and the lead office has not decided on: under seal, to be checked, or
/// `late` with what was to be corrected.
pub(super) async fn unchecked(
    app: &App,
    caller: &Caller,
    current: &Cycle,
    late: &[&Row],
) -> Result<Option<Task>, Error> {
    let filter = application::Filter {
        cycle: Some(current.id),
        states: vec![State::Submitted, State::FormalCheck],
        university: caller.actor.org(),
        sort: application::Sort::Number,
        limit: 1,
        ..application::Filter::default()
    };
    let (rows, total) = application::list(app, caller, &filter).await?;
    let total = total + u64::try_from(late.len()).map_err(Error::internal)?;
    let first = rows.first().or(late.first().copied());
    Ok(first.map(|first| folded_applications(Kind::WithChecker, current, first, total)))
}

/// What the lead office decides on: those whose seals are opened, and those whose day of correction has passed.
pub(super) async fn checks(app: &App, caller: &Caller, current: &Cycle) -> Result<Vec<Task>, Error> {
    let now = current.now(app.now());
    let mut tasks = Vec::new();
    for (kind, state) in
        [(Kind::CheckApplications, State::FormalCheck), (Kind::DecideOverdue, State::ReturnedForCorrection)]
    {
        let filter = application::Filter {
            cycle: Some(current.id),
            states: vec![state],
            overdue: (state == State::ReturnedForCorrection).then_some(now),
            sort: application::Sort::Number,
            limit: 1,
            ..application::Filter::default()
        };
        let (rows, total) = application::list(app, caller, &filter).await?;
        let Some(first) = rows.first() else { continue };
        tasks.push(folded_applications(kind, current, first, total));
    }
    Ok(tasks)
}

/// So many as one; a single one keeps its own name.
fn folded_applications(kind: Kind, current: &Cycle, first: &Row, total: u64) -> Task {
    let one = of_application(kind, current, first, None);
    if total == 1 { one } else { Task { count: total, record: None, title: String::new(), ..one } }
}
