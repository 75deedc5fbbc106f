//! Drafts are checked whole, ends follow from working days, phases move by their windows.

use super::draft::{ExtensionDraft, usual_districts_end};
use super::eligibility::{Check, usual_eligibility};
use super::rubric::{FrameDraft, LevelDraft, RubricDraft};
use super::rules::{Facts, decide, offers};
use super::selection::{LeastDraft, SelectionDraft};
use super::{
    Action, Condition, Cycle, CycleDraft, End, Frame, Part, PartDraft, Phase, PlanDraft, Refusal, Rubric,
    Selection, Value,
};
use crate::kernel::window::last_minute;
use crate::kernel::{
    AccountId, Actor, CycleId, Fen, FieldError, FieldProblem, Instant, OrgId, PolicyId, Role, Version,
};
use crate::policy::{Content as PolicyContent, Status};
use jiff::ToSpan;
use uuid::Uuid;

const SOMEONE: AccountId = AccountId(Uuid::from_u128(1));

fn lead() -> Actor {
    Actor::person(SOMEONE, OrgId(Uuid::from_u128(9)), [Role::LeadOffice])
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn policy() -> PolicyContent {
    PolicyContent {
        title: "十二条措施".into(),
        doc_number: None,
        issuer: "济南市教育局".into(),
        issue_date: "2023-12-26".parse().unwrap(),
        recipients: vec![],
        copies: vec![],
        openness: None,
        effective_from: "2023-12-26".parse().unwrap(),
        last_day: None,
        trial: true,
        preamble: String::new(),
        sections: vec![],
    }
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
        revisions: vec![],
        rehearsal: None,
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
        let found = decide(
            &lead(),
            &cycle(Phase::Preparing),
            Facts { policy, listed: false, undecided: 0 },
            Action::Open,
            Instant::UNIX_EPOCH,
        );
        assert_eq!(found, expected);
    };
    check(Some(Status::InForce), Ok(Phase::CollectingNeeds));
    for status in [None, Some(Status::Expired), Some(Status::Upcoming), Some(Status::Superseded)] {
        check(status, Err(Refusal::PolicyNotInForce { status }));
    }
}

