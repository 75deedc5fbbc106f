//! Yearly cycles.

use crate::org::OrgRef;
use ronghe_domain::cycle::{
    Action, Collecting, Condition, CycleDraft, End, Frame, Part, PartDraft, Phase, Refusal, Rubric,
};
use ronghe_domain::kernel::{Fen, Instant, Offer};
use ronghe_domain::need;
use serde::{Deserialize, Serialize};

/// A cycle in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleRow {
    /// Stands in addresses.
    pub year: String,
    pub title: String,
    pub title_en: String,
    pub phase: Phase,
    /// In fen.
    pub budget: Fen,
    pub collecting: Collecting,
    /// It is rehearsed with: nothing of it is real.
    #[serde(default, skip_serializing_if = "is_real")]
    pub rehearsal: bool,
    /// By how many milliseconds the clock of a rehearsal is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// Left out of the wire, where it is the rule.
pub(crate) fn is_real(rehearsal: &bool) -> bool {
    !rehearsal
}

/// A cycle whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleView {
    #[serde(flatten)]
    pub row: CycleRow,
    /// Slug, number or title of the policy that it runs under.
    pub policy: Option<(String, String)>,
    /// The phases from 征集 on, in order: when they are planned to run, and when they did.
    pub windows: Vec<WindowView>,
    /// Its phase goes on beyond its planned end.
    pub late: bool,
    /// What the clock of a rehearsal shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clock: Option<Instant>,
    /// Working days of public notice.
    pub notice_days: u16,
    pub most_per_school: Option<u32>,
    pub most_per_district: Option<u32>,
    pub eligibility: Vec<Condition>,
    /// The parts that are versioned by themselves, in order.
    pub parts: Vec<PartView>,
    /// What the rules of the selection name, in words.
    pub selection: SelectionView,
    pub rubric: Rubric,
    pub frame: Frame,
    /// Parts changed since the cycle was made, in order.
    pub revisions: Vec<RevisionView>,
    /// Phases left, in order.
    pub moves: Vec<MoveView>,
    /// Ends that were set later, in order.
    pub extensions: Vec<ExtensionView>,
    /// Whether the State Council's table of working days is known for its year.
    pub workdays_known: bool,
    /// Whether the caller can begin a need: absent where they file none, else why not now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub filing: Option<FilingOffer>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// As it would be typed, for those who prepare it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draft: Option<CycleDraft>,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// A part of a cycle that is changed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartView {
    pub part: Part,
    /// Counted from 1.
    pub version: usize,
    /// Once this phase opens it is fixed.
    pub needed_by: Phase,
    /// As it would be typed.
    pub draft: PartDraft,
}

/// A change of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevisionView {
    pub part: Part,
    /// The version that it ended.
    pub version: usize,
    /// What that version said.
    pub was: PartDraft,
    pub reason: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// What a selection must keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SelectionView {
    pub measures: Vec<MeasureLeast>,
    pub districts: Vec<DistrictLeast>,
    pub university_most: Option<u32>,
    pub applications_most: Option<u32>,
}

/// Awards at least under a measure; 0 where none are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureLeast {
    pub seq: u32,
    pub title: String,
    pub least: u32,
}

/// Awards at least in a district; 0 where none are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DistrictLeast {
    pub district: OrgRef,
    pub least: u32,
}

/// Whether needs can be begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilingOffer {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub barred: Option<need::Refusal>,
}

/// When a phase is planned to run, and when it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WindowView {
    pub phase: Phase,
    /// First day, or minute, where it is planned: `2026-04-15`, `2026-04-15 09:00`.
    pub from: String,
    /// Last day, or minute, that counts.
    pub to: String,
    /// The instant from which on it is closed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closes: Option<Instant>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub began: Option<Instant>,
    /// When it was left.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended: Option<Instant>,
}

/// A phase left for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveView {
    pub from: Phase,
    pub to: Phase,
    pub reason: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// An end that was set later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionView {
    pub end: End,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub was: Instant,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Instant,
    pub reason: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// Body for an action on a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnCycle {
    /// 开始征集.
    Open,
    /// 进入下一阶段.
    Advance,
    /// 延期.
    Extend {
        end: End,
        /// Last minute that counts, `2026-03-25 17:00`, of needs and applications; of the lead office's own
        /// phases the last day, `2026-04-20`.
        #[serde(default)]
        until: String,
        #[serde(default)]
        reason: String,
    },
    /// 退回上一阶段.
    Back {
        #[serde(default)]
        reason: String,
    },
    /// Changes a part: plan, budget, rules of the selection, rubric or frame.
    Revise {
        part: PartDraft,
        /// Why; may be left out while the cycle is prepared.
        #[serde(default)]
        reason: String,
    },
    /// 拨钟: of a rehearsal.
    SetClock {
        /// What its clock shall show, `2026-04-12 09:00`.
        #[serde(default)]
        clock: String,
    },
    /// 结束演练, in whatever phase it stands.
    Finish,
}

/// How far a unit has come with its needs 报送情况.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilingRow {
    /// A school, or a district bureau with all that stand under it.
    pub org: OrgRef,
    /// Wait for the district.
    pub submitted: u64,
    /// Are with their units, to be corrected.
    pub returned: u64,
    /// Have reached the lead office, whatever became of them there.
    pub forwarded: u64,
    /// Have not reached it: they take no part once the collecting is over.
    pub left_out: u64,
    /// Nothing stands submitted.
    pub silent: bool,
    /// 已报: a unit that has submitted; a district of which anything has arrived, or that has reported nothing.
    pub done: bool,
    /// A district that has reported that there is nothing.
    #[serde(default)]
    pub zero: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub reminded_at: Option<Instant>,
    /// The caller can remind it now.
    #[serde(default)]
    pub can_remind: bool,
    /// It is the caller's own, which can report now that it has nothing.
    #[serde(default)]
    pub can_report_zero: bool,
}
