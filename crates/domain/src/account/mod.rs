//! Accounts: people of an organisation with roles in it, and what their tokens and navigation reach.

pub mod draft;
pub mod password;
pub mod post;
pub mod reach;
pub mod request;
pub mod rules;
pub mod session;
pub mod throttle;
pub mod token;

#[cfg(test)]
mod tests;

use crate::kernel::{AccountId, Actor, Instant, OrgId, Role, Version};
use std::collections::BTreeSet;

pub use draft::{AccountDraft, NewAccount};
pub use post::{NewPost, PostDraft};
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
    /// Its owner has set a password, now or before it was disabled.
    pub password_set: bool,
    /// What one administrator asked for and another must confirm.
    pub pending: Option<Pending>,
    pub second_factor: bool,
    pub last_seen: Option<Instant>,
    pub version: Version,
}

/// What one administrator asks for and another confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// These roles, and no others.
    Roles(BTreeSet<Role>),
    /// A link for a new password.
    Reset,
    /// This post, for somebody who approves by it.
    Post(NewPost),
}

/// Something that waits for its second hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub ask: Ask,
    pub by: AccountId,
    pub at: Instant,
}

impl Account {
    /// This person as rules see them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::person(self.id, self.org, self.roles.iter().copied())
    }

    /// The address as those see it who only need to know which one it is: `w***@school.example`.
    #[must_use]
    pub fn masked_mail(&self) -> String {
        masked(&self.mail)
    }
}

/// An address whose name is left out but for its first letter.
#[must_use]
pub fn masked(mail: &str) -> String {
    match mail.split_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => String::new(),
    }
}
