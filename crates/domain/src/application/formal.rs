//! 形式审查 by the lead office: what is sent back names sections, each with what is wrong with it.

use super::Section;
use crate::kernel::field::{at_most, needed};
use crate::kernel::window::{closing, parse_minute};
use crate::kernel::{AccountId, FieldError, FieldProblem, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is wrong with a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// 材料不全.
    Incomplete,
    /// 盖章页缺失或不符.
    SealUnsound,
    /// 与需求不对应.
    BesideNeed,
    /// 负责人不符合条件.
    PersonBarred,
    /// 预算不合规.
    BudgetUnsound,
    /// 指标不可考核.
    NotMeasurable,
    /// 单纯课题研究.
    PureResearch,
    /// 成果不在济南落地.
    NotInJinan,
    /// 其他.
    Other,
}

impl Flaw {
    /// Every flaw, in the order in which it is offered.
    pub const ALL: [Self; 9] = [
        Self::Incomplete,
        Self::SealUnsound,
        Self::BesideNeed,
        Self::PersonBarred,
        Self::BudgetUnsound,
        Self::NotMeasurable,
        Self::PureResearch,
        Self::NotInJinan,
        Self::Other,
    ];
}

/// A section to correct, with what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = SectionCorrection))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    pub section: Section,
    pub flaw: Flaw,
    pub remark: String,
}

/// An application sent back to its university.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Exactly these sections are open.
    pub corrections: Vec<Correction>,
    pub remark: String,
    /// It may be submitted again until just before this instant.
    pub until: Instant,
    pub by: AccountId,
    pub at: Instant,
}

/// A return as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ApplicationReturnDraft))]
#[serde(default, deny_unknown_fields)]
pub struct ReturnDraft {
    pub corrections: Vec<Correction>,
    pub remark: String,
    /// Last minute in which it may be submitted again; the latest possible where empty.
    pub until: String,
}

impl ReturnDraft {
    /// Checks it. `latest` is the end that no return goes beyond.
    ///
    /// # Errors
    /// Every field that does not hold; where no section says what to do.
    pub fn check(&self, latest: Instant, by: AccountId, now: Instant) -> Result<Return, Vec<FieldError>> {
        let mut errors = Vec::new();
        let remark = at_most(&mut errors, "remark", &self.remark, 500);
        if self.corrections.is_empty() {
            errors.push(FieldError::required("corrections"));
        }
        let mut named = BTreeSet::new();
        let mut corrections = Vec::new();
        for (at, it) in self.corrections.iter().enumerate() {
            let remark = needed(&mut errors, &format!("corrections[{at}].remark"), &it.remark, 500);
            if !named.insert(it.section) {
                let got = it.section.name().to_owned();
                let problem = FieldProblem::Twice { got };
                errors.push(FieldError::new(format!("corrections[{at}].section"), problem));
            }
            corrections.push(Correction { remark, ..it.clone() });
        }
        let until = match self.until.trim() {
            "" => latest,
            typed => match parse_minute(typed).and_then(closing) {
                None => {
                    errors.push(FieldError::new("until", FieldProblem::NotAMinute { got: typed.to_owned() }));
                    latest
                }
                Some(until) => until,
            },
        };
        if until <= now {
            errors.push(FieldError::new("until", FieldProblem::Before { other: "now".into() }));
        } else if until > latest {
            errors.push(FieldError::new("until", FieldProblem::After { other: "latest".into() }));
        }
        if errors.is_empty() { Ok(Return { corrections, remark, until, by, at: now }) } else { Err(errors) }
    }
}
