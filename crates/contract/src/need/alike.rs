//! Needs that say much the same.

use super::NeedRow;
use ronghe_domain::need::Field;
use serde::{Deserialize, Serialize};

/// A need that says much the same as the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlikeView {
    pub need: NeedRow,
    /// Of the different pairs of characters and words of both the share that stands in both, in per cent,
    /// rounded down.
    pub likeness: u8,
    /// Title, background, goals and benefit of both, side by side.
    pub fields: Vec<ComparedView>,
}

/// One text of both needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedView {
    pub field: Field,
    /// Of the need that was asked for.
    pub own: String,
    pub other: String,
    /// What stands in both, in the order of `own`; marks, spaces, case and width make no difference.
    pub passages: Vec<PassageView>,
}

/// A passage of both texts, in characters (Unicode scalar values): from its first to behind its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassageView {
    pub own_from: usize,
    pub own_to: usize,
    pub other_from: usize,
    pub other_to: usize,
}
