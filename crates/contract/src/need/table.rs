//! Needs from a table.

use serde::{Deserialize, Serialize};

/// Body for importing needs from a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportNeeds {
    /// Year of the cycle; the one that is open where empty.
    #[serde(default)]
    pub year: String,
    /// The bytes of an `.xlsx` file in base64.
    pub file: String,
    /// Submit them at once; else they become drafts, which may have gaps.
    #[serde(default)]
    pub submit: bool,
    /// Only check, and say what would be made.
    #[serde(default)]
    pub preview: bool,
}

/// What an import gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedNeeds {
    /// Needs were made; for a preview none.
    pub written: bool,
    /// How many the table holds.
    pub total: u64,
    /// How many of them cannot be submitted yet.
    pub with_gaps: u64,
    /// The first 200, in the order of their rows.
    pub needs: Vec<ImportedNeed>,
}

/// A need of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedNeed {
    /// As the sheet numbers its rows, from 1.
    pub row: u32,
    /// Stands in addresses, once it is made.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    pub title: String,
    /// Running numbers of measures, the main one first.
    pub measures: Vec<u32>,
    /// As typed.
    pub budget: String,
    pub indicators: u64,
    /// Fields that have to be filled in before it can be submitted, as their paths in the draft.
    pub gaps: Vec<String>,
}
