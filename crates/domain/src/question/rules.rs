//! Who asks, who answers, who takes a question back, and until when.
//!
//! 高校申报 closes at an instant; questions close exactly five days (5 × 24 hours) before it, so that their last minute
//! has the same time of day: applications until 17:00 on the 20th, questions until 17:00 on the 15th. Answers may come,
//! and be corrected, until 高校申报 itself closes. They are due at the end of the third working day behind the day of the
//! question, and never later than that close.

use super::{Question, State};
use crate::cycle::Phase;
use crate::kernel::window::opening;
use crate::kernel::{Actor, Instant, Offer, OrgId, RefusalKind, Role, Rule, day_in_shanghai, rule, workdays};
use crate::need::rules::files;
use crate::need_list::beside::Shut;
use jiff::SignedDuration;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

pub use crate::need_list::beside::{Facts, Party};

/// Questions close so long before applications do.
const BEFORE_CLOSE: SignedDuration = SignedDuration::from_hours(5 * 24);
/// An answer is due by the end of so many working days.
const ANSWER_DAYS: u16 = 3;
/// So many questions of one university on one need may wait for an answer at once.
const WAITING_MOST: u32 = 5;

/// What can be done with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = QuestionAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 答复.
    Answer,
    /// 更正答复: a later answer, beside the one before.
    Correct,
    /// 撤下.
    TakeBack,
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Answer, Self::Correct, Self::TakeBack];
}

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = QuestionRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Someone else does this.
    NotYours,
    /// Only universities ask.
    UniversitiesOnly,
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
    /// So many questions of the university on this need wait for an answer.
    TooManyWait { most: u32 },
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::NotYours | Self::UniversitiesOnly => RefusalKind::NotYours,
            Self::WrongState { .. }
            | Self::WrongPhase { .. }
            | Self::NotPlanned
            | Self::NotOpenYet { .. }
            | Self::Ended { .. }
            | Self::NotListed
            | Self::TooManyWait { .. } => RefusalKind::NotNow,
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

const ANSWERERS: &[Party] = &[Party::Unit, Party::LeadOffice];
const LEAD_OFFICE: &[Party] = &[Party::LeadOffice];

/// The life of a question.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Open, Action::Answer, State::Answered, ANSWERERS),
    rule(State::Answered, Action::Correct, State::Answered, ANSWERERS),
    rule(State::Open, Action::TakeBack, State::TakenBack, LEAD_OFFICE),
    rule(State::Answered, Action::TakeBack, State::TakenBack, LEAD_OFFICE),
];

/// The instant at which questions close, where 高校申报 closes at `closes`.
#[must_use]
pub fn asking_ends(closes: Instant) -> Option<Instant> {
    closes.checked_sub(BEFORE_CLOSE).ok()
}

/// When a question that was asked at `asked` is due, in a cycle whose 高校申报 closes at `closes`.
#[must_use]
pub fn due(asked: Instant, closes: Instant) -> Instant {
    let last = workdays::after(day_in_shanghai(asked), ANSWER_DAYS);
    let end = last.and_then(|day| opening(day.tomorrow().ok()?.to_datetime(Time::midnight())));
    end.map_or(closes, |end| end.min(closes))
}

/// Whether `actor` may ask, of whose university `waiting` questions on this need wait for an answer.
///
/// # Errors
/// `UniversitiesOnly` for everybody else; that the need is on no list, or it is too early, too late or too much.
pub fn may_ask(actor: &Actor, facts: &Facts, waiting: usize, now: Instant) -> Result<(), Refusal> {
    if !actor.has(Role::University) {
        return Err(Refusal::UniversitiesOnly);
    }
    if !facts.listed {
        return Err(Refusal::NotListed);
    }
    facts.window(facts.closes.and_then(asking_ends), facts.now(now))?;
    let most = usize::try_from(WAITING_MOST).unwrap_or(usize::MAX);
    if waiting < most { Ok(()) } else { Err(Refusal::TooManyWait { most: WAITING_MOST }) }
}

/// Decides whether `actor` may do `action` to a question in `state`, and where it stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(
    actor: &Actor,
    state: State,
    facts: &Facts,
    action: Action,
    now: Instant,
) -> Result<State, Refusal> {
    let is_theirs = |rule: &&Rule<State, Action, Party>| rule.parties.iter().any(|it| it.is(actor, facts));
    if !RULES.iter().filter(|rule| rule.action == action).any(|rule| is_theirs(&rule)) {
        return Err(Refusal::NotYours);
    }
    let found = RULES.iter().find(|rule| rule.from == state && rule.action == action);
    let found = found.ok_or(Refusal::WrongState { state })?;
    match action {
        // What should not stand there goes at any time.
        Action::TakeBack => Ok(found.to),
        Action::Answer | Action::Correct if !facts.listed => Err(Refusal::NotListed),
        Action::Answer | Action::Correct => {
            facts.window(facts.closes, facts.now(now))?;
            Ok(found.to)
        }
    }
}

/// The instant by the server's clock at which the window closes that `action` must keep to, where there is one.
#[must_use]
pub fn closes(facts: &Facts, action: Action) -> Option<Instant> {
    match action {
        Action::Answer | Action::Correct => facts.end(),
        Action::TakeBack => None,
    }
}

/// What `actor` sees as possible, barred actions with their reasons.
#[must_use]
pub fn offers(actor: &Actor, state: State, facts: &Facts, now: Instant) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, state, facts, action, now) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. }) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

/// Whether `actor` may know that their university asked `question`.
#[must_use]
pub fn is_own(actor: &Actor, question: &Question) -> bool {
    actor.has(Role::University) && actor.org() == Some(question.asker.university)
}

/// Whether `actor` reads what `question` says. Everybody does, but of what was taken back: that is left to who asked,
/// who took it back, and who watches over it.
#[must_use]
pub fn sees_text(actor: &Actor, question: &Question) -> bool {
    question.taken_back.is_none()
        || is_own(actor, question)
        || *actor == Actor::System
        || actor.has(Role::LeadOffice)
        || actor.has(Role::Auditor)
}

/// The questions that wait for somebody to answer them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those on every need.
    All,
    /// Those on needs of this unit.
    Of(OrgId),
}

/// The questions that `actor` answers; nothing where they answer none.
#[must_use]
pub fn answers(actor: &Actor) -> Option<Scope> {
    if actor.has(Role::LeadOffice) {
        return Some(Scope::All);
    }
    actor.org().filter(|_| files(actor)).map(Scope::Of)
}
