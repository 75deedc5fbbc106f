//! Who composes, proposes, approves and publishes a need list, and when.
//!
//! The lead office composes and proposes; the leading group approves, seat by seat; the lead office publishes. Nobody
//! both composes or proposes and approves, whatever roles one person holds, and whatever others have changed since.

use super::{Answer, NeedList, State};
use crate::cycle::{Phase, Seat};
use crate::kernel::{Actor, Offer, RefusalKind, Role, Rule, rule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What can be done with a version of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 组成: from the verdicts, in an order.
    Compose,
    /// 提请审定.
    Propose,
    /// 同意.
    Approve,
    /// 退回修改.
    Return,
    /// 登记会议决定.
    Minute,
    /// 发布.
    Publish,
    /// A verdict changed, or a need went away: it is open again.
    Reopen,
}

/// A relation to a version of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Of the lead office.
    LeadOffice,
    /// Of the leading group.
    LeadingGroup,
    /// The system, when what the list stands on has changed.
    System,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedListRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Someone else does this.
    NotYours,
    /// It waits for another seat of the leading group.
    OtherSeat { seat: Seat },
    /// Whoever ever composed or proposed it does not approve it.
    OwnProposal,
    /// Who has agreed to it does not do so again for another seat.
    AgreedAlready,
    /// Not in this state.
    WrongState { state: State },
    /// Not in this phase of the cycle.
    WrongPhase { phase: Phase },
    /// It was not composed yet.
    NotComposed,
    /// The check finds so many things that bar it.
    Incomplete { count: u32 },
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotYours => RefusalKind::NotYours,
            Self::OtherSeat { .. }
            | Self::OwnProposal
            | Self::AgreedAlready
            | Self::WrongState { .. }
            | Self::WrongPhase { .. }
            | Self::NotComposed
            | Self::Incomplete { .. } => RefusalKind::NotNow,
        }
    }
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 7] = [
        Self::Propose,
        Self::Approve,
        Self::Return,
        Self::Minute,
        Self::Publish,
        Self::Compose,
        Self::Reopen,
    ];
}

const LEAD: &[Party] = &[Party::LeadOffice];
const GROUP: &[Party] = &[Party::LeadingGroup];
const SYSTEM: &[Party] = &[Party::System];

/// The life of a version of the list.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Draft, Action::Compose, State::Draft, LEAD),
    rule(State::Draft, Action::Propose, State::Proposed, LEAD),
    rule(State::Proposed, Action::Compose, State::Draft, LEAD),
    rule(State::Proposed, Action::Approve, State::Proposed, GROUP),
    rule(State::Proposed, Action::Approve, State::Approved, GROUP),
    rule(State::Proposed, Action::Return, State::Draft, GROUP),
    rule(State::Proposed, Action::Reopen, State::Draft, SYSTEM),
    rule(State::Approved, Action::Compose, State::Draft, LEAD),
    rule(State::Approved, Action::Minute, State::Approved, LEAD),
    rule(State::Approved, Action::Publish, State::Published, LEAD),
    rule(State::Approved, Action::Reopen, State::Draft, SYSTEM),
];

/// What the rules must know beyond the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    pub phase: Phase,
    /// Findings of the check that bar it.
    pub barring: u32,
    /// 职务 of who acts.
    pub post: &'a str,
}

/// Whether `actor` sees `list`: what is published everyone; before, who composes and who watches, and the leading
/// group once it is proposed.
#[must_use]
pub fn visible(actor: &Actor, list: &NeedList) -> bool {
    match list.state {
        State::Published => true,
        State::Draft => sees_drafts(actor),
        State::Proposed | State::Approved => sees_drafts(actor) || actor.has(Role::LeadingGroup),
    }
}

/// Whether `actor` sees lists while they are composed.
#[must_use]
pub fn sees_drafts(actor: &Actor) -> bool {
    *actor == Actor::System || actor.has(Role::LeadOffice) || actor.has(Role::Auditor)
}

