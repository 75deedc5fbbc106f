//! Opinions of responsible offices on needs of their measures, while needs are in 遴选.
//!
//! The lead office asks an office by a day. It may give and change its opinion until 遴选 ends; after its day it is
//! overdue. Only the lead office, the auditors and the office itself read it.

use super::rules::{Facts, Refusal};
use super::sight::sees_verdicts;
use super::{Standing, State};
use crate::cycle::Phase;
use crate::kernel::field::reasoned;
use crate::kernel::window::{closing, parse_minute};
use crate::kernel::{
    AccountId, Actor, CycleId, FieldError, FieldProblem, Instant, NeedId, Offer, OrgId, RefusalKind, Role,
    Version,
};
use serde::{Deserialize, Serialize};

/// Longest reason, in characters.
const REASON_MOST: usize = 1000;

/// What an office thinks of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// 支持.
    Support,
    /// 建议修改.
    Revise,
    /// 不支持.
    Oppose,
}

impl Stance {
    /// Every stance.
    pub const ALL: [Self; 3] = [Self::Support, Self::Revise, Self::Oppose];
}

/// What can be done about an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = OpinionAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 征求意见: asks, or sets another day.
    Ask,
    /// 提意见: gives it, or changes it.
    Opine,
    /// 催办.
    Remind,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 3] = [Self::Ask, Self::Opine, Self::Remind];
}

/// What an office has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub stance: Stance,
    /// Why; it may be empty where the office supports the need.
    pub reason: String,
    pub by: AccountId,
    pub at: Instant,
}

/// An office's opinion on a need: asked for, and given where it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    pub need: NeedId,
    pub cycle: CycleId,
    pub office: OrgId,
    pub asked_by: AccountId,
    pub asked_at: Instant,
    /// Overdue from this instant on.
    pub due: Instant,
    pub reminded_at: Option<Instant>,
    pub said: Option<Said>,
    pub version: Version,
}

impl Opinion {
    /// It was to come, and has not.
    #[must_use]
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.said.is_none() && self.due <= now
    }
}

/// The opinions that somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Those of this office.
    Of(OrgId),
}

/// The opinions that `actor` reads; nothing where there are none.
#[must_use]
pub fn scope(actor: &Actor) -> Option<Scope> {
    if sees_verdicts(actor) {
        return Some(Scope::All);
    }
    actor.org().filter(|_| actor.has(Role::ResponsibleOffice)).map(Scope::Of)
}

/// Whether `actor` reads `opinion`.
#[must_use]
pub fn visible(actor: &Actor, opinion: &Opinion) -> bool {
    match scope(actor) {
        Some(Scope::All) => true,
        Some(Scope::Of(org)) => opinion.office == org,
        None => false,
    }
}

/// Decides whether `actor` may do `action` about the opinion of `office` on a need; `said` says whether it has
/// one already, and is absent where it was not asked.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    need: impl Into<Standing>,
    opinion: (OrgId, Option<bool>),
    facts: &Facts,
    action: Action,
    now: Instant,
) -> Result<(), Refusal> {
    let need = need.into();
    let (office, said) = opinion;
    let mine = match action {
        Action::Ask | Action::Remind => actor.has(Role::LeadOffice),
        Action::Opine => actor.has(Role::ResponsibleOffice) && actor.org() == Some(office),
    };
    if !mine {
        return Err(Refusal::NotYours);
    }
    if need.state != State::Screening {
        return Err(Refusal::WrongState { state: need.state });
    }
    in_time(facts, facts.now(now))?;
    match (action, said) {
        (Action::Opine | Action::Remind, None) => Err(Refusal::NotAsked),
        (Action::Ask | Action::Remind, Some(true)) => Err(Refusal::AlreadySaid),
        _ => Ok(()),
    }
}

/// Whether `actor` may remind offices of what is open.
///
/// # Errors
/// The reason why not.
pub fn may_chase(actor: &Actor, facts: &Facts, now: Instant) -> Result<(), Refusal> {
    if actor.has(Role::LeadOffice) { in_time(facts, facts.now(now)) } else { Err(Refusal::NotYours) }
}

/// Opinions come while 遴选 runs.
fn in_time(facts: &Facts, now: Instant) -> Result<(), Refusal> {
    match facts.phase {
        Phase::ScreeningNeeds if now < facts.screening_end => Ok(()),
        Phase::ScreeningNeeds => Err(Refusal::Ended { closed: facts.screening_end }),
        phase => Err(Refusal::WrongPhase { phase }),
    }
}

/// What `actor` can do about `opinion`, barred actions with their reasons.
#[must_use]
pub fn offers(
    actor: &Actor,
    need: impl Into<Standing>,
    opinion: &Opinion,
    facts: &Facts,
    now: Instant,
) -> Vec<Offer<Action, Refusal>> {
    let need = need.into();
    let of = (opinion.office, Some(opinion.said.is_some()));
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, need, of, facts, action, now) {
            Ok(()) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. } | Refusal::AlreadySaid) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

/// When opinions shall come, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskDraft {
    /// Last minute; the end of 遴选 where empty.
    pub due: String,
}

impl AskDraft {
    /// Checks it; `latest` is the end of 遴选.
    ///
    /// # Errors
    /// Where it is no minute, lies behind or beyond the end.
    pub fn check(&self, latest: Instant, now: Instant) -> Result<Instant, Vec<FieldError>> {
        let typed = self.due.trim();
        let problem = match parse_minute(typed).and_then(closing) {
            _ if typed.is_empty() => return Ok(latest),
            None => FieldProblem::NotAMinute { got: typed.to_owned() },
            Some(due) if due <= now => FieldProblem::Before { other: "now".into() },
            Some(due) if due > latest => FieldProblem::After { other: "latest".into() },
            Some(due) => return Ok(due),
        };
        Err(vec![FieldError::new("due", problem)])
    }
}

/// An opinion as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct OpinionDraft {
    pub stance: Option<Stance>,
    /// Why; needed unless the office supports the need.
    pub reason: String,
}

impl OpinionDraft {
    /// Checks it.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self, by: AccountId, at: Instant) -> Result<Said, Vec<FieldError>> {
        let asks = |stance| matches!(stance, Stance::Revise | Stance::Oppose);
        let (stance, reason) = reasoned(self.stance, asks, &self.reason, REASON_MOST)?;
        Ok(Said { stance, reason, by, at })
    }
}
