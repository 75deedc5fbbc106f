//! Who changes the directory, and who sees whom to call.

use super::Organisation;
use crate::kernel::{Actor, Offer, RefusalKind, Role};
use serde::{Deserialize, Serialize};

/// What is done with an organisation. None is ever deleted: it gets a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = OrgAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 修改.
    Change,
}

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = OrgRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only system administrators do this.
    AdministratorOnly,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::AdministratorOnly => RefusalKind::NotYours,
        }
    }
}

/// Who makes and changes organisations.
///
/// # Errors
/// `AdministratorOnly` for everybody else.
pub fn may_administer(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::SystemAdmin) { Ok(()) } else { Err(Refusal::AdministratorOnly) }
}

/// What `actor` can do with an organisation.
#[must_use]
pub fn offers(actor: &Actor) -> Vec<Offer<Action, Refusal>> {
    match may_administer(actor) {
        Ok(()) => vec![Offer { action: Action::Change, barred: None }],
        Err(_) => Vec::new(),
    }
}

/// Whether `actor` sees who answers for an organisation: everyone who is signed in.
#[must_use]
pub const fn sees_contacts(actor: &Actor) -> bool {
    matches!(actor, Actor::Person(_) | Actor::System)
}

/// Whether `actor` sees telephone numbers whole: those who need them.
#[must_use]
pub fn sees_phones(actor: &Actor, org: &Organisation) -> bool {
    actor.org() == Some(org.id) || actor.has(Role::SystemAdmin) || actor.has(Role::LeadOffice)
}
