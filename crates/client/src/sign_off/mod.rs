//! Sign-off 签发 and sealed pages 盖章页.

use crate::{ByHand, Client, Error, Upload};
use ronghe_contract::Page;
use ronghe_contract::sign_off::{
    ActOnSignOff, ChainView, ChainsView, PaperView, RoundView, SealView, SealedView,
};
use ronghe_domain::kernel::SealId;
use ronghe_domain::sign_off::{ChainDraft, Kind, Paper};
use serde::Serialize;

/// What rounds are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListSignOffs {
    /// States separated by commas, such as `signing`; all where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
}

/// Operations on what leaves an organisation.
impl Client {
    /// The chains of an organisation.
    ///
    /// # Errors
    /// 404 where the caller reads none of them.
    pub async fn list_chains(&self, org: &str) -> Result<ChainsView, Error> {
        self.get(&["organisations", org, "sign-off"]).await
    }

    /// Sets the chain of an organisation for a kind of document; `version` is that of the chain that was seen.
    ///
    /// # Errors
    /// 403 with the refusal, 412 where it was set meanwhile, 422 for fields.
    pub async fn set_chain(
        &self,
        org: &str,
        kind: Kind,
        version: &str,
        draft: &ChainDraft,
    ) -> Result<ChainView, Error> {
        self.put_seen(&["organisations", org, "sign-off", kind.name()], version, draft).await
    }

    /// Rounds that the caller reads, newest first.
    ///
    /// # Errors
    /// 404 for who reads none.
    pub async fn list_sign_offs(&self, query: &ListSignOffs) -> Result<Page<RoundView>, Error> {
        self.list(&["sign-offs"], query).await
    }

    /// One round.
    ///
    /// # Errors
    /// 404 where there is none that the caller reads.
    pub async fn show_sign_off(&self, id: &str) -> Result<RoundView, Error> {
        self.get(&["sign-offs", id]).await
    }

    /// Signs, sends back or recalls; `version` is that of the round that was seen.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where it was changed meanwhile, 422 for fields.
    pub async fn act_on_sign_off(
        &self,
        id: &str,
        version: &str,
        action: &ActOnSignOff,
    ) -> Result<RoundView, Error> {
        self.post_seen(&["sign-offs", id, "actions"], version, action).await
    }

    /// Asks for sign-off of a need; `version` is that of the need that was seen.
    ///
    /// # Errors
    /// 403 or 409 with the refusal, 412 where it was changed meanwhile, 422 for fields that do not hold.
    pub async fn ask_sign_off(&self, need: &str, version: &str) -> Result<RoundView, Error> {
        self.post_seen(&["needs", need, "sign-off"], version, &serde_json::json!({})).await
    }

    /// What a record goes up with: its code, its signatures, its sealed scans.
    ///
    /// # Errors
    /// 404 where there is none that the caller sees.
    pub async fn show_sealed(&self, kind: Kind, name: &str) -> Result<SealedView, Error> {
        self.get(&["sealed", kind.name(), name]).await
    }

    /// Binds a sealed scan to the version that was printed with `code`.
    ///
    /// # Errors
    /// 403 with the refusal, 409 where another version stands there by now, 413 where it is too large, 422 where it is no scan.
    pub async fn add_seal(
        &self,
        kind: Kind,
        name: &str,
        code: &str,
        file_name: &str,
        file: Upload,
    ) -> Result<SealView, Error> {
        self.post_file(&["sealed", kind.name(), name, "codes", code, "seals"], file_name, file).await
    }

    /// The same, for a page to send it by hand.
    ///
    /// # Errors
    /// Where the name cannot stand in an address.
    pub fn seal_by_hand(&self, kind: Kind, name: &str, code: &str, file_name: &str) -> Result<ByHand, Error> {
        self.by_hand(&["sealed", kind.name(), name, "codes", code, "seals"], file_name)
    }

    /// The content of a sealed scan.
    ///
    /// # Errors
    /// 404 where there is none that the caller sees.
    pub async fn download_seal(&self, kind: Kind, name: &str, id: SealId) -> Result<Vec<u8>, Error> {
        self.bytes(&["sealed", kind.name(), name, "seals", &id.to_string()]).await
    }

    /// Notes how many copies on paper are asked for, and when they came.
    ///
    /// # Errors
    /// 403 with the refusal, 422 for fields.
    pub async fn note_paper(&self, kind: Kind, name: &str, paper: &Paper) -> Result<PaperView, Error> {
        self.post(&["sealed", kind.name(), name, "paper"], paper).await
    }
}
