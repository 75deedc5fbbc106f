//! Problem details (RFC 9457): what is wrong, where, and how to mend it.

use ronghe_domain::kernel::FieldError;
use serde::{Deserialize, Serialize};

/// Media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable name of the kind of problem, such as `/problems/invalid`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in the caller's language.
    pub title: String,
    pub status: u16,
    /// This case in the caller's language, with what would mend it.
    pub detail: String,
    /// The request's id, as it stands in the log.
    pub request_id: String,
    /// Fields that do not hold.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<FieldDetail>,
    /// The refusal itself: its code and data.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub refusal: Option<serde_json::Value>,
    /// The version that the record has now, for a stale edit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub current: Option<String>,
}

/// A field error with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldDetail {
    #[serde(flatten)]
    pub error: FieldError,
    /// The name of the field.
    pub label: String,
    /// What is wrong, in the caller's language.
    pub message: String,
}
