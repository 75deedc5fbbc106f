//! Sign-in, the session, the person's own account and tokens.

use crate::org::OrgRef;
use ronghe_domain::account::{Scope, Section};
use ronghe_domain::kernel::{Instant, Role};
use serde::{Deserialize, Serialize};

/// Body for signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    pub login: String,
    pub password: String,
    /// Six figures of the authenticator, or a recovery code, where a second factor is on.
    #[serde(default)]
    pub code: Option<String>,
}

/// Body for entering a demonstration as one of its accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterDemo {
    pub login: String,
}

/// What the sign-in page must know before anyone is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Door {
    /// Accounts that can be entered with one click; empty but in a demonstration.
    pub demo: Vec<DemoAccount>,
}

/// An account of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoAccount {
    pub login: String,
    pub role: Role,
    pub name: String,
    pub name_en: String,
    /// Where they work.
    pub org: OrgRef,
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub login: String,
    pub name: String,
    pub name_en: String,
    pub post: String,
    pub mail: String,
    pub org: OrgRef,
    pub roles: Vec<Role>,
    /// Entries of the side navigation, as the rules open them.
    pub sections: Vec<Section>,
    /// A second factor is on.
    pub second_factor: bool,
    /// A second factor must be set up before anything else.
    pub must_enrol: bool,
    /// The roles want a second factor: it is replaced, not switched off.
    #[serde(default)]
    pub keeps_factor: bool,
    /// The server is a demonstration.
    pub demo: bool,
    /// Messages that are not read.
    #[serde(default)]
    pub unread: u64,
    /// The time by the server's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub now: Instant,
}

/// Body that proves once more who is at the keyboard: a code where a second factor is on, else the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Prove {
    pub word: String,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionRow {
    pub id: String,
    pub since: String,
    pub last_seen: String,
    pub address: String,
    pub agent: String,
    /// The one that asks.
    pub current: bool,
}

/// Body for a new password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    pub current: String,
    pub password: String,
}

/// Body for the password of an invitation or a reset, by the code of its link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptLink {
    pub code: String,
    pub password: String,
}

/// Whom a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkView {
    pub login: String,
    pub name: String,
    pub org: OrgRef,
    /// RFC 3339, UTC.
    pub expires: String,
}

/// A second factor that is being set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotpSetup {
    /// The secret in base 32, to type.
    pub secret: String,
    /// `otpauth://…`, to open.
    pub url: String,
    /// The same to scan.
    pub qr: Option<QrCode>,
}

/// A QR code (ISO/IEC 18004) to be drawn; around it four modules stay empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrCode {
    /// Modules on a side.
    pub side: usize,
    /// Its dark modules as the path of an SVG whose unit is a module.
    pub path: String,
}

/// Body that proves the authenticator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotpProof {
    pub code: String,
}

/// Codes for the day on which the authenticator is lost; shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

/// Body for a new token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewToken {
    pub name: String,
    pub scopes: Vec<Scope>,
    /// Days until it ends, 1 to 365; 30 where absent.
    #[serde(default)]
    pub days: Option<u16>,
}

/// A token in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub made: String,
    pub expires: String,
    pub last_used: Option<String>,
}

/// A token just made: the secret is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenMade {
    pub token: String,
    pub row: TokenRow,
}
