//! Applications 申报.

mod opinion;

use crate::need::{AttachmentView, NeedRef};
use crate::org::OrgRef;
use ronghe_domain::account::request;
use ronghe_domain::application::draft::Purpose;
use ronghe_domain::application::eligible::Finding;
use ronghe_domain::application::rules::Turn;
use ronghe_domain::application::team::{AwaitedDraft, MemberDraft};
use ronghe_domain::application::{
    Action, ApplicationDraft, Correction, Duty, Field, Refusal, Section, Stance, State,
};
use ronghe_domain::cycle::Condition;
use ronghe_domain::kernel::{Fen, FieldError, Instant, Offer, Progress};
use ronghe_domain::need::IndicatorDraft;
use ronghe_domain::policy::forms::Form;
use serde::{Deserialize, Serialize};

pub use opinion::{UnitOpinionView, UnitSaidView};

/// An application in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationRow {
    /// Stands in addresses: `A2026-0031`, or `draft-{id}` until its seal is opened.
    pub name: String,
    /// Absent until its seal is opened.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<String>,
    /// Name of the cycle.
    pub year: String,
    pub title: String,
    pub state: State,
    pub university: OrgRef,
    pub need: NeedRef,
    /// In fen; absent until it is submitted, and for the unit of its need.
    pub asked: Option<Fen>,
    /// What the unit of its need thinks of it, where the reader reads that and it has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Stance>,
    /// The reader would read what the unit of its need thinks of it, and it has not come.
    #[serde(default)]
    pub opinion_open: bool,
    /// Whose turn it is, and until when.
    pub turn: Turn,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub deadline: Option<Instant>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub changed_at: Instant,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// An application whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationView {
    #[serde(flatten)]
    pub row: ApplicationRow,
    /// The reader is of the unit whose need it answers, and reads what it offers: neither money nor people nor files.
    #[serde(default)]
    pub offer_only: bool,
    /// What the unit of its need thinks of it, where the reader reads that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_opinion: Option<UnitOpinionView>,
    /// As last submitted, in the form in which it is typed: days and amounts are text.
    pub content: Option<ApplicationDraft>,
    /// Files of what was submitted.
    #[serde(default)]
    pub submitted_files: Vec<FiledView>,
    /// As typed, for its own university while it can be changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draft: Option<ApplicationDraft>,
    /// The code that a printed copy of the draft bears.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub print_code: Option<String>,
    /// What does not hold of the draft.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// Forms of cooperation that a deliverable can have.
    #[serde(default)]
    pub forms: Vec<Form>,
    /// The need's own indicators, as it wants them.
    #[serde(default)]
    pub indicators: Vec<IndicatorDraft>,
    /// How far each page of the form has come, and whether the caller writes there now.
    #[serde(default)]
    pub sections: Vec<ApplicationSectionView>,
    /// Files at what is written, for its own university.
    #[serde(default)]
    pub files: Vec<FiledView>,
    /// Who has which part in it, for its own university.
    #[serde(default)]
    pub members: Vec<MemberView>,
    /// Who is to have a part in it once they have an account, for its own university.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaited: Vec<AwaitedView>,
    /// The last submission, for its own university.
    pub receipt: Option<ReceiptView>,
    /// While it is returned.
    pub returned: Option<ApplicationReturnView>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub submitted_at: Option<Instant>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub opened_at: Option<Instant>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub accepted_at: Option<Instant>,
    /// The latest end that a return could set now.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub latest_return: Option<Instant>,
    /// What the cycle asks of all, and what the application shows of it.
    #[serde(default)]
    pub eligibility: Vec<EligibilityView>,
    /// A later version of the list took its need out: it is neither accepted nor handed in again.
    #[serde(default)]
    pub unlisted: bool,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// For its own university: submitting it asks for the signatures of a chain, and the last one hands it in.
    #[serde(default)]
    pub chained: bool,
    /// For colleagues of whoever leads it: nobody who can come in does, and one of them says who leads.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leaderless: bool,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// A condition of the cycle beside what the application shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EligibilityView {
    pub condition: Condition,
    /// Absent where the reader does not read what it is found in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationSectionView {
    pub section: Section,
    pub progress: Progress,
    /// Whether the caller may write in it now.
    pub open: bool,
}

/// A file of an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiledView {
    pub purpose: Purpose,
    #[serde(flatten)]
    pub file: AttachmentView,
    /// Of a sealed page: what was typed has changed since it was printed.
    #[serde(default)]
    pub voided: bool,
}

/// Someone with a part in an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationMemberView))]
pub struct MemberView {
    pub login: String,
    pub name: String,
    pub duty: Duty,
    pub sections: Vec<Section>,
}

/// Someone who is to have a part in an application and has no account yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AwaitedMemberView))]
pub struct AwaitedView {
    pub name: String,
    pub mail: String,
    pub duty: Duty,
    pub sections: Vec<Section>,
    /// What became of the request for their account.
    pub asked: request::State,
    /// Why it was declined; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What was handed in, to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptView {
    /// Random: it says nothing of how many there are.
    pub code: String,
    /// Which submission it is, counted from 1.
    pub n: u32,
    /// SHA-256 over what was handed in, hexadecimal.
    pub hash: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Name of who submitted it.
    pub by: String,
}

/// An application sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationReturnView {
    /// Exactly these sections are open.
    pub corrections: Vec<Correction>,
    pub remark: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Instant,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// Body for beginning an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartApplication {
    /// Number of the need.
    #[serde(default)]
    pub need: String,
}

/// Body for an action on an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnApplication {
    /// 提交.
    Submit,
    /// 重新打开.
    Reopen,
    /// 撤回.
    Withdraw,
    /// 受理.
    Accept,
    /// 退回补正, with what to correct.
    Return {
        #[serde(default)]
        corrections: Vec<Correction>,
        #[serde(default)]
        remark: String,
        /// Last minute in which it may be submitted again; the latest possible where empty.
        #[serde(default)]
        until: String,
    },
}

/// Body that says who has which part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteMembers {
    pub members: Vec<MemberDraft>,
    /// Those who have no account: one is asked for, and they come in when it is active.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaited: Vec<AwaitedDraft>,
}

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionRow {
    pub n: u32,
    pub hash: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// In what it differs from the one before it; empty for the first.
    pub changed: Vec<Field>,
}

/// Two versions side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedVersions {
    pub before: VersionView,
    pub after: VersionView,
    /// In what they differ.
    pub fields: Vec<Field>,
}

/// What was submitted once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionView {
    pub n: u32,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    pub content: ApplicationDraft,
    pub files: Vec<FiledView>,
}

/// Whether a need can be applied for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginningView {
    /// Why not; absent where it can.
    pub barred: Option<Refusal>,
    /// The application that the caller's university has for it.
    pub existing: Option<String>,
    /// When the window closes.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closes: Option<Instant>,
}

/// Someone of the caller's university who can be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColleagueView {
    pub login: String,
    pub name: String,
}
