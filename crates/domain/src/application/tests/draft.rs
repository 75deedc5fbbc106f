//! What is typed: totals and lines, indicators of the need, the sealed page, what a return opens.

use super::super::draft::{Context, Filed, beyond, open_sections};
use super::super::form::progress;
use super::super::team::{self, Awaited, AwaitedDraft, MemberDraft, Team};
use super::super::version::{differences, hash, receipt};
use super::super::{
    Application, ApplicationDraft, Content, Duty, Field, Member, Name, Section, Source, State, sums,
};
use super::{
    COLLEAGUE, LEADER, UNIVERSITY, WRITER, application, checked, day, draft, need, person, policy, sealed,
};
use crate::kernel::Progress;
use crate::kernel::{AccountId, Fen, FieldError, FieldProblem, Role};
use crate::policy::forms::Form;
use proptest::prelude::*;
use uuid::Uuid;

fn errors(draft: &ApplicationDraft, files: &[Filed]) -> Vec<FieldError> {
    let (policy, need) = (policy(), need());
    let implementing = Some((day("2026-09-01"), day("2027-08-31")));
    draft.check(Context { policy: &policy, need: &need, implementing, files }).err().unwrap_or_default()
}

/// The paths that do not hold after `change`, with the page sealed anew.
fn check(change: impl FnOnce(&mut ApplicationDraft), expected: &[&str]) {
    let mut draft = draft();
    change(&mut draft);
    let found = errors(&draft, &[sealed(&draft)]);
    let paths: Vec<&str> = found.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, expected);
}

#[test]
fn what_does_not_hold_is_named() {
    check(|_| {}, &[]);
    check(|it| it.title.clear(), &["title"]);
    check(|it| it.person_phone = "不详".into(), &["person_phone"]);
    check(|it| it.unsupported = false, &["unsupported"]);
    check(|it| it.deliverables.clear(), &["deliverables"]);
    check(|it| it.deliverables[0].form = Some(Form::OpenDay), &["deliverables[0].form"]);
    check(|it| it.deliverables[0].form = Some(Form::Other), &["deliverables[0].other"]);
    check(|it| it.deliverables[0].form = Some(Form::Counselling), &[]);
    check(|it| it.deliverables[0].count = "0".into(), &["deliverables[0].count"]);
    check(|it| it.milestones[0].due = "2026-08-31".into(), &["milestones[0].due"]);
    check(|it| it.milestones[0].due = "2027-09-01".into(), &["milestones[0].due"]);
    check(|it| it.milestones[0].due = "明年".into(), &["milestones[0].due"]);
    check(|it| drop(it.promises.pop()), &["promises"]);
    check(|it| it.promises[1].indicator = "面谈率".into(), &["promises[1].indicator", "promises"]);
    check(|it| it.promises[0].target = "全部".into(), &["promises[0].target"]);
    check(|it| it.lines[0].note = "长".repeat(101), &["lines[0].note"]);
}

#[test]
fn budgets_add_up_and_say_where_not() {
    let mut short = draft();
    short.asked = "67000".into();
    let found = errors(&short, &[sealed(&short)]);
    let problem = FieldProblem::NotTheLines { total: Fen::yuan(67_000), lines: Fen::yuan(65_000) };
    assert_eq!(found, [FieldError::new("asked", problem)]);
    check(|it| it.matched.clear(), &["matched"]);
    check(|it| it.lines[2].source = Some(Source::Programme), &["asked", "matched"]);
    // A line that cannot be read is told once, and not as a wrong sum too.
    check(|it| it.lines[0].amount = "四万五".into(), &["lines[0].amount"]);
    check(|it| it.lines[0].amount = "0".into(), &["lines[0].amount", "asked"]);
    check(|it| it.lines.clear(), &["lines"]);
}

