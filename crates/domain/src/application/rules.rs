//! Who moves an application, and when: its university until the window closes, the lead office once the seals are
//! opened.

use super::{Application, Duty, State, team};
use crate::cycle::{Clock, Cycle, Phase};
use crate::kernel::{Actor, Instant, Offer, RefusalKind, Role, Rule, rule};
use crate::sign_off::Gate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use super::sight::{Scope, holds, reads_of_need, scope, sees_draft, visible};
pub use super::turn::{Turn, turn};

/// What can be done with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 提交.
    Submit,
    /// 填写.
    Edit,
    /// 邀请成员: who has which part in it.
    Invite,
    /// 重新打开: it is taken back, to be changed and submitted anew.
    Reopen,
    /// 撤回.
    Withdraw,
    /// 受理.
    Accept,
    /// 退回补正.
    Return,
    /// 启封: the window has closed.
    Unseal,
}

/// A relation to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Who leads it.
    Leader,
    /// Who writes sections of it.
    Member,
    /// Anyone of its university, where whoever led it can no longer come in.
    Home,
    /// The chain of its university, by its last signature.
    Chain,
    /// Of the lead office.
    LeadOffice,
    /// The system, when the seals are opened.
    System,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Someone else does this.
    NotYours,
    /// Only universities apply.
    UniversitiesOnly,
    /// Not in this state.
    WrongState { state: State },
    /// Not in this phase of the cycle.
    WrongPhase { phase: Phase },
    /// The days of 高校申报, or of 专家评审 which a return keeps to, are not planned.
    NotPlanned { phase: Phase },
    /// The window opens later.
    NotOpenYet {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        opens: Instant,
    },
    /// The window was closed at that instant, or the time that a return left.
    Ended {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        closed: Instant,
    },
    /// The seals are opened: what lay in them stays.
    Opened,
    /// The seals are opened when the window has closed.
    StillSealed {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        closes: Instant,
    },
    /// The need stands on no published list.
    NotListed,
    /// The university applies for this need already.
    AlreadyApplied,
    /// So many fields do not hold.
    Incomplete { fields: usize },
    /// 送签中: its university signs what was corrected; it is taken back from there first.
    BeingSigned,
    /// Its university may still correct it, until that instant.
    Correcting {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        until: Instant,
    },
    /// What was printed and sealed is no longer what is typed.
    PageChanged,
    /// 限额申报: the university has handed in as many as the cycle allows.
    UniversityCap { most: u32 },
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotYours | Self::UniversitiesOnly => RefusalKind::NotYours,
            Self::WrongState { .. }
            | Self::WrongPhase { .. }
            | Self::NotPlanned { .. }
            | Self::NotOpenYet { .. }
            | Self::Ended { .. }
            | Self::Opened
            | Self::StillSealed { .. }
            | Self::NotListed
            | Self::AlreadyApplied
            | Self::Incomplete { .. }
            | Self::BeingSigned
            | Self::Correcting { .. }
            | Self::PageChanged
            | Self::UniversityCap { .. } => RefusalKind::NotNow,
        }
    }
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 8] = [
        Self::Submit,
        Self::Accept,
        Self::Edit,
        Self::Return,
        Self::Invite,
        Self::Reopen,
        Self::Withdraw,
        Self::Unseal,
    ];
}

const LEADER: &[Party] = &[Party::Leader];
/// Who leads it says who has which part; where nobody does, a colleague says who leads.
const INVITING: &[Party] = &[Party::Leader, Party::Home];
/// Who writes it.
const WRITERS: &[Party] = &[Party::Leader, Party::Member];
/// The last signature, where its university has set a chain; else who leads it.
const LEAVING: &[Party] = &[Party::Leader, Party::Chain];
const CHAIN: &[Party] = &[Party::Chain];
const LEAD_OFFICE: &[Party] = &[Party::LeadOffice];
const SYSTEM: &[Party] = &[Party::System];

