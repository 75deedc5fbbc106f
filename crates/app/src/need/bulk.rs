//! Forwarding many needs at once: all of them, or none.

use super::district::hand_up;
use super::{Act, Way, carry_out, lock, measures, moved};
use crate::error::Attempt;
use crate::unit::Tx;
use crate::{App, Caller, Error, Refusal, Register};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{CycleId, FieldProblem};
use ronghe_domain::need::district::summary::State as Stands;
use ronghe_domain::need::rules::Measures;
use ronghe_domain::need::{Action, Name, Need, Summary};
use std::collections::{BTreeMap, BTreeSet};

/// On which needs something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// Numbers, as they are shown.
    pub names: Vec<String>,
    /// Only says what would happen.
    pub dry_run: bool,
    /// Leaves out what is refused, instead of doing nothing.
    pub skip_refused: bool,
}

/// A need on which it cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// As it was asked for.
    pub name: String,
    /// `None` where there is no such need for the caller.
    pub why: Option<Refusal>,
    /// What was attempted, for the audit chain.
    pub attempt: Option<Attempt>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// Whether anything was written.
    pub done: bool,
    pub needs: Vec<Need>,
    pub refused: Vec<Refused>,
    /// The versions of the district's summary that were made: of each cycle one. Where it waits for signatures, its
    /// needs have not left.
    pub summaries: Vec<Summary>,
}

/// Most needs that are named in one go.
const MOST: usize = 500;

impl Bulk {
    /// Refuses more than may be named in one go.
    pub(super) fn check(&self) -> Result<(), Error> {
        let (max, got) = (MOST, self.names.len());
        if got > max { Err(Error::field("needs", FieldProblem::TooLong { max, got })) } else { Ok(()) }
    }
}

/// Forwards needs in one transaction. Nothing is written where one is refused and none may be left out; what
/// was refused is kept in the chain by a transaction of its own.
///
/// # Errors
/// Where the database does not answer.
pub async fn forward(app: &App, caller: &Caller, bulk: &Bulk) -> Result<Forwarded, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    bulk.check()?;
    let measures = measures(app, &caller.actor).await?;
    let register = app.register().await?;
    let write = app.write(caller, |tx: Tx| {
        let (measures, register) = (measures.clone(), register.clone());
        async move {
            let Tried { moves, cycles, refused } = tried(&tx, caller, bulk, &measures, &register).await?;
            let done = !bulk.dry_run && (refused.is_empty() || bulk.skip_refused);
            let summaries = match done && !moves.is_empty() {
                true => handed(app, &tx, caller, &cycles, &moves).await?,
                false => Vec::new(),
            };
            let needs = kept(app, &tx, caller, done, (moves, &cycles), &summaries).await?;
            Ok(Forwarded { done, needs, refused, summaries })
        }
    });
    let done = write.await?;
    // A trial run attempts nothing.
    if !bulk.dry_run {
        app.keep_refusals(caller, attempts(&done.refused)).await?;
    }
    Ok(done)
}

/// What of many needs can leave, and what cannot.
struct Tried {
    /// Each before and after.
    moves: Vec<(Need, Need)>,
    cycles: BTreeMap<CycleId, Cycle>,
    refused: Vec<Refused>,
}

/// Looks at each need by itself, those before it counted in.
async fn tried(
    tx: &Tx,
    caller: &Caller,
    bulk: &Bulk,
    measures: &Measures,
    register: &Register,
) -> Result<Tried, Error> {
    let mut moves: Vec<(Need, Need)> = Vec::new();
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    let mut cycles: BTreeMap<CycleId, Cycle> = BTreeMap::new();
    for (name, parsed) in names(bulk) {
        let found = match parsed {
            Some(parsed) => lock(tx, caller, parsed, measures).await,
            None => Err(Error::Hidden),
        };
        // A number and the name of the draft that it was lead to the same need.
        if found.as_ref().is_ok_and(|(_, need)| !seen.insert(need.id)) {
            continue;
        }
        // A district's cap counts those before it in the same go.
        let after = match &found {
            Ok((cycle, before)) => {
                let like =
                    |(it, _): &&(Need, Need)| it.cycle == before.cycle && it.district == before.district;
                let ahead = u64::try_from(moves.iter().filter(like).count()).unwrap_or(u64::MAX);
                // Whether the bureau's chain has signed is asked of all of them together.
                let way = Way { ahead, is_signed: true };
                let after = moved(tx, caller, before, cycle, register, &Act::Forward, way).await;
                after.map(|after| (cycle.clone(), after.need))
            }
            Err(_) => Err(Error::Hidden),
        };
        match (found, after) {
            (Ok((_, before)), Ok((cycle, after))) => {
                cycles.insert(cycle.id, cycle);
                moves.push((before, after));
            }
            (Err(Error::Hidden) | Ok(_), Err(Error::Hidden)) => {
                refused.push(Refused { name, why: None, attempt: None })
            }
            (Ok(_), Err(Error::Refused(why))) => {
                refused.push(Refused { name, why: Some(why.refusal), attempt: why.attempt });
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        }
    }
    Ok(Tried { moves, cycles, refused })
}

/// Writes what leaves at once, and gives the needs as they stand then; what waits for signatures stays.
async fn kept(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    done: bool,
    (moves, cycles): (Vec<(Need, Need)>, &BTreeMap<CycleId, Cycle>),
    summaries: &[Summary],
) -> Result<Vec<Need>, Error> {
    let waits = |need: &Need| {
        let of = |it: &&Summary| it.cycle == need.cycle && Some(it.district) == need.district;
        summaries.iter().find(of).is_some_and(|it| it.state == Stands::Signing)
    };
    let mut needs = Vec::with_capacity(moves.len());
    for (before, after) in moves {
        if waits(&before) {
            needs.push(before);
            continue;
        }
        if let Some(cycle) = cycles.get(&before.cycle).filter(|_| done) {
            carry_out(app, tx, caller, cycle, (&before, &after), Action::Forward).await?;
        }
        needs.push(after);
    }
    Ok(needs)
}

/// The summaries by which these needs leave: one for each cycle.
async fn handed(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    cycles: &BTreeMap<CycleId, Cycle>,
    moves: &[(Need, Need)],
) -> Result<Vec<Summary>, Error> {
    let mut summaries = Vec::with_capacity(cycles.len());
    for cycle in cycles.values() {
        let here = moves.iter().filter(|(before, _)| before.cycle == cycle.id);
        let leaving: Vec<&Need> = here.map(|(_, after)| after).collect();
        let Some(district) = leaving.first().and_then(|need| need.district) else { continue };
        summaries.push(hand_up(app, tx, caller, cycle, district, &leaving).await?);
    }
    Ok(summaries)
}

/// What was attempted on needs that were refused.
pub(super) fn attempts(refused: &[Refused]) -> impl Iterator<Item = (&Attempt, &Refusal)> {
    refused.iter().filter_map(|it| Some((it.attempt.as_ref()?, it.why.as_ref()?)))
}

/// Each once, in order, however it is written: as it was typed, and what it names.
pub(super) fn names(bulk: &Bulk) -> Vec<(String, Option<Name>)> {
    let mut names: Vec<(String, Option<Name>)> = Vec::new();
    for typed in bulk.names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let parsed = Name::parse(typed);
        let like = |(name, of): &(String, Option<Name>)| match parsed {
            Some(_) => *of == parsed,
            None => name == typed,
        };
        if !names.iter().any(like) {
            names.push((typed.to_owned(), parsed));
        }
    }
    names
}
