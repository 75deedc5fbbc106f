//! What a district bureau does with the needs of its schools: it ranks them, forwards them by a sealed 汇总表, or
//! reports that there are none.

pub mod ranking;
pub mod summary;

pub use ranking::{Ranking, RankingDraft};
pub use summary::{Line, Summary};

use super::rules::{Facts, Refusal};
use crate::cycle::Phase;
use crate::kernel::{Actor, Instant, OrgId, Role};

/// Whether `actor` acts for the bureau of `district` while it can still forward.
///
/// # Errors
/// The reason why not.
pub(crate) fn acts_for(actor: &Actor, district: OrgId, facts: &Facts, now: Instant) -> Result<(), Refusal> {
    if actor.org() != Some(district) || !actor.has(Role::DistrictBureau) {
        return Err(Refusal::NotYours);
    }
    match facts.phase {
        Phase::CollectingNeeds if facts.now(now) < facts.collecting.districts_end => Ok(()),
        Phase::CollectingNeeds => Err(Refusal::Ended { closed: facts.collecting.districts_end }),
        phase => Err(Refusal::WrongPhase { phase }),
    }
}
