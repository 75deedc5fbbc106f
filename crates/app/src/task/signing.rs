//! What waits for the caller's signature, and what they wait for others to sign.

use super::{MOST, Task};
use crate::{App, Caller, Error, application, need};
use ronghe_domain::application::rules::{Facts as Known, turn as whose};
use ronghe_domain::application::{Row as ApplicationRow, State as Stands};
use ronghe_domain::kernel::{Instant, NeedId};
use ronghe_domain::need::rules::{self, Facts, turn};
use ronghe_domain::sign_off::{Kind as Leaves, Round};
use ronghe_domain::task::Kind;
use ronghe_store as store;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Until when what is being signed can leave, by the server's clock, whatever its cycle runs by.
pub(super) async fn signed_by(
    app: &App,
    caller: &Caller,
    rounds: impl Iterator<Item = &Round>,
) -> Result<BTreeMap<Uuid, Instant>, Error> {
    let (needs, others): (Vec<&Round>, Vec<&Round>) =
        rounds.partition(|round| round.subject.kind == Leaves::Need);
    let mut due = BTreeMap::new();
    if needs.is_empty() && others.is_empty() {
        return Ok(due);
    }
    let register = app.register().await?;
    let scope = rules::scope(&caller.actor, &need::measures(app, &caller.actor).await?);
    let ids = needs.iter().map(|round| NeedId(round.subject.id));
    for row in store::need::rows(app.db().reader(), &scope, ids).await? {
        let closes = register.cycle(row.cycle).and_then(|cycle| {
            let closes = turn(&row, &Facts::of(cycle), app.now()).1?;
            Some(cycle.clock().real(closes))
        });
        due.extend(closes.map(|closes| (row.id.0, closes)));
    }
    if others.iter().any(|round| round.subject.kind == Leaves::Application) {
        due.extend(applications_due(app, caller).await?);
    }
    for round in others.iter().filter(|round| round.subject.kind == Leaves::DistrictSummary) {
        let cycle = need::cycle_of_summary(app, caller, round.subject).await?;
        let ends = register.cycle(cycle);
        let ends = ends.map(|cycle| cycle.clock().real(cycle.content.collecting.districts_end));
        due.extend(ends.map(|ends| (round.subject.id, ends)));
    }
    Ok(due)
}

/// Until when applications of the caller's university that are being signed can leave, by the server's clock.
async fn applications_due(app: &App, caller: &Caller) -> Result<Vec<(Uuid, Instant)>, Error> {
    let states = vec![Stands::Signing, Stands::ReturnedForCorrection];
    let filter = application::Filter { states, limit: MOST, ..application::Filter::default() };
    let (rows, _) = application::list(app, caller, &filter).await?;
    let register = app.register().await?;
    let due = |row: &ApplicationRow| {
        let cycle = register.cycle(row.cycle)?;
        let closes = whose(row.state, row.until, &Known::of(cycle), app.now()).1?;
        Some((row.id.0, cycle.clock().real(closes)))
    };
    Ok(rows.iter().filter_map(due).collect())
}

/// What waits for the caller's own signature, each by itself; and what they wait for others to sign, folded.
pub(super) fn signatures(mine: &[Round], others: &[Round], due: &BTreeMap<Uuid, Instant>) -> Vec<Task> {
    let task = |kind, count, record, title, deadline| Task {
        kind,
        count,
        record,
        year: None,
        title,
        from: Vec::new(),
        deadline,
    };
    let mut tasks: Vec<Task> = mine
        .iter()
        .map(|round| {
            let until = due.get(&round.subject.id).copied();
            task(Kind::Sign, 1, Some(round.id.to_string()), round.title.clone(), until)
        })
        .collect();
    if let Some(first) = others.first() {
        let count = u64::try_from(others.len()).unwrap_or(u64::MAX);
        let title = if count == 1 { first.title.clone() } else { String::new() };
        let record = (count == 1).then(|| first.id.to_string());
        let until = others.iter().filter_map(|round| due.get(&round.subject.id)).min().copied();
        tasks.push(task(Kind::WithSigners, count, record, title, until));
    }
    tasks
}
