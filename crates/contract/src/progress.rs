//! What a cycle has come to.

use ronghe_domain::cycle::Phase;
use ronghe_domain::progress::{Figure, Whose};
use serde::{Deserialize, Serialize};

/// A figure of a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureView {
    pub figure: Figure,
    pub phase: Phase,
    pub count: u64,
    /// On whom it waits now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<Whose>,
    /// The time for it has passed.
    pub late: bool,
}