/// Whether a list is made in `phase`: the first version while needs are screened, a later one also while universities
/// apply.
#[must_use]
pub const fn is_made_in(no: u32, phase: Phase) -> bool {
    match phase {
        Phase::ScreeningNeeds => true,
        Phase::AcceptingApplications => no > 1,
        Phase::Preparing
        | Phase::CollectingNeeds
        | Phase::Reviewing
        | Phase::Selecting
        | Phase::PublicNotice
        | Phase::Implementing
        | Phase::Evaluating
        | Phase::Subsidising
        | Phase::Closed => false,
    }
}

/// Decides whether `actor` may do `action`, and in which state the list stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: &Actor, list: &NeedList, facts: Facts<'_>, action: Action) -> Result<State, Refusal> {
    let parties = parties(actor);
    let mine = |rule: &&Rule<State, Action, Party>| {
        rule.action == action && rule.parties.iter().any(|party| parties.contains(party))
    };
    if !RULES.iter().any(|rule| mine(&rule)) {
        return Err(Refusal::NotYours);
    }
    let mut found = RULES.iter().filter(mine).filter(|rule| rule.from == list.state).map(|rule| rule.to);
    let to = found.next().ok_or(Refusal::WrongState { state: list.state })?;
    if action == Action::Reopen {
        return Ok(to);
    }
    if !is_made_in(list.no, facts.phase) {
        return Err(Refusal::WrongPhase { phase: facts.phase });
    }
    match action {
        Action::Compose | Action::Minute | Action::Reopen => Ok(to),
        Action::Propose if list.version == NeedList::NONE => Err(Refusal::NotComposed),
        Action::Propose | Action::Publish if facts.barring > 0 => {
            Err(Refusal::Incomplete { count: facts.barring })
        }
        Action::Propose | Action::Publish => Ok(to),
        Action::Approve => {
            answers(actor, list, facts)?;
            // What has changed since it was proposed is not what is approved.
            if facts.barring > 0 {
                return Err(Refusal::Incomplete { count: facts.barring });
            }
            let is_last = list.agreed() + 1 >= list.steps.len();
            Ok(if is_last { State::Approved } else { State::Proposed })
        }
        Action::Return => answers(actor, list, facts).map(|()| State::Draft),
    }
}

/// Whether `actor` is the one for whom the list waits: who holds the seat of its next step, has never
/// composed nor proposed it, and has not agreed to it already.
fn answers(actor: &Actor, list: &NeedList, facts: Facts<'_>) -> Result<(), Refusal> {
    let step = list.next_step().ok_or(Refusal::WrongState { state: list.state })?;
    let account = actor.account();
    if list.proposal.is_none() || account.is_none_or(|account| list.is_work_of(account)) {
        return Err(Refusal::OwnProposal);
    }
    let has_agreed = list
        .marks
        .iter()
        .any(|mark| mark.answer == Answer::Approved && mark.voided_at.is_none() && Some(mark.by) == account);
    if has_agreed {
        return Err(Refusal::AgreedAlready);
    }
    if step.is_held_by(facts.post) { Ok(()) } else { Err(Refusal::OtherSeat { seat: step.seat }) }
}

/// What `actor` sees as possible, barred actions with their reasons; what does not belong to this state is left out.
#[must_use]
pub fn offers(actor: &Actor, list: &NeedList, facts: Facts<'_>) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter(|_| *actor != Actor::System)
        .filter_map(|action| match decide(actor, list, facts, action) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

fn parties(actor: &Actor) -> BTreeSet<Party> {
    let mut parties = BTreeSet::new();
    if actor.has(Role::LeadOffice) {
        parties.insert(Party::LeadOffice);
    }
    if actor.has(Role::LeadingGroup) {
        parties.insert(Party::LeadingGroup);
    }
    if *actor == Actor::System {
        parties.insert(Party::System);
    }
    parties
}
