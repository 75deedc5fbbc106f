//! Lists that are taken out in the background.

use ronghe_domain::export::{Action, Form, Refusal, State};
use ronghe_domain::kernel::{ExportId, Instant, Offer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskExport {
    #[serde(default)]
    pub form: Form,
    /// What the list of needs is narrowed to, by the names in its addresses.
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
}

/// A list that is taken out in the background.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportView {
    pub id: ExportId,
    pub form: Form,
    /// What the list was narrowed to.
    pub filters: BTreeMap<String, String>,
    pub state: State,
    /// Rows and bytes of the file; 0 where there is none.
    pub rows: u64,
    pub size: u64,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub asked_at: Instant,
    /// When the file goes, once it is made.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires: Option<Instant>,
    /// What the caller can do with it.
    pub offers: Vec<Offer<Action, Refusal>>,
}
