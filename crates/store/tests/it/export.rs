//! Exports: whose turn it is, how long one is its server's, and rows that cannot be read.

use crate::people;
use ronghe_domain::export::{Export, Form, State, taken_until};
use ronghe_domain::kernel::{AccountId, ExportId, Instant, OrgId, Role};
use ronghe_domain::message::template::Language;
use ronghe_store::{Connection, export};
use ronghe_testkit::{TestDb, db_test};
use uuid::Uuid;

fn at(second: i64) -> Instant {
    Instant::from_second(second).unwrap()
}

fn asked(id: u128, owner: AccountId) -> Export {
    let second = i64::try_from(id).unwrap();
    Export {
        id: ExportId(Uuid::from_u128(id)),
        owner,
        org: OrgId(Uuid::from_u128(1)),
        roles: [Role::LeadOffice].into(),
        form: Form::Csv,
        language: Language::Zh,
        asked: [("state".to_owned(), "forwarded".to_owned())].into(),
        state: State::Waiting,
        rows: 0,
        size: 0,
        hash: String::new(),
        tries: 0,
        asked_at: at(second),
        next: Some(at(second)),
        done_at: None,
    }
}

/// Whose turn it is at this second, taken up by a server.
async fn take_up(test: &TestDb, second: i64) -> Option<Export> {
    let tx = test.db().begin().await.unwrap();
    let found = export::lock_next(&tx, at(second)).await.unwrap()?;
    let taken = found.export.unwrap().taken_up(at(second));
    export::save(&tx, &taken).await.unwrap();
    tx.commit().await.unwrap();
    Some(taken)
}

db_test!(an_export_is_its_servers_as_long_as_that_says_so, |test: TestDb| async move {
    let [owner, _] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    export::insert(&tx, &asked(5, owner)).await.unwrap();
    tx.commit().await.unwrap();
    let first = take_up(&test, 10).await.unwrap();
    assert_eq!(first.next, Some(at(70)));
    assert_eq!(take_up(&test, 69).await, None, "it is another's");
    let tx = test.db().begin().await.unwrap();
    assert!(export::hold(&tx, (first.id, first.tries), taken_until(at(60))).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(take_up(&test, 119).await, None, "it is so still");
    let second = take_up(&test, 120).await.unwrap();
    assert_eq!(second.tries, 2);
    let tx = test.db().begin().await.unwrap();
    let held = export::hold(&tx, (first.id, first.tries), at(999)).await.unwrap();
    assert!(!held, "the first server has lost it");
    assert_eq!(export::release(&tx, at(121)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(take_up(&test, 121).await.unwrap().tries, 3, "its server has begun anew");
    assert_eq!(export::tries(test.db().reader(), first.id).await.unwrap(), Some(3));
});

db_test!(a_row_that_cannot_be_read_keeps_no_other_back, |test: TestDb| async move {
    let [owner, _] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    for id in [5, 6] {
        export::insert(&tx, &asked(id, owner)).await.unwrap();
    }
    tx.execute_unprepared("UPDATE list_export SET roles = '[' WHERE asked_at = 5000000").await.unwrap();
    tx.commit().await.unwrap();
    let read = export::of(test.db().reader(), owner).await.unwrap();
    let read: Vec<bool> = read.iter().map(|found| found.export.is_ok()).collect();
    assert_eq!(read, [true, false]);
    let tx = test.db().begin().await.unwrap();
    let broken = export::lock_next(&tx, at(9)).await.unwrap().unwrap();
    assert!(broken.export.is_err() && broken.owner == owner);
    assert!(export::give_up(&tx, broken.id, at(9)).await.unwrap());
    assert!(!export::give_up(&tx, broken.id, at(9)).await.unwrap(), "once");
    tx.commit().await.unwrap();
    assert_eq!(take_up(&test, 9).await.unwrap().id, ExportId(Uuid::from_u128(6)));
    let tx = test.db().begin().await.unwrap();
    assert_eq!(
        export::lock_gone(&tx, at(9)).await.unwrap().unwrap().id,
        broken.id,
        "and it goes like others"
    );
});
