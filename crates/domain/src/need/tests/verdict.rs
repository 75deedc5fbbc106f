//! Verdicts stay beside their needs until the list is published; nothing is merged in a circle.

use super::{OTHER, SOMEONE, at, district, facts, lead, need, school};
use crate::cycle::Phase;
use crate::kernel::{AccountId, Actor, CycleId, FieldError, NeedId, OrgId, Role};
use crate::need::rules::{Facts, decide, offers, turn};
use crate::need::verdict::{Given, VerdictDraft, may_merge};
use crate::need::{Action, Need, Outcome, Refusal, Ruling, State, Verdict, Why};
use proptest::prelude::*;
use uuid::Uuid;

fn screening() -> Need {
    need(State::Screening, Some(super::DISTRICT))
}

fn meant(ruling: Option<Ruling>) -> Facts {
    Facts { verdict: ruling, ..facts(Phase::ScreeningNeeds) }
}

fn verdict(outcome: Option<Outcome>) -> Verdict {
    Verdict {
        need: screening().id,
        cycle: screening().cycle,
        outcome,
        remark: String::new(),
        by: SOMEONE,
        at: at("2026-04-01T00:00:00Z"),
        version: Verdict::NONE.next(),
    }
}

#[test]
fn the_lead_office_decides_and_takes_back_until_the_end() {
    let now = at("2026-04-02T00:00:00Z");
    let check = |facts: Facts, action: Action, expected: Result<State, Refusal>| {
        assert_eq!(decide(&lead(), &screening(), &facts, action, now), expected, "{action:?}");
    };
    check(meant(None), Action::Enlist, Ok(State::Listed));
    check(meant(None), Action::Decline, Ok(State::Declined));
    check(meant(None), Action::Merge, Ok(State::Merged));
    check(meant(None), Action::Reopen, Err(Refusal::WrongState { state: State::Screening }));
    for ruling in Ruling::ALL {
        check(meant(Some(ruling)), Action::Reopen, Ok(State::Screening));
        let stands = Err(Refusal::WrongState { state: ruling.state() });
        for action in [Action::Enlist, Action::Decline, Action::Merge, Action::Return] {
            check(meant(Some(ruling)), action, stands);
        }
    }
    let published = Facts { published: true, ..meant(Some(Ruling::Listed)) };
    check(published, Action::Reopen, Err(Refusal::Published));
    check(Facts { published: true, ..meant(None) }, Action::Enlist, Err(Refusal::Published));
    let taken_up = Facts { origins: 2, ..meant(None) };
    check(taken_up, Action::Enlist, Ok(State::Listed));
    for action in [Action::Decline, Action::Merge, Action::Return] {
        check(taken_up, action, Err(Refusal::HasOrigins { count: 2 }));
    }
    let early = Facts { phase: Phase::CollectingNeeds, ..meant(None) };
    check(early, Action::Enlist, Err(Refusal::WrongPhase { phase: Phase::CollectingNeeds }));
    let closed = meant(None).screening_end;
    let late = |action, verdict| decide(&lead(), &screening(), &meant(verdict), action, closed);
    assert_eq!(late(Action::Enlist, None), Err(Refusal::Ended { closed }));
    assert_eq!(late(Action::Reopen, Some(Ruling::Merged)), Err(Refusal::Ended { closed }));
    let listed = need(State::Listed, None);
    let real = decide(&lead(), &listed, &facts(Phase::ScreeningNeeds), Action::Reopen, now);
    assert_eq!(real, Err(Refusal::Published), "what stands there in its own right was published");
}

#[test]
fn nobody_else_can_tell_a_verdict() {
    let now = at("2026-04-02T00:00:00Z");
    let of = |role| Actor::person(SOMEONE, OTHER, [role]);
    let mut people = vec![school(), district(), Actor::Visitor];
    people.extend(Role::ALL.into_iter().filter(|role| *role != Role::LeadOffice).map(of));
    for actor in people {
        let open = offers(&actor, &screening(), &meant(None), now);
        for ruling in Ruling::ALL {
            let facts = Facts { origins: 1, ..meant(Some(ruling)) };
            assert_eq!(offers(&actor, &screening(), &facts, now), open, "{actor:?} {ruling:?}");
            assert_eq!(turn(&screening(), &facts, now), turn(&screening(), &meant(None), now));
            for action in Action::VERDICTS {
                let refused = decide(&actor, &screening(), &facts, action, now);
                assert_eq!(refused, Err(Refusal::NotYours), "{actor:?}");
            }
        }
    }
}

