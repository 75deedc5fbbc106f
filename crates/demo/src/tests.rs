//! The data holds: everybody is somewhere, and every unit of the notice is known.

use crate::data::{self, Need};
use ronghe_domain::account::AccountDraft;
use ronghe_domain::kernel::{GroupId, OrgId, Role, Version};
use ronghe_domain::need::{Correction, State};
use ronghe_domain::org::{Directory, Group, MarkKind, OrgKind, Organisation, Place, UniversityFacts};
use ronghe_domain::policy::Content;
use ronghe_domain::policy::forms::forms_of;
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
                contacts: Vec::new(),
                sign_off: Vec::new(),
                version: Version::FIRST,
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
    let universities = |wanted: fn(&UniversityFacts) -> bool| {
        directory.orgs.iter().filter_map(|org| org.university.as_ref()).filter(|facts| wanted(facts)).count()
    };
    assert!(universities(|facts| facts.place == Place::InJinan) >= 20);
    let ministry_normal =
        |facts: &UniversityFacts| facts.marks.iter().any(|mark| mark.kind == MarkKind::MinistryNormal);
    assert_eq!(universities(ministry_normal), 6, "six normal universities of the ministry");
}

#[test]
fn every_name_leads_to_one_organisation() {
    let directory = directory();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for org in &directory.orgs {
        for name in std::iter::once(&org.name).chain(&org.aliases) {
            assert_eq!(owners.insert(name.clone(), org.slug.clone()), None, "{name}");
        }
        assert_eq!(org.university.is_some(), org.kind == OrgKind::University, "{}", org.slug);
        let above = org.parent.and_then(|id| directory.org(id)).map(|org| org.kind);
        let wanted = match org.kind {
            OrgKind::School => Some(OrgKind::District),
            OrgKind::Office | OrgKind::Institution | OrgKind::MunicipalSchool => Some(OrgKind::Bureau),
            OrgKind::Bureau | OrgKind::District | OrgKind::University => None,
        };
        assert_eq!(above, wanted, "{}", org.slug);
    }
}

#[test]
fn every_organisation_names_whom_to_call() {
    let contacts = data::contacts().unwrap();
    let people: BTreeMap<String, (String, String)> =
        data::people().unwrap().into_iter().map(|person| (person.name, (person.org, person.post))).collect();
    let orgs = data::orgs().unwrap();
    let below: BTreeSet<&String> =
        orgs.iter().filter(|org| org.kind != OrgKind::Bureau).map(|org| &org.slug).collect();
    assert_eq!(contacts.keys().collect::<BTreeSet<_>>(), below);
    let mut strangers = BTreeSet::new();
    for (slug, three) in &contacts {
        for (name, title) in three {
            match people.get(name) {
                Some((org, post)) => {
                    assert!(
                        org == slug || org == "jinan-education-bureau",
                        "{name} of {org} stands at {slug}"
                    );
                    assert_eq!(title, post, "{name}");
                }
                None => assert!(strangers.insert(name), "{name} twice"),
            }
        }
    }
}

