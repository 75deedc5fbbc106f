//! Yearly cycles.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::audit::EventView;
use ronghe_contract::cycle::{ActOnCycle, CycleRow, CycleView, FilingRow};
use ronghe_contract::progress::FigureView;
use ronghe_domain::cycle::CycleDraft;

/// Operations on cycles.
impl Client {
    /// Cycles that the caller may see, newest year first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_cycles(&self) -> Result<Page<CycleRow>, Error> {
        self.get(&["cycles"]).await
    }

    /// One cycle whole.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_cycle(&self, year: &str) -> Result<CycleView, Error> {
        self.get(&["cycles", year]).await
    }

    /// The year after a cycle as it would be typed.
    ///
    /// # Errors
    /// 403 for all but the lead office, 404 where the cycle is unknown or not visible.
    pub async fn draft_following_cycle(&self, year: &str) -> Result<CycleDraft, Error> {
        self.get(&["cycles", year, "following"]).await
    }

    /// Makes a cycle, in preparation.
    ///
    /// # Errors
    /// 403 for all but the lead office, 422 for its fields.
    pub async fn create_cycle(&self, draft: &CycleDraft) -> Result<CycleView, Error> {
        self.post(&["cycles"], draft).await
    }

    /// Makes a rehearsal of a cycle, in preparation.
    ///
    /// # Errors
    /// 403 for all but the lead office, 404 where the cycle is unknown or not visible, 409 where it is a rehearsal.
    pub async fn rehearse_cycle(&self, year: &str) -> Result<CycleView, Error> {
        self.post(&["cycles", year, "rehearsals"], &serde_json::json!({})).await
    }

    /// Changes a cycle in preparation that was seen in `version`.
    ///
    /// # Errors
    /// 409 once it is opened, 412 where someone else was faster, 422 for its fields.
    pub async fn change_cycle(
        &self,
        year: &str,
        version: &str,
        draft: &CycleDraft,
    ) -> Result<CycleView, Error> {
        self.put_seen(&["cycles", year], version, draft).await
    }

    /// Opens a cycle, moves it on or back, sets an end later, or changes a part of it.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn act_on_cycle(
        &self,
        year: &str,
        version: &str,
        action: &ActOnCycle,
    ) -> Result<CycleView, Error> {
        self.post_seen(&["cycles", year, "actions"], version, action).await
    }

    /// What a cycle has come to phase by phase, and on whom it waits, as far as the caller may know.
    ///
    /// # Errors
    /// 401 for the public, 404 where it is unknown or not visible.
    pub async fn show_progress(&self, year: &str) -> Result<Page<FigureView>, Error> {
        self.get(&["cycles", year, "progress"]).await
    }

    /// What happened to a cycle, newest first.
    ///
    /// # Errors
    /// 404 where it is unknown or its events are not for the caller.
    pub async fn list_cycle_events(&self, year: &str) -> Result<Page<EventView>, Error> {
        self.get(&["cycles", year, "events"]).await
    }

    /// How far units have come with their needs, as far as the caller may know.
    ///
    /// # Errors
    /// 404 where the caller reads no needs.
    pub async fn show_filing(&self, year: &str) -> Result<Page<FilingRow>, Error> {
        self.get(&["cycles", year, "filing"]).await
    }
}
