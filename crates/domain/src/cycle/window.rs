//! When phases are planned to run, when they did, and ends that are set later.

use super::{Content, Cycle, Extension, Phase};
use crate::kernel::date::SHANGHAI;
use crate::kernel::window::{closing, opening};
use crate::kernel::{Date, Instant, day_in_shanghai};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// When a later phase is planned, by days, both included; where a time of day is given, from it and up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub phase: Phase,
    pub from: Date,
    pub to: Date,
    /// The minute of the first day at which it opens; its beginning where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Time>,
    /// The last minute of the last day that counts; its end where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Time>,
}

impl Plan {
    /// Whole days.
    #[must_use]
    pub const fn days(phase: Phase, from: Date, to: Date) -> Self {
        Self { phase, from, to, opens_at: None, closes_at: None }
    }

    /// The instant at which it opens; none only at the end of the calendar.
    #[must_use]
    pub fn opens(&self) -> Option<Instant> {
        opening(self.from.to_datetime(self.opens_at.unwrap_or(Time::midnight())))
    }

    /// The instant from which on it is closed; none only at the end of the calendar.
    #[must_use]
    pub fn closes(&self) -> Option<Instant> {
        match self.closes_at {
            Some(last) => closing(self.to.to_datetime(last)),
            None => after_day(self.to),
        }
    }

    /// Its first minute as it would be typed.
    #[must_use]
    pub fn from_text(&self) -> String {
        text(self.from, self.opens_at)
    }

    /// Its last minute as it would be typed: the day alone where it counts whole.
    #[must_use]
    pub fn to_text(&self) -> String {
        text(self.to, self.closes_at)
    }

    /// The plan with its last minute before `closes`.
    fn until(mut self, closes: Instant) -> Self {
        let whole = opening(day_in_shanghai(closes).to_datetime(Time::midnight())) == Some(closes);
        self.to = last_day(closes);
        self.closes_at = (!whole).then(|| SHANGHAI.to_datetime(before(closes)).time());
        self
    }
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
    /// The end of 高校申报.
    Applications,
    /// The last day of 专家评审.
    Reviewing,
    /// The last day of 择优立项.
    Selecting,
    /// The last day of 公示.
    Notice,
    /// The last day of 实施.
    Implementing,
    /// The last day of 绩效评估.
    Evaluating,
    /// The last day of 经费补助.
    Subsidising,
}

impl End {
    /// Every end, in order.
    pub const ALL: [Self; 10] = [
        Self::Units,
        Self::Districts,
        Self::Screening,
        Self::Applications,
        Self::Reviewing,
        Self::Selecting,
        Self::Notice,
        Self::Implementing,
        Self::Evaluating,
        Self::Subsidising,
    ];

    /// The ends that can be set later in `phase`: those that lie before it are left by going back.
    #[must_use]
    pub const fn of(phase: Phase) -> &'static [Self] {
        match phase {
            Phase::CollectingNeeds => &[Self::Units, Self::Districts, Self::Screening],
            Phase::ScreeningNeeds => &[Self::Screening],
            Phase::AcceptingApplications => &[Self::Applications],
            Phase::Reviewing => &[Self::Reviewing],
            Phase::Selecting => &[Self::Selecting],
            Phase::PublicNotice => &[Self::Notice],
            Phase::Implementing => &[Self::Implementing],
            Phase::Evaluating => &[Self::Evaluating],
            Phase::Subsidising => &[Self::Subsidising],
            Phase::Preparing | Phase::Closed => &[],
        }
    }

    /// The phase that it is the end of.
    #[must_use]
    pub const fn phase(self) -> Phase {
        match self {
            Self::Units | Self::Districts => Phase::CollectingNeeds,
            Self::Screening => Phase::ScreeningNeeds,
            Self::Applications => Phase::AcceptingApplications,
            Self::Reviewing => Phase::Reviewing,
            Self::Selecting => Phase::Selecting,
            Self::Notice => Phase::PublicNotice,
            Self::Implementing => Phase::Implementing,
            Self::Evaluating => Phase::Evaluating,
            Self::Subsidising => Phase::Subsidising,
        }
    }

    /// The field that it is typed in.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Units => "units_end",
            Self::Districts => "districts_end",
            Self::Screening => "screening_end",
            Self::Applications => "applications_end",
            Self::Reviewing => "reviewing_end",
            Self::Selecting => "selecting_end",
            Self::Notice => "notice_end",
            Self::Implementing => "implementing_end",
            Self::Evaluating => "evaluating_end",
            Self::Subsidising => "subsidising_end",
        }
    }

    /// Others rely on its minute; of the lead office's own work the day is enough.
    #[must_use]
    pub const fn is_to_the_minute(self) -> bool {
        matches!(self, Self::Units | Self::Districts | Self::Applications)
    }
}

