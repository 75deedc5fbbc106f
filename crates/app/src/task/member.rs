//! Sections of applications that the caller was invited to.

use super::Task;
use crate::{App, Caller, Error, application};
use ronghe_domain::application::State;
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::Role;
use ronghe_domain::task::Kind;

/// The applications in `current` of which the caller writes sections that are not done, each until it can be handed in.
pub(super) async fn sections(app: &App, caller: &Caller, current: &Cycle) -> Result<Vec<Task>, Error> {
    if !caller.actor.has(Role::University)
        || !matches!(current.phase, Phase::AcceptingApplications | Phase::Reviewing)
    {
        return Ok(Vec::new());
    }
    let open = application::unfinished(app, caller, current).await?.into_iter();
    let task = |(row, deadline): (ronghe_domain::application::Row, _)| Task {
        kind: match row.state {
            State::ReturnedForCorrection => Kind::CorrectSections,
            _ => Kind::WriteSections,
        },
        count: 1,
        record: Some(row.name().to_string()),
        year: Some(current.name()),
        title: row.title,
        from: Vec::new(),
        deadline,
    };
    Ok(open.map(task).collect())
}
