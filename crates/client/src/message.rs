//! What a person is told.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::message::{MailView, MessageView, ReadMessages, ReadView};
use ronghe_domain::kernel::MessageId;
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
}
