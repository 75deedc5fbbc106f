//! Saved views of lists.

use ronghe_domain::kernel::ViewId;
use ronghe_domain::view::{Action, List};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Filters of a list under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    pub id: ViewId,
    pub list: List,
    pub name: String,
    pub filters: BTreeMap<String, String>,
    /// Everyone of the organisation sees it.
    pub shared: bool,
    /// What the caller can do with it: somebody else's is only looked through.
    pub offers: Vec<Action>,
    /// Stands in `If-Match`.
    pub version: String,
}