#[test]
fn a_change_voids_the_sealed_page() {
    let first = draft();
    let page = sealed(&first);
    assert_eq!(errors(&first, &[]), [FieldError::required("sealed_page")]);
    let mut changed = first.clone();
    changed.risk.push('。');
    assert_eq!(errors(&changed, &[page]), [FieldError::new("sealed_page", FieldProblem::Voided)]);
    assert_eq!(first.code().chars().count(), 12);
}

#[test]
fn nobody_writes_beyond_their_part_or_a_return() {
    let (leader, writer) =
        (person(LEADER, UNIVERSITY, Role::University), person(WRITER, UNIVERSITY, Role::University));
    let colleague = person(COLLEAGUE, UNIVERSITY, Role::University);
    let mut changed = draft();
    changed.work_plan.push('。');
    changed.benefit.push('。');
    let check = |who, state, errors: &[FieldError], expected: &[&str]| {
        let found = beyond(who, &application(state), &changed, errors);
        let paths: Vec<&str> = found.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, expected, "{who:?} {state:?}");
    };
    check(&leader, State::Draft, &[], &[]);
    check(&writer, State::Draft, &[], &["benefit"]);
    check(&colleague, State::Draft, &[], &["work_plan", "benefit"]);
    check(&leader, State::ReturnedForCorrection, &[], &["benefit"]);
    // What does not hold can be mended, but only by who writes there.
    let broken = [FieldError::required("benefit")];
    check(&leader, State::ReturnedForCorrection, &broken, &[]);
    check(&writer, State::ReturnedForCorrection, &broken, &["benefit"]);
    let returned = application(State::ReturnedForCorrection);
    assert_eq!(open_sections(&leader, &returned, &[]), [Section::Plan]);
    let voided = [FieldError::new("sealed_page", FieldProblem::Voided)];
    assert_eq!(open_sections(&leader, &returned, &voided), [Section::Plan, Section::Files]);
}

#[test]
fn sections_say_how_far_they_have_come() {
    let blank = ApplicationDraft::answering(&need());
    let missing = errors(&blank, &[]);
    assert_eq!(progress(Section::Plan, &blank, false, &missing, None), Progress::NotStarted);
    assert_eq!(progress(Section::Benefit, &blank, false, &missing, None), Progress::NotStarted);
    let mut begun = blank.clone();
    begun.promises[0].target = "60".into();
    assert_eq!(progress(Section::Benefit, &begun, false, &missing, None), Progress::Started);
    assert_eq!(progress(Section::Plan, &draft(), true, &[], None), Progress::Done);
    let returned = application(State::ReturnedForCorrection);
    let named = returned.returned.unwrap().corrections;
    let after = |changed: &[Field], section| progress(section, &draft(), true, &[], Some((&named, changed)));
    assert_eq!(after(&[], Section::Plan), Progress::ToCorrect);
    assert_eq!(after(&[Field::Risk], Section::Plan), Progress::Done);
    assert_eq!(after(&[], Section::Budget), Progress::Closed);
}

#[test]
fn every_field_has_one_place() {
    for field in Field::ALL {
        assert_eq!(Field::of_path(field.path()), Some(field), "{field:?}");
        assert!(field.section().fields().any(|it| it == field));
    }
    for section in Section::ALL {
        assert_eq!(Section::named(section.name()), Some(section));
        assert!(section.fields().next().is_some(), "{section:?} is empty");
    }
}

#[test]
fn versions_differ_field_by_field() {
    let first = checked(&draft());
    let check = |change: &dyn Fn(&mut Content), expected: &[Field]| {
        let mut second = first.clone();
        change(&mut second);
        assert_eq!(differences(&first, &second), expected);
        assert_eq!(hash(&first) == hash(&second), expected.is_empty());
    };
    check(&|_| {}, &[]);
    check(&|it| it.title_en = "Support".into(), &[Field::Title]);
    check(&|it| it.matched = Fen::yuan(1), &[Field::Budget]);
    check(&|it| it.sealed_page.name = "b.pdf".into(), &[Field::SealedPage]);
    check(
        &|it| {
            it.milestones.clear();
            it.person.title = "副教授".into();
        },
        &[Field::Person, Field::Milestones],
    );
    assert!(first.milestones.is_sorted_by_key(|it| it.due));
}

