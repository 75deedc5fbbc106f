//! Who enters meetings, who calls them off, and until when.

use super::State;
use crate::cycle::{Clock, Cycle, Phase};
use crate::kernel::{Actor, Instant, Offer, OrgId, RefusalKind, Role, Rule, rule};
use crate::need::rules::files;
use serde::{Deserialize, Serialize};

/// So many meetings of one need may stand at once.
const MOST: u32 = 20;

/// What can be done with a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MeetingAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 取消.
    CallOff,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 1] = [Self::CallOff];
}

/// A relation to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Of the unit whose need it is about.
    Unit,
    /// Of the lead office.
    LeadOffice,
}

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MeetingRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Someone else does this.
    NotYours,
    /// Not in this state.
    WrongState { state: State },
    /// Not in this phase of the cycle.
    WrongPhase { phase: Phase },
    /// The days of 高校申报 are not planned.
    NotPlanned,
    /// It opens later.
    NotOpenYet {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        opens: Instant,
    },
    /// It was closed at that instant.
    Ended {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        closed: Instant,
    },
    /// The need stands on no published list.
    NotListed,
    /// It has begun: what is held is not called off.
    Begun,
    /// So many meetings of the need stand already.
    TooMany { most: u32 },
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotYours => RefusalKind::NotYours,
            Self::WrongState { .. }
            | Self::WrongPhase { .. }
            | Self::NotPlanned
            | Self::NotOpenYet { .. }
            | Self::Ended { .. }
            | Self::NotListed
            | Self::Begun
            | Self::TooMany { .. } => RefusalKind::NotNow,
        }
    }
}

/// Who enters meetings and calls them off.
const HOSTS: &[Party] = &[Party::Unit, Party::LeadOffice];

/// The life of a meeting.
pub const RULES: &[Rule<State, Action, Party>] =
    &[rule(State::Planned, Action::CallOff, State::CalledOff, HOSTS)];

/// What the rules must know beyond a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub phase: Phase,
    /// The instant at which 高校申报 opens, where it is planned.
    pub opens: Option<Instant>,
    /// The instant at which it closes.
    pub closes: Option<Instant>,
    /// By what clock its cycle runs.
    pub clock: Clock,
    /// Whose need it is about.
    pub unit: OrgId,
    /// The need stands on the published list.
    pub listed: bool,
}

impl Facts {
    /// Facts of meetings on a need of `unit` in `cycle`.
    #[must_use]
    pub fn of(cycle: &Cycle, unit: OrgId, listed: bool) -> Self {
        Self {
            phase: cycle.phase,
            opens: cycle.content.opens(Phase::AcceptingApplications),
            closes: cycle.content.closes(Phase::AcceptingApplications),
            clock: cycle.clock(),
            unit,
            listed,
        }
    }

    /// What the clock of its cycle shows when the server's shows `now`.
    #[must_use]
    pub fn now(&self, now: Instant) -> Instant {
        self.clock.at(now)
    }

    /// The instant by the server's clock at which the window closes.
    #[must_use]
    pub fn end(&self) -> Option<Instant> {
        self.closes.map(|closes| self.clock.real(closes))
    }
}

/// Whether `actor` may enter a meeting on a need of which `standing` stand already; gives when applications close.
///
/// # Errors
/// The reason why not.
pub fn may_add(actor: &Actor, facts: &Facts, standing: usize, now: Instant) -> Result<Instant, Refusal> {
    if !HOSTS.iter().any(|party| is(actor, *party, facts)) {
        return Err(Refusal::NotYours);
    }
    let closes = window(facts, facts.now(now))?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    if standing < most { Ok(closes) } else { Err(Refusal::TooMany { most: MOST }) }
}

/// Decides whether `actor` may do `action` to a meeting in `state` that begins at `start`, and where it stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    (state, start): (State, Instant),
    facts: &Facts,
    action: Action,
    now: Instant,
) -> Result<State, Refusal> {
    let of_action = RULES.iter().filter(|rule| rule.action == action);
    if !of_action.flat_map(|rule| rule.parties).any(|party| is(actor, *party, facts)) {
        return Err(Refusal::NotYours);
    }
    let found = RULES.iter().find(|rule| rule.from == state && rule.action == action);
    let found = found.ok_or(Refusal::WrongState { state })?;
    window(facts, facts.now(now))?;
    if start <= facts.now(now) { Err(Refusal::Begun) } else { Ok(found.to) }
}

/// What `actor` sees as possible, barred actions with their reasons.
#[must_use]
pub fn offers(
    actor: &Actor,
    meeting: (State, Instant),
    facts: &Facts,
    now: Instant,
) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, meeting, facts, action, now) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

/// The need stands on the list, and 高校申报 stands open; gives when it closes.
fn window(facts: &Facts, now: Instant) -> Result<Instant, Refusal> {
    if !facts.listed {
        return Err(Refusal::NotListed);
    }
    if facts.phase != Phase::AcceptingApplications {
        return Err(Refusal::WrongPhase { phase: facts.phase });
    }
    match (facts.opens, facts.closes) {
        (Some(opens), _) if now < opens => Err(Refusal::NotOpenYet { opens }),
        (_, Some(closes)) if now < closes => Ok(closes),
        (_, Some(closed)) => Err(Refusal::Ended { closed }),
        (_, None) => Err(Refusal::NotPlanned),
    }
}

fn is(actor: &Actor, party: Party, facts: &Facts) -> bool {
    match party {
        Party::Unit => actor.org() == Some(facts.unit) && files(actor),
        Party::LeadOffice => actor.has(Role::LeadOffice),
    }
}
