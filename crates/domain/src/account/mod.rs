//! Accounts: people of an organisation with roles in it, and what their tokens and navigation reach.

pub mod draft;
pub mod password;
pub mod reach;
pub mod rules;

#[cfg(test)]
mod tests;

use crate::kernel::{AccountId, Actor, Instant, OrgId, Role, Version};
use std::collections::BTreeSet;

pub use draft::{AccountDraft, NewAccount};
pub use reach::{Scope, Section, sections};
pub use rules::{Action, Refusal, State};

/// A person's account. Secrets (password, seed of the second factor) are not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// The name typed at sign-in.
    pub login: String,
    pub name: String,
    pub name_en: String,
    pub org: OrgId,
    pub roles: BTreeSet<Role>,
    /// 职务.
    pub post: String,
    pub mail: String,
    pub state: State,
    /// Roles that one administrator asked for and another must confirm.
    pub pending: Option<Pending>,
    pub second_factor: bool,
    pub last_seen: Option<Instant>,
    pub version: Version,
}

/// A grant of roles that waits for its second hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub roles: BTreeSet<Role>,
    pub by: AccountId,
    pub at: Instant,
}

impl Account {
    /// This person as rules see them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::person(self.id, self.org, self.roles.iter().copied())
    }
}
