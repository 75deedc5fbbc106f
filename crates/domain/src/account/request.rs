//! 开户申请: people of a university ask the administrators for an account of somebody of theirs.
//!
//! It says whom the account is for and nothing of what for: whoever reads it learns of no application.

use super::Account;
use super::draft::check_mail;
use crate::kernel::field::needed;
use crate::kernel::{
    AccountId, AccountRequestId, Actor, FieldError, FieldProblem, Instant, Offer, OrgId, RefusalKind, Role,
    Rule, Version, rule,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most characters of a name, as of an account's.
const NAME_MOST: usize = 40;
/// Most characters of an address (RFC 5321).
const MAIL_MOST: usize = 254;
/// Most accounts that are asked for at once.
pub const AT_ONCE_MOST: usize = 50;
/// Most characters of the reason for declining.
const REASON_MOST: usize = 200;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AccountRequestState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待办理.
    Open,
    /// 已建账号: its owner has not come in yet.
    Made,
    /// 已开通: its owner can sign in.
    Done,
    /// 不予开户.
    Declined,
    /// 已撤回.
    TakenBack,
}

/// What is done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AccountRequestAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 建账号.
    Make,
    /// 不予开户.
    Decline,
    /// 撤回.
    TakeBack,
    /// 开通: the account is active.
    Finish,
}

/// A person's relation to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Who makes accounts.
    Administrator,
    /// Who asked.
    Asker,
    /// The system, when an account becomes active or nobody waits for it any more.
    System,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AccountRequestRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only people of a university ask for accounts.
    UniversitiesOnly,
    /// Someone else does this.
    NotYours,
    /// Not in this state.
    WrongState { state: State },
}

impl State {
    /// Every state, in the order of a request's life.
    pub const ALL: [Self; 5] = [Self::Open, Self::Made, Self::Done, Self::Declined, Self::TakenBack];

    /// Somebody still waits for it.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Open | Self::Made)
    }
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::Make, Self::Decline, Self::TakeBack, Self::Finish];
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::UniversitiesOnly | Self::NotYours => RefusalKind::NotYours,
            Self::WrongState { .. } => RefusalKind::NotNow,
        }
    }
}

const ADMINISTRATOR: &[Party] = &[Party::Administrator];
const ASKER: &[Party] = &[Party::Asker, Party::System];
const SYSTEM: &[Party] = &[Party::System];

/// The life of a request.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Open, Action::Make, State::Made, ADMINISTRATOR),
    rule(State::Open, Action::Decline, State::Declined, ADMINISTRATOR),
    rule(State::Open, Action::TakeBack, State::TakenBack, ASKER),
    rule(State::Open, Action::Finish, State::Done, SYSTEM),
    rule(State::Made, Action::Finish, State::Done, SYSTEM),
];

/// A request for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRequest {
    pub id: AccountRequestId,
    /// Whose account it is to be.
    pub org: OrgId,
    pub name: String,
    /// In small letters.
    pub mail: String,
    pub asked_by: AccountId,
    pub asked_at: Instant,
    pub state: State,
    /// Why it was declined; empty otherwise.
    pub reason: String,
    /// When nobody waited any more.
    pub done_at: Option<Instant>,
    pub version: Version,
}

impl AccountRequest {
    /// The request in `state` since `at`, declined for `reason` where it is.
    #[must_use]
    pub fn moved_to(&self, state: State, reason: &str, at: Instant) -> Self {
        let done_at = (!state.is_waiting()).then_some(at);
        Self { state, reason: reason.to_owned(), done_at, version: self.version.next(), ..self.clone() }
    }
}

/// A request as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountRequestDraft {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub mail: String,
}

/// Whom an account is asked for: checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    /// In small letters.
    pub mail: String,
}

impl AccountRequestDraft {
    /// Checks both as accounts check them; here the address is needed, for the account is known by it.
    ///
    /// # Errors
    /// Every field that does not hold.
    pub fn check(&self) -> Result<Wanted, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = needed(&mut errors, "name", &self.name, NAME_MOST);
        let mail = needed(&mut errors, "mail", &self.mail, MAIL_MOST);
        check_mail(&mut errors, &mail);
        if errors.is_empty() { Ok(Wanted { name, mail: address(&mail) }) } else { Err(errors) }
    }
}

