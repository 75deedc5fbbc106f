//! Telling people what concerns them, in the transaction of what happened; reading what one was told.

mod letter;
mod outbox;
mod smtp;

use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Account;
use ronghe_domain::kernel::{AccountId, Instant, MessageId, OrgId, Role};
use ronghe_domain::message::mail::About;
use ronghe_domain::message::{Audience, Kind, is_rehearsed};
use ronghe_store as store;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub(crate) use outbox::new as new_mail;
pub use outbox::{count, deliver, mail, mail_offers, mails, resend};
pub use ronghe_store::message::Message;
pub use smtp::{Password, Smtp, Tls};

/// Which way mail goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mail {
    /// None.
    #[default]
    Off,
    /// Into a folder, one file a mail (RFC 5322), for another program to send or for a person to look at.
    Folder(PathBuf),
    /// To the operator's mail server.
    Smtp(Smtp),
}

/// Whether mail can go to or come from `address`.
#[must_use]
pub fn is_address(address: &str) -> bool {
    address.parse::<lettre::Address>().is_ok()
}

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

/// Tells everyone in `audiences` but who acts, each of one thing once, by mail too where there is an address.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    record: &str,
    audiences: &[(Kind, Audience)],
) -> Result<(), Error> {
    let (mut messages, mut mails) = (Vec::new(), Vec::new());
    let mut told = BTreeSet::new();
    for (kind, audience) in audiences {
        for account in concerned(tx, audience).await? {
            if caller.actor.account() == Some(account.id) || !told.insert((*kind, account.id)) {
                continue;
            }
            let (one, mail) = telling(app, tx, caller, &account, *kind, record);
            messages.push(one);
            mails.extend(mail);
        }
    }
    store::message::insert(tx.db(), &messages).await?;
    Ok(store::message::mail::insert(tx.db(), &mails).await?)
}

/// Whom one of many records concerns.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    pub record: String,
    pub audiences: Vec<(Kind, Audience)>,
}

/// The same of many records at once: who holds a role of an organisation is read in one statement.
pub(crate) async fn tell_each(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    tellings: &[Telling],
) -> Result<(), Error> {
    let mut wanted: Vec<Role> = Vec::new();
    for (_, audience) in tellings.iter().flat_map(|it| &it.audiences) {
        if let Audience::Roles { roles, .. } = audience {
            wanted.extend(roles.iter().filter(|role| !wanted.contains(role)).copied().collect::<Vec<_>>());
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let people = store::account::active(tx.db(), &wanted, None).await?;
    let mut of: BTreeMap<OrgId, Vec<&Account>> = BTreeMap::new();
    for account in &people {
        of.entry(account.org).or_default().push(account);
    }
    let (mut messages, mut mails) = (Vec::new(), Vec::new());
    for Telling { record, audiences } in tellings {
        let mut told = BTreeSet::new();
        for (kind, audience) in audiences {
            let Audience::Roles { org: Some(org), roles } = audience else { continue };
            for account in of.get(org).map(Vec::as_slice).unwrap_or_default() {
                let concerned = roles.iter().any(|role| account.roles.contains(role));
                let is_caller = caller.actor.account() == Some(account.id);
                if concerned && !is_caller && told.insert((*kind, account.id)) {
                    let (one, mail) = telling(app, tx, caller, account, *kind, record);
                    messages.push(one);
                    mails.extend(mail);
                }
            }
        }
    }
    store::message::insert(tx.db(), &messages).await?;
    Ok(store::message::mail::insert(tx.db(), &mails).await?)
}

/// What one person is told, by mail too where there is an address.
fn telling(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    account: &Account,
    kind: Kind,
    record: &str,
) -> (Message, Option<ronghe_domain::message::mail::Mail>) {
    let one = message(tx, account.id, kind, record, caller.actor.org());
    // Of a rehearsal people read in the system alone: a mail would be taken for real.
    let is_mailed = app.settings().mail != Mail::Off && !is_rehearsed(record);
    let has_mail = is_mailed && !account.mail.is_empty();
    let mail = has_mail.then(|| {
        let mail = new_mail(one.id, account.id, About::Happened(kind), tx.now());
        ronghe_domain::message::mail::Mail { record: record.to_owned(), ..mail }
    });
    (one, mail)
}

fn message(tx: &Tx, account: AccountId, kind: Kind, record: &str, from: Option<OrgId>) -> Message {
    let record = record.to_owned();
    Message { id: MessageId(tx.new_id()), account, kind, record, from, at: tx.now(), read_at: None }
}

/// Active accounts that hold one of the roles, or the one person.
async fn concerned(tx: &Tx, audience: &Audience) -> Result<Vec<Account>, Error> {
    match audience {
        Audience::Roles { org, roles } => Ok(store::account::active(tx.db(), roles, *org).await?),
        Audience::Person(id) => Ok(vec![store::account::get(tx.db(), *id).await?]),
    }
}
