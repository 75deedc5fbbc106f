//! Need lists: what is published stays, one version at a time is made, nobody approves their own.

use crate::application::Turned;
use crate::need::{CYCLE, at, open};
use crate::verdict::{id, screening};
use ronghe_domain::cycle::Seat;
use ronghe_domain::cycle::approval::{Approval, Step};
use ronghe_domain::kernel::{AccountId, NeedListId};
use ronghe_domain::need_list::{Answer, Change, ChangeKind, Entry, Mark, NeedList, Proposal, State};
use ronghe_store::need_list::{
    all_listings, get, is_published, listing, lock, of, published, save, write_listings,
};
use ronghe_store::{Connection, Error, need};
use ronghe_testkit::{TestDb, db_test};
use uuid::Uuid;

const OTHER: AccountId = AccountId(Uuid::from_u128(3));

fn list(by: AccountId, no: u32, needs: &[u32]) -> NeedList {
    let blank = NeedList::blank(CYCLE, None, by, at(0));
    let entries = needs.iter().map(|number| Entry { need: id(*number), seq: *number }).collect();
    let id = NeedListId(Uuid::from_u128(9000 + u128::from(no)));
    NeedList { id, no, entries, reason: "改".into(), last_seq: 9, version: blank.version.next(), ..blank }
}

fn mark(list: &NeedList, step: &Step, by: AccountId, answer: Answer) -> Mark {
    let proposal = list.proposal.as_ref().unwrap();
    Mark {
        seat: step.seat,
        post: step.post.clone(),
        answer,
        reason: "看过".into(),
        by,
        at: at(20),
        proposed_by: proposal.by,
        hash: proposal.hash.clone(),
        voided_at: None,
    }
}

fn proposed(list: &NeedList, by: AccountId) -> NeedList {
    list.proposed(Approval::default().steps, Proposal { by, at: at(10), hash: "f00d".into() })
}

db_test!(a_version_is_kept_with_what_was_said_of_it, |test: TestDb| async move {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    need::insert(&tx, &Turned, &screening(by, 1)).await.unwrap();
    let blank = NeedList::blank(CYCLE, None, by, at(0));
    let first = list(by, 1, &[1]);
    save(&tx, &blank, &first, None).await.unwrap();
    let second = proposed(&first, by);
    save(&tx, &first, &second, Some("{}")).await.unwrap();
    let step = second.next_step().unwrap().clone();
    assert_eq!(step.seat, Seat::Deputy);
    let third = second.answered(State::Proposed, mark(&second, &step, OTHER, Answer::Approved));
    save(&tx, &second, &third, Some("{}")).await.unwrap();
    let stale = save(&tx, &second, &third, Some("{}")).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    let back = third.answered(State::Draft, mark(&third, &third.steps[1].clone(), OTHER, Answer::Returned));
    save(&tx, &third, &back, None).await.unwrap();
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert_eq!(of(db, CYCLE).await.unwrap(), vec![back.clone()]);
    let found = get(db, &[back.id]).await.unwrap().remove(0);
    assert_eq!((found.list, found.document), (back.clone(), None));
    let marks: Vec<bool> = back.marks.iter().map(|it| it.voided_at.is_some()).collect();
    assert_eq!(marks, [true, false]);
    assert!(published(db).await.unwrap().is_empty() && !is_published(db, CYCLE).await.unwrap());
});

