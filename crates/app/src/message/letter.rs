//! What a mail says: a subject, a number and a link, and nothing of the record.

use super::Mail as Way;
use crate::App;
use crate::crypto::open;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox};
use ronghe_domain::account::Account;
use ronghe_domain::message::Topic;
use ronghe_domain::message::mail::{About, Mail, Trouble};
use ronghe_text::{Lang, link_mail, mail_subject};
use std::time::{Duration, UNIX_EPOCH};

/// The mail as it leaves (RFC 5322).
///
/// # Errors
/// `Address` where the account's address is none, `Unreadable` where the link in it cannot be opened under the
/// server's key, `Sender` where the sender's address is none.
pub(super) fn write(app: &App, account: &Account, mail: &Mail) -> Result<Message, Trouble> {
    // Accounts have no language of their own: what people are told is Chinese by default.
    let lang = Lang::default();
    let words = words(app, mail, lang)?;
    let to = account.mail.trim().parse().map_err(|_| Trouble::Address)?;
    // In base 64 its lines are short whatever it says.
    let body = Body::new_with_encoding(words, ContentTransferEncoding::Base64);
    let body = body.map_err(|_| Trouble::Unreadable)?;
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, host(app))))
        .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.at.as_second()).unwrap_or_default()))
        .from(sender(app).ok_or(Trouble::Sender)?)
        .to(Mailbox::new(None, to))
        .subject(mail_subject(lang, mail.about, &mail.record))
        .header(ContentType::TEXT_PLAIN)
        .body(body);
    message.map_err(|_| Trouble::Sender)
}

fn words(app: &App, mail: &Mail, lang: Lang) -> Result<String, Trouble> {
    let base = app.settings().public_url.clone().unwrap_or_default();
    let base = base.trim_end_matches('/');
    let subject = mail_subject(lang, mail.about, &mail.record);
    let (link, more) = match mail.about {
        About::Happened(kind) => {
            let place = match kind.topic() {
                Topic::Need => format!("needs/{}", mail.record),
                Topic::NeedList => format!("need-lists/{}", mail.record),
                Topic::Question => format!("needs/{}?tab=questions", mail.record),
                Topic::Application => format!("applications/{}", mail.record),
                Topic::Cycle => format!("cycles/{}", mail.record),
                Topic::Filing => format!("needs?year={}", mail.record),
                Topic::Summary => format!("summaries?year={}", mail.record),
                Topic::SignOff => format!("sign-offs/{}", mail.record),
                Topic::Opinions => "opinions".to_owned(),
                Topic::Account => "messages".to_owned(),
            };
            (format!("{base}/app/{place}"), String::new())
        }
        About::Link(_) => {
            let sealed = mail.sealed.as_deref().unwrap_or_default();
            let opened = open(&app.settings().key, sealed).map_err(|_| Trouble::Unreadable)?;
            let code = String::from_utf8(opened).map_err(|_| Trouble::Unreadable)?;
            let until = mail.expires.unwrap_or(mail.at);
            (format!("{base}/app/links/{code}"), format!("{}\r\n", link_mail(lang, until)))
        }
    };
    Ok(format!("{subject}\r\n{link}\r\n{more}"))
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
