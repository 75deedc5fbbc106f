//! The need list 需求清单: versions that the lead office composes from its verdicts, that the leading group approves
//! step by step, and that are published with a number and a hash, for good.

pub mod beside;
pub mod compose;
pub mod document;
pub mod draft;
pub mod finding;
pub mod minutes;
pub mod number;
pub mod rules;

use crate::cycle::Seat;
use crate::cycle::approval::Step;
use crate::kernel::{AccountId, CycleId, Instant, NeedId, NeedListId, Version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use compose::{Composition, Source, Wanted};
pub use document::{Document, Listed};
pub use draft::ListDraft;
pub use finding::Finding;
pub use minutes::{Minutes, MinutesDraft};
pub use number::{Edition, ListNumber};
pub use rules::{Action, Refusal};

/// Where a version of the list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 编制中.
    Draft,
    /// 待审定: the leading group has it.
    Proposed,
    /// 已审定: every step has agreed.
    Approved,
    /// 已发布.
    Published,
}

impl State {
    /// Every state, in order.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Proposed, Self::Approved, Self::Published];
}

/// A need on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub need: NeedId,
    /// Its number on the list, counted from 1 in the cycle: a later version keeps it, and no other need gets it.
    pub seq: u32,
}

/// What a later version does with a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ListChangeKind))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// 新增.
    Added,
    /// 移出.
    Removed,
}

/// What a version changes against the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub need: NeedId,
    /// Its number on the list: of this version where it is added, of the one before where it is taken out.
    pub seq: u32,
    pub kind: ChangeKind,
    /// Why; empty where the reason of the version says it all.
    pub reason: String,
}

/// What someone of the leading group said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ListAnswer))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 同意.
    Approved,
    /// 退回修改.
    Returned,
}

/// A step that was taken. It stays on record, struck through where a change of the list voided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub seat: Seat,
    /// The post by which the seat was held.
    pub post: String,
    pub answer: Answer,
    /// Why it came back; may be empty where it was approved.
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
    /// Who had proposed it: never the same person.
    pub proposed_by: AccountId,
    /// The hash of what it was said of.
    pub hash: String,
    /// When a change voided it.
    pub voided_at: Option<Instant>,
}

/// What was proposed: the document as it would be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub by: AccountId,
    pub at: Instant,
    /// SHA-256 of the document in its canonical form, hexadecimal.
    pub hash: String,
}

/// That it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub by: AccountId,
    pub at: Instant,
}

/// A version of the need list of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedList {
    pub id: NeedListId,
    pub cycle: CycleId,
    /// Which version, counted from 1.
    pub no: u32,
    pub state: State,
    /// In the order of the list.
    pub entries: Vec<Entry>,
    /// Against the version before, in the order of numbers.
    pub changes: Vec<Change>,
    /// Why there is a later version.
    pub reason: String,
    /// The highest number that was ever given in the cycle, this version among it.
    pub last_seq: u32,
    /// The chain under which it was proposed.
    pub steps: Vec<Step>,
    /// Everything that was said of it, in order.
    pub marks: Vec<Mark>,
    pub proposal: Option<Proposal>,
    /// What the body that decides on it has decided of what it says now.
    pub minutes: Option<Minutes>,
    pub published: Option<Published>,
    /// Who composed it as it stands.
    pub made_by: AccountId,
    /// Everyone who ever composed or proposed it, whatever was changed since.
    pub composers: BTreeSet<AccountId>,
    pub changed_at: Instant,
    pub version: Version,
}

impl NeedList {
    /// The version of a list that was never composed.
    pub const NONE: Version = Version(0);

    /// A version that nobody has composed yet.
    #[must_use]
    pub fn blank(cycle: CycleId, before: Option<&Self>, by: AccountId, at: Instant) -> Self {
        Self {
            id: NeedListId(uuid::Uuid::nil()),
            cycle,
            no: before.map_or(1, |before| before.no + 1),
            state: State::Draft,
            entries: Vec::new(),
            changes: Vec::new(),
            reason: String::new(),
            last_seq: before.map_or(0, |before| before.last_seq),
            steps: Vec::new(),
            marks: Vec::new(),
            proposal: None,
            minutes: None,
            published: None,
            made_by: by,
            composers: BTreeSet::new(),
            changed_at: at,
            version: Self::NONE,
        }
    }

    /// How many steps have agreed to what it says now.
    #[must_use]
    pub fn agreed(&self) -> usize {
        self.marks.iter().filter(|mark| mark.answer == Answer::Approved && mark.voided_at.is_none()).count()
    }

    /// The step that it waits for.
    #[must_use]
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.get(self.agreed()).filter(|_| self.state == State::Proposed)
    }

    /// Whether `account` ever had a hand in what it says. Versions from before all were kept name who composed last and
    /// who proposed.
    #[must_use]
    pub fn is_work_of(&self, account: AccountId) -> bool {
        self.made_by == account
            || self.composers.contains(&account)
            || self.proposal.as_ref().is_some_and(|proposal| proposal.by == account)
            || self.marks.iter().any(|mark| mark.proposed_by == account)
    }

    /// The number of a need on it.
    #[must_use]
    pub fn seq_of(&self, need: NeedId) -> Option<u32> {
        self.entries.iter().find(|entry| entry.need == need).map(|entry| entry.seq)
    }

    /// After it was composed anew: what was approved of it is void.
    #[must_use]
    pub fn composed(&self, it: Composition, by: AccountId, at: Instant) -> Self {
        let Composition { entries, changes, reason, last_seq } = it;
        let mut composers = self.composers.clone();
        composers.insert(by);
        Self { entries, changes, reason, last_seq, made_by: by, composers, ..self.opened(at) }
    }

    /// Back with the lead office; what was approved of it stays on record and holds no more.
    #[must_use]
    pub fn opened(&self, at: Instant) -> Self {
        let mut after = self.moved(State::Draft, at);
        for mark in &mut after.marks {
            mark.voided_at.get_or_insert(at);
        }
        after.proposal = None;
        after.minutes = None;
        after
    }

    /// After it was proposed under the chain `steps`.
    #[must_use]
    pub fn proposed(&self, steps: Vec<Step>, proposal: Proposal) -> Self {
        let at = proposal.at;
        let mut composers = self.composers.clone();
        composers.insert(proposal.by);
        Self { steps, composers, proposal: Some(proposal), ..self.moved(State::Proposed, at) }
    }

    /// After someone of the leading group has answered. Sent back it is with the lead office again.
    #[must_use]
    pub fn answered(&self, to: State, mark: Mark) -> Self {
        let at = mark.at;
        let mut after = if to == State::Draft { self.opened(at) } else { self.moved(to, at) };
        after.marks.push(mark);
        after
    }

    /// After it was put on record what a meeting has decided of it; what was there before is corrected.
    #[must_use]
    pub fn minuted(&self, minutes: Minutes) -> Self {
        let at = minutes.at;
        Self { minutes: Some(minutes), ..self.moved(State::Approved, at) }
    }

    /// After it was published.
    #[must_use]
    pub fn published(&self, by: AccountId, at: Instant) -> Self {
        Self { published: Some(Published { by, at }), ..self.moved(State::Published, at) }
    }

    fn moved(&self, state: State, at: Instant) -> Self {
        Self { state, changed_at: at, version: self.version.next(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests;