/// When a phase ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub began: Instant,
    /// Absent while it runs.
    pub ended: Option<Instant>,
}

impl Content {
    /// When `phase` is planned to run; 征集 has its own ends.
    #[must_use]
    pub fn planned(&self, phase: Phase) -> Option<&Plan> {
        self.plan.iter().find(|plan| plan.phase == phase)
    }

    /// When `phase` is planned to open.
    #[must_use]
    pub fn opens(&self, phase: Phase) -> Option<Instant> {
        match phase {
            Phase::CollectingNeeds => Some(self.collecting.opens),
            phase => self.planned(phase)?.opens(),
        }
    }

    /// When `phase` is planned to close.
    #[must_use]
    pub fn closes(&self, phase: Phase) -> Option<Instant> {
        match phase {
            Phase::CollectingNeeds => Some(self.collecting.districts_end),
            phase => self.planned(phase)?.closes(),
        }
    }

    /// The instant at which 遴选 closes: with its last day. A cycle that was opened before days were asked for
    /// has it closed with the collecting, until it is extended.
    #[must_use]
    pub fn screening_end(&self) -> Instant {
        self.closes(Phase::ScreeningNeeds).unwrap_or(self.collecting.districts_end)
    }

    /// The instant at which `end` stands.
    #[must_use]
    pub fn end(&self, end: End) -> Instant {
        match end {
            End::Units => self.collecting.units_end,
            End::Districts => self.collecting.districts_end,
            end => self.closes(end.phase()).unwrap_or(self.collecting.districts_end),
        }
    }

    fn close(&mut self, phase: Phase, closes: Instant) {
        if let Some(plan) = self.plan.iter_mut().find(|plan| plan.phase == phase) {
            *plan = plan.until(closes);
            return;
        }
        let from = last_day(self.collecting.districts_end).min(last_day(closes));
        self.plan.push(Plan::days(phase, from, from).until(closes));
        self.plan.sort_by_key(|plan| plan.phase);
    }
}

impl Cycle {
    /// When `phase` ran last, where it ever began.
    #[must_use]
    pub fn run(&self, phase: Phase) -> Option<Run> {
        let at = self.moves.iter().rposition(|it| it.to == phase)?;
        let began = self.moves.get(at)?.at;
        let ended = self.moves.iter().skip(at + 1).find(|it| it.from == phase).map(|it| it.at);
        Some(Run { began, ended })
    }

    /// The window of its phase has closed, and it still stands in it.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        self.content.closes(self.phase).is_some_and(|closes| closes <= self.now(now))
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
            end => after.content.close(end.phase(), extension.until),
        }
        let collected = last_day(after.content.collecting.districts_end);
        let overtaken = after.content.planned(Phase::ScreeningNeeds).is_some_and(|plan| plan.to < collected);
        if let Some(closes) = after_day(collected).filter(|_| overtaken) {
            after.content.close(Phase::ScreeningNeeds, closes);
        }
        after.extensions.push(extension);
        after.version = self.version.next();
        after
    }
}

/// The instant at which `day` is over in Jinan.
pub(super) fn after_day(day: Date) -> Option<Instant> {
    opening(day.tomorrow().ok()?.to_datetime(Time::midnight()))
}

/// The last day that counts before `closes`.
pub(super) fn last_day(closes: Instant) -> Date {
    day_in_shanghai(before(closes))
}

fn before(closes: Instant) -> Instant {
    closes.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(closes)
}

fn text(day: Date, time: Option<Time>) -> String {
    time.map_or_else(|| day.to_string(), |time| format!("{day} {}", time.strftime("%H:%M")))
}
