//! Who sees which applications. The seal binds everybody: until the seals of a cycle are opened, nobody outside
//! the university knows of its application, whatever roles they hold; and drafts stay with it for good.

use super::Application;
use crate::kernel::{Actor, OrgId, Role};

/// A part of all applications that someone sees; a person sees the union of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: the system alone.
    All,
    /// What this university writes, has handed in and has taken back.
    Own(OrgId),
    /// Everything whose seal is opened.
    Opened,
}

/// The parts of all applications that `actor` sees, as a condition for the store. Nothing where it is empty.
#[must_use]
pub fn scope(actor: &Actor) -> Vec<Scope> {
    let mut parts = Vec::new();
    if *actor == Actor::System {
        return vec![Scope::All];
    }
    let Some(org) = actor.org() else { return parts };
    if actor.has(Role::University) {
        parts.push(Scope::Own(org));
    }
    let whole = [Role::LeadOffice, Role::LeadingGroup, Role::Auditor];
    if whole.into_iter().any(|role| actor.has(role)) {
        parts.push(Scope::Opened);
    }
    parts
}

/// Whether `scope` holds `application`.
#[must_use]
pub fn holds(scope: Scope, application: &Application) -> bool {
    match scope {
        Scope::All => true,
        Scope::Own(org) => application.university == org,
        Scope::Opened => application.opened_at.is_some(),
    }
}

/// Whether `actor` sees `application`.
#[must_use]
pub fn visible(actor: &Actor, application: &Application) -> bool {
    scope(actor).into_iter().any(|part| holds(part, application))
}

/// Whether `actor` sees what is typed and not submitted, and who writes it: only its own university.
#[must_use]
pub fn sees_draft(actor: &Actor, application: &Application) -> bool {
    *actor == Actor::System || super::team::is_home(actor, application)
}
