//! Who moves a need, when, and who sees it.
//!
//! A school's need passes its district bureau; municipal units and the bureaus themselves go straight to
//! the lead office. Units and districts have an end each, by the server's clock.

use super::sight::sees_verdicts;
use super::turn::takes_part;
use super::verdict::Ruling;
use super::{Need, Onward, Standing, State};
use crate::cycle::{Clock, Collecting, Cycle, Phase};
use crate::kernel::{Actor, Instant, Offer, RefusalKind, Role, Rule, rule};
use crate::org::{OrgKind, Organisation};
use crate::sign_off::Gate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use super::sight::{
    Measures, Scope, files, holds, of_bureau, oversees, passes, reads_districts, reads_units, scope,
    sees_draft, sees_phone, visible,
};
pub use super::turn::{Turn, latest_return, turn};

/// What can be done with a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 提交.
    Submit,
    /// 审核报送.
    Forward,
    /// 填写.
    Edit,
    /// 退回.
    Return,
    /// 列入: it shall stand on the need list.
    Enlist,
    /// 不列入.
    Decline,
    /// 合并到: another need takes it up.
    Merge,
    /// 撤销: what was meant to become of it is open again.
    Reopen,
    /// 撤回.
    Withdraw,
    /// 显示电话: the contact's telephone, whole, for a reason.
    Reveal,
    /// 进入遴选: the phase opens.
    Screen,
    /// The phase goes back.
    Unscreen,
    /// 暂无高校承接: the seals are opened, and no university has applied for it.
    LeaveOpen,
    /// 结转: into the cycle that collects needs.
    Carry,
}

/// A relation to a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Of the school that needs it, which stands under a district bureau.
    School,
    /// Of the municipal unit or bureau that needs it.
    Direct,
    /// Of the district bureau above the school.
    District,
    /// Of the lead office.
    LeadOffice,
    /// The system, when a phase opens, or the seals of applications.
    System,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Someone else does this.
    NotYours,
    /// Only schools and district bureaus file needs.
    UnitsOnly,
    /// Not in this state.
    WrongState { state: State },
    /// Not in this phase of the cycle.
    WrongPhase { phase: Phase },
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
    /// So many fields do not hold.
    Incomplete { fields: usize },
    /// The school has as many under way as the cycle allows.
    SchoolCap { most: u32 },
    /// The district has forwarded as many as the cycle allows.
    DistrictCap { most: u32 },
    /// The need list is published: what stands on it stays.
    Published,
    /// So many needs are merged into it.
    HasOrigins { count: u32 },
    /// A need cannot be merged into itself.
    IntoItself,
    /// The other need belongs to another cycle.
    IntoOtherCycle,
    /// The other need stands neither in 遴选 nor on the list.
    IntoEnded { state: State },
    /// No office answers for its measures.
    NoOffice,
    /// The lead office has not asked this office.
    NotAsked,
    /// The office has given its opinion.
    AlreadySaid,
    /// Its organisation's chain must sign it first: ask for sign-off.
    SignOffFirst,
    /// A summary of the district is being signed: it comes first.
    SummarySigning,
    /// The district has forwarded needs: it cannot report that there are none.
    HasForwarded { count: u32 },
    /// The district has reported that there is nothing.
    AlreadyZero,
    /// Whoever could be reminded has filed, or was reminded today.
    NobodyToRemind,
    /// No cycle collects needs into which it could be carried.
    NothingCollects,
    /// It was carried on already.
    AlreadyCarried,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotYours | Self::UnitsOnly => RefusalKind::NotYours,
            Self::WrongState { .. }
            | Self::WrongPhase { .. }
            | Self::NotOpenYet { .. }
            | Self::Ended { .. }
            | Self::Incomplete { .. }
            | Self::SchoolCap { .. }
            | Self::DistrictCap { .. }
            | Self::Published
            | Self::HasOrigins { .. }
            | Self::IntoItself
            | Self::IntoOtherCycle
            | Self::IntoEnded { .. }
            | Self::NoOffice
            | Self::NotAsked
            | Self::AlreadySaid
            | Self::SignOffFirst
            | Self::SummarySigning
            | Self::HasForwarded { .. }
            | Self::AlreadyZero
            | Self::NobodyToRemind
            | Self::NothingCollects
            | Self::AlreadyCarried => RefusalKind::NotNow,
        }
    }
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 14] = [
        Self::Submit,
        Self::Forward,
        Self::Edit,
        Self::Enlist,
        Self::Return,
        Self::Decline,
        Self::Merge,
        Self::Reopen,
        Self::Withdraw,
        Self::Carry,
        Self::Reveal,
        Self::Screen,
        Self::Unscreen,
        Self::LeaveOpen,
    ];

    /// The lead office's verdicts in 遴选, and taking one back.
    pub const VERDICTS: [Self; 4] = [Self::Enlist, Self::Decline, Self::Merge, Self::Reopen];
}

