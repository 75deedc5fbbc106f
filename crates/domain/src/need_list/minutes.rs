//! 会议决定: what the body that decides on the list has decided, by its minutes.

use crate::cycle::approval::Body;
use crate::kernel::field::{at_most, day, needed};
use crate::kernel::{AccountId, Date, FieldError, FieldProblem, Instant};
use serde::{Deserialize, Serialize};

/// Most characters of who was there.
const PRESENT_MOST: usize = 500;
/// Most characters of who countersigned.
const SIGNED_MOST: usize = 200;
/// Most characters of the number of the minutes.
const NUMBER_MOST: usize = 60;

/// What was decided, where and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// Whose meeting it was, as the cycle said then.
    pub body: Body,
    /// The day of the meeting.
    pub date: Date,
    /// 出席人员.
    pub present: String,
    /// 会签; empty where nobody had to.
    pub countersigned: String,
    /// 纪要编号.
    pub minutes_no: String,
    /// Who put it on record.
    pub by: AccountId,
    pub at: Instant,
}

/// The same as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MinutesDraft {
    /// The day of the meeting: 2026-03-10.
    pub date: String,
    /// 出席人员.
    pub present: String,
    /// 会签; may be empty.
    pub countersigned: String,
    /// 纪要编号.
    pub minutes_no: String,
}

impl MinutesDraft {
    /// Checks it; `today` is the last day on which it can have been decided.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(
        &self,
        body: Body,
        today: Date,
        (by, at): (AccountId, Instant),
    ) -> Result<Minutes, Vec<FieldError>> {
        let mut errors = Vec::new();
        let date = day(&mut errors, "date", &self.date);
        if date.is_some_and(|date| date > today) {
            errors.push(FieldError::new("date", FieldProblem::After { other: "today".into() }));
        }
        let present = needed(&mut errors, "present", &self.present, PRESENT_MOST);
        let countersigned = at_most(&mut errors, "countersigned", &self.countersigned, SIGNED_MOST);
        let minutes_no = needed(&mut errors, "minutes_no", &self.minutes_no, NUMBER_MOST);
        match date {
            Some(date) if errors.is_empty() => {
                Ok(Minutes { body, date, present, countersigned, minutes_no, by, at })
            }
            _ => Err(errors),
        }
    }
}
