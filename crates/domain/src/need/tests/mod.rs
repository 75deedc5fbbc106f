//! Drafts are checked whole, needs move by relation and by the clock, everyone sees their part.

mod carry;
mod district;
mod filing;
mod form;
mod opinion;
mod verdict;

use super::draft::{Context, ReturnDraft, beyond_return};
use super::form::is_open;
use super::rules::{Facts, Measures, Scope, decide, holds, offers, scope, sees_phone, turn, visible};
use super::{
    Action, Correction, Field, IndicatorDraft, Name, Need, NeedDraft, Number, Refusal, Return, Section,
    Stage, State,
};
use crate::cycle::{Clock, Collecting, CycleYear, Phase};
use crate::kernel::{AccountId, Actor, CycleId, FieldError, Instant, NeedId, OrgId, Role, Version};
use crate::org::{Directory, OrgKind};
use crate::policy::forms::Form;
use crate::policy::{Content as PolicyContent, Measure, Section as PolicySection};
use crate::sign_off::Gate;
use proptest::prelude::*;
use uuid::Uuid;

const SCHOOL: OrgId = OrgId(Uuid::from_u128(20));
const DISTRICT: OrgId = OrgId(Uuid::from_u128(21));
const OTHER: OrgId = OrgId(Uuid::from_u128(22));
const SOMEONE: AccountId = AccountId(Uuid::from_u128(1));

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A document of twelve measures.
pub(crate) fn policy() -> PolicyContent {
    let measure = |seq: u32| Measure {
        seq,
        number: Some(seq),
        title: format!("措施{seq}"),
        text: String::new(),
        units: vec![],
    };
    PolicyContent {
        title: "十二条措施".into(),
        doc_number: Some("济教发〔2023〕24号".into()),
        issuer: "济南市教育局".into(),
        issue_date: "2023-12-26".parse().unwrap(),
        recipients: vec![],
        copies: vec![],
        openness: None,
        effective_from: "2023-12-26".parse().unwrap(),
        last_day: None,
        trial: true,
        preamble: String::new(),
        sections: vec![PolicySection {
            number: Some(1),
            title: String::new(),
            measures: (1..=12).map(measure).collect(),
        }],
    }
}

fn draft() -> NeedDraft {
    NeedDraft {
        title: "心理健康工作室共建".into(),
        measures: vec![4],
        forms: vec![Form::StudioGuidance],
        stages: vec![Stage::JuniorHigh],
        students: "1320".into(),
        teachers: "34".into(),
        background: "只有一名专职教师。".into(),
        goals: "建成工作室。".into(),
        benefit: "两周内都能面谈。".into(),
        indicators: vec![IndicatorDraft {
            name: "面谈率".into(),
            unit: "%".into(),
            baseline: "48".into(),
            target: "100%".into(),
        }],
        budget: "85000".into(),
        own: "20000".into(),
        period: "一个学年".into(),
        contact_name: "王海峰".into(),
        contact_phone: "0531-00000001".into(),
        ..NeedDraft::default()
    }
}

fn check(draft: &NeedDraft) -> Result<super::Content, Vec<String>> {
    let (policy, directory) = (policy(), Directory::default());
    draft
        .check(Context { policy: &policy, directory: &directory })
        .map_err(|errors| errors.into_iter().map(|error| error.path).collect())
}

fn need(state: State, district: Option<OrgId>) -> Need {
    let sent = !matches!(state, State::Draft);
    let came = if district.is_none() || matches!(state, State::Forwarded | State::Returned | State::Screening)
    {
        sent
    } else {
        false
    };
    let now = at("2026-03-01T00:00:00Z");
    let from = if state == State::ReturnedByDistrict { State::Submitted } else { State::Forwarded };
    Need {
        id: NeedId(Uuid::from_u128(7)),
        cycle: CycleId(Uuid::from_u128(5)),
        year: CycleYear::of(2026),
        seq: sent.then_some(137),
        unit: SCHOOL,
        district,
        unit_kind: if district.is_some() { OrgKind::School } else { OrgKind::MunicipalSchool },
        state,
        draft: draft(),
        content: sent.then(|| check(&draft()).unwrap()),
        returned: state.is_returned().then(|| Return {
            from,
            corrections: vec![Correction { field: Field::Goals, remark: "落到可检验的范围".into() }],
            remark: String::new(),
            until: at("2026-03-25T09:00:01Z"),
            by: SOMEONE,
            at: now,
        }),
        author: SOMEONE,
        changed_at: now,
        submitted_at: sent.then_some(now),
        forwarded_at: came.then_some(now),
        carried_from: None,
        version: Version::FIRST,
    }
}

