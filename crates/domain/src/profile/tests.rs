//! Profiles are checked whole, and written by their own people.

use super::draft::{Context, DISCIPLINES_MOST};
use super::rules::{is_profiled, may_change};
use super::{ProfileDraft, Refusal, STRENGTHS_MOST, discipline};
use crate::kernel::{AccountId, Actor, FieldProblem, OrgId, PolicyId, Role};
use crate::need::Stage;
use crate::need::tests::policy;
use crate::org::{Directory, OrgDraft, OrgKind, Organisation};
use crate::policy::forms::Form;
use uuid::Uuid;

const POLICY: PolicyId = PolicyId(Uuid::from_u128(7));

fn draft() -> ProfileDraft {
    ProfileDraft {
        disciplines: vec!["学前教育学".into(), "76015".into(), "880.47".into()],
        measures: vec![10, 6, 6],
        forms: vec![Form::TroupeGuidance, Form::TeacherTraining],
        stages: vec![Stage::Primary, Stage::Preschool],
        strengths: " 幼儿园教师培训。 ".into(),
    }
}

#[test]
fn what_holds_comes_into_its_order() {
    let content = policy();
    let checked = draft().check(Context { policy: POLICY, content: &content }).unwrap();
    assert_eq!(checked.disciplines, ["760.15", "880.47"]);
    assert_eq!((checked.measures, checked.policy), (vec![6, 10], POLICY));
    assert_eq!(checked.forms, [Form::TeacherTraining, Form::TroupeGuidance]);
    assert_eq!(checked.stages, [Stage::Preschool, Stage::Primary]);
    assert_eq!(checked.strengths, "幼儿园教师培训。");
}

#[test]
fn every_field_that_does_not_hold_is_told_at_once() {
    let content = policy();
    let check = |change: &dyn Fn(&mut ProfileDraft), expected: &[&str]| {
        let mut typed = draft();
        change(&mut typed);
        let errors = typed.check(Context { policy: POLICY, content: &content }).unwrap_err();
        let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, expected);
    };
    check(&|it| *it = ProfileDraft::default(), &["disciplines", "measures", "stages", "strengths"]);
    check(&|it| it.disciplines[1] = "教育".into(), &["disciplines[1]"]);
    check(&|it| it.measures = vec![6, 11], &["measures[1]"]);
    check(
        &|it| it.forms = vec![Form::TeacherTraining, Form::Pairing, Form::Other],
        &["forms[1]", "forms[2]"],
    );
    check(&|it| it.strengths = "字".repeat(STRENGTHS_MOST + 1), &["strengths"]);
    let many = discipline::all().take(DISCIPLINES_MOST + 1).map(|it| it.code.to_owned());
    let many: Vec<String> = many.collect();
    check(&|it| it.disciplines.clone_from(&many), &["disciplines"]);
}

#[test]
fn a_discipline_that_is_none_says_what_may_be_meant() {
    let content = policy();
    let typed = ProfileDraft { disciplines: vec!["特殊教育".into()], ..draft() };
    let errors = typed.check(Context { policy: POLICY, content: &content }).unwrap_err();
    let nearest = vec!["特殊教育学".to_owned()];
    assert_eq!(errors[0].problem, FieldProblem::Unknown { got: "特殊教育".into(), nearest });
}

#[test]
fn its_own_people_and_administrators_write_it() {
    let draft = OrgDraft {
        slug: "one".into(),
        kind: Some(OrgKind::District),
        name: "单位".into(),
        ..OrgDraft::default()
    };
    let nobody = Directory { orgs: Vec::new(), groups: Vec::new() };
    let own = OrgId(Uuid::from_u128(1));
    let checked = draft.check(&nobody, None).unwrap();
    let org = Organisation { id: own, kind: OrgKind::University, ..checked };
    assert!(is_profiled(&org) && !is_profiled(&Organisation { kind: OrgKind::School, ..org.clone() }));
    let person = |org: u128, role| Actor::person(AccountId(Uuid::nil()), OrgId(Uuid::from_u128(org)), [role]);
    for role in Role::ALL {
        let is_admin = role == Role::SystemAdmin;
        let check = |of: u128, expected: bool| {
            let expected = if expected { Ok(()) } else { Err(Refusal::NotItsPeople) };
            assert_eq!(may_change(&person(of, role), &org), expected, "{role:?} of {of}");
        };
        check(1, is_admin || role == Role::University);
        check(2, is_admin);
    }
    assert_eq!(may_change(&Actor::Visitor, &org), Err(Refusal::NotItsPeople));
}
