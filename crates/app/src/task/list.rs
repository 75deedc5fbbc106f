//! What waits for the caller about need lists.

use super::{Task, undecided};
use crate::{App, Caller, Error, cycle};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::Role;
use ronghe_domain::need::State as NeedState;
use ronghe_domain::need_list::rules::{self, Facts};
use ronghe_domain::need_list::{Action, Edition, NeedList, State};
use ronghe_domain::task::Kind;
use ronghe_store as store;

/// Lists to compose, to approve, to publish; and the one that the leading group has.
pub(super) async fn lists(app: &App, caller: &Caller) -> Result<Vec<Task>, Error> {
    let (composes, approves) = (caller.actor.has(Role::LeadOffice), caller.actor.has(Role::LeadingGroup));
    let mut tasks = Vec::new();
    if !composes && !approves {
        return Ok(tasks);
    }
    for current in cycle::opened(app).await? {
        if !matches!(current.phase, Phase::ScreeningNeeds | Phase::AcceptingApplications) {
            continue;
        }
        let newest = store::need_list::of(app.db().reader(), current.id).await?.pop();
        let kind = match &newest {
            Some(list) if approves && answers(app, caller, &current, list).await? => Some(Kind::ApproveList),
            Some(list) if composes => of_lead(list),
            None if composes && is_ready(app, caller, &current).await? => Some(Kind::ComposeList),
            Some(_) | None => None,
        };
        // The first version is due with 遴选, a later one when it is ready.
        let is_first = newest.as_ref().is_none_or(|list| list.no == 1);
        let edition = Edition(newest.map_or(1, |list| list.no));
        tasks.extend(kind.map(|kind| Task {
            kind,
            count: 1,
            record: Some(format!("{}/{edition}", current.name())),
            year: Some(current.name()),
            title: String::new(),
            from: Vec::new(),
            deadline: is_first.then(|| current.content.screening_end()),
        }));
    }
    Ok(tasks)
}

const fn of_lead(list: &NeedList) -> Option<Kind> {
    match list.state {
        State::Draft => Some(Kind::ComposeList),
        State::Proposed => Some(Kind::WithLeadingGroup),
        State::Approved => Some(Kind::PublishList),
        State::Published => None,
    }
}

/// Whether the list waits for the caller's seat.
async fn answers(app: &App, caller: &Caller, cycle: &Cycle, list: &NeedList) -> Result<bool, Error> {
    let (Some(account), State::Proposed) = (caller.actor.account(), list.state) else { return Ok(false) };
    let post = store::account::get(app.db().reader(), account).await?.post;
    let facts = Facts { phase: cycle.phase, barring: 0, post: &post };
    Ok(rules::decide(&caller.actor, list, facts, Action::Return).is_ok())
}

/// Whether every need in 遴选 has its verdict, and there are some.
async fn is_ready(app: &App, caller: &Caller, cycle: &Cycle) -> Result<bool, Error> {
    if cycle.phase != Phase::ScreeningNeeds || undecided(app, caller, cycle).await?.1 > 0 {
        return Ok(false);
    }
    let some = crate::need::Filter {
        cycle: Some(cycle.id),
        states: vec![NeedState::Screening],
        limit: 1,
        ..crate::need::Filter::default()
    };
    Ok(!crate::need::list(app, caller, &some).await?.0.is_empty())
}
