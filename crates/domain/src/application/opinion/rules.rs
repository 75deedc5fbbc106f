//! Who says what the unit of a need thinks of an application, until when, and who reads it.

use crate::application::Refusal;
use crate::application::sight::{Place, Scope};
use crate::cycle::Phase;
use crate::kernel::{Actor, Offer, RefusalKind, Role};
use crate::need::rules::files;
use serde::{Deserialize, Serialize};

/// What can be done about the opinion of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UnitOpinionAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 提意见: gives it, or gives it anew.
    Opine,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 1] = [Self::Opine];
}

/// How much of what a unit has said someone reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The last word.
    Last,
    /// Everything, in its order.
    All,
}

/// Decides whether `actor` may say what their unit thinks of the application at `place`, in `phase` of its cycle.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: &Actor, place: Place, phase: Phase) -> Result<(), Refusal> {
    if !is_asked(actor, place) {
        return Err(Refusal::NotYours);
    }
    if !place.is_offered() {
        return Err(Refusal::WrongState { state: place.state });
    }
    match phase {
        Phase::AcceptingApplications | Phase::Reviewing => Ok(()),
        phase => Err(Refusal::WrongPhase { phase }),
    }
}

/// What `actor` can do about the opinion on the application at `place`, barred actions with their reasons.
#[must_use]
pub fn offers(actor: &Actor, place: Place, phase: Phase) -> Vec<Offer<Action, Refusal>> {
    let offer = |action| match decide(actor, place, phase) {
        Ok(()) => Some(Offer { action, barred: None }),
        Err(Refusal::WrongState { .. }) => None,
        Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
        Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
    };
    Action::ALL.into_iter().filter_map(offer).collect()
}

/// How much `actor` reads of the opinion on the application at `place`; nothing where there can be none, and nobody of
/// the university that applies, whatever roles they hold.
#[must_use]
pub fn reads(actor: &Actor, place: Place) -> Option<Reading> {
    if !place.is_offered() || actor.org() == Some(place.university) {
        return None;
    }
    if *actor == Actor::System || actor.has(Role::LeadOffice) || actor.has(Role::Auditor) {
        return Some(Reading::All);
    }
    (actor.has(Role::LeadingGroup) || is_asked(actor, place)).then_some(Reading::Last)
}

/// Whether opinions are read on what `scope` holds, but for applications of the reader's own university: a list is
/// narrowed by them there alone.
#[must_use]
pub const fn read_in(scope: Scope) -> bool {
    match scope {
        Scope::All | Scope::Opened | Scope::Offered(_) => true,
        Scope::Own(_) => false,
    }
}

/// Of those who file the needs of its unit; never of the university that applies.
fn is_asked(actor: &Actor, place: Place) -> bool {
    actor.org() == Some(place.unit) && place.unit != place.university && files(actor)
}
