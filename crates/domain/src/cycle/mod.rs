//! The yearly cycle 年度周期: its phases, their windows, its budget and its rules.

pub mod draft;
pub mod rules;

use crate::kernel::window::opening;
use crate::kernel::{AccountId, CycleId, Date, Fen, Instant, PolicyId, Version, day_in_shanghai};
use serde::{Deserialize, Serialize};

pub use draft::{CycleDraft, PlanDraft};
pub use rules::{Action, Refusal};

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

    /// Phases that are planned by days; 征集 has its own ends, 筹备 and 已结束 have none.
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

/// When a later phase is planned, by days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub phase: Phase,
    pub from: Date,
    pub to: Date,
}

/// An end that can be set later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The schools' end.
    Units,
    /// The district bureaus' end.
    Districts,
    /// The last day of 遴选.
    Screening,
}

impl End {
    /// Every end, in order.
    pub const ALL: [Self; 3] = [Self::Units, Self::Districts, Self::Screening];

    /// The ends that can be set later in `phase`: those that lie before it are left by going back.
    #[must_use]
    pub const fn of(phase: Phase) -> &'static [Self] {
        match phase {
            Phase::CollectingNeeds => &Self::ALL,
            Phase::ScreeningNeeds => &[Self::Screening],
            Phase::Preparing
            | Phase::AcceptingApplications
            | Phase::Reviewing
            | Phase::Selecting
            | Phase::PublicNotice
            | Phase::Implementing
            | Phase::Evaluating
            | Phase::Subsidising
            | Phase::Closed => &[],
        }
    }
}

/// What a cycle runs by; fixed but for its ends once it is opened.
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
    /// Who and what may take part, in words.
    pub eligibility: Vec<String>,
}

impl Content {
    /// The days of `phase`, where they are planned.
    #[must_use]
    pub fn planned(&self, phase: Phase) -> Option<&Plan> {
        self.plan.iter().find(|plan| plan.phase == phase)
    }

    /// The instant at which 遴选 closes: with its last day. A cycle that was opened before days were asked for
    /// has it closed with the collecting, until it is extended.
    #[must_use]
    pub fn screening_end(&self) -> Instant {
        let planned = self.planned(Phase::ScreeningNeeds).and_then(|plan| after_day(plan.to));
        planned.unwrap_or(self.collecting.districts_end)
    }

    fn screen_until(&mut self, last: Date) {
        match self.plan.iter_mut().find(|plan| plan.phase == Phase::ScreeningNeeds) {
            Some(plan) => plan.to = last,
            None => {
                let from = last_day(self.collecting.districts_end);
                self.plan.insert(0, Plan { phase: Phase::ScreeningNeeds, from, to: last });
            }
        }
    }
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
    pub made_by: AccountId,
    pub version: Version,
}

impl Cycle {
    /// Stands in addresses: a year has one cycle.
    #[must_use]
    pub fn name(&self) -> String {
        self.content.year.to_string()
    }

    /// The cycle after its phase was left for `to`.
    #[must_use]
    pub fn moved(&self, to: Phase, reason: &str, by: AccountId, at: Instant) -> Self {
        let mut after = self.clone();
        let reason = reason.trim().to_owned();
        after.moves.push(Move { from: self.phase, to, reason, by, at });
        after.phase = to;
        after.version = self.version.next();
        after
    }

    /// The cycle after `end` was set to `until`; the districts' end goes with the units', and the last day of
    /// 遴选 with the districts', where that would overtake it.
    #[must_use]
    pub fn extended(&self, extension: Extension) -> Self {
        let mut after = self.clone();
        let ends = &mut after.content.collecting;
        match extension.end {
            End::Units => {
                ends.units_end = extension.until;
                ends.districts_end = ends.districts_end.max(extension.until);
            }
            End::Districts => ends.districts_end = extension.until,
            End::Screening => after.content.screen_until(last_day(extension.until)),
        }
        let collected = last_day(after.content.collecting.districts_end);
        if after.content.planned(Phase::ScreeningNeeds).is_some_and(|plan| plan.to < collected) {
            after.content.screen_until(collected);
        }
        after.extensions.push(extension);
        after.version = self.version.next();
        after
    }
}

/// The instant at which `day` is over in Jinan.
fn after_day(day: Date) -> Option<Instant> {
    opening(day.tomorrow().ok()?.to_datetime(jiff::civil::Time::midnight()))
}

/// The last day that counts before `closes`.
fn last_day(closes: Instant) -> Date {
    day_in_shanghai(closes.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(closes))
}

#[cfg(test)]
mod tests;
