//! Who answers for an organisation, and whose hands what leaves it passes through.

use crate::kernel::field::needed;
use crate::kernel::{FieldError, FieldProblem};
use serde::{Deserialize, Serialize};

/// Fewest characters that say why a telephone is wanted.
const REASON_LEAST: usize = 4;

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

/// Why someone wants to read a contact's telephone: some words, for whoever looks it up later.
///
/// # Errors
/// What does not hold of it.
pub fn reveal_reason(text: &str) -> Result<String, FieldError> {
    let mut errors = Vec::new();
    let reason = needed(&mut errors, "reason", text, 500);
    let got = reason.chars().count();
    if (1..REASON_LEAST).contains(&got) {
        errors.push(FieldError::new("reason", FieldProblem::TooShort { min: REASON_LEAST, got }));
    }
    errors.pop().map_or(Ok(reason), Err)
}

#[cfg(test)]
mod tests {
    use super::{masked, reveal_reason};

    #[test]
    fn telephone_numbers_are_masked() {
        assert_eq!(masked("13812345678"), "138****5678");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn a_reason_has_some_words() {
        let check = |text: &str, holds: bool| assert_eq!(reveal_reason(text).is_ok(), holds, "{text:?}");
        check("核对经费", true);
        check("  ask ", false);
        check("", false);
        check(&"字".repeat(501), false);
    }
}
