//! Policy documents.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::audit::EventView;
use ronghe_contract::policy::{ActOnPolicy, ImportPolicy, PolicyRow, PolicyView};
use ronghe_domain::policy::PolicyDraft;
use serde::Serialize;

/// What a list of documents is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListPolicies {
    /// Words in title, number or issuer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// `upcoming`, `in_force`, `expired` or `superseded`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// `draft`, `published` or `discarded`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on documents.
impl Client {
    /// Documents that the caller may see, newest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_policies(&self, query: &ListPolicies) -> Result<Page<PolicyRow>, Error> {
        self.list(&["policies"], query).await
    }

    /// One document whole.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_policy(&self, slug: &str) -> Result<PolicyView, Error> {
        self.get(&["policies", slug]).await
    }

    /// Reads a document into a draft.
    ///
    /// # Errors
    /// 422 where the file cannot be read or the slug is taken; 403 for all but the lead office.
    pub async fn import_policy(&self, body: &ImportPolicy) -> Result<PolicyView, Error> {
        self.post(&["policies"], body).await
    }

    /// Saves corrections to what was read; `version` is that of the view that was corrected.
    ///
    /// # Errors
    /// 412 where someone else was faster.
    pub async fn correct_policy(
        &self,
        slug: &str,
        version: &str,
        draft: &PolicyDraft,
    ) -> Result<PolicyView, Error> {
        self.put_seen(&["policies", slug, "draft"], version, draft).await
    }

    /// Publishes, discards, renews or supersedes.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for a decision's fields.
    pub async fn act_on_policy(
        &self,
        slug: &str,
        version: &str,
        action: &ActOnPolicy,
    ) -> Result<PolicyView, Error> {
        self.post_seen(&["policies", slug, "actions"], version, action).await
    }

    /// What happened to a document, newest first.
    ///
    /// # Errors
    /// 404 where it is unknown or its events are not for the caller.
    pub async fn list_policy_events(&self, slug: &str) -> Result<Page<EventView>, Error> {
        self.get(&["policies", slug, "events"]).await
    }
}
