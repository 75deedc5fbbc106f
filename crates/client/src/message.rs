//! What a person is told.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::message::{MessageView, ReadMessages, ReadView};
use serde::Serialize;

/// Which part of the messages is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListMessages {
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
}