const OWNER: &[Party] = &[Party::School, Party::Direct];
const SCHOOL: &[Party] = &[Party::School];
const DIRECT: &[Party] = &[Party::Direct];
const DISTRICT: &[Party] = &[Party::District];
const LEAD: &[Party] = &[Party::LeadOffice];
/// Who handles a need that has arrived.
const HANDLERS: &[Party] = &[Party::District, Party::LeadOffice];
const SYSTEM: &[Party] = &[Party::System];

/// The life of a need, as far as the phases run.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Draft, Action::Edit, State::Draft, OWNER),
    rule(State::Draft, Action::Submit, State::Submitted, SCHOOL),
    rule(State::Draft, Action::Submit, State::Forwarded, DIRECT),
    rule(State::Draft, Action::Withdraw, State::Withdrawn, OWNER),
    rule(State::Submitted, Action::Return, State::ReturnedByDistrict, DISTRICT),
    rule(State::Submitted, Action::Forward, State::Forwarded, DISTRICT),
    rule(State::Submitted, Action::Withdraw, State::Withdrawn, OWNER),
    rule(State::ReturnedByDistrict, Action::Edit, State::ReturnedByDistrict, OWNER),
    rule(State::ReturnedByDistrict, Action::Submit, State::Submitted, OWNER),
    rule(State::ReturnedByDistrict, Action::Withdraw, State::Withdrawn, OWNER),
    rule(State::Forwarded, Action::Return, State::Returned, LEAD),
    rule(State::Forwarded, Action::Withdraw, State::Withdrawn, OWNER),
    rule(State::Forwarded, Action::Screen, State::Screening, SYSTEM),
    rule(State::Returned, Action::Edit, State::Returned, OWNER),
    rule(State::Returned, Action::Submit, State::Forwarded, OWNER),
    rule(State::Returned, Action::Submit, State::Screening, OWNER),
    rule(State::Returned, Action::Withdraw, State::Withdrawn, OWNER),
    rule(State::Screening, Action::Return, State::Returned, LEAD),
    rule(State::Screening, Action::Enlist, State::Listed, LEAD),
    rule(State::Screening, Action::Decline, State::Declined, LEAD),
    rule(State::Screening, Action::Merge, State::Merged, LEAD),
    rule(State::Listed, Action::Reopen, State::Screening, LEAD),
    rule(State::Declined, Action::Reopen, State::Screening, LEAD),
    rule(State::Merged, Action::Reopen, State::Screening, LEAD),
    rule(State::Listed, Action::LeaveOpen, State::Open, SYSTEM),
    rule(State::Open, Action::Carry, State::Open, OWNER),
    rule(State::Screening, Action::Withdraw, State::Withdrawn, OWNER),
    rule(State::Screening, Action::Unscreen, State::Forwarded, SYSTEM),
    rule(State::Submitted, Action::Reveal, State::Submitted, DISTRICT),
    rule(State::ReturnedByDistrict, Action::Reveal, State::ReturnedByDistrict, DISTRICT),
    rule(State::Forwarded, Action::Reveal, State::Forwarded, HANDLERS),
    rule(State::Returned, Action::Reveal, State::Returned, HANDLERS),
    rule(State::Screening, Action::Reveal, State::Screening, HANDLERS),
    rule(State::Listed, Action::Reveal, State::Listed, HANDLERS),
    rule(State::Declined, Action::Reveal, State::Declined, HANDLERS),
    rule(State::Merged, Action::Reveal, State::Merged, HANDLERS),
    rule(State::Taken, Action::Reveal, State::Taken, HANDLERS),
    rule(State::Open, Action::Reveal, State::Open, HANDLERS),
    rule(State::Withdrawn, Action::Reveal, State::Withdrawn, HANDLERS),
];

