//! What a person is told.

use crate::org::OrgRef;
use ronghe_domain::kernel::{Instant, MessageId, Offer};
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::Bound;
use ronghe_domain::message::mail::{About, Action, Refusal, State, Trouble};
use ronghe_domain::message::template::{Language, Words};
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

/// How much mail of a kind stands in each state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailCounts {
    pub kind: Kind,
    pub waiting: u64,
    pub sent: u64,
    pub failed: u64,
}

/// A kind of messages, and whether it comes by mail too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailChoice {
    pub kind: Kind,
    pub mailed: bool,
    /// Why it cannot be switched off.
    pub bound: Option<Bound>,
}

/// Which of their messages the caller also gets by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailChoices {
    /// The kinds that can come to the caller.
    pub kinds: Vec<MailChoice>,
    pub language: Language,
    /// Stands in `If-Match`.
    pub version: String,
}

/// The words of a kind of mail in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailTemplate {
    pub kind: Kind,
    pub language: Language,
    pub words: Words,
    /// They are those that came with the system.
    pub is_standard: bool,
    /// Placeholders that the subject can hold.
    pub in_subject: Vec<String>,
    /// Placeholders that the body can hold.
    pub in_body: Vec<String>,
    /// A mail by these words, with made-up data.
    pub example: Words,
    /// Stands in `If-Match`.
    pub version: String,
}

/// The words of all mails that the lead office sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailTemplates {
    pub items: Vec<MailTemplate>,
    /// The caller changes them.
    pub may_keep: bool,
}

/// Body that sets the words of a kind of mail; the standard ones are taken again where there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetMailTemplate {
    pub words: Option<Words>,
}