#[test]
fn every_person_holds_and_every_role_is_featured() {
    let directory = directory();
    let mut names = BTreeSet::new();
    let mut staffed = BTreeSet::new();
    let mut logins = BTreeSet::new();
    let mut featured = BTreeSet::new();
    for person in data::people().unwrap() {
        assert!(logins.insert(person.login.clone()), "{} twice", person.login);
        assert!(names.insert(person.name.clone()), "{} twice", person.name);
        staffed.insert(person.org.clone());
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
    let without = directory.orgs.iter().find(|org| !staffed.contains(&org.slug));
    assert_eq!(without, None, "an organisation without anyone to sign in");
}

fn notice() -> Content {
    let directory = directory();
    let mut draft = parse(data::NOTICE);
    draft.resolve(&directory);
    draft.last_day.as_mut().unwrap().checked = true;
    draft.check(&directory).unwrap()
}

/// The needs of both years.
fn everything() -> Vec<Need> {
    [data::needs(), data::more_needs(), data::past_needs()].into_iter().flat_map(Result::unwrap).collect()
}

#[test]
fn every_need_could_have_been_written_by_its_unit() {
    let notice = notice();
    let orgs: BTreeMap<String, OrgKind> =
        data::orgs().unwrap().into_iter().map(|org| (org.slug, org.kind)).collect();
    let homes: BTreeMap<String, String> =
        data::people().unwrap().into_iter().map(|person| (person.login, person.org)).collect();
    for need in everything() {
        let Need { title, unit, contact, .. } = &need;
        assert_eq!(homes.get(contact), Some(unit), "{title}: {contact} writes for {unit}");
        let goes_through_district = orgs[unit] == OrgKind::School;
        if matches!(need.state, State::Submitted | State::ReturnedByDistrict) {
            assert!(goes_through_district, "{title}: {unit} has no district above it");
        }
        if let Some(university) = &need.university {
            assert_eq!(orgs.get(university), Some(&OrgKind::University), "{title}: {university}");
        }
        assert!((1..=2).contains(&need.measures.len()), "{title}");
        assert!(need.measures.iter().all(|seq| (1..=10).contains(seq)), "{title}");
        for form in &need.forms {
            let named = need.measures.iter().any(|seq| forms_of(&notice, *seq).contains(form));
            assert!(named, "{title}: {form:?} under {:?}", need.measures);
        }
        for seq in &need.measures {
            let used = forms_of(&notice, *seq).iter().any(|form| need.forms.contains(form));
            assert!(used, "{title}: nothing under measure {seq}");
        }
        assert!(!need.stages.is_empty(), "{title}");
        assert!(need.own_yuan < need.budget_yuan, "{title}");
        let returned = matches!(need.state, State::ReturnedByDistrict | State::Returned);
        assert_eq!(need.corrections.is_empty(), !returned, "{title}: a return says what to correct");
        if need.state != State::Draft {
            assert!((1..=3).contains(&need.indicators.len()), "{title}: what is sent has its indicators");
        }
        for indicator in &need.indicators {
            assert_ne!(indicator.baseline, indicator.target, "{title}: {}", indicator.name);
        }
        for Correction { field, remark } in &need.corrections {
            assert!(!remark.is_empty(), "{title}: {field:?}");
        }
    }
}

#[test]
fn needs_come_from_everywhere_and_none_repeats_another() {
    let needs = data::needs().unwrap();
    assert_eq!(needs.len(), 60);
    let units: BTreeSet<&str> = needs.iter().map(|need| need.unit.as_str()).collect();
    let orgs = data::orgs().unwrap();
    let silent = orgs
        .iter()
        .filter(|org| matches!(org.kind, OrgKind::School | OrgKind::MunicipalSchool))
        .find(|org| !units.contains(org.slug.as_str()));
    assert_eq!(silent.map(|org| &org.name), None, "a school without a need");
    let states: BTreeSet<State> = needs.iter().map(|need| need.state).collect();
    assert_eq!(states.len(), 6, "every state that the phase knows: {states:?}");
    let main: BTreeSet<u32> = needs.iter().map(|need| need.measures[0]).collect();
    assert_eq!(main, (1..=10).collect(), "every measure is some need's main one");
    let mut sentences = BTreeSet::new();
    for need in &needs {
        let texts = [&need.title, &need.title_en, &need.background, &need.goals, &need.benefit];
        for sentence in texts.iter().flat_map(|text| text.split('。')).filter(|text| !text.is_empty()) {
            assert!(sentences.insert(sentence.to_owned()), "twice: {sentence}");
        }
    }
}

#[test]
fn a_whole_year_has_120_needs_from_all_districts() {
    let needs: Vec<Need> = everything();
    let (year, past) = needs.split_at(120);
    assert_eq!(past.len(), 22);
    let mut titles = BTreeSet::new();
    for need in &needs {
        assert!(titles.insert(&need.title), "{} twice", need.title);
    }
    let above: BTreeMap<String, Option<String>> =
        data::orgs().unwrap().into_iter().map(|org| (org.slug, org.parent)).collect();
    let orgs = data::orgs().unwrap();
    for district in orgs.iter().filter(|org| org.kind == OrgKind::District) {
        let here = |need: &&Need| {
            need.unit == district.slug || above[&need.unit].as_deref() == Some(district.slug.as_str())
        };
        assert!(year.iter().filter(here).count() >= 3, "{} has few needs", district.name);
    }
    // Near copies say it in other words; no sentence of theirs is another's.
    let mut sentences: BTreeMap<&str, &str> = BTreeMap::new();
    for need in &needs {
        let texts = [&need.title, &need.title_en, &need.background, &need.goals];
        for sentence in texts.iter().flat_map(|text| text.split('。')).filter(|text| !text.is_empty()) {
            let other = sentences.insert(sentence, &need.title);
            assert_eq!(other, None, "{}: {sentence}", need.title);
        }
    }
}

#[test]
fn what_becomes_of_needs_is_told_of_needs_that_are_there() {
    for (needs, course) in [
        (everything()[..120].to_vec(), data::course().unwrap()),
        (data::past_needs().unwrap(), data::past_course().unwrap()),
    ] {
        let titles: BTreeSet<&str> = needs.iter().map(|need| need.title.as_str()).collect();
        let declined = course.declined.iter().map(|it| &it.title);
        let merged = course.merged.iter().flat_map(|it| [&it.title, &it.into]);
        let later = course.later.iter().flat_map(|it| it.add.iter().chain(&it.remove)).map(|it| &it.title);
        let said = course.opinions.iter().map(|it| &it.title);
        let named = course.corrected.iter().chain(&course.left).chain(declined).chain(merged);
        for title in named.chain(later).chain(said) {
            assert!(titles.contains(title.as_str()), "no need is called {title}");
        }
    }
}

#[test]
fn whoever_applies_has_words_for_each_form() {
    let (bidders, wording) = (data::bidders().unwrap(), data::wording().unwrap());
    let names: BTreeSet<&str> = bidders.iter().map(|it| it.university.as_str()).collect();
    assert_eq!((names.len(), bidders.len()), (25, 25));
    let orgs = data::orgs().unwrap();
    let is_university =
        |slug: &&str| orgs.iter().any(|org| org.slug == **slug && org.kind == OrgKind::University);
    assert!(names.iter().all(is_university));
    let mut people = BTreeSet::new();
    for (name, _) in bidders.iter().flat_map(|it| &it.leads) {
        assert!(people.insert(name), "{name} twice");
    }
    for need in everything() {
        assert!(wording.risks.contains_key(&need.measures[0].to_string()), "{}", need.title);
        for form in &need.forms {
            assert!(wording.forms.contains_key(form), "{}: {form:?}", need.title);
        }
    }
}
