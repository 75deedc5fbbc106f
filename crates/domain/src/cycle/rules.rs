//! Who moves a cycle and when. The lead office runs it; going back or setting an end later takes a reason.

use super::{Cycle, Part, Phase};
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
    /// 调整安排.
    RevisePlan,
    /// 调整预算.
    ReviseBudget,
    /// 修改择优规则.
    ReviseSelection,
    /// 修改评审指标.
    ReviseRubric,
    /// 修改绩效评估指标.
    ReviseFrame,
    /// 修改审定程序.
    ReviseApproval,
    /// 修改契合度权重.
    ReviseAffinity,
    /// 新建演练: another cycle is made from this one, to be rehearsed with.
    Rehearse,
    /// 拨钟: the clock of a rehearsal is set.
    SetClock,
    /// 结束演练, in whatever phase it stands.
    Finish,
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
    /// Only a rehearsal has a clock that is set, and is ended in any phase.
    RehearsalsOnly,
    /// A rehearsal is made from a real cycle.
    RealOnly,
    /// The policy that it would run under is not in force on the opening day.
    PolicyNotInForce { status: Option<Status> },
    /// The days of a phase that would begin, or follow, are not planned.
    NotPlanned { phase: Phase },
    /// Universities apply to a published need list, and there is none yet.
    NoNeedList,
    /// The need list is published: what stands on it is not collected again.
    NeedListPublished,
    /// So many needs in 遴选 have no verdict: nothing would come of them once the phase is left.
    NeedsUndecided { count: u32 },
    /// What was sealed is read from the end of the window on: nobody applies anew who might know of the others.
    SealsOpened,
    /// The phase that needs the part has opened.
    Frozen { part: Part },
    /// The window of the phase that would begin has passed already.
    WindowPassed {
        phase: Phase,
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        closes: Instant,
    },
    /// The window of the phase is still open.
    WindowOpen {
        phase: Phase,
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
            | Self::RehearsalsOnly
            | Self::RealOnly
            | Self::PolicyNotInForce { .. }
            | Self::NotPlanned { .. }
            | Self::NoNeedList
            | Self::NeedListPublished
            | Self::NeedsUndecided { .. }
            | Self::SealsOpened
            | Self::Frozen { .. }
            | Self::WindowPassed { .. }
            | Self::WindowOpen { .. } => RefusalKind::NotNow,
        }
    }
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 15] = [
        Self::Open,
        Self::Advance,
        Self::Extend,
        Self::Change,
        Self::Back,
        Self::RevisePlan,
        Self::ReviseBudget,
        Self::ReviseSelection,
        Self::ReviseRubric,
        Self::ReviseFrame,
        Self::ReviseApproval,
        Self::ReviseAffinity,
        Self::SetClock,
        Self::Rehearse,
        Self::Finish,
    ];

    /// The part that it changes, where it changes one.
    #[must_use]
    pub fn part(self) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.action() == self)
    }
}

/// Who runs the cycle.
const LEAD: &[Party] = &[Party::LeadOffice];

