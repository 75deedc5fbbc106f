//! Telling people what concerns them, in the transaction of what happened; reading what one was told.

mod choice;
mod keeping;
mod letter;
mod outbox;
mod reminder;
mod smtp;

pub use choice::{choice, choose};
pub use keeping::{add_reminder, mail_counts, reminders, set_reminder, set_template, templates};
pub use reminder::remind_due;

use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Account;
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::{AccountId, Instant, MessageId, OrgId, Role};
use ronghe_domain::message::choice::Choice;
use ronghe_domain::message::mail::About;
use ronghe_domain::message::{Audience, Kind};
use ronghe_store as store;
use std::collections::BTreeSet;
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

/// What is to be told of one record, and whom.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    /// The cycle that it belongs to, where it belongs to one: a record does not say so by its name.
    pub(crate) cycle: Option<CycleYear>,
    pub(crate) record: String,
    pub(crate) audiences: Vec<(Kind, Audience)>,
    /// It lies under seal: its mail shows to nobody but who is told.
    pub(crate) quiet: bool,
}

/// Tells everyone in `audiences` but who acts, each of one thing once, by mail too where there is an address.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    (cycle, record): (Option<CycleYear>, &str),
    audiences: &[(Kind, Audience)],
) -> Result<(), Error> {
    let one = Telling { cycle, record: record.to_owned(), audiences: audiences.to_vec(), quiet: false };
    tell_all(app, tx, caller, &[one]).await
}

/// The same of many records: who an audience is, is asked once.
pub(crate) async fn tell_all(app: &App, tx: &Tx, caller: &Caller, all: &[Telling]) -> Result<(), Error> {
    let (mut messages, mut mails) = (Vec::new(), Vec::new());
    let known = people(tx, all).await?;
    for one in all {
        let mut told = BTreeSet::new();
        for (kind, audience) in &one.audiences {
            let people = known.iter().find(|(of, _)| of == audience);
            for (account, choice) in people.into_iter().flat_map(|(_, people)| people) {
                if caller.actor.account() == Some(account.id) || !told.insert((*kind, account.id)) {
                    continue;
                }
                let (message, mail) = telling(app, tx, caller, account, *kind, one);
                messages.push(message);
                mails.extend(mail.filter(|_| choice.takes(*kind)));
            }
        }
    }
    store::message::insert(tx.db(), &messages).await?;
    Ok(store::message::mail::insert(tx.db(), &mails).await?)
}

/// So many audiences are read one by one; of more, all who hold their roles are read at once.
const FEW: usize = 8;

/// Somebody who is told, with what they have chosen to get by mail.
type Person = (Account, Choice);

/// Who each audience is.
async fn people(tx: &Tx, all: &[Telling]) -> Result<Vec<(Audience, Vec<Person>)>, Error> {
    let mut known: Vec<(Audience, Vec<Person>)> = Vec::new();
    for (_, audience) in all.iter().flat_map(|it| &it.audiences) {
        if !known.iter().any(|(of, _)| of == audience) {
            known.push((*audience, Vec::new()));
        }
    }
    let mut wanted = BTreeSet::new();
    if known.len() > FEW {
        wanted.extend(known.iter().flat_map(|(audience, _)| match audience {
            Audience::Roles { roles, .. } => *roles,
            Audience::Person(_) => &[],
        }));
    }
    let wanted: Vec<Role> = wanted.into_iter().copied().collect();
    let holders = match wanted.is_empty() {
        true => Vec::new(),
        false => store::message::choice::active(tx.db(), &wanted, None).await?,
    };
    for (audience, people) in &mut known {
        *people = match audience {
            Audience::Roles { org, roles } if !wanted.is_empty() => {
                let is_one = |(it, _): &&Person| {
                    org.is_none_or(|org| it.org == org) && roles.iter().any(|role| it.roles.contains(role))
                };
                holders.iter().filter(is_one).cloned().collect()
            }
            audience => concerned(tx, audience).await?,
        };
    }
    Ok(known)
}

/// What one person is told, by mail too where there is an address.
fn telling(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    account: &Account,
    kind: Kind,
    Telling { cycle, record, quiet, .. }: &Telling,
) -> (Message, Option<ronghe_domain::message::mail::Mail>) {
    let one = message(tx, account.id, kind, record, caller.actor.org());
    // Of a rehearsal people read in the system alone: a mail would be taken for real.
    let is_rehearsal = cycle.is_some_and(CycleYear::is_rehearsal);
    let is_mailed = app.settings().mail != Mail::Off && !is_rehearsal && !kind.stays_inside();
    let has_mail = is_mailed && !account.mail.is_empty();
    let mail = has_mail.then(|| {
        let mail = new_mail(one.id, account.id, About::Happened(kind), tx.now());
        ronghe_domain::message::mail::Mail { record: record.to_owned(), quiet: *quiet, ..mail }
    });
    (one, mail)
}

fn message(tx: &Tx, account: AccountId, kind: Kind, record: &str, from: Option<OrgId>) -> Message {
    let record = record.to_owned();
    Message { id: MessageId(tx.new_id()), account, kind, record, from, at: tx.now(), read_at: None }
}

/// Active accounts that hold one of the roles, or the one person.
async fn concerned(tx: &Tx, audience: &Audience) -> Result<Vec<Person>, Error> {
    match audience {
        Audience::Roles { org, roles } => Ok(store::message::choice::active(tx.db(), roles, *org).await?),
        Audience::Person(id) => Ok(vec![store::message::choice::person(tx.db(), *id).await?]),
    }
}
