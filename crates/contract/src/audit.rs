//! The audit chain, as auditors read it and records show it.

use ronghe_domain::audit::{Action, Subject};
use serde::{Deserialize, Serialize};

/// An event of the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventView {
    pub seq: i64,
    /// RFC 3339, UTC.
    pub at: String,
    /// Name of who acted; absent for the public and the system.
    pub who: Option<String>,
    pub login: Option<String>,
    pub org: Option<String>,
    pub via: String,
    pub action: Action,
    pub subject: Subject,
    /// What the record is called: a slug or a login.
    pub name: String,
    pub refused: bool,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub before: Option<serde_json::Value>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub after: Option<serde_json::Value>,
    /// SHA-256 of the event, hexadecimal.
    pub hash: String,
}

/// What a check of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainView {
    pub events: i64,
    pub head: String,
    /// Empty where the chain is whole.
    pub faults: Vec<String>,
}
