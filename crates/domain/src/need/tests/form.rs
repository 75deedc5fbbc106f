//! How far a page of the form has come.

use super::{DISTRICT, check, draft, need};
use crate::kernel::FieldError;
use crate::kernel::Progress;
use crate::need::form::{Written, progress};
use crate::need::{Field, NeedDraft, Section, State};
use crate::org::Directory;

#[test]
fn a_section_is_done_once_what_was_to_correct_says_something_else() {
    let returned = need(State::ReturnedByDistrict, Some(DISTRICT));
    let corrections = returned.returned.as_ref().map(|it| it.corrections.as_slice());
    let stands = |section, draft: &NeedDraft, errors: &[FieldError], corrections| {
        let submitted = returned.content.as_ref();
        let written = Written { draft, attachments: &[], submitted, directory: &Directory::default() };
        progress(section, &written, errors, corrections)
    };
    assert_eq!(stands(Section::Purpose, &draft(), &[], corrections), Progress::ToCorrect);
    assert_eq!(stands(Section::Money, &draft(), &[], corrections), Progress::Closed);
    let mut typed = draft();
    // Another field of the same page is not what was asked for, nor is a space.
    typed.background = "有两名。".into();
    typed.goals.push(' ');
    assert_eq!(stands(Section::Purpose, &typed, &[], corrections), Progress::ToCorrect);
    typed.goals = "一年内建成。".into();
    assert_eq!(stands(Section::Purpose, &typed, &[], corrections), Progress::Done);
    let broken = [FieldError::required("background")];
    assert_eq!(stands(Section::Purpose, &typed, &broken, corrections), Progress::ToCorrect);
    assert_eq!(stands(Section::Money, &NeedDraft::default(), &[], None), Progress::NotStarted);
    assert_eq!(stands(Section::Money, &draft(), &[], None), Progress::Done);
}

#[test]
fn what_was_submitted_is_not_changed_however_it_was_typed() {
    let typed = draft();
    let was = check(&typed).unwrap();
    let changed = |draft: &NeedDraft| -> Vec<Field> {
        let directory = Directory::default();
        let written = Written { draft, attachments: &[], submitted: Some(&was), directory: &directory };
        Field::ALL.into_iter().filter(|field| written.is_changed(*field)).collect()
    };
    assert_eq!(changed(&typed), []);
    let otherwise = NeedDraft { budget: "85,000.00".into(), period: " 一个学年".into(), ..draft() };
    assert_eq!(changed(&otherwise), []);
    let every = [
        Field::Title,
        Field::Measures,
        Field::Forms,
        Field::Stages,
        Field::Students,
        Field::Teachers,
        Field::Background,
        Field::Goals,
        Field::Benefit,
        Field::Indicators,
        Field::Budget,
        Field::Own,
        Field::Period,
        Field::Contact,
    ];
    assert_eq!(changed(&NeedDraft::default()), every);
}
