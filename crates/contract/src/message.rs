//! What a person is told.

use crate::org::OrgRef;
use ronghe_domain::kernel::Instant;
use ronghe_domain::message::Kind;
use serde::{Deserialize, Serialize};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageView {
    pub kind: Kind,
    /// A need's number or a cycle's year.
    pub record: String,
    /// The organisation that acted.
    pub from: Option<OrgRef>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    pub read: bool,
}

/// Body that notes what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadMessages {
    /// Everything that came up to this instant: the time of the newest message that was shown.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Instant,
}

/// How many messages were noted as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadView {
    pub read: u64,
}
