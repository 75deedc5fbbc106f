//! Saved views of lists.

use crate::{Client, Error};
use ronghe_contract::view::SavedView;
use ronghe_domain::kernel::ViewId;
use ronghe_domain::view::ViewDraft;
use serde::Serialize;

/// Of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListViews {
    /// `needs`, `applications` or `accounts`; all where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub list: String,
}

/// Operations on views.
impl Client {
    /// The views that the caller sees: their own first.
    ///
    /// # Errors
    /// 401 for the public.
    pub async fn list_views(&self, query: &ListViews) -> Result<Vec<SavedView>, Error> {
        self.list(&["views"], query).await
    }

    /// Saves the filters of a list under a name.
    ///
    /// # Errors
    /// 422 for fields.
    pub async fn save_view(&self, draft: &ViewDraft) -> Result<SavedView, Error> {
        self.post(&["views"], draft).await
    }

    /// Changes a view; `version` is that of the view that was seen.
    ///
    /// # Errors
    /// 403 where it is not one's own, 412 where it was changed meanwhile, 422 for fields.
    pub async fn change_view(
        &self,
        id: ViewId,
        version: &str,
        draft: &ViewDraft,
    ) -> Result<SavedView, Error> {
        self.put_seen(&["views", &id.to_string()], version, draft).await
    }

    /// Takes a view away.
    ///
    /// # Errors
    /// 403 where it is not one's own.
    pub async fn delete_view(&self, id: ViewId) -> Result<(), Error> {
        self.delete(&["views", &id.to_string()]).await
    }
}
