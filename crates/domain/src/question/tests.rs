//! Questions close five days before applications do, answers with them; who asked is known to their own alone.

use super::rules::{Facts, answers, due, is_own, may_ask, offers, sees_text};
use super::{
    Action, Answer, AnswerDraft, Asker, Ground, Name, Question, QuestionDraft, Refusal, Scope, State,
    TakenBack,
};
use crate::cycle::{Clock, CycleYear, Phase};
use crate::kernel::{
    AccountId, Actor, CycleId, FieldProblem, Instant, NeedId, OrgId, QuestionId, Role, Version,
};
use crate::need;
use proptest::prelude::*;
use uuid::Uuid;

const SCHOOL: OrgId = OrgId(Uuid::from_u128(30));
const UNIVERSITY: OrgId = OrgId(Uuid::from_u128(40));
const RIVAL: OrgId = OrgId(Uuid::from_u128(41));
const SOMEONE: AccountId = AccountId(Uuid::from_u128(1));

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn of(org: OrgId, role: Role) -> Actor {
    Actor::person(SOMEONE, org, [role])
}

/// 申报 until 2026-05-31 17:00, so questions until 2026-05-26 17:00.
fn facts() -> Facts {
    Facts {
        phase: Phase::AcceptingApplications,
        opens: Some(at("2026-04-20T01:00:00Z")),
        closes: Some(at("2026-05-31T09:00:01Z")),
        clock: Clock::default(),
        unit: SCHOOL,
        listed: true,
    }
}

fn question() -> Question {
    Question {
        id: QuestionId(Uuid::nil()),
        cycle: CycleId(Uuid::nil()),
        need: NeedId(Uuid::nil()),
        no: 1,
        text: "可以先到学校看场地吗？".into(),
        asked_at: at("2026-05-06T02:00:00Z"),
        due: at("2026-05-11T16:00:00Z"),
        asker: Asker { university: UNIVERSITY, account: SOMEONE, mark: "ab".into() },
        answers: vec![],
        taken_back: None,
        version: Version::FIRST,
    }
}

fn answer(text: &str) -> Answer {
    Answer { text: text.into(), org: SCHOOL, by: SOMEONE, at: at("2026-05-07T02:00:00Z") }
}

fn removed() -> Question {
    let why = TakenBack { ground: Ground::PersonalData, by: SOMEONE, at: at("2026-05-07T02:00:00Z") };
    question().taken_back(why)
}

#[test]
fn questions_close_five_days_before_applications() {
    let university = of(UNIVERSITY, Role::University);
    let check = |now: &str, expected: Result<(), Refusal>| {
        assert_eq!(may_ask(&university, &facts(), 0, at(now)), expected, "{now}");
    };
    let (opens, closed) = (at("2026-04-20T01:00:00Z"), at("2026-05-26T09:00:01Z"));
    check("2026-04-20T00:59:59.999Z", Err(Refusal::NotOpenYet { opens }));
    check("2026-04-20T01:00:00Z", Ok(()));
    check("2026-05-26T09:00:00.999Z", Ok(()));
    check("2026-05-26T09:00:01Z", Err(Refusal::Ended { closed }));
    let now = at("2026-05-06T02:00:00Z");
    let ask = |facts: Facts, waiting| may_ask(&university, &facts, waiting, now);
    assert_eq!(ask(Facts { listed: false, ..facts() }, 0), Err(Refusal::NotListed));
    assert_eq!(ask(Facts { closes: None, ..facts() }, 0), Err(Refusal::NotPlanned));
    let phase = Phase::Reviewing;
    assert_eq!(ask(Facts { phase, ..facts() }, 0), Err(Refusal::WrongPhase { phase }));
    assert_eq!(ask(facts(), 4), Ok(()));
    assert_eq!(ask(facts(), 5), Err(Refusal::TooManyWait { most: 5 }));
    for role in Role::ALL.into_iter().filter(|role| *role != Role::University) {
        assert_eq!(may_ask(&of(SCHOOL, role), &facts(), 0, now), Err(Refusal::UniversitiesOnly), "{role:?}");
    }
}

