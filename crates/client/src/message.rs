//! What a person is told.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::message::{
    MailChoices, MailCounts, MailTemplate, MailTemplates, MailView, MessageView, ReadMessages, ReadView,
    SetMailTemplate,
};
use ronghe_contract::reminder::{ReminderView, RemindersView};
use ronghe_domain::kernel::{MessageId, ReminderId};
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::ChoiceDraft;
use ronghe_domain::message::reminder::ReminderDraft;
use ronghe_domain::message::template::Language;
use serde::Serialize;

/// Which part of the messages is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListMessages {
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Which mail is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListMails {
    /// States, separated by commas; all where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on messages.
impl Client {
    /// The caller's messages, newest first.
    ///
    /// # Errors
    /// 401 for the public.
    pub async fn list_messages(&self, query: &ListMessages) -> Result<Page<MessageView>, Error> {
        self.list(&["messages"], query).await
    }

    /// Notes that everything up to an instant was read.
    ///
    /// # Errors
    /// 401 for the public.
    pub async fn read_messages(&self, body: &ReadMessages) -> Result<ReadView, Error> {
        self.post(&["messages", "read"], body).await
    }

    /// Mail of the outbox, newest first.
    ///
    /// # Errors
    /// 404 for all but system administrators.
    pub async fn list_mails(&self, query: &ListMails) -> Result<Page<MailView>, Error> {
        self.list(&["mails"], query).await
    }

    /// Sends a mail anew.
    ///
    /// # Errors
    /// 404 for all but system administrators; 409 where it was sent, or its link no longer holds.
    pub async fn resend_mail(&self, id: MessageId) -> Result<MailView, Error> {
        self.post(&["mails", &id.to_string(), "resend"], &serde_json::json!({})).await
    }

    /// How much mail of each kind stands in each state.
    ///
    /// # Errors
    /// 404 for all but the lead office and auditors.
    pub async fn count_mails(&self) -> Result<Page<MailCounts>, Error> {
        self.get(&["mails", "counts"]).await
    }

    /// Which of the caller's messages also come by mail.
    ///
    /// # Errors
    /// 401 for the public.
    pub async fn show_mail_choices(&self) -> Result<MailChoices, Error> {
        self.get(&["me", "mails"]).await
    }

    /// Chooses which of them do; `version` is that of the choices that were seen.
    ///
    /// # Errors
    /// 412 where they were changed meanwhile, 422 for kinds that cannot be switched off.
    pub async fn set_mail_choices(&self, version: &str, draft: &ChoiceDraft) -> Result<MailChoices, Error> {
        self.put_seen(&["me", "mails"], version, draft).await
    }

    /// The rows by which people are reminded.
    ///
    /// # Errors
    /// 404 for all but the lead office and auditors.
    pub async fn list_reminders(&self) -> Result<RemindersView, Error> {
        self.get(&["reminders"]).await
    }

    /// Adds a row.
    ///
    /// # Errors
    /// 403 with the refusal, 422 for fields.
    pub async fn add_reminder(&self, draft: &ReminderDraft) -> Result<ReminderView, Error> {
        self.post(&["reminders"], draft).await
    }

    /// Changes a row; `version` is that of the row that was seen.
    ///
    /// # Errors
    /// 403 with the refusal, 412 where it was changed meanwhile, 422 for fields.
    pub async fn set_reminder(
        &self,
        id: ReminderId,
        version: &str,
        draft: &ReminderDraft,
    ) -> Result<ReminderView, Error> {
        self.put_seen(&["reminders", &id.to_string()], version, draft).await
    }

    /// The words of every kind of mail, in both languages.
    ///
    /// # Errors
    /// 404 for all but the lead office and auditors.
    pub async fn list_mail_templates(&self) -> Result<MailTemplates, Error> {
        self.get(&["mail-templates"]).await
    }

    /// Sets the words of a kind of mail; `version` is that of the words that were seen.
    ///
    /// # Errors
    /// 403 with the refusal, 412 where they were set meanwhile, 422 for fields.
    pub async fn set_mail_template(
        &self,
        (kind, language): (Kind, Language),
        version: &str,
        body: &SetMailTemplate,
    ) -> Result<MailTemplate, Error> {
        let path = ["mail-templates", &word(&kind), &word(&language)];
        self.put_seen(&path, version, body).await
    }
}

/// As the wire calls it.
fn word<T: Serialize>(value: &T) -> String {
    let word = serde_json::to_value(value).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}
