//! Who acts: a person with the roles of one organisation, the public, or the system itself.

use super::{AccountId, OrgId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an account may be in its organisation. The public has no account and no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 需求单位: a municipal school, or a school under a district bureau.
    NeedUnit,
    /// 区县教体局.
    DistrictBureau,
    /// 高校.
    University,
    /// 评审专家.
    Expert,
    /// 责任单位.
    ResponsibleOffice,
    /// 高校联络服务处, the office of the leading group.
    LeadOffice,
    /// 财务审计处.
    Finance,
    /// 工作领导小组.
    LeadingGroup,
    /// 监督人员（机关纪委）.
    Auditor,
    /// 系统管理员.
    SystemAdmin,
}

impl Role {
    /// Every role, in the order of the programme.
    pub const ALL: [Self; 10] = [
        Self::NeedUnit,
        Self::DistrictBureau,
        Self::University,
        Self::Expert,
        Self::ResponsibleOffice,
        Self::LeadOffice,
        Self::Finance,
        Self::LeadingGroup,
        Self::Auditor,
        Self::SystemAdmin,
    ];
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anyone without an account.
    Visitor,
    /// A signed-in person.
    Person(Person),
    /// The system's own jobs.
    System,
}

/// A person as rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub account: AccountId,
    /// The one organisation that the account belongs to.
    pub org: OrgId,
    /// Roles in that organisation.
    pub roles: BTreeSet<Role>,
}

impl Actor {
    /// A person of `org` with `roles`.
    #[must_use]
    pub fn person(account: AccountId, org: OrgId, roles: impl IntoIterator<Item = Role>) -> Self {
        Self::Person(Person { account, org, roles: roles.into_iter().collect() })
    }

    /// Holds `role` in their own organisation.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        matches!(self, Self::Person(person) if person.roles.contains(&role))
    }

    /// The account, where there is one.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person(person) => Some(person.account),
            Self::Visitor | Self::System => None,
        }
    }

    /// The organisation, where there is one.
    #[must_use]
    pub const fn org(&self) -> Option<OrgId> {
        match self {
            Self::Person(person) => Some(person.org),
            Self::Visitor | Self::System => None,
        }
    }
}
