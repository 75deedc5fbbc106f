//! Signing in and out, and who calls by a session's secret.

pub mod factor;
pub mod link;
pub(crate) mod password;
mod seen;
pub(crate) mod throttle;

use crate::crypto::{code, digest};

use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::rules::{State, needs_second_factor};
use ronghe_domain::account::{Account, session as rules};
use ronghe_domain::audit::failure::Failure;
use ronghe_domain::audit::{self, Via};
use ronghe_domain::kernel::{Actor, FieldProblem, Instant, Role, SessionId};
use ronghe_store::{self as store, secret};
use std::collections::BTreeSet;

use throttle::{Keys, mark};

pub use ronghe_store::session::Session;
pub(crate) use seen::Seen;
pub use seen::write_seen;
pub use throttle::forget as forget_attempts;

/// What is typed to sign in, and what the browser brings.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    pub login: String,
    pub password: String,
    /// A code of the authenticator, or a recovery code.
    pub code: Option<String>,
    /// The mark of a device that signed in before.
    pub device: Option<String>,
    pub agent: String,
}

/// A session just begun.
#[derive(Clone, Debug)]
pub struct Entered {
    pub account: Account,
    /// The session's secret, for the cookie.
    pub secret: String,
    /// The device's mark.
    pub device: String,
}

/// Signs in by password and, where it is on, second factor.
///
/// # Errors
/// `SignIn` for a wrong account or password, `SecondFactor` for a missing or wrong code, `TooMany`.
pub async fn sign_in(app: &App, visitor: &Caller, input: SignIn) -> Result<Entered, Error> {
    tried(app, visitor, input).await.inspect_err(|error| match error {
        Error::SignIn => app.failed(Failure::SignIn),
        Error::SecondFactor { wrong: true } => app.failed(Failure::SecondFactor),
        Error::TooMany { .. } => app.failed(Failure::TooSoon),
        _ => {}
    })
}

