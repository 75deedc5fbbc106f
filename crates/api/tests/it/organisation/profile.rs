//! What universities offer to schools: read by everyone, written by their own people.

use crate::{checked, kind, problem};
use ronghe_client::ListEvents;
use ronghe_domain::audit::{Action as A, Subject};
use ronghe_domain::kernel::Role;
use ronghe_domain::need::Stage;
use ronghe_domain::policy::forms::Form;
use ronghe_domain::profile::ProfileDraft;
use ronghe_testkit::TestApp;

fn draft() -> ProfileDraft {
    ProfileDraft {
        disciplines: vec!["音乐".into(), "880.47".into()],
        measures: vec![6, 10],
        forms: vec![Form::TroupeGuidance, Form::GuidanceTeam],
        stages: vec![Stage::Primary, Stage::Preschool],
        strengths: "合唱指挥与幼儿园教师培训。".into(),
    }
}

#[tokio::test]
async fn its_own_people_write_it_and_everyone_reads_it() {
    let test = TestApp::start().await;
    let own = test.entered("linxiaozhou").await;
    let slug = own.show_me().await.unwrap().org.slug;
    let before = own.show_profile(&slug).await.unwrap();
    assert!(before.may_change && before.choices.len() == 10 && before.changed_at.is_some());
    let after = own.set_profile(&slug, &before.version, &draft()).await.unwrap();
    let codes: Vec<&str> = after.disciplines.iter().map(|it| it.code.as_str()).collect();
    assert_eq!((codes, after.forms.len()), (vec!["760.15", "880.47"], 2));
    assert_eq!(after.stages, [Stage::Preschool, Stage::Primary]);
    assert!(!after.measures[0].title.is_empty());
    let seen = test.client.show_profile(&slug).await.unwrap();
    assert_eq!((seen.version, seen.strengths), (after.version.clone(), after.strengths));
    assert!(!seen.may_change && seen.choices.is_empty(), "a visitor is offered nothing");
    assert_eq!(kind(own.set_profile(&slug, &before.version, &draft()).await), "stale");
    let admin = test.entered("wuxiao").await;
    admin.set_profile(&slug, &after.version, &draft()).await.unwrap();

    let auditor = test.entered("heqing").await;
    let asked = ListEvents { q: slug, ..ListEvents::default() };
    let events = auditor.list_events(&asked).await.unwrap().items;
    let changes = events.iter().filter(|it| it.subject == Subject::Profile && it.action == A::Change);
    assert_eq!(changes.count(), 2);
    assert_eq!(checked(&auditor).await.faults, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_else_writes_it() {
    let test = TestApp::start().await;
    let seen = test.client.show_profile("sdua").await.unwrap();
    for account in test.client.show_door().await.unwrap().demo {
        let client = test.entered(&account.login).await;
        let me = client.show_me().await.unwrap();
        if account.login == "wuxiao" || me.org.slug == "sdua" {
            continue;
        }
        let refused = problem(client.set_profile("sdua", &seen.version, &draft()).await);
        assert_eq!((refused.status, refused.detail.as_str()), (403, "由本校申报人员和系统管理员填写"));
        assert!(!client.show_profile("sdua").await.unwrap().may_change);
    }
    assert_eq!(problem(test.client.set_profile("sdua", &seen.version, &draft()).await).status, 401);
    assert_eq!(test.client.show_profile("sdua").await.unwrap().version, seen.version);
}

#[tokio::test]
async fn only_universities_have_one_and_fields_are_told() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    for slug in ["lixia", "nowhere"] {
        assert_eq!(problem(admin.show_profile(slug).await).status, 404);
        assert_eq!(problem(admin.set_profile(slug, "\"v0\"", &draft()).await).status, 404);
    }
    let seen = admin.show_profile("sdua").await.unwrap();
    let wrong = ProfileDraft { disciplines: vec!["特殊教育".into()], measures: vec![11], ..draft() };
    let told = problem(admin.set_profile("sdua", &seen.version, &wrong).await);
    let paths: Vec<&str> = told.fields.iter().map(|it| it.error.path.as_str()).collect();
    assert_eq!(paths, ["disciplines[0]", "measures[0]", "forms[0]", "forms[1]"]);
    assert!(told.fields[0].message.contains("特殊教育学"), "{}", told.fields[0].message);
}

#[tokio::test]
async fn every_university_of_the_demonstration_has_one() {
    let test = TestApp::start().await;
    let query = ronghe_client::ListOrganisations { kind: "university".into(), ..Default::default() };
    for org in test.client.list_organisations(&query).await.unwrap().items {
        let profile = test.client.show_profile(&org.slug).await.unwrap();
        let parts =
            [profile.disciplines.len(), profile.measures.len(), profile.forms.len(), profile.stages.len()];
        assert!(parts.iter().all(|count| *count > 0), "{}: {parts:?}", org.slug);
    }
    assert!(test.entered("linxiaozhou").await.show_me().await.unwrap().roles.contains(&Role::University));
}
