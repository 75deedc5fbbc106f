//! Suggestions.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::suggestion::{SuggestedNeeds, SuggestedUniversity, Unanswered};

/// Operations on suggestions.
impl Client {
    /// Universities that may answer a listed need, the best first.
    ///
    /// # Errors
    /// 403 for all but the need's unit, its district and the lead office, 409 before its list is published.
    pub async fn suggest_universities(&self, need: &str) -> Result<Page<SuggestedUniversity>, Error> {
        self.get(&["needs", need, "universities"]).await
    }

    /// Listed needs that the caller's university may answer, the best first.
    ///
    /// # Errors
    /// 403 for all but people of universities.
    pub async fn suggest_needs(&self) -> Result<SuggestedNeeds, Error> {
        self.get(&["needs", "suggested"]).await
    }

    /// Listed needs of a cycle that are likely to stay unanswered.
    ///
    /// # Errors
    /// 403 for all but the lead office and auditors, 409 where no list is published or the window has closed.
    pub async fn show_unanswered(&self, year: &str) -> Result<Unanswered, Error> {
        self.get(&["cycles", year, "unanswered"]).await
    }
}
