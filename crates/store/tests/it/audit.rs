//! The chain: events come back as written, and the database itself keeps them from change.

use ronghe_domain::audit::{Action, Event, GENESIS, Subject, Via};
use ronghe_domain::kernel::Instant;
use ronghe_store::audit::{Detail, Filter, Stored, after, close, list, lock_head, read_head};
use ronghe_store::{Connection, Db};
use ronghe_testkit::{TestDb, db_test};

pub(crate) fn stored(seq: i64, prev: &str) -> Stored {
    let event = Event {
        v: Event::VERSION,
        alg: Event::ALG.into(),
        seq,
        at: Instant::from_second(1_770_000_000 + seq).unwrap(),
        actor: None,
        roles: vec![],
        org: None,
        via: Via::Console,
        request: "r".into(),
        address: String::new(),
        action: Action::Create,
        subject: Subject::Policy,
        record: format!("record-{seq}"),
        version: 1,
        refused: false,
        after: String::new(),
        detail: String::new(),
        prev: prev.into(),
    };
    let detail = Detail {
        name: format!("名称{seq} Record-{seq}"),
        salt: "s".into(),
        before: None,
        after: Some("{}".into()),
    };
    Stored { hash: event.hash().unwrap(), event, detail: Some(detail) }
}

async fn two_events(db: &Db) -> Vec<Stored> {
    let tx = db.begin().await.unwrap();
    assert_eq!(lock_head(&tx).await.unwrap().0.hash, GENESIS);
    let one = stored(1, GENESIS);
    let two = stored(2, &one.hash);
    let both = vec![one, two];
    close(&tx, &both, None).await.unwrap();
    tx.commit().await.unwrap();
    both
}

db_test!(events_come_back_as_written, |test: TestDb| async move {
    let written = two_events(test.db()).await;
    let db = test.db().reader();
    let lying = after(db, 0, 10).await.unwrap();
    assert!(lying.iter().all(|it| it.agrees), "the columns say the same");
    assert_eq!(lying.into_iter().filter_map(|it| it.stored).collect::<Vec<_>>(), written);
    assert_eq!(read_head(db).await.unwrap().seq, 2);
    let by_words = Filter { words: Some("名称2".into()), limit: 10, ..Filter::default() };
    let (found, total) = list(db, &by_words).await.unwrap();
    assert_eq!((found[0].event.seq, total), (2, 1));
    let small = Filter { words: Some("record-2".into()), limit: 10, ..Filter::default() };
    assert_eq!(list(db, &small).await.unwrap().1, 1, "capitals or not, on both databases");
    let by_record = Filter { record: Some("record-1".into()), limit: 10, ..Filter::default() };
    assert_eq!(list(db, &by_record).await.unwrap().1, 1);
});

db_test!(events_neither_change_nor_go, |test: TestDb| async move {
    two_events(test.db()).await;
    for statement in ["UPDATE event SET record = 'x' WHERE seq = 1", "DELETE FROM event WHERE seq = 2"] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(statement).await.is_err(), "{statement}");
    }
});