#[test]
fn a_verdict_says_what_it_must() {
    let check = |action: Action, draft: VerdictDraft, into: Option<NeedId>, expected: &[&str]| {
        let errors = draft.check(action, into).err().unwrap_or_default();
        let paths: Vec<&str> = errors.iter().map(|error: &FieldError| error.path.as_str()).collect();
        assert_eq!(paths, expected, "{action:?} {draft:?}");
    };
    let with = |why, remark: &str, into: &str| VerdictDraft { why, remark: remark.into(), into: into.into() };
    check(Action::Enlist, with(None, "", ""), None, &[]);
    check(Action::Decline, with(None, "", ""), None, &["why"]);
    check(Action::Decline, with(Some(Why::TooVague), "", ""), None, &[]);
    check(Action::Decline, with(Some(Why::Other), " ", ""), None, &["remark"]);
    check(Action::Decline, with(Some(Why::TooVague), &"长".repeat(501), ""), None, &["remark"]);
    check(Action::Merge, with(None, "", ""), None, &["into"]);
    check(Action::Merge, with(None, "", "N2026-9999"), None, &["into"]);
    let into = NeedId(Uuid::from_u128(8));
    check(Action::Merge, with(None, "", "N2026-0008"), Some(into), &[]);
    let given = with(None, "同一件事", "N2026-0008").check(Action::Merge, Some(into)).unwrap();
    let expected = Given { outcome: Some(Outcome::Merged { into }), remark: "同一件事".into() };
    assert_eq!(given, expected);
    let back = with(None, "看错了", "").check(Action::Reopen, None).unwrap();
    assert_eq!(back, Given { outcome: None, remark: String::new() });
}

#[test]
fn a_verdict_follows_on_the_one_before() {
    let first = verdict(Some(Outcome::Listed));
    let by = AccountId(Uuid::from_u128(2));
    let given = Given { outcome: None, remark: String::new() };
    let back = first.followed_by(given, by, at("2026-04-03T00:00:00Z"));
    assert_eq!((back.ruling(), back.version, back.by), (None, first.version.next(), by));
    assert_eq!((back.need, back.cycle), (first.need, first.cycle));
}

#[test]
fn a_need_is_merged_into_one_of_its_cycle_that_stands() {
    let other = |state| Need { id: NeedId(Uuid::from_u128(8)), ..need(state, None) };
    let into = |into: &Need, ruling| may_merge(&screening(), into, ruling);
    assert_eq!(into(&other(State::Screening), None), Ok(()));
    assert_eq!(into(&other(State::Screening), Some(Ruling::Listed)), Ok(()));
    for ruling in [Ruling::Declined, Ruling::Merged] {
        let state = ruling.state();
        assert_eq!(into(&other(State::Screening), Some(ruling)), Err(Refusal::IntoEnded { state }));
    }
    for state in [State::Returned, State::Withdrawn, State::Forwarded] {
        assert_eq!(into(&other(state), None), Err(Refusal::IntoEnded { state }));
    }
    assert_eq!(into(&screening(), None), Err(Refusal::IntoItself));
    let elsewhere = Need { cycle: CycleId(Uuid::from_u128(6)), ..other(State::Screening) };
    assert_eq!(into(&elsewhere, None), Err(Refusal::IntoOtherCycle));
}

/// Four needs, and what is meant with each.
type Meant = [Option<Outcome>; 4];

fn of(at: usize) -> Need {
    Need {
        id: NeedId(Uuid::from_u128(10 + u128::try_from(at).unwrap())),
        unit: OrgId(Uuid::from_u128(9)),
        ..screening()
    }
}

/// Does `action` to the need `at`, where the rules let it.
fn step(meant: &mut Meant, at: usize, action: Action, into: usize) {
    let ruling = |of: usize| meant[of].map(Outcome::ruling);
    let origins = meant.iter().filter(|it| it.and_then(Outcome::into) == Some(of(at).id)).count();
    let facts = Facts {
        verdict: ruling(at),
        origins: u32::try_from(origins).unwrap(),
        ..facts(Phase::ScreeningNeeds)
    };
    let decided = decide(&lead(), &of(at), &facts, action, super::at("2026-04-02T00:00:00Z"));
    let merges = action != Action::Merge || may_merge(&of(at), &of(into), ruling(into)).is_ok();
    if decided.is_ok() && merges {
        let draft = VerdictDraft { why: Some(Why::TooVague), into: "N".into(), ..VerdictDraft::default() };
        meant[at] = draft.check(action, Some(of(into).id)).unwrap().outcome;
    }
}

proptest! {
    #[test]
    fn whatever_is_decided_in_whatever_order_what_takes_up_others_stands(
        steps in prop::collection::vec((0_usize..4, 0_usize..4, 0_usize..4), 0..60)
    ) {
        let mut meant: Meant = [None; 4];
        for (at, action, into) in steps {
            step(&mut meant, at, Action::VERDICTS[action], into);
            for into in meant.iter().filter_map(|it| it.and_then(Outcome::into)) {
                let target = (0..4).find(|at| of(*at).id == into).unwrap();
                prop_assert!(matches!(meant[target], None | Some(Outcome::Listed)), "{meant:?}");
            }
        }
    }
}
