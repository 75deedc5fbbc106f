//! Administering organisations, and who sees whom to call.

use crate::{kind, problem};
use ronghe_domain::org::{Contact, OrgDraft, OrgKind, Outgoing, Post, SignOff};
use ronghe_testkit::TestApp;

fn school(slug: &str, name: &str) -> OrgDraft {
    OrgDraft {
        slug: slug.into(),
        kind: Some(OrgKind::School),
        name: name.into(),
        parent: "历下区教体局".into(),
        contacts: vec![Contact {
            post: Post::Contact,
            name: "王芳".into(),
            title: "德育主任".into(),
            phone: "13812345678".into(),
        }],
        sign_off: vec![SignOff {
            document: Outgoing::Need, steps: vec!["教导处".into(), "校长".into()]
        }],
        ..OrgDraft::default()
    }
}

#[tokio::test]
async fn an_administrator_makes_and_changes_an_organisation() {
    let test = TestApp::start().await;
    let admin = test.entered("wuxiao").await;
    let made = admin.create_organisation(&school("hubin", "湖滨小学")).await.unwrap();
    assert_eq!((made.parent.unwrap().slug.as_str(), made.offers.len()), ("lixia", 1));
    let mut changed = school("hubin", "湖滨实验小学");
    changed.until = "2030-07-31".into();
    let after = admin.change_organisation("hubin", &made.version, &changed).await.unwrap();
    assert_eq!((after.name.as_str(), after.until.as_deref()), ("湖滨实验小学", Some("2030-07-31")));
    assert_eq!(kind(admin.change_organisation("hubin", &made.version, &changed).await), "stale");
    let twice = problem(admin.create_organisation(&school("hubin", "湖滨实验小学")).await);
    let paths: Vec<_> = twice.fields.iter().map(|field| field.error.path.as_str()).collect();
    assert_eq!(paths, ["slug", "name"]);
    let events = test
        .entered("heqing")
        .await
        .list_events(&ronghe_client::ListEvents { q: "hubin".into(), ..Default::default() })
        .await;
    assert_eq!(events.unwrap().total, 2);
}

#[tokio::test]
async fn telephones_are_for_those_who_need_them() {
    let test = TestApp::start().await;
    test.entered("wuxiao").await.create_organisation(&school("hubin", "湖滨小学")).await.unwrap();
    let phone = async |login: &str| {
        let view = test.entered(login).await.show_organisation("hubin").await.unwrap();
        view.contacts[0].phone.clone()
    };
    assert_eq!(phone("wuxiao").await, "13812345678");
    assert_eq!(phone("zhangmin").await, "13812345678");
    assert_eq!(phone("linxiaozhou").await, "138****5678");
    let public = test.client.show_organisation("hubin").await.unwrap();
    assert!(public.contacts.is_empty() && public.offers.is_empty());
}

#[tokio::test]
async fn nobody_else_changes_the_directory() {
    let test = TestApp::start().await;
    for account in test.client.show_door().await.unwrap().demo {
        if account.login == "wuxiao" {
            continue;
        }
        let client = test.entered(&account.login).await;
        let refused = problem(client.create_organisation(&school("hubin", "湖滨小学")).await);
        assert_eq!((refused.status, refused.detail.as_str()), (403, "由系统管理员办理"), "{}", account.login);
        let seen = client.show_organisation("yanliu").await.unwrap();
        let refused =
            client.change_organisation("yanliu", &seen.version, &school("yanliu", "燕柳中学")).await;
        assert_eq!(problem(refused).status, 403);
    }
}
