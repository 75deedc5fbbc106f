//! Policy documents: list, page, import, publishing, renewal.

use crate::org::{GroupView, OrgRef};
use ronghe_domain::kernel::{FieldError, Offer};
use ronghe_domain::org::Candidate;
use ronghe_domain::policy::{Action, DecisionPaper, PolicyDraft, Refusal, State, Status, UnitRole};
use serde::{Deserialize, Serialize};

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyRow {
    pub slug: String,
    pub title: String,
    pub doc_number: Option<String>,
    pub issuer: Option<String>,
    /// `2023-12-26`.
    pub issue_date: Option<String>,
    pub state: State,
    /// For published documents.
    pub status: Option<Status>,
    /// Last day in force, renewals counted.
    pub last_day: Option<String>,
    pub measures: u32,
}

/// A document whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyView {
    pub slug: String,
    pub state: State,
    /// Give this back in `If-Match`.
    pub version: String,
    pub status: Option<Status>,
    pub last_day: Option<String>,
    /// What was fixed at publication.
    pub content: Option<ContentView>,
    /// What was read, while it is being checked; only for those who may see drafts.
    pub import: Option<ImportView>,
    pub renewals: Vec<RenewalView>,
    pub supersession: Option<SupersessionView>,
    pub offers: Vec<Offer<Action, Refusal>>,
}

/// A document as the register shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PolicyContentView))]
pub struct ContentView {
    pub title: String,
    pub doc_number: Option<String>,
    pub issuer: String,
    pub issue_date: String,
    pub recipients: Vec<String>,
    pub copies: Vec<String>,
    pub openness: Option<String>,
    pub effective_from: String,
    pub last_day: Option<String>,
    pub trial: bool,
    pub preamble: String,
    pub sections: Vec<SectionView>,
}

/// A section with its measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = PolicySectionView))]
pub struct SectionView {
    pub number: Option<u32>,
    pub title: String,
    pub measures: Vec<MeasureInPolicy>,
}

/// A measure as part of its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureInPolicy {
    pub seq: u32,
    pub number: Option<u32>,
    pub title: String,
    pub text: String,
    pub units: Vec<UnitView>,
}

/// A responsible unit: as printed, and whom it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitView {
    /// Name as printed.
    pub name: String,
    pub role: UnitRole,
    /// The organisation, where it is one.
    pub org: Option<OrgRef>,
    /// The group with its members today, where it is several.
    pub group: Option<GroupView>,
}

/// A document that is being checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportView {
    /// The text; places are byte offsets into it.
    pub text: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub draft: PolicyDraft,
    /// What keeps it from being published, by path in the draft.
    pub errors: Vec<FieldError>,
    /// For units that are not known: the nearest known names.
    pub candidates: Vec<UnitCandidates>,
    /// Every organisation and group that a unit can be set to.
    pub known: Vec<Candidate>,
    pub imported_by: String,
    /// Time in UTC, RFC 3339.
    pub imported_at: String,
    pub corrected_by: String,
}

/// The nearest known names for a unit at `path`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitCandidates {
    pub path: String,
    pub nearest: Vec<Candidate>,
}

/// A decision to keep it in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenewalView {
    pub decision: DecisionPaper,
    pub from: String,
    pub last_day: Option<String>,
}

/// A decision by which another document takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupersessionView {
    pub decision: DecisionPaper,
    pub from: String,
    /// The successor's slug and title, where it is in the register.
    pub successor: Option<(String, String)>,
}

/// Body for importing a document: its text, or a `.docx` file in base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPolicy {
    /// Name in addresses; made from the document number where absent.
    #[serde(default)]
    pub slug: Option<String>,
    /// UTF-8 text of the document.
    #[serde(default)]
    pub text: Option<String>,
    /// The bytes of a `.docx` or `.txt` file in base64.
    #[serde(default)]
    pub file: Option<String>,
}

/// Body for an action on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnPolicy {
    /// 发布.
    Publish,
    /// 放弃.
    Discard,
    /// 延续 by a recorded decision.
    Renew {
        /// Day, number and name of the paper.
        #[serde(flatten)]
        decision: DecisionInput,
        /// First day of the new term.
        from: String,
        /// Last day; empty for without end.
        #[serde(default)]
        last_day: String,
    },
    /// 废止 by a recorded decision.
    Supersede {
        #[serde(flatten)]
        decision: DecisionInput,
        /// First day on which it no longer holds.
        from: String,
        /// Slug of the document that takes its place, where it is in the register.
        #[serde(default)]
        successor: String,
    },
}

/// A decision as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionInput {
    /// `2026-01-14`.
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub paper: String,
}
