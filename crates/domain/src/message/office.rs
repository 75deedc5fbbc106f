//! What the lead office keeps for everybody: the rows by which people are reminded, and the words of mails.

use crate::kernel::{Actor, RefusalKind, Role};
use serde::{Deserialize, Serialize};

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = KeepingRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only the lead office keeps these.
    LeadOfficeOnly,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::LeadOfficeOnly => RefusalKind::NotYours,
        }
    }
}

/// Whether `actor` sees them: who keeps them, and who watches.
#[must_use]
pub fn visible(actor: &Actor) -> bool {
    actor.has(Role::LeadOffice) || actor.has(Role::Auditor)
}

/// Whether `actor` changes them.
///
/// # Errors
/// `LeadOfficeOnly` otherwise.
pub fn may_keep(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::LeadOffice) { Ok(()) } else { Err(Refusal::LeadOfficeOnly) }
}