/// The life of an application, as far as its formal check.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Draft, Action::Edit, State::Draft, WRITERS),
    rule(State::Draft, Action::Invite, State::Draft, INVITING),
    rule(State::Draft, Action::Submit, State::Signing, LEADER),
    rule(State::Draft, Action::Submit, State::Submitted, LEADER),
    rule(State::Draft, Action::Withdraw, State::Withdrawn, LEADER),
    rule(State::Signing, Action::Submit, State::Submitted, CHAIN),
    rule(State::Signing, Action::Reopen, State::Draft, LEADER),
    rule(State::Signing, Action::Withdraw, State::Withdrawn, LEADER),
    rule(State::Submitted, Action::Reopen, State::Draft, LEADER),
    rule(State::Submitted, Action::Withdraw, State::Withdrawn, LEADER),
    rule(State::Submitted, Action::Unseal, State::FormalCheck, SYSTEM),
    rule(State::FormalCheck, Action::Accept, State::Accepted, LEAD_OFFICE),
    rule(State::FormalCheck, Action::Return, State::ReturnedForCorrection, LEAD_OFFICE),
    rule(State::ReturnedForCorrection, Action::Edit, State::ReturnedForCorrection, WRITERS),
    rule(State::ReturnedForCorrection, Action::Invite, State::ReturnedForCorrection, INVITING),
    // What was corrected waits for its signatures where it is, with its day: others see nothing of them.
    rule(State::ReturnedForCorrection, Action::Submit, State::ReturnedForCorrection, LEADER),
    rule(State::ReturnedForCorrection, Action::Submit, State::FormalCheck, LEAVING),
    // Once its day has passed, what was handed in before is decided on, or another day is given.
    rule(State::ReturnedForCorrection, Action::Accept, State::Accepted, LEAD_OFFICE),
    rule(State::ReturnedForCorrection, Action::Return, State::ReturnedForCorrection, LEAD_OFFICE),
    rule(State::Withdrawn, Action::Reopen, State::Draft, LEADER),
];

/// What the rules must know beyond the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub phase: Phase,
    /// The instant at which 高校申报 opens, where it is planned.
    pub opens: Option<Instant>,
    /// The instant at which it closes.
    pub closes: Option<Instant>,
    /// The end that no return goes beyond: that of 专家评审.
    pub latest_return: Option<Instant>,
    /// By what clock its cycle runs.
    pub clock: Clock,
    /// The seals of the cycle are opened.
    pub opened: bool,
    /// The number of its need on the published list.
    pub listing: Option<u32>,
    /// Another application of the university for this need is living.
    pub applied: bool,
    /// Fields of the draft that do not hold.
    pub open_fields: usize,
    /// 限额申报, where it is reached without this application.
    pub university_full: Option<u32>,
    /// What the chain of its university says.
    pub gate: Gate,
    /// A round of sign-off of what was corrected runs.
    pub signing: bool,
    /// Whoever leads it has no active account of its university.
    pub leaderless: bool,
}

impl Facts {
    /// Facts of an application that holds, in `cycle`, with room for it, for a need that stands on no list.
    #[must_use]
    pub fn of(cycle: &Cycle) -> Self {
        Self {
            phase: cycle.phase,
            opens: cycle.content.opens(Phase::AcceptingApplications),
            closes: cycle.content.closes(Phase::AcceptingApplications),
            latest_return: cycle.content.closes(Phase::Reviewing),
            clock: cycle.clock(),
            opened: false,
            listing: None,
            applied: false,
            open_fields: 0,
            university_full: None,
            gate: Gate::Open,
            signing: false,
            leaderless: false,
        }
    }

    /// What the clock of its cycle shows when the server's shows `now`.
    #[must_use]
    pub fn now(&self, now: Instant) -> Instant {
        self.clock.at(now)
    }
}

/// Who applies at all: people of a university.
#[must_use]
pub fn applies(actor: &Actor) -> bool {
    actor.has(Role::University)
}