#[test]
fn a_team_has_one_lead_and_known_people() {
    let known = |login: &str| match login {
        "li" => Some(LEADER),
        "wang" => Some(WRITER),
        _ => None,
    };
    let row = |login: &str, duty, sections: &[Section]| MemberDraft {
        login: login.into(),
        duty,
        sections: sections.to_vec(),
    };
    let check = |rows: &[MemberDraft], expected: &[&str]| {
        let found = team::check(rows, known).err().unwrap_or_default();
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), expected);
    };
    check(&[row("li", Duty::Lead, &[]), row("wang", Duty::Member, &[Section::Plan])], &[]);
    check(&[row("li", Duty::Lead, &[]), row("wang", Duty::Member, &[])], &["members[1].sections"]);
    check(&[row("li", Duty::Lead, &[]), row("wang", Duty::Lead, &[])], &["members"]);
    check(&[row("li", Duty::Signatory, &[])], &["members"]);
    check(&[row("li", Duty::Lead, &[]), row("nobody", Duty::Signatory, &[])], &["members[1].login"]);
    check(&[row("li", Duty::Lead, &[]), row("li", Duty::Signatory, &[])], &["members[1].login"]);
}

#[test]
fn names_are_read_as_written() {
    let check = |text: &str, shown: Option<&str>| {
        assert_eq!(Name::parse(text).map(|name| name.to_string()).as_deref(), shown, "{text}");
    };
    check("A2026-0031", Some("A2026-0031"));
    check(" a2026-31 ", Some("A2026-0031"));
    check("A2026-R1-0002", Some("A2026-R1-0002"));
    check("draft-00000000-0000-0000-0000-000000000046", Some("draft-00000000-0000-0000-0000-000000000046"));
    for wrong in ["N2026-0031", "A2026", "A-0031", "A2026-", "A2026-x", "draft-1", ""] {
        check(wrong, None);
    }
}

proptest! {
    /// Whatever is typed as amounts: the totals hold exactly where they are the sums of their lines.
    #[test]
    fn totals_hold_exactly_where_lines_add_up(
        lines in proptest::collection::vec((1..=10_000_000_i64, 0..3_usize), 1..12),
        off in prop_oneof![Just(0_i64), -3..=3_i64],
    ) {
        let mut it = draft();
        let source = |at: usize| Source::ALL.get(at).copied();
        it.lines = lines
            .iter()
            .map(|(fen, at)| super::LineDraft {
                category: Some(super::Category::Travel),
                source: source(*at),
                amount: Fen(*fen).to_string(),
                note: String::new(),
            })
            .collect();
        let sums = sums(&it.lines);
        prop_assert_eq!(sums.asked.0 + sums.matched.0, lines.iter().map(|(fen, _)| fen).sum::<i64>());
        it.asked = Fen((sums.asked.0 + off).max(0)).to_string();
        it.matched = sums.matched.to_string();
        let holds = errors(&it, &[sealed(&it)]).is_empty();
        prop_assert_eq!(holds, (sums.asked.0 + off).max(0) == sums.asked.0);
    }

    /// Receipts are written in signs that are not mistaken for each other.
    #[test]
    fn receipts_read_well(random in any::<[u8; 12]>()) {
        let code = receipt(random);
        prop_assert_eq!(code.len(), 14);
        prop_assert!(code.split('-').all(|part| part.len() == 4));
        prop_assert!(!code.contains(['I', 'L', 'O', 'U']));
    }
}

