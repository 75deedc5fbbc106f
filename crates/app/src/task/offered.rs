//! Applications for needs of the caller's unit that wait for its opinion.

use super::{MOST, Task};
use crate::{App, Caller, Error, application};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::need::rules::files;
use ronghe_domain::task::Kind;

/// What the caller's unit is to say its opinion on in `current`, until the reviews are planned to end.
pub(super) async fn opinions(app: &App, caller: &Caller, current: &Cycle) -> Result<Option<Task>, Error> {
    if !files(&caller.actor) || !matches!(current.phase, Phase::AcceptingApplications | Phase::Reviewing) {
        return Ok(None);
    }
    let (rows, total) = application::waiting(app, caller, current, MOST).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let register = app.register().await?;
    let mut from: Vec<String> = Vec::new();
    for name in rows.iter().filter_map(|row| register.org(row.university)).map(|org| &org.name) {
        if !from.contains(name) {
            from.push(name.clone());
        }
    }
    let single = total == 1;
    Ok(Some(Task {
        kind: Kind::GiveUnitOpinions,
        count: total,
        record: single.then(|| first.name().to_string()),
        year: Some(current.name()),
        title: if single { first.title.clone() } else { String::new() },
        from,
        deadline: current.content.closes(Phase::Reviewing),
    }))
}