/// Who begins an application: whoever applies, for a need on a published list, once.
///
/// # Errors
/// `UniversitiesOnly` for everybody else; that the need is on no list, the window is not open, or they apply already.
pub fn may_start(actor: &Actor, facts: &Facts, now: Instant) -> Result<(), Refusal> {
    if !applies(actor) {
        return Err(Refusal::UniversitiesOnly);
    }
    if facts.listing.is_none() {
        return Err(Refusal::NotListed);
    }
    if facts.applied {
        return Err(Refusal::AlreadyApplied);
    }
    window(facts, facts.now(now))
}

/// Decides whether `actor` may do `action`, and in which state the application stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    application: &Application,
    facts: &Facts,
    action: Action,
    now: Instant,
) -> Result<State, Refusal> {
    let parties = parties(actor, application, facts);
    let is_theirs = |rule: &&Rule<State, Action, Party>| rule.parties.iter().any(|it| parties.contains(it));
    if !RULES.iter().filter(|rule| rule.action == action).any(|rule| is_theirs(&rule)) {
        return Err(Refusal::NotYours);
    }
    let state = application.state;
    let mut here = RULES.iter().filter(|rule| rule.from == state && rule.action == action);
    let found = here.find(|rule| action != Action::Submit || goes(rule.to, facts.gate));
    let found = found.ok_or(Refusal::WrongState { state })?;
    if !is_theirs(&found) {
        return Err(Refusal::NotYours);
    }
    in_time(application, facts, action, facts.now(now))?;
    let is_own = !matches!(action, Action::Accept | Action::Return);
    if state == State::ReturnedForCorrection && is_own && facts.signing && facts.gate != Gate::Passed {
        return Err(Refusal::BeingSigned);
    }
    match (action, state) {
        (Action::Submit, _) if facts.open_fields > 0 => {
            Err(Refusal::Incomplete { fields: facts.open_fields })
        }
        (Action::Submit, State::Draft | State::Signing) if facts.listing.is_none() => Err(Refusal::NotListed),
        // 限额申报 holds of what is handed in: which of those that are being signed that is, the university chooses.
        (Action::Submit, _) if found.to == State::Submitted => match facts.university_full {
            Some(most) => Err(Refusal::UniversityCap { most }),
            None => Ok(found.to),
        },
        (Action::Reopen, State::Withdrawn) if facts.applied => Err(Refusal::AlreadyApplied),
        // A later version of the list took the need out: what is taken back could not be handed in anew, and nobody
        // asks for what is offered.
        (Action::Reopen | Action::Accept, _) if facts.listing.is_none() => Err(Refusal::NotListed),
        _ => Ok(found.to),
    }
}

/// Whether submitting leads to `to`: where a chain is set it asks for signatures first, and the last one lets it go.
fn goes(to: State, gate: Gate) -> bool {
    matches!(to, State::Signing | State::ReturnedForCorrection) == (gate == Gate::Closed)
}

/// Where an application stands whose sign-off ended without its last signature.
#[must_use]
pub const fn fallen(state: State) -> State {
    match state {
        State::Signing => State::Draft,
        state => state,
    }
}

/// Whether an application that is being signed could still leave in `phase`; the seals of its cycle are `opened`.
#[must_use]
pub const fn could_leave(state: State, phase: Phase, opened: bool) -> bool {
    match state {
        State::Signing => matches!(phase, Phase::AcceptingApplications) && !opened,
        State::ReturnedForCorrection => matches!(phase, Phase::AcceptingApplications | Phase::Reviewing),
        _ => false,
    }
}

