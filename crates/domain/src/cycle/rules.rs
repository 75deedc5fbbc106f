//! Who moves a cycle and when. The lead office runs it; going back or setting an end later takes a reason.

use super::{Cycle, Phase};
use crate::kernel::{Actor, Instant, Offer, RefusalKind, Role, Rule, rule};
use crate::policy::Status;
use serde::{Deserialize, Serialize};

/// What can be done with a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CycleAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 开始征集.
    Open,
    /// 进入下一阶段.
    Advance,
    /// 延期.
    Extend,
    /// 修改.
    Change,
    /// 退回上一阶段.
    Back,
}

/// A person's relation to a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Anyone of the lead office.
    LeadOffice,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CycleRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only the lead office does this.
    LeadOfficeOnly,
    /// Not in this phase.
    WrongPhase { phase: Phase },
    /// The policy that it would run under is not in force on the opening day.
    PolicyNotInForce { status: Option<Status> },
    /// The days of the phase after 征集 are not planned: what is returned in it must have an end.
    NotPlanned { phase: Phase },
    /// The window of the phase is still open.
    WindowOpen {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        closes: Instant,
    },
}

impl Refusal {
    /// Whether waiting or another phase could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::LeadOfficeOnly => RefusalKind::NotYours,
            Self::WrongPhase { .. }
            | Self::PolicyNotInForce { .. }
            | Self::NotPlanned { .. }
            | Self::WindowOpen { .. } => RefusalKind::NotNow,
        }
    }
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 5] = [Self::Open, Self::Advance, Self::Extend, Self::Change, Self::Back];
}

/// The life of a cycle, as far as it runs.
pub const RULES: &[Rule<Phase, Action, Party>] = &[
    rule(Phase::Preparing, Action::Change, Phase::Preparing, &[Party::LeadOffice]),
    rule(Phase::Preparing, Action::Open, Phase::CollectingNeeds, &[Party::LeadOffice]),
    rule(Phase::CollectingNeeds, Action::Extend, Phase::CollectingNeeds, &[Party::LeadOffice]),
    rule(Phase::CollectingNeeds, Action::Advance, Phase::ScreeningNeeds, &[Party::LeadOffice]),
    rule(Phase::ScreeningNeeds, Action::Extend, Phase::ScreeningNeeds, &[Party::LeadOffice]),
    rule(Phase::ScreeningNeeds, Action::Back, Phase::CollectingNeeds, &[Party::LeadOffice]),
];

/// What the rules must know beyond the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How the policy stands today that it runs under.
    pub policy: Option<Status>,
}

/// Who makes a cycle at all.
///
/// # Errors
/// `LeadOfficeOnly` for everybody else.
pub fn may_make(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::LeadOffice) { Ok(()) } else { Err(Refusal::LeadOfficeOnly) }
}

/// Opened cycles are for everyone; one in preparation for those who prepare and watch it.
#[must_use]
pub fn visible(actor: &Actor, cycle: &Cycle) -> bool {
    cycle.phase != Phase::Preparing || sees_preparation(actor)
}

/// Whether `actor` sees cycles in preparation.
#[must_use]
pub fn sees_preparation(actor: &Actor) -> bool {
    let watches = [Role::LeadOffice, Role::LeadingGroup, Role::Finance, Role::Auditor];
    *actor == Actor::System || watches.into_iter().any(|role| actor.has(role))
}

/// Decides whether `actor` may do `action`, and in which phase the cycle stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    cycle: &Cycle,
    facts: Facts,
    action: Action,
    now: Instant,
) -> Result<Phase, Refusal> {
    may_make(actor)?;
    let found = RULES
        .iter()
        .find(|rule| rule.from == cycle.phase && rule.action == action)
        .ok_or(Refusal::WrongPhase { phase: cycle.phase })?;
    let closes = cycle.content.collecting.districts_end;
    match action {
        // Measure (十二): a cycle runs under a policy in force, or one that a decision keeps in force.
        Action::Open if facts.policy != Some(Status::InForce) => {
            Err(Refusal::PolicyNotInForce { status: facts.policy })
        }
        Action::Open if cycle.content.planned(Phase::ScreeningNeeds).is_none() => {
            Err(Refusal::NotPlanned { phase: Phase::ScreeningNeeds })
        }
        Action::Advance if now < closes => Err(Refusal::WindowOpen { closes }),
        Action::Open | Action::Advance | Action::Extend | Action::Change | Action::Back => Ok(found.to),
    }
}

/// What `actor` sees as possible, barred actions with their reasons.
#[must_use]
pub fn offers(actor: &Actor, cycle: &Cycle, facts: Facts, now: Instant) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, cycle, facts, action, now) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongPhase { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}
