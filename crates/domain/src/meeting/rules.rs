//! Who enters meetings, who calls them off, and until when.

use super::State;
use crate::cycle::Phase;
use crate::kernel::{Actor, Instant, Offer, RefusalKind, Rule, rule};
use crate::need_list::beside::Shut;
use serde::{Deserialize, Serialize};

pub use crate::need_list::beside::{Facts, Party};

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

impl From<Shut> for Refusal {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::WrongPhase { phase } => Self::WrongPhase { phase },
            Shut::NotPlanned => Self::NotPlanned,
            Shut::NotOpenYet { opens } => Self::NotOpenYet { opens },
            Shut::Ended { closed } => Self::Ended { closed },
        }
    }
}

/// Who enters meetings and calls them off.
const HOSTS: &[Party] = &[Party::Unit, Party::LeadOffice];

/// The life of a meeting.
pub const RULES: &[Rule<State, Action, Party>] =
    &[rule(State::Planned, Action::CallOff, State::CalledOff, HOSTS)];

/// Whether `actor` may enter a meeting on a need of which `standing` stand already; gives when applications close.
///
/// # Errors
/// The reason why not.
pub fn may_add(actor: &Actor, facts: &Facts, standing: usize, now: Instant) -> Result<Instant, Refusal> {
    if !HOSTS.iter().any(|party| party.is(actor, facts)) {
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
    if !of_action.flat_map(|rule| rule.parties).any(|party| party.is(actor, facts)) {
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
    Ok(facts.window(facts.closes, now)?)
}
