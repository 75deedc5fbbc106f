//! A need that nobody took up goes on once, into the cycle that collects needs.

use super::{DISTRICT, OTHER, at, district, facts, lead, need, school};
use crate::cycle::{Collecting, Content, Cycle, Phase, Rehearsal};
use crate::kernel::{AccountId, Actor, CycleId, Fen, OrgId, PolicyId, Role, Version};
use crate::need::carry::{draft, onward, target};
use crate::need::rules::{Facts, decide};
use crate::need::{Action, Onward, Refusal, State};
use uuid::Uuid;

fn cycle(id: u128, year: i16, phase: Phase) -> Cycle {
    let collecting = Collecting {
        opens: at("2027-02-24T01:00:00Z"),
        units_end: at("2027-03-20T09:00:01Z"),
        districts_end: at("2027-03-27T09:00:01Z"),
    };
    Cycle {
        id: CycleId(Uuid::from_u128(id)),
        phase,
        content: Content {
            year,
            title: "专项".into(),
            title_en: String::new(),
            policy: PolicyId(Uuid::nil()),
            budget: Fen::yuan(1),
            collecting,
            plan: vec![],
            notice_days: 5,
            most_per_school: None,
            most_per_district: None,
            eligibility: vec![],
            selection: None,
            rubric: None,
            frame: None,
            approval: None,
            affinity: None,
        },
        moves: vec![],
        extensions: vec![],
        revisions: vec![],
        rehearsal: None,
        made_by: AccountId(Uuid::nil()),
        version: Version::FIRST,
    }
}

#[test]
fn its_unit_carries_it_on_while_the_other_cycle_collects() {
    let left = need(State::Open, Some(DISTRICT));
    let (from, next) = (cycle(5, 2026, Phase::Reviewing), cycle(6, 2027, Phase::CollectingNeeds));
    let way = onward(&left, &from, Some(&next), false);
    assert_eq!(way, Onward::Until(next.content.collecting.units_end));
    let check = |actor: &Actor, state, onward, now: &str, expected: Result<State, Refusal>| {
        let facts = Facts { onward, ..facts(Phase::Reviewing) };
        let need = need(state, Some(DISTRICT));
        assert_eq!(decide(actor, &need, &facts, Action::Carry, at(now)), expected, "{state:?} {onward:?}");
    };
    let (now, end) = ("2027-03-01T00:00:00Z", "2027-03-20T09:00:01Z");
    check(&school(), State::Open, way, now, Ok(State::Open));
    check(&school(), State::Open, way, end, Err(Refusal::Ended { closed: at(end) }));
    check(&school(), State::Open, onward(&left, &from, None, false), now, Err(Refusal::NothingCollects));
    check(&school(), State::Open, onward(&left, &from, Some(&next), true), now, Err(Refusal::AlreadyCarried));
    for state in State::ALL.into_iter().filter(|state| *state != State::Open) {
        check(&school(), state, way, now, Err(Refusal::WrongState { state }));
    }
    let other = Actor::person(AccountId(Uuid::nil()), OTHER, [Role::NeedUnit]);
    for stranger in [lead(), district(), other, Actor::System, Actor::Visitor] {
        check(&stranger, State::Open, way, now, Err(Refusal::NotYours));
    }
}

#[test]
fn real_cycles_follow_on_real_ones() {
    let left = need(State::Open, Some(DISTRICT));
    let own = cycle(5, 2026, Phase::CollectingNeeds);
    let rehearsed = Cycle {
        rehearsal: Some(Rehearsal { number: 1, clock: crate::cycle::Clock::default() }),
        ..cycle(8, 2029, Phase::CollectingNeeds)
    };
    let (next, later) = (cycle(6, 2027, Phase::CollectingNeeds), cycle(7, 2028, Phase::Preparing));
    let all = [own, rehearsed, next, later];
    assert_eq!(target(&left, all.iter()).map(|it| it.id), Some(all[2].id));
    assert_eq!(target(&left, all[..2].iter()), None);
}

#[test]
fn measures_of_another_policy_are_chosen_anew() {
    let left = need(State::Open, None);
    let (from, mut next) = (cycle(5, 2026, Phase::Closed), cycle(6, 2027, Phase::CollectingNeeds));
    assert_eq!(draft(&left, &from, &next), left.draft);
    next.content.policy = PolicyId(Uuid::from_u128(9));
    let other = draft(&left, &from, &next);
    assert!(other.measures.is_empty() && other.title == left.draft.title);
}

#[test]
fn the_system_alone_leaves_a_listed_need_open() {
    let listed = need(State::Listed, Some(DISTRICT));
    let (facts, now) = (facts(Phase::AcceptingApplications), at("2026-06-01T00:00:00Z"));
    let decided = |actor: &Actor| decide(actor, &listed, &facts, Action::LeaveOpen, now);
    assert_eq!(decided(&Actor::System), Ok(State::Open));
    let university = Actor::person(AccountId(Uuid::nil()), OrgId(Uuid::from_u128(40)), [Role::University]);
    for actor in [school(), district(), lead(), university] {
        assert_eq!(decided(&actor), Err(Refusal::NotYours));
    }
}