async fn tried(app: &App, visitor: &Caller, input: SignIn) -> Result<Entered, Error> {
    let login = input.login.trim().to_lowercase();
    let keys = Keys::new(app, visitor, &login, input.device.as_deref())?;
    keys.count(app, visitor).await?;
    let known = match store::account::by_login(app.db().reader(), &login).await {
        Ok(account) if account.state == State::Active => Some(account),
        Ok(_) | Err(store::Error::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let hash = match &known {
        Some(account) => secret::get(app.db().reader(), account.id).await?.password,
        None => None,
    };
    let right = app.verify(hash.as_deref(), &input.password).await?;
    let account = known.filter(|_| right).ok_or(Error::SignIn)?;
    if account.second_factor && input.code.as_deref().is_none_or(|code| code.trim().is_empty()) {
        keys.forgive(app, visitor).await?;
        return Err(Error::SecondFactor { wrong: false });
    }
    let (fresh, device) = (code()?, mark(app, &account.login)?);
    let account = app
        .write(visitor, |tx: Tx| {
            let (keys, hash, fresh, input) = (keys.clone(), hash.clone(), fresh.clone(), input.clone());
            async move {
                let account = store::account::lock_id(tx.db(), account.id).await?;
                let kept = secret::lock(tx.db(), account.id).await?;
                if account.state != State::Active || kept.password != hash {
                    return Err(Error::SignIn);
                }
                if account.second_factor {
                    let code = input.code.as_deref().unwrap_or_default();
                    let after = factor::used(app, &account, &kept, code, tx.now())?
                        .ok_or(Error::SecondFactor { wrong: true })?;
                    secret::put(tx.db(), account.id, &after).await?;
                }
                keys.clear(&tx).await?;
                enter(&tx, visitor, &account, &fresh, &input.agent).await?;
                Ok(account)
            }
        })
        .await?;
    Ok(Entered { account, secret: fresh, device })
}

/// Accounts that a demonstration lets in with one click, in the order of their roles.
///
/// # Errors
/// Where the database does not answer.
pub async fn door(app: &App) -> Result<Vec<(Role, Account)>, Error> {
    let mut found = Vec::new();
    if !app.settings().demo {
        return Ok(found);
    }
    for (role, login) in &app.settings().door {
        match store::account::by_login(app.db().reader(), login).await {
            Ok(account) if account.state == State::Active => found.push((*role, account)),
            Ok(_) | Err(store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

/// Enters a demonstration as one of the accounts of its door.
///
/// # Errors
/// `Hidden` where the server is no demonstration, or has no such account at its door.
pub async fn enter_demo(app: &App, visitor: &Caller, login: &str, agent: &str) -> Result<Entered, Error> {
    let door = door(app).await?;
    let (_, account) = door.into_iter().find(|(_, account)| account.login == login).ok_or(Error::Hidden)?;
    let (fresh, device) = (code()?, mark(app, &account.login)?);
    app.write(visitor, |tx: Tx| {
        let (account, fresh) = (account.clone(), fresh.clone());
        async move { enter(&tx, visitor, &account, &fresh, agent).await }
    })
    .await?;
    Ok(Entered { account, secret: fresh, device })
}

/// Begins a session; the oldest gives way where there are too many.
async fn enter(tx: &Tx, visitor: &Caller, account: &Account, fresh: &str, agent: &str) -> Result<(), Error> {
    let now = tx.now();
    let living = store::session::list(tx.db(), account.id).await?;
    let surplus = (living.len() + 1).saturating_sub(rules::MOST);
    for old in living.iter().take(surplus) {
        store::session::end(tx.db(), account.id, old.id, now).await?;
    }
    let session = Session {
        id: SessionId(tx.new_id()),
        account: account.id,
        made: now,
        last_seen: now,
        proved: now,
        address: visitor.address.clone(),
        agent: agent.chars().take(200).collect(),
    };
    store::session::insert(tx.db(), &session, &digest(fresh)).await?;
    store::account::seen(tx.db(), account.id, now).await?;
    tx.noted(audit::Action::SignIn, account, Some(account.actor()));
    Ok(())
}

/// Who calls by this secret of a session.
///
/// # Errors
/// `Unauthenticated` where it does not hold, or no longer.
pub async fn authenticate(app: &App, visitor: &Caller, secret: &str) -> Result<Caller, Error> {
    let (digest, key) = (digest(secret), visitor.key.as_deref());
    let calling = match store::session::calling(app.db().reader(), &digest, key).await {
        Ok(calling) => calling,
        Err(store::Error::NotFound) => return Err(Error::Unauthenticated),
        Err(error) => return Err(error.into()),
    };
    let now = app.now();
    let last = app.inner.seen.last(calling.session, calling.last_seen);
    if !rules::is_alive(calling.made, last, now) || calling.state != State::Active {
        return Err(Error::Unauthenticated);
    }
    if is_a_minute_ago(calling.last_seen, now) {
        app.inner.seen.session(calling.session, calling.account, now);
    }
    Ok(Caller {
        session: Some(calling.session),
        proved: Some(calling.proved),
        enrolling: !calling.second_factor && wants_factor(app, &calling.roles),
        is_new: key.is_some() && !calling.is_answered,
        actor: Actor::person(calling.account, calling.org, calling.roles),
        via: Via::Web,
        ..visitor.clone()
    })
}

/// Whether the roles of `account` want a second factor; a demonstration asks nobody.
#[must_use]
pub fn keeps_factor(app: &App, account: &Account) -> bool {
    wants_factor(app, &account.roles)
}

fn wants_factor(app: &App, roles: &BTreeSet<Role>) -> bool {
    !app.settings().demo && needs_second_factor(roles)
}

/// Whether nothing opens to `account` before it has a second factor.
#[must_use]
pub fn must_enrol(app: &App, account: &Account) -> bool {
    !account.second_factor && keeps_factor(app, account)
}

/// A use is noted anew where the one that is written is a minute old.
pub(crate) fn is_a_minute_ago(last: Instant, now: Instant) -> bool {
    now.duration_since(last).as_secs() >= 60
}

/// Ends the session that calls.
///
/// # Errors
/// Where nobody is signed in.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<(), Error> {
    let account = own(app, caller).await?;
    let session = caller.session.ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let account = account.clone();
        async move {
            store::session::end(tx.db(), account.id, session, tx.now()).await?;
            tx.noted(audit::Action::SignOut, &account, None);
            Ok(())
        }
    })
    .await
}

/// The caller's own account.
///
/// # Errors
/// `Unauthenticated` for visitors and the system.
pub async fn own(app: &App, caller: &Caller) -> Result<Account, Error> {
    let Actor::Person(person) = &caller.actor else { return Err(Error::Unauthenticated) };
    Ok(store::account::get(app.db().reader(), person.account).await?)
}

/// The caller's living sessions, oldest first.
///
/// # Errors
/// Where nobody is signed in.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Session>, Error> {
    let account = own(app, caller).await?;
    let now = app.now();
    let mut sessions = store::session::list(app.db().reader(), account.id).await?;
    for session in &mut sessions {
        session.last_seen = app.inner.seen.last(session.id, session.last_seen);
    }
    sessions.retain(|session| rules::is_alive(session.made, session.last_seen, now));
    Ok(sessions)
}

/// Ends one of the caller's sessions.
///
/// # Errors
/// `Hidden` where it is not one of them.
pub async fn end(app: &App, caller: &Caller, id: SessionId) -> Result<(), Error> {
    caller.in_person()?;
    let account = own(app, caller).await?;
    app.write(caller, |tx: Tx| {
        let account = account.clone();
        async move {
            store::session::end(tx.db(), account.id, id, tx.now()).await?;
            tx.noted(audit::Action::EndSession, &account, None);
            Ok(())
        }
    })
    .await
}

/// Proves once more who is at the keyboard: by the second factor where it is on, else by the password.
/// Gives back the session's new secret.
///
/// # Errors
/// Where it does not hold, field by field; `TooMany`.
pub async fn prove(app: &App, caller: &Caller, word: &str) -> Result<String, Error> {
    let account = own(app, caller).await?;
    if !account.second_factor {
        check_password(app, caller, &account, "password", word).await?;
        return app.write(caller, |tx: Tx| async move { renew(&tx, caller).await }).await;
    }
    let keys = Keys::of_session(caller)?;
    keys.count(app, caller).await?;
    app.write(caller, |tx: Tx| {
        let (keys, account) = (keys.clone(), account.clone());
        async move {
            let kept = secret::lock(tx.db(), account.id).await?;
            let wrong = || Error::field("code", FieldProblem::DoesNotFit { other: "totp".into() });
            let after = factor::used(app, &account, &kept, word, tx.now())?.ok_or_else(wrong)?;
            secret::put(tx.db(), account.id, &after).await?;
            keys.clear(&tx).await?;
            renew(&tx, caller).await
        }
    })
    .await
}

/// Sets a new password; every other session ends. Gives back the session's new secret.
///
/// # Errors
/// Where the current one is wrong or the new one is weak.
pub async fn change_password(app: &App, caller: &Caller, current: &str, new: &str) -> Result<String, Error> {
    let account = own(app, caller).await?;
    check_password(app, caller, &account, "current", current).await?;
    let words = own_words(app, &account).await?;
    password::check("password", new, &words.iter().map(String::as_str).collect::<Vec<_>>())?;
    let hash = app.hash(new).await?;
    app.write(caller, |tx: Tx| {
        let (account, hash) = (account.clone(), hash.clone());
        async move {
            let kept = secret::lock(tx.db(), account.id).await?;
            let after = secret::Secret { password: Some(hash), ..kept };
            secret::put(tx.db(), account.id, &after).await?;
            store::link::void(tx.db(), account.id, tx.now()).await?;
            tx.noted(audit::Action::SetPassword, &account, None);
            renew_alone(&tx, caller).await
        }
    })
    .await
}

/// Words that a person's password must not hold: name, sign-in name, organisation.
pub(crate) async fn own_words(app: &App, account: &Account) -> Result<Vec<String>, Error> {
    let mut words = vec![account.login.clone(), account.name.clone(), account.name_en.clone()];
    if let Some(org) = app.register().await?.directory.org(account.org) {
        words.extend([org.name.clone(), org.name_en.clone(), org.slug.clone()]);
        words.extend(org.aliases.iter().cloned());
    }
    Ok(words)
}

/// Checks the current password; a wrong one counts as a failed attempt.
pub(crate) async fn check_password(
    app: &App,
    caller: &Caller,
    account: &Account,
    path: &str,
    word: &str,
) -> Result<(), Error> {
    let keys = Keys::of_session(caller)?;
    keys.count(app, caller).await?;
    let kept = secret::get(app.db().reader(), account.id).await?;
    if !app.verify(kept.password.as_deref(), word).await? {
        return Err(Error::field(path, FieldProblem::DoesNotFit { other: "account".into() }));
    }
    app.write(caller, |tx: Tx| {
        let keys = keys.clone();
        async move { keys.clear(&tx).await }
    })
    .await
}

/// Gives the session that calls a new secret and a fresh proof.
async fn renew(tx: &Tx, caller: &Caller) -> Result<String, Error> {
    let session = caller.session.ok_or(Error::Unauthenticated)?;
    let fresh = code()?;
    store::session::prove(tx.db(), session, &digest(&fresh), tx.now()).await?;
    Ok(fresh)
}

/// The same, and ends the account's other sessions.
pub(crate) async fn renew_alone(tx: &Tx, caller: &Caller) -> Result<String, Error> {
    let (account, session) = (caller.actor.account(), caller.session);
    let (account, session) = account.zip(session).ok_or(Error::Unauthenticated)?;
    store::session::end_others(tx.db(), account, session, tx.now()).await?;
    renew(tx, caller).await
}
