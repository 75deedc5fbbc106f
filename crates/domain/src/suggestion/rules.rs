//! Who is shown which suggestions, and until when.

use crate::cycle::{Cycle, Phase};
use crate::kernel::{Actor, Instant, OrgId, RefusalKind, Role};
use serde::{Deserialize, Serialize};

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SuggestionRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The need's unit, its district and the lead office are told which universities may answer it.
    NotItsParty,
    /// Needs are suggested to universities.
    UniversitiesOnly,
    /// The lead office watches which needs may stay unanswered.
    LeadOfficeOnly,
    /// No need list is published.
    NotListed,
    /// The window of 高校申报 has closed.
    Closed,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotItsParty | Self::UniversitiesOnly | Self::LeadOfficeOnly => RefusalKind::NotYours,
            Self::NotListed | Self::Closed => RefusalKind::NotNow,
        }
    }
}

/// Whose need it is, and whether it stands on the published list.
#[derive(Clone, Copy, Debug)]
pub struct OfNeed {
    pub unit: OrgId,
    pub district: Option<OrgId>,
    pub is_listed: bool,
}

/// Whether `actor` is told which universities may answer a need: its unit, its district, the lead office, and who
/// watches all.
///
/// # Errors
/// `NotItsParty` for everybody else, other universities among them; `NotListed` before its list is published.
pub fn may_see_universities(actor: &Actor, need: OfNeed) -> Result<(), Refusal> {
    let of = |org: Option<OrgId>| org.is_some() && actor.org() == org;
    let is_own = of(Some(need.unit)) && (actor.has(Role::NeedUnit) || actor.has(Role::DistrictBureau));
    let is_above = of(need.district) && actor.has(Role::DistrictBureau);
    let watches = actor.has(Role::LeadOffice) || actor.has(Role::Auditor);
    if !(is_own || is_above || watches || *actor == Actor::System) {
        Err(Refusal::NotItsParty)
    } else if !need.is_listed {
        Err(Refusal::NotListed)
    } else {
        Ok(())
    }
}

/// Whether `actor` is told which needs a university may answer: people of universities, of their own.
///
/// # Errors
/// `UniversitiesOnly` for everybody else.
pub fn may_see_needs(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::University) && actor.org().is_some() { Ok(()) } else { Err(Refusal::UniversitiesOnly) }
}

/// Whether `actor` is told which needs of a cycle may stay unanswered: the lead office, which can still do something
/// about it, and the auditors.
///
/// # Errors
/// `LeadOfficeOnly` for everybody else.
pub fn watches_unanswered(actor: &Actor) -> Result<(), Refusal> {
    let watches = actor.has(Role::LeadOffice) || actor.has(Role::Auditor) || *actor == Actor::System;
    if watches { Ok(()) } else { Err(Refusal::LeadOfficeOnly) }
}

/// Whether universities can still apply for what `cycle` lists, now or later: its list `is_published`, and the window of
/// 高校申报 has not closed. Beyond it a suggestion helps nobody. Gives when it closes, by the clock of the cycle.
///
/// # Errors
/// `NotListed` before, `Closed` after.
pub fn still_open(cycle: &Cycle, is_published: bool, now: Instant) -> Result<Instant, Refusal> {
    if !is_published {
        return Err(Refusal::NotListed);
    }
    let closes = cycle.content.closes(Phase::AcceptingApplications).ok_or(Refusal::Closed)?;
    if closes <= cycle.now(now) || cycle.phase > Phase::AcceptingApplications {
        return Err(Refusal::Closed);
    }
    Ok(closes)
}
