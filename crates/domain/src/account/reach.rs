//! What a person's navigation and tokens reach.

use crate::kernel::{Actor, Role};
use serde::{Deserialize, Serialize};

/// An entry of the workspace's side navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = WorkspaceSection))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 待办.
    Home,
    /// 需求.
    Needs,
    /// 申报.
    Applications,
    /// 签发.
    SignOffs,
    /// 周期.
    Cycles,
    /// 政策与措施.
    Policies,
    /// 机构.
    Organisations,
    /// 账号.
    Accounts,
    /// 审计.
    Audit,
}

/// The entries that `actor` sees, in order.
#[must_use]
pub fn sections(actor: &Actor) -> Vec<Section> {
    let mut sections = vec![Section::Home];
    if reads_needs(actor) {
        sections.push(Section::Needs);
    }
    if reads_applications(actor) {
        sections.push(Section::Applications);
    }
    if reads_sign_offs(actor) {
        sections.push(Section::SignOffs);
    }
    sections.extend([Section::Cycles, Section::Policies, Section::Organisations]);
    if actor.has(Role::SystemAdmin) {
        sections.push(Section::Accounts);
    }
    if actor.has(Role::Auditor) {
        sections.push(Section::Accounts);
        sections.push(Section::Audit);
    }
    sections
}

/// Whether there are needs that `actor` could see.
fn reads_needs(actor: &Actor) -> bool {
    [
        Role::NeedUnit,
        Role::DistrictBureau,
        Role::University,
        Role::LeadOffice,
        Role::ResponsibleOffice,
        Role::LeadingGroup,
        Role::Auditor,
    ]
    .into_iter()
    .any(|role| actor.has(role))
}

/// Whether there are applications that `actor` could see.
fn reads_applications(actor: &Actor) -> bool {
    [
        Role::NeedUnit,
        Role::DistrictBureau,
        Role::University,
        Role::LeadOffice,
        Role::LeadingGroup,
        Role::Auditor,
    ]
    .into_iter()
    .any(|role| actor.has(role))
}

/// Whether there is anything to be signed that `actor` could see. Responsible offices set steps for their reports, but
/// none is written here.
fn reads_sign_offs(actor: &Actor) -> bool {
    [Role::NeedUnit, Role::DistrictBureau, Role::University, Role::Auditor]
        .into_iter()
        .any(|role| actor.has(role))
}

/// What a personal access token may do. It never does more than its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Reads what its owner may read.
    #[serde(rename = "read")]
    Read,
    /// Imports and corrects policy documents.
    #[serde(rename = "write:policy")]
    WritePolicy,
    /// Makes and changes accounts and organisations. Lives 24 hours and wants a fresh proof.
    #[serde(rename = "write:account")]
    WriteAccount,
    /// Makes and changes cycles in preparation.
    #[serde(rename = "write:cycle")]
    WriteCycle,
    /// Files, forwards, returns and withdraws needs.
    #[serde(rename = "write:need")]
    WriteNeed,
    /// Writes, submits and withdraws applications, and checks them.
    #[serde(rename = "write:application")]
    WriteApplication,
    /// Publishes, renews, supersedes: what others rely on. Lives 24 hours and wants a fresh proof.
    #[serde(rename = "decide")]
    Decide,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::WritePolicy,
        Self::WriteAccount,
        Self::WriteCycle,
        Self::WriteNeed,
        Self::WriteApplication,
        Self::Decide,
    ];

    /// As it is written on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::WritePolicy => "write:policy",
            Self::WriteAccount => "write:account",
            Self::WriteCycle => "write:cycle",
            Self::WriteNeed => "write:need",
            Self::WriteApplication => "write:application",
            Self::Decide => "decide",
        }
    }
}
