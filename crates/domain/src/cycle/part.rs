//! Parts of a cycle that are changed one by one until the phase opens that needs them: its later windows, its
//! budget, the rules of the selection, the rubric, the frame of the evaluation, the chain of approval and the weights of
//! suggestions. Each change is a version.

use super::affinity::{Weights, WeightsDraft};
use super::approval::{Approval, ApprovalDraft};
use super::rubric::{Frame, FrameDraft, Rubric, RubricDraft};
use super::selection::{Selection, SelectionDraft};
use super::{Action, Content, Cycle, Phase, Plan, PlanDraft};
use crate::kernel::field::amount;
use crate::kernel::{AccountId, Fen, FieldError, FieldProblem, Instant};
use crate::org::Directory;
use crate::policy::Content as PolicyContent;
use serde::{Deserialize, Serialize};

/// A part that is versioned by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CyclePart))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 安排: the windows of phases that lie ahead.
    Plan,
    /// 经费预算.
    Budget,
    /// 遴选规则: least for measures and districts, most for universities.
    Selection,
    /// 评审指标.
    Rubric,
    /// 绩效评估指标.
    Frame,
    /// 审定程序: who of the leading group approves what is proposed.
    Approval,
    /// 契合度权重: what suggestions weigh.
    Affinity,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 7] = [
        Self::Plan,
        Self::Budget,
        Self::Selection,
        Self::Rubric,
        Self::Frame,
        Self::Approval,
        Self::Affinity,
    ];

    /// The phase that needs it: once that opens it is fixed. Universities write by the rules of the selection and
    /// by the rubric, so both are known before they begin, and what is suggested to them weighs the same for all; projects agree on the frame. Who approves is fixed before there
    /// is anything to propose: the lead office sets the chain, and does not choose by what it proposes.
    #[must_use]
    pub const fn needed_by(self) -> Phase {
        match self {
            Self::Plan => Phase::Closed,
            Self::Approval => Phase::ScreeningNeeds,
            Self::Budget => Phase::Selecting,
            Self::Selection | Self::Rubric | Self::Affinity => Phase::AcceptingApplications,
            Self::Frame => Phase::Implementing,
        }
    }

    /// The action that changes it.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Plan => Action::RevisePlan,
            Self::Budget => Action::ReviseBudget,
            Self::Selection => Action::ReviseSelection,
            Self::Rubric => Action::ReviseRubric,
            Self::Frame => Action::ReviseFrame,
            Self::Approval => Action::ReviseApproval,
            Self::Affinity => Action::ReviseAffinity,
        }
    }

    /// As it stands in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Budget => "budget",
            Self::Selection => "selection",
            Self::Rubric => "rubric",
            Self::Frame => "frame",
            Self::Approval => "approval",
            Self::Affinity => "affinity",
        }
    }

    /// The part with this name in addresses.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Plan(Vec<Plan>),
    Budget(Fen),
    Selection(Selection),
    Rubric(Rubric),
    Frame(Frame),
    Approval(Approval),
    Affinity(Weights),
}

impl Value {
    /// What it is of.
    #[must_use]
    pub const fn part(&self) -> Part {
        match self {
            Self::Plan(_) => Part::Plan,
            Self::Budget(_) => Part::Budget,
            Self::Selection(_) => Part::Selection,
            Self::Rubric(_) => Part::Rubric,
            Self::Frame(_) => Part::Frame,
            Self::Approval(_) => Part::Approval,
            Self::Affinity(_) => Part::Affinity,
        }
    }
}

/// A change of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What it said before; what it says now stands in the next revision of the part, or in the cycle.
    pub was: Value,
    /// Why; empty while the cycle is prepared.
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
}

/// A part as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartDraft {
    Plan(Vec<PlanDraft>),
    /// In yuan.
    Budget(String),
    Selection(SelectionDraft),
    Rubric(RubricDraft),
    Frame(FrameDraft),
    Approval(ApprovalDraft),
    Affinity(WeightsDraft),
}

impl PartDraft {
    /// What it is of.
    #[must_use]
    pub const fn part(&self) -> Part {
        match self {
            Self::Plan(_) => Part::Plan,
            Self::Budget(_) => Part::Budget,
            Self::Selection(_) => Part::Selection,
            Self::Rubric(_) => Part::Rubric,
            Self::Frame(_) => Part::Frame,
            Self::Approval(_) => Part::Approval,
            Self::Affinity(_) => Part::Affinity,
        }
    }

    /// The draft that `value` would be typed as.
    #[must_use]
    pub fn of(value: &Value, directory: &Directory) -> Self {
        match value {
            Value::Plan(plan) => Self::Plan(PlanDraft::all(plan)),
            Value::Budget(budget) => Self::Budget(budget.to_string()),
            Value::Selection(rules) => Self::Selection(SelectionDraft::of(rules, directory)),
            Value::Rubric(rubric) => Self::Rubric(RubricDraft::of(rubric)),
            Value::Frame(frame) => Self::Frame(FrameDraft::of(frame)),
            Value::Approval(approval) => Self::Approval(ApprovalDraft::of(approval)),
            Value::Affinity(weights) => Self::Affinity(WeightsDraft::of(*weights)),
        }
    }

