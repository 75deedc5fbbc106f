//! The data holds: everybody is somewhere, and every unit of the notice is known.

use crate::data;
use ronghe_domain::account::AccountDraft;
use ronghe_domain::kernel::{GroupId, OrgId, Role};
use ronghe_domain::org::{Directory, Group, OrgKind, Organisation};
use ronghe_domain::policy::parse::parse;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn directory() -> Directory {
    let orgs = data::orgs().unwrap();
    let ids: BTreeMap<String, OrgId> =
        orgs.iter().map(|org| (org.slug.clone(), OrgId(Uuid::new_v4()))).collect();
    let groups = data::groups().unwrap();
    Directory {
        orgs: orgs
            .into_iter()
            .map(|org| Organisation {
                id: ids[&org.slug],
                slug: org.slug,
                kind: org.kind,
                name: org.name,
                name_en: org.name_en,
                aliases: org.aliases,
                parent: org.parent.map(|slug| ids[&slug]),
                leading_group_seat: org.leading_group_seat,
                since: None,
                until: None,
                position: org.position,
                university: org.university,
            })
            .collect(),
        groups: groups
            .into_iter()
            .map(|group| Group {
                id: GroupId(Uuid::new_v4()),
                slug: group.slug,
                name: group.name,
                name_en: group.name_en,
                aliases: group.aliases,
                members: group.members,
            })
            .collect(),
    }
}

#[test]
fn every_unit_of_the_notice_is_known() {
    let directory = directory();
    let mut draft = parse(data::NOTICE);
    draft.resolve(&directory);
    assert_eq!(draft.unknown_units(&directory), vec![]);
    let waiting = draft.check(&directory).unwrap_err();
    assert_eq!(waiting.len(), 1, "only the last day, which follows by rule, waits: {waiting:?}");
    assert_eq!(waiting[0].path, "last_day");
}

#[test]
fn groups_stand_for_those_whom_the_notice_means() {
    let directory = directory();
    let check = |name: &str, members: usize| {
        let group = directory.groups.iter().find(|group| group.name == name).unwrap();
        assert_eq!(directory.members(group.id, "2026-03-10".parse().unwrap()).len(), members, "{name}");
    };
    check("各区县教体局", 15);
    check("各有关处室", 13);
    check("直属事业单位", 4);
    check("市直学校", 8);
    check("直属各单位", 12);
    let seats = directory.orgs.iter().filter(|org| org.leading_group_seat.is_some()).count();
    assert_eq!(seats, 16, "sixteen members of the leading group");
    let schools = |kind| directory.orgs.iter().filter(|org| org.kind == kind).count();
    assert_eq!(schools(OrgKind::MunicipalSchool) + schools(OrgKind::School), 40);
    assert!(schools(OrgKind::University) >= 20);
}

#[test]
fn every_person_holds_and_every_role_is_featured() {
    let directory = directory();
    let mut logins = BTreeSet::new();
    let mut featured = BTreeSet::new();
    for person in data::people().unwrap() {
        assert!(logins.insert(person.login.clone()), "{} twice", person.login);
        if person.featured {
            assert!(featured.insert(person.roles[0]), "{:?} featured twice", person.roles[0]);
        }
        let draft = AccountDraft {
            login: person.login,
            name: person.name,
            name_en: person.name_en,
            org: person.org,
            roles: person.roles.into_iter().collect(),
            post: person.post,
            mail: String::new(),
        };
        draft.check(&directory).unwrap();
    }
    assert_eq!(featured, BTreeSet::from(Role::ALL));
}
