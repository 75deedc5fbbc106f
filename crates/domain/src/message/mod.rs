//! What a person is told, in the system and by mail: that something happened to a record which concerns them.

pub mod mail;

use crate::kernel::{OrgId, Role};
use crate::need::{Need, State};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MessageKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A school of the district has submitted a need.
    NeedSubmitted,
    /// A need came back with something to correct.
    NeedReturned,
    /// The district has forwarded a need of the school.
    NeedForwarded,
    /// A need has reached the lead office.
    NeedArrived,
    /// A need was taken back by its unit.
    NeedWithdrawn,
    /// Needs are collected.
    CycleOpened,
    /// An end was set later.
    EndExtended,
    /// The cycle went into its next phase, or back.
    PhaseChanged,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::NeedSubmitted,
        Self::NeedReturned,
        Self::NeedForwarded,
        Self::NeedArrived,
        Self::NeedWithdrawn,
        Self::CycleOpened,
        Self::EndExtended,
        Self::PhaseChanged,
    ];
}

/// Whom something concerns: who holds one of these roles, in this organisation where one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audience {
    pub org: Option<OrgId>,
    pub roles: &'static [Role],
}

const UNIT: &[Role] = &[Role::NeedUnit, Role::DistrictBureau];
const DISTRICT: &[Role] = &[Role::DistrictBureau];
const LEAD: &[Role] = &[Role::LeadOffice];

/// Everyone who files needs: whom a cycle concerns while they are collected.
pub const FILERS: Audience = Audience { org: None, roles: UNIT };

/// Whom a step of a need concerns, and of what they are told. Nobody is told of a draft.
#[must_use]
pub fn of_need(before: State, after: &Need) -> Vec<(Kind, Audience)> {
    let unit = Audience { org: Some(after.unit), roles: UNIT };
    let district = after.district.map(|org| Audience { org: Some(org), roles: DISTRICT });
    let lead = Audience { org: None, roles: LEAD };
    let told = |kind, audience: Option<Audience>| audience.map(|audience| (kind, audience));
    let mut all = Vec::new();
    match (before, after.state) {
        (_, State::Submitted) => all.extend(told(Kind::NeedSubmitted, district)),
        (_, State::ReturnedByDistrict | State::Returned) => all.push((Kind::NeedReturned, unit)),
        (State::Submitted, State::Forwarded) => {
            all.push((Kind::NeedForwarded, unit));
            all.push((Kind::NeedArrived, lead));
        }
        (State::Draft | State::Returned, State::Forwarded | State::Screening) => {
            all.push((Kind::NeedArrived, lead));
        }
        (from, State::Withdrawn) if from != State::Draft => {
            all.extend(told(Kind::NeedWithdrawn, district));
            if after.forwarded_at.is_some() {
                all.push((Kind::NeedWithdrawn, lead));
            }
        }
        _ => {}
    }
    all
}
