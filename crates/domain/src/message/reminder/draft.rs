//! A row as it is typed.

use super::{Content, Event, MOST_DAYS, Reminder, Side, Unit};
use crate::cycle::CycleYear;
use crate::kernel::field::number;
use crate::kernel::{FieldError, FieldProblem, ReminderId};
use serde::{Deserialize, Serialize};

/// What is typed of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReminderDraft {
    /// `2026`; every cycle where it is empty.
    #[serde(default)]
    pub cycle: String,
    pub event: Event,
    pub days: String,
    pub unit: Unit,
    pub side: Side,
    pub active: bool,
}

impl ReminderDraft {
    /// A row as it would be typed.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        Self {
            cycle: content.cycle.map(|cycle| cycle.to_string()).unwrap_or_default(),
            event: content.event,
            days: content.days.to_string(),
            unit: content.unit,
            side: content.side,
            active: content.active,
        }
    }

    /// Checks it against the cycles that there are, and the other rows.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(
        &self,
        cycles: &[CycleYear],
        rows: &[Reminder],
        own: Option<ReminderId>,
    ) -> Result<Content, Vec<FieldError>> {
        let mut errors = Vec::new();
        let cycle = CycleYear::parse(&self.cycle).filter(|cycle| cycles.contains(cycle));
        if cycle.is_none() && !self.cycle.trim().is_empty() {
            let problem = FieldProblem::Unknown { got: self.cycle.trim().to_owned(), nearest: Vec::new() };
            errors.push(FieldError::new("cycle", problem));
        }
        // What began to wait today is no day late.
        let least = i64::from(self.side == Side::After);
        let days = number(&mut errors, "days", &self.days, least, i64::from(MOST_DAYS));
        if !self.event.lets(self.side) {
            errors.push(FieldError::new("side", FieldProblem::DoesNotFit { other: "event".to_owned() }));
        }
        let Some(days) = days.and_then(|days| u16::try_from(days).ok()).filter(|_| errors.is_empty()) else {
            return Err(errors);
        };
        let Self { event, unit, side, active, .. } = *self;
        let content = Content { cycle, event, days, unit, side, active };
        let is_same = |row: &Reminder| Some(row.id) != own && Content { active, ..row.content } == content;
        if rows.iter().any(is_same) {
            return Err(vec![FieldError::new(
                "days",
                FieldProblem::Twice { got: self.days.trim().to_owned() },
            )]);
        }
        Ok(content)
    }
}
