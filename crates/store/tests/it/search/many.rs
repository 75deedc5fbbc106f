//! More ids than a statement takes values: 32,766 on SQLite, 65,535 on PostgreSQL.

use crate::application::{Turned, submitted};
use crate::need::{CYCLE, open};
use ronghe_domain::application::State;
use ronghe_domain::application::rules::Scope;
use ronghe_domain::application::search::Words;
use ronghe_domain::kernel::{AccountId, ApplicationId, NeedId, NeedListId};
use ronghe_domain::need::rules::Scope as NeedScope;
use ronghe_domain::sign_off::{Kind, Subject};
use ronghe_store::application::{self, Filter, Sort, opinion};
use ronghe_store::{Connection, account, need, need_list, sign_off};
use ronghe_testkit::{TestDb, db_test};
use sea_orm::DbBackend;
use uuid::Uuid;

/// More than either takes.
const IDS: u128 = 70_000;

/// Nobody has them.
fn nobody() -> impl Iterator<Item = Uuid> {
    (0..IDS).map(|number| Uuid::from_u128((1 << 100) + number))
}

db_test!(any_number_of_ids_is_asked_for, |test: TestDb| async move {
    let by = open(test.db()).await;
    let db = test.db().reader();
    let tx = test.db().begin().await.unwrap();
    let one = submitted(&tx, by).await;
    tx.commit().await.unwrap();
    let needs: Vec<NeedId> = nobody().map(NeedId).chain([one.need]).collect();
    let found = need::rows(db, &[NeedScope::All], needs.iter().copied()).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [one.need]);
    let found = need::rows_with_prose(db, &[NeedScope::All], &needs).await.unwrap();
    assert_eq!(found.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), [one.need]);
    assert_eq!(need::verdict::of(db, needs.iter().copied()).await.unwrap(), []);
    let people = nobody().map(AccountId).chain([by]).collect();
    let found = account::named(db, &people).await.unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [by]);
    let applications = nobody().map(ApplicationId).chain([one.id]);
    assert!(opinion::last(db, applications).await.unwrap().is_empty());
    let lists: Vec<NeedListId> = nobody().map(NeedListId).collect();
    assert!(need_list::get(db, &lists).await.unwrap().is_empty());
    let subjects = nobody().chain([one.id.0]).map(|id| Subject { kind: Kind::Application, id });
    let cycles = sign_off::cycles(db, subjects).await.unwrap();
    assert_eq!(cycles.into_iter().collect::<Vec<_>>(), [(one.id.0, CYCLE)]);
});

db_test!(any_number_of_applications_is_found, |test: TestDb| async move {
    let by = open(test.db()).await;
    let db = test.db().reader();
    let tx = test.db().begin().await.unwrap();
    submitted(&tx, by).await;
    // What is taken back may stand beside the same in any number. Ten statements: each has five seconds at most.
    let (more, id) = match tx.get_database_backend() {
        DbBackend::Postgres => (66_000, "gen_random_uuid()"),
        _ => (33_000, "randomblob(16)"),
    };
    let copies = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) \
         INSERT INTO application (id, cycle, cycle_name, need, university, state, head, draft, content, members, \
         submissions, changed_at, submitted_at, version) SELECT {id}, cycle, cycle_name, need, university, \
         'withdrawn', head, draft, content, members, submissions, changed_at, submitted_at, version \
         FROM application, n WHERE state <> 'withdrawn'",
        more / 10
    );
    for _ in 0..10 {
        tx.execute_unprepared(&copies).await.unwrap();
    }
    tx.commit().await.unwrap();
    let filter =
        Filter { words: Words::parse("心理"), sort: Sort::Changed, limit: 50, ..Filter::default() };
    let (rows, total) = application::list(db, &Turned, &[Scope::All], &filter).await.unwrap();
    assert_eq!((rows.len(), total), (50, more + 1));
    assert!(rows.iter().any(|row| row.state == State::Withdrawn));
});
