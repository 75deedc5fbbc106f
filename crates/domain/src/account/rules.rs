//! States of an account, and who administers it.
//!
//! System administrators make accounts and take no part in decisions. A role of an office or of an
//! administrator needs a second administrator, and so do a new password for somebody and the post of who
//! approves. `SystemAdmin` and `Auditor` combine with no other role.

use super::Account;
use crate::kernel::{Actor, Offer, RefusalKind, Role, Rule, rule};
use crate::org::OrgKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AccountState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Made; its owner has not set a password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Cannot sign in.
    Disabled,
}

/// What an administrator does with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AccountAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 重发邀请.
    Invite,
    /// 重设密码: asks for it; another administrator confirms.
    Reset,
    /// 停用.
    Disable,
    /// 启用.
    Enable,
    /// 调整角色.
    Grant,
    /// 变更职务.
    SetPost,
    /// 确认 what another administrator asked for.
    Confirm,
    /// 驳回 it.
    Reject,
}

/// A person's relation to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// An administrator, not on their own account.
    Administrator,
    /// An administrator other than the one who asked for the grant, not on their own account.
    SecondAdministrator,
}

/// Why an action is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AccountRefusal))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// Only system administrators do this.
    AdministratorOnly,
    /// Nobody administers their own account.
    OwnAccount,
    /// Not in this state.
    WrongState { state: State },
    /// Nothing waits for a second hand.
    NothingPending,
    /// Something waits already: confirm or reject it first.
    GrantPending,
    /// Who asked for it does not confirm it.
    SecondAdministratorNeeded,
    /// Two administrators are active: one of them confirms, not the console.
    AdministratorsAreThere,
    /// An organisation of this kind does not hold this role.
    RoleDoesNotFit { role: Role, kind: OrgKind },
    /// This role combines with no other.
    RoleStandsAlone { role: Role },
    /// Who decides, pays, administers, watches or reviews keeps a second factor.
    FactorNeeded,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];
}

impl Action {
    /// Every action, in the order in which it is offered.
    pub const ALL: [Self; 8] = [
        Self::Confirm,
        Self::Reject,
        Self::Grant,
        Self::SetPost,
        Self::Invite,
        Self::Reset,
        Self::Enable,
        Self::Disable,
    ];
}

impl Refusal {
    /// Whether waiting or another state could help.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::AdministratorOnly | Self::OwnAccount | Self::FactorNeeded => RefusalKind::NotYours,
            Self::WrongState { .. }
            | Self::NothingPending
            | Self::GrantPending
            | Self::SecondAdministratorNeeded
            | Self::AdministratorsAreThere
            | Self::RoleDoesNotFit { .. }
            | Self::RoleStandsAlone { .. } => RefusalKind::NotNow,
        }
    }
}

const ADMINISTRATOR: &[Party] = &[Party::Administrator];
const SECOND: &[Party] = &[Party::SecondAdministrator];

/// The life of an account.
pub const RULES: &[Rule<State, Action, Party>] = &[
    rule(State::Invited, Action::Invite, State::Invited, ADMINISTRATOR),
    rule(State::Invited, Action::Disable, State::Disabled, ADMINISTRATOR),
    rule(State::Invited, Action::Grant, State::Invited, ADMINISTRATOR),
    rule(State::Invited, Action::SetPost, State::Invited, ADMINISTRATOR),
    rule(State::Invited, Action::Confirm, State::Invited, SECOND),
    rule(State::Invited, Action::Reject, State::Invited, SECOND),
    rule(State::Active, Action::Reset, State::Active, ADMINISTRATOR),
    rule(State::Active, Action::Disable, State::Disabled, ADMINISTRATOR),
    rule(State::Active, Action::Grant, State::Active, ADMINISTRATOR),
    rule(State::Active, Action::SetPost, State::Active, ADMINISTRATOR),
    rule(State::Active, Action::Confirm, State::Active, SECOND),
    rule(State::Active, Action::Reject, State::Active, SECOND),
    rule(State::Disabled, Action::Enable, State::Active, ADMINISTRATOR),
    rule(State::Disabled, Action::Enable, State::Invited, ADMINISTRATOR),
];

/// Whether a rule leads this account where it belongs: enabled again, it is active only if its owner has a password
/// to come in with; else it is invited as before.
fn leads(rule: &Rule<State, Action, Party>, account: &Account) -> bool {
    match rule.action {
        Action::Enable => (rule.to == State::Active) == account.password_set,
        Action::Invite
        | Action::Reset
        | Action::Disable
        | Action::Grant
        | Action::SetPost
        | Action::Confirm
        | Action::Reject => true,
    }
}

/// Who makes accounts and organisations.
///
/// # Errors
/// `AdministratorOnly` for everybody else.
pub fn may_administer(actor: &Actor) -> Result<(), Refusal> {
    if actor.has(Role::SystemAdmin) { Ok(()) } else { Err(Refusal::AdministratorOnly) }
}

