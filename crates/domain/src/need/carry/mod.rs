//! 结转: a need that no university took up goes on into the cycle that collects needs, as a draft of its unit.

use super::rules::{Refusal, own_end};
use super::{Need, NeedDraft};
use crate::cycle::{Cycle, Phase};
use crate::kernel::Instant;

/// Whether a need can be carried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onward {
    /// No cycle collects needs.
    Nowhere,
    /// Into a cycle that its unit submits to until just before this instant, by the clock of the need's own cycle.
    Until(Instant),
    /// It was: once only.
    Carried,
}

/// The newest cycle that collects needs, other than the need's own: real ones follow on real ones, rehearsals on
/// rehearsals.
#[must_use]
pub fn target<'a>(need: &Need, cycles: impl Iterator<Item = &'a Cycle>) -> Option<&'a Cycle> {
    let follows = |it: &&Cycle| {
        it.phase == Phase::CollectingNeeds
            && it.id != need.cycle
            && it.rehearsal.is_some() == need.year.is_rehearsal()
    };
    cycles.filter(follows).max_by_key(|it| it.year())
}

/// How `need` of the cycle `from` goes on into `target`.
#[must_use]
pub fn onward(need: &Need, from: &Cycle, target: Option<&Cycle>, carried: bool) -> Onward {
    match target {
        _ if carried => Onward::Carried,
        None => Onward::Nowhere,
        Some(target) => {
            let end = own_end(need.is_of_district(), &target.content.collecting);
            Onward::Until(from.now(target.clock().real(end)))
        }
    }
}

impl Onward {
    /// Whether it can be carried on now, by the clock of the need's own cycle.
    ///
    /// # Errors
    /// The reason why not.
    pub fn check(self, now: Instant) -> Result<(), Refusal> {
        match self {
            Self::Nowhere => Err(Refusal::NothingCollects),
            Self::Carried => Err(Refusal::AlreadyCarried),
            Self::Until(closed) if closed <= now => Err(Refusal::Ended { closed }),
            Self::Until(_) => Ok(()),
        }
    }
}

/// What it goes on with: all that was submitted. Running numbers of another policy name other measures.
#[must_use]
pub fn draft(need: &Need, from: &Cycle, target: &Cycle) -> NeedDraft {
    let mut draft = need.draft.clone();
    if from.content.policy != target.content.policy {
        draft.measures.clear();
    }
    draft
}
