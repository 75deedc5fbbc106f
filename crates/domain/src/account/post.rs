//! 职务: by it a seat of the leading group is held, so that whoever sits there changes without a second account.
//!
//! Several people may have one post, such as deputy directors: whoever of them answers for a seat answers alone, and the
//! answer names the person. What nobody gets alone is a post of somebody who approves.

use super::Account;
use crate::kernel::field::{at_most, needed};
use crate::kernel::{FieldError, FieldProblem, Role};
use serde::{Deserialize, Serialize};

/// Longest name of a post, in characters.
pub const POST_MOST: usize = 40;
/// Longest reason, in characters.
const REASON_MOST: usize = 200;

/// A post as typed for an account that has one, or none, already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PostDraft {
    /// Empty where the person has no post any more.
    pub post: String,
    /// Why it changes.
    pub reason: String,
}

/// The post that somebody gets, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    pub post: String,
    pub reason: String,
}

impl PostDraft {
    /// Checks both against the account as it stands.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, account: &Account) -> Result<NewPost, Vec<FieldError>> {
        let mut errors = Vec::new();
        let post = at_most(&mut errors, "post", &self.post, POST_MOST);
        if post == account.post {
            errors.push(FieldError::new("post", FieldProblem::SameAs { other: "post_now".into() }));
        }
        let reason = needed(&mut errors, "reason", &self.reason, REASON_MOST);
        if errors.is_empty() { Ok(NewPost { post, reason }) } else { Err(errors) }
    }
}

impl Account {
    /// Whether the post gives a right: it is how a seat of the leading group is held.
    #[must_use]
    pub fn post_decides(&self) -> bool {
        self.roles.contains(&Role::LeadingGroup)
    }

    /// Whether whoever it belongs to may do as `other` says and nothing else: the same roles, and the same post where
    /// that gives a right.
    #[must_use]
    pub fn has_rights_of(&self, other: &Self) -> bool {
        self.roles == other.roles && (self.post == other.post || !other.post_decides())
    }
}
