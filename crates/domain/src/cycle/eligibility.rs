//! 参加条件: who and what may take part, in words, each with its check where one can be computed.

use crate::kernel::FieldError;
use crate::kernel::field::at_most;
use serde::{Deserialize, Serialize};

/// What of a condition an application itself shows. Nothing is barred by it: people decide in the formal check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EligibilityCheck))]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// 成果在济南落地.
    Lands,
    /// 不是单纯课题研究.
    ServesSchools,
    /// 负责人声明不在人才政策支持期内.
    Unsupported,
    /// 自筹或配套资金: counts in favour.
    OwnFunds,
}

impl Check {
    /// Every check, in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::Lands, Self::ServesSchools, Self::Unsupported, Self::OwnFunds];

    /// As it stands in a file or on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lands => "lands",
            Self::ServesSchools => "serves_schools",
            Self::Unsupported => "unsupported",
            Self::OwnFunds => "own_funds",
        }
    }
}

/// A condition of a cycle. Plain text, as cycles had it before conditions had checks, is read as one that is checked by
/// hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EligibilityCondition))]
#[serde(from = "Written")]
pub struct Condition {
    pub text: String,
    /// Empty where there is no English text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_en: String,
    /// Checked by hand where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
}

/// A condition as it is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Whole(Whole),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    text: String,
    #[serde(default)]
    text_en: String,
    #[serde(default)]
    check: Option<Check>,
}

impl From<Written> for Condition {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => Self { text, ..Self::default() },
            Written::Whole(Whole { text, text_en, check }) => Self { text, text_en, check },
        }
    }
}

/// What a new cycle says of who may take part: the city's published calls for this programme.
#[must_use]
pub fn usual_eligibility() -> Vec<Condition> {
    [
        (
            "成果在济南落地，直接用于我市中小学、幼儿园或中等职业学校。",
            "Results land in Jinan, in the city's schools, kindergartens or vocational schools.",
            Some(Check::Lands),
        ),
        (
            "以合作办学和服务师生为内容，单纯的课题研究不在征集范围。",
            "It is cooperation that serves pupils and teachers; a pure research topic is not accepted.",
            Some(Check::ServesSchools),
        ),
        (
            "项目负责人不在济南市各类人才政策支持期内。",
            "The responsible person is not within the support period of any of Jinan's talent policies.",
            Some(Check::Unsupported),
        ),
        (
            "学校自筹或有配套资金的，同等条件下优先。",
            "Own or matching funds count in favour where all else is equal.",
            Some(Check::OwnFunds),
        ),
        (
            "不向学生收取费用；涉及学生校外活动的，须有安全预案。",
            "Pupils pay no fees; activities outside their school have a safety plan.",
            None,
        ),
    ]
    .map(|(text, text_en, check)| Condition { text: text.into(), text_en: text_en.into(), check })
    .to_vec()
}

/// Checks conditions as typed; an empty row is left out.
pub(super) fn check(errors: &mut Vec<FieldError>, typed: &[Condition]) -> Vec<Condition> {
    let mut checked = Vec::new();
    for (at, row) in typed.iter().enumerate() {
        let text = at_most(errors, &format!("eligibility[{at}].text"), &row.text, 300);
        let text_en = at_most(errors, &format!("eligibility[{at}].text_en"), &row.text_en, 600);
        if !text.is_empty() {
            checked.push(Condition { text, text_en, check: row.check });
        } else if !text_en.is_empty() || row.check.is_some() {
            errors.push(FieldError::required(format!("eligibility[{at}].text")));
        }
    }
    checked
}