    /// Checks it against the cycle whose part it is.
    ///
    /// # Errors
    /// Every field that does not hold; of a plan, phases that have begun and are no longer as they were.
    pub fn check(
        &self,
        cycle: &Cycle,
        policy: &PolicyContent,
        directory: &Directory,
    ) -> Result<Value, Vec<FieldError>> {
        match self {
            Self::Plan(typed) => plan(typed, cycle).map(Value::Plan),
            Self::Budget(typed) => {
                let mut errors = Vec::new();
                match amount(&mut errors, "budget", typed) {
                    Some(Fen::ZERO) => Err(vec![FieldError::required("budget")]),
                    Some(budget) => Ok(Value::Budget(budget)),
                    None => Err(errors),
                }
            }
            Self::Selection(typed) => typed.check(policy, directory).map(Value::Selection),
            Self::Rubric(typed) => typed.check().map(Value::Rubric),
            Self::Frame(typed) => typed.check().map(Value::Frame),
            Self::Approval(typed) => typed.check().map(Value::Approval),
            Self::Affinity(typed) => typed.check().map(Value::Affinity),
        }
    }
}

/// Phases that have begun keep their windows: those are extended, or left.
fn plan(typed: &[PlanDraft], cycle: &Cycle) -> Result<Vec<Plan>, Vec<FieldError>> {
    let plan = super::draft::plan_of(typed, cycle.content.collecting)?;
    let mut errors = Vec::new();
    for phase in Phase::PLANNED.into_iter().filter(|phase| *phase <= cycle.phase) {
        let now = plan.iter().find(|it| it.phase == phase);
        if now != cycle.content.planned(phase) {
            let at = typed.iter().position(|it| it.phase == phase).unwrap_or_default();
            errors.push(FieldError::new(format!("plan[{at}].from"), FieldProblem::NotOpen));
        }
    }
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

impl Content {
    /// The rules of the selection: none until some are set.
    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection.clone().unwrap_or_default()
    }

    /// The rubric: the programme's usual one until another is set.
    #[must_use]
    pub fn rubric(&self) -> Rubric {
        self.rubric.clone().unwrap_or_default()
    }

    /// The frame of the evaluation: finance's until another is set.
    #[must_use]
    pub fn frame(&self) -> Frame {
        self.frame.clone().unwrap_or_default()
    }

    /// The chain of approval: the deputy leader in charge, then the leader, until another is set.
    #[must_use]
    pub fn approval(&self) -> Approval {
        self.approval.clone().unwrap_or_default()
    }

    /// What suggestions weigh: the programme's usual weights until others are set.
    #[must_use]
    pub fn affinity(&self) -> Weights {
        self.affinity.unwrap_or_default()
    }

    /// What `part` says.
    #[must_use]
    pub fn value(&self, part: Part) -> Value {
        match part {
            Part::Plan => Value::Plan(self.plan.clone()),
            Part::Budget => Value::Budget(self.budget),
            Part::Selection => Value::Selection(self.selection()),
            Part::Rubric => Value::Rubric(self.rubric()),
            Part::Frame => Value::Frame(self.frame()),
            Part::Approval => Value::Approval(self.approval()),
            Part::Affinity => Value::Affinity(self.affinity()),
        }
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Plan(plan) => self.plan = plan,
            Value::Budget(budget) => self.budget = budget,
            Value::Selection(selection) => self.selection = Some(selection),
            Value::Rubric(rubric) => self.rubric = Some(rubric),
            Value::Frame(frame) => self.frame = Some(frame),
            Value::Approval(approval) => self.approval = Some(approval),
            Value::Affinity(weights) => self.affinity = Some(weights),
        }
    }

    /// The same with the rules that `other` runs by: a cycle that is changed keeps its own, a copy takes those of
    /// the year before. What they ask of measures holds only under the same policy.
    #[must_use]
    pub fn with_rules_of(mut self, other: &Self) -> Self {
        self.selection.clone_from(&other.selection);
        if let Some(rules) = self.selection.as_mut().filter(|_| self.policy != other.policy) {
            rules.measure_least.clear();
        }
        self.rubric.clone_from(&other.rubric);
        self.frame.clone_from(&other.frame);
        self.approval.clone_from(&other.approval);
        self.affinity = other.affinity;
        self
    }
}

impl Cycle {
    /// Versions of `part` so far: 1, and one more for each revision.
    #[must_use]
    pub fn part_version(&self, part: Part) -> usize {
        1 + self.revisions.iter().filter(|it| it.was.part() == part).count()
    }

    /// The cycle after a part of it was changed to `value`.
    #[must_use]
    pub fn revised(&self, value: Value, reason: &str, by: AccountId, at: Instant) -> Self {
        let mut after = self.clone();
        let was = self.content.value(value.part());
        after.content.set(value);
        after.revisions.push(Revision { was, reason: reason.trim().to_owned(), by, at: self.now(at) });
        after.version = self.version.next();
        after
    }
}

/// Shares add up to 100, where each of them could be read.
pub(super) fn weights(
    errors: &mut Vec<FieldError>,
    path: &str,
    shares: impl Iterator<Item = u8>,
    rows: usize,
) {
    let shares: Vec<i64> = shares.map(i64::from).collect();
    let got: i64 = shares.iter().sum();
    if rows > 0 && shares.len() == rows && got != 100 {
        errors.push(FieldError::new(path, FieldProblem::NotTheSum { should: 100, got }));
    }
}
