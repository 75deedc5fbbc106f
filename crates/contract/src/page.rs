//! A part of a list.

use serde::{Deserialize, Serialize};

/// Rows of a list, and how to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// How many rows there are in all.
    pub total: u64,
    /// Give this back as `after` for the next rows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<String>,
}