db_test!(what_is_published_stays_and_numbers_stay_with_their_needs, |test: TestDb| async move {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    for number in 1..=3 {
        need::insert(&tx, &Turned, &screening(by, number)).await.unwrap();
    }
    let blank = NeedList::blank(CYCLE, None, by, at(0));
    let first = proposed(&list(by, 1, &[1, 2]), by);
    save(&tx, &blank, &first, Some("{}")).await.unwrap();
    let done = first.published(by, at(30));
    save(&tx, &first, &done, Some("{}")).await.unwrap();
    write_listings(&tx, &done).await.unwrap();
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert!(is_published(db, CYCLE).await.unwrap());
    assert_eq!(listing(db, id(2)).await.unwrap().map(|it| (it.seq, it.since)), Some((2, 1)));
    assert_eq!(listing(db, id(3)).await.unwrap(), None);

    // The next version takes one out and another on.
    let tx = test.db().begin().await.unwrap();
    let change = |need, seq, kind| Change { need: id(need), seq, kind, reason: "改".into() };
    let mut second = list(by, 2, &[1]);
    second.entries.push(Entry { need: id(3), seq: 3 });
    second.changes = vec![change(2, 2, ChangeKind::Removed), change(3, 3, ChangeKind::Added)];
    let second = proposed(&second, by);
    save(&tx, &NeedList::blank(CYCLE, Some(&done), by, at(40)), &second, Some("{}")).await.unwrap();
    let again = second.published(by, at(50));
    save(&tx, &second, &again, Some("{}")).await.unwrap();
    write_listings(&tx, &again).await.unwrap();
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert_eq!(listing(db, id(2)).await.unwrap(), None, "it was taken out");
    let all: Vec<_> = all_listings(db).await.unwrap().iter().map(|it| (it.seq, it.until)).collect();
    assert_eq!(all, [(1, None), (2, Some(2)), (3, None)]);

    for sql in [
        "UPDATE need_list SET reason = 'x' WHERE no = 1",
        "DELETE FROM need_list",
        "DELETE FROM need_listing",
        "UPDATE need_listing SET since = 0",
    ] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(sql).await.is_err(), "{sql}");
        tx.rollback().await.unwrap();
    }
});

db_test!(the_database_holds_what_the_rules_say, |test: TestDb| async move {
    let by = open(test.db()).await;
    let blank = NeedList::blank(CYCLE, None, by, at(0));
    let first = proposed(&list(by, 1, &[]), by);
    let tx = test.db().begin().await.unwrap();
    save(&tx, &blank, &first, Some("{}")).await.unwrap();
    tx.commit().await.unwrap();
    // Nobody both proposes and approves.
    let tx = test.db().begin().await.unwrap();
    let step = first.steps[0].clone();
    let own = first.answered(State::Proposed, mark(&first, &step, by, Answer::Approved));
    assert!(save(&tx, &first, &own, Some("{}")).await.is_err());
    tx.rollback().await.unwrap();
    // Nor does who composed an earlier state of it approve what another proposes.
    let tx = test.db().begin().await.unwrap();
    let earlier = NeedList { composers: [OTHER, by].into(), ..first.clone() };
    let own = earlier.answered(State::Proposed, mark(&first, &step, OTHER, Answer::Approved));
    assert!(save(&tx, &first, &own, Some("{}")).await.is_err());
    tx.rollback().await.unwrap();
    // One version at a time is made.
    let tx = test.db().begin().await.unwrap();
    let second = save(&tx, &blank, &list(by, 2, &[]), None).await;
    assert!(matches!(second, Err(Error::Conflict(_))), "{second:?}");
    tx.rollback().await.unwrap();
    // What was said is only ever voided, once.
    let tx = test.db().begin().await.unwrap();
    let agreed = first.answered(State::Proposed, mark(&first, &step, OTHER, Answer::Approved));
    save(&tx, &first, &agreed, Some("{}")).await.unwrap();
    let open = agreed.opened(at(60));
    save(&tx, &agreed, &open, None).await.unwrap();
    tx.commit().await.unwrap();
    for sql in [
        "UPDATE need_list_mark SET voided_at = NULL",
        "UPDATE need_list_mark SET answer = 'returned'",
        "DELETE FROM need_list_mark",
    ] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(sql).await.is_err(), "{sql}");
        tx.rollback().await.unwrap();
    }
    let tx = test.db().begin().await.unwrap();
    assert_eq!(lock(&tx, CYCLE).await.unwrap()[0].list, open);
    tx.rollback().await.unwrap();
});
