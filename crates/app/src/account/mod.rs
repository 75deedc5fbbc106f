//! Accounts: making them, and what administrators do with them. No act-as, for anybody.

mod act;
mod console;
mod import;
pub mod request;

use crate::session::link::{self, Made};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::rules::{self, needs_second_hand};
use ronghe_domain::account::session::LinkPurpose;
use ronghe_domain::account::{
    Account, AccountDraft, Action, Ask, NewAccount, Pending, Refusal, Scope, State,
};
use ronghe_domain::audit;
use ronghe_domain::kernel::{AccountId, FieldError, FieldProblem, Offer, Role, Version};
use ronghe_store as store;
use std::collections::BTreeSet;

pub use act::{Act, act};
pub use console::{NewAdministrator, confirm_at_console, make_administrator, recover, set_up};
pub use import::{Imported, import, template};
pub use ronghe_store::account::Filter;

/// An account after an action, and the link that it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub account: Account,
    /// To be handed over; its code is kept nowhere.
    pub link: Option<Made>,
}

/// The accounts that the caller may see, in order of sign-in names, and how many there are.
///
/// # Errors
/// `Unauthenticated` for visitors.
pub async fn list(app: &App, caller: &Caller, filter: &Filter) -> Result<(Vec<Account>, u64), Error> {
    let own = caller.actor.account();
    let reach = rules::scope(&caller.actor);
    if own.is_none() && reach == rules::Reach::Own {
        return Err(Error::Unauthenticated);
    }
    Ok(store::account::list(app.db().reader(), reach, own, filter).await?)
}

/// One account, where the caller may see it.
///
/// # Errors
/// `Hidden` otherwise.
pub async fn show(app: &App, caller: &Caller, login: &str) -> Result<Account, Error> {
    let account = store::account::by_login(app.db().reader(), login).await?;
    if rules::visible(&caller.actor, &account) { Ok(account) } else { Err(Error::Hidden) }
}

/// What the caller may do with `account`.
#[must_use]
pub fn offers(caller: &Caller, account: &Account) -> Vec<Offer<Action, Refusal>> {
    rules::offers(&caller.actor, account)
}

/// The name of an account, for those who may see who asked for something.
///
/// # Errors
/// Where the database does not answer.
pub async fn named(app: &App, ids: &BTreeSet<AccountId>) -> Result<Vec<Account>, Error> {
    Ok(store::account::named(app.db().reader(), ids).await?)
}

/// Makes an account and its invitation. Roles of offices and administrators wait for a second administrator.
///
/// # Errors
/// Where the caller is no administrator, or fields do not hold.
pub async fn create(app: &App, caller: &Caller, draft: &AccountDraft) -> Result<Done, Error> {
    caller.needs(Scope::WriteAccount)?;
    rules::may_administer(&caller.actor).map_err(Error::refused)?;
    app.fresh(caller)?;
    let directory = app.register().await?.directory.clone();
    let new = draft.check(&directory).map_err(Error::Invalid)?;
    let by = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let new = new.clone();
        async move {
            let account = invited(&tx, new, by);
            insert(&tx, &account).await?;
            request::made(&tx, caller, std::slice::from_ref(&account)).await?;
            let link = link::make(app, &tx, &account, LinkPurpose::Invite).await?;
            Ok(Done { account, link: Some(link) })
        }
    })
    .await
}

/// Adds an account and its event; a sign-in name that is taken is an error of that field.
async fn insert(tx: &Tx, account: &Account) -> Result<(), Error> {
    match store::account::insert(tx.db(), account).await {
        Err(store::Error::Conflict(store::Constraint::Login)) => {
            return Err(Error::field("login", FieldProblem::Twice { got: account.login.clone() }));
        }
        other => other?,
    }
    tx.created(audit::Action::Invite, account);
    Ok(())
}

/// An invited account; roles that need a second hand wait for it.
fn invited(tx: &Tx, new: NewAccount, by: AccountId) -> Account {
    let waits = needs_second_hand(&BTreeSet::new(), &new.roles);
    let pending = waits.then(|| Pending { ask: Ask::Roles(new.roles.clone()), by, at: tx.now() });
    let roles: BTreeSet<Role> = if waits { BTreeSet::new() } else { new.roles.clone() };
    Account { pending, roles, ..bare(tx, new) }
}

/// An account with the roles asked for and no second hand: from the server's own console.
fn bare(tx: &Tx, new: NewAccount) -> Account {
    Account {
        id: AccountId(tx.new_id()),
        login: new.login,
        name: new.name,
        name_en: new.name_en,
        org: new.org,
        roles: new.roles,
        post: new.post,
        mail: new.mail,
        state: State::Invited,
        password_set: false,
        pending: None,
        second_factor: false,
        last_seen: None,
        version: Version::FIRST,
    }
}

/// Errors of the draft at `at` in a list.
fn placed(at: usize, errors: Vec<FieldError>) -> impl Iterator<Item = FieldError> {
    errors
        .into_iter()
        .map(move |error| FieldError { path: format!("[{at}].{}", error.path), problem: error.problem })
}
