//! Offices give opinions on what they were asked, until 遴选 ends; others neither give nor read them.

use super::{DISTRICT, OTHER, SOMEONE, at, facts, lead, need, school};
use crate::cycle::Phase;
use crate::kernel::{Actor, OrgId, Role, Version};
use crate::need::opinion::{
    Action, AskDraft, Opinion, OpinionDraft, Scope, Stance, decide, offers, scope, visible,
};
use crate::need::{Need, Refusal, State};
use uuid::Uuid;

const OFFICE: OrgId = OrgId(Uuid::from_u128(30));

fn office(org: OrgId) -> Actor {
    Actor::person(SOMEONE, org, [Role::ResponsibleOffice])
}

fn screening() -> Need {
    need(State::Screening, Some(DISTRICT))
}

fn opinion(stance: Option<Stance>) -> Opinion {
    let draft = OpinionDraft { stance, reason: "理由".into() };
    Opinion {
        need: screening().id,
        cycle: screening().cycle,
        office: OFFICE,
        asked_by: SOMEONE,
        asked_at: at("2026-04-01T00:00:00Z"),
        due: at("2026-04-05T09:00:01Z"),
        reminded_at: None,
        said: draft.check(SOMEONE, at("2026-04-02T00:00:00Z")).ok(),
        version: Version::FIRST,
    }
}

#[test]
fn an_office_says_what_it_was_asked_until_the_end() {
    let now = at("2026-04-06T00:00:00Z");
    let end = facts(Phase::ScreeningNeeds).screening_end;
    let check = |actor: &Actor, said: Option<bool>, action: Action, when, expected: Result<(), Refusal>| {
        let found = decide(actor, &screening(), (OFFICE, said), &facts(Phase::ScreeningNeeds), action, when);
        assert_eq!(found, expected, "{action:?} {said:?}");
    };
    let own = office(OFFICE);
    check(&own, Some(false), Action::Opine, now, Ok(()));
    check(&own, Some(true), Action::Opine, now, Ok(()));
    check(&own, None, Action::Opine, now, Err(Refusal::NotAsked));
    check(&own, Some(true), Action::Opine, end, Err(Refusal::Ended { closed: end }));
    check(&lead(), None, Action::Ask, now, Ok(()));
    check(&lead(), Some(false), Action::Ask, now, Ok(()));
    check(&lead(), Some(true), Action::Ask, now, Err(Refusal::AlreadySaid));
    check(&lead(), Some(false), Action::Remind, now, Ok(()));
    check(&lead(), Some(true), Action::Remind, now, Err(Refusal::AlreadySaid));
    for (actor, action) in [
        (office(OTHER), Action::Opine),
        (lead(), Action::Opine),
        (school(), Action::Opine),
        (Actor::person(SOMEONE, OFFICE, [Role::Finance]), Action::Opine),
        (own.clone(), Action::Ask),
        (own.clone(), Action::Remind),
    ] {
        check(&actor, Some(false), action, now, Err(Refusal::NotYours));
    }
    let early = facts(Phase::CollectingNeeds);
    let found = decide(&own, &screening(), (OFFICE, Some(false)), &early, Action::Opine, now);
    assert_eq!(found, Err(Refusal::WrongPhase { phase: Phase::CollectingNeeds }));
    let gone = decide(
        &own,
        &need(State::Withdrawn, None),
        (OFFICE, Some(false)),
        &facts(Phase::ScreeningNeeds),
        Action::Opine,
        now,
    );
    assert_eq!(gone, Err(Refusal::WrongState { state: State::Withdrawn }));
    let offered = |actor: &Actor, stance| -> Vec<Action> {
        let all = offers(actor, &screening(), &opinion(stance), &facts(Phase::ScreeningNeeds), now);
        all.into_iter().map(|offer| offer.action).collect()
    };
    assert_eq!(offered(&own, Some(Stance::Oppose)), [Action::Opine]);
    assert_eq!(offered(&lead(), None), [Action::Ask, Action::Remind]);
    assert_eq!(offered(&lead(), Some(Stance::Support)), []);
}

#[test]
fn only_the_office_the_lead_office_and_auditors_read_an_opinion() {
    let check = |actor: Actor, expected: Option<Scope>| {
        assert_eq!(scope(&actor), expected, "{actor:?}");
        let sees = matches!(expected, Some(Scope::All)) || expected == Some(Scope::Of(OFFICE));
        assert_eq!(visible(&actor, &opinion(None)), sees, "{actor:?}");
    };
    check(lead(), Some(Scope::All));
    check(Actor::person(SOMEONE, OTHER, [Role::Auditor]), Some(Scope::All));
    check(office(OFFICE), Some(Scope::Of(OFFICE)));
    check(office(OTHER), Some(Scope::Of(OTHER)));
    for actor in [school(), Actor::Visitor, Actor::person(SOMEONE, OFFICE, [Role::LeadingGroup])] {
        check(actor, None);
    }
}

#[test]
fn an_opinion_gives_its_reason_and_comes_in_time() {
    let said = |stance, reason: &str| {
        OpinionDraft { stance, reason: reason.into() }.check(SOMEONE, at("2026-04-02T00:00:00Z"))
    };
    let paths = |stance, reason: &str| -> Vec<String> {
        said(stance, reason).err().unwrap_or_default().into_iter().map(|error| error.path).collect()
    };
    assert_eq!(paths(Some(Stance::Support), ""), Vec::<String>::new());
    assert_eq!(paths(Some(Stance::Revise), " "), ["reason"]);
    assert_eq!(paths(Some(Stance::Oppose), ""), ["reason"]);
    assert_eq!(paths(None, ""), ["stance"]);
    assert_eq!(paths(Some(Stance::Support), &"长".repeat(1001)), ["reason"]);
    assert_eq!(said(Some(Stance::Oppose), " 重复 ").unwrap().reason, "重复");
    let due = opinion(None).due;
    assert!(!opinion(None).is_overdue(at("2026-04-05T09:00:00Z")) && opinion(None).is_overdue(due));
    assert!(!opinion(Some(Stance::Support)).is_overdue(due), "it has come");
}

#[test]
fn a_day_is_asked_for_before_the_end() {
    let (now, latest) = (at("2026-04-01T00:00:00Z"), at("2026-04-10T16:00:00Z"));
    let check =
        |due: &str| AskDraft { due: due.into() }.check(latest, now).map_err(|errors| errors[0].path.clone());
    assert_eq!(check(""), Ok(latest));
    assert_eq!(check("2026-04-05 17:00"), Ok(at("2026-04-05T09:00:01Z")));
    for wrong in ["明天", "2026-03-31 17:00", "2026-04-12 17:00"] {
        assert_eq!(check(wrong), Err("due".to_owned()), "{wrong}");
    }
}
