//! Policy documents: what is written is read, stale edits are refused, published content does not change.

use crate::people;
use ronghe_domain::kernel::{AccountId, Instant, PolicyId, Version};
use ronghe_domain::policy::rules::{Scope, State};
use ronghe_domain::policy::{Content, Policy, PolicyDraft, Published};
use ronghe_store::{Constraint, Error, policy};
use ronghe_testkit::{TestDb, db_test};
use uuid::Uuid;

fn draft(id: u128, slug: &str, by: AccountId) -> Policy {
    Policy {
        id: PolicyId(Uuid::from_u128(id)),
        slug: slug.into(),
        state: State::Draft,
        version: Version::FIRST,
        text: "某某办法".into(),
        draft: PolicyDraft::default(),
        imported_by: by,
        corrected_by: by,
        imported_at: Instant::from_second(1_770_000_000).unwrap(),
        published: None,
        renewals: vec![],
        supersession: None,
    }
}

fn content(title: &str) -> Content {
    Content {
        title: title.into(),
        doc_number: None,
        issuer: "济南市教育局".into(),
        issue_date: "2023-12-26".parse().unwrap(),
        recipients: vec![],
        copies: vec![],
        openness: None,
        effective_from: "2023-12-26".parse().unwrap(),
        last_day: None,
        trial: false,
        preamble: String::new(),
        sections: vec![],
    }
}

fn published(before: &Policy, by: AccountId) -> Policy {
    Policy {
        state: State::Published,
        version: before.version.next(),
        published: Some(Published { by, at: before.imported_at, content: content("某某办法") }),
        ..before.clone()
    }
}

db_test!(rows_come_back_as_written, |test: TestDb| async move {
    let [first, second] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let written = draft(10, "one", first);
    policy::insert(&tx, &written).await.unwrap();
    assert_eq!(policy::lock(&tx, "one").await.unwrap(), written);
    let after = published(&written, second);
    policy::save(&tx, &after, Version::FIRST).await.unwrap();
    assert_eq!(policy::get(&tx, Scope::Published, "one").await.unwrap(), after);
    tx.commit().await.unwrap();
});

db_test!(a_stale_edit_is_refused, |test: TestDb| async move {
    let [first, second] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let written = draft(10, "one", first);
    policy::insert(&tx, &written).await.unwrap();
    policy::save(&tx, &published(&written, second), Version::FIRST).await.unwrap();
    let late = Policy { version: Version(2), slug: "two".into(), ..written };
    assert!(matches!(policy::save(&tx, &late, Version::FIRST).await, Err(Error::Stale)));
});

db_test!(drafts_are_outside_the_public_scope, |test: TestDb| async move {
    let [first, second] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let one = draft(10, "one", first);
    policy::insert(&tx, &one).await.unwrap();
    policy::save(&tx, &published(&one, second), Version::FIRST).await.unwrap();
    policy::insert(&tx, &draft(11, "two", first)).await.unwrap();
    let slugs = |policies: Vec<Policy>| policies.into_iter().map(|p| p.slug).collect::<Vec<_>>();
    assert_eq!(slugs(policy::list(&tx, Scope::Published).await.unwrap()), ["one"]);
    assert_eq!(slugs(policy::list(&tx, Scope::All).await.unwrap()), ["one", "two"]);
    assert!(matches!(policy::get(&tx, Scope::Published, "two").await, Err(Error::NotFound)));
});

db_test!(a_slug_is_taken_once, |test: TestDb| async move {
    let [first, _] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    policy::insert(&tx, &draft(10, "one", first)).await.unwrap();
    let twice = policy::insert(&tx, &draft(11, "one", first)).await;
    assert!(matches!(twice, Err(Error::Conflict(Constraint::Slug))), "{twice:?}");
});

db_test!(the_database_holds_published_content_and_four_eyes, |test: TestDb| async move {
    let [first, second] = people(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let one = draft(10, "one", first);
    policy::insert(&tx, &one).await.unwrap();
    policy::save(&tx, &published(&one, second), Version::FIRST).await.unwrap();
    tx.commit().await.unwrap();

    let tx = test.db().begin().await.unwrap();
    let before = policy::get(&tx, Scope::All, "one").await.unwrap();
    let mut changed = Policy { version: before.version.next(), ..before.clone() };
    changed.published.as_mut().unwrap().content = content("改过的办法");
    assert!(policy::save(&tx, &changed, before.version).await.is_err(), "published content changed");
    tx.rollback().await.unwrap();

    let tx = test.db().begin().await.unwrap();
    let two = draft(11, "two", first);
    policy::insert(&tx, &two).await.unwrap();
    assert!(
        policy::save(&tx, &published(&two, first), Version::FIRST).await.is_err(),
        "published by who changed it last"
    );
});
