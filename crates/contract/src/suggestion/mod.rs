//! Suggestions: which university may answer which need, and why.

use crate::org::OrgRef;
use ronghe_domain::kernel::Instant;
use ronghe_domain::suggestion::Share;
use serde::{Deserialize, Serialize};

/// A university that may answer a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestedUniversity {
    pub university: OrgRef,
    /// 0 to 100.
    pub score: u8,
    pub shares: Vec<Share>,
    /// The same in words, one line for each share.
    pub words: Vec<String>,
}

/// A listed need that a university may answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestedNeed {
    pub need: ListedRef,
    /// 0 to 100.
    pub score: u8,
    pub shares: Vec<Share>,
    /// The same in words, one line for each share.
    pub words: Vec<String>,
}

/// A need on a published list, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedRef {
    /// Its own number: `N2026-0137`.
    pub name: String,
    /// Its number on the list: `2026-001`.
    pub number: String,
    pub title: String,
    pub title_en: String,
    pub unit: String,
    pub unit_en: String,
}

/// Needs that the caller's university may answer, the best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestedNeeds {
    /// The cycle whose list they stand on; none while no list is open for applications.
    pub year: Option<String>,
    /// When its window closes.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closes: Option<Instant>,
    /// Slug of the caller's university.
    pub university: String,
    /// The university has said what it offers; without that nothing is suggested.
    pub profiled: bool,
    pub needs: Vec<SuggestedNeed>,
}

/// A listed need that is likely to stay unanswered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnansweredNeed {
    pub need: ListedRef,
    /// Running numbers of its measures, the main one first.
    pub measures: Vec<u32>,
    /// The university that comes nearest; none where no university has a profile.
    pub best: Option<OrgRef>,
    /// Its affinity, 0 to 100.
    pub score: u8,
}

/// Listed needs that no university is likely to answer, told by the list and the profiles alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unanswered {
    pub year: String,
    /// When the window of applications closes.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: Instant,
    /// The affinity from which on a university counts as one that may answer.
    pub least: u8,
    /// Those with the least affinity first.
    pub needs: Vec<UnansweredNeed>,
}