/// What the rules must know beyond the need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub phase: Phase,
    pub collecting: Collecting,
    /// The instant at which 遴选 closes.
    pub screening_end: Instant,
    /// By what clock its cycle runs.
    pub clock: Clock,
    /// Fields of the draft that do not hold.
    pub open_fields: usize,
    /// The cap of the school, where it is reached without this need.
    pub school_full: Option<u32>,
    /// The cap of the district, where it is reached without this need.
    pub district_full: Option<u32>,
    /// What is meant to become of it, for who sees that.
    pub verdict: Option<Ruling>,
    /// Needs that are merged into it.
    pub origins: u32,
    /// What became of it stands on a published list.
    pub published: bool,
    /// What the chain of the organisation that it would leave next says.
    pub gate: Gate,
    /// Where it can be carried on to.
    pub onward: Onward,
}

impl Facts {
    /// Facts of a need that holds, in `cycle`, with room for it.
    #[must_use]
    pub fn of(cycle: &Cycle) -> Self {
        Self {
            phase: cycle.phase,
            collecting: cycle.content.collecting,
            screening_end: cycle.content.screening_end(),
            clock: cycle.clock(),
            open_fields: 0,
            school_full: None,
            district_full: None,
            verdict: None,
            origins: 0,
            published: false,
            gate: Gate::Open,
            onward: Onward::Nowhere,
        }
    }

    /// What the clock of its cycle shows when the server's shows `now`.
    #[must_use]
    pub fn now(&self, now: Instant) -> Instant {
        self.clock.at(now)
    }
}

/// Who files needs: people of schools and of district bureaus.
///
/// # Errors
/// `UnitsOnly` for everybody else, or that the phase is not open.
pub fn may_draft(actor: &Actor, facts: &Facts, org: &Organisation, now: Instant) -> Result<(), Refusal> {
    let files = match org.kind {
        OrgKind::School | OrgKind::MunicipalSchool => actor.has(Role::NeedUnit),
        OrgKind::District => actor.has(Role::DistrictBureau),
        OrgKind::Bureau | OrgKind::Office | OrgKind::Institution | OrgKind::University => false,
    };
    if !files || actor.org() != Some(org.id) {
        return Err(Refusal::UnitsOnly);
    }
    collecting(facts)?;
    let closed = own_end(org.kind == OrgKind::District, &facts.collecting);
    if facts.now(now) >= closed { Err(Refusal::Ended { closed }) } else { Ok(()) }
}

/// The end by which a unit submits: district bureaus have until theirs.
pub(super) const fn own_end(is_district: bool, collecting: &Collecting) -> Instant {
    if is_district { collecting.districts_end } else { collecting.units_end }
}

const fn collecting(facts: &Facts) -> Result<(), Refusal> {
    match facts.phase {
        Phase::CollectingNeeds => Ok(()),
        phase => Err(Refusal::WrongPhase { phase }),
    }
}

/// Decides whether `actor` may do `action`, and in which state the need stands then. `now` is by the server's clock;
/// a rehearsal reckons its own from it.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    need: impl Into<Standing>,
    facts: &Facts,
    action: Action,
    now: Instant,
) -> Result<State, Refusal> {
    let need = need.into();
    let parties = parties(actor, &need);
    let mine = RULES
        .iter()
        .any(|rule| rule.action == action && rule.parties.iter().any(|party| parties.contains(party)));
    if !mine {
        return Err(Refusal::NotYours);
    }
    let state = stands(actor, &need, facts);
    let mut found = RULES.iter().filter(|rule| rule.from == state && rule.action == action).peekable();
    if found.peek().is_none() {
        return Err(Refusal::WrongState { state });
    }
    let back_to = need.back.filter(|_| need.state.is_returned()).map(|it| it.to);
    let to = found
        .filter(|rule| rule.parties.iter().any(|party| parties.contains(party)))
        .map(|rule| rule.to)
        .find(|to| action != Action::Submit || back_to.is_none_or(|from| *to == from))
        .ok_or(Refusal::NotYours)?;
    in_time(&need, facts, action, facts.now(now))?;
    if matches!(action, Action::Return | Action::Decline | Action::Merge) && facts.origins > 0 {
        return Err(Refusal::HasOrigins { count: facts.origins });
    }
    if action == Action::Submit {
        if facts.open_fields > 0 {
            return Err(Refusal::Incomplete { fields: facts.open_fields });
        }
        if let (State::Draft, Some(most)) = (need.state, facts.school_full) {
            return Err(Refusal::SchoolCap { most });
        }
    }
    let arrives = need.forwarded_at.is_none() && to == State::Forwarded;
    match facts.district_full {
        Some(most) if arrives => return Err(Refusal::DistrictCap { most }),
        _ => {}
    }
    // Last, so that whoever asks for sign-off hears first what else is missing.
    let leaves = matches!(action, Action::Submit | Action::Forward);
    if leaves && facts.gate == Gate::Closed { Err(Refusal::SignOffFirst) } else { Ok(to) }
}