/// The life of a cycle. Parts are revised besides, each until the phase that needs it; rehearsals end in any phase.
pub const RULES: &[Rule<Phase, Action, Party>] = &[
    rule(Phase::Preparing, Action::Change, Phase::Preparing, LEAD),
    rule(Phase::Preparing, Action::Open, Phase::CollectingNeeds, LEAD),
    rule(Phase::CollectingNeeds, Action::Extend, Phase::CollectingNeeds, LEAD),
    rule(Phase::CollectingNeeds, Action::Advance, Phase::ScreeningNeeds, LEAD),
    rule(Phase::ScreeningNeeds, Action::Extend, Phase::ScreeningNeeds, LEAD),
    rule(Phase::ScreeningNeeds, Action::Advance, Phase::AcceptingApplications, LEAD),
    rule(Phase::ScreeningNeeds, Action::Back, Phase::CollectingNeeds, LEAD),
    rule(Phase::AcceptingApplications, Action::Extend, Phase::AcceptingApplications, LEAD),
    rule(Phase::AcceptingApplications, Action::Advance, Phase::Reviewing, LEAD),
    rule(Phase::AcceptingApplications, Action::Back, Phase::ScreeningNeeds, LEAD),
    rule(Phase::Reviewing, Action::Extend, Phase::Reviewing, LEAD),
    rule(Phase::Reviewing, Action::Advance, Phase::Selecting, LEAD),
    rule(Phase::Reviewing, Action::Back, Phase::AcceptingApplications, LEAD),
    rule(Phase::Selecting, Action::Extend, Phase::Selecting, LEAD),
    rule(Phase::Selecting, Action::Advance, Phase::PublicNotice, LEAD),
    rule(Phase::Selecting, Action::Back, Phase::Reviewing, LEAD),
    rule(Phase::PublicNotice, Action::Extend, Phase::PublicNotice, LEAD),
    rule(Phase::PublicNotice, Action::Advance, Phase::Implementing, LEAD),
    rule(Phase::PublicNotice, Action::Back, Phase::Selecting, LEAD),
    rule(Phase::Implementing, Action::Extend, Phase::Implementing, LEAD),
    rule(Phase::Implementing, Action::Advance, Phase::Evaluating, LEAD),
    rule(Phase::Implementing, Action::Back, Phase::PublicNotice, LEAD),
    rule(Phase::Evaluating, Action::Extend, Phase::Evaluating, LEAD),
    rule(Phase::Evaluating, Action::Advance, Phase::Subsidising, LEAD),
    rule(Phase::Evaluating, Action::Back, Phase::Implementing, LEAD),
    rule(Phase::Subsidising, Action::Extend, Phase::Subsidising, LEAD),
    rule(Phase::Subsidising, Action::Advance, Phase::Closed, LEAD),
    rule(Phase::Subsidising, Action::Back, Phase::Evaluating, LEAD),
];

/// What the rules must know beyond the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How the policy stands today that it runs under.
    pub policy: Option<Status>,
    /// A version of its need list is published.
    pub listed: bool,
    /// Needs in 遴选 without a verdict.
    pub undecided: u32,
}

/// Who makes a cycle at all.
///
/// # Errors
/// `LeadOfficeOnly` for everybody else.
pub fn may_make(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::LeadOffice) { Ok(()) } else { Err(Refusal::LeadOfficeOnly) }
}

/// Opened cycles are for everyone; one in preparation, or ended out of it, for those who prepare and watch it; rehearsals are not for the
/// public.
#[must_use]
pub fn visible(actor: &Actor, cycle: &Cycle) -> bool {
    let is_public = cycle.is_opened() && cycle.rehearsal.is_none();
    is_public || sees_preparation(actor) || (cycle.is_opened() && actor.account().is_some())
}

/// Whether `actor` sees cycles in preparation.
#[must_use]
pub fn sees_preparation(actor: &Actor) -> bool {
    let watches = [Role::LeadOffice, Role::LeadingGroup, Role::Finance, Role::Auditor];
    *actor == Actor::System || watches.into_iter().any(|role| actor.has(role))
}

