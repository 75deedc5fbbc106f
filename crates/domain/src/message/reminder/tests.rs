//! The days on which rows remind, and what can be typed of them.

use super::{Content, Event, Reminder, ReminderDraft, Side, Unit, standard, today};
use crate::cycle::CycleYear;
use crate::kernel::{Date, FieldProblem, Instant};
use crate::task;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn content(event: Event, days: u16, unit: Unit, side: Side) -> Content {
    Content { cycle: None, event, days, unit, side, active: true }
}

#[test]
fn a_row_falls_on_its_day() {
    use Event::{FilingEnds, OpinionsDue, SignatureWaits};
    let check = |row: Content, anchor: &str, day: &str| {
        assert_eq!(row.day(at(anchor)), Some(day.parse::<Date>().unwrap()), "{row:?}");
    };
    let ends = "2026-03-20T09:00:01Z";
    check(content(FilingEnds, 3, Unit::WorkingDays, Side::Before), ends, "2026-03-17");
    check(content(FilingEnds, 5, Unit::WorkingDays, Side::Before), ends, "2026-03-13");
    check(content(FilingEnds, 5, Unit::Days, Side::Before), ends, "2026-03-15");
    check(content(FilingEnds, 0, Unit::Days, Side::Before), ends, "2026-03-20");
    // What ends at midnight is due the day before.
    check(content(OpinionsDue, 1, Unit::WorkingDays, Side::After), "2026-03-20T16:00:00Z", "2026-03-23");
    check(content(SignatureWaits, 2, Unit::WorkingDays, Side::After), "2026-03-20T16:00:00Z", "2026-03-24");
}

#[test]
fn nobody_is_reminded_too_early_too_late_or_by_a_row_that_is_off() {
    let row = content(Event::FilingEnds, 1, Unit::WorkingDays, Side::Before);
    let ends = at("2026-03-20T09:00:01Z");
    let days = |after: &str, today: &str| (after.parse().unwrap(), today.parse().unwrap());
    let falls = |row: Content, (after, today): (&str, &str), now: &str| {
        row.falls(ends, days(after, today), at(now)).is_some()
    };
    assert!(!falls(row, ("2026-03-17", "2026-03-18"), "2026-03-18T01:00:00Z"));
    assert!(falls(row, ("2026-03-18", "2026-03-19"), "2026-03-19T01:00:00Z"));
    // The server was away on the day itself.
    assert!(falls(row, ("2026-03-18", "2026-03-20"), "2026-03-20T09:00:00Z"));
    assert!(!falls(row, ("2026-03-18", "2026-03-20"), "2026-03-20T09:00:01Z"));
    assert!(!falls(row, ("2026-03-19", "2026-03-20"), "2026-03-20T01:00:00Z"));
    let off = Content { active: false, ..row };
    assert!(!falls(off, ("2026-03-18", "2026-03-19"), "2026-03-19T01:00:00Z"));
    assert_eq!(today(at("2026-03-19T00:59:59Z")), None);
    assert_eq!(today(at("2026-03-19T01:00:00Z")), Some("2026-03-19".parse().unwrap()));
}

#[test]
fn every_event_is_one_of_a_task_and_the_standard_rows_hold() {
    let tasks = [
        task::Kind::FinishNeed,
        task::Kind::ForwardNeeds,
        task::Kind::CorrectNeed,
        task::Kind::GiveOpinions,
        task::Kind::AnswerQuestions,
        task::Kind::FinishApplication,
        task::Kind::CorrectApplication,
        task::Kind::ApproveList,
        task::Kind::Sign,
    ];
    assert_eq!(tasks.map(|kind| Event::of(kind).unwrap()), Event::ALL);
    // Whoever was invited to sections is reminded as whoever leads.
    assert_eq!(Event::of(task::Kind::WriteSections), Some(Event::ApplicationsEnd));
    assert_eq!(Event::of(task::Kind::CorrectSections), Some(Event::CorrectionDue));
    for row in standard() {
        let others: Vec<Reminder> = standard().into_iter().filter(|it| it.id != row.id).collect();
        assert_eq!(ReminderDraft::of(&row.content).check(&[], &others, Some(row.id)), Ok(row.content));
    }
}

#[test]
fn a_row_says_what_does_not_hold() {
    let good = ReminderDraft::of(&content(Event::FilingEnds, 4, Unit::Days, Side::Before));
    let check = |draft: ReminderDraft, expected: &[&str]| {
        let found = draft.check(&[CycleYear::of(2026)], &standard(), None).err().unwrap_or_default();
        assert_eq!(found.into_iter().map(|error| error.path).collect::<Vec<_>>(), expected, "{draft:?}");
    };
    check(good.clone(), &[]);
    check(ReminderDraft { cycle: "2026".into(), ..good.clone() }, &[]);
    check(ReminderDraft { cycle: "2031".into(), ..good.clone() }, &["cycle"]);
    check(ReminderDraft { days: "61".into(), ..good.clone() }, &["days"]);
    check(ReminderDraft { days: String::new(), side: Side::After, ..good.clone() }, &["days", "side"]);
    let late = ReminderDraft { event: Event::OpinionsDue, side: Side::After, days: "0".into(), ..good };
    check(late, &["days"]);
    let twice = ReminderDraft::of(&standard().remove(0).content);
    let twice = ReminderDraft { active: false, ..twice };
    let found = twice.check(&[], &standard(), None).unwrap_err();
    assert_eq!(found[0].problem, FieldProblem::Twice { got: "3".into() });
}
