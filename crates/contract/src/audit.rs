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

/// Where the check of the chain stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckView {
    /// Set while one runs.
    pub running: Option<RunningView>,
    /// What the last one found.
    pub last: Option<ChainView>,
    /// The last one that was started ended before it found anything.
    pub failed: bool,
}

/// A check of the chain that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunningView {
    /// RFC 3339, UTC.
    pub since: String,
    /// Name of who started it.
    pub by: Option<String>,
}

/// What a check of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainView {
    /// RFC 3339, UTC.
    pub started_at: String,
    /// Name of who started it.
    pub by: Option<String>,
    /// RFC 3339, UTC.
    pub finished_at: String,
    /// Number of the last event that it looked at.
    pub events: i64,
    pub head: String,
    /// Empty where the chain is whole.
    pub faults: Vec<String>,
}
