//! Accounts that universities ask for: asking, declining, taking back, and what becomes of a request with its account.
//!
//! A request and its events say nothing of what the account is wanted for.

use crate::audited::Audited;
use crate::message;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::request::{
    self as rules, AccountRequest, AccountRequestDraft, Action, Refusal, State, Wanted, address, answers,
    check_all, check_reason, twice,
};
use ronghe_domain::account::{Account, Scope as TokenScope};
use ronghe_domain::audit::{self, Subject};
use ronghe_domain::kernel::{AccountId, AccountRequestId, Actor, FieldProblem, Offer, OrgId, Version};
use ronghe_domain::message::of_account_request;
use ronghe_store as store;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub use ronghe_store::account::request::{Filter, behind};

/// What is done to a request, with what was typed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// With the reason, which who asked is told.
    Decline(String),
    TakeBack,
}

impl Act {
    const fn action(&self) -> Action {
        match self {
            Self::Decline(_) => Action::Decline,
            Self::TakeBack => Action::TakeBack,
        }
    }
}

/// The requests that the caller sees, newest first, and how many there are.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn list(app: &App, caller: &Caller, filter: &Filter) -> Result<(Vec<AccountRequest>, u64), Error> {
    let scope = rules::scope(&caller.actor).ok_or(Error::Unauthenticated)?;
    Ok(store::account::request::list(app.db().reader(), scope, filter).await?)
}

/// One request, where the caller sees it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, id: &str) -> Result<AccountRequest, Error> {
    let scope = rules::scope(&caller.actor).ok_or(Error::Hidden)?;
    let id = id.parse().map_err(|_unknown| Error::Hidden)?;
    Ok(store::account::request::get(app.db().reader(), scope, id).await?)
}

/// What the caller can do with `request`.
#[must_use]
pub fn offers(caller: &Caller, request: &AccountRequest) -> Vec<Offer<Action, Refusal>> {
    rules::offers(&caller.actor, request)
}

/// Asks for an account of somebody of the caller's university.
///
/// # Errors
/// For who is of none; where fields do not hold, somebody has the address already, or it was asked for.
pub async fn ask(app: &App, caller: &Caller, draft: &AccountRequestDraft) -> Result<AccountRequest, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    rules::may_ask(&caller.actor).map_err(Error::refused)?;
    let wanted = draft.check().map_err(Error::Invalid)?;
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let wanted = wanted.clone();
        async move {
            if !taken(&tx, org, std::slice::from_ref(&wanted)).await?.is_empty() {
                return Err(Error::field("mail", FieldProblem::Twice { got: wanted.mail }));
            }
            open(&tx, caller, org, wanted).await
        }
    })
    .await
}

/// The same for several at once: all of them, or none.
///
/// # Errors
/// Likewise, each field by its row.
pub async fn ask_all(
    app: &App,
    caller: &Caller,
    drafts: &[AccountRequestDraft],
) -> Result<Vec<AccountRequest>, Error> {
    caller.needs(TokenScope::WriteApplication)?;
    rules::may_ask(&caller.actor).map_err(Error::refused)?;
    let all = check_all(drafts).map_err(Error::Invalid)?;
    let org = caller.actor.org().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let all = all.clone();
        async move {
            let taken = taken(&tx, org, &all).await?;
            let rows = (1_usize..).zip(&all).filter(|(_, wanted)| taken.contains(&wanted.mail));
            let errors: Vec<_> = rows.map(|(row, wanted)| twice(row, wanted.mail.clone())).collect();
            if !errors.is_empty() {
                return Err(Error::Invalid(errors));
            }
            let mut asked = Vec::new();
            for wanted in all {
                asked.push(open(&tx, caller, org, wanted).await?);
            }
            Ok(asked)
        }
    })
    .await
}

/// The addresses among them that somebody of `org` has, or for which an account was asked already; `org` is locked.
async fn taken(tx: &Tx, org: OrgId, all: &[Wanted]) -> Result<BTreeSet<String>, Error> {
    store::org::lock(tx.db(), org).await?;
    let mut mails: BTreeSet<String> = all.iter().map(|wanted| wanted.mail.clone()).collect();
    let holders = store::account::request::holders(tx.db(), org, &mails).await?;
    let waiting = store::account::request::lock_waiting(tx.db(), org, &mails).await?;
    let is_asked = |mail: &str| waiting.iter().any(|request| request.mail == mail);
    mails.retain(|mail| is_asked(mail) || holders.iter().any(|it| answers(it, mail)));
    Ok(mails)
}