/// What a window closes is decided at the commit, by the clock of the cycle.
fn in_time(application: &Application, facts: &Facts, action: Action, now: Instant) -> Result<(), Refusal> {
    if let Some(returned) = application.returned.as_ref().filter(|_| is_back(application)) {
        checking(facts)?;
        return match action {
            Action::Accept => passed(returned.until, now),
            Action::Return => {
                passed(returned.until, now)?;
                before(facts.latest_return.ok_or(Refusal::NotPlanned { phase: Phase::Reviewing })?, now)
            }
            Action::Edit
            | Action::Invite
            | Action::Submit
            | Action::Reopen
            | Action::Withdraw
            | Action::Unseal => before(returned.until, now),
        };
    }
    match action {
        Action::Edit | Action::Invite | Action::Submit | Action::Withdraw | Action::Reopen => {
            window(facts, now)
        }
        Action::Unseal => match facts.closes {
            None => Err(Refusal::NotPlanned { phase: Phase::AcceptingApplications }),
            Some(closes) if now < closes => Err(Refusal::StillSealed { closes }),
            Some(_) => checking(facts),
        },
        Action::Accept => checking(facts),
        Action::Return => {
            checking(facts)?;
            before(facts.latest_return.ok_or(Refusal::NotPlanned { phase: Phase::Reviewing })?, now)
        }
    }
}

/// The window of 高校申报 stands open, and no seal is opened.
fn window(facts: &Facts, now: Instant) -> Result<(), Refusal> {
    if facts.opened {
        return Err(Refusal::Opened);
    }
    if facts.phase != Phase::AcceptingApplications {
        return Err(Refusal::WrongPhase { phase: facts.phase });
    }
    match (facts.opens, facts.closes) {
        (Some(opens), _) if now < opens => Err(Refusal::NotOpenYet { opens }),
        (_, Some(closes)) => before(closes, now),
        (_, None) => Err(Refusal::NotPlanned { phase: Phase::AcceptingApplications }),
    }
}

/// The lead office checks until the reviews are over.
const fn checking(facts: &Facts) -> Result<(), Refusal> {
    match facts.phase {
        Phase::AcceptingApplications | Phase::Reviewing => Ok(()),
        phase => Err(Refusal::WrongPhase { phase }),
    }
}

fn before(closed: Instant, now: Instant) -> Result<(), Refusal> {
    if now < closed { Ok(()) } else { Err(Refusal::Ended { closed }) }
}

fn passed(until: Instant, now: Instant) -> Result<(), Refusal> {
    if until <= now { Ok(()) } else { Err(Refusal::Correcting { until }) }
}

fn is_back(application: &Application) -> bool {
    application.state == State::ReturnedForCorrection
}

/// The instant at which the window closes that `action` must keep to, where there is one.
#[must_use]
pub fn closes(application: &Application, facts: &Facts, action: Action) -> Option<Instant> {
    let closes = match action {
        Action::Edit | Action::Invite | Action::Submit | Action::Withdraw | Action::Reopen => {
            match application.returned.as_ref().filter(|_| is_back(application)) {
                Some(returned) => Some(returned.until),
                None => facts.closes,
            }
        }
        Action::Return => facts.latest_return,
        Action::Accept | Action::Unseal => None,
    };
    closes.map(|closes| facts.clock.real(closes))
}

/// What `actor` sees as possible, barred actions with their reasons; what is never theirs is left out,
/// and so is what does not belong to this state.
#[must_use]
pub fn offers(
    actor: &Actor,
    application: &Application,
    facts: &Facts,
    now: Instant,
) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter(|_| *actor != Actor::System)
        .filter_map(|action| match decide(actor, application, facts, action, now) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

fn parties(actor: &Actor, application: &Application, facts: &Facts) -> BTreeSet<Party> {
    let mut parties = BTreeSet::new();
    if facts.gate == Gate::Passed && team::is_home(actor, application) {
        parties.insert(Party::Chain);
    }
    if facts.leaderless && team::is_home(actor, application) {
        parties.insert(Party::Home);
    }
    match team::duty(actor, application) {
        Some(Duty::Lead) => {
            parties.insert(Party::Leader);
        }
        Some(Duty::Member) => {
            parties.insert(Party::Member);
        }
        Some(Duty::Signatory) | None => {}
    }
    if actor.has(Role::LeadOffice) {
        parties.insert(Party::LeadOffice);
    }
    if *actor == Actor::System {
        parties.insert(Party::System);
    }
    parties
}
