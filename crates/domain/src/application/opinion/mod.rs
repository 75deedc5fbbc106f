//! Opinions of need units 需求单位意见 on what is offered to them: willing, to be discussed, opposed.
//!
//! The unit of a need reads each application for it once that is accepted, and says what it thinks until 择优 begins. It
//! may say it anew: the last word holds, those before it are kept for the lead office and the auditors. The leading group
//! reads the last word, and so will experts; it is never a score. The university that applies reads nothing of it.

mod rules;

use crate::kernel::field::reasoned;
use crate::kernel::{AccountId, ApplicationId, FieldError, Instant, Version};
use serde::{Deserialize, Serialize};

pub use rules::{Action, Reading, decide, offers, read_in, reads};

/// Longest reason, in characters.
const REASON_MOST: usize = 1000;

/// What a unit thinks of an application for its need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UnitStance))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// 愿意合作.
    Willing,
    /// 需协商.
    ToDiscuss,
    /// 不同意.
    Opposed,
}

impl Stance {
    /// Every stance, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Willing, Self::ToDiscuss, Self::Opposed];
}

/// What a unit has said once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub stance: Stance,
    /// Why; it may be empty where the unit is willing.
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
}

/// What the unit of its need has said of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    pub application: ApplicationId,
    /// In the order in which it was said: the last word holds.
    pub said: Vec<Said>,
}

impl Opinion {
    /// Of an application of which nothing was said.
    #[must_use]
    pub const fn none(application: ApplicationId) -> Self {
        Self { application, said: Vec::new() }
    }

    /// It counts what was said: 0 where nothing was.
    #[must_use]
    pub fn version(&self) -> Version {
        Version(i64::try_from(self.said.len()).unwrap_or(i64::MAX))
    }

    /// After something more was said.
    #[must_use]
    pub fn saying(&self, said: Said) -> Self {
        let mut after = self.clone();
        after.said.push(said);
        after
    }
}

/// An opinion as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UnitOpinionDraft))]
#[serde(default, deny_unknown_fields)]
pub struct OpinionDraft {
    pub stance: Option<Stance>,
    /// Why; needed unless the unit is willing.
    pub reason: String,
}

impl OpinionDraft {
    /// Checks it.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, by: AccountId, at: Instant) -> Result<Said, Vec<FieldError>> {
        let asks = |stance| matches!(stance, Stance::ToDiscuss | Stance::Opposed);
        let (stance, reason) = reasoned(self.stance, asks, &self.reason, REASON_MOST)?;
        Ok(Said { stance, reason, by, at })
    }
}
