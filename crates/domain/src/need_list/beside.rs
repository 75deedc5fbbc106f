//! What is said and done beside a listed need while 高校申报 stands open: questions, meetings. Whoever owns the need, and
//! the lead office, take part in each; all of it is counted from 1 for each need.

use crate::cycle::{Clock, Cycle, Phase};
use crate::kernel::{Actor, Instant, OrgId, Role};
use crate::need::{self, rules::files};
use std::fmt;

/// How something beside a need is named: the number of its need, a letter, and which one of it: `N2026-0137-Q3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name<const LETTER: char> {
    pub need: need::Number,
    /// Counted from 1 in the order in which they came.
    pub no: u32,
}

impl<const LETTER: char> Name<LETTER> {
    /// Reads `N2026-0137-Q3`; small letters make no difference.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (need, no) = text.trim().rsplit_once('-')?;
        let no = no.strip_prefix([LETTER, LETTER.to_ascii_lowercase()])?;
        if no.is_empty() || !no.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        match need::Name::parse(need)? {
            need::Name::Number(need) => Some(Self { need, no: no.parse().ok()? }),
            need::Name::Draft(_) => None,
        }
    }
}

impl<const LETTER: char> fmt::Display for Name<LETTER> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{LETTER}{}", self.need, self.no)
    }
}

/// A relation to what stands beside a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Of the unit whose need it is about.
    Unit,
    /// Of the lead office.
    LeadOffice,
}

impl Party {
    /// Whether `actor` is that.
    #[must_use]
    pub fn is(self, actor: &Actor, facts: &Facts) -> bool {
        match self {
            Self::Unit => actor.org() == Some(facts.unit) && files(actor),
            Self::LeadOffice => actor.has(Role::LeadOffice),
        }
    }
}

/// What the rules must know beyond the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub phase: Phase,
    /// The instant at which 高校申报 opens, where it is planned.
    pub opens: Option<Instant>,
    /// The instant at which it closes.
    pub closes: Option<Instant>,
    /// By what clock its cycle runs.
    pub clock: Clock,
    /// Whose need it is about.
    pub unit: OrgId,
    /// The need stands on the published list.
    pub listed: bool,
}

impl Facts {
    /// Facts of what stands beside a need of `unit` in `cycle`.
    #[must_use]
    pub fn of(cycle: &Cycle, unit: OrgId, listed: bool) -> Self {
        Self {
            phase: cycle.phase,
            opens: cycle.content.opens(Phase::AcceptingApplications),
            closes: cycle.content.closes(Phase::AcceptingApplications),
            clock: cycle.clock(),
            unit,
            listed,
        }
    }

    /// What the clock of its cycle shows when the server's shows `now`.
    #[must_use]
    pub fn now(&self, now: Instant) -> Instant {
        self.clock.at(now)
    }

    /// The instant by the server's clock at which 高校申报 closes.
    #[must_use]
    pub fn end(&self) -> Option<Instant> {
        self.closes.map(|closes| self.clock.real(closes))
    }

    /// That 高校申报 stands open at `now` by the cycle's clock, and that it is before `end`, which it gives.
    ///
    /// # Errors
    /// Why it is shut.
    pub fn window(&self, end: Option<Instant>, now: Instant) -> Result<Instant, Shut> {
        if self.phase != Phase::AcceptingApplications {
            return Err(Shut::WrongPhase { phase: self.phase });
        }
        match (self.opens, end) {
            (Some(opens), _) if now < opens => Err(Shut::NotOpenYet { opens }),
            (_, Some(end)) if now < end => Ok(end),
            (_, Some(closed)) => Err(Shut::Ended { closed }),
            (_, None) => Err(Shut::NotPlanned),
        }
    }
}

/// Why nothing can be done beside a need now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// Not in this phase of the cycle.
    WrongPhase { phase: Phase },
    /// The days of 高校申报 are not planned.
    NotPlanned,
    /// It opens later.
    NotOpenYet { opens: Instant },
    /// It was closed at that instant.
    Ended { closed: Instant },
}
