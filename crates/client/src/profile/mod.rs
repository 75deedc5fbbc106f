//! What universities offer to schools.

use crate::{Client, Error};
use ronghe_contract::profile::ProfileView;
use ronghe_domain::profile::ProfileDraft;

/// Operations on profiles.
impl Client {
    /// The profile of a university; empty where nobody has written it yet.
    ///
    /// # Errors
    /// 404 where it is unknown or no university.
    pub async fn show_profile(&self, university: &str) -> Result<ProfileView, Error> {
        self.get(&["organisations", university, "profile"]).await
    }

    /// Writes the profile of a university that was seen in `version`.
    ///
    /// # Errors
    /// 403 for all but its own people and administrators, 412 where someone else was faster, 422 for its fields.
    pub async fn set_profile(
        &self,
        university: &str,
        version: &str,
        draft: &ProfileDraft,
    ) -> Result<ProfileView, Error> {
        self.put_seen(&["organisations", university, "profile"], version, draft).await
    }
}
