//! What a person still has to do, with the instant that reminders count from: asked of the functions that 待办 is
//! made by.

use crate::{App, Caller, Error, cycle, need, question, sign_off, task};
use ronghe_domain::account::Account;
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::{Cycle, CycleYear, Phase};
use ronghe_domain::kernel::{Instant, Role};
use ronghe_domain::message::reminder::Event;
use ronghe_domain::need::rules::files;
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};

/// One thing that is open, by the clock of its cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) event: Event,
    /// What a message names: a year, a number, the id of a round.
    pub(super) record: String,
    pub(super) cycle: Option<CycleYear>,
    pub(super) anchor: Instant,
    /// It lies under seal, or never left: its mail stays out of the outbox.
    pub(super) sealed: bool,
}

/// Opinions that are looked at.
const MOST: u64 = 500;

/// What of `events` the person has open.
pub(super) async fn open(app: &App, account: &Account, events: &BTreeSet<Event>) -> Result<Vec<Open>, Error> {
    let caller = Caller { actor: account.actor(), ..Caller::system(Via::System, "reminders") };
    let mut all = Vec::new();
    for task in task::list(app, &caller).await? {
        all.extend(of_task(app, &task).await?);
    }
    for cycle in cycle::opened(app).await? {
        match cycle.phase {
            Phase::CollectingNeeds => all.extend(unfiled(app, &caller, &cycle).await?),
            Phase::ScreeningNeeds => all.extend(opinions(app, &caller, &cycle).await?),
            Phase::AcceptingApplications => all.extend(answers(app, &caller, &cycle).await?),
            _ => {}
        }
    }
    if events.contains(&Event::SignatureWaits) {
        all.extend(signatures(app, &caller).await?);
    }
    all.retain(|one| events.contains(&one.event));
    // A unit with nothing and a draft of it are reminded of one year.
    let mut seen = BTreeSet::new();
    all.retain(|one| seen.insert((one.event, one.record.clone(), one.anchor)));
    Ok(all)
}

/// A task with an end of its own.
async fn of_task(app: &App, task: &task::Task) -> Result<Option<Open>, Error> {
    let cycle = task.year.as_deref().and_then(CycleYear::parse);
    let Some(event) = Event::of(task.kind) else { return Ok(None) };
    let (record, anchor) = match event {
        // Of drafts, and of needs that are folded, the year is enough.
        Event::FilingEnds | Event::ForwardingEnds => (task.year.clone(), task.deadline),
        Event::ReturnDue | Event::ApplicationsEnd | Event::CorrectionDue => {
            (task.record.clone(), task.deadline)
        }
        Event::ListWaits => (task.record.clone(), proposed(app, cycle).await?),
        // These are asked one by one: they are due, or began to wait, each at its own time.
        Event::OpinionsDue | Event::AnswersDue | Event::SignatureWaits => (None, None),
    };
    let sealed = event == Event::ApplicationsEnd;
    Ok(record.zip(anchor).map(|(record, anchor)| Open { event, record, cycle, anchor, sealed }))
}

/// When the newest list of a cycle was proposed.
async fn proposed(app: &App, year: Option<CycleYear>) -> Result<Option<Instant>, Error> {
    let cycles = cycle::opened(app).await?;
    let Some(cycle) = cycles.iter().find(|cycle| Some(cycle.year()) == year) else { return Ok(None) };
    let newest = store::need_list::of(app.db().reader(), cycle.id).await?.pop();
    Ok(newest.and_then(|list| list.proposal).map(|proposal| proposal.at))
}

/// The year of a unit that has submitted nothing, and of a bureau of which nothing has arrived.
async fn unfiled(app: &App, caller: &Caller, cycle: &Cycle) -> Result<Vec<Open>, Error> {
    let Some(org) = caller.actor.org().filter(|_| files(&caller.actor)) else { return Ok(Vec::new()) };
    let filing = need::filing_of(app, caller, cycle.id, org).await?;
    if filing.is_done() {
        return Ok(Vec::new());
    }
    let is_bureau = caller.actor.has(Role::DistrictBureau);
    let ends = &cycle.content.collecting;
    let (event, anchor) = match is_bureau {
        true => (Event::ForwardingEnds, ends.districts_end),
        false => (Event::FilingEnds, ends.units_end),
    };
    Ok(vec![Open { event, record: cycle.name(), cycle: Some(cycle.year()), anchor, sealed: false }])
}

/// The days by which an office is to give the opinions that it has not given.
async fn opinions(app: &App, caller: &Caller, cycle: &Cycle) -> Result<Vec<Open>, Error> {
    if !caller.actor.has(Role::ResponsibleOffice) {
        return Ok(Vec::new());
    }
    let found = need::opinions(app, caller, cycle.id, need::Which::Open, None, MOST).await?;
    let days: BTreeSet<Instant> = found.rows.iter().map(|(opinion, _)| opinion.due).collect();
    let one = |anchor| {
        let (event, record, cycle) = (Event::OpinionsDue, cycle.name(), Some(cycle.year()));
        Open { event, record, cycle, anchor, sealed: false }
    };
    Ok(days.into_iter().map(one).collect())
}

/// The needs with questions that the caller is to answer, each with the days by which.
async fn answers(app: &App, caller: &Caller, cycle: &Cycle) -> Result<Vec<Open>, Error> {
    if !files(&caller.actor) {
        return Ok(Vec::new());
    }
    let found = question::waiting(app, caller, cycle, false).await?;
    let days: BTreeSet<(String, Instant)> =
        found.into_iter().map(|(it, _)| (it.name.need.to_string(), it.question.due)).collect();
    let one = |(record, anchor)| {
        let (event, cycle) = (Event::AnswersDue, Some(cycle.year()));
        Open { event, record, cycle, anchor, sealed: false }
    };
    Ok(days.into_iter().map(one).collect())
}

/// Rounds that wait for the person's own signature, each since it came to them.
async fn signatures(app: &App, caller: &Caller) -> Result<Vec<Open>, Error> {
    let (mine, _) = sign_off::waiting(app, caller).await?;
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let cycles: BTreeMap<_, _> =
        cycle::opened(app).await?.into_iter().map(|cycle| (cycle.id, cycle)).collect();
    let mut all = Vec::new();
    for round in mine {
        let cycle = match sign_off::cycle_of_subject(app, caller, round.subject).await? {
            Some(id) => cycles.get(&id),
            None => None,
        };
        let since = round.signatures.last().map_or(round.asked_at, |signature| signature.at);
        all.push(Open {
            event: Event::SignatureWaits,
            record: round.id.to_string(),
            cycle: cycle.map(|cycle| cycle.year()),
            // Rounds are kept by the server's clock.
            anchor: cycle.map_or(since, |cycle| cycle.now(since)),
            sealed: round.sealed,
        });
    }
    Ok(all)
}
