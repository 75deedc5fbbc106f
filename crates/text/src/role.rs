//! Roles.

use crate::Lang;
use ronghe_domain::kernel::Role;

/// A role as people call it.
#[must_use]
pub const fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::NeedUnit => lang.pick("需求单位", "Need unit"),
        Role::DistrictBureau => lang.pick("区县教体局", "District bureau"),
        Role::University => lang.pick("高校", "University"),
        Role::Expert => lang.pick("评审专家", "Expert"),
        Role::ResponsibleOffice => lang.pick("责任单位", "Responsible office"),
        Role::LeadOffice => lang.pick("高校联络服务处", "Liaison office"),
        Role::Finance => lang.pick("财务审计处", "Finance"),
        Role::LeadingGroup => lang.pick("工作领导小组", "Leading group"),
        Role::Auditor => lang.pick("监督", "Auditor"),
        Role::SystemAdmin => lang.pick("系统管理员", "System administrator"),
    }
}

/// Anyone without an account.
#[must_use]
pub const fn visitor(lang: Lang) -> &'static str {
    lang.pick("公众", "Visitor")
}
