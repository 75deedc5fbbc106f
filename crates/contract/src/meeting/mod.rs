//! Meetings on needs of the published list.

use crate::org::OrgRef;
use ronghe_domain::kernel::{Instant, Offer};
use ronghe_domain::meeting::{Action, Refusal, State};
use serde::{Deserialize, Serialize};

/// A meeting on a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingView {
    /// `N2026-0137-M2`.
    pub name: String,
    /// Counted from 1 for each need.
    pub no: u32,
    /// The number of its need.
    pub need: String,
    /// The title of its need.
    pub title: String,
    pub state: State,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub start: Instant,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub finish: Instant,
    /// Empty where people meet by the link alone.
    pub place: String,
    /// Empty where people meet at the place alone.
    pub link: String,
    /// Who may come.
    pub audience: String,
    pub remark: String,
    /// The organisation that entered it.
    pub org: OrgRef,
    /// Why it was called off.
    pub called_off: Option<String>,
    pub offers: Vec<Offer<Action, Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
    /// Of a rehearsal: by how many milliseconds its clock is ahead of the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<i64>,
}

/// The meetings on one need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingsView {
    /// In the order of their time.
    pub items: Vec<MeetingView>,
    /// Whether the caller can enter one now.
    pub can_add: bool,
    /// Why not now, for who enters any at all.
    pub barred: Option<Refusal>,
}

/// Body for calling a meeting off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallOffMeeting {
    /// Everybody reads it.
    #[serde(default)]
    pub reason: String,
}