/// Administrators and auditors see accounts, and everyone their own.
#[must_use]
pub fn visible(actor: &Actor, account: &Account) -> bool {
    match scope(actor) {
        Reach::All => true,
        Reach::Own => actor.account() == Some(account.id),
    }
}

/// Which accounts a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    All,
    /// The person's own.
    Own,
}

/// The accounts that `actor` sees, as a condition for the store.
#[must_use]
pub fn scope(actor: &Actor) -> Reach {
    if actor.has(Role::SystemAdmin) || actor.has(Role::Auditor) || *actor == Actor::System {
        Reach::All
    } else {
        Reach::Own
    }
}

/// Decides whether `actor` may do `action`, and in which state the account stands then.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: &Actor, account: &Account, action: Action) -> Result<State, Refusal> {
    may_administer(actor)?;
    if actor.account() == Some(account.id) {
        return Err(Refusal::OwnAccount);
    }
    let found = RULES
        .iter()
        .find(|rule| rule.from == account.state && rule.action == action && leads(rule, account))
        .ok_or(Refusal::WrongState { state: account.state })?;
    match (action, &account.pending) {
        (Action::Confirm | Action::Reject, None) => return Err(Refusal::NothingPending),
        (Action::Grant | Action::SetPost | Action::Reset, Some(_)) => return Err(Refusal::GrantPending),
        _ => {}
    }
    let second = account.pending.as_ref().is_none_or(|pending| Some(pending.by) != actor.account());
    let allowed = found.parties.iter().any(|party| match party {
        Party::Administrator => true,
        // Whoever asked may take it back, but not confirm it.
        Party::SecondAdministrator => second || action == Action::Reject,
    });
    if allowed { Ok(found.to) } else { Err(Refusal::SecondAdministratorNeeded) }
}

/// Whether the server's console may be the second hand: only until two administrators are active.
///
/// # Errors
/// `AdministratorsAreThere` from then on, `NothingPending` where nothing waits.
pub const fn may_confirm_at_console(account: &Account, administrators: u64) -> Result<(), Refusal> {
    if account.pending.is_none() {
        return Err(Refusal::NothingPending);
    }
    if administrators >= 2 { Err(Refusal::AdministratorsAreThere) } else { Ok(()) }
}

/// Whether whoever holds `roles` needs a second factor: all who decide, pay, administer, watch or review.
#[must_use]
pub fn needs_second_factor(roles: &BTreeSet<Role>) -> bool {
    roles.iter().any(|role| !matches!(role, Role::NeedUnit | Role::University))
}

/// What `actor` sees as possible on this account.
#[must_use]
pub fn offers(actor: &Actor, account: &Account) -> Vec<Offer<Action, Refusal>> {
    Action::ALL
        .into_iter()
        .filter_map(|action| match decide(actor, account, action) {
            Ok(_) => Some(Offer { action, barred: None }),
            Err(Refusal::WrongState { .. } | Refusal::NothingPending) => None,
            Err(refusal) if refusal.kind() == RefusalKind::NotYours => None,
            Err(refusal) => Some(Offer { action, barred: Some(refusal) }),
        })
        .collect()
}

/// Whether an organisation of `kind` can have people with `role`.
#[must_use]
pub const fn fits(role: Role, kind: OrgKind) -> bool {
    match role {
        Role::NeedUnit => matches!(kind, OrgKind::School | OrgKind::MunicipalSchool),
        Role::DistrictBureau => matches!(kind, OrgKind::District),
        Role::University => matches!(kind, OrgKind::University),
        Role::Expert => true,
        Role::ResponsibleOffice => {
            matches!(kind, OrgKind::Office | OrgKind::Institution | OrgKind::District)
        }
        Role::LeadOffice | Role::Finance => matches!(kind, OrgKind::Office),
        Role::LeadingGroup => matches!(kind, OrgKind::Bureau),
        Role::Auditor => matches!(kind, OrgKind::Office),
        Role::SystemAdmin => matches!(kind, OrgKind::Office | OrgKind::Institution),
    }
}

/// Whether `roles` can be held together in an organisation of `kind`.
///
/// # Errors
/// The first role that does not fit or stands alone.
pub fn check_roles(roles: &BTreeSet<Role>, kind: OrgKind) -> Result<(), Refusal> {
    for role in roles.iter().copied() {
        if !fits(role, kind) {
            return Err(Refusal::RoleDoesNotFit { role, kind });
        }
        if matches!(role, Role::SystemAdmin | Role::Auditor) && roles.len() > 1 {
            return Err(Refusal::RoleStandsAlone { role });
        }
    }
    Ok(())
}

/// Whether a change from `before` to `after` needs a second administrator: it grants a role that
/// decides, pays, watches or administers.
#[must_use]
pub fn needs_second_hand(before: &BTreeSet<Role>, after: &BTreeSet<Role>) -> bool {
    after.difference(before).any(|role| match role {
        Role::NeedUnit | Role::University | Role::DistrictBureau | Role::Expert => false,
        Role::ResponsibleOffice
        | Role::LeadOffice
        | Role::Finance
        | Role::LeadingGroup
        | Role::Auditor
        | Role::SystemAdmin => true,
    })
}
