//! What stands on a list: from the verdicts, in an order, with numbers that stay.

use super::{Change, ChangeKind, Entry, NeedList};
use crate::kernel::NeedId;
use crate::need::{Outcome, Ruling, State};
use std::collections::{BTreeMap, BTreeSet};

/// A need of the cycle, as far as a list must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    pub need: NeedId,
    /// Its own number, counted in the cycle.
    pub number: u32,
    /// Running number of its main measure.
    pub measure: u32,
    /// Place of its district among them; 0 for municipal units.
    pub district: u16,
    pub state: State,
    /// What the lead office means to do with it, or has done.
    pub outcome: Option<Outcome>,
}

impl Source {
    /// In 遴选, and to be listed.
    #[must_use]
    pub fn is_enlisted(&self) -> bool {
        self.state == State::Screening && self.outcome.map(Outcome::ruling) == Some(Ruling::Listed)
    }

    /// In 遴选 without a verdict.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.state == State::Screening && self.outcome.is_none()
    }

    /// A list before left it out, so that a later one can take it on.
    #[must_use]
    pub const fn can_be_added(&self) -> bool {
        matches!(self.state, State::Declined | State::Merged)
    }

    /// By measure, then district, then number.
    const fn usual_order(&self) -> (u32, u16, u32) {
        (self.measure, self.district, self.number)
    }
}

/// What the lead office wants of a list beside its verdicts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Needs in the order in which those without a number stand; others follow in the usual one.
    pub order: Vec<NeedId>,
    /// Needs that a list before left out, and why they are taken on.
    pub add: BTreeMap<NeedId, String>,
    /// Needs that the list before holds, and why they are taken out.
    pub remove: BTreeMap<NeedId, String>,
    /// Why there is a later version.
    pub reason: String,
}

/// What stands on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    pub entries: Vec<Entry>,
    pub changes: Vec<Change>,
    pub reason: String,
    pub last_seq: u32,
}

/// Composes the version behind `before` from the needs of the cycle. Whoever stands on the list before keeps its
/// number and its place; new ones follow with the numbers that come next, so that no number is ever given twice.
/// `O(n log n)`.
#[must_use]
pub fn compose(before: Option<&NeedList>, sources: &[Source], wanted: &Wanted) -> Composition {
    let listed = before.map(|before| before.entries.as_slice()).unwrap_or_default();
    let old: BTreeSet<NeedId> = listed.iter().map(|entry| entry.need).collect();
    let is_new = |source: &&Source| {
        let added = before.is_some() && source.can_be_added() && wanted.add.contains_key(&source.need);
        !old.contains(&source.need) && (source.is_enlisted() || added)
    };
    let mut new: Vec<&Source> = sources.iter().filter(is_new).collect();
    let place: BTreeMap<NeedId, usize> = wanted.order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    new.sort_by_key(|source| {
        (place.get(&source.need).copied().unwrap_or(usize::MAX), source.usual_order(), source.need)
    });
    let mut last_seq = before.map_or(0, |before| before.last_seq);
    let mut entries: Vec<Entry> =
        listed.iter().filter(|entry| !wanted.remove.contains_key(&entry.need)).copied().collect();
    let mut changes: Vec<Change> = listed
        .iter()
        .filter_map(|entry| {
            let reason = wanted.remove.get(&entry.need)?.clone();
            Some(Change { need: entry.need, seq: entry.seq, kind: ChangeKind::Removed, reason })
        })
        .collect();
    for source in new {
        last_seq += 1;
        entries.push(Entry { need: source.need, seq: last_seq });
        if before.is_some() {
            let reason = wanted.add.get(&source.need).cloned().unwrap_or_default();
            changes.push(Change { need: source.need, seq: last_seq, kind: ChangeKind::Added, reason });
        }
    }
    let reason = if before.is_some() { wanted.reason.clone() } else { String::new() };
    Composition { entries, changes, reason, last_seq }
}

/// What was wanted of a list that stands composed.
#[must_use]
pub fn wanted(list: &NeedList) -> Wanted {
    let of = |kind: ChangeKind| {
        let those = list.changes.iter().filter(move |change| change.kind == kind);
        those.map(|change| (change.need, change.reason.clone())).collect()
    };
    Wanted {
        order: list.entries.iter().map(|entry| entry.need).collect(),
        add: of(ChangeKind::Added),
        remove: of(ChangeKind::Removed),
        reason: list.reason.clone(),
    }
}

/// Whether the verdicts say something else by now than when `list` was composed.
#[must_use]
pub fn is_outdated(list: &NeedList, before: Option<&NeedList>, sources: &[Source]) -> bool {
    let again = compose(before, sources, &wanted(list));
    again.entries != list.entries || again.changes != list.changes
}

/// Where the publication of `list` brings the needs of its cycle; whoever is not named stays where it stands. The
/// first version takes all that are in 遴选, a later one those that have come there since, and what it changes.
#[must_use]
pub fn fates(list: &NeedList, sources: &[Source]) -> Vec<(NeedId, State)> {
    let change: BTreeMap<NeedId, ChangeKind> = list.changes.iter().map(|it| (it.need, it.kind)).collect();
    let fate = |source: &Source| {
        let to = match (source.state, change.get(&source.need)) {
            (State::Screening, _) => source.outcome?.ruling().state(),
            (State::Declined | State::Merged, Some(ChangeKind::Added)) => State::Listed,
            (State::Listed | State::Open, Some(ChangeKind::Removed)) => State::Declined,
            _ => return None,
        };
        Some((source.need, to))
    };
    sources.iter().filter_map(fate).collect()
}
