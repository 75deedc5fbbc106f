//! What the unit of a need reads of an application, what it says of it, and who reads that.

use super::super::opinion::{Action, Reading, decide, offers, reads};
use super::super::sight::{OFFER, offer, reads_offer_only, visible};
use super::super::{ApplicationDraft, Field, Opinion, OpinionDraft, Place, Refusal, Stance, State};
use super::{COLLEAGUE, LEADER, OTHER, UNIVERSITY, application, at, person};
use crate::cycle::Phase;
use crate::kernel::{Actor, ApplicationId, OrgId, Role, Version};
use proptest::prelude::*;
use uuid::Uuid;

const UNIT: OrgId = OrgId(Uuid::from_u128(20));

fn place(state: State) -> Place {
    Place::of(&application(state), UNIT)
}

fn school() -> Actor {
    person(LEADER, UNIT, Role::NeedUnit)
}

/// Nothing but what is offered: neither people nor money, nor anything that a later field may bring.
#[test]
fn the_unit_reads_what_is_offered_and_no_more() {
    let content = application(State::Accepted).content.unwrap();
    let (whole, read) = (ApplicationDraft::from(&content), offer(&content));
    for field in Field::ALL.into_iter().filter(|field| OFFER.contains(field)) {
        assert!(field.says_same(&read, &whole), "{field:?}");
    }
    for field in [Field::Person, Field::Budget, Field::Basis, Field::Risk] {
        assert!(!field.says_same(&read, &whole), "{field:?}");
    }
    let said = serde_json::to_string(&read).unwrap();
    for secret in ["李静", "0531", "65000", "两个基地", "寒暑假"] {
        assert!(!said.contains(secret), "{secret}");
    }
}

#[test]
fn only_what_is_accepted_is_for_the_unit() {
    for state in State::ALL {
        let place = place(state);
        assert_eq!(visible(&school(), place), state == State::Accepted, "{state:?}");
        assert!(!visible(&person(LEADER, OTHER, Role::NeedUnit), place), "another school");
    }
    let accepted = place(State::Accepted);
    assert!(reads_offer_only(&school(), accepted));
    let both = Actor::person(LEADER, UNIT, [Role::NeedUnit, Role::Auditor]);
    assert!(!reads_offer_only(&both, accepted));
    // Whoever would answer its own need reads nothing by it.
    let own = Place { unit: UNIVERSITY, ..accepted };
    assert!(!visible(&person(COLLEAGUE, UNIVERSITY, Role::NeedUnit), own));
}

#[test]
fn a_unit_says_it_until_selection_begins() {
    let accepted = place(State::Accepted);
    let say = |actor: &Actor, place, phase| decide(actor, place, phase);
    for phase in Phase::ALL {
        let in_time = matches!(phase, Phase::AcceptingApplications | Phase::Reviewing);
        let expected = if in_time { Ok(()) } else { Err(Refusal::WrongPhase { phase }) };
        assert_eq!(say(&school(), accepted, phase), expected);
    }
    let early = place(State::FormalCheck);
    let wrong = Refusal::WrongState { state: State::FormalCheck };
    assert_eq!(say(&school(), early, Phase::Reviewing), Err(wrong));
    let office = person(LEADER, UNIT, Role::LeadOffice);
    assert_eq!(say(&office, accepted, Phase::Reviewing), Err(Refusal::NotYours));
    let named = offers(&school(), accepted, Phase::Reviewing);
    assert_eq!(named.iter().map(|it| (it.action, it.barred)).collect::<Vec<_>>(), [(Action::Opine, None)]);
    assert_eq!(offers(&office, accepted, Phase::Reviewing), []);
    assert!(offers(&school(), accepted, Phase::Selecting)[0].barred.is_some());
}

#[test]
fn who_is_not_willing_says_why() {
    let now = at("2026-06-02T00:00:00Z");
    let check = |stance, reason: &str, expected: &[&str]| {
        let draft = OpinionDraft { stance, reason: reason.into() };
        let found = draft.check(LEADER, now).err().unwrap_or_default();
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), expected, "{stance:?}");
    };
    check(Some(Stance::Willing), "", &[]);
    check(Some(Stance::ToDiscuss), " ", &["reason"]);
    check(Some(Stance::Opposed), "", &["reason"]);
    check(Some(Stance::Opposed), "时间排不开", &[]);
    check(None, "", &["stance"]);
    check(Some(Stance::Willing), &"长".repeat(1001), &["reason"]);
}

#[test]
fn a_later_word_takes_the_place_of_the_one_before() {
    let now = at("2026-06-02T00:00:00Z");
    let none = Opinion::none(ApplicationId(Uuid::from_u128(7)));
    assert_eq!(none.version(), Version(0));
    let say =
        |stance| OpinionDraft { stance: Some(stance), reason: "时间".into() }.check(LEADER, now).unwrap();
    let twice = none.saying(say(Stance::ToDiscuss)).saying(say(Stance::Willing));
    assert_eq!((twice.version(), twice.said.last().unwrap().stance), (Version(2), Stance::Willing));
}

proptest! {
    /// Nobody of the university that applies reads or gives an opinion, whatever roles they hold; and whoever reads
    /// one sees the application.
    #[test]
    fn the_university_reads_nothing_of_it(
        roles in proptest::collection::btree_set((0..Role::ALL.len()).prop_map(|at| Role::ALL[at]), 0..6),
        org in (0..3_usize).prop_map(|at| [UNIVERSITY, UNIT, OTHER][at]),
        state in (0..State::ALL.len()).prop_map(|at| State::ALL[at]),
    ) {
        let (actor, place) = (Actor::person(LEADER, org, roles), place(state));
        let read = reads(&actor, place);
        if org == UNIVERSITY {
            prop_assert_eq!(read, None);
        }
        prop_assert!(read.is_none() || visible(&actor, place));
        prop_assert!(state == State::Accepted || read.is_none());
        let gives = decide(&actor, place, Phase::Reviewing).is_ok();
        prop_assert!(!gives || read.is_some());
        prop_assert!(read != Some(Reading::All) || [Role::LeadOffice, Role::Auditor].iter().any(|it| actor.has(*it)));
    }
}
