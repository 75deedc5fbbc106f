//! Telling people what concerns them, in the transaction of what happened; reading what one was told.

mod mail;

use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::kernel::{AccountId, Instant, MessageId, OrgId};
use ronghe_domain::message::{Audience, Kind};
use ronghe_store as store;
use std::collections::BTreeSet;

pub use mail::{Mail, deliver};
pub use ronghe_store::message::Message;

/// The messages of the caller, newest first, and how many there are.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn list(
    app: &App,
    caller: &Caller,
    after: Option<(i64, MessageId)>,
    limit: u64,
) -> Result<(Vec<Message>, u64), Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    Ok(store::message::list(app.db().reader(), account, after, limit).await?)
}

/// How many messages of `account` are not read.
///
/// # Errors
/// Where the database does not answer.
pub async fn unread(app: &App, account: AccountId) -> Result<u64, Error> {
    Ok(store::message::unread(app.db().reader(), account).await?)
}

/// Notes that the caller has read everything that came up to `until`: what came since stays unread.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn mark_read(app: &App, caller: &Caller, until: Instant) -> Result<u64, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| async move {
        Ok(store::message::mark_read(tx.db(), account, until, tx.now()).await?)
    })
    .await
}

/// Tells everyone in `audiences` but who acts.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    record: &str,
    audiences: &[(Kind, Audience)],
) -> Result<(), Error> {
    let mut messages = Vec::new();
    for (kind, audience) in audiences {
        for account in concerned(tx, audience).await? {
            if caller.actor.account() != Some(account) {
                messages.push(message(tx, account, *kind, record, caller.actor.org()));
            }
        }
    }
    Ok(store::message::insert(tx.db(), &messages, app.settings().mail != Mail::Off).await?)
}

fn message(tx: &Tx, account: AccountId, kind: Kind, record: &str, from: Option<OrgId>) -> Message {
    let record = record.to_owned();
    Message { id: MessageId(tx.new_id()), account, kind, record, from, at: tx.now(), read_at: None, tries: 0 }
}

/// Active accounts that hold one of the roles, each once.
async fn concerned(tx: &Tx, audience: &Audience) -> Result<BTreeSet<AccountId>, Error> {
    let mut found = BTreeSet::new();
    for role in audience.roles {
        found.extend(store::account::active(tx.db(), *role, audience.org).await?);
    }
    Ok(found)
}
