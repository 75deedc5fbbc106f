//! 导出: a list of needs that is taken out in the background, as a file that its owner fetches within some days.
//!
//! It is made with what its owner may see when it is made, and is nobody else's: not an administrator's either.

#[cfg(test)]
mod tests;

use crate::kernel::{AccountId, Actor, ExportId, Instant, Offer, OrgId, RefusalKind, Role, Rule, rule};
use crate::message::template::Language;
use crate::message::{Audience, Kind};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are written while the person waits; of more it is a job.
pub const DIRECT_MOST: u64 = 5_000;
/// Rows that a sheet holds beside its head.
pub const ROWS_MOST: u64 = 1_048_575;
/// Exports that a person keeps at once.
pub const MOST: usize = 20;
/// How often one is tried.
const TRIES: u32 = 3;
/// So long one is no other server's once it is taken up. The server that makes it says again and again that it still
/// does: where that one ends in the middle, another need not wait for longer than this.
const TAKEN_UP: SignedDuration = SignedDuration::from_mins(1);
/// How often it says so, in seconds: three times before others may take it up.
pub const SAID_EVERY: u64 = 15;
/// So long the next try waits.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// So long its file lies ready: over a holiday week.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// As what a list is saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExportForm))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    #[default]
    Xlsx,
    Csv,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// How the file's name ends.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExportState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 排队中.
    Waiting,
    /// 生成中.
    Running,
    /// 可下载.
    Ready,
    /// 未生成.
    Failed,
}

impl State {
    /// Every state, in the order of an export's life.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Ready, Self::Failed];

    /// It is not made yet.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// What its owner does with an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExportAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 下载.
    Fetch,
    /// 删除.
    Delete,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 2] = [Self::Fetch, Self::Delete];
}

/// A relation to an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Who asked for it, as long as they may see what stands in it.
    Owner,
}

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ExportRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Nobody takes lists out who is not signed in, and nobody has a part in what others took out.
    NotYours,
    /// The list is too long to be written while the person waits: it is asked for in the background.
    Long { most: u64 },
    /// The person keeps as many as there may be.
    TooMany { most: usize },
    /// There is no file in this state.
    NotReady { state: State },
    /// Its days have passed.
    Expired,
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::NotYours => RefusalKind::NotYours,
            Self::Long { .. } | Self::TooMany { .. } | Self::NotReady { .. } | Self::Expired => {
                RefusalKind::NotNow
            }
        }
    }
}

const OWNER: &[Party] = &[Party::Owner];

/// What people do with an export in each state. What is deleted is no more; before its file is made it is called off.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Ready, Action::Fetch, State::Ready, OWNER),
    rule(State::Waiting, Action::Delete, State::Waiting, OWNER),
    rule(State::Running, Action::Delete, State::Running, OWNER),
    rule(State::Ready, Action::Delete, State::Ready, OWNER),
    rule(State::Failed, Action::Delete, State::Failed, OWNER),
];

/// An export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub id: ExportId,
    pub owner: AccountId,
    /// In which organisation its owner asked for it.
    pub org: OrgId,
    /// The roles of its owner as it was asked for, then as it was made.
    pub roles: BTreeSet<Role>,
    pub form: Form,
    /// The language of its heads and words.
    pub language: Language,
    /// What the list was narrowed to, in the words of addresses.
    pub asked: BTreeMap<String, String>,
    pub state: State,
    /// Of the file; 0 where there is none.
    pub rows: u64,
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file, hexadecimal; empty where there is none.
    pub hash: String,
    pub tries: u32,
    pub asked_at: Instant,
    /// When it may be taken up; nothing once it is done.
    pub next: Option<Instant>,
    /// When it was ready or given up.
    pub done_at: Option<Instant>,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub rows: u64,
    pub size: u64,
    pub hash: String,
}

impl Export {
    /// When it goes.
    #[must_use]
    pub fn expires(&self) -> Option<Instant> {
        self.done_at.map(|done| done.checked_add(KEPT).unwrap_or(Instant::MAX))
    }

    /// It was taken up more often than it is tried: each time its server ended.
    #[must_use]
    pub const fn is_spent(&self) -> bool {
        self.tries > TRIES
    }

