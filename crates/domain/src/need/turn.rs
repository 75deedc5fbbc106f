//! Whose turn it is with a need, and until when.

use super::rules::{Facts, own_end};
use super::{Standing, State};
use crate::cycle::Phase;
use crate::kernel::Instant;
use serde::{Deserialize, Serialize};

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The unit that needs it.
    Unit,
    /// The district bureau.
    District,
    /// The lead office.
    LeadOffice,
    /// Nobody: it has ended, its time has passed, or its phase went on without it.
    Nobody,
}

/// Whose turn it is with `need` at `now` by the server's clock, and until when. What was not submitted or forwarded while needs were
/// collected waits for nobody afterwards; nor does, within its phase, what was not submitted by its unit's end, not
/// forwarded by the districts', or not submitted again by the day that its return left: nobody may move it on, unless
/// that end is set later.
#[must_use]
pub fn turn(need: impl Into<Standing>, facts: &Facts, now: Instant) -> (Turn, Option<Instant>) {
    let (whose, until) = in_phase(&need.into(), facts);
    match until {
        Some(closed) if closed <= facts.now(now) => (Turn::Nobody, None),
        _ => (whose, until),
    }
}

fn in_phase(need: &Standing, facts: &Facts) -> (Turn, Option<Instant>) {
    let stands = need.back.filter(|_| need.state.is_returned()).map_or(need.state, |back| back.to);
    if !takes_part(stands, facts.phase) {
        return (Turn::Nobody, None);
    }
    match need.state {
        State::Draft => (Turn::Unit, Some(own_end(need.is_of_district(), &facts.collecting))),
        State::ReturnedByDistrict | State::Returned => (Turn::Unit, need.back.map(|back| back.until)),
        State::Submitted => (Turn::District, Some(facts.collecting.districts_end)),
        State::Forwarded | State::Screening => (Turn::LeadOffice, None),
        State::Listed | State::Declined | State::Merged | State::Taken | State::Open | State::Withdrawn => {
            (Turn::Nobody, None)
        }
    }
}

/// Whether a need that stands in this state, or was returned from it, can still be moved on in `phase`.
pub(super) const fn takes_part(stands: State, phase: Phase) -> bool {
    match stands {
        State::Draft | State::Submitted | State::ReturnedByDistrict | State::Forwarded | State::Returned => {
            matches!(phase, Phase::CollectingNeeds)
        }
        State::Screening => matches!(phase, Phase::ScreeningNeeds),
        State::Listed | State::Declined | State::Merged | State::Taken | State::Open | State::Withdrawn => {
            false
        }
    }
}

/// The latest instant by which a need that is returned from `state` may be submitted again: the districts'
/// end, or the end of 遴选.
#[must_use]
pub fn latest_return(state: State, facts: &Facts) -> Option<Instant> {
    match (state, facts.phase) {
        (State::Submitted | State::Forwarded, Phase::CollectingNeeds) => Some(facts.collecting.districts_end),
        (State::Screening, Phase::ScreeningNeeds) => Some(facts.screening_end),
        _ => None,
    }
}
