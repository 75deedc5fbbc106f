//! Who counts what, and what the numbers come to.

use super::{DISTRICT, OTHER, SCHOOL, district, lead, need, school};
use crate::kernel::{Actor, OrgId, Role, Version};
use crate::need::State;
use crate::need::filing::{Filing, filing, scope};
use crate::need::rules::{Scope, holds, reads_districts, reads_units};
use crate::org::{Directory, OrgKind, Organisation};
use uuid::Uuid;

const MUNICIPAL: OrgId = OrgId(Uuid::from_u128(23));

fn directory() -> Directory {
    let org = |id: OrgId, kind: OrgKind, parent: Option<OrgId>| Organisation {
        id,
        slug: String::new(),
        kind,
        name: String::new(),
        name_en: String::new(),
        aliases: vec![],
        parent,
        leading_group_seat: None,
        since: None,
        until: None,
        position: 0,
        university: None,
        contacts: vec![],
        sign_off: vec![],
        version: Version::FIRST,
    };
    Directory {
        orgs: vec![
            org(DISTRICT, OrgKind::District, None),
            org(OTHER, OrgKind::Bureau, None),
            org(SCHOOL, OrgKind::School, Some(DISTRICT)),
            org(MUNICIPAL, OrgKind::MunicipalSchool, None),
        ],
        groups: vec![],
    }
}

fn rows(actor: &Actor, state: State) -> Vec<Filing> {
    let counts = [(SCHOOL, state, 3), (DISTRICT, State::Forwarded, 1), (DISTRICT, State::Draft, 5)];
    filing(actor, &directory(), "2026-03-10".parse().unwrap(), &counts)
}

#[test]
fn every_state_counts_somewhere_or_is_nobodys_business() {
    let check = |state: State, [submitted, returned, forwarded, left_out]: [u64; 4]| {
        let (zero, reminded_at, is_district) = (false, None, false);
        // What the lead office has returned had reached it.
        let had_arrived = if state == State::Returned { returned } else { 0 };
        let org = SCHOOL;
        let row = Filing {
            org,
            submitted,
            returned,
            had_arrived,
            forwarded,
            left_out,
            zero,
            reminded_at,
            is_district,
        };
        let found = rows(&district(), state);
        assert_eq!(found.iter().find(|row| row.org == SCHOOL), Some(&row), "{state:?}");
        assert_eq!(row.is_silent(), matches!(state, State::Draft | State::Withdrawn), "{state:?}");
        // The lead office has one row for the district and all that stand under it.
        let all = Filing { org: DISTRICT, forwarded: forwarded + 1, is_district: true, ..row };
        let none = Filing::of(MUNICIPAL, false);
        assert_eq!(rows(&lead(), state), [all, none], "{state:?}");
    };
    for state in State::ALL {
        check(
            state,
            match state {
                State::Draft | State::Withdrawn => [0, 0, 0, 0],
                State::Submitted => [3, 0, 0, 3],
                State::ReturnedByDistrict => [0, 3, 0, 3],
                State::Returned => [0, 3, 0, 0],
                _ => [0, 0, 3, 0],
            },
        );
    }
}

#[test]
fn a_filter_is_there_for_whom_it_can_narrow() {
    let check = |role: Role, districts: bool, units: bool| {
        let actor = Actor::person(super::SOMEONE, OTHER, [role]);
        assert_eq!((reads_districts(&actor), reads_units(&actor)), (districts, units), "{role:?}");
    };
    check(Role::NeedUnit, false, false);
    check(Role::DistrictBureau, false, true);
    for role in
        [Role::LeadOffice, Role::LeadingGroup, Role::Auditor, Role::University, Role::ResponsibleOffice]
    {
        check(role, true, true);
    }
    // A bureau answers for measures in its own district only.
    let both = Actor::person(super::SOMEONE, OTHER, [Role::DistrictBureau, Role::ResponsibleOffice]);
    assert!(!reads_districts(&both) && reads_units(&both));
}

#[test]
fn who_oversees_the_whole_counts_what_is_on_its_way() {
    let counts = |actor: &Actor, state: State| {
        let need = need(state, Some(DISTRICT));
        scope(actor, &directory()).iter().any(|part| holds(part, &need))
    };
    for state in [State::Submitted, State::ReturnedByDistrict, State::Forwarded] {
        assert!(counts(&lead(), state) && counts(&district(), state), "{state:?}");
    }
    assert!(!counts(&lead(), State::Draft) && !counts(&district(), State::Draft));
    for actor in [school(), Actor::person(super::SOMEONE, OTHER, [Role::University]), Actor::Visitor] {
        assert_eq!(scope(&actor, &directory()), [], "nobody else oversees anything");
    }
    let neighbour = Actor::person(super::SOMEONE, OTHER, [Role::DistrictBureau]);
    assert!(!counts(&neighbour, State::Submitted));
    assert!(!scope(&neighbour, &directory()).contains(&Scope::District(DISTRICT)));
}
