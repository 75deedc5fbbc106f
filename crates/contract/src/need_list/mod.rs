//! Need lists.

use crate::org::OrgRef;
use ronghe_domain::cycle::approval::Body;
use ronghe_domain::cycle::{Phase, Seat};
use ronghe_domain::kernel::{Date, Fen, Instant, Offer};
use ronghe_domain::need_list::{Action, Answer, ChangeKind, Document, Finding, MinutesDraft, Refusal, State};
use serde::{Deserialize, Serialize};

/// A version of a list in a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListRow {
    /// What the cycle is called.
    pub year: String,
    /// Which version, counted from 1; `v1` in addresses.
    pub no: u32,
    pub state: State,
    /// How many needs stand on it.
    pub count: usize,
    /// SHA-256 of its document in its canonical form, once it is proposed.
    pub hash: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub published_at: Option<Instant>,
    /// Give this back in `If-Match`; `"v0"` for a version that nobody has composed.
    pub version: String,
}

/// A need on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListItem {
    /// Its number on the list: `2026-001`.
    pub number: String,
    /// Its own number: `N2026-0137`.
    pub need: String,
    pub title: String,
    pub title_en: String,
    pub unit: OrgRef,
    /// The district bureau above the unit.
    pub district: Option<OrgRef>,
    /// Running numbers of its measures, the main one first.
    pub measures: Vec<u32>,
    /// In fen.
    pub budget: Option<Fen>,
}

/// What a version changes against the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListChange {
    pub kind: ChangeKind,
    pub number: String,
    /// Its own number.
    pub need: String,
    pub title: String,
    pub title_en: String,
    pub reason: String,
}

/// A step of the chain of approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListStep {
    pub seat: Seat,
    pub post: String,
    /// It has agreed to what the list says now.
    pub agreed: bool,
    /// The list waits for it.
    pub waits: bool,
}

/// What someone of the leading group said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListMark {
    pub seat: Seat,
    pub post: String,
    pub answer: Answer,
    pub reason: String,
    /// Absent where the reader sees only what is published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// A change of the list voided it then.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub voided_at: Option<Instant>,
}

/// What the body that decides on a version has decided of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListMinutes {
    pub body: Body,
    /// The day of the meeting.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: Date,
    pub minutes_no: String,
    /// Who was there; absent where the reader sees only what is published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub present: Option<String>,
    /// Who countersigned, likewise; empty where nobody had to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub countersigned: Option<String>,
    /// Who put it on record, likewise.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// What the check of a list finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListFinding {
    pub finding: Finding,
    /// The list cannot be proposed with it.
    pub barring: bool,
}

/// A version whole, with what the caller can do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListView {
    #[serde(flatten)]
    pub row: NeedListRow,
    /// In the order of the list.
    pub items: Vec<NeedListItem>,
    pub changes: Vec<NeedListChange>,
    /// Why there is a later version.
    pub reason: String,
    /// The chain of approval.
    pub steps: Vec<NeedListStep>,
    /// Everything that was said of it, in order; what is void stays.
    pub marks: Vec<NeedListMark>,
    /// Who proposed it, for who sees lists before they are published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub proposed_by: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub proposed_at: Option<Instant>,
    /// What the body that decides on it has decided, once that is on record.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub minutes: Option<NeedListMinutes>,
    /// While it is made.
    pub findings: Vec<NeedListFinding>,
    pub offers: Vec<Offer<Action, Refusal>>,
}

/// The versions of a cycle's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedListsView {
    pub year: String,
    pub title: String,
    pub title_en: String,
    pub phase: Phase,
    /// Published ones, the newest first.
    pub versions: Vec<NeedListRow>,
    /// The version that is made, or would be, for who sees lists before they are published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<NeedListView>,
}

/// Body for an action on a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnNeedList {
    /// 提请审定.
    Propose,
    /// 同意.
    Approve {
        #[serde(default)]
        reason: String,
    },
    /// 退回修改.
    Return {
        #[serde(default)]
        reason: String,
    },
    /// 登记会议决定.
    Minute(MinutesDraft),
    /// 发布.
    Publish,
}

/// The list as it was proposed or published: open data. Its SHA-256 is that of this JSON in its canonical form
/// (RFC 8785).
pub type NeedListDocument = Document;
