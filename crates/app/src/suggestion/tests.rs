//! What counts of a need and a profile, what does not, and that no order makes a difference.

use super::compare;
use ronghe_domain::cycle::Weights;
use ronghe_domain::kernel::{Fen, Instant, OrgId, PolicyId, Version};
use ronghe_domain::need::Stage;
use ronghe_domain::need_list::document::{Listed, MeasureName, Named};
use ronghe_domain::policy::forms::Form;
use ronghe_domain::profile::{Content, Profile};
use ronghe_domain::suggestion::{Affinity, MOST, Match, Part};
use uuid::Uuid;

const POLICY: PolicyId = PolicyId(Uuid::from_u128(7));

fn need(seq: u32, discipline: &str, text: &str) -> Listed {
    let unit = Named { slug: "yanliu".into(), name: "燕柳中学".into(), name_en: String::new() };
    Listed {
        number: format!("2026-{seq:03}"),
        need: format!("N2026-{seq:04}"),
        title: text.into(),
        title_en: String::new(),
        unit,
        district: None,
        measures: vec![MeasureName { seq: 6, title: "空间".into() }],
        forms: vec![Form::TroupeGuidance, Form::Other],
        other_form: String::new(),
        stages: vec![Stage::Primary, Stage::JuniorHigh],
        students: 1,
        teachers: 1,
        background: String::new(),
        goals: String::new(),
        benefit: String::new(),
        indicators: vec![],
        university: None,
        discipline: discipline.into(),
        budget: Fen::yuan(1),
        own: Fen::ZERO,
        period: "一年".into(),
        origins: vec![],
    }
}

fn profile(id: u128, disciplines: &[&str], strengths: &str) -> Profile {
    let content = Content {
        disciplines: disciplines.iter().map(|it| (*it).to_owned()).collect(),
        policy: POLICY,
        measures: vec![6],
        forms: vec![Form::TroupeGuidance],
        stages: vec![Stage::Primary],
        strengths: strengths.into(),
    };
    let (org, version) = (OrgId(Uuid::from_u128(id)), Version::FIRST);
    Profile { org, content, changed_at: Instant::UNIX_EPOCH, version }
}

/// What of a part is reached, in hundredths of what it could add.
fn of(affinity: &Affinity, part: Part) -> Option<u32> {
    let share = affinity.shares.iter().find(|it| it.part == part).unwrap();
    share.points.map(|points| u32::from(points) * 100 / u32::from(share.most).max(1))
}

fn told(need: &Listed, profile: &Profile) -> Affinity {
    let found = compare(std::slice::from_ref(need), POLICY, Weights::default(), &[profile]);
    found.by_need[0].universities[0].1.clone()
}

#[test]
fn levels_of_disciplines_count_whole_or_half() {
    let check = |wanted: &str, offered: &[&str], expected: Option<u32>| {
        let found = told(&need(1, wanted, "合唱"), &profile(1, offered, "合唱指挥"));
        assert_eq!(of(&found, Part::Disciplines), expected, "{wanted} by {offered:?}");
    };
    check("音乐", &["760.15"], Some(100));
    check("艺术学", &["760"], Some(100));
    check("音乐", &["760"], Some(50));
    check("艺术学", &["760.15"], Some(50));
    check("音乐", &["890"], Some(0));
    check("音乐、体育", &["890"], Some(50));
    check("不限", &["890"], None);
}

#[test]
fn measures_forms_and_stages_count_by_what_is_wanted() {
    let wanted = need(1, "音乐", "合唱");
    let found = told(&wanted, &profile(1, &["760.15"], "合唱指挥"));
    assert_eq!((of(&found, Part::Measures), of(&found, Part::Stages)), (Some(100), Some(50)));
    assert!(of(&found, Part::Text).unwrap() > 0);
    let measures = &found.shares[1].matches;
    assert_eq!(measures, &[Match::Form { form: Form::TroupeGuidance }, Match::Measure { seq: 6 }]);
    // Under another document the number 6 names another measure.
    let mut other = profile(1, &["760.15"], "合唱指挥");
    other.content.policy = PolicyId(Uuid::from_u128(8));
    assert_eq!(of(&told(&wanted, &other), Part::Measures), Some(50));
}

#[test]
fn no_order_makes_a_difference_and_few_are_told() {
    let needs: Vec<Listed> = (1..=14).map(|seq| need(seq, "音乐", &format!("合唱团{seq}"))).collect();
    let profiles: Vec<Profile> =
        (1..=13).map(|id| profile(id, &["760.15"], if id % 2 == 0 { "合唱" } else { "器乐" })).collect();
    let all: Vec<&Profile> = profiles.iter().collect();
    let found = compare(&needs, POLICY, Weights::default(), &all);
    let reversed: Vec<&Profile> = profiles.iter().rev().collect();
    let again = compare(&needs, POLICY, Weights::default(), &reversed);
    for (one, other) in found.by_need.iter().zip(&again.by_need) {
        assert_eq!((&one.universities, one.best), (&other.universities, other.best));
        assert_eq!(one.universities.len(), MOST);
        assert_eq!(one.best, one.universities.first().map(|(org, it)| (*org, it.score)));
        assert!(one.universities.is_sorted_by_key(|(_, it)| std::cmp::Reverse(it.score)));
    }
    assert_eq!(found.by_university, again.by_university);
    assert!(found.by_university.values().all(|needs| needs.len() == MOST));
    let nobody = compare(&needs, POLICY, Weights::default(), &[]);
    assert!(nobody.by_need.iter().all(|it| it.best.is_none() && it.universities.is_empty()));
}
