//! Whose turn it is with an application, and until when.

use super::State;
use super::rules::Facts;
use crate::kernel::Instant;
use serde::{Deserialize, Serialize};

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationTurn))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The university.
    University,
    /// 本校签发人: those who sign for the university.
    Signers,
    /// The clock: the seals are opened when the window has closed.
    Opening,
    /// The lead office.
    LeadOffice,
    /// Nobody: it has ended, or its time has passed.
    Nobody,
}

/// Whose turn it is with an application in `state` at `now`, and until when; `until` is the day of a return.
#[must_use]
pub fn turn(state: State, until: Option<Instant>, facts: &Facts, now: Instant) -> (Turn, Option<Instant>) {
    let (whose, until) = match state {
        State::Draft | State::Signing if facts.opened => return (Turn::Nobody, None),
        State::Draft => (Turn::University, facts.closes),
        State::Signing => (Turn::Signers, facts.closes),
        State::Submitted => return (Turn::Opening, facts.closes),
        State::FormalCheck => (Turn::LeadOffice, None),
        // Its day has passed: the lead office gives another one, or decides on what it has.
        State::ReturnedForCorrection if until.is_some_and(|until| until <= facts.now(now)) => {
            (Turn::LeadOffice, None)
        }
        State::ReturnedForCorrection => (Turn::University, until),
        State::Accepted | State::Withdrawn => return (Turn::Nobody, None),
    };
    match until {
        Some(closed) if closed <= facts.now(now) => (Turn::Nobody, None),
        _ => (whose, until),
    }
}
