//! Accounts, as system administrators see them.

use crate::org::OrgRef;
use ronghe_domain::account::request;
use ronghe_domain::account::{Action, PostDraft, Refusal, State};
use ronghe_domain::kernel::{Instant, Offer, Role};
use serde::{Deserialize, Serialize};

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRow {
    pub login: String,
    pub name: String,
    pub name_en: String,
    pub org: OrgRef,
    pub roles: Vec<Role>,
    pub state: State,
    /// RFC 3339, UTC; absent before the first sign-in.
    pub last_seen: Option<String>,
}

/// An account whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    #[serde(flatten)]
    pub row: AccountRow,
    pub post: String,
    /// The post gives a right: a second administrator confirms its change.
    pub post_decides: bool,
    /// Masked but for those who need it.
    pub mail: String,
    pub second_factor: bool,
    /// Its owner has set a password, now or before it was disabled: enabled again, the account is active, else
    /// invited.
    pub password_set: bool,
    pub version: String,
    /// What one administrator has asked for and another must confirm.
    pub pending: Option<PendingGrant>,
    pub offers: Vec<Offer<Action, Refusal>>,
}

/// What waits for its second hand: roles, a new password, or a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingGrant {
    pub roles: Vec<Role>,
    /// A link for a new password is asked for, not roles.
    #[serde(default)]
    pub reset: bool,
    /// A post is asked for, with the reason.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub post: Option<PostDraft>,
    /// Name of the administrator who asked.
    pub by: String,
    pub at: String,
}

/// Body for an action on an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnAccount {
    /// Sends a new link for the first password.
    Invite,
    /// Asks for a link for a new password, which waits for a second administrator.
    Reset,
    Disable,
    Enable,
    /// Asks for these roles; those of offices and administrators wait for a second administrator.
    Grant {
        roles: Vec<Role>,
    },
    /// Changes the post; of somebody of the leading group, who holds a seat by it, it waits for a second administrator.
    SetPost(PostDraft),
    /// Confirms what another administrator asked for.
    Confirm,
    /// Turns down what another administrator asked for.
    Reject,
}

/// The link that an invitation or reset made, to be handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkMade {
    /// Path with the code; shown once.
    pub path: String,
    pub expires: String,
    /// The address, masked, to which a mail takes it too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mailed: Option<String>,
}

/// Body for importing accounts from a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportAccounts {
    /// The bytes of an `.xlsx` file in base64.
    pub file: String,
    /// Only check, and say what would be made.
    #[serde(default)]
    pub preview: bool,
}

/// What an import gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedAccounts {
    /// Accounts were made; for a preview none.
    pub written: bool,
    pub accounts: Vec<ImportedAccount>,
}

/// An account of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedAccount {
    pub login: String,
    pub name: String,
    pub org: OrgRef,
    /// Roles asked for; those that decide wait for a second administrator.
    pub roles: Vec<Role>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link: Option<LinkMade>,
}

/// What an action on an account gives back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountDone {
    pub account: AccountView,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link: Option<LinkMade>,
}

/// An account that a university asks for. What it is wanted for nobody reads here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRequestView {
    pub id: String,
    pub org: OrgRef,
    pub name: String,
    pub mail: String,
    /// Name of who asked.
    pub asked_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    pub state: request::State,
    /// Why it was declined; empty otherwise.
    pub reason: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub done_at: Option<Instant>,
    pub offers: Vec<Offer<request::Action, request::Refusal>>,
    /// Give this back in `If-Match`.
    pub version: String,
}

/// Body for asking for several accounts at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskForAccounts {
    #[serde(default)]
    pub people: Vec<request::AccountRequestDraft>,
}

/// Body for an action on a request. An account is made by making it: the request follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActOnAccountRequest {
    /// 不予开户, with the reason, which who asked is told.
    Decline {
        #[serde(default)]
        reason: String,
    },
    /// 撤回.
    TakeBack,
}
