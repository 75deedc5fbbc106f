//! A part of a list.

use serde::{Deserialize, Serialize};

/// Rows of a list, and how to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// How many rows there are in all.
    pub total: u64,
    /// There are more than `total`: counting ended there.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub total_is_bounded: bool,
    /// Give this back as `after` for the next rows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A part of a list whose rows were counted to the last one.
    #[must_use]
    pub const fn new(items: Vec<T>, total: u64, next: Option<String>) -> Self {
        Self { items, total, total_is_bounded: false, next }
    }
}