#[test]
fn a_cycle_opens_only_with_days_for_what_follows() {
    let facts = Facts { policy: Some(Status::InForce), listed: true, undecided: 0 };
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
fn a_cycle_opens_only_while_its_window_has_time_left() {
    let facts = Facts { policy: Some(Status::InForce), listed: false, undecided: 0 };
    let cycle = cycle(Phase::Preparing);
    let closes = cycle.content.collecting.districts_end;
    let open = |now| decide(&lead(), &cycle, facts, Action::Open, now);
    let passed = Refusal::WindowPassed { phase: Phase::CollectingNeeds, closes };
    assert_eq!(open(closes), Err(passed));
    assert_eq!(open(closes.checked_sub(1.nanosecond()).unwrap()), Ok(Phase::CollectingNeeds));
    let offered = offers(&lead(), &cycle, facts, closes);
    let barred = offered.iter().find(|offer| offer.action == Action::Open).unwrap().barred;
    assert_eq!(barred, Some(passed), "the page says why");
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
    let facts = Facts { policy: Some(Status::InForce), listed: true, undecided: 0 };
    let cycle = cycle(Phase::CollectingNeeds);
    let closes = cycle.content.collecting.districts_end;
    let check = |now: &str, expected: Result<Phase, Refusal>| {
        assert_eq!(decide(&lead(), &cycle, facts, Action::Advance, at(now)), expected, "{now}");
    };
    check("2026-03-27T09:00:00.999999Z", Err(Refusal::WindowOpen { phase: Phase::CollectingNeeds, closes }));
    check("2026-03-27T09:00:01Z", Ok(Phase::ScreeningNeeds));
    let offered: Vec<Action> =
        offers(&lead(), &cycle, facts, at("2026-03-10T00:00:00Z")).iter().map(|offer| offer.action).collect();
    let parts = Part::ALL.map(Part::action);
    assert_eq!(offered, [[Action::Advance, Action::Extend].as_slice(), &parts, &[Action::Rehearse]].concat());
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
    let facts = Facts { policy: Some(Status::InForce), listed: true, undecided: 0 };
    let mut cycle = cycle(Phase::ScreeningNeeds);
    let now = at("2026-04-08T00:00:00Z");
    let go_on = |cycle: &Cycle, now: Instant| decide(&lead(), cycle, facts, Action::Advance, now);
    let silent = Facts { listed: false, ..facts };
    let unlisted = decide(&lead(), &cycle, silent, Action::Advance, now);
    assert_eq!(unlisted, Err(Refusal::NoNeedList), "universities apply to a published list");
    assert_eq!(decide(&lead(), &cycle, silent, Action::Back, now), Ok(Phase::CollectingNeeds));
    let found = decide(&lead(), &cycle, Facts { undecided: 2, ..facts }, Action::Advance, now);
    assert_eq!(found, Err(Refusal::NeedsUndecided { count: 2 }), "nothing would come of them");
    let listed = decide(&lead(), &cycle, facts, Action::Back, now);
    assert_eq!(listed, Err(Refusal::NeedListPublished), "what is published is not collected again");
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
    let (last, opened) = (at("2026-05-31T09:00:00.999Z"), Err(Refusal::SealsOpened));
    assert_eq!(go_on(&cycle, last), Err(open));
    assert_eq!(go_on(&cycle, closes), Ok(Phase::Reviewing));
    for action in [Action::Extend, Action::Back] {
        assert!(decide(&lead(), &cycle, facts, action, last).is_ok(), "{action:?}");
        assert_eq!(decide(&lead(), &cycle, facts, action, closes), opened, "{action:?}");
    }
    assert_eq!(decide(&lead(), &self::cycle(Phase::Reviewing), facts, Action::Back, now), opened);
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

#[test]
fn parts_are_fixed_once_the_phase_opens_that_needs_them() {
    let facts = Facts { policy: Some(Status::InForce), listed: true, undecided: 0 };
    let revise =
        |phase: Phase, part: Part| decide(&lead(), &cycle(phase), facts, part.action(), Instant::UNIX_EPOCH);
    for part in Part::ALL {
        assert_eq!(Part::named(part.name()), Some(part));
        for phase in Phase::ALL {
            let with_the_cycle = phase == Phase::Preparing && matches!(part, Part::Plan | Part::Budget);
            let expected = match phase {
                phase if with_the_cycle => Err(Refusal::WrongPhase { phase }),
                phase if phase < part.needed_by() => Ok(phase),
                _ => Err(Refusal::Frozen { part }),
            };
            assert_eq!(revise(phase, part), expected, "{phase:?} {part:?}");
        }
    }
    let stranger = Actor::person(SOMEONE, OrgId(Uuid::nil()), [Role::Finance]);
    let found = decide(&stranger, &cycle(Phase::CollectingNeeds), facts, Action::ReviseBudget, Instant::MIN);
    assert_eq!(found, Err(Refusal::LeadOfficeOnly));
}

#[test]
fn what_a_part_said_is_kept() {
    let cycle = cycle(Phase::CollectingNeeds);
    let now = at("2026-03-10T00:00:00Z");
    let less = cycle.revised(Value::Budget(Fen::yuan(7_000_000)), " 市财政核减 ", SOMEONE, now);
    assert_eq!((less.content.budget, less.part_version(Part::Budget)), (Fen::yuan(7_000_000), 2));
    assert_eq!(less.revisions[0].was, Value::Budget(Fen::yuan(8_000_000)));
    assert_eq!((less.revisions[0].reason.as_str(), less.part_version(Part::Rubric)), ("市财政核减", 1));
    assert_eq!(less.version, cycle.version.next());
    let copied = self::cycle(Phase::Preparing).content.with_rules_of(&less.content);
    assert_eq!(copied.budget, Fen::yuan(8_000_000), "money is the year's own");
}

#[test]
fn a_plan_is_changed_only_for_phases_that_lie_ahead() {
    let cycle = cycle(Phase::ScreeningNeeds);
    let policy = policy();
    let directory = crate::org::Directory::default();
    let check = |rows: &[(Phase, &str, &str)]| {
        let typed = rows.iter().map(|(phase, from, to)| PlanDraft {
            phase: *phase,
            from: (*from).into(),
            to: (*to).into(),
        });
        PartDraft::Plan(typed.collect()).check(&cycle, &policy, &directory)
    };
    let screening = (Phase::ScreeningNeeds, "2026-03-30", "2026-04-10");
    let applying = (Phase::AcceptingApplications, "2026-04-15 09:00", "2026-05-31 17:00");
    let Ok(Value::Plan(plan)) = check(&[screening, applying]) else { panic!("it holds") };
    assert_eq!(plan.len(), 2);
    let moved = check(&[(Phase::ScreeningNeeds, "2026-03-30", "2026-04-20"), applying]).unwrap_err();
    assert_eq!(moved, [FieldError::new("plan[0].from", FieldProblem::NotOpen)]);
    assert_eq!(check(&[applying]).unwrap_err()[0].problem, FieldProblem::NotOpen, "nor is it dropped");
}

#[test]
fn weights_add_up_to_a_hundred() {
    assert_eq!(RubricDraft::of(&Rubric::default()).check(), Ok(Rubric::default()));
    assert_eq!(FrameDraft::of(&Frame::default()).check(), Ok(Frame::default()));
    let mut wrong = RubricDraft::of(&Rubric::default());
    wrong.criteria[0].weight = "21".into();
    let errors = wrong.check().unwrap_err();
    assert_eq!(errors, [FieldError::new("criteria", FieldProblem::NotTheSum { should: 100, got: 101 })]);
    wrong.criteria[0].levels[1].from = "90".into();
    wrong.criteria[1].name = wrong.criteria[0].name.clone();
    wrong.criteria[2].levels = vec![LevelDraft { from: "0".into(), words: "差".into() }];
    wrong.criteria[3].levels[3].from = "10".into();
    wrong.criteria[4].weight = "一半".into();
    let errors = wrong.check().unwrap_err();
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    let expected = [
        "criteria[0].levels[1].from",
        "criteria[1].name",
        "criteria[2].levels",
        "criteria[3].levels[3].from",
        "criteria[4].weight",
    ];
    assert_eq!(paths, expected, "no sum is said while a share cannot be read");
    assert_eq!(RubricDraft::default().check().unwrap_err()[0].path, "criteria");
    let mut frame = FrameDraft::of(&Frame::default());
    frame.indicators.pop();
    let errors = frame.check().unwrap_err();
    assert_eq!(errors, [FieldError::new("indicators", FieldProblem::NotTheSum { should: 100, got: 90 })]);
}

#[test]
fn the_rules_of_the_selection_name_what_there_is() {
    let policy = policy();
    let directory = crate::org::Directory::default();
    let rules = SelectionDraft {
        measures: vec![LeastDraft { of: "13".into(), least: "1".into() }],
        districts: vec![LeastDraft { of: "nowhere".into(), least: "1".into() }],
        university_most: "6".into(),
        applications_most: "5".into(),
    };
    let errors = rules.check(&policy, &directory).unwrap_err();
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["measures[0].of", "districts[0].of", "university_most"]);
    assert_eq!(SelectionDraft::default().check(&policy, &directory), Ok(Selection::default()));
}

#[test]
fn a_condition_of_plain_text_is_still_read() {
    let check = |written: &str, text: &str, text_en: &str, check| {
        let read: Condition = serde_json::from_str(written).unwrap();
        assert_eq!(read, Condition { text: text.into(), text_en: text_en.into(), check });
        // However it was written, it reads the same once it is written anew.
        assert_eq!(serde_json::from_str::<Condition>(&serde_json::to_string(&read).unwrap()).unwrap(), read);
    };
    check(r#""成果落地""#, "成果落地", "", None);
    check(r#"{"text":"成果落地"}"#, "成果落地", "", None);
    check(r#"{"text":"甲","text_en":"A","check":"own_funds"}"#, "甲", "A", Some(Check::OwnFunds));
    assert!(serde_json::from_str::<Condition>(r#"{"text":"甲","check":"colour"}"#).is_err());
    let names = Check::ALL.map(|check| serde_json::to_value(check).unwrap());
    assert_eq!(names, Check::ALL.map(|check| check.name()));
    let older: CycleDraft = serde_json::from_str(r#"{"eligibility":["甲"," "]}"#).unwrap();
    assert_eq!(older.eligibility.len(), 2);
}

#[test]
fn conditions_are_checked_by_row_and_kept_by_the_year_after() {
    let typed = |text: &str, check| Condition { text: text.into(), check, ..Condition::default() };
    let content = cycle(Phase::Preparing).content;
    let draft = CycleDraft {
        eligibility: vec![typed(" 甲 ", Some(Check::Lands)), typed(" ", None), typed("乙", None)],
        ..CycleDraft::of(&content, "jinan-2023-24")
    };
    let kept = draft.check(Some(content.policy)).unwrap();
    assert_eq!(kept.eligibility, [typed("甲", Some(Check::Lands)), typed("乙", None)]);
    assert_eq!(CycleDraft::following(&kept, "jinan-2023-24", 2027).eligibility, kept.eligibility);
    let wrong = CycleDraft {
        eligibility: vec![typed(&"长".repeat(301), None), typed("", Some(Check::Lands))],
        ..draft
    };
    let errors = wrong.check(Some(content.policy)).unwrap_err();
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["eligibility[0].text", "eligibility[1].text"]);
    assert_eq!(usual_eligibility().iter().filter(|it| it.check.is_none()).count(), 1);
}

#[test]
fn the_year_after_has_its_windows_on_working_days() {
    let mut content = cycle(Phase::Preparing).content;
    content.title = "2026年专项".into();
    let next = CycleDraft::following(&content, "jinan-2023-24", 2027);
    assert_eq!(
        (next.year.as_str(), next.title.as_str(), next.rules_of.as_str()),
        ("2027", "2027年专项", "2026")
    );
    // 24 February 2027 is a Wednesday; 20 March a Saturday.
    assert_eq!((next.opens.as_str(), next.units_end.as_str()), ("2027-02-24 09:00", "2027-03-22 17:00"));
    let screening = next.plan.iter().find(|it| it.phase == Phase::ScreeningNeeds).unwrap();
    assert_eq!((screening.from.as_str(), screening.to.as_str()), ("2027-03-30", "2027-04-12"));
    let made = next.check(Some(content.policy)).unwrap();
    assert_eq!(last_minute(made.collecting.districts_end), "2027-03-29 17:00");
}

#[test]
fn a_copy_asks_nothing_of_measures_of_another_policy() {
    let mut before = cycle(Phase::Closed).content;
    let rules =
        Selection { measure_least: [(5, 2)].into(), university_most: Some(4), ..Selection::default() };
    let weights = super::Weights { disciplines: 100, measures: 0, stages: 0, text: 0 };
    (before.selection, before.affinity) = (Some(rules.clone()), Some(weights));
    let same = cycle(Phase::Preparing).content.with_rules_of(&before);
    assert_eq!((same.selection(), same.affinity()), (rules, weights));
    let mut other = cycle(Phase::Preparing).content;
    other.policy = PolicyId(Uuid::from_u128(77));
    let other = other.with_rules_of(&before).selection();
    assert_eq!((other.measure_least.len(), other.university_most), (0, Some(4)));
}

#[test]
fn rehearsals_alone_have_a_clock_and_an_early_end() {
    let facts = Facts { policy: Some(Status::InForce), listed: true, undecided: 0 };
    let now = at("2026-03-10T01:00:00Z");
    let real = cycle(Phase::CollectingNeeds);
    let clock = super::Clock::showing(at("2026-12-01T01:00:00Z"), now);
    let rehearsal = super::Rehearsal { number: 1, clock };
    let rehearsed = Cycle { rehearsal: Some(rehearsal), ..cycle(Phase::CollectingNeeds) };
    let check = |cycle: &Cycle, action, decided: Result<Phase, Refusal>| {
        assert_eq!(decide(&lead(), cycle, facts, action, now), decided, "{action:?} of {}", cycle.name());
    };
    check(&real, Action::Rehearse, Ok(Phase::CollectingNeeds));
    check(&real, Action::SetClock, Err(Refusal::RehearsalsOnly));
    check(&real, Action::Finish, Err(Refusal::RehearsalsOnly));
    check(&rehearsed, Action::Rehearse, Err(Refusal::RealOnly));
    check(&rehearsed, Action::SetClock, Ok(Phase::CollectingNeeds));
    check(&rehearsed, Action::Finish, Ok(Phase::Closed));
    // By its own clock the window has closed.
    check(&rehearsed, Action::Advance, Ok(Phase::ScreeningNeeds));
    assert!(rehearsed.is_late(now) && !real.is_late(now));
    let moved = rehearsed.moved(Phase::ScreeningNeeds, "", SOMEONE, now);
    assert_eq!(moved.moves[0].at, at("2026-12-01T01:00:00Z"), "it keeps the time that it shows");
    let closed = rehearsed.moved(Phase::Closed, "", SOMEONE, now);
    check(&closed, Action::Finish, Err(Refusal::WrongPhase { phase: Phase::Closed }));
}

#[test]
fn a_clock_never_runs_back_behind_what_has_happened() {
    let now = at("2026-03-10T01:00:00Z");
    let rehearsal = super::Rehearsal { number: 1, clock: super::Clock::default() };
    let made = Cycle { rehearsal: Some(rehearsal), ..cycle(Phase::Preparing) };
    let opened = made.moved(Phase::CollectingNeeds, "", SOMEONE, now);
    let check = |cycle: &Cycle, typed: &str, path: Option<&str>| {
        let checked = super::rehearsal::check_clock(typed, cycle, now);
        assert_eq!(checked.err().map(|errors| errors[0].path.clone()).as_deref(), path, "{typed}");
    };
    check(&made, "2020-01-01 09:00", None);
    check(&made, "", Some("clock"));
    check(&made, "明天", Some("clock"));
    check(&opened, "2026-03-10 08:59", Some("clock"));
    check(&opened, "2026-03-10 09:00", None);
    check(&opened, "2026-12-01 09:00", None);
    let later = opened.with_clock(super::rehearsal::check_clock("2026-12-01 09:00", &opened, now).unwrap());
    assert_eq!((later.now(now), later.version), (at("2026-12-01T01:00:00Z"), opened.version.next()));
}
