//! The yearly cycle 年度周期: its phases, their windows, its budget and its rules.

pub mod affinity;
pub mod approval;
pub mod draft;
pub mod eligibility;
pub mod part;
pub mod rehearsal;
pub mod rubric;
pub mod rules;
pub mod selection;
pub mod window;

use crate::kernel::{AccountId, CycleId, Fen, Instant, PolicyId, Version};
use serde::{Deserialize, Serialize};

pub use affinity::Weights;
pub use approval::{Approval, Seat};
pub use draft::{CycleDraft, PlanDraft};
pub use eligibility::Condition;
pub use part::{Part, PartDraft, Revision, Value};
pub use rehearsal::{Clock, CycleYear, Rehearsal};
pub use rubric::{Dimension, Frame, Rubric};
pub use rules::{Action, Refusal};
pub use selection::Selection;
pub use window::{End, Plan};

/// Where a cycle stands, in the order of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 筹备.
    Preparing,
    /// 征集需求.
    CollectingNeeds,
    /// 遴选需求.
    ScreeningNeeds,
    /// 高校申报.
    AcceptingApplications,
    /// 专家评审.
    Reviewing,
    /// 择优立项.
    Selecting,
    /// 公示.
    PublicNotice,
    /// 实施.
    Implementing,
    /// 绩效评估.
    Evaluating,
    /// 经费补助.
    Subsidising,
    /// 已结束.
    Closed,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 11] = [
        Self::Preparing,
        Self::CollectingNeeds,
        Self::ScreeningNeeds,
        Self::AcceptingApplications,
        Self::Reviewing,
        Self::Selecting,
        Self::PublicNotice,
        Self::Implementing,
        Self::Evaluating,
        Self::Subsidising,
        Self::Closed,
    ];

    /// Phases that are planned one by one; 征集 has its own ends, 筹备 and 已结束 have none.
    pub const PLANNED: [Self; 8] = [
        Self::ScreeningNeeds,
        Self::AcceptingApplications,
        Self::Reviewing,
        Self::Selecting,
        Self::PublicNotice,
        Self::Implementing,
        Self::Evaluating,
        Self::Subsidising,
    ];

    /// The phase that follows; none after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| *phase > self)
    }

    /// The phase before; none before the first.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|phase| *phase < self)
    }

    /// Others act while it runs, and were promised its window: it is not left before that closes. The lead office
    /// ends its own work when that is done.
    #[must_use]
    pub const fn is_promised(self) -> bool {
        matches!(self, Self::CollectingNeeds | Self::AcceptingApplications | Self::PublicNotice)
    }
}

/// When needs are collected: units and districts have an end each, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Collecting {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opens: Instant,
    /// Schools submit until just before this instant.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub units_end: Instant,
    /// District bureaus forward, return and file their own until just before this instant.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub districts_end: Instant,
}

/// What a cycle runs by. Once it is opened, ends are set later and parts are revised; all else is fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub year: i16,
    pub title: String,
    pub title_en: String,
    /// The policy that it runs under.
    pub policy: PolicyId,
    pub budget: Fen,
    pub collecting: Collecting,
    /// Later phases that are planned, in order.
    pub plan: Vec<Plan>,
    /// Working days of public notice, counted from the day after publication.
    pub notice_days: u16,
    /// Most needs that one school may have under way; `None` without a cap.
    pub most_per_school: Option<u32>,
    /// Most needs that one district may forward, its own among them; `None` without a cap.
    pub most_per_district: Option<u32>,
    /// Who and what may take part.
    pub eligibility: Vec<Condition>,
    /// See [`Content::selection`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Selection>,
    /// See [`Content::rubric`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Rubric>,
    /// See [`Content::frame`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// See [`Content::approval`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// See [`Content::affinity`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affinity: Option<Weights>,
}

/// A phase left for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub from: Phase,
    pub to: Phase,
    /// Why; empty on the way forward.
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
}

/// An end that was set later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub end: End,
    pub was: Instant,
    pub until: Instant,
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
}

/// A yearly cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub id: CycleId,
    pub phase: Phase,
    pub content: Content,
    /// Phases left, in order.
    pub moves: Vec<Move>,
    /// Ends set later, in order.
    pub extensions: Vec<Extension>,
    /// Parts changed, in order.
    pub revisions: Vec<Revision>,
    /// Set where it is not the real one of its year.
    pub rehearsal: Option<Rehearsal>,
    pub made_by: AccountId,
    pub version: Version,
}

impl Cycle {
    /// Stands in addresses: a year has one cycle, and may have rehearsals.
    #[must_use]
    pub fn name(&self) -> String {
        self.year().to_string()
    }

    /// Whether it was ever opened: a rehearsal that ended in preparation was not.
    #[must_use]
    pub fn is_opened(&self) -> bool {
        let ended = self.moves.iter().any(|it| it.from == Phase::Preparing && it.to == Phase::Closed);
        self.phase != Phase::Preparing && !ended
    }

    /// The cycle after its phase was left for `to`, at this instant by the server's clock.
    #[must_use]
    pub fn moved(&self, to: Phase, reason: &str, by: AccountId, at: Instant) -> Self {
        let mut after = self.clone();
        let reason = reason.trim().to_owned();
        after.moves.push(Move { from: self.phase, to, reason, by, at: self.now(at) });
        after.phase = to;
        after.version = self.version.next();
        after
    }
}

#[cfg(test)]
mod tests;
