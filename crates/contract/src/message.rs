//! What a person is told.

use crate::org::OrgRef;
use ronghe_domain::kernel::{Instant, MessageId, Offer};
use ronghe_domain::message::Kind;
use ronghe_domain::message::mail::{About, Action, Refusal, State, Trouble};
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

/// A mail of the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailView {
    pub id: MessageId,
    pub about: About,
    /// A need's number or a cycle's year; empty for a link.
    pub record: String,
    pub login: String,
    /// Name of whom it is for.
    pub name: String,
    /// Masked.
    pub address: String,
    pub state: State,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try failed.
    pub trouble: Option<Trouble>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// When it is tried next, while it waits.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub next: Option<Instant>,
    pub offers: Vec<Offer<Action, Refusal>>,
}
