//! What a draft shows of each condition; what is brought along never counts against it.

use super::{Finding, found};
use crate::application::draft::DeliverableDraft;
use crate::application::{ApplicationDraft, LineDraft, Section, Source};
use crate::cycle::eligibility::Check;
use crate::kernel::Fen;
use crate::org::OrgKind;
use crate::policy::forms::Form;
use proptest::prelude::*;

fn promising(forms: &[Form]) -> ApplicationDraft {
    let row = |form: &Form| DeliverableDraft { form: Some(*form), ..DeliverableDraft::default() };
    ApplicationDraft { deliverables: forms.iter().map(row).collect(), ..ApplicationDraft::default() }
}

fn budgeted(lines: &[(Source, i64)]) -> ApplicationDraft {
    let line = |(source, yuan): &(Source, i64)| LineDraft {
        source: Some(*source),
        amount: yuan.to_string(),
        ..LineDraft::default()
    };
    ApplicationDraft { lines: lines.iter().map(line).collect(), ..ApplicationDraft::default() }
}

#[test]
fn forms_say_whether_it_serves_schools() {
    let check = |forms: &[Form], finding| {
        assert_eq!(found(Some(Check::ServesSchools), &promising(forms), OrgKind::School), finding);
    };
    let undone = Finding::NotMet { section: Section::Schedule };
    check(&[], undone);
    check(&[Form::Survey], undone);
    check(&[Form::Survey, Form::InterestSurvey], undone);
    check(&[Form::Survey, Form::Other], Finding::ByHand);
    check(&[Form::Survey, Form::Other, Form::StudioGuidance], Finding::Met);
}

#[test]
fn results_land_with_the_unit_of_the_need() {
    let check = |forms: &[Form], unit, finding| {
        assert_eq!(found(Some(Check::Lands), &promising(forms), unit), finding);
    };
    check(&[], OrgKind::School, Finding::NotMet { section: Section::Schedule });
    check(&[Form::Lecture], OrgKind::School, Finding::Met);
    check(&[Form::Lecture], OrgKind::MunicipalSchool, Finding::Met);
    check(&[Form::Lecture], OrgKind::District, Finding::Met);
    check(&[Form::Lecture], OrgKind::University, Finding::ByHand);
}

#[test]
fn what_is_declared_is_still_checked_by_hand() {
    let undeclared = ApplicationDraft::default();
    let declared = ApplicationDraft { unsupported: true, ..ApplicationDraft::default() };
    let check = |draft, finding| {
        assert_eq!(found(Some(Check::Unsupported), draft, OrgKind::School), finding);
    };
    check(&undeclared, Finding::NotMet { section: Section::Team });
    check(&declared, Finding::Declared);
    assert_eq!(found(None, &declared, OrgKind::School), Finding::ByHand);
}

#[test]
fn funds_brought_along_count_with_their_share() {
    let check = |lines: &[(Source, i64)], finding| {
        assert_eq!(found(Some(Check::OwnFunds), &budgeted(lines), OrgKind::School), finding);
    };
    let favour = |yuan, percent| Finding::InFavour { amount: Fen::yuan(yuan), percent };
    check(&[], Finding::NotInFavour);
    check(&[(Source::Programme, 65_000)], Finding::NotInFavour);
    check(&[(Source::Programme, 65_000), (Source::Own, 20_000)], favour(20_000, 23));
    check(&[(Source::Programme, 50), (Source::Own, 25), (Source::Partner, 25)], favour(50, 50));
    check(&[(Source::Partner, 1)], favour(1, 100));
}

proptest! {
    /// Whatever the budget says, own funds are never a fault, and their share is one of the whole.
    #[test]
    fn own_funds_are_never_held_against_it(
        lines in proptest::collection::vec((0..3_usize, 1..=10_000_000_i64), 0..12),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(at, yuan)| (Source::ALL[at], yuan)).collect();
        let brings = lines.iter().any(|(source, _)| *source != Source::Programme);
        match found(Some(Check::OwnFunds), &budgeted(&lines), OrgKind::School) {
            Finding::InFavour { amount, percent } => {
                prop_assert!(brings && amount > Fen::ZERO && percent <= 100);
            }
            finding => prop_assert!(!brings && finding == Finding::NotInFavour),
        }
    }
}
