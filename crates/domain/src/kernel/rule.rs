//! The shape of every life-cycle: a table of transitions, offers that follow from it, stale edits.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A transition: in state `from`, one of `parties` may do `action`, and the record stands in `to`.
#[derive(Clone, Copy, Debug)]
pub struct Rule<S: 'static, A: 'static, P: 'static> {
    /// State before.
    pub from: S,
    /// What is done.
    pub action: A,
    /// State after.
    pub to: S,
    /// Relations to this record, any of which suffices.
    pub parties: &'static [P],
}

/// Writes a row of a transition table.
pub const fn rule<S, A, P>(from: S, action: A, to: S, parties: &'static [P]) -> Rule<S, A, P> {
    Rule { from, action, to, parties }
}

/// Why an action is barred: for good for this person, or for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// This person never may; the action is not shown.
    NotYours,
    /// This person may, but not in this state or at this time; shown with its reason.
    NotNow,
}

/// An action that this person sees on a record, with the reason where it is barred for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offer<A, R> {
    /// What can be done.
    pub action: A,
    /// Why not now; `None` where it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barred: Option<R>,
}

/// How often a record was changed; stands in its ETag, so that a stale edit is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Version(pub i64);

impl Version {
    /// The version of a record just made.
    pub const FIRST: Self = Self(1);

    /// The version after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Reads `"v17"` as it stands in `If-Match`, with or without quotes.
    #[must_use]
    pub fn from_etag(text: &str) -> Option<Self> {
        text.trim().trim_matches('"').strip_prefix('v')?.parse().ok().map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"v{}\"", self.0)
    }
}
