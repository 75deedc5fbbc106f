//! Meetings on needs of the published list.

use crate::{Client, Error};
use ronghe_contract::meeting::{CallOffMeeting, MeetingView, MeetingsView};
use ronghe_domain::meeting::MeetingDraft;

/// Operations on meetings.
impl Client {
    /// The meetings on a need, and whether the caller can enter one.
    ///
    /// # Errors
    /// 404 where the need is unknown or not visible.
    pub async fn list_meetings(&self, need: &str) -> Result<MeetingsView, Error> {
        self.get(&["needs", need, "meetings"]).await
    }

    /// Enters a meeting on a need of the published list.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 422 for fields.
    pub async fn add_meeting(&self, need: &str, draft: &MeetingDraft) -> Result<MeetingView, Error> {
        self.post(&["needs", need, "meetings"], draft).await
    }

    /// One meeting, `N2026-0137-M2`.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_meeting(&self, name: &str) -> Result<MeetingView, Error> {
        self.get(&["meetings", name]).await
    }

    /// A meeting as a calendar takes it.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn download_meeting(&self, name: &str) -> Result<Vec<u8>, Error> {
        self.bytes(&["meetings", name, "calendar"]).await
    }

    /// Calls a meeting off that was seen in `version`.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 where no reason is given.
    pub async fn call_off_meeting(
        &self,
        name: &str,
        version: &str,
        body: &CallOffMeeting,
    ) -> Result<MeetingView, Error> {
        self.post_seen(&["meetings", name, "call-off"], version, body).await
    }
}
