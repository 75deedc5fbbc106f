//! How long a sign-in holds, and how long a proof of identity counts as fresh.

use crate::kernel::Instant;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A session ends when it was not used for so long.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session ends so long after sign-in, used or not.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How many sessions an account has at once; the oldest gives way.
pub const MOST: usize = 5;
/// Decisions, accounts and tokens want a proof that is no older.
pub const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// How long an invitation's link holds.
pub const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the link of a reset holds.
pub const RESET: SignedDuration = SignedDuration::from_mins(30);
/// How long a link made at the server's console holds.
pub const RECOVERY: SignedDuration = SignedDuration::from_mins(60);

/// What a link by which a person sets a password is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// The first password.
    Invite,
    /// A new one, where password or second factor was lost: the second factor goes with it.
    Reset,
}

impl LinkPurpose {
    /// As it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Reset => "reset",
        }
    }
}

/// Whether a session made and last used at these times still holds.
#[must_use]
pub fn is_alive(made: Instant, last_used: Instant, now: Instant) -> bool {
    now < last_used + IDLE && now < made + LONGEST
}

/// Whether a proof of identity given then counts as fresh now.
#[must_use]
pub fn is_fresh(proved: Instant, now: Instant) -> bool {
    now < proved + FRESH
}

#[cfg(test)]
mod tests {
    use super::{FRESH, IDLE, LONGEST, is_alive, is_fresh};
    use crate::kernel::Instant;
    use jiff::SignedDuration;

    #[test]
    fn sessions_and_proofs_end_to_the_microsecond() {
        let made = Instant::UNIX_EPOCH;
        let before = |span| made + span - SignedDuration::from_micros(1);
        assert!(is_alive(made, made, before(IDLE)));
        assert!(!is_alive(made, made, made + IDLE));
        assert!(is_alive(made, before(LONGEST), before(LONGEST)));
        assert!(!is_alive(made, before(LONGEST), made + LONGEST));
        assert!(is_fresh(made, before(FRESH)));
        assert!(!is_fresh(made, made + FRESH));
    }
}