/// Declines a request, or takes it back.
///
/// # Errors
/// Where the caller may not, or not now; without a reason; where it was changed since `seen`.
pub async fn act(
    app: &App,
    caller: &Caller,
    id: &str,
    act: Act,
    seen: Version,
) -> Result<AccountRequest, Error> {
    caller.needs(match act {
        Act::Decline(_) => TokenScope::WriteAccount,
        Act::TakeBack => TokenScope::WriteApplication,
    })?;
    let scope = rules::scope(&caller.actor).ok_or(Error::Hidden)?;
    let id: AccountRequestId = id.parse().map_err(|_unknown| Error::Hidden)?;
    app.write(caller, |tx: Tx| {
        let act = act.clone();
        async move {
            let before = store::account::request::lock(tx.db(), scope, id).await?;
            let action = act.action();
            let to = rules::decide(&caller.actor, &before, action)
                .map_err(|refusal| refused(&before, audit_action(action), refusal))?;
            if before.version != seen {
                return Err(Error::Stale { current: Some(before.version) });
            }
            let reason = match &act {
                Act::Decline(reason) => check_reason(reason).map_err(Error::Invalid)?,
                Act::TakeBack => String::new(),
            };
            let after = before.moved_to(to, &reason, tx.now());
            store::account::request::save(tx.db(), &before, &after).await?;
            tx.changed(audit_action(action), &before, &after);
            message::tell(app, &tx, caller, (None, &id.to_string()), &of_account_request(&after)).await?;
            Ok(after)
        }
    })
    .await
}

/// The names of those who asked.
///
/// # Errors
/// Where the database does not answer.
pub async fn askers(app: &App, requests: &[AccountRequest]) -> Result<BTreeMap<AccountId, String>, Error> {
    let ids: BTreeSet<AccountId> = requests.iter().map(|request| request.asked_by).collect();
    let named = store::account::named(app.db().reader(), &ids).await?;
    Ok(named.into_iter().map(|account| (account.id, account.name)).collect())
}

/// Opens a request of the caller, where none waits and nobody has the address.
pub(crate) async fn open(
    tx: &Tx,
    caller: &Caller,
    org: OrgId,
    wanted: Wanted,
) -> Result<AccountRequest, Error> {
    let request = AccountRequest {
        id: AccountRequestId(tx.new_id()),
        org,
        name: wanted.name,
        mail: wanted.mail,
        asked_by: caller.actor.account().ok_or(Error::Unauthenticated)?,
        asked_at: tx.now(),
        state: State::Open,
        reason: String::new(),
        done_at: None,
        version: Version::FIRST,
    };
    store::account::request::insert(tx.db(), &request).await?;
    tx.created(audit::Action::Ask, &request);
    Ok(request)
}

/// Moves a request by a step of the system, of `actor`'s doing, where the rules let it; else it stays.
pub(crate) async fn step(
    tx: &Tx,
    actor: &Actor,
    before: &AccountRequest,
    action: Action,
) -> Result<(), Error> {
    let by = if action == Action::Make { actor } else { &Actor::System };
    let Ok(to) = rules::decide(by, before, action) else { return Ok(()) };
    let after = before.moved_to(to, "", tx.now());
    store::account::request::save(tx.db(), before, &after).await?;
    tx.changed_by(audit_action(action), before, &after, actor.clone());
    Ok(())
}

/// Notes at what universities asked for that `accounts` are made now.
pub(super) async fn made(tx: &Tx, caller: &Caller, accounts: &[Account]) -> Result<(), Error> {
    let mut wanted: BTreeMap<OrgId, BTreeSet<String>> = BTreeMap::new();
    for account in accounts {
        let mail = address(&account.mail);
        if answers(account, &mail) {
            wanted.entry(account.org).or_default().insert(mail);
        }
    }
    for (org, mails) in wanted {
        store::org::lock(tx.db(), org).await?;
        for request in store::account::request::lock_waiting(tx.db(), org, &mails).await? {
            step(tx, &caller.actor, &request, Action::Make).await?;
        }
    }
    Ok(())
}

const fn audit_action(action: Action) -> audit::Action {
    match action {
        Action::Make => audit::Action::Create,
        Action::Decline => audit::Action::Reject,
        Action::TakeBack => audit::Action::Withdraw,
        Action::Finish => audit::Action::Enable,
    }
}

impl Audited for AccountRequest {
    const SUBJECT: Subject = Subject::AccountRequest;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    /// As of accounts, the address is left out.
    fn snapshot(&self) -> Value {
        json!({
            "org": self.org,
            "name": self.name,
            "asked_by": self.asked_by,
            "state": self.state,
            "reason": self.reason,
            "done_at": self.done_at,
        })
    }
}
