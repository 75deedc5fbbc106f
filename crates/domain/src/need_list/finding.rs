//! What a list still lacks, and what is to be known before it is proposed.

use super::compose::{Source, fates, is_outdated};
use super::{ChangeKind, NeedList, State as ListState};
use crate::cycle::Seat;
use crate::cycle::approval::{Approval, Body, Step};
use crate::kernel::{AccountId, NeedId};
use crate::need::{Outcome, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something that the check of a list finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ListFinding))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// So many needs in 遴选 have no verdict.
    Undecided { count: u32 },
    /// So many opinions that were asked for have not come by their day.
    OverdueOpinions { count: u32 },
    /// No need stands on it.
    Empty,
    /// Verdicts have changed since it was composed.
    Outdated,
    /// A later version says why it is made.
    NoReason,
    /// So many needs are taken out without a reason.
    RemovedWithoutReason { count: u32 },
    /// So many needs would be merged into one that is not on the list then.
    MergedIntoUnlisted { count: u32 },
    /// It changes nothing of the version before, and decides on no other need.
    NothingChanged,
    /// Nobody of the leading group has the post of this seat.
    SeatVacant { seat: Seat, post: String },
    /// Everybody who holds this seat has composed or proposed it, or would propose it: nobody could approve.
    SeatBarred { seat: Seat, post: String },
    /// It is approved, and what this body has decided of it is not on record; the cycle says whether it must be.
    NoMinutes { body: Body, needed: bool },
}

impl Finding {
    /// Whether version `no` can be proposed with it. The first version decides on every need in 遴选; later ones
    /// leave what came there since to the next.
    #[must_use]
    pub const fn is_barring(&self, no: u32) -> bool {
        match self {
            Self::OverdueOpinions { .. } => false,
            Self::NoMinutes { needed, .. } => *needed,
            Self::Undecided { .. } => no == 1,
            Self::Empty
            | Self::Outdated
            | Self::NoReason
            | Self::RemovedWithoutReason { .. }
            | Self::MergedIntoUnlisted { .. }
            | Self::NothingChanged
            | Self::SeatVacant { .. }
            | Self::SeatBarred { .. } => true,
        }
    }
}

/// A step of the chain, with everybody of the leading group who holds its seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub step: Step,
    pub by: Vec<AccountId>,
}

/// The seats of the chain in their order, and who is about to propose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seats<'a> {
    pub held: &'a [Held],
    pub proposer: Option<AccountId>,
}

impl Seats<'_> {
    /// Those that nobody holds, and those yet to agree of whose holders none may.
    fn faults(self, list: &NeedList) -> impl Iterator<Item = Finding> {
        self.held.iter().enumerate().filter_map(move |(nth, Held { step, by })| {
            let (seat, post) = (step.seat, step.post.clone());
            let has_a_hand =
                |account: &AccountId| list.is_work_of(*account) || self.proposer == Some(*account);
            match by.is_empty() {
                true => Some(Finding::SeatVacant { seat, post }),
                false if nth >= list.agreed() && by.iter().all(has_a_hand) => {
                    Some(Finding::SeatBarred { seat, post })
                }
                false => None,
            }
        })
    }
}

/// Whether the decision of the body that `approval` names is missing.
#[must_use]
pub fn no_minutes(list: &NeedList, approval: &Approval) -> Option<Finding> {
    let is_missing = list.state == ListState::Approved && list.minutes.is_none();
    is_missing.then_some(Finding::NoMinutes { body: approval.body, needed: approval.minutes_needed })
}

/// What the check of `list` finds: of the verdicts, of its own words, of `overdue` opinions and of the `seats` that are
/// to agree.
#[must_use]
pub fn check(
    list: &NeedList,
    before: Option<&NeedList>,
    sources: &[Source],
    overdue: u32,
    seats: Seats<'_>,
) -> Vec<Finding> {
    let count = |those: usize| u32::try_from(those).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    let undecided = count(sources.iter().filter(|source| source.is_undecided()).count());
    if undecided > 0 {
        found.push(Finding::Undecided { count: undecided });
    }
    if is_outdated(list, before, sources) {
        found.push(Finding::Outdated);
    }
    let stray = count(strays(list, sources));
    if stray > 0 {
        found.push(Finding::MergedIntoUnlisted { count: stray });
    }
    if list.entries.is_empty() {
        found.push(Finding::Empty);
    }
    if before.is_some() {
        // What was decided of others since goes with it, so that their units hear of it.
        if list.changes.is_empty() && fates(list, sources).is_empty() {
            found.push(Finding::NothingChanged);
        }
        if list.reason.is_empty() {
            found.push(Finding::NoReason);
        }
        let silent =
            list.changes.iter().filter(|it| it.kind == ChangeKind::Removed && it.reason.is_empty()).count();
        if silent > 0 {
            found.push(Finding::RemovedWithoutReason { count: count(silent) });
        }
    }
    found.extend(seats.faults(list));
    if overdue > 0 {
        found.push(Finding::OverdueOpinions { count: overdue });
    }
    found
}

/// How many needs `list` would merge into one that it does not hold.
fn strays(list: &NeedList, sources: &[Source]) -> usize {
    let listed: BTreeSet<NeedId> = list.entries.iter().map(|entry| entry.need).collect();
    let is_stray = |source: &&Source| {
        let into = source.outcome.and_then(Outcome::into);
        source.state == State::Screening
            && !listed.contains(&source.need)
            && into.is_some_and(|into| !listed.contains(&into))
    };
    sources.iter().filter(is_stray).count()
}
