//! The auditor reads the chain and checks it; nobody else does.

use crate::{checked, ended, kind};
use jiff::SignedDuration;
use ronghe_client::ListEvents;
use ronghe_contract::audit::CheckView;
use ronghe_testkit::{TestApp, hold_the_events, postgres};

#[tokio::test]
async fn the_auditor_reads_and_checks_the_chain() {
    let test = TestApp::start().await;
    let auditor = test.entered("heqing").await;
    let first = auditor.list_events(&ListEvents::default()).await.unwrap();
    assert_eq!((first.items.len(), first.items[0].name.as_str()), (50, "heqing"));
    let next = ListEvents { after: first.next.unwrap(), ..ListEvents::default() };
    let second = auditor.list_events(&next).await.unwrap();
    assert_eq!(second.items[0].seq + 1, first.items[49].seq);
    let found =
        auditor.list_events(&ListEvents { q: "jinan-2023-24".into(), ..Default::default() }).await.unwrap();
    assert_eq!(found.total, 3, "imported, published, renewed");
    let chain = checked(&auditor).await;
    assert_eq!((chain.faults.as_slice(), chain.events), ([].as_slice(), i64::try_from(first.total).unwrap()));
    assert_eq!(chain.by.as_deref(), Some("何清"));
    // It is kept for whoever watches and comes later.
    let kept = auditor.show_chain_check().await.unwrap();
    assert_eq!((kept.running, kept.last, kept.failed), (None, Some(chain), false));
}

/// On SQLite nobody can hold up who reads.
#[tokio::test]
async fn a_check_goes_on_after_its_answer_and_is_joined() {
    let test = TestApp::start_on(postgres().await).await;
    let (auditor, other) = (test.entered("heqing").await, test.entered("heqing").await);
    assert_eq!(auditor.show_chain_check().await.unwrap(), CheckView::default());
    let held = test.app.db().begin().await.unwrap();
    hold_the_events(&held).await;
    let begun = auditor.verify_chain().await.unwrap();
    let running = begun.running.unwrap();
    assert_eq!((running.by.as_deref(), begun.last), (Some("何清"), None));
    test.app.clock().set(test.app.now() + SignedDuration::from_mins(1));
    assert_eq!(other.verify_chain().await.unwrap().running, Some(running.clone()), "it is joined");
    assert_eq!(other.show_chain_check().await.unwrap().running, Some(running.clone()));
    held.rollback().await.unwrap();
    let chain = ended(&other).await.last.unwrap();
    assert_eq!((chain.started_at, chain.faults), (running.since, Vec::<String>::new()));
}

#[tokio::test]
async fn a_check_that_cannot_be_carried_out_says_so() {
    let test = TestApp::start().await;
    let auditor = test.entered("heqing").await;
    let before = checked(&auditor).await;
    ronghe_testkit::tamper(&test.app, "ALTER TABLE event_detail RENAME TO elsewhere").await;
    auditor.verify_chain().await.unwrap();
    let after = ended(&auditor).await;
    assert_eq!((after.failed, after.last), (true, Some(before)), "what was found before stays");
}

#[tokio::test]
async fn nobody_else_does() {
    let test = TestApp::start().await;
    for account in test.client.show_door().await.unwrap().demo {
        if account.login != "heqing" {
            let client = test.entered(&account.login).await;
            assert_eq!(
                kind(client.list_events(&ListEvents::default()).await),
                "unknown",
                "{}",
                account.login
            );
            assert_eq!(kind(client.verify_chain().await), "unknown", "{}", account.login);
            assert_eq!(kind(client.show_chain_check().await), "unknown", "{}", account.login);
        }
    }
    assert_eq!(kind(test.client.list_events(&ListEvents::default()).await), "unknown");
}

#[tokio::test]
async fn a_row_changed_beside_the_chain_is_named() {
    let test = TestApp::start().await;
    let auditor = test.entered("heqing").await;
    let sql = "UPDATE account SET roles = '[\"lead_office\"]' WHERE login = 'wuxiao'";
    assert_eq!(checked(&auditor).await.faults, Vec::<String>::new());
    ronghe_testkit::tamper(&test.app, sql).await;
    let faults = checked(&auditor).await.faults;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("账号"), "{faults:?}");
}
