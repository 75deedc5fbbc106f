//! Who is told what, and until when.

use super::rules::{OfNeed, Refusal, may_see_needs, may_see_universities, still_open, watches_unanswered};
use crate::cycle::{Collecting, Content, Cycle, Phase, Plan};
use crate::kernel::{AccountId, Actor, CycleId, Fen, Instant, OrgId, PolicyId, Role, Version};
use uuid::Uuid;

fn of(org: u128, role: Role) -> Actor {
    Actor::person(AccountId(Uuid::nil()), OrgId(Uuid::from_u128(org)), [role])
}

#[test]
fn universities_are_told_to_those_of_the_need() {
    let need = |is_listed| OfNeed {
        unit: OrgId(Uuid::from_u128(1)),
        district: Some(OrgId(Uuid::from_u128(2))),
        is_listed,
    };
    let check = |actor: Actor, expected: bool| {
        let told = if expected { Ok(()) } else { Err(Refusal::NotItsParty) };
        assert_eq!(may_see_universities(&actor, need(true)), told, "{actor:?}");
        let early = if expected { Err(Refusal::NotListed) } else { Err(Refusal::NotItsParty) };
        assert_eq!(may_see_universities(&actor, need(false)), early, "{actor:?}");
    };
    check(of(1, Role::NeedUnit), true);
    check(of(1, Role::DistrictBureau), true);
    check(of(1, Role::University), false);
    check(of(2, Role::DistrictBureau), true);
    check(of(2, Role::NeedUnit), false);
    for role in Role::ALL {
        check(of(3, role), matches!(role, Role::LeadOffice | Role::Auditor));
    }
    check(Actor::Visitor, false);
}

#[test]
fn needs_are_told_to_universities_and_gaps_to_the_lead_office() {
    for role in Role::ALL {
        assert_eq!(may_see_needs(&of(3, role)).is_ok(), role == Role::University, "{role:?}");
        let watches = matches!(role, Role::LeadOffice | Role::Auditor);
        assert_eq!(watches_unanswered(&of(3, role)).is_ok(), watches, "{role:?}");
    }
    assert!(may_see_needs(&Actor::Visitor).is_err() && watches_unanswered(&Actor::Visitor).is_err());
}

fn cycle(phase: Phase) -> Cycle {
    let second = |at| Instant::from_second(at).unwrap();
    let collecting = Collecting { opens: second(0), units_end: second(1000), districts_end: second(2000) };
    let (from, to) = ("1970-01-03".parse().unwrap(), "1970-01-10".parse().unwrap());
    Cycle {
        id: CycleId(Uuid::from_u128(5)),
        phase,
        content: Content {
            year: 2026,
            title: "专项".into(),
            title_en: String::new(),
            policy: PolicyId(Uuid::nil()),
            budget: Fen::yuan(1),
            collecting,
            plan: vec![Plan::days(Phase::AcceptingApplications, from, to)],
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
fn a_suggestion_holds_from_the_list_to_the_end_of_the_window() {
    let closes: Instant = "1970-01-10T16:00:00Z".parse().unwrap();
    let last = closes.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap();
    let check = |phase, listed, now, expected| {
        assert_eq!(still_open(&cycle(phase), listed, now), expected, "{phase:?}");
    };
    check(Phase::ScreeningNeeds, false, last, Err(Refusal::NotListed));
    check(Phase::ScreeningNeeds, true, last, Ok(closes));
    check(Phase::AcceptingApplications, true, last, Ok(closes));
    check(Phase::AcceptingApplications, true, closes, Err(Refusal::Closed));
    check(Phase::Reviewing, true, last, Err(Refusal::Closed));
}
