//! Who writes the profile of a university. Everyone reads it: it stands on the portal.

use crate::kernel::{Actor, RefusalKind, Role};
use crate::org::{OrgKind, Organisation};
use serde::{Deserialize, Serialize};

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ProfileRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Its own people write it, and system administrators.
    NotItsPeople,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotItsPeople => RefusalKind::NotYours,
        }
    }
}

/// Whether an organisation has a profile at all: universities do.
#[must_use]
pub fn is_profiled(org: &Organisation) -> bool {
    org.kind == OrgKind::University
}

/// Whether `actor` writes the profile of `org`: those who apply for it, and who keeps the directory.
///
/// # Errors
/// `NotItsPeople` for everybody else.
pub fn may_change(actor: &Actor, org: &Organisation) -> Result<(), Refusal> {
    let is_own = actor.org() == Some(org.id) && actor.has(Role::University);
    let keeps = actor.has(Role::SystemAdmin);
    if is_own || keeps || *actor == Actor::System { Ok(()) } else { Err(Refusal::NotItsPeople) }
}
