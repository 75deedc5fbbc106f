//! Verdicts: what the lead office means to do with needs in 遴选.
//!
//! A verdict lives beside its need. The need stands in 遴选 for everyone until the need list is published; then
//! it goes where its verdict says, and its unit is told.

use super::rules::{Action, Refusal};
use super::{Need, State};
use crate::kernel::field::{at_most, needed};
use crate::kernel::{AccountId, CycleId, FieldError, FieldProblem, Instant, NeedId, Version};
use serde::{Deserialize, Serialize};

/// Longest remark, in characters.
const REMARK_MOST: usize = 500;

/// What a verdict comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// 拟列入.
    Listed,
    /// 拟不列入.
    Declined,
    /// 拟合并.
    Merged,
}

impl Ruling {
    /// Every ruling.
    pub const ALL: [Self; 3] = [Self::Listed, Self::Declined, Self::Merged];

    /// Where the need stands once the list is published.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::Listed => State::Listed,
            Self::Declined => State::Declined,
            Self::Merged => State::Merged,
        }
    }
}

/// Why a need is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = DeclineReason))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No measure of the policy covers it.
    OutsideMeasures,
    /// 单纯课题研究.
    PureResearch,
    /// Its results would not land in Jinan.
    NotInJinan,
    /// It does not say what is wanted.
    TooVague,
    /// A project or resource that exists serves it.
    AlreadyServed,
    /// The budget does not hold.
    BudgetUnsound,
    /// Another one, which the remark says.
    Other,
}

impl Why {
    /// Every reason, in the order in which it is offered.
    pub const ALL: [Self; 7] = [
        Self::OutsideMeasures,
        Self::PureResearch,
        Self::NotInJinan,
        Self::TooVague,
        Self::AlreadyServed,
        Self::BudgetUnsound,
        Self::Other,
    ];
}

/// What shall become of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ruling", rename_all = "snake_case")]
pub enum Outcome {
    Listed,
    Declined { why: Why },
    Merged { into: NeedId },
}

impl Outcome {
    /// What it comes to.
    #[must_use]
    pub const fn ruling(self) -> Ruling {
        match self {
            Self::Listed => Ruling::Listed,
            Self::Declined { .. } => Ruling::Declined,
            Self::Merged { .. } => Ruling::Merged,
        }
    }

    /// The need that takes it up.
    #[must_use]
    pub const fn into(self) -> Option<NeedId> {
        match self {
            Self::Merged { into } => Some(into),
            Self::Listed | Self::Declined { .. } => None,
        }
    }
}

/// The lead office's verdict on a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub need: NeedId,
    pub cycle: CycleId,
    /// `None` where nothing was decided yet, or what was is taken back.
    pub outcome: Option<Outcome>,
    /// For the unit, which reads it once the list is published.
    pub remark: String,
    pub by: AccountId,
    pub at: Instant,
    pub version: Version,
}

impl Verdict {
    /// The version of a verdict that was never given.
    pub const NONE: Version = Version(0);

    /// What it comes to, where anything was decided.
    #[must_use]
    pub fn ruling(&self) -> Option<Ruling> {
        self.outcome.map(Outcome::ruling)
    }

    /// The verdict that comes after this one.
    #[must_use]
    pub fn followed_by(&self, given: Given, by: AccountId, at: Instant) -> Self {
        let Given { outcome, remark } = given;
        Self { outcome, remark, by, at, version: self.version.next(), ..*self }
    }
}

/// A verdict as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerdictDraft {
    /// Why it is not listed.
    pub why: Option<Why>,
    pub remark: String,
    /// Number of the need that takes it up.
    pub into: String,
}

/// A verdict that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub outcome: Option<Outcome>,
    pub remark: String,
}

impl VerdictDraft {
    /// Checks what is said with `action`; `into` is the need that its number names.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, action: Action, into: Option<NeedId>) -> Result<Given, Vec<FieldError>> {
        let mut errors = Vec::new();
        let outcome = match action {
            Action::Enlist => Some(Outcome::Listed),
            Action::Decline => {
                if self.why.is_none() {
                    errors.push(FieldError::required("why"));
                }
                self.why.map(|why| Outcome::Declined { why })
            }
            Action::Merge => {
                if self.into.trim().is_empty() {
                    errors.push(FieldError::required("into"));
                } else if into.is_none() {
                    let got = self.into.trim().to_owned();
                    errors.push(FieldError::new("into", FieldProblem::Unknown { got, nearest: Vec::new() }));
                }
                into.map(|into| Outcome::Merged { into })
            }
            _ => None,
        };
        // A reason that no code names is written out.
        let remark = if action == Action::Decline && self.why == Some(Why::Other) {
            needed(&mut errors, "remark", &self.remark, REMARK_MOST)
        } else {
            at_most(&mut errors, "remark", &self.remark, REMARK_MOST)
        };
        let remark = if action == Action::Reopen { String::new() } else { remark };
        if errors.is_empty() { Ok(Given { outcome, remark }) } else { Err(errors) }
    }
}

/// Whether `need` can be merged into `into`, of which `ruling` is meant. One into which needs are merged is itself
/// never merged, declined or returned, so no chain and no circle comes about.
///
/// # Errors
/// The reason why not.
pub fn may_merge(need: &Need, into: &Need, ruling: Option<Ruling>) -> Result<(), Refusal> {
    if need.id == into.id {
        return Err(Refusal::IntoItself);
    }
    if need.cycle != into.cycle {
        return Err(Refusal::IntoOtherCycle);
    }
    match (into.state, ruling) {
        (State::Screening, None | Some(Ruling::Listed)) => Ok(()),
        (State::Screening, Some(ruling)) => Err(Refusal::IntoEnded { state: ruling.state() }),
        (state, _) => Err(Refusal::IntoEnded { state }),
    }
}