fn facts(phase: Phase) -> Facts {
    Facts {
        phase,
        collecting: Collecting {
            opens: at("2026-02-24T01:00:00Z"),
            units_end: at("2026-03-20T09:00:01Z"),
            districts_end: at("2026-03-27T09:00:01Z"),
        },
        screening_end: at("2026-04-10T16:00:00Z"),
        clock: Clock::default(),
        open_fields: 0,
        school_full: None,
        district_full: None,
        verdict: None,
        origins: 0,
        published: false,
        gate: Gate::Open,
        onward: crate::need::Onward::Nowhere,
    }
}

fn school() -> Actor {
    Actor::person(SOMEONE, SCHOOL, [Role::NeedUnit])
}

fn district() -> Actor {
    Actor::person(SOMEONE, DISTRICT, [Role::DistrictBureau, Role::ResponsibleOffice])
}

fn lead() -> Actor {
    Actor::person(SOMEONE, OTHER, [Role::LeadOffice])
}

#[test]
fn names_are_read_as_typed() {
    let number = Name::Number(Number { year: CycleYear::of(2026), seq: 137 });
    for text in ["N2026-0137", "n2026-137", " N2026-0137 "] {
        assert_eq!(Name::parse(text), Some(number), "{text}");
    }
    assert_eq!(number.to_string(), "N2026-0137");
    let rehearsed = Name::parse("n2026r1-137").unwrap();
    assert_eq!(rehearsed.to_string(), "N2026R1-0137");
    let draft = Name::Draft(NeedId(Uuid::from_u128(7)));
    assert_eq!(Name::parse(&draft.to_string()), Some(draft));
    for wrong in ["", "N", "N2026", "N2026-", "N-1", "A2026-0137", "draft-x", "N2026-0137-1", "N+26-1"] {
        assert_eq!(Name::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_whole_draft_holds_and_an_empty_one_says_what_is_missing() {
    let content = check(&draft()).unwrap();
    assert_eq!(
        (content.indicators[0].target.as_str(), content.budget.to_string()),
        ("100", "85,000.00".into())
    );
    let missing = check(&NeedDraft::default()).unwrap_err();
    let expected = [
        "title",
        "measures",
        "forms",
        "stages",
        "students",
        "teachers",
        "background",
        "goals",
        "benefit",
        "indicators",
        "budget",
        "period",
        "contact_name",
        "contact_phone",
    ];
    assert_eq!(missing, expected);
}

#[test]
fn fields_fit_each_other() {
    let check_one = |change: fn(&mut NeedDraft), path: &str| {
        let mut draft = draft();
        change(&mut draft);
        assert_eq!(check(&draft).unwrap_err(), [path]);
    };
    check_one(|it| it.own = "85000.01".into(), "own");
    check_one(|it| it.forms = vec![Form::StudioGuidance, Form::GuidanceCourse], "forms[1]");
    check_one(|it| it.measures = vec![4, 11], "measures[1]");
    check_one(|it| it.measures = vec![4, 4], "measures[1]");
    check_one(|it| it.forms.push(Form::Other), "other_form");
    check_one(|it| it.indicators[0].target = "48.0".into(), "indicators[0].target");
    check_one(|it| it.indicators[0].baseline = "大约一半".into(), "indicators[0].baseline");
    check_one(|it| (it.students, it.teachers) = ("0".into(), "0".into()), "students");
    check_one(|it| it.contact_phone = "内线十二".into(), "contact_phone");
    check_one(|it| it.university = "nowhere".into(), "university");
}

#[test]
fn a_schools_need_passes_its_district() {
    let check = |need: &Need, actor: &Actor, action: Action, expected: Result<State, Refusal>| {
        let now = at("2026-03-10T00:00:00Z");
        let found = decide(actor, need, &facts(Phase::CollectingNeeds), action, now);
        assert_eq!(found, expected, "{action:?}");
    };
    let of = |state| need(state, Some(DISTRICT));
    check(&of(State::Draft), &school(), Action::Submit, Ok(State::Submitted));
    check(&of(State::Submitted), &district(), Action::Forward, Ok(State::Forwarded));
    check(&of(State::Submitted), &district(), Action::Return, Ok(State::ReturnedByDistrict));
    check(&of(State::ReturnedByDistrict), &school(), Action::Submit, Ok(State::Submitted));
    check(&of(State::Forwarded), &lead(), Action::Return, Ok(State::Returned));
    check(&of(State::Returned), &school(), Action::Submit, Ok(State::Forwarded));
    check(&of(State::Submitted), &school(), Action::Forward, Err(Refusal::NotYours));
    check(&of(State::Forwarded), &district(), Action::Return, Err(Refusal::NotYours));
    check(&of(State::Submitted), &lead(), Action::Return, Err(Refusal::NotYours));
    let direct = need(State::Draft, None);
    check(&direct, &school(), Action::Submit, Ok(State::Forwarded));
    check(&direct, &district(), Action::Submit, Err(Refusal::NotYours));
}

#[test]
fn ends_are_kept_to_the_microsecond() {
    let now = |text: &str| at(text);
    let submit = |need: &Need, at: Instant| {
        decide(&school(), need, &facts(Phase::CollectingNeeds), Action::Submit, at)
    };
    let draft = need(State::Draft, Some(DISTRICT));
    let closed = facts(Phase::CollectingNeeds).collecting.units_end;
    assert_eq!(submit(&draft, now("2026-03-20T09:00:00.999999Z")), Ok(State::Submitted));
    assert_eq!(submit(&draft, closed), Err(Refusal::Ended { closed }));
    let opens = facts(Phase::CollectingNeeds).collecting.opens;
    assert_eq!(submit(&draft, now("2026-02-24T00:59:59.999Z")), Err(Refusal::NotOpenYet { opens }));
    // What was returned may come back after the units' end, until the day of the return.
    let returned = need(State::ReturnedByDistrict, Some(DISTRICT));
    let until = returned.returned.as_ref().unwrap().until;
    assert_eq!(submit(&returned, now("2026-03-25T09:00:00.999Z")), Ok(State::Submitted));
    assert_eq!(submit(&returned, until), Err(Refusal::Ended { closed: until }));
    let closed = facts(Phase::CollectingNeeds).collecting.districts_end;
    let sent = need(State::Submitted, Some(DISTRICT));
    let forward =
        |at: Instant| decide(&district(), &sent, &facts(Phase::CollectingNeeds), Action::Forward, at);
    assert_eq!(forward(now("2026-03-27T09:00:00.999999Z")), Ok(State::Forwarded));
    assert_eq!(forward(closed), Err(Refusal::Ended { closed }));
}

#[test]
fn a_rehearsal_goes_by_its_own_clock() {
    let (real, rehearsed) = (at("2026-03-10T01:00:00Z"), at("2026-03-20T09:00:01Z"));
    let clock = Clock::showing(rehearsed, real);
    let facts = Facts { clock, ..facts(Phase::CollectingNeeds) };
    let draft = need(State::Draft, Some(DISTRICT));
    let ended = Refusal::Ended { closed: rehearsed };
    let before = real.checked_sub(jiff::SignedDuration::from_millis(1)).unwrap();
    assert_eq!(decide(&school(), &draft, &facts, Action::Submit, before), Ok(State::Submitted));
    assert_eq!(decide(&school(), &draft, &facts, Action::Submit, real), Err(ended));
    assert_eq!(turn(&draft, &facts, before).0, super::rules::Turn::Unit);
    assert_eq!(turn(&draft, &facts, real).0, super::rules::Turn::Nobody);
    // The server's clock ends the command that its window closes on.
    assert_eq!(super::rules::closes(&draft, &facts, Action::Submit), Some(real));
}

#[test]
fn caps_and_gaps_bar_a_submission() {
    let now = at("2026-03-10T00:00:00Z");
    let draft = need(State::Draft, Some(DISTRICT));
    let barred = Facts { open_fields: 3, ..facts(Phase::CollectingNeeds) };
    assert_eq!(
        decide(&school(), &draft, &barred, Action::Submit, now),
        Err(Refusal::Incomplete { fields: 3 })
    );
    let full = Facts { school_full: Some(5), ..facts(Phase::CollectingNeeds) };
    assert_eq!(decide(&school(), &draft, &full, Action::Submit, now), Err(Refusal::SchoolCap { most: 5 }));
    let full = Facts { district_full: Some(9), ..facts(Phase::CollectingNeeds) };
    let sent = need(State::Submitted, Some(DISTRICT));
    assert_eq!(
        decide(&district(), &sent, &full, Action::Forward, now),
        Err(Refusal::DistrictCap { most: 9 })
    );
    assert_eq!(
        decide(&school(), &draft, &facts(Phase::ScreeningNeeds), Action::Submit, now),
        Err(Refusal::WrongPhase { phase: Phase::ScreeningNeeds })
    );
}

#[test]
fn a_return_says_what_to_correct_and_until_when() {
    let now = at("2026-03-10T00:00:00Z");
    let latest = facts(Phase::CollectingNeeds).collecting.districts_end;
    let check = |draft: &ReturnDraft| draft.check(State::Submitted, latest, SOMEONE, now);
    let paths = |draft: &ReturnDraft| -> Vec<String> {
        check(draft).unwrap_err().into_iter().map(|error| error.path).collect()
    };
    assert_eq!(paths(&ReturnDraft::default()), ["remark"]);
    let goals = |remark: &str| Correction { field: Field::Goals, remark: remark.into() };
    let twice = ReturnDraft { corrections: vec![goals("甲"), goals(" ")], ..ReturnDraft::default() };
    assert_eq!(paths(&twice), ["corrections[1].remark", "corrections[1].field"]);
    let until =
        |until: &str| ReturnDraft { remark: "改".into(), until: until.into(), ..ReturnDraft::default() };
    assert_eq!(paths(&until("2026-03-27 17:01")), ["until"]);
    assert_eq!(paths(&until("2026-03-09 17:00")), ["until"]);
    assert_eq!(check(&until("2026-03-27 17:00")).unwrap().until, latest);
    assert_eq!(check(&until("")).unwrap().until, latest);
}

#[test]
fn a_return_opens_only_what_it_names() {
    let returned = need(State::ReturnedByDistrict, Some(DISTRICT));
    let mut typed = draft();
    typed.goals = "一年内建成，带动四所小学。".into();
    assert_eq!(beyond_return(&returned, &typed, &[]), []);
    typed.budget = "99999".into();
    let closed: Vec<String> =
        beyond_return(&returned, &typed, &[]).into_iter().map(|error| error.path).collect();
    assert_eq!(closed, ["budget"]);
    // What does not hold can be mended, and what goes with a field that is named.
    let broken = [FieldError::required("budget")];
    assert_eq!(beyond_return(&returned, &typed, &broken), []);
    let named = [Correction { field: Field::Measures, remark: "改".into() }];
    assert!(is_open(Some(&named), &[], Field::Forms) && !is_open(Some(&named), &[], Field::Budget));
}

#[test]
fn every_field_stands_in_one_section_and_has_a_path() {
    for field in Field::ALL {
        assert_eq!(Field::of_path(super::draft::path_of(field)), Some(field));
        assert!(field.section().fields().any(|it| it == field));
    }
    for section in Section::ALL {
        assert_eq!(Section::named(section.name()), Some(section));
    }
}

#[test]
fn drafts_stay_with_their_unit() {
    let none = Measures::new();
    let (draft, sent) = (need(State::Draft, Some(DISTRICT)), need(State::Submitted, Some(DISTRICT)));
    let came = need(State::Forwarded, Some(DISTRICT));
    let check = |need: &Need, who: [bool; 3]| {
        let seen = [school(), district(), lead()].map(|actor| visible(&actor, need, &none));
        assert_eq!(seen, who, "{:?}", need.state);
    };
    check(&draft, [true, false, false]);
    check(&sent, [true, true, false]);
    check(&came, [true, true, true]);
    let neighbour = Actor::person(SOMEONE, OTHER, [Role::DistrictBureau, Role::ResponsibleOffice]);
    let measures = Measures::from([(came.cycle, [4].into())]);
    assert!(!visible(&neighbour, &came, &measures), "a bureau answers for its own district");
    let office = Actor::person(SOMEONE, OTHER, [Role::ResponsibleOffice]);
    assert!(visible(&office, &came, &measures) && !visible(&office, &sent, &measures));
    assert!(!visible(&office, &came, &Measures::from([(came.cycle, [5].into())])));
    // Universities answer what is listed.
    let university = Actor::person(SOMEONE, OTHER, [Role::University]);
    assert_eq!(scope(&university, &measures), [Scope::Listed]);
    assert!(!visible(&university, &need(State::Screening, Some(DISTRICT)), &measures));
    assert!(visible(&university, &need(State::Listed, Some(DISTRICT)), &measures));
    for role in [Role::Expert, Role::Finance, Role::SystemAdmin] {
        assert_eq!(scope(&Actor::person(SOMEONE, SCHOOL, [role]), &measures), [], "{role:?}");
    }
    assert_eq!(scope(&Actor::Visitor, &measures), []);
}

#[test]
fn whoever_handles_a_need_reveals_its_telephone_and_its_unit_reads_it() {
    let facts = facts(Phase::CollectingNeeds);
    let office = Actor::person(SOMEONE, OTHER, [Role::ResponsibleOffice]);
    let neighbour = Actor::person(SOMEONE, OTHER, [Role::DistrictBureau]);
    let check = |state: State, who: [bool; 5]| {
        let need = need(state, Some(DISTRICT));
        let now = at("2026-03-10T00:00:00Z");
        let reveals = [&school(), &district(), &lead(), &office, &neighbour]
            .map(|actor| decide(actor, &need, &facts, Action::Reveal, now) == Ok(state));
        assert_eq!(reveals, who, "{state:?}");
        assert!(sees_phone(&school(), &need));
        let others = [district(), lead(), office.clone(), neighbour.clone(), Actor::Visitor];
        assert!(others.iter().all(|actor| !sees_phone(actor, &need)), "{state:?}");
    };
    check(State::Draft, [false; 5]);
    check(State::Submitted, [false, true, false, false, false]);
    check(State::ReturnedByDistrict, [false, true, false, false, false]);
    for state in [State::Forwarded, State::Returned, State::Screening, State::Listed, State::Withdrawn] {
        check(state, [false, true, true, false, false]);
    }
    for role in [Role::SystemAdmin, Role::Auditor, Role::LeadingGroup, Role::University, Role::Finance] {
        let actor = Actor::person(SOMEONE, DISTRICT, [role]);
        let need = need(State::Forwarded, Some(DISTRICT));
        let decided = decide(&actor, &need, &facts, Action::Reveal, at("2026-03-10T00:00:00Z"));
        assert_eq!(decided, Err(Refusal::NotYours), "{role:?}");
    }
}

#[test]
fn it_is_always_somebodys_turn_or_nobodys() {
    let facts = facts(Phase::CollectingNeeds);
    for state in State::ALL {
        let facts = if state == State::Screening { self::facts(Phase::ScreeningNeeds) } else { facts };
        let now = at("2026-03-10T00:00:00Z");
        let (whose, until) = turn(&need(state, Some(DISTRICT)), &facts, now);
        let can = [school(), district(), lead()].into_iter().any(|actor| {
            offers(&actor, &need(state, Some(DISTRICT)), &facts, now)
                .iter()
                .any(|offer| offer.barred.is_none() && offer.action != Action::Reveal)
        });
        let ended = matches!(
            state,
            State::Listed | State::Declined | State::Merged | State::Taken | State::Open | State::Withdrawn
        );
        assert_eq!(whose == super::rules::Turn::Nobody, ended, "{state:?}");
        assert_eq!(can, !ended, "{state:?} leaves nobody with anything to do");
        assert!(until.is_none() || !ended);
    }
}

#[test]
fn what_the_phase_left_behind_waits_for_nobody() {
    let after = facts(Phase::ScreeningNeeds);
    let now = at("2026-03-10T00:00:00Z");
    for state in [State::Draft, State::Submitted, State::ReturnedByDistrict, State::Returned] {
        let need = need(state, Some(DISTRICT));
        assert_eq!(turn(&need, &after, now), (super::rules::Turn::Nobody, None), "{state:?}");
        let moves = [Action::Submit, Action::Forward, Action::Return];
        let can = [school(), district(), lead()]
            .into_iter()
            .any(|actor| moves.into_iter().any(|action| decide(&actor, &need, &after, action, now).is_ok()));
        assert!(!can, "{state:?} can still be moved on");
    }
    // What was returned from 遴选 is its unit's while that runs.
    let mut returned = need(State::Returned, Some(DISTRICT));
    returned.returned.as_mut().unwrap().from = State::Screening;
    let until = returned.returned.as_ref().map(|it| it.until);
    assert_eq!(turn(&returned, &after, now), (super::rules::Turn::Unit, until));
    let screened = turn(&need(State::Screening, Some(DISTRICT)), &after, now);
    assert_eq!(screened.0, super::rules::Turn::LeadOffice);
}

#[test]
fn what_came_too_late_waits_for_nobody_within_its_phase() {
    use super::rules::Turn;
    let facts = facts(Phase::CollectingNeeds);
    let moves = [Action::Submit, Action::Forward, Action::Return];
    let check = |state: State, ends: &str, whose: Turn| {
        let need = need(state, Some(DISTRICT));
        let end = at(ends);
        let before = end.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap();
        assert_eq!(turn(&need, &facts, before), (whose, Some(end)), "{state:?}");
        assert_eq!(turn(&need, &facts, end), (Turn::Nobody, None), "{state:?}");
        for (now, is_open) in [(before, true), (end, false)] {
            let can = [school(), district(), lead()]
                .iter()
                .any(|actor| moves.iter().any(|action| decide(actor, &need, &facts, *action, now).is_ok()));
            assert_eq!(can, is_open, "{state:?} at {now}");
        }
    };
    check(State::Draft, "2026-03-20T09:00:01Z", Turn::Unit);
    check(State::Submitted, "2026-03-27T09:00:01Z", Turn::District);
    // Its own day, before the districts' end.
    check(State::ReturnedByDistrict, "2026-03-25T09:00:01Z", Turn::Unit);
    check(State::Returned, "2026-03-25T09:00:01Z", Turn::Unit);
    // What has arrived waits for the lead office without an end.
    let arrived = need(State::Forwarded, Some(DISTRICT));
    assert_eq!(turn(&arrived, &facts, at("2026-04-01T00:00:00Z")), (Turn::LeadOffice, None));
}

fn actors() -> impl Strategy<Value = Actor> {
    let org = prop_oneof![Just(SCHOOL), Just(DISTRICT), Just(OTHER)];
    (org, proptest::collection::btree_set(proptest::sample::select(Role::ALL.to_vec()), 0..3))
        .prop_map(|(org, roles)| Actor::person(SOMEONE, org, roles))
}

proptest! {
    #[test]
    fn whoever_can_act_can_see(actor in actors(), at_state in 0..12_usize, direct: bool) {
        let need = need(State::ALL[at_state], (!direct).then_some(DISTRICT));
        let now = at("2026-03-10T00:00:00Z");
        let offered = offers(&actor, &need, &facts(Phase::CollectingNeeds), now);
        let sees = visible(&actor, &need, &Measures::new());
        prop_assert!(offered.is_empty() || sees || actor.has(Role::LeadOffice));
        for offer in offered {
            let decided = decide(&actor, &need, &facts(Phase::CollectingNeeds), offer.action, now);
            prop_assert_eq!(decided.err(), offer.barred);
        }
        let parts = scope(&actor, &Measures::new());
        prop_assert_eq!(sees, parts.iter().any(|part| holds(part, &need)));
        prop_assert!(!parts.contains(&Scope::All));
    }

    #[test]
    fn nothing_typed_makes_the_check_fail_otherwise_than_by_errors(
        texts in proptest::collection::vec(".{0,40}", 8),
        measures in proptest::collection::vec(0_u32..20, 0..6),
    ) {
        let draft = NeedDraft {
            title: texts[0].clone(),
            measures,
            students: texts[1].clone(),
            teachers: texts[2].clone(),
            budget: texts[3].clone(),
            own: texts[4].clone(),
            contact_phone: texts[5].clone(),
            indicators: vec![IndicatorDraft {
                name: texts[6].clone(),
                baseline: texts[7].clone(),
                target: texts[1].clone(),
                ..IndicatorDraft::default()
            }],
            ..NeedDraft::default()
        };
        for path in check(&draft).unwrap_err() {
            prop_assert!(Field::of_path(&path).is_some(), "{} belongs to no field", path);
        }
    }
}
