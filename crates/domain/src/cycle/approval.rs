//! 审定: whose hands of the leading group a document passes through before it is published.

use crate::account::post::POST_MOST;
use crate::kernel::field::needed;
use crate::kernel::{FieldError, FieldProblem};
use serde::{Deserialize, Serialize};

/// Most steps of a chain.
const STEPS_MOST: usize = 4;

/// A seat of the leading group's leaders (notice, measure (十一)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// 副组长: 分管领导.
    Deputy,
    /// 组长: 主要领导.
    Leader,
}

impl Seat {
    /// Every seat.
    pub const ALL: [Self; 2] = [Self::Deputy, Self::Leader];
}

/// A step: whoever of the leading group holds the seat by this post. Holders change; the post is what their account
/// says of them, which who proposes does not write; nor is the chain changed once there is something to propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    pub seat: Seat,
    /// 职务 of its holder, such as 副局长.
    pub post: String,
}

impl Step {
    /// Whether who has this 职务 holds the seat.
    #[must_use]
    pub fn is_held_by(&self, post: &str) -> bool {
        self.post == post.trim()
    }
}

/// 决策会议: the body whose meeting decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = DecidingBody))]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// 领导小组会议.
    #[default]
    LeadingGroup,
    /// 局长办公会.
    Directors,
    /// 局党组会.
    PartyGroup,
}

impl Body {
    /// Every body.
    pub const ALL: [Self; 3] = [Self::LeadingGroup, Self::Directors, Self::PartyGroup];

    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// The chain of a cycle, and the body that decides on what passed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approval {
    /// In their order.
    pub steps: Vec<Step>,
    /// Whose meeting decides on the need list.
    #[serde(default, skip_serializing_if = "Body::is_usual")]
    pub body: Body,
    /// What was decided there is on record before the list is published; otherwise it is shown as missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub minutes_needed: bool,
}

/// First the deputy leader in charge, then the leader.
impl Default for Approval {
    fn default() -> Self {
        let step = |seat, post: &str| Step { seat, post: post.to_owned() };
        let steps = vec![step(Seat::Deputy, "副局长"), step(Seat::Leader, "局长")];
        Self { steps, body: Body::default(), minutes_needed: false }
    }
}

/// The chain as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ApprovalDraft {
    pub steps: Vec<StepDraft>,
    /// Whose meeting decides on the need list.
    pub body: Body,
    /// What was decided there is on record before the list is published.
    pub minutes_needed: bool,
}

/// A step as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepDraft {
    pub seat: Seat,
    #[serde(default)]
    pub post: String,
}

impl ApprovalDraft {
    /// The draft that the chain would be typed as.
    #[must_use]
    pub fn of(approval: &Approval) -> Self {
        let step = |it: &Step| StepDraft { seat: it.seat, post: it.post.clone() };
        let steps = approval.steps.iter().map(step).collect();
        Self { steps, body: approval.body, minutes_needed: approval.minutes_needed }
    }

    /// Checks everything at once. A post stands once: nobody approves twice. The leader has the last word.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self) -> Result<Approval, Vec<FieldError>> {
        let mut errors = Vec::new();
        if self.steps.is_empty() {
            errors.push(FieldError::required("steps"));
        } else if self.steps.len() > STEPS_MOST {
            errors.push(FieldError::new("steps", FieldProblem::TooMany { max: STEPS_MOST }));
        }
        let mut steps: Vec<Step> = Vec::with_capacity(self.steps.len());
        for (at, typed) in self.steps.iter().enumerate() {
            let path = format!("steps[{at}].post");
            let post = needed(&mut errors, &path, &typed.post, POST_MOST);
            if !post.is_empty() && steps.iter().any(|earlier| earlier.post == post) {
                errors.push(FieldError::new(path, FieldProblem::Twice { got: post.clone() }));
            }
            steps.push(Step { seat: typed.seat, post });
        }
        if let Some(last) = steps.len().checked_sub(1)
            && steps.last().is_some_and(|step| step.seat != Seat::Leader)
        {
            let other = "last_seat".to_owned();
            errors.push(FieldError::new(format!("steps[{last}].seat"), FieldProblem::DoesNotFit { other }));
        }
        if errors.is_empty() {
            Ok(Approval { steps, body: self.body, minutes_needed: self.minutes_needed })
        } else {
            Err(errors)
        }
    }
}
