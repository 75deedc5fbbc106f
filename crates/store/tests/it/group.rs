//! Group commit: one commit for many, each whole or not at all, and nobody told before it.

use crate::audit::stored;
use ronghe_domain::audit::GENESIS;
use ronghe_store::audit::{close, lock_head, read_head};
use ronghe_store::{Connection, Constraint, Db, Error, Transaction, setting};
use ronghe_testkit::{TestDb, db_test, postgres, sqlite};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A row that no other names, wrong once the foreign keys are looked at.
const DANGLING: &str = "PRAGMA defer_foreign_keys = ON; \
     INSERT INTO need_measure (need, seq) VALUES (X'00000000000000000000000000000001', 1)";

/// Waits behind those that hold or wait for the writer.
async fn queued(db: &Db) -> JoinHandle<Result<Transaction, Error>> {
    let db = db.clone();
    let waiting = tokio::spawn(async move { db.begin().await });
    // It has asked once it was run once.
    tokio::task::yield_now().await;
    waiting
}

async fn set(on: &Transaction, key: &str) {
    setting::insert(on, key, "set").await.unwrap();
}

async fn is_set<C: Connection>(on: &C, key: &str) -> bool {
    setting::get(on, key).await.unwrap().is_some()
}

#[tokio::test]
async fn nobody_is_told_before_the_commit_of_all() {
    let test = sqlite().await;
    let db = test.db();
    let one = db.begin().await.unwrap();
    let (two, three) = (queued(db).await, queued(db).await);
    set(&one, "one").await;
    let one = tokio::spawn(one.commit());
    let two = two.await.unwrap().unwrap();
    assert!(is_set(&two, "one").await, "it stands behind the first");
    assert!(!is_set(db.reader(), "one").await, "others do not see it yet");
    set(&two, "two").await;
    let two = tokio::spawn(two.commit());
    let three = three.await.unwrap().unwrap();
    assert!(is_set(&three, "two").await);
    // What it says may rest on what the others did.
    let three = tokio::spawn(three.rollback());
    let four = db.begin().await.unwrap();
    assert!(!one.is_finished() && !two.is_finished() && !three.is_finished());
    set(&four, "four").await;
    four.commit().await.unwrap();
    for told in [one, two, three] {
        told.await.unwrap().unwrap();
    }
    for key in ["one", "two", "four"] {
        assert!(is_set(db.reader(), key).await, "{key}");
    }
}

#[tokio::test]
async fn who_fails_in_the_middle_harms_no_neighbour() {
    let test = sqlite().await;
    let db = test.db();
    let one = db.begin().await.unwrap();
    let (failing, dropped, aborted, last) =
        (queued(db).await, queued(db).await, queued(db).await, queued(db).await);
    set(&one, "one").await;
    let one = tokio::spawn(one.commit());

    let failing = failing.await.unwrap().unwrap();
    set(&failing, "failing").await;
    assert!(setting::insert(&failing, "one", "again").await.is_err(), "the key is taken");
    let after = setting::insert(&failing, "after", "a failure").await;
    assert!(matches!(after, Err(Error::Backend(_))), "nothing is done behind what failed: {after:?}");
    let failing = tokio::spawn(failing.commit());

    let dropped = dropped.await.unwrap().unwrap();
    set(&dropped, "dropped").await;
    drop(dropped);

    let mut late = aborted.await.unwrap().unwrap();
    set(&late, "late").await;
    late.within(Duration::ZERO);
    let too_late = setting::insert(&late, "later", "set").await;
    assert!(matches!(too_late, Err(Error::Overrun)), "{too_late:?}");
    let late = tokio::spawn(late.rollback());

    let last = last.await.unwrap().unwrap();
    set(&last, "last").await;
    last.commit().await.unwrap();
    one.await.unwrap().unwrap();
    assert!(failing.await.unwrap().is_err());
    late.await.unwrap().unwrap();
    let kept = ["one", "last"];
    for key in ["one", "failing", "after", "dropped", "late", "later", "last"] {
        assert_eq!(is_set(db.reader(), key).await, kept.contains(&key), "{key}");
    }
}

#[tokio::test]
async fn where_the_commit_fails_everyone_is_told_and_nothing_stays() {
    let test = sqlite().await;
    let db = test.db();
    let one = db.begin().await.unwrap();
    let (two, seeing, last) = (queued(db).await, queued(db).await, queued(db).await);
    set(&one, "one").await;
    let one = tokio::spawn(one.commit());
    let two = two.await.unwrap().unwrap();
    two.execute_unprepared(DANGLING).await.unwrap();
    let two = tokio::spawn(two.commit());
    let seeing = seeing.await.unwrap().unwrap();
    assert!(is_set(&seeing, "one").await);
    let seeing = tokio::spawn(seeing.rollback());
    let last = last.await.unwrap().unwrap();
    set(&last, "last").await;
    let last = tokio::spawn(last.commit());
    for told in [one, two, seeing, last] {
        let told = told.await.unwrap();
        assert!(matches!(told, Err(Error::Backend(_))), "not as a fault of the single one: {told:?}");
    }
    for key in ["one", "last"] {
        assert!(!is_set(db.reader(), key).await, "{key}");
    }
    // The next goes on by itself, as immediate as before.
    let next = db.begin().await.unwrap();
    set(&next, "next").await;
    next.commit().await.unwrap();
    assert!(is_set(db.reader(), "next").await);
}

