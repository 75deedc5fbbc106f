//! Commands that are carried out once, however often they are sent.

use crate::crypto::{open, seal};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use jiff::SignedDuration;
use ronghe_domain::account::Account;
use ronghe_domain::kernel::AccountId;
use ronghe_store::Transaction;
use ronghe_store::idempotency;
use std::any::Any;

pub use ronghe_store::idempotency::Answer;

/// The answer that was given to the caller under `key`, where there is one; nothing is asked where it was
/// looked for with who calls.
///
/// # Errors
/// Where the database does not answer.
pub async fn answered_before(app: &App, caller: &Caller, key: &str) -> Result<Option<Answer>, Error> {
    let is_known = caller.is_new && caller.key.as_deref() == Some(key);
    if is_known { Ok(None) } else { answered(app, caller, key).await }
}

/// The answer that was given to the caller under `key`, where there is one by now.
///
/// # Errors
/// Where the database does not answer.
pub async fn answered(app: &App, caller: &Caller, key: &str) -> Result<Option<Answer>, Error> {
    let Some(account) = caller.actor.account() else { return Ok(None) };
    let Some(kept) = idempotency::find(app.db().reader(), account, key).await? else { return Ok(None) };
    let body = String::from_utf8(open(&app.settings().key, &kept.body)?).map_err(Error::internal)?;
    Ok(Some(Answer { body, ..kept }))
}

/// Whether the caller's command was carried out already, in another request with its key. It is asked within a
/// transaction: on SQLite what was done before it in its group is seen nowhere else.
pub(crate) async fn is_done(transaction: &Transaction, caller: &Caller) -> Result<bool, Error> {
    let (Some(account), Some(command)) = (caller.actor.account(), &caller.command) else { return Ok(false) };
    Ok(idempotency::find(transaction, account, &command.key).await?.is_some())
}

/// How long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Forgets answers that are older than they are kept; says how many.
///
/// # Errors
/// Where the database does not answer.
pub async fn forget(app: &App) -> Result<u64, Error> {
    let transaction = app.db().begin().await?;
    let forgotten = idempotency::forget(&transaction, app.now() - KEPT).await?;
    transaction.commit().await?;
    Ok(forgotten)
}

/// Forgets what somebody was answered whose rights, organisation or state change: an answer that is given again is asked
/// of no rule, and shows a record as only who they were may read it.
pub(crate) async fn outlived(tx: &Tx, before: &Account, after: &Account) -> Result<(), Error> {
    let is_same = after.has_rights_of(before) && before.org == after.org && before.state == after.state;
    if is_same { Ok(()) } else { Ok(idempotency::forget_all(tx.db(), after.id).await?) }
}

/// The answer of a command, to be kept in its own transaction: whose, under which key, and what. It is sealed:
/// some hold a secret that is shown once.
pub(crate) fn answer<'a, T: Send + 'static>(
    app: &App,
    caller: &'a Caller,
    value: &T,
) -> Result<Option<(AccountId, &'a str, Answer)>, Error> {
    let (Some(account), Some(command)) = (caller.actor.account(), &caller.command) else { return Ok(None) };
    let value: &(dyn Any + Send) = value;
    let Some(answer) = (command.render)(value) else { return Ok(None) };
    let sealed = Answer { body: seal(&app.settings().key, answer.body.as_bytes())?, ..answer };
    Ok(Some((account, &command.key, sealed)))
}
