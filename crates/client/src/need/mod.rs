//! Needs 需求.

mod district;

use crate::{ByHand, Client, Error, Upload};
use ronghe_contract::Page;
use ronghe_contract::audit::EventView;
use ronghe_contract::need::{
    ActOnNeed, AlikeView, AskOpinions, AskedView, AttachmentView, ForwardNeeds, ForwardedView, ImportNeeds,
    ImportedNeeds, JudgeNeed, JudgeNeeds, JudgedView, NeedRef, NeedRow, NeedView, OpinionView, OpinionsView,
    RemindOffices, RemindedView, RevealedView, ScreeningView, StartNeed, VerdictView,
};
use ronghe_contract::org::Reveal;
use ronghe_domain::kernel::AttachmentId;
use ronghe_domain::need::{NeedDraft, OpinionDraft};
use serde::Serialize;

/// What a list of needs is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListNeeds {
    /// Words in title, number or text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Year of the cycle.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub year: String,
    /// States separated by commas, such as `submitted,forwarded`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// Slug of the unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Slug of the district bureau.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// Running number of a measure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub measure: String,
    /// `changed` or `number`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// `Page::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// What is exported: a list of needs, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportNeeds {
    /// `xlsx` or `csv`; the former where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// Its `after` makes no difference.
    #[serde(flatten)]
    pub list: ListNeeds,
}

/// What the needs in 遴选 are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListScreening {
    /// Words in title, number or text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Year of the cycle; the one that screens where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub year: String,
    /// `open` or `decided`; all where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub show: String,
    /// Running number of a measure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub measure: String,
    /// `ScreeningView::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// What opinions are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListOpinions {
    /// Year of the cycle; the one that screens where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub year: String,
    /// `open`, `given` or `overdue`; all where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub show: String,
    /// `OpinionsView::next` of the part before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Operations on needs.
impl Client {
    /// Needs that the caller may see, last changed first.
    ///
    /// # Errors
    /// 422 for a word that is none of the known ones.
    pub async fn list_needs(&self, query: &ListNeeds) -> Result<Page<NeedRow>, Error> {
        self.list(&["needs"], query).await
    }

    /// The needs that the caller may see, all of them, as a file.
    ///
    /// # Errors
    /// 422 for a word that is none of the known ones, 429 after ten exports within an hour.
    pub async fn export_needs(&self, query: &ExportNeeds) -> Result<Vec<u8>, Error> {
        self.bytes_of(&["needs", "export"], query).await
    }

    /// An empty table for needs of the cycle of `year`; of the one that is open where it is empty.
    ///
    /// # Errors
    /// 403 for who files none.
    pub async fn need_template(&self, year: &str) -> Result<Vec<u8>, Error> {
        self.bytes_of(&["needs", "template.xlsx"], &[("year", year)]).await
    }

    /// Makes the needs of a table, all or none; a preview only checks.
    ///
    /// # Errors
    /// 403 for who files none, 409 outside the window, 422 with each cell that does not hold.
    pub async fn import_needs(&self, body: &ImportNeeds) -> Result<ImportedNeeds, Error> {
        self.post_much(&["needs", "import"], body).await
    }

