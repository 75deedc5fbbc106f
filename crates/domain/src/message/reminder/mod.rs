//! Reminders as rows: so long before an end, or after something began to wait, whoever still has it to do is told.
//!
//! A row says of what, by how many days, and for which cycle; who has it to do is asked of 待办 on the day.

mod draft;

use super::Kind;
use crate::cycle::CycleYear;
use crate::kernel::{Date, Instant, ReminderId, Role, SHANGHAI, Version, day_in_shanghai, workdays};
use crate::task;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

pub use draft::ReminderDraft;

/// The hour of the day in Jinan from which on people are reminded.
pub const HOUR: i8 = 9;
/// Most days by which a row lies before or after.
pub const MOST_DAYS: u16 = 60;

/// What people are reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReminderEvent))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The end by which a unit files: schools by theirs, bureaus by the districts'.
    FilingEnds,
    /// The districts' end.
    ForwardingEnds,
    /// The day that the return of a need left.
    ReturnDue,
    /// The day by which an office gives its opinions.
    OpinionsDue,
    /// The day by which questions on a need are to be answered.
    AnswersDue,
    /// The end of 申报.
    ApplicationsEnd,
    /// The day that the return of an application left.
    CorrectionDue,
    /// A need list waits for a seat of the leading group since it was proposed.
    ListWaits,
    /// Something waits for a signature since it was asked for, or signed by the step before.
    SignatureWaits,
}

impl Event {
    /// Every event, in the order of the year.
    pub const ALL: [Self; 9] = [
        Self::FilingEnds,
        Self::ForwardingEnds,
        Self::ReturnDue,
        Self::OpinionsDue,
        Self::AnswersDue,
        Self::ApplicationsEnd,
        Self::CorrectionDue,
        Self::ListWaits,
        Self::SignatureWaits,
    ];

    /// What a task is reminded of by; nothing where it has no end of its own, or others have to act first.
    #[must_use]
    pub const fn of(task: task::Kind) -> Option<Self> {
        use task::Kind as T;
        match task {
            T::FinishNeed => Some(Self::FilingEnds),
            T::ForwardNeeds => Some(Self::ForwardingEnds),
            T::CorrectNeed => Some(Self::ReturnDue),
            T::GiveOpinions => Some(Self::OpinionsDue),
            T::AnswerQuestions => Some(Self::AnswersDue),
            T::FinishApplication | T::WriteSections => Some(Self::ApplicationsEnd),
            T::CorrectApplication | T::CorrectSections => Some(Self::CorrectionDue),
            T::ApproveList => Some(Self::ListWaits),
            T::Sign => Some(Self::SignatureWaits),
            T::GiveUnitOpinions
            | T::ChaseQuestions
            | T::ScreenNeeds
            | T::ComposeList
            | T::PublishList
            | T::ChaseOpinions
            | T::CheckApplications
            | T::DecideOverdue
            | T::OpenCycle
            | T::AdvanceCycle
            | T::CheckPolicy
            | T::PublishPolicy
            | T::ConfirmAccount
            | T::MakeAccount
            | T::FailedMail
            | T::WithSigners
            | T::WithChecker
            | T::WithDistrict
            | T::WithLeadOffice
            | T::WithSchools
            | T::Arrived
            | T::WithLeadingGroup => None,
        }
    }

    /// What people are told.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::FilingEnds => Kind::FilingDue,
            Self::ForwardingEnds => Kind::ForwardingDue,
            Self::ReturnDue => Kind::CorrectionDue,
            Self::OpinionsDue => Kind::OpinionsDue,
            Self::AnswersDue => Kind::AnswersDue,
            Self::ApplicationsEnd => Kind::ApplicationDue,
            Self::CorrectionDue => Kind::ApplicationCorrectionDue,
            Self::ListWaits => Kind::ListDue,
            Self::SignatureWaits => Kind::SignatureDue,
        }
    }

    /// Whether people can be reminded on this side of it: before an end that nothing can be done after, after
    /// what began to wait, and of opinions and answers, which are still wanted when they are late, on both.
    #[must_use]
    pub const fn lets(self, side: Side) -> bool {
        match self {
            Self::FilingEnds
            | Self::ForwardingEnds
            | Self::ReturnDue
            | Self::ApplicationsEnd
            | Self::CorrectionDue => matches!(side, Side::Before),
            Self::OpinionsDue | Self::AnswersDue => true,
            Self::ListWaits | Self::SignatureWaits => matches!(side, Side::After),
        }
    }

    /// Who can have it to do.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::FilingEnds | Self::ReturnDue | Self::AnswersDue => &[Role::NeedUnit, Role::DistrictBureau],
            Self::ForwardingEnds => &[Role::DistrictBureau],
            Self::OpinionsDue => &[Role::ResponsibleOffice],
            Self::ApplicationsEnd | Self::CorrectionDue => &[Role::University],
            Self::ListWaits => &[Role::LeadingGroup],
            Self::SignatureWaits => {
                &[Role::NeedUnit, Role::DistrictBureau, Role::University, Role::ResponsibleOffice]
            }
        }
    }
}