#[test]
fn the_unit_and_the_lead_office_answer_until_applications_close() {
    let can = |actor: &Actor, state, now: &str| -> Vec<Action> {
        let offers = offers(actor, state, &facts(), at(now));
        offers.into_iter().filter(|offer| offer.barred.is_none()).map(|offer| offer.action).collect()
    };
    let (unit, lead) = (of(SCHOOL, Role::NeedUnit), of(RIVAL, Role::LeadOffice));
    let (last, closed) = ("2026-05-31T09:00:00Z", "2026-05-31T09:00:01Z");
    assert_eq!(can(&unit, State::Open, last), [Action::Answer]);
    assert_eq!(can(&unit, State::Answered, last), [Action::Correct]);
    assert_eq!(can(&lead, State::Open, last), [Action::Answer, Action::TakeBack]);
    assert_eq!(can(&lead, State::Answered, last), [Action::Correct, Action::TakeBack]);
    assert_eq!(can(&unit, State::Open, closed), []);
    assert_eq!(can(&lead, State::Answered, closed), [Action::TakeBack], "what should not stand there goes");
    assert_eq!(can(&lead, State::TakenBack, last), []);
    assert_eq!(can(&of(RIVAL, Role::NeedUnit), State::Open, last), [], "another unit");
    assert_eq!(can(&of(UNIVERSITY, Role::University), State::Open, last), []);
    assert_eq!(answers(&lead), Some(Scope::All));
    assert_eq!(answers(&unit), Some(Scope::Of(SCHOOL)));
    assert_eq!(answers(&of(UNIVERSITY, Role::University)), None);
}

#[test]
fn an_answer_is_due_after_three_working_days_and_never_after_the_close() {
    let closes = at("2026-05-31T09:00:01Z");
    let check = |asked: &str, expected: &str| assert_eq!(due(at(asked), closes), at(expected), "{asked}");
    // Wednesday; Thursday, Friday, and Saturday 9 May, which is worked.
    check("2026-05-06T02:00:00Z", "2026-05-09T16:00:00Z");
    // The evening of a Friday in Jinan.
    check("2026-05-22T15:59:59Z", "2026-05-27T16:00:00Z");
    check("2026-05-27T02:00:00Z", "2026-05-31T09:00:01Z");
}

#[test]
fn answers_stay_and_the_last_one_holds() {
    let once = question().answered(answer("可以。"));
    let twice = once.answered(answer("可以，先打电话。"));
    assert_eq!(
        (question().state(), once.state(), twice.state()),
        (State::Open, State::Answered, State::Answered)
    );
    assert_eq!(twice.answers.len(), 2);
    assert_eq!((once.version, twice.version), (Version(2), Version(3)));
    assert!(question().is_overdue(question().due) && !once.is_overdue(once.due));
}

#[test]
fn what_is_taken_back_is_read_by_few() {
    let readers = |question: &Question| -> Vec<Role> {
        let reads = |role: &Role| sees_text(&of(RIVAL, *role), question);
        Role::ALL.into_iter().filter(reads).collect()
    };
    assert_eq!(readers(&question()).len(), Role::ALL.len());
    assert_eq!(readers(&removed()), [Role::LeadOffice, Role::Auditor]);
    assert!(sees_text(&of(UNIVERSITY, Role::University), &removed()));
    assert!(!sees_text(&Actor::Visitor, &removed()));
}

#[test]
fn nobody_else_knows_who_asked() {
    for role in Role::ALL {
        assert_eq!(is_own(&of(UNIVERSITY, role), &question()), role == Role::University, "{role:?}");
        assert!(!is_own(&of(RIVAL, role), &question()), "{role:?}");
    }
    assert!(!is_own(&Actor::Visitor, &question()) && !is_own(&Actor::System, &question()));
}

#[test]
fn fields_are_checked_by_name() {
    let asks = |text: &str| QuestionDraft { question: text.into() }.check();
    assert_eq!(asks("  何时开始？ "), Ok("何时开始？".to_owned()));
    assert_eq!(asks(" ").unwrap_err()[0].path, "question");
    let long = asks(&"问".repeat(1001)).unwrap_err();
    assert_eq!(long[0].problem, FieldProblem::TooLong { max: 1000, got: 1001 });
    let answered = AnswerDraft { answer: String::new() }.check(SCHOOL, SOMEONE, at("2026-05-07T02:00:00Z"));
    assert_eq!(answered.unwrap_err()[0].path, "answer");
    assert!(super::draft::taking_back(None, SOMEONE, Instant::UNIX_EPOCH).is_err());
}

proptest! {
    #[test]
    fn names_are_read_as_they_are_written(year in 2000_i16..2100, seq in 1_u32..99_999, no in 1_u32..999) {
        let name = Name { need: need::Number { year: CycleYear::of(year), seq }, no };
        prop_assert_eq!(Name::parse(&name.to_string()), Some(name));
        prop_assert_eq!(Name::parse(&name.to_string().to_lowercase()), Some(name));
    }

    #[test]
    fn nothing_else_is_a_name(text in "[NnQq0-9-]{0,14}") {
        if let Some(name) = Name::parse(&text) {
            let again = Name::parse(&name.to_string());
            prop_assert_eq!(again, Some(name));
        }
    }

    #[test]
    fn due_lies_between_the_question_and_the_close(asked in 0_i64..3_000_000) {
        let asked = Instant::from_second(1_777_000_000 + asked).unwrap();
        let closes = at("2026-05-31T09:00:01Z");
        prop_assume!(asked < closes);
        let due = due(asked, closes);
        prop_assert!(asked < due && due <= closes);
    }
}
