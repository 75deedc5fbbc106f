//! What a mail says: what happened, a number and a link, and nothing of the record; in the words that the lead office
//! has set, where it has.

use super::Mail as Way;
use crate::App;
use crate::crypto::open;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox};
use ronghe_domain::account::Account;
use ronghe_domain::message::mail::{About, Mail, Trouble};
use ronghe_domain::message::template::{Language, Template, Words, place};
use ronghe_text::{Lang, lang_of, link_mail, mail_subject, message_kind};
use std::time::{Duration, UNIX_EPOCH};

/// The mail as it leaves (RFC 5322).
///
/// # Errors
/// `Address` where the account's address is none, `Unreadable` where the link in it cannot be opened under the
/// server's key, `Sender` where the sender's address is none.
pub(super) fn write(
    app: &App,
    account: &Account,
    mail: &Mail,
    (language, set): (Language, Option<&Template>),
) -> Result<Message, Trouble> {
    let Words { subject, body } = words(app, mail, lang_of(language), set)?;
    let to = account.mail.trim().parse().map_err(|_| Trouble::Address)?;
    // In base 64 its lines are short whatever it says.
    let body = Body::new_with_encoding(body.replace('\n', "\r\n") + "\r\n", ContentTransferEncoding::Base64);
    let body = body.map_err(|_| Trouble::Unreadable)?;
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, host(app))))
        .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.at.as_second()).unwrap_or_default()))
        .from(sender(app).ok_or(Trouble::Sender)?)
        .to(Mailbox::new(None, to))
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(body);
    message.map_err(|_| Trouble::Sender)
}

fn words(app: &App, mail: &Mail, lang: Lang, set: Option<&Template>) -> Result<Words, Trouble> {
    let base = app.settings().public_url.clone().unwrap_or_default();
    let base = base.trim_end_matches('/');
    match mail.about {
        About::Happened(kind) => {
            let words = set.map_or_else(|| Words::standard(kind), Template::words);
            let link = format!("{base}/app/{}", place(kind, &mail.record));
            Ok(words.filled(message_kind(lang, kind), &mail.record, &link))
        }
        About::Link(_) => {
            let sealed = mail.sealed.as_deref().unwrap_or_default();
            let opened = open(&app.settings().key, sealed).map_err(|_| Trouble::Unreadable)?;
            let code = String::from_utf8(opened).map_err(|_| Trouble::Unreadable)?;
            let subject = mail_subject(lang, mail.about, &mail.record);
            let more = link_mail(lang, mail.expires.unwrap_or(mail.at));
            Ok(Words { body: format!("{subject}\n{base}/app/links/{code}\n{more}"), subject })
        }
    }
}

fn sender(app: &App) -> Option<Mailbox> {
    let (name, address) = match &app.settings().mail {
        Way::Smtp(server) => (server.sender_name.clone(), server.sender.clone()),
        Way::Folder(_) | Way::Off => ("Ronghe".to_owned(), format!("noreply@{}", host(app))),
    };
    Some(Mailbox::new(Some(name), address.parse().ok()?))
}

/// The name of this server in the net.
pub(super) fn host(app: &App) -> String {
    let url = app.settings().public_url.as_deref().unwrap_or_default();
    let host = url.rsplit("//").next().and_then(|rest| rest.split(['/', ':']).next());
    host.filter(|host| !host.is_empty()).unwrap_or("localhost").to_owned()
}
