//! The auditor reads the chain and checks it; nobody else does.

use crate::kind;
use ronghe_client::ListEvents;
use ronghe_testkit::TestApp;

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
    let chain = auditor.verify_chain().await.unwrap();
    assert_eq!((chain.faults.as_slice(), chain.events), ([].as_slice(), i64::try_from(first.total).unwrap()));
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
        }
    }
    assert_eq!(kind(test.client.list_events(&ListEvents::default()).await), "unknown");
}

#[tokio::test]
async fn a_row_changed_beside_the_chain_is_named() {
    let test = TestApp::start().await;
    let auditor = test.entered("heqing").await;
    let sql = "UPDATE account SET roles = '[\"lead_office\"]' WHERE login = 'wuxiao'";
    assert_eq!(auditor.verify_chain().await.unwrap().faults, Vec::<String>::new());
    ronghe_testkit::tamper(&test.app, sql).await;
    let faults = auditor.verify_chain().await.unwrap().faults;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("账号"), "{faults:?}");
}