#[test]
fn who_has_no_account_is_awaited_under_an_address() {
    let row = |mail: &str, duty, sections: &[Section]| AwaitedDraft {
        name: "周远".into(),
        mail: mail.into(),
        duty,
        sections: sections.to_vec(),
    };
    let check = |rows: &[AwaitedDraft], expected: &[&str]| {
        let found = team::check_awaited(rows, 19).err().unwrap_or_default();
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), expected);
    };
    check(&[row("Zhou@uni.example", Duty::Member, &[Section::Plan])], &[]);
    check(&[row("zhou@uni.example", Duty::Member, &[])], &["awaited[0].sections"]);
    // Who cannot come in does not lead.
    check(&[row("zhou@uni.example", Duty::Lead, &[])], &["awaited[0].duty"]);
    check(&[row("zhou", Duty::Signatory, &[])], &["awaited[0].mail"]);
    check(&[row("", Duty::Signatory, &[])], &["awaited[0].mail"]);
    let nameless = AwaitedDraft { name: " ".into(), ..row("zhou@uni.example", Duty::Signatory, &[]) };
    check(&[nameless], &["awaited[0].name"]);
    let twice =
        [row("zhou@uni.example", Duty::Signatory, &[]), row("ZHOU@uni.example", Duty::Signatory, &[])];
    check(&twice, &["awaited[1].mail", "awaited"]);
}

#[test]
fn who_has_no_account_comes_and_goes_alone() {
    let one = |mail: &str| Awaited {
        name: "周远".into(),
        mail: mail.into(),
        duty: Duty::Signatory,
        sections: vec![],
    };
    let (zhou, li, wang) = (one("zhou@uni.example"), one("li@uni.example"), one("wang@uni.example"));
    let check = |before: &[Awaited], after: &[Awaited], holds: bool| {
        assert_eq!(team::one_at_a_time(before, after).is_ok(), holds, "{before:?} {after:?}");
    };
    check(&[], std::slice::from_ref(&zhou), true);
    check(&[zhou.clone(), li.clone()], &[li.clone(), zhou.clone()], true);
    check(&[zhou.clone(), li.clone()], std::slice::from_ref(&li), true);
    check(&[], &[zhou.clone(), li.clone()], false);
    check(std::slice::from_ref(&zhou), std::slice::from_ref(&li), false);
    check(&[zhou.clone(), li], &[zhou, wang], false);
}

#[test]
fn who_is_awaited_comes_in_under_their_address() {
    let zhou = Awaited {
        name: "周远".into(),
        mail: "zhou@uni.example".into(),
        duty: Duty::Member,
        sections: vec![Section::Plan],
    };
    let came = AccountId(Uuid::from_u128(77));
    let lead = Member { account: LEADER, duty: Duty::Lead, sections: vec![] };
    let team = Team { members: vec![lead], awaited: vec![zhou.clone()] };
    let held = |accounts: &[(AccountId, &str)]| {
        let held: Vec<_> = accounts.iter().map(|(account, mail)| (*account, (*mail).to_owned())).collect();
        team::settle(team.clone(), &held)
    };
    assert_eq!(held(&[]), Ok(team.clone()));
    let settled = held(&[(came, "Zhou@Uni.example")]).unwrap();
    assert_eq!(settled.awaited, []);
    assert_eq!(
        settled.members[1],
        Member { account: came, duty: Duty::Member, sections: vec![Section::Plan] }
    );
    let found = held(&[(LEADER, "zhou@uni.example")]).unwrap_err();
    assert_eq!(found[0].path, "awaited[0].mail");
    // Nobody is let in by chance: of two accounts under one address nobody knows which is meant.
    assert!(held(&[(came, "zhou@uni.example"), (WRITER, "zhou@uni.example")]).is_err());

    let application = Application { awaited: vec![zhou], ..application(State::Draft) };
    assert_eq!(team::joined(&application, came, "other@uni.example"), None);
    let after = team::joined(&application, came, "zhou@uni.example").unwrap();
    assert!(after.awaited.is_empty() && after.version == application.version.next());
    assert_eq!(after.members.last().map(|it| (it.account, it.duty)), Some((came, Duty::Member)));
    // Who has a part by their login keeps that one.
    let after = team::joined(&application, WRITER, "zhou@uni.example").unwrap();
    assert_eq!((after.members, after.awaited), (application.members.clone(), vec![]));
}
