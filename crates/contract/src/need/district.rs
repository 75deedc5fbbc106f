//! What a district bureau does with the needs of its schools.

use super::NeedRow;
use crate::org::OrgRef;
use ronghe_domain::kernel::{Fen, Instant};
use ronghe_domain::need::district::summary::State;
use serde::{Deserialize, Serialize};

/// The needs of a district in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RankingView {
    pub year: String,
    pub district: OrgRef,
    /// In order; what has no place comes behind, by number.
    pub items: Vec<NeedRow>,
    /// How many of them have a place.
    pub placed: usize,
    pub may_rank: bool,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// A need in a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SummaryLine {
    pub number: String,
    pub title: String,
    pub title_en: String,
    pub unit: OrgRef,
    /// Running number of the main measure.
    pub measure: u32,
    pub budget: Fen,
    /// Forwarded by this very version.
    pub new: bool,
}

/// A version of a district's summary 汇总表, or its report that there is nothing 零报告.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SummaryView {
    /// Stands in addresses: `2026-lixia-v3`.
    pub name: String,
    pub year: String,
    pub district: OrgRef,
    pub seq: u32,
    pub zero: bool,
    pub state: State,
    /// In the bureau's order.
    pub lines: Vec<SummaryLine>,
    pub total: Fen,
    /// The version code that its page prints with.
    pub code: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub issued_at: Option<Instant>,
}

/// Body for reminding those who have not filed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindUnits {
    /// Slugs; all that have not filed where empty.
    #[serde(default)]
    pub units: Vec<String>,
}

/// Who was reminded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindedUnits {
    pub units: Vec<OrgRef>,
}