    /// Taken up by a server.
    #[must_use]
    pub fn taken_up(&self, now: Instant) -> Self {
        Self {
            state: State::Running,
            tries: self.tries.saturating_add(1),
            next: Some(taken_until(now)),
            ..self.clone()
        }
    }

    /// Its file lies ready, with what somebody in `roles` may see.
    #[must_use]
    pub fn made(&self, Made { rows, size, hash }: Made, roles: BTreeSet<Role>, now: Instant) -> Self {
        let (state, next, done_at) = (State::Ready, None, Some(now));
        Self { state, rows, size, hash, roles, next, done_at, ..self.clone() }
    }

    /// A try failed: it is tried again, or given up.
    #[must_use]
    pub fn failed(&self, now: Instant) -> Self {
        if self.tries < TRIES {
            let next = Some(now.checked_add(PAUSE).unwrap_or(now));
            return Self { state: State::Waiting, next, ..self.clone() };
        }
        Self { state: State::Failed, next: None, done_at: Some(now), ..self.clone() }
    }
}

/// Until when one is no other server's that its server says at `now` to make.
#[must_use]
pub fn taken_until(now: Instant) -> Instant {
    now.checked_add(TAKEN_UP).unwrap_or(now)
}

/// The last day of exports that go by `now`: those that were done before it.
#[must_use]
pub fn gone_before(now: Instant) -> Instant {
    now.checked_sub(KEPT).unwrap_or(Instant::MIN)
}

/// Whom it concerns what became of an export: its owner, once it is done.
#[must_use]
pub fn told(owner: AccountId, after: State) -> Vec<(Kind, Audience)> {
    let owner = Audience::Person(owner);
    match after {
        State::Waiting | State::Running => Vec::new(),
        State::Ready => vec![(Kind::ExportReady, owner)],
        State::Failed => vec![(Kind::ExportFailed, owner)],
    }
}

/// Whether `actor` sees it: its owner, as long as they are where they were and still have the roles with which it was
/// made: whoever has moved on takes nothing of it along.
#[must_use]
pub fn visible(actor: &Actor, export: &Export) -> bool {
    actor.account() == Some(export.owner)
        && actor.org() == Some(export.org)
        && export.roles.iter().all(|role| actor.has(*role))
}

/// Whether `actor` may take out lists that they see, while they wait or in the background: everybody who is signed in.
///
/// # Errors
/// `NotYours` for everybody else.
pub fn may_export(actor: &Actor) -> Result<(), Refusal> {
    actor.account().map(|_| ()).ok_or(Refusal::NotYours)
}

/// Whether `actor` may ask for one more beside those that are `kept` of them; what they see no longer, and so could not
/// take away, does not count.
///
/// # Errors
/// `TooMany` where there are as many as there may be; where they may take out none.
pub fn may_ask(actor: &Actor, kept: &[Export]) -> Result<(), Refusal> {
    may_export(actor)?;
    if kept.iter().filter(|export| visible(actor, export)).count() < MOST {
        Ok(())
    } else {
        Err(Refusal::TooMany { most: MOST })
    }
}

/// Whether `actor` may do `action`.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: &Actor, export: &Export, action: Action, now: Instant) -> Result<(), Refusal> {
    let party = visible(actor, export).then_some(Party::Owner).ok_or(Refusal::NotYours)?;
    let is_open = |rule: &Rule<State, Action, Party>| {
        rule.from == export.state && rule.action == action && rule.parties.contains(&party)
    };
    if !RULES.iter().any(is_open) {
        return Err(Refusal::NotReady { state: export.state });
    }
    match action {
        Action::Fetch if export.expires().is_some_and(|expires| expires <= now) => Err(Refusal::Expired),
        Action::Fetch | Action::Delete => Ok(()),
    }
}

/// What `actor` sees as possible, barred actions with their reasons; what does not belong to this state is left out.
#[must_use]
pub fn offers(actor: &Actor, export: &Export, now: Instant) -> Vec<Offer<Action, Refusal>> {
    let offer = |action| match decide(actor, export, action, now) {
        Ok(()) => Some(Offer { action, barred: None }),
        Err(Refusal::NotYours | Refusal::NotReady { .. }) => None,
        Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
    };
    Action::ALL.into_iter().filter_map(offer).collect()
}
