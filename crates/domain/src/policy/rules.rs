//! States of a policy document, who may do what to it and when, and whether it is in force.
//!
//! The lead office imports and corrects; a second person of it publishes. `SystemAdmin` can do none of it.

use super::Policy;
use crate::kernel::{Actor, Date, Offer, RefusalKind, Role, Rule, rule};
use serde::{Deserialize, Serialize};

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PolicyState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Imported, being checked and corrected.
    Draft,
    /// In the register.
    Published,
    /// Given up before publication.
    Discarded,
}

/// What can be done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PolicyAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 更正: change what was read.
    Correct,
    /// 发布.
    Publish,
    /// 放弃.
    Discard,
    /// 延续: keep in force by a recorded decision.
    Renew,
    /// 废止: another document takes its place.
    Supersede,
}

/// A person's relation to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Anyone of the lead office.
    LeadOffice,
    /// Someone of the lead office other than who changed it last; importing is a change.
    SecondPerson,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PolicyRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only the lead office does this.
    LeadOfficeOnly,
    /// Who changed it last does not publish it.
    SecondPersonNeeded,
    /// Not in this state.
    WrongState { state: State },
    /// So many fields wait for a person's look, or do not hold.
    Unchecked { fields: usize },
    /// Another document has taken its place.
    AlreadySuperseded,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::LeadOfficeOnly => RefusalKind::NotYours,
            Self::SecondPersonNeeded
            | Self::WrongState { .. }
            | Self::Unchecked { .. }
            | Self::AlreadySuperseded => RefusalKind::NotNow,
        }
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Discarded];
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 5] = [Self::Publish, Self::Correct, Self::Discard, Self::Renew, Self::Supersede];
}

/// The life of a policy document.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Draft, Action::Correct, State::Draft, &[Party::LeadOffice]),
    rule(State::Draft, Action::Publish, State::Published, &[Party::SecondPerson]),
    rule(State::Draft, Action::Discard, State::Discarded, &[Party::LeadOffice]),
    rule(State::Published, Action::Renew, State::Published, &[Party::LeadOffice]),
    rule(State::Published, Action::Supersede, State::Published, &[Party::LeadOffice]),
];

/// What the rules must know beyond the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Fields of the draft that wait or do not hold, see [`super::draft::PolicyDraft::check`].
    pub open_fields: usize,
}

/// Who may import a document at all.
///
/// # Errors
/// `LeadOfficeOnly` for everybody else.
pub fn may_import(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::LeadOffice) { Ok(()) } else { Err(Refusal::LeadOfficeOnly) }
}

/// Published documents are for everyone; drafts for the lead office and whoever watches it.
#[must_use]
pub fn visible(actor: &Actor, policy: &Policy) -> bool {
    match policy.state {
        State::Published => true,
        State::Draft | State::Discarded => scope(actor) == Scope::All,
    }
}

/// Which documents a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Published ones.
    Published,
}

/// The part of the register that `actor` sees, as a condition for the store.
#[must_use]
pub fn scope(actor: &Actor) -> Scope {
    let within = actor.has(Role::LeadOffice) || actor.has(Role::LeadingGroup) || actor.has(Role::Auditor);
    if within || *actor == Actor::System { Scope::All } else { Scope::Published }
}

/// Decides whether `actor` may do `action`, and in which state the document stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: &Actor, policy: &Policy, facts: Facts, action: Action) -> Result<State, Refusal> {
    if !actor.has(Role::LeadOffice) {
        return Err(Refusal::LeadOfficeOnly);
    }
    let found = RULES
        .iter()
        .find(|rule| rule.from == policy.state && rule.action == action)
        .ok_or(Refusal::WrongState { state: policy.state })?;
    if !found.parties.iter().any(|party| is_party(actor, policy, *party)) {
        return Err(Refusal::SecondPersonNeeded);
    }
    if action == Action::Publish && facts.open_fields > 0 {
        return Err(Refusal::Unchecked { fields: facts.open_fields });
    }
    if matches!(action, Action::Renew | Action::Supersede) && policy.supersession.is_some() {
        return Err(Refusal::AlreadySuperseded);
    }
    Ok(found.to)
}

/// What `actor` sees as possible, barred actions with their reasons; what is never theirs is left out,
/// and so is what does not belong to this state.
#[must_use]
pub fn offers(actor: &Actor, policy: &Policy, facts: Facts) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, policy, facts, action) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

fn is_party(actor: &Actor, policy: &Policy, party: Party) -> bool {
    let lead_office = actor.has(Role::LeadOffice);
    match party {
        Party::LeadOffice => lead_office,
        Party::SecondPerson => {
            lead_office && actor.account().is_some_and(|account| account != policy.corrected_by)
        }
    }
}

/// Whether a published document is in force: follows from its dates, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 未生效.
    Upcoming,
    /// 现行有效.
    InForce,
    /// 已失效.
    Expired,
    /// 已废止.
    Superseded,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Upcoming, Self::InForce, Self::Expired, Self::Superseded];
}

/// The status of a published document on `today`; `None` for one that is not published.
#[must_use]
pub fn status(policy: &Policy, today: Date) -> Option<Status> {
    let content = &policy.published.as_ref()?.content;
    if policy.supersession.as_ref().is_some_and(|by| by.from <= today) {
        return Some(Status::Superseded);
    }
    let holds = |from: Date, last: Option<Date>| from <= today && last.is_none_or(|last| today <= last);
    let renewed = policy.renewals.iter().any(|renewal| holds(renewal.from, renewal.last_day));
    if renewed || holds(content.effective_from, content.last_day) {
        Some(Status::InForce)
    } else if today < content.effective_from {
        Some(Status::Upcoming)
    } else {
        Some(Status::Expired)
    }
}

/// The last day in force with renewals counted; `None` without end.
#[must_use]
pub fn last_day(policy: &Policy) -> Option<Date> {
    let own = policy.published.as_ref().and_then(|published| published.content.last_day)?;
    policy.renewals.iter().try_fold(own, |last, renewal| renewal.last_day.map(|day| day.max(last)))
}
