//! The audit chain.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::audit::{CheckView, EventView};
use serde::Serialize;

/// What a list of events is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListEvents {
    /// A record's name or an account.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on the chain.
impl Client {
    /// Events, newest first.
    ///
    /// # Errors
    /// 403 for all but auditors.
    pub async fn list_events(&self, query: &ListEvents) -> Result<Page<EventView>, Error> {
        self.list(&["audit"], query).await
    }

    /// Starts a check of the chain from its first event to its head, or joins the one that runs. It goes on after
    /// the answer: [`Client::show_chain_check`] says what it found.
    ///
    /// # Errors
    /// 404 for all but auditors.
    pub async fn verify_chain(&self) -> Result<CheckView, Error> {
        self.post(&["audit", "verify"], &serde_json::json!({})).await
    }

    /// Where the check of the chain stands, and what the last one found.
    ///
    /// # Errors
    /// 404 for all but auditors.
    pub async fn show_chain_check(&self) -> Result<CheckView, Error> {
        self.get(&["audit", "verify"]).await
    }
}
