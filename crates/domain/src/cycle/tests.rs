//! Drafts are checked whole, ends follow from working days, phases move by their windows.

use super::draft::{ExtensionDraft, usual_districts_end};
use super::rules::{Facts, decide, offers};
use super::{Action, Cycle, CycleDraft, End, Phase, PlanDraft, Refusal};
use crate::kernel::window::last_minute;
use crate::kernel::{
    AccountId, Actor, CycleId, Fen, FieldError, FieldProblem, Instant, OrgId, PolicyId, Role, Version,
};
use crate::policy::Status;
use uuid::Uuid;

const SOMEONE: AccountId = AccountId(Uuid::from_u128(1));

fn lead() -> Actor {
    Actor::person(SOMEONE, OrgId(Uuid::from_u128(9)), [Role::LeadOffice])
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn draft() -> CycleDraft {
    CycleDraft {
        year: "2026".into(),
        title: "2026年专项".into(),
        policy: "jinan-2023-24".into(),
        budget: "8,000,000.00".into(),
        opens: "2026-02-24 09:00".into(),
        units_end: "2026-03-20 17:00".into(),
        plan: vec![PlanDraft {
            phase: Phase::ScreeningNeeds,
            from: "2026-03-30".into(),
            to: "2026-04-10".into(),
        }],
        ..CycleDraft::default()
    }
}

fn cycle(phase: Phase) -> Cycle {
    Cycle {
        id: CycleId(Uuid::from_u128(5)),
        phase,
        content: draft().check(Some(PolicyId(Uuid::nil()))).unwrap(),
        moves: vec![],
        extensions: vec![],
        made_by: SOMEONE,
        version: Version::FIRST,
    }
}

#[test]
fn what_is_left_out_follows_by_rule() {
    let content = cycle(Phase::Preparing).content;
    assert_eq!(content.budget, Fen::yuan(8_000_000));
    assert_eq!((content.notice_days, content.most_per_school), (5, None));
    // Five working days after a Friday.
    assert_eq!(last_minute(content.collecting.districts_end), "2026-03-27 17:00");
    assert_eq!(content.collecting.units_end, at("2026-03-20T09:00:01Z"));
    // 国庆: the 10th is worked, the 1st to the 7th are not.
    assert_eq!(usual_districts_end("2026-09-30 17:00").as_deref(), Some("2026-10-13 17:00"));
    assert_eq!(usual_districts_end("soon"), None);
}

#[test]
fn everything_wrong_is_said_at_once() {
    let wrong = CycleDraft {
        year: "26".into(),
        title: " ".into(),
        policy: "none".into(),
        budget: "八百万".into(),
        opens: "2026-03-21 09:00".into(),
        units_end: "2026-03-20 17:00".into(),
        districts_end: "2026-03-19 17:00".into(),
        plan: vec![
            PlanDraft { phase: Phase::Reviewing, from: "2026-05-01".into(), to: "2026-04-01".into() },
            PlanDraft { phase: Phase::Selecting, from: "2026-04-15".into(), to: "2026-04-16".into() },
            PlanDraft { phase: Phase::Closed, from: String::new(), to: String::new() },
        ],
        notice_days: "0".into(),
        most_per_school: "many".into(),
        ..CycleDraft::default()
    };
    let errors = wrong.check(None).unwrap_err();
    let mut paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    paths.sort_unstable();
    let expected = [
        "budget",
        "districts_end",
        "most_per_school",
        "notice_days",
        "plan[0].to",
        "plan[1].from",
        "plan[2].phase",
        "policy",
        "title",
        "units_end",
        "year",
    ];
    assert_eq!(paths, expected);
    let phase = errors.iter().find(|error| error.path == "plan[2].phase").unwrap();
    let as_typed = FieldProblem::Unknown { got: "closed".into(), nearest: vec![] };
    assert_eq!(phase.problem, as_typed, "as the draft names it");
}

#[test]
fn a_draft_made_of_a_cycle_gives_the_same_cycle() {
    let content = cycle(Phase::Preparing).content;
    let again = CycleDraft::of(&content, "jinan-2023-24");
    assert_eq!(again.check(Some(content.policy)).unwrap(), content);
}

#[test]
fn a_cycle_opens_only_under_a_policy_in_force() {
    let check = |policy: Option<Status>, expected: Result<Phase, Refusal>| {
        let found =
            decide(&lead(), &cycle(Phase::Preparing), Facts { policy }, Action::Open, Instant::UNIX_EPOCH);
        assert_eq!(found, expected);
    };
    check(Some(Status::InForce), Ok(Phase::CollectingNeeds));
    for status in [None, Some(Status::Expired), Some(Status::Upcoming), Some(Status::Superseded)] {
        check(status, Err(Refusal::PolicyNotInForce { status }));
    }
}

#[test]
fn a_cycle_opens_only_with_days_for_what_follows() {
    let facts = Facts { policy: Some(Status::InForce) };
    let mut cycle = cycle(Phase::Preparing);
    cycle.content.plan.clear();
    let found = decide(&lead(), &cycle, facts, Action::Open, Instant::UNIX_EPOCH);
    assert_eq!(found, Err(Refusal::NotPlanned { phase: Phase::ScreeningNeeds }));
    let mut early = draft();
    early.plan[0].to = "2026-03-26".into();
    early.plan[0].from = "2026-03-25".into();
    let errors = early.check(Some(PolicyId(Uuid::nil()))).unwrap_err();
    let before = FieldProblem::Before { other: "districts_end".into() };
    assert_eq!(errors, [FieldError::new("plan[0].to", before)]);
}

#[test]
fn the_last_day_of_screening_is_set_later_while_it_lies_ahead_or_runs() {
    let now = at("2026-04-20T00:00:00Z");
    let extend = |cycle: &Cycle, end: End, until: &str| {
        let draft = ExtensionDraft { end, until: until.into(), reason: "两区停课".into() };
        draft.check(cycle, SOMEONE, now)
    };
    for phase in [Phase::CollectingNeeds, Phase::ScreeningNeeds] {
        let cycle = cycle(phase);
        assert_eq!(cycle.content.screening_end(), at("2026-04-10T16:00:00Z"));
        // Its window has passed; it opens again by a later day.
        let later = cycle.extended(extend(&cycle, End::Screening, "2026-04-30").unwrap());
        assert_eq!(later.content.screening_end(), at("2026-04-30T16:00:00Z"));
        for wrong in ["2026-04-10", "2026-04-19", "soon", ""] {
            assert_eq!(extend(&cycle, End::Screening, wrong).unwrap_err()[0].path, "until", "{wrong}");
        }
    }
    let screening = cycle(Phase::ScreeningNeeds);
    for end in [End::Units, End::Districts] {
        let wrong = extend(&screening, end, "2026-04-30 17:00").unwrap_err();
        assert_eq!(wrong[0].path, "end", "{end:?}");
    }
    // The last day goes with the districts' end where that would overtake it.
    let collecting = cycle(Phase::CollectingNeeds);
    let far = collecting.extended(extend(&collecting, End::Districts, "2026-04-24 17:00").unwrap());
    assert_eq!(far.content.screening_end(), at("2026-04-24T16:00:00Z"));
    // A cycle that was opened without days gets them by an extension.
    let mut old = screening;
    old.content.plan.clear();
    assert_eq!(old.content.screening_end(), old.content.collecting.districts_end);
    let mended = old.extended(extend(&old, End::Screening, "2026-04-30").unwrap());
    assert_eq!(mended.content.screening_end(), at("2026-04-30T16:00:00Z"));
}

#[test]
fn collecting_goes_on_to_its_last_second() {
    let facts = Facts { policy: Some(Status::InForce) };
    let cycle = cycle(Phase::CollectingNeeds);
    let closes = cycle.content.collecting.districts_end;
    let check = |now: &str, expected: Result<Phase, Refusal>| {
        assert_eq!(decide(&lead(), &cycle, facts, Action::Advance, at(now)), expected, "{now}");
    };
    check("2026-03-27T09:00:00.999999Z", Err(Refusal::WindowOpen { phase: Phase::CollectingNeeds, closes }));
    check("2026-03-27T09:00:01Z", Ok(Phase::ScreeningNeeds));
    let offered: Vec<Action> =
        offers(&lead(), &cycle, facts, at("2026-03-10T00:00:00Z")).iter().map(|offer| offer.action).collect();
    assert_eq!(offered, [Action::Advance, Action::Extend]);
}

#[test]
fn an_end_is_set_later_never_earlier() {
    let cycle = cycle(Phase::CollectingNeeds);
    let now = at("2026-03-10T00:00:00Z");
    let extend = |until: &str, reason: &str| {
        ExtensionDraft { end: End::Units, until: until.into(), reason: reason.into() }
            .check(&cycle, SOMEONE, now)
    };
    let wrong = extend("2026-03-19 17:00", "").unwrap_err();
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(matches!(wrong[1].problem, FieldProblem::Before { .. }));
    let later = cycle.extended(extend("2026-03-24 17:00", "寒潮停课").unwrap());
    assert_eq!(last_minute(later.content.collecting.units_end), "2026-03-24 17:00");
    assert_eq!(last_minute(later.content.collecting.districts_end), "2026-03-27 17:00");
    // The districts' end goes with the units' where that would overtake it.
    let far = cycle.extended(extend("2026-04-03 17:00", "寒潮停课").unwrap());
    assert_eq!(last_minute(far.content.collecting.districts_end), "2026-04-03 17:00");
    assert_eq!(far.version, cycle.version.next());
}

#[test]
fn later_phases_are_left_by_their_windows() {
    let facts = Facts { policy: Some(Status::InForce) };
    let mut cycle = cycle(Phase::ScreeningNeeds);
    let now = at("2026-04-08T00:00:00Z");
    let go_on = |cycle: &Cycle, now: Instant| decide(&lead(), cycle, facts, Action::Advance, now);
    // Screening is the lead office's own work, but universities must have been promised a window.
    assert_eq!(go_on(&cycle, now), Err(Refusal::NotPlanned { phase: Phase::AcceptingApplications }));
    let mut wide = draft();
    wide.plan.push(PlanDraft {
        phase: Phase::AcceptingApplications,
        from: "2026-04-15 09:00".into(),
        to: "2026-05-31 17:00".into(),
    });
    cycle.content = wide.check(Some(PolicyId(Uuid::nil()))).unwrap();
    assert_eq!(go_on(&cycle, now), Ok(Phase::AcceptingApplications));
    let closes = at("2026-05-31T09:00:01Z");
    let passed = Refusal::WindowPassed { phase: Phase::AcceptingApplications, closes };
    assert_eq!(go_on(&cycle, closes), Err(passed));
    cycle.phase = Phase::AcceptingApplications;
    let open = Refusal::WindowOpen { phase: Phase::AcceptingApplications, closes };
    assert_eq!(go_on(&cycle, at("2026-05-31T09:00:00.999Z")), Err(open));
    assert_eq!(go_on(&cycle, closes), Ok(Phase::Reviewing));
    assert!(cycle.is_late(closes) && !cycle.is_late(at("2026-05-31T09:00:00Z")));
    let later = ExtensionDraft {
        end: End::Applications,
        until: "2026-06-05 17:00".into(),
        reason: "系统维护一天".into(),
    };
    let later = cycle.extended(later.check(&cycle, SOMEONE, closes).unwrap());
    assert_eq!(later.content.planned(Phase::AcceptingApplications).unwrap().to_text(), "2026-06-05 17:00");
    let again = CycleDraft::of(&later.content, "jinan-2023-24");
    assert_eq!(again.check(Some(PolicyId(Uuid::nil()))).unwrap(), later.content);
}

#[test]
fn a_phase_ran_when_it_was_entered_and_left() {
    let cycle = cycle(Phase::Preparing);
    let days =
        ["2026-02-24T01:00:00Z", "2026-03-30T01:00:00Z", "2026-04-01T01:00:00Z", "2026-04-02T01:00:00Z"];
    let [opened, screened, back, again] = days.map(at);
    let moved = cycle
        .moved(Phase::CollectingNeeds, "", SOMEONE, opened)
        .moved(Phase::ScreeningNeeds, "", SOMEONE, screened)
        .moved(Phase::CollectingNeeds, "补收一个区", SOMEONE, back)
        .moved(Phase::ScreeningNeeds, "", SOMEONE, again);
    let run = |phase: Phase| moved.run(phase).map(|run| (run.began, run.ended));
    assert_eq!(run(Phase::CollectingNeeds), Some((back, Some(again))));
    assert_eq!(run(Phase::ScreeningNeeds), Some((again, None)));
    assert_eq!(run(Phase::AcceptingApplications), None);
}
