//! Who answers for an organisation, and whose hands what leaves it passes through.

use serde::{Deserialize, Serialize};

/// A post that every organisation registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// 分管领导.
    InCharge,
    /// 部门负责人.
    Head,
    /// 联系人.
    Contact,
}

/// Who holds a post, and how to reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    pub post: Post,
    pub name: String,
    /// 职务.
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub phone: String,
}

/// What leaves an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outgoing {
    /// 需求.
    Need,
    /// 申报.
    Application,
    /// 报告.
    Report,
}

/// 经办 → 审核 → 签发: the posts that a kind of document passes through, one to three.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOff {
    pub document: Outgoing,
    /// Posts in their order, the last one signs.
    pub steps: Vec<String>,
}

impl Post {
    /// Every post.
    pub const ALL: [Self; 3] = [Self::InCharge, Self::Head, Self::Contact];
}

impl Outgoing {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Need, Self::Application, Self::Report];
}

/// A telephone number with its middle hidden: `138****5678`.
#[must_use]
pub fn masked(phone: &str) -> String {
    let count = phone.chars().count();
    // Four in the middle, as people are used to; fewer where the number is short.
    let hidden = (count / 2).min(4);
    let first = count.saturating_sub(hidden).div_ceil(2).min(3);
    let hide = |at: usize| at >= first && at < first + hidden;
    phone.chars().enumerate().map(|(at, figure)| if hide(at) { '*' } else { figure }).collect()
}
