//! No query in a loop: an operation asks the database as often as stands beside it, however many rows it shows.

use ronghe_client::{ExportNeeds, ListApplications, ListNeeds};
use ronghe_contract::need::{ActOnNeed, StartNeed};
use ronghe_domain::need::State;
use ronghe_testkit::{TestApp, TestDb, db_test, need_draft};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

db_test!(an_operation_asks_as_often_as_stands_beside_it, |db: TestDb| async move {
    let counted = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&counted);
    let db = db.watched(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let test = TestApp::start_on(db).await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let lead = test.entered("zhangmin").await;
    let mut asked = counted.load(Ordering::Relaxed);
    let mut over = Vec::new();
    let mut check = |what: &str, most: u64| {
        let now = counted.load(Ordering::Relaxed);
        if now - asked > most {
            over.push(format!("{what}: {} statements, at most {most}", now - asked));
        }
        asked = now;
    };
    let needs = lead.list_needs(&ListNeeds::default()).await.unwrap();
    // What is kept in memory is read once.
    check("the first list", 20);
    assert!(needs.total > 10);
    lead.list_needs(&ListNeeds::default()).await.unwrap();
    check("list: who calls, the rows with their number", 2);
    lead.list_needs(&ListNeeds { q: "书法".into(), ..ListNeeds::default() }).await.unwrap();
    check("search: the same, and on SQLite which way is shorter", 3);
    let arrived = needs.items.iter().find(|row| row.state == State::Forwarded).unwrap();
    lead.show_need(&arrived.name).await.unwrap();
    check("detail: who calls, the need", 2);
    lead.list_alike_needs(&arrived.name).await.unwrap();
    check("alike: who calls, the need, what was changed, the likest", 4);
    lead.list_alike_needs(&arrived.name).await.unwrap();
    check("alike again: the same", 4);
    let begun = school.start_need(&StartNeed { draft: need_draft(), ..StartNeed::default() }).await.unwrap();
    check("beginning", 7);
    let mut typed = need_draft();
    typed.goals.push('！');
    let saved = school.save_need(&begun.row.name, &begun.version, &typed).await.unwrap();
    check("autosave", 8);
    let sent = school.act_on_need(&begun.row.name, &saved.version, &ActOnNeed::Submit).await.unwrap();
    check("the first submission, of a unit without a chain whose row is locked in its place", 21);
    let (corrections, until) = (Vec::new(), String::new());
    let back = ActOnNeed::Return { corrections, remark: "请补充现状数据".into(), until };
    let returned = district.act_on_need(&sent.row.name, &sent.version, &back).await.unwrap();
    check("returning, with the round and the table that it would void", 12);
    let version = school.show_need(&returned.row.name).await.unwrap().version;
    check("detail of one's own", 4);
    school.act_on_need(&sent.row.name, &version, &ActOnNeed::Submit).await.unwrap();
    check("submitting again, likewise", 14);
    let looking = ListApplications { q: "书法".into(), ..ListApplications::default() };
    lead.list_applications(&looking).await.unwrap();
    check("applications by words: who calls, what they may see, how many hold them, the rows", 5);
    lead.export_needs(&ExportNeeds::default()).await.unwrap();
    check("export: who calls, the rows, its event", 8);
    assert!(over.is_empty(), "{over:#?}");
});