    /// One need whole.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn show_need(&self, name: &str) -> Result<NeedView, Error> {
        self.get(&["needs", name]).await
    }

    /// Begins a need.
    ///
    /// # Errors
    /// 403 for who files none, 409 outside the window.
    pub async fn start_need(&self, body: &StartNeed) -> Result<NeedView, Error> {
        self.post(&["needs"], body).await
    }

    /// Carries a need that no university took up into the cycle that collects needs, as a draft.
    ///
    /// # Errors
    /// 403 for who is not of its unit, 409 where it does not stand open, no cycle collects needs, or it was before.
    pub async fn carry_need(&self, name: &str) -> Result<NeedRef, Error> {
        self.post(&["needs", name, "carry"], &serde_json::json!({})).await
    }

    /// Keeps what was typed; it may be incomplete. `version` is that of the view that was typed in.
    ///
    /// # Errors
    /// 412 where someone else was faster, 422 for fields that a return does not open.
    pub async fn save_need(&self, name: &str, version: &str, draft: &NeedDraft) -> Result<NeedView, Error> {
        self.put_seen(&["needs", name, "draft"], version, draft).await
    }

    /// Submits, forwards, returns or withdraws a need.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where someone else was faster, 422 for fields.
    pub async fn act_on_need(
        &self,
        name: &str,
        version: &str,
        action: &ActOnNeed,
    ) -> Result<NeedView, Error> {
        self.post_seen(&["needs", name, "actions"], version, action).await
    }

    /// The contact's telephone whole, for a reason that is kept in the audit chain.
    ///
    /// # Errors
    /// 403 with the refusal for whoever does not handle the need, 422 without a reason.
    pub async fn reveal_need(&self, name: &str, body: &Reveal) -> Result<RevealedView, Error> {
        self.post(&["needs", name, "reveal"], body).await
    }

    /// Forwards many needs in one go: all of them, or none.
    ///
    /// # Errors
    /// See [`Error`]; what cannot be forwarded stands in the answer.
    pub async fn forward_needs(&self, body: &ForwardNeeds) -> Result<ForwardedView, Error> {
        self.post(&["needs", "forward"], body).await
    }

    /// Needs in 遴选 with what is meant to become of them, by number.
    ///
    /// # Errors
    /// 404 for who does not see verdicts.
    pub async fn list_screening(&self, query: &ListScreening) -> Result<ScreeningView, Error> {
        self.list(&["screening"], query).await
    }

    /// Gives a verdict on a need in 遴选, or takes one back; `version` is that of the verdict that was seen.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where there is another verdict meanwhile, 422 for fields.
    pub async fn judge_need(
        &self,
        name: &str,
        version: &str,
        verdict: &JudgeNeed,
    ) -> Result<VerdictView, Error> {
        self.post_seen(&["needs", name, "verdict"], version, verdict).await
    }

    /// Gives one verdict on many needs in one go: on all of them, or none.
    ///
    /// # Errors
    /// 422 for fields; what is refused stands in the answer.
    pub async fn judge_needs(&self, body: &JudgeNeeds) -> Result<JudgedView, Error> {
        self.post(&["needs", "verdicts"], body).await
    }

    /// Opinions on needs in 遴选: an office reads its own, the lead office all.
    ///
    /// # Errors
    /// 404 for who reads none.
    pub async fn list_opinions(&self, query: &ListOpinions) -> Result<OpinionsView, Error> {
        self.list(&["opinions"], query).await
    }

    /// Asks the responsible offices of needs by a day.
    ///
    /// # Errors
    /// 422 where the day does not hold; what is refused stands in the answer.
    pub async fn ask_opinions(&self, body: &AskOpinions) -> Result<AskedView, Error> {
        self.post(&["needs", "opinions"], body).await
    }

    /// Gives the opinion of one's office on a need, or changes it; `version` is that of the opinion that was seen.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where it was changed meanwhile, 422 for fields.
    pub async fn give_opinion(
        &self,
        name: &str,
        version: &str,
        opinion: &OpinionDraft,
    ) -> Result<OpinionView, Error> {
        self.post_seen(&["needs", name, "opinion"], version, opinion).await
    }

    /// Reminds offices whose opinions have not come.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 404 for who does not see them.
    pub async fn remind_offices(&self, body: &RemindOffices) -> Result<RemindedView, Error> {
        self.post(&["opinions", "remind"], body).await
    }

    /// Adds a file to a need that is being written, of `attachment::SIZE_MOST` at most; `file_name` is what
    /// it is called.
    ///
    /// # Errors
    /// 413 where it is too large, 422 where it is of no kind that is taken, or there are too many.
    pub async fn attach_file(
        &self,
        name: &str,
        file_name: &str,
        file: Upload,
    ) -> Result<AttachmentView, Error> {
        self.post_file(&["needs", name, "attachments"], file_name, file).await
    }

    /// The same, for a page to send it by hand.
    ///
    /// # Errors
    /// Where the name cannot stand in an address.
    pub fn attach_by_hand(&self, name: &str, file_name: &str) -> Result<ByHand, Error> {
        self.by_hand(&["needs", name, "attachments"], file_name)
    }

    /// Takes a file away from a need that is being written.
    ///
    /// # Errors
    /// 404 where there is no such file.
    pub async fn detach_file(&self, name: &str, id: AttachmentId) -> Result<(), Error> {
        self.delete(&["needs", name, "attachments", &id.to_string()]).await
    }

    /// The content of a file.
    ///
    /// # Errors
    /// 404 where there is none that the caller sees.
    pub async fn download_file(&self, name: &str, id: AttachmentId) -> Result<Vec<u8>, Error> {
        self.bytes(&["needs", name, "attachments", &id.to_string()]).await
    }

    /// Up to five other needs of its cycle that the caller may see and that say much the same, the likest
    /// first.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn list_alike_needs(&self, name: &str) -> Result<Page<AlikeView>, Error> {
        self.get(&["needs", name, "alike"]).await
    }

    /// What happened to a need, newest first.
    ///
    /// # Errors
    /// 404 where it is unknown or not visible.
    pub async fn list_need_events(&self, name: &str) -> Result<Page<EventView>, Error> {
        self.get(&["needs", name, "events"]).await
    }
}
