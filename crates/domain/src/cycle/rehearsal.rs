//! Rehearsals 演练: a cycle run through before, or beside, the real one of its year, by a clock of its own. It has a
//! name of its own, so that nothing of it is taken for real.

use super::{Cycle, Phase};
use crate::kernel::window::{opening, parse_minute};
use crate::kernel::{FieldError, FieldProblem, Instant};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most rehearsals that a year may have.
const MOST: u8 = 99;

/// Distance of two rehearsals of a year in [`CycleYear::key`]; no year reaches it.
const STEP: i32 = 10_000;

/// Which cycle: the one of a year, or a rehearsal of it. It stands in addresses and numbers: `2026`, `2026R1`.
/// The year's own comes before its rehearsals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CycleYear {
    pub year: i16,
    /// Which rehearsal of the year, counted from 1; 0 is the year's own cycle.
    pub rehearsal: u8,
}

impl CycleYear {
    /// The cycle of a year.
    #[must_use]
    pub const fn of(year: i16) -> Self {
        Self { year, rehearsal: 0 }
    }

    /// Not the year's own.
    #[must_use]
    pub const fn is_rehearsal(self) -> bool {
        self.rehearsal > 0
    }

    /// Reads `2026` or `2026R1`; a small letter makes no difference.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_figures = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let (year, rehearsal) = match text.split_once(['R', 'r']) {
            Some((year, rehearsal)) => (year, Some(rehearsal)),
            None => (text, None),
        };
        if !is_figures(year) || rehearsal.is_some_and(|it| !is_figures(it)) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        let rehearsal = match rehearsal {
            Some(it) => it.parse().ok().filter(|it| (1..=MOST).contains(it))?,
            None => 0,
        };
        (i32::from(year) < STEP).then_some(Self { year, rehearsal })
    }

    /// The name as one number: 2026 for the year's own, 12026 for its first rehearsal. Databases keep it.
    #[must_use]
    pub fn key(self) -> i32 {
        i32::from(self.year) + STEP * i32::from(self.rehearsal)
    }
}

/// A number that no cycle has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCycleYear(i32);

impl fmt::Display for NoCycleYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} names no cycle", self.0)
    }
}

impl TryFrom<i32> for CycleYear {
    type Error = NoCycleYear;

    /// The name that has this number.
    fn try_from(key: i32) -> Result<Self, Self::Error> {
        let (year, rehearsal) = (key.rem_euclid(STEP), key.div_euclid(STEP));
        match (year.try_into(), rehearsal.try_into()) {
            (Ok(year), Ok(rehearsal)) => Ok(Self { year, rehearsal }),
            _ => Err(NoCycleYear(key)),
        }
    }
}

impl fmt::Display for CycleYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rehearsal {
            0 => write!(f, "{}", self.year),
            rehearsal => write!(f, "{}R{rehearsal}", self.year),
        }
    }
}

/// By what clock a cycle runs: the server's, or that of a rehearsal, which is ahead of it or behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// In milliseconds; 0 for every real cycle.
    ahead: i64,
}

impl Clock {
    /// The clock that shows `shown` when the server's shows `now`.
    #[must_use]
    pub fn showing(shown: Instant, now: Instant) -> Self {
        Self { ahead: shown.as_millisecond().saturating_sub(now.as_millisecond()) }
    }

    /// What it shows when the server's clock shows `now`.
    #[must_use]
    pub fn at(self, now: Instant) -> Instant {
        now.checked_add(SignedDuration::from_millis(self.ahead)).unwrap_or(now)
    }

    /// What the server's clock shows when this one shows `shown`.
    #[must_use]
    pub fn real(self, shown: Instant) -> Instant {
        shown.checked_sub(SignedDuration::from_millis(self.ahead)).unwrap_or(shown)
    }

    /// By how many milliseconds it is ahead of the server's; nothing where it is the server's.
    #[must_use]
    pub fn ahead(self) -> Option<i64> {
        Some(self.ahead).filter(|ahead| *ahead != 0)
    }
}

/// What makes a cycle a rehearsal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// Counted from 1 within its year.
    pub number: u8,
    pub clock: Clock,
}

