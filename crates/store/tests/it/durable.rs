//! What is committed stays: the settings as the live connections have them.

use ronghe_store::{Connection, Db};
use ronghe_testkit::sqlite;

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
