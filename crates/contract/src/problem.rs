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

impl FieldDetail {
    /// Where the cell stands that it speaks of, such as `E14`; nothing for fields that are in no table.
    #[must_use]
    pub fn cell(&self) -> Option<&str> {
        let (cell, _) = self.error.path.split_once('.')?;
        let figures = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let is_cell = !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit());
        is_cell.then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::FieldDetail;
    use ronghe_domain::kernel::FieldError;

    #[test]
    fn cells_are_told_from_other_fields() {
        let check = |path: &str, expected: Option<&str>| {
            let error = FieldError::required(path);
            let detail = FieldDetail { error, label: String::new(), message: String::new() };
            assert_eq!(detail.cell(), expected, "{path}");
        };
        check("E14.parent", Some("E14"));
        check("AA2.kind", Some("AA2"));
        // A column that the table lacks is named by its row.
        check("1.name", Some("1"));
        check("name", None);
        check("sections[0].title", None);
        check("E14", None);
    }
}