/// Checks several that are asked for at once; the path of an error begins with its row, from 1.
///
/// # Errors
/// Every field that does not hold, an address that another row has too, none at all, or too many.
pub fn check_all(drafts: &[AccountRequestDraft]) -> Result<Vec<Wanted>, Vec<FieldError>> {
    let (mut errors, mut all) = (Vec::new(), Vec::new());
    let mut mails = BTreeSet::new();
    if drafts.is_empty() {
        errors.push(FieldError::new("people", FieldProblem::Required));
    } else if drafts.len() > AT_ONCE_MOST {
        errors.push(FieldError::new("people", FieldProblem::TooMany { max: AT_ONCE_MOST }));
    }
    for (row, draft) in (1_usize..).zip(drafts) {
        match draft.check() {
            Ok(wanted) if mails.contains(&wanted.mail) => errors.push(twice(row, wanted.mail)),
            Ok(wanted) => {
                mails.insert(wanted.mail.clone());
                all.push(wanted);
            }
            Err(found) => {
                let of_row =
                    |error: FieldError| FieldError { path: format!("{row}.{}", error.path), ..error };
                errors.extend(found.into_iter().map(of_row));
            }
        }
    }
    if errors.is_empty() { Ok(all) } else { Err(errors) }
}

/// In this row stands an address that somebody has, or that was asked for.
#[must_use]
pub fn twice(row: usize, mail: String) -> FieldError {
    FieldError::new(format!("{row}.mail"), FieldProblem::Twice { got: mail })
}

/// Checks why a request is declined: who asked is told.
///
/// # Errors
/// Where nothing is said, or too much.
pub fn check_reason(reason: &str) -> Result<String, Vec<FieldError>> {
    let mut errors = Vec::new();
    let reason = needed(&mut errors, "reason", reason, REASON_MOST);
    if errors.is_empty() { Ok(reason) } else { Err(errors) }
}

/// An address as it is compared: capitals make no difference.
#[must_use]
pub fn address(mail: &str) -> String {
    mail.trim().to_lowercase()
}

/// Whether `account` is the one that a university waits for under `mail`, whether its owner has come in or not.
#[must_use]
pub fn answers(account: &Account, mail: &str) -> bool {
    !mail.is_empty() && account.roles.contains(&Role::University) && address(&account.mail) == mail
}

/// Who asks for accounts: people of a university, for their own.
///
/// # Errors
/// `UniversitiesOnly` for everybody else.
pub fn may_ask(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::University) { Ok(()) } else { Err(Refusal::UniversitiesOnly) }
}

/// A part of all requests that someone sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// What the person asked for.
    AskedBy(AccountId),
}

/// The requests that `actor` sees, as a condition for the store. Nothing for the public.
#[must_use]
pub fn scope(actor: &Actor) -> Option<Scope> {
    if actor.has(Role::SystemAdmin) || actor.has(Role::Auditor) || *actor == Actor::System {
        return Some(Scope::All);
    }
    actor.account().map(Scope::AskedBy)
}

/// Whether `scope` holds `request`.
#[must_use]
pub fn holds(scope: Scope, request: &AccountRequest) -> bool {
    match scope {
        Scope::All => true,
        Scope::AskedBy(account) => request.asked_by == account,
    }
}

/// Whether `actor` sees `request`.
#[must_use]
pub fn visible(actor: &Actor, request: &AccountRequest) -> bool {
    scope(actor).is_some_and(|scope| holds(scope, request))
}

/// Decides whether `actor` may do `action`, and in which state the request stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: &Actor, request: &AccountRequest, action: Action) -> Result<State, Refusal> {
    let parties = parties(actor, request);
    let is_theirs = |rule: &&Rule<State, Action, Party>| rule.parties.iter().any(|it| parties.contains(it));
    if !RULES.iter().filter(|rule| rule.action == action).any(|rule| is_theirs(&rule)) {
        return Err(Refusal::NotYours);
    }
    let found = RULES.iter().find(|rule| rule.from == request.state && rule.action == action);
    found.map(|rule| rule.to).ok_or(Refusal::WrongState { state: request.state })
}

/// What `actor` sees as possible with `request`.
#[must_use]
pub fn offers(actor: &Actor, request: &AccountRequest) -> Vec<Offer<Action, Refusal>> {
    let open = Action::ALL.into_iter().filter(|action| decide(actor, request, *action).is_ok());
    open.map(|action| Offer { action, barred: None }).collect()
}

fn parties(actor: &Actor, request: &AccountRequest) -> BTreeSet<Party> {
    let mut parties = BTreeSet::new();
    if actor.has(Role::SystemAdmin) {
        parties.insert(Party::Administrator);
    }
    let is_asker = actor.account() == Some(request.asked_by) && actor.org() == Some(request.org);
    if is_asker && may_ask(actor).is_ok() {
        parties.insert(Party::Asker);
    }
    if *actor == Actor::System {
        parties.insert(Party::System);
    }
    parties
}
