//! Opinions of responsible offices on needs in 遴选.

use super::{NeedRow, RefusedView};
use crate::org::OrgRef;
use ronghe_domain::kernel::{Instant, Offer};
use ronghe_domain::need::Stance;
use ronghe_domain::need::opinion::Action;
use ronghe_domain::need::rules::Refusal;
use serde::{Deserialize, Serialize};

/// An office's opinion, asked for and given where it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpinionView {
    pub office: OrgRef,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due: Instant,
    /// It was to come, and has not.
    pub overdue: bool,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub reminded_at: Option<Instant>,
    /// Absent until it has come.
    pub stance: Option<Stance>,
    pub reason: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub given_at: Option<Instant>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// An opinion with its need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpinionRow {
    pub need: NeedRow,
    pub opinion: OpinionView,
}

/// Opinions of one cycle, in parts of fifty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpinionsView {
    /// Year of the cycle.
    pub year: String,
    /// When opinions are over.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: Instant,
    /// How many are asked for and have not come.
    pub open: u64,
    pub given: u64,
    /// How many of the open ones are overdue.
    pub overdue: u64,
    pub items: Vec<OpinionRow>,
    /// Give this back as `after` for what follows.
    pub next: Option<String>,
    /// Whether the caller can remind offices now.
    pub can_remind: bool,
    /// Whom the caller can remind now; with the first part only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outstanding: Vec<OutstandingView>,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// An office whose opinions have not all come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutstandingView {
    pub office: OrgRef,
    /// How many have not come.
    pub open: u64,
    /// How many of those are overdue.
    pub overdue: u64,
    /// When it was last reminded of one of them.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub reminded_at: Option<Instant>,
}

/// Body for asking the offices of needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskOpinions {
    pub needs: Vec<String>,
    /// Last minute; the end of 遴选 where empty.
    #[serde(default)]
    pub due: String,
    /// Only says what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Leaves out what is refused, instead of doing nothing.
    #[serde(default)]
    pub skip_refused: bool,
}

/// What became of asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedView {
    /// Whether anything was written.
    pub done: bool,
    pub needs: Vec<NeedRow>,
    /// Offices that are asked, each once.
    pub offices: Vec<OrgRef>,
    pub refused: Vec<RefusedView>,
}

/// Body for reminding offices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindOffices {
    /// Year of the cycle; the one that screens where empty.
    #[serde(default)]
    pub year: String,
    /// Slugs; all whose opinions have not come where empty.
    #[serde(default)]
    pub offices: Vec<String>,
}

/// How many were reminded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindedView {
    pub offices: u64,
}
