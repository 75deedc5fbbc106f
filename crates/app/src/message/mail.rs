//! The outbox: messages leave by mail after their commit; what fails is tried again, ever later.
//!
//! A mail carries a subject, a number and a link, and nothing of the record.

use super::Message;
use crate::{App, Error};
use jiff::SignedDuration;
use jiff::fmt::rfc2822::DateTimePrinter;
use ronghe_domain::account::Account;
use ronghe_domain::kernel::Instant;
use ronghe_store as store;
use ronghe_text::{Lang, message_kind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where mail goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mail {
    /// Nowhere.
    #[default]
    Off,
    /// A folder, one file a mail (RFC 5322), for another program to send or for a person to look at.
    Folder(PathBuf),
}

/// Mails of one go.
const GO: u64 = 100;
/// A message that was tried so often is given up.
const TRIES: u32 = 8;

/// Mails what waits; says how many were mailed.
///
/// # Errors
/// Where the database does not answer.
pub async fn deliver(app: &App) -> Result<u64, Error> {
    let Mail::Folder(folder) = app.settings().mail.clone() else { return Ok(0) };
    let now = app.now();
    let waiting = store::message::waiting(app.db().reader(), now, GO).await?;
    let ids: BTreeSet<_> = waiting.iter().map(|message| message.account).collect();
    let people = crate::account::named(app, &ids).await?;
    let mut mailed = 0;
    for message in &waiting {
        let person = people.iter().find(|account| account.id == message.account);
        let done = match person.filter(|account| !account.mail.is_empty()) {
            Some(account) => write(&folder, &letter(app, account, message)?, message).await,
            // Who has no address reads it in the system.
            None => Ok(()),
        };
        let next = match &done {
            Ok(()) => None,
            Err(_) if message.tries + 1 >= TRIES => None,
            Err(_) => Some(later(now, message.tries)),
        };
        if let Err(error) = &done {
            tracing::warn!(message = %message.id, %error, "a mail could not be sent");
        } else {
            mailed += 1;
        }
        let transaction = app.db().begin().await?;
        store::message::tried(&transaction, message.id, next).await?;
        transaction.commit().await.map_err(store::Error::from)?;
    }
    Ok(mailed)
}

/// A minute, then twice as long each time.
fn later(now: Instant, tries: u32) -> Instant {
    let minutes = 1_i64.checked_shl(tries).unwrap_or(i64::MAX).min(24 * 60);
    now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(now)
}

async fn write(folder: &Path, letter: &str, message: &Message) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    // Written beside and named last, so that nobody takes half a mail away; its name is the message's, so
    // that one tried again is one mail.
    let beside = folder.join(format!("{}.part", message.id));
    tokio::fs::write(&beside, letter).await?;
    tokio::fs::rename(&beside, folder.join(format!("{}.eml", message.id))).await
}

fn letter(app: &App, account: &Account, message: &Message) -> Result<String, Error> {
    let lang = Lang::Zh;
    let base = app.settings().public_url.clone().unwrap_or_default();
    let base = base.trim_end_matches('/');
    let link = match message.record.strip_prefix('N') {
        Some(_) => format!("{base}/app/needs/{}", message.record),
        None => format!("{base}/app/cycles/{}", message.record),
    };
    let subject = format!("{} {}", message_kind(lang, message.kind), message.record);
    let host = base.rsplit("//").next().filter(|host| !host.is_empty()).unwrap_or("localhost");
    let date = DateTimePrinter::new().timestamp_to_string(&message.at).map_err(Error::internal)?;
    let address: String =
        account.mail.chars().filter(|c| !c.is_control() && *c != '<' && *c != '>').collect();
    let headers = [
        format!("Message-ID: <{}@{host}>", message.id),
        format!("Date: {date}"),
        format!("From: Ronghe <noreply@{host}>"),
        format!("To: <{address}>"),
        format!("Subject: {}", encoded(&subject)),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
    ];
    Ok(format!("{}\r\n\r\n{subject}\r\n{link}\r\n", headers.join("\r\n")))
}

/// A header's words as RFC 2047 wants them.
fn encoded(words: &str) -> String {
    use base64::Engine;
    format!("=?utf-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(words))
}
