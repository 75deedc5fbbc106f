//! 参加条件 of a cycle, held against what an application says. It advises: what it finds bars nothing.

use super::{ApplicationDraft, Section, sums};
use crate::cycle::eligibility::Check;
use crate::kernel::Fen;
use crate::org::OrgKind;
use crate::policy::forms::Form;
use serde::{Deserialize, Serialize};

/// What an application shows of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EligibilityFinding))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// 符合.
    Met,
    /// 不符合: mended in `section`.
    NotMet { section: Section },
    /// 已声明: what is declared is checked by hand.
    Declared,
    /// 优先: so much is brought along, as a share of the whole budget.
    InFavour { amount: Fen, percent: u8 },
    /// Nothing that counts in favour; nothing against it either.
    NotInFavour,
    /// 人工审核.
    ByHand,
}

/// What `draft`, which answers a need of a unit of kind `unit`, shows of a condition with this check.
#[must_use]
pub fn found(check: Option<Check>, draft: &ApplicationDraft, unit: OrgKind) -> Finding {
    match check {
        None => Finding::ByHand,
        Some(Check::Lands) => lands(draft, unit),
        Some(Check::ServesSchools) => serves_schools(draft),
        Some(Check::Unsupported) if draft.unsupported => Finding::Declared,
        Some(Check::Unsupported) => Finding::NotMet { section: Section::Team },
        Some(Check::OwnFunds) => own_funds(draft),
    }
}

/// Deliverables name no place of their own: they land with the unit whose need is answered. The register's schools and
/// district bureaus are the city's.
fn lands(draft: &ApplicationDraft, unit: OrgKind) -> Finding {
    let is_of_the_city = matches!(unit, OrgKind::School | OrgKind::MunicipalSchool | OrgKind::District);
    if !draft.deliverables.iter().any(|it| it.form.is_some()) {
        Finding::NotMet { section: Section::Schedule }
    } else if is_of_the_city {
        Finding::Met
    } else {
        Finding::ByHand
    }
}

/// A survey alone serves nobody yet; what 其他 means a person reads.
fn serves_schools(draft: &ApplicationDraft) -> Finding {
    let mut forms = draft.deliverables.iter().filter_map(|it| it.form);
    let is_other = draft.deliverables.iter().any(|it| it.form == Some(Form::Other));
    if forms.any(|form| !matches!(form, Form::Survey | Form::InterestSurvey | Form::Other)) {
        Finding::Met
    } else if is_other {
        Finding::ByHand
    } else {
        Finding::NotMet { section: Section::Schedule }
    }
}

fn own_funds(draft: &ApplicationDraft) -> Finding {
    let sums = sums(&draft.lines);
    if sums.matched == Fen::ZERO {
        return Finding::NotInFavour;
    }
    let whole = i128::from(sums.asked.0).saturating_add(i128::from(sums.matched.0));
    let percent = i128::from(sums.matched.0).saturating_mul(100).checked_div(whole).unwrap_or_default();
    Finding::InFavour { amount: sums.matched, percent: u8::try_from(percent).unwrap_or(100) }
}

#[cfg(test)]
mod tests;
