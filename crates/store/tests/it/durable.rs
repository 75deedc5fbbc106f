//! What is committed stays, and what takes too long is given up: the settings as the live connections have them.

use ronghe_store::copy::mark;
use ronghe_store::db::unhurried;
use ronghe_store::{Backend, Connection, Db, Error};
use ronghe_testkit::{TestDb, db_test, postgres, sqlite};

/// A statement that fails where `pragma` is not `value`: the JSON function refuses what is no JSON.
fn claim(pragma: &str, value: &str) -> String {
    format!("SELECT json(CASE WHEN (SELECT {pragma} FROM pragma_{pragma}) = {value} THEN '1' ELSE 'no' END)")
}

async fn holds<C: Connection>(on: &C, pragma: &str, value: &str) -> bool {
    on.execute_unprepared(&claim(pragma, value)).await.is_ok()
}

#[tokio::test]
async fn sqlite_writes_through_before_it_answers() {
    let test = sqlite().await;
    let db: &Db = test.db();
    let writer = db.begin().await.unwrap();
    for (pragma, value) in [("journal_mode", "'wal'"), ("synchronous", "2"), ("foreign_keys", "1")] {
        assert!(holds(&writer, pragma, value).await, "{pragma} of the writer");
        assert!(holds(db.reader(), pragma, value).await, "{pragma} of a reader");
    }
    assert!(!holds(&writer, "synchronous", "1").await, "a wrong claim fails");
}

/// SQLite has no such limit: a statement there runs in this process, and waits for nobody.
#[tokio::test]
async fn a_statement_on_postgresql_takes_five_seconds_unless_it_says_so() {
    let test = postgres().await;
    let db = test.db();
    let sleep = "SELECT pg_sleep(5.5)";
    let (hurried, long) = (db.begin().await.unwrap(), db.begin().await.unwrap());
    unhurried(&long).await.unwrap();
    let (cut, slept) = tokio::join!(hurried.execute_unprepared(sleep), long.execute_unprepared(sleep));
    let cut = Error::from(cut.unwrap_err());
    assert!(matches!(cut, Error::Slow(_)), "{cut:?}");
    slept.unwrap();
    long.rollback().await.unwrap();
    hurried.rollback().await.unwrap();
    // The limit stands again on the same connections.
    assert!(db.reader().execute_unprepared(sleep).await.is_err());
}

#[tokio::test]
async fn a_disk_of_postgresql_that_is_full_is_told_from_a_failure() {
    let test = postgres().await;
    let says = |code: &str| format!("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$");
    let full = Error::from(test.db().reader().execute_unprepared(&says("disk_full")).await.unwrap_err());
    assert!(matches!(full, Error::Full(_)), "{full:?}");
    let broken = Error::from(test.db().reader().execute_unprepared(&says("io_error")).await.unwrap_err());
    assert!(matches!(broken, Error::Backend(_)), "{broken:?}");
}

const WRITE: &str = "INSERT INTO setting (key, value) VALUES ('written', 'yes')";

db_test!(what_is_written_outside_the_chain_is_noticed_too, |test: TestDb| async move {
    let db = test.db();
    let before = mark(db).await.unwrap();
    let writes = db.begin().await.unwrap();
    writes.execute_unprepared(WRITE).await.unwrap();
    if db.backend() == Backend::Postgres {
        // Its statistics learn of it at the commit, and not within seconds.
        writes.execute_unprepared("SELECT pg_stat_force_next_flush()").await.unwrap();
    }
    writes.commit().await.unwrap();
    assert_ne!(mark(db).await.unwrap(), before);
});

#[tokio::test]
async fn what_is_only_asked_or_undone_changes_nothing() {
    let test = sqlite().await;
    let db = test.db();
    let before = mark(db).await.unwrap();
    db.ping().await.unwrap();
    let undone = db.begin().await.unwrap();
    undone.execute_unprepared(WRITE).await.unwrap();
    undone.rollback().await.unwrap();
    assert_eq!(mark(db).await.unwrap(), before);
}