/// On which side of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReminderSide))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Before,
    After,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];
}

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReminderUnit))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Days,
    WorkingDays,
}

impl Unit {
    /// Both.
    pub const ALL: [Self; 2] = [Self::WorkingDays, Self::Days];
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Content {
    /// For one cycle alone; for all where there is none.
    pub cycle: Option<CycleYear>,
    pub event: Event,
    pub days: u16,
    pub unit: Unit,
    pub side: Side,
    /// It is followed.
    pub active: bool,
}

impl Content {
    /// The day on which people are reminded of what ends, or began to wait, at `anchor`; none only at the ends
    /// of the calendar.
    #[must_use]
    pub fn day(&self, anchor: Instant) -> Option<Date> {
        // A second before its closing: what ends at midnight is due the day before.
        let last = match self.event {
            Event::ListWaits | Event::SignatureWaits => anchor,
            _ => anchor.checked_sub(SignedDuration::from_secs(1)).unwrap_or(anchor),
        };
        let day = day_in_shanghai(last);
        match (self.unit, self.side) {
            (Unit::WorkingDays, Side::Before) => workdays::before(day, self.days),
            (Unit::WorkingDays, Side::After) => workdays::after(day, self.days),
            (Unit::Days, Side::Before) => day.checked_sub(jiff::Span::new().days(self.days)).ok(),
            (Unit::Days, Side::After) => day.checked_add(jiff::Span::new().days(self.days)).ok(),
        }
    }

    /// The day, where people are reminded by it at `now`: it lies within `days`, whose first was looked at before,
    /// and before an end that has not passed.
    #[must_use]
    pub fn falls(&self, anchor: Instant, days: (Date, Date), now: Instant) -> Option<Date> {
        let (after, today) = days;
        let in_time = self.side == Side::After || now < anchor;
        self.day(anchor).filter(|day| in_time && self.active && after < *day && *day <= today)
    }

    /// Whether it is for `cycle`; what belongs to none is reminded of by rows for all.
    #[must_use]
    pub fn is_for(&self, cycle: Option<CycleYear>) -> bool {
        self.cycle.is_none() || self.cycle == cycle
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub id: ReminderId,
    pub content: Content,
    pub version: Version,
}

impl Reminder {
    /// The version of a row that nobody has changed since it came with the schema.
    pub const STANDARD: Version = Version(0);
}

/// The rows that come with the schema; their places are their ids.
#[must_use]
pub fn standard() -> Vec<Reminder> {
    let row = |place: u128, event, days, side| Reminder {
        id: ReminderId(uuid::Uuid::from_u128(place)),
        content: Content { cycle: None, event, days, unit: Unit::WorkingDays, side, active: true },
        version: Reminder::STANDARD,
    };
    vec![
        row(1, Event::FilingEnds, 3, Side::Before),
        row(2, Event::FilingEnds, 1, Side::Before),
        row(3, Event::ForwardingEnds, 2, Side::Before),
        row(4, Event::ForwardingEnds, 1, Side::Before),
        row(5, Event::ReturnDue, 1, Side::Before),
        row(6, Event::OpinionsDue, 1, Side::Before),
        row(7, Event::OpinionsDue, 1, Side::After),
        row(8, Event::ApplicationsEnd, 5, Side::Before),
        row(9, Event::ApplicationsEnd, 1, Side::Before),
        row(10, Event::CorrectionDue, 1, Side::Before),
        row(11, Event::ListWaits, 2, Side::After),
        row(12, Event::SignatureWaits, 2, Side::After),
        row(13, Event::AnswersDue, 1, Side::Before),
        row(14, Event::AnswersDue, 1, Side::After),
    ]
}

/// The day whose reminders can go out at `now`: today from [`HOUR`] on, else none.
#[must_use]
pub fn today(now: Instant) -> Option<Date> {
    let shown = SHANGHAI.to_datetime(now);
    (shown.hour() >= HOUR).then(|| shown.date())
}

#[cfg(test)]
mod tests;
