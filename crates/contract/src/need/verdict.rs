//! Verdicts of the lead office on needs in 遴选.

use super::{NeedRow, RefusedView};
use ronghe_domain::kernel::Instant;
use ronghe_domain::need::{Ruling, Why};
use serde::{Deserialize, Serialize};

/// Another need, by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedRef {
    pub name: String,
    pub title: String,
    pub title_en: String,
}

/// A verdict, or what is left where it was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerdictView {
    /// Absent where nothing was decided yet, or what was is taken back.
    pub ruling: Option<Ruling>,
    /// Why it is not listed.
    pub why: Option<Why>,
    /// The need that takes it up.
    pub into: Option<NeedRef>,
    /// For the unit, which reads it once the need list is published.
    pub remark: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub at: Option<Instant>,
    /// Give this back in `If-Match` with the next verdict.
    pub version: String,
}

/// What is meant to become of a need, or has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeantView {
    pub verdict: VerdictView,
    /// Needs that it takes up.
    pub origins: Vec<NeedRef>,
}

/// A need in 遴选 with the verdict on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScreeningRow {
    pub need: NeedRow,
    pub ruling: Option<Ruling>,
}

/// Needs in 遴选, in parts of fifty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScreeningView {
    /// Year of the cycle.
    pub year: String,
    /// When verdicts are over.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: Instant,
    /// How many of all wait for a verdict.
    pub open: u64,
    /// How many have one.
    pub decided: u64,
    pub items: Vec<ScreeningRow>,
    /// Give this back as `after` for what follows.
    pub next: Option<String>,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// Body for a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum JudgeNeed {
    /// 列入.
    Enlist {
        #[serde(default)]
        remark: String,
    },
    /// 不列入.
    Decline {
        #[serde(default)]
        why: Option<Why>,
        #[serde(default)]
        remark: String,
    },
    /// 合并到.
    Merge {
        /// Number of the need that takes it up.
        #[serde(default)]
        into: String,
        #[serde(default)]
        remark: String,
    },
    /// 撤销.
    Reopen,
}

/// Body for one verdict on many needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JudgeNeeds {
    pub needs: Vec<String>,
    pub verdict: JudgeNeed,
    /// Only says what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Leaves out what is refused, instead of doing nothing.
    #[serde(default)]
    pub skip_refused: bool,
}

/// What became of one verdict on many needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JudgedView {
    /// Whether anything was written.
    pub done: bool,
    pub needs: Vec<NeedRow>,
    pub refused: Vec<RefusedView>,
}
