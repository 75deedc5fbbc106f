//! Need lists.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::need_list::{ActOnNeedList, NeedListDocument, NeedListRow, NeedListView, NeedListsView};
use ronghe_domain::need_list::ListDraft;

/// Operations on need lists.
impl Client {
    /// Versions that the caller may see, the newest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_need_lists(&self) -> Result<Page<NeedListRow>, Error> {
        self.get(&["need-lists"]).await
    }

    /// The versions of a cycle's list, and the one that is made.
    ///
    /// # Errors
    /// 404 where the cycle is unknown or not visible.
    pub async fn show_need_lists(&self, year: &str) -> Result<NeedListsView, Error> {
        self.get(&["need-lists", year]).await
    }

    /// One version whole.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_need_list(&self, year: &str, edition: &str) -> Result<NeedListView, Error> {
        self.get(&["need-lists", year, edition]).await
    }

    /// One version as it was proposed or published.
    ///
    /// # Errors
    /// 404 where it is unknown, not visible or was never proposed.
    pub async fn export_need_list(&self, year: &str, edition: &str) -> Result<NeedListDocument, Error> {
        self.get(&["need-lists", year, edition, "document"]).await
    }

    /// Composes the version that is made, which was seen in `version`.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn compose_need_list(
        &self,
        year: &str,
        version: &str,
        draft: &ListDraft,
    ) -> Result<NeedListRow, Error> {
        self.post_seen(&["need-lists", year], version, draft).await
    }

    /// Proposes a version, answers for a seat of the leading group, or publishes it.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn act_on_need_list(
        &self,
        year: &str,
        edition: &str,
        version: &str,
        action: &ActOnNeedList,
    ) -> Result<NeedListRow, Error> {
        self.post_seen(&["need-lists", year, edition, "actions"], version, action).await
    }
}