/// Decides whether `actor` may do `action`, and in which phase the cycle stands then. `now` is by the server's clock;
/// a rehearsal reckons its own from it.
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
    if let Some(part) = action.part() {
        return may_revise(cycle.phase, part).map(|()| cycle.phase);
    }
    if let Action::Rehearse | Action::SetClock | Action::Finish = action {
        return may_rehearse(cycle, action);
    }
    let found = RULES
        .iter()
        .find(|rule| rule.from == cycle.phase && rule.action == action)
        .ok_or(Refusal::WrongPhase { phase: cycle.phase })?;
    match action {
        // Measure (十二): a cycle runs under a policy in force, or one that a decision keeps in force.
        Action::Open if facts.policy != Some(Status::InForce) => {
            Err(Refusal::PolicyNotInForce { status: facts.policy })
        }
        Action::Open if cycle.content.planned(Phase::ScreeningNeeds).is_none() => {
            Err(Refusal::NotPlanned { phase: Phase::ScreeningNeeds })
        }
        Action::Advance if found.to == Phase::AcceptingApplications && !facts.listed => {
            Err(Refusal::NoNeedList)
        }
        Action::Advance if found.to == Phase::AcceptingApplications && facts.undecided > 0 => {
            Err(Refusal::NeedsUndecided { count: facts.undecided })
        }
        Action::Extend | Action::Back
            if cycle.phase == Phase::AcceptingApplications && seals_opened(cycle, now) =>
        {
            Err(Refusal::SealsOpened)
        }
        Action::Back if found.to == Phase::AcceptingApplications => Err(Refusal::SealsOpened),
        // Nobody is told that needs are collected when none can be handed in any more.
        Action::Open | Action::Advance => may_go_on(cycle, found.to, cycle.now(now)).map(|()| found.to),
        Action::Back if found.to == Phase::CollectingNeeds && facts.listed => Err(Refusal::NeedListPublished),
        Action::Extend
        | Action::Change
        | Action::Back
        | Action::RevisePlan
        | Action::ReviseBudget
        | Action::ReviseSelection
        | Action::ReviseRubric
        | Action::ReviseFrame
        | Action::ReviseApproval
        | Action::ReviseAffinity
        | Action::Rehearse
        | Action::SetClock
        | Action::Finish => Ok(found.to),
    }
}

/// The seals open with the end of the window, whenever the job comes to it.
fn seals_opened(cycle: &Cycle, now: Instant) -> bool {
    cycle.content.closes(Phase::AcceptingApplications).is_some_and(|closes| closes <= cycle.now(now))
}

/// Rehearsals are made from real cycles; they alone are given another time, or an end in any phase.
fn may_rehearse(cycle: &Cycle, action: Action) -> Result<Phase, Refusal> {
    let phase = cycle.phase;
    match (action, cycle.rehearsal) {
        (Action::Rehearse, None) => Ok(phase),
        (Action::Rehearse, Some(_)) => Err(Refusal::RealOnly),
        (_, None) => Err(Refusal::RehearsalsOnly),
        (_, Some(_)) if phase == Phase::Closed => Err(Refusal::WrongPhase { phase }),
        (Action::Finish, Some(_)) => Ok(Phase::Closed),
        (_, Some(_)) => Ok(phase),
    }
}

/// A part is fixed once the phase opens that needs it; plan and budget of a cycle in preparation are changed with
/// the cycle.
fn may_revise(phase: Phase, part: Part) -> Result<(), Refusal> {
    match part {
        Part::Plan | Part::Budget if phase == Phase::Preparing => Err(Refusal::WrongPhase { phase }),
        part if phase >= part.needed_by() => Err(Refusal::Frozen { part }),
        _ => Ok(()),
    }
}

/// A phase is left when its window is closed, where others were promised it; and, as when a cycle is opened, for one that
/// is planned and, where others act in it, has time left.
fn may_go_on(cycle: &Cycle, to: Phase, now: Instant) -> Result<(), Refusal> {
    let phase = cycle.phase;
    if let Some(closes) = cycle.content.closes(phase).filter(|closes| phase.is_promised() && now < *closes) {
        return Err(Refusal::WindowOpen { phase, closes });
    }
    if !to.is_promised() {
        return Ok(());
    }
    match cycle.content.closes(to) {
        None => Err(Refusal::NotPlanned { phase: to }),
        Some(closes) if closes <= now => Err(Refusal::WindowPassed { phase: to, closes }),
        Some(_) => Ok(()),
    }
}

/// What `actor` sees as possible, barred actions with their reasons.
#[must_use]
pub fn offers(actor: &Actor, cycle: &Cycle, facts: Facts, now: Instant) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, cycle, facts, action, now) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(
                Refusal::WrongPhase { .. }
                | Refusal::Frozen { .. }
                | Refusal::RehearsalsOnly
                | Refusal::RealOnly,
            ) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}
