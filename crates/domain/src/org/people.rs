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

/// A telephone number with its middle hidden: `138****5678`, `0531-****1234`, `138 **** 5678`. Only figures count
/// and only figures are hidden. The last four stay, and before them the area code where one is written apart, else
/// the first three; at least four are hidden, so that of a short number less stays, the end before the beginning.
#[must_use]
pub fn masked(phone: &str) -> String {
    let count = phone.chars().filter(|sign| sign.is_numeric()).count();
    let last = count.saturating_sub(HIDDEN).min(4);
    // An area code has three or four figures, and stands apart.
    let area = phone.split(|sign: char| !sign.is_numeric()).next().unwrap_or_default().chars().count();
    let wanted = if phone.starts_with('0') && matches!(area, 3..=4) { area } else { 3 };
    let first = count.saturating_sub(HIDDEN + last).min(wanted);
    let mut at = 0;
    let hide = |sign: char| {
        if !sign.is_numeric() {
            return sign;
        }
        at += 1;
        if at > first && at + last <= count { '*' } else { sign }
    };
    phone.chars().map(hide).collect()
}

/// How many figures of a telephone number are hidden at least: too many for trying them all.
const HIDDEN: usize = 4;

#[cfg(test)]
mod masks {
    use super::{HIDDEN, masked};
    use proptest::prelude::*;

    #[test]
    fn what_subscribers_share_stays_and_what_is_theirs_does_not() {
        let check = |phone: &str, expected: &str| assert_eq!(masked(phone), expected, "{phone}");
        check("13812345678", "138****5678");
        check("138 1234 5678", "138 **** 5678");
        check("138-1234-5678", "138-****-5678");
        check("0531-88881234", "0531-****1234");
        check("0531 8888 1234", "0531 **** 1234");
        check("010-88881234", "010-****1234");
        check("053188881234", "053*****1234");
        check("(0531)88881234", "(053*)****1234");
        check("+86 138 1234 5678", "+86 1** **** 5678");
        check("0531-88881234-8001", "0531-********-8001");
        check("88881234", "****1234");
        check("123456", "****56");
        check("110", "***");
        check("", "");
    }

    proptest! {
        #[test]
        fn four_figures_are_hidden_and_nothing_else_changes(
            parts in proptest::collection::vec("[0-9]{1,8}", 1..5),
            apart in "[ -]|  |／|（|\\.",
        ) {
            let phone = parts.join(&apart);
            let seen = masked(&phone);
            let figures: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
            let hidden = seen.chars().filter(|sign| *sign == '*').count();
            prop_assert!(hidden >= figures.len().min(HIDDEN), "{phone} became {seen}");
            prop_assert_eq!(seen.chars().count(), phone.chars().count());
            for (before, after) in phone.chars().zip(seen.chars()) {
                prop_assert!(before == after || after == '*' && before.is_ascii_digit());
            }
            if figures.len() >= 8 {
                let last = |text: &str| -> String {
                    let kept = text.chars().filter(|sign| sign.is_ascii_digit() || *sign == '*');
                    kept.skip(figures.len() - 4).collect()
                };
                prop_assert_eq!(last(&seen), last(&phone), "the last four stay");
            }
        }
    }
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
