//! The outbox: mail leaves after its commit; what fails is tried again, ever later, and then given up.
//!
//! A mail is taken up by one process at a time. It may leave twice where the process ends between the
//! server's answer and its note; its `Message-ID` then is the same.

use super::{Mail as Way, letter, smtp};
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use jiff::SignedDuration;
use ronghe_domain::account::{Account, Scope};
use ronghe_domain::audit;
use ronghe_domain::kernel::{AccountId, Instant, MessageId, Offer};
use ronghe_domain::message::mail::{About, Action, Mail, Refusal, State, Trouble, decide, offers, visible};
use ronghe_store as store;
use std::path::Path;

/// Mails of one go.
const GO: u32 = 100;
/// So long a mail is nobody else's once it is taken up; longer than any way to send it takes.
const TAKEN_UP: SignedDuration = SignedDuration::from_mins(10);

/// Sends what waits; says how many left. Where the mail server itself fails, the others wait for the next go.
///
/// # Errors
/// Where the database does not answer.
pub async fn deliver(app: &App) -> Result<u64, Error> {
    let mut sent = 0;
    if app.settings().mail == Way::Off {
        return Ok(sent);
    }
    for _ in 0..GO {
        let Some(mail) = take_up(app).await? else { break };
        let done = send(app, &mail).await?;
        note(app, mail.id, done).await?;
        match done {
            Ok(()) => sent += 1,
            Err(trouble) => {
                tracing::warn!(mail = %mail.id, ?trouble, tries = mail.tries, "a mail could not be sent");
                if trouble.is_of_the_server() {
                    break;
                }
            }
        }
    }
    Ok(sent)
}

/// The mail whose turn has come first, for nobody else until it is noted what became of it.
async fn take_up(app: &App) -> Result<Option<Mail>, Error> {
    let now = app.now();
    let transaction = app.db().begin().await?;
    let Some(found) = store::message::mail::lock_next(&transaction, now).await? else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let until = now.checked_add(TAKEN_UP).unwrap_or(now);
    let mail = Mail { tries: found.tries.saturating_add(1), next: Some(until), ..found };
    store::message::mail::save(&transaction, &mail).await?;
    transaction.commit().await?;
    Ok(Some(mail))
}

async fn send(app: &App, mail: &Mail) -> Result<Result<(), Trouble>, Error> {
    if mail.expires.is_some_and(|expires| expires <= app.now()) {
        return Ok(Err(Trouble::Expired));
    }
    let (account, choice) = store::message::choice::person(app.db().reader(), mail.account).await?;
    let language = choice.language;
    let set = match mail.about {
        About::Happened(kind) => store::message::template::of(app.db().reader(), kind, language).await?,
        About::Link(_) => None,
    };
    let letter = match letter::write(app, &account, mail, (language, set.as_ref())) {
        Ok(letter) => letter,
        Err(trouble) => return Ok(Err(trouble)),
    };
    Ok(match &app.settings().mail {
        Way::Off => Ok(()),
        Way::Folder(folder) => keep(folder, &letter.formatted(), mail.id).await.map_err(|_| Trouble::Folder),
        Way::Smtp(server) => smtp::send(server, &letter::host(app), letter).await,
    })
}

/// Notes what became of a try; a link that was taken back meanwhile is forgotten.
async fn note(app: &App, id: MessageId, done: Result<(), Trouble>) -> Result<(), Error> {
    let transaction = app.db().begin().await?;
    let before = match store::message::mail::lock(&transaction, id).await {
        Ok(before) => before,
        Err(store::Error::NotFound) => {
            return Ok(transaction.rollback().await?);
        }
        Err(error) => return Err(error.into()),
    };
    let after = match done {
        Ok(()) => before.sent(),
        Err(trouble) => before.failed(trouble, app.now()),
    };
    store::message::mail::save(&transaction, &after).await?;
    Ok(transaction.commit().await?)
}

/// Writes a mail as a file of its own.
async fn keep(folder: &Path, letter: &[u8], id: MessageId) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    // Written beside and named last, so that nobody takes half a mail away; its name is the message's, so
    // that one tried again is one mail. Links stand in them: they are for their owner only.
    let beside = folder.join(format!("{id}.part"));
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&beside).await?;
    tokio::io::AsyncWriteExt::write_all(&mut file, letter).await?;
    tokio::io::AsyncWriteExt::flush(&mut file).await?;
    drop(file);
    tokio::fs::rename(&beside, folder.join(format!("{id}.eml"))).await
}

/// Mail in these states (all where none is named), newest first, and how much there is.
///
/// # Errors
/// `Hidden` for all but system administrators.
pub async fn mails(
    app: &App,
    caller: &Caller,
    states: &[State],
    after: Option<(i64, MessageId)>,
    limit: u64,
) -> Result<(Vec<Mail>, u64), Error> {
    if !visible(&caller.actor) {
        return Err(Error::Hidden);
    }
    Ok(store::message::mail::list(app.db().reader(), states, after, limit).await?)
}

/// One mail, and whom it is for.
///
/// # Errors
/// `Hidden` for all but system administrators, and where there is none.
pub async fn mail(app: &App, caller: &Caller, id: MessageId) -> Result<(Mail, Account), Error> {
    if !visible(&caller.actor) {
        return Err(Error::Hidden);
    }
    let mail = store::message::mail::get(app.db().reader(), id).await?;
    if mail.quiet {
        return Err(Error::Hidden);
    }
    let account = store::account::get(app.db().reader(), mail.account).await?;
    Ok((mail, account))
}

/// What the caller may do with a mail.
#[must_use]
pub fn mail_offers(app: &App, caller: &Caller, mail: &Mail) -> Vec<Offer<Action, Refusal>> {
    offers(&caller.actor, mail, app.now())
}

/// Sends a mail anew, with all its tries before it.
///
/// # Errors
/// `Hidden` for all but system administrators; where a rule refuses it.
pub async fn resend(app: &App, caller: &Caller, id: MessageId) -> Result<Mail, Error> {
    if !visible(&caller.actor) {
        return Err(Error::Hidden);
    }
    caller.needs(Scope::WriteAccount)?;
    app.write(caller, |tx: Tx| async move {
        let before = store::message::mail::lock(tx.db(), id).await?;
        if before.quiet {
            return Err(Error::Hidden);
        }
        decide(&caller.actor, &before, Action::Resend, tx.now())
            .map_err(|refusal| refused(&before, audit::Action::Resend, refusal))?;
        let after = before.again(tx.now());
        store::message::mail::save(tx.db(), &after).await?;
        tx.noted(audit::Action::Resend, &after, None);
        Ok(after)
    })
    .await
}

/// How much mail stands in `state`.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(app: &App, state: State) -> Result<u64, Error> {
    Ok(store::message::mail::count(app.db().reader(), state).await?)
}

/// A new mail, which waits to be sent.
pub(crate) fn new(id: MessageId, account: AccountId, about: About, now: Instant) -> Mail {
    Mail {
        id,
        account,
        about,
        record: String::new(),
        quiet: false,
        at: now,
        state: State::Waiting,
        next: Some(now),
        tries: 0,
        trouble: None,
        expires: None,
        sealed: None,
    }
}
