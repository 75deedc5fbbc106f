//! Needs 需求.

mod alike;
mod district;
mod files;
mod opinion;
mod table;
mod verdict;

pub use alike::{AlikeView, ComparedView, PassageView};
pub use district::{RankingView, RemindUnits, RemindedUnits, SummaryLine, SummaryView};
pub use files::AttachmentView;
pub use opinion::{
    AskOpinions, AskedView, OpinionRow, OpinionView, OpinionsView, OutstandingView, RemindOffices,
    RemindedView,
};
pub use table::{ImportNeeds, ImportedNeed, ImportedNeeds};
pub use verdict::{
    JudgeNeed, JudgeNeeds, JudgedView, MeantView, NeedRef, ScreeningRow, ScreeningView, VerdictView,
};

use crate::org::OrgRef;
use ronghe_domain::kernel::{Fen, FieldError, Instant, Offer, Progress};
use ronghe_domain::need::rules::Turn;
use ronghe_domain::need::{Action, Correction, IndicatorDraft, NeedDraft, Refusal, Section, Stage, State};
use ronghe_domain::policy::forms::Form;
use serde::{Deserialize, Serialize};

/// A need in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedRow {
    /// Stands in addresses: `N2026-0137`, or `draft-{id}` until it is submitted.
    pub name: String,
    /// Absent until it is submitted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<String>,
    pub year: String,
    pub title: String,
    pub title_en: String,
    pub state: State,
    pub unit: OrgRef,
    pub district: Option<OrgRef>,
    /// Running numbers of measures, the main one first.
    pub measures: Vec<u32>,
    /// In fen; absent until it is submitted.
    pub budget: Option<Fen>,
    /// Whose turn it is, and until when.
    pub turn: Turn,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub deadline: Option<Instant>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub changed_at: Instant,
    /// What the caller can do at once with it and others like it.
    pub can: Vec<Action>,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
    /// Its place in the order of its district, for who sees that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rank: Option<u32>,
}

/// A need whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedView {
    #[serde(flatten)]
    pub row: NeedRow,
    /// As last submitted.
    pub content: Option<ContentView>,
    /// As typed, for its own unit while it can be changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draft: Option<NeedDraft>,
    /// The university that the draft names.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wanted: Option<OrgRef>,
    /// What does not hold of the draft.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// The caller is told which universities may answer it.
    #[serde(default)]
    pub suggests: bool,
    /// The caller reads the applications for it that there are to read.
    #[serde(default)]
    pub reads_applications: bool,
    /// Measures that it can come under, with their forms of cooperation.
    #[serde(default)]
    pub choices: Vec<MeasureChoice>,
    /// How far each page of the form has come.
    #[serde(default)]
    pub sections: Vec<SectionView>,
    /// Files at what is written, for its own unit.
    #[serde(default)]
    pub attachments: Vec<AttachmentView>,
    /// While it is returned.
    pub returned: Option<ReturnView>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub submitted_at: Option<Instant>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub forwarded_at: Option<Instant>,
    /// The latest end that a return could set now.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub latest_return: Option<Instant>,
    /// What is meant to become of it, for who sees that; what became of it, for everyone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub meant: Option<MeantView>,
    /// What offices think of it: for the lead office and the auditors, and each office its own.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub opinions: Vec<OpinionView>,
    /// The need of an earlier cycle that it carries on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub carried_from: Option<NeedRef>,
    /// The need by which it is carried on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub carried_into: Option<NeedRef>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedSectionView))]
pub struct SectionView {
    pub section: Section,
    pub progress: Progress,
}

/// A measure that a need can come under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureChoice {
    pub seq: u32,
    pub title: String,
    pub forms: Vec<Form>,
}

/// A measure that a need comes under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureName {
    pub seq: u32,
    pub title: String,
}

/// A need as it was submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = NeedContentView))]
pub struct ContentView {
    pub title: String,
    pub title_en: String,
    /// The main one first.
    pub measures: Vec<MeasureName>,
    pub forms: Vec<Form>,
    pub other_form: String,
    pub stages: Vec<Stage>,
    pub students: u32,
    pub teachers: u32,
    pub background: String,
    pub goals: String,
    pub benefit: String,
    pub indicators: Vec<IndicatorDraft>,
    pub university: Option<OrgRef>,
    pub discipline: String,
    /// In fen.
    pub budget: Fen,
    /// In fen, part of the budget.
    pub own: Fen,
    pub period: String,
    pub contact_name: String,
    /// Its middle is hidden but for its own unit; those who handle the need reveal it.
    pub contact_phone: String,
    pub attachments: Vec<AttachmentView>,
}

/// A need sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnView {
    pub corrections: Vec<Correction>,
    pub remark: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Instant,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Name of who returned it, and of their organisation.
    pub by: String,
    pub by_org: Option<OrgRef>,
}

/// Body for beginning a need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartNeed {
    /// Year of the cycle; the one that is open where empty.
    #[serde(default)]
    pub year: String,
    #[serde(default)]
    pub draft: NeedDraft,
}

/// Body for an action on a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnNeed {
    /// 提交.
    Submit,
    /// 审核报送.
    Forward,
    /// 退回, with what to correct.
    Return {
        #[serde(default)]
        corrections: Vec<Correction>,
        #[serde(default)]
        remark: String,
        /// Last minute in which it may be submitted again; the latest possible where empty.
        #[serde(default)]
        until: String,
    },
    /// 撤回.
    Withdraw,
}

/// Who answers for a need, with nothing hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedView {
    pub contact_name: String,
    pub contact_phone: String,
}

/// Body for forwarding many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForwardNeeds {
    pub needs: Vec<String>,
    /// Only says what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Leaves out what cannot be forwarded, instead of forwarding nothing.
    #[serde(default)]
    pub skip_refused: bool,
}

/// What became of forwarding many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForwardedView {
    /// Whether anything was written.
    pub done: bool,
    pub needs: Vec<NeedRow>,
    pub refused: Vec<RefusedView>,
    /// The summaries by which they leave; one that is being signed has not left, and its needs neither.
    #[serde(default)]
    pub summaries: Vec<SummaryView>,
}

/// A need on which it cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedView {
    pub name: String,
    /// Why, in the caller's language.
    pub reason: String,
}