/// Where `need` stands for `actor`: who sees verdicts has it where its verdict brings it, everyone else in 遴选.
fn stands(actor: &Actor, need: &Standing, facts: &Facts) -> State {
    match (need.state, facts.verdict) {
        (State::Screening, Some(ruling)) if sees_verdicts(actor) => ruling.state(),
        (state, _) => state,
    }
}

/// What a window closes is decided at the commit, by the clock of the cycle.
fn in_time(need: &Standing, facts: &Facts, action: Action, now: Instant) -> Result<(), Refusal> {
    let ends = &facts.collecting;
    let until = |closed: Instant| if now < closed { Ok(()) } else { Err(Refusal::Ended { closed }) };
    match action {
        Action::Submit => {
            if let Some(back) = &need.back {
                // It goes back to where it came from, while that phase runs.
                return if takes_part(back.to, facts.phase) {
                    until(back.until)
                } else {
                    Err(Refusal::WrongPhase { phase: facts.phase })
                };
            }
            collecting(facts)?;
            if now < ends.opens {
                return Err(Refusal::NotOpenYet { opens: ends.opens });
            }
            until(own_end(need.is_of_district(), ends))
        }
        Action::Forward => {
            collecting(facts)?;
            until(ends.districts_end)
        }
        Action::Return => match latest_return(need.state, facts) {
            Some(latest) => until(latest),
            None => Err(Refusal::WrongPhase { phase: facts.phase }),
        },
        // Only the publication of the list moves the need itself there.
        Action::Enlist | Action::Decline | Action::Merge | Action::Reopen
            if facts.published || need.state != State::Screening =>
        {
            Err(Refusal::Published)
        }
        Action::Enlist | Action::Decline | Action::Merge | Action::Reopen => match facts.phase {
            Phase::ScreeningNeeds => until(facts.screening_end),
            phase => Err(Refusal::WrongPhase { phase }),
        },
        Action::Carry => facts.onward.check(now),
        Action::Edit
        | Action::Withdraw
        | Action::Reveal
        | Action::Screen
        | Action::Unscreen
        | Action::LeaveOpen => Ok(()),
    }
}

/// The instant by the server's clock at which the window closes that `action` on `need` must keep to, where there is
/// one.
#[must_use]
pub fn closes(need: &Need, facts: &Facts, action: Action) -> Option<Instant> {
    let closes = match action {
        Action::Submit => match &need.returned {
            Some(returned) => Some(returned.until),
            None => Some(own_end(need.is_of_district(), &facts.collecting)),
        },
        Action::Forward => Some(facts.collecting.districts_end),
        Action::Return => latest_return(need.state, facts),
        Action::Enlist | Action::Decline | Action::Merge | Action::Reopen => Some(facts.screening_end),
        Action::Edit
        | Action::Withdraw
        | Action::Reveal
        | Action::Screen
        | Action::Unscreen
        | Action::LeaveOpen
        | Action::Carry => None,
    };
    closes.map(|closes| facts.clock.real(closes))
}

/// What `actor` sees as possible, barred actions with their reasons; what is never theirs is left out,
/// and so is what does not belong to this state.
#[must_use]
pub fn offers(actor: &Actor, need: &Need, facts: &Facts, now: Instant) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter(|_| *actor != Actor::System)
        .filter_map(|action| match decide(actor, need, facts, action, now) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

fn parties(actor: &Actor, need: &Standing) -> BTreeSet<Party> {
    let mut parties = BTreeSet::new();
    let at_home = actor.org() == Some(need.unit);
    if at_home && need.district.is_some() && actor.has(Role::NeedUnit) {
        parties.insert(Party::School);
    }
    if at_home && need.district.is_none() && (actor.has(Role::NeedUnit) || actor.has(Role::DistrictBureau)) {
        parties.insert(Party::Direct);
    }
    if need.district.is_some() && actor.org() == need.district && actor.has(Role::DistrictBureau) {
        parties.insert(Party::District);
    }
    if actor.has(Role::LeadOffice) {
        parties.insert(Party::LeadOffice);
    }
    if *actor == Actor::System {
        parties.insert(Party::System);
    }
    parties
}
