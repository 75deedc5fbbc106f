//! Verdicts: kept beside their needs, found from both sides, one version after the other.

use crate::application::Turned;
use crate::need::{CYCLE, SCHOOLS, at, content, open};
use ronghe_domain::kernel::{AccountId, NeedId, Version};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Need, NeedDraft, Outcome, State, Verdict, Why};
use ronghe_domain::org::OrgKind;
use ronghe_store::need::{Filter, verdict};
use ronghe_store::{Connection, Error, need};
use ronghe_testkit::{TestDb, db_test};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(crate) fn id(number: u32) -> NeedId {
    NeedId(Uuid::from_u128(2000 + u128::from(number)))
}

pub(crate) fn screening(author: AccountId, number: u32) -> Need {
    Need {
        id: id(number),
        cycle: CYCLE,
        year: ronghe_domain::cycle::CycleYear::of(2026),
        seq: Some(number),
        unit: SCHOOLS[2],
        district: None,
        unit_kind: OrgKind::MunicipalSchool,
        state: State::Screening,
        draft: NeedDraft::default(),
        content: Some(content("需求", vec![2])),
        returned: None,
        author,
        changed_at: at(0),
        submitted_at: Some(at(0)),
        forwarded_at: Some(at(0)),
        carried_from: None,
        version: Version::FIRST,
    }
}

fn given(by: AccountId, number: u32, outcome: Option<Outcome>) -> Verdict {
    let remark = "一句话".to_owned();
    Verdict { need: id(number), cycle: CYCLE, outcome, remark, by, at: at(10), version: Version::FIRST }
}

db_test!(a_verdict_is_found_from_both_sides, |test: TestDb| async move {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    for number in 1..=4 {
        need::insert(&tx, &Turned, &screening(by, number)).await.unwrap();
    }
    let all = [
        given(by, 1, Some(Outcome::Listed)),
        given(by, 2, Some(Outcome::Declined { why: Why::PureResearch })),
        given(by, 3, Some(Outcome::Merged { into: id(1) })),
    ];
    for written in &all {
        verdict::save(&tx, Verdict::NONE, written).await.unwrap();
    }
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert_eq!(verdict::all(db).await.unwrap(), all);
    assert_eq!(
        verdict::around(db, id(1)).await.unwrap(),
        [all[0].clone(), all[2].clone()],
        "its own, and origins"
    );
    assert_eq!(verdict::around(db, id(4)).await.unwrap(), []);
    assert_eq!(verdict::of(db, [id(2), id(4)]).await.unwrap(), [all[1].clone()]);
    let named = need::rows(db, &[Scope::All], [id(3), id(1)]).await.unwrap();
    assert_eq!(named.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(3)], "by number");
    assert_eq!(
        need::rows(db, &[Scope::Own(SCHOOLS[0])], [id(1)]).await.unwrap(),
        [],
        "where the scope opens it"
    );

    // What is taken back waits again.
    let back = Verdict { outcome: None, version: Version(2), ..all[1].clone() };
    let tx = test.db().begin().await.unwrap();
    verdict::save(&tx, Version::FIRST, &back).await.unwrap();
    let stale = verdict::save(&tx, Version::FIRST, &back).await.unwrap_err();
    assert!(matches!(stale, Error::Stale), "{stale:?}");
    tx.commit().await.unwrap();
    for (decided, expected) in [(true, vec![1, 3]), (false, vec![2, 4])] {
        let filter = Filter { decided: Some(decided), limit: 10, ..Filter::default() };
        let (rows, total) = need::list(test.db().reader(), &[Scope::All], &filter).await.unwrap();
        let found: BTreeSet<Option<u32>> = rows.iter().map(|row| row.seq).collect();
        assert_eq!(found, expected.iter().map(|number| Some(*number)).collect(), "{decided}");
        assert_eq!(total.count, 2);
        assert_eq!(need::count(test.db().reader(), &[Scope::All], &filter).await.unwrap(), 2);
    }
});

db_test!(the_database_keeps_verdicts_whole, |test: TestDb| async move {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    need::insert(&tx, &Turned, &screening(by, 1)).await.unwrap();
    verdict::save(&tx, Verdict::NONE, &given(by, 1, Some(Outcome::Listed))).await.unwrap();
    tx.commit().await.unwrap();
    for statement in [
        "UPDATE need_verdict SET ruling = 'declined'",
        "UPDATE need_verdict SET ruling = 'merged'",
        "UPDATE need_verdict SET ruling = 'merged', merged_into = need",
        "UPDATE need_verdict SET why = 'other'",
        "UPDATE need_verdict SET ruling = 'taken'",
        "DELETE FROM need_verdict",
    ] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(statement).await.is_err(), "{statement}");
    }
});
