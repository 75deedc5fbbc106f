//! What a district bureau does with the needs of its schools.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::need::{RankingView, RemindUnits, RemindedUnits, SummaryView};
use ronghe_domain::need::RankingDraft;

/// Operations of district bureaus.
impl Client {
    /// The needs of the caller's district in its order.
    ///
    /// # Errors
    /// 404 for who is of no bureau.
    pub async fn show_ranking(&self, year: &str) -> Result<RankingView, Error> {
        self.get(&["cycles", year, "ranking"]).await
    }

    /// Sets the order of the caller's district; `version` is that of the order that was seen.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where it was set meanwhile, 422 for numbers that name none of its needs.
    pub async fn rank_needs(
        &self,
        year: &str,
        version: &str,
        draft: &RankingDraft,
    ) -> Result<RankingView, Error> {
        self.put_seen(&["cycles", year, "ranking"], version, draft).await
    }

    /// Summaries of a cycle, newest first.
    ///
    /// # Errors
    /// 404 for who reads none.
    pub async fn list_summaries(&self, year: &str) -> Result<Page<SummaryView>, Error> {
        self.get(&["cycles", year, "summaries"]).await
    }

    /// One summary.
    ///
    /// # Errors
    /// 404 where there is none that the caller reads.
    pub async fn show_summary(&self, name: &str) -> Result<SummaryView, Error> {
        self.get(&["summaries", name]).await
    }

    /// Reports that the caller's district has nothing.
    ///
    /// # Errors
    /// 403 or 409 with the refusal.
    pub async fn report_zero(&self, year: &str) -> Result<SummaryView, Error> {
        self.post(&["cycles", year, "zero-report"], &serde_json::json!({})).await
    }

    /// Reminds those who have not filed.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 422 for an organisation that is unknown.
    pub async fn remind_units(&self, year: &str, body: &RemindUnits) -> Result<RemindedUnits, Error> {
        self.post(&["cycles", year, "filing", "remind"], body).await
    }
}