impl Cycle {
    /// Which cycle it is.
    #[must_use]
    pub fn year(&self) -> CycleYear {
        let rehearsal = self.rehearsal.map(|it| it.number).unwrap_or_default();
        CycleYear { year: self.content.year, rehearsal }
    }

    /// By what clock it runs.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.rehearsal.map(|it| it.clock).unwrap_or_default()
    }

    /// What its clock shows when the server's shows `now`.
    #[must_use]
    pub fn now(&self, now: Instant) -> Instant {
        self.clock().at(now)
    }

    /// The rehearsal after its clock was set.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        let rehearsal = self.rehearsal.map(|it| Rehearsal { clock, ..it });
        Self { rehearsal, version: self.version.next(), ..self.clone() }
    }
}

/// The number of the next rehearsal of a year, beside those that there are.
#[must_use]
pub fn next_number(year: i16, there: impl IntoIterator<Item = CycleYear>) -> Option<u8> {
    let last = there.into_iter().filter(|it| it.year == year).map(|it| it.rehearsal).max().unwrap_or(0);
    last.checked_add(1).filter(|next| *next <= MOST)
}

/// What the clock of a rehearsal shall show, as typed: `2026-04-12 09:00`.
///
/// # Errors
/// Where it is no minute; where it would go back, once the rehearsal is opened: what was done in it stays in its order.
pub fn check_clock(typed: &str, cycle: &Cycle, now: Instant) -> Result<Clock, Vec<FieldError>> {
    let path = "clock";
    let got = typed.trim();
    if got.is_empty() {
        return Err(vec![FieldError::required(path)]);
    }
    let Some(shown) = parse_minute(got).and_then(opening) else {
        return Err(vec![FieldError::new(path, FieldProblem::NotAMinute { got: got.to_owned() })]);
    };
    if cycle.phase != Phase::Preparing && shown < cycle.now(now) {
        let other = "shown".to_owned();
        return Err(vec![FieldError::new(path, FieldProblem::Before { other })]);
    }
    Ok(Clock::showing(shown, now))
}

#[cfg(test)]
mod tests {
    use super::{Clock, CycleYear, next_number};
    use crate::kernel::Instant;
    use proptest::prelude::*;

    #[test]
    fn names_are_read() {
        let check = |text: &str, named: Option<&str>| {
            assert_eq!(CycleYear::parse(text).map(|it| it.to_string()).as_deref(), named, "{text}");
        };
        check("2026", Some("2026"));
        check(" 2026r1 ", Some("2026R1"));
        check("2026R12", Some("2026R12"));
        check("2026R0", None);
        check("2026R100", None);
        check("2026R", None);
        check("R1", None);
        check("+2026", None);
        check("2026-R1", None);
        check("12026", None);
    }

    #[test]
    fn rehearsals_are_counted_in_their_year() {
        let named = |text: &str| CycleYear::parse(text).unwrap();
        assert_eq!(next_number(2026, [named("2026"), named("2025R4")]), Some(1));
        assert_eq!(next_number(2026, [named("2026R1"), named("2026R3")]), Some(4));
        assert_eq!(next_number(2026, [named("2026R99")]), None);
    }

    proptest! {
        #[test]
        fn a_name_survives_its_number(year in 2000i16..=2100, rehearsal in 0u8..=99) {
            let name = CycleYear { year, rehearsal };
            prop_assert_eq!(CycleYear::try_from(name.key()), Ok(name));
            prop_assert_eq!(CycleYear::parse(&name.to_string()), Some(name));
        }

        #[test]
        fn clocks_go_there_and_back(shown in 0i64..4_000_000_000_000, now in 0i64..4_000_000_000_000, later in 0i64..1_000_000_000) {
            let at = |ms: i64| Instant::from_millisecond(ms).unwrap();
            let clock = Clock::showing(at(shown), at(now));
            prop_assert_eq!(clock.at(at(now)), at(shown));
            prop_assert_eq!(clock.at(at(now + later)), at(shown + later));
            prop_assert_eq!(clock.real(clock.at(at(now))), at(now));
        }
    }
}
