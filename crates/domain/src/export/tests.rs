//! Examples of the life of an export.

use super::{
    Action, Export, Form, KEPT, Made, RULES, Refusal, State, decide, gone_before, may_ask, offers, visible,
};
use crate::kernel::{AccountId, Actor, ExportId, Instant, OrgId, Role};
use crate::message::template::Language;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use uuid::Uuid;

const OWNER: AccountId = AccountId(Uuid::from_u128(1));
const OFFICE: OrgId = OrgId(Uuid::from_u128(9));

fn asked() -> Export {
    Export {
        id: ExportId(Uuid::nil()),
        owner: OWNER,
        org: OFFICE,
        roles: [Role::LeadOffice].into(),
        form: Form::Csv,
        language: Language::Zh,
        asked: BTreeMap::new(),
        state: State::Waiting,
        rows: 0,
        size: 0,
        hash: String::new(),
        tries: 0,
        asked_at: at(0),
        next: Some(at(0)),
        done_at: None,
    }
}

fn at(second: i64) -> Instant {
    Instant::from_second(second).unwrap()
}

fn owner() -> Actor {
    Actor::person(OWNER, OFFICE, [Role::LeadOffice])
}

/// What its owner is told.
fn decides(export: &Export, action: Action, now: Instant) -> Result<(), Refusal> {
    decide(&owner(), export, action, now)
}

fn ready() -> Export {
    let made = Made { rows: 3, size: 10, hash: "00".into() };
    asked().taken_up(at(1)).made(made, [Role::LeadOffice].into(), at(2))
}

#[test]
fn it_is_fetched_while_it_lies_ready() {
    let last = KEPT.as_secs() + 1;
    assert_eq!(decides(&asked(), Action::Fetch, at(1)), Err(Refusal::NotReady { state: State::Waiting }));
    assert_eq!(decides(&ready(), Action::Fetch, at(last)), Ok(()));
    assert_eq!(decides(&ready(), Action::Fetch, at(last + 1)), Err(Refusal::Expired));
    assert_eq!(decides(&asked().taken_up(at(1)), Action::Delete, at(1)), Ok(()), "it can be called off");
    assert_eq!((gone_before(at(last + 1)), ready().next), (at(2), None));
}

#[test]
fn it_is_given_up_after_three_tries() {
    let mut export = asked();
    let mut states = Vec::new();
    for _ in 0..3 {
        export = export.taken_up(at(60)).failed(at(60));
        states.push(export.state);
    }
    assert_eq!(states, [State::Waiting, State::Waiting, State::Failed]);
    assert_eq!((export.next, export.done_at), (None, Some(at(60))));
    let pause = SignedDuration::from_secs(60);
    assert_eq!(asked().taken_up(at(0)).failed(at(0)).next, Some(at(0).checked_add(pause).unwrap()));
}

#[test]
fn it_is_its_owners_as_long_as_they_may_see_what_stands_in_it() {
    let check = |actor: Actor, seen: bool| {
        assert_eq!(visible(&actor, &ready()), seen, "{actor:?}");
        assert_eq!(offers(&actor, &ready(), at(3)).len(), if seen { 2 } else { 0 });
        let refused = decide(&actor, &ready(), Action::Delete, at(3)).err();
        assert_eq!(refused, (!seen).then_some(Refusal::NotYours));
    };
    let other = AccountId(Uuid::from_u128(2));
    check(Actor::person(OWNER, OFFICE, [Role::LeadOffice]), true);
    check(Actor::person(OWNER, OFFICE, [Role::LeadOffice, Role::Finance]), true);
    check(Actor::person(OWNER, OFFICE, [Role::Finance]), false);
    check(Actor::person(OWNER, OrgId(Uuid::nil()), [Role::LeadOffice]), false);
    check(Actor::person(other, OFFICE, [Role::LeadOffice]), false);
    check(Actor::person(other, OFFICE, [Role::SystemAdmin]), false);
    check(Actor::Visitor, false);
    check(Actor::System, false);
}

#[test]
fn nobody_keeps_more_than_twenty() {
    let owner = Actor::person(OWNER, OFFICE, [Role::LeadOffice]);
    let kept = vec![asked(); 20];
    assert_eq!(may_ask(&owner, &kept[..19]), Ok(()));
    assert_eq!(may_ask(&owner, &kept), Err(Refusal::TooMany { most: 20 }));
    // Of what they asked for in another office they see nothing, and could take nothing away.
    assert_eq!(may_ask(&Actor::person(OWNER, OrgId(Uuid::nil()), [Role::LeadOffice]), &kept), Ok(()));
}

#[test]
fn each_state_offers_what_belongs_to_it() {
    let check = |export: &Export, second, expected: &[(Action, Option<Refusal>)]| {
        let found: Vec<_> =
            offers(&owner(), export, at(second)).into_iter().map(|it| (it.action, it.barred)).collect();
        assert_eq!(found, expected);
    };
    let delete = (Action::Delete, None);
    check(&asked(), 1, &[delete]);
    check(&asked().taken_up(at(1)), 1, &[delete]);
    check(&ready(), 3, &[(Action::Fetch, None), delete]);
    check(&ready(), KEPT.as_secs() + 2, &[(Action::Fetch, Some(Refusal::Expired)), delete]);
    for state in State::ALL {
        assert!(RULES.iter().any(|rule| rule.from == state), "{state:?} offers nothing");
    }
}