#[tokio::test]
async fn who_waits_no_longer_is_left_out() {
    let test = sqlite().await;
    let db = test.db();
    let one = db.begin().await.unwrap();
    let (gone, next) = (queued(db).await, queued(db).await);
    gone.abort();
    assert!(gone.await.is_err());
    set(&one, "one").await;
    let one = tokio::spawn(one.commit());
    next.await.unwrap().unwrap().rollback().await.unwrap();
    one.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_takes_long_is_not_waited_for() {
    let test = sqlite().await;
    let db = test.db();
    let one = db.begin().await.unwrap();
    let long = tokio::spawn({
        let db = db.clone();
        async move { db.begin_alone().await }
    });
    tokio::task::yield_now().await;
    let next = queued(db).await;
    set(&one, "one").await;
    // It is told although the long one waits, and is not done.
    one.commit().await.unwrap();
    let long = long.await.unwrap().unwrap();
    assert!(is_set(db.reader(), "one").await);
    set(&long, "long").await;
    long.commit().await.unwrap();
    let next = next.await.unwrap().unwrap();
    assert!(is_set(db.reader(), "long").await, "nobody else is in its group");
    next.rollback().await.unwrap();
}

db_test!(the_head_of_the_chain_is_taken_back_with_its_events, |test: TestDb| async move {
    let db = test.db();
    let chain = async |on: &Transaction| {
        let (head, _) = lock_head(on).await.unwrap();
        let event = stored(head.seq + 1, &head.hash);
        close(on, std::slice::from_ref(&event), None).await.unwrap();
        event
    };
    let one = db.begin().await.unwrap();
    let (two, three) = (queued(db).await, queued(db).await);
    let first = chain(&one).await;
    assert_eq!(first.event.prev, GENESIS);
    let one = tokio::spawn(one.commit());
    let two = two.await.unwrap().unwrap();
    chain(&two).await;
    let two = two.restart(db).await.unwrap();
    let again = chain(&two).await;
    drop(two);
    let three = three.await.unwrap().unwrap();
    let second = chain(&three).await;
    three.commit().await.unwrap();
    one.await.unwrap().unwrap();
    assert_eq!((second.event.seq, &second.event.prev), (2, &first.hash));
    assert_eq!(again.event.prev, first.hash, "nor does one that begins anew stand on itself");
    let head = read_head(db.reader()).await.unwrap();
    assert_eq!((head.seq, head.hash), (2, second.hash));
});

db_test!(an_answer_is_kept_once, |test: TestDb| async move {
    use ronghe_domain::kernel::Instant;
    use ronghe_store::idempotency::{Answer, Kept, find};
    let [actor, _] = crate::people(test.db()).await;
    let answer = Answer { request: "r".into(), status: 200, body: "b".into(), etag: String::new() };
    let kept = Kept { actor, key: "a key", answer: &answer, made: Instant::UNIX_EPOCH };
    let tx = test.db().begin().await.unwrap();
    close(&tx, &[stored(1, GENESIS)], Some(kept)).await.unwrap();
    tx.commit().await.unwrap();
    let tx = test.db().begin().await.unwrap();
    let twice = close(&tx, &[stored(2, "another")], Some(kept)).await;
    assert!(matches!(twice, Err(Error::Conflict(Constraint::Answered))), "{twice:?}");
    tx.rollback().await.unwrap();
    assert_eq!(find(test.db().reader(), actor, "a key").await.unwrap(), Some(answer));
    assert_eq!(read_head(test.db().reader()).await.unwrap().seq, 1);
});

/// The time of an event is read after the wait for the head.
#[tokio::test]
async fn the_clock_under_the_head_is_read_after_the_wait() {
    let test = postgres().await;
    let (db, beside) = (test.db(), test.beside().await);
    let held = beside.begin().await.unwrap();
    lock_head(&held).await.unwrap();
    let waiting = tokio::spawn({
        let db = db.clone();
        async move {
            let tx = db.begin().await.unwrap();
            lock_head(&tx).await.unwrap().1
        }
    });
    let waits = "DO $$ BEGIN ASSERT (SELECT count(*) = 1 FROM pg_stat_activity \
                 WHERE datname = current_database() AND wait_event_type = 'Lock'); END $$";
    while beside.reader().execute_unprepared(waits).await.is_err() {}
    let after = ronghe_store::db::clock(&held).await.unwrap();
    held.rollback().await.unwrap();
    let said = waiting.await.unwrap();
    assert!(after.is_some() && said > after, "{said:?} is not after {after:?}");
}
