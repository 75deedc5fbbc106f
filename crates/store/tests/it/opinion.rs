//! Opinions: lists show what rights let through, on both databases; one version after the other.

use crate::application::Turned;
use crate::need::{CYCLE, DISTRICTS, SCHOOLS, at, open};
use crate::verdict::{id, screening};
use ronghe_domain::kernel::{AccountId, Actor, OrgId, Role, Version};
use ronghe_domain::need::opinion::{self, Opinion, Said, Scope, Stance};
use ronghe_domain::need::{Need, State};
use ronghe_store::need::opinion::{Filter, Which, count, first_due, insert, list, lock_open, of, save};
use ronghe_store::{Connection, Error, need};
use ronghe_testkit::{TestDb, db_test};

/// Offices that are asked; any organisation will do.
const OFFICES: [OrgId; 3] = [DISTRICTS[0], DISTRICTS[1], SCHOOLS[0]];

fn asked(by: AccountId, number: u32, office: OrgId, stance: Option<Stance>) -> Opinion {
    Opinion {
        need: id(number),
        cycle: CYCLE,
        office,
        asked_by: by,
        asked_at: at(1),
        due: at(i64::from(number) * 100),
        reminded_at: None,
        said: stance.map(|stance| Said { stance, reason: "理由".into(), by, at: at(5) }),
        version: Version::FIRST,
    }
}

/// Three needs, the last of them taken back; each office is asked about each.
async fn filled(test: &TestDb) -> Vec<Opinion> {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let stances = [None, Some(Stance::Oppose), None];
    let mut all = Vec::new();
    for number in 1..=3 {
        let state = if number == 3 { State::Withdrawn } else { State::Screening };
        need::insert(&tx, &Turned, &Need { state, ..screening(by, number) }).await.unwrap();
        for (office, stance) in OFFICES.into_iter().zip(stances) {
            let written = asked(by, number, office, stance);
            insert(&tx, &written).await.unwrap();
            all.push(written);
        }
    }
    tx.commit().await.unwrap();
    all.sort_by_key(|it| (it.need, it.office));
    all
}

db_test!(a_list_of_opinions_shows_what_rights_let_through, |test: TestDb| async move {
    let all = filled(&test).await;
    let db = test.db().reader();
    let whole = Filter { cycle: Some(CYCLE), which: Which::All, screening: false, after: None, limit: 100 };
    let account = AccountId(uuid::Uuid::from_u128(2));
    let people: Vec<Actor> = OFFICES
        .into_iter()
        .chain([SCHOOLS[2]])
        .flat_map(|org| Role::ALL.map(|role| Actor::person(account, org, [role])))
        .chain([Actor::Visitor])
        .collect();
    for actor in people {
        let scope = opinion::scope(&actor);
        let expected: Vec<Opinion> = all.iter().filter(|it| opinion::visible(&actor, it)).cloned().collect();
        assert_eq!(list(db, scope, &whole).await.unwrap(), expected, "{actor:?}");
        assert_eq!(
            count(db, scope, &whole).await.unwrap(),
            u64::try_from(expected.len()).unwrap(),
            "{actor:?}"
        );
        let on: Vec<Opinion> = expected.into_iter().filter(|it| it.need == id(1)).collect();
        assert_eq!(of(db, scope, id(1)).await.unwrap(), on, "{actor:?}");
    }
    for (which, screening, expected) in [
        (Which::Open, false, 6),
        (Which::Open, true, 4),
        (Which::Given, true, 2),
        (Which::Overdue(at(99)), true, 0),
        (Which::Overdue(at(100)), true, 2),
        (Which::Overdue(at(500)), true, 4),
    ] {
        let filter = Filter { which, screening, ..whole };
        assert_eq!(count(db, Some(Scope::All), &filter).await.unwrap(), expected, "{filter:?}");
    }
    let first =
        first_due(db, Some(Scope::Of(OFFICES[0])), &Filter { which: Which::Open, ..whole }).await.unwrap();
    assert_eq!(first, Some(at(100)));
    // Parts follow on one another.
    let mut parts = Vec::new();
    let mut filter = Filter { limit: 2, ..whole };
    loop {
        let part = list(db, Some(Scope::All), &filter).await.unwrap();
        let Some(last) = part.last() else { break };
        filter.after = Some((last.need, last.office));
        parts.extend(part);
    }
    assert_eq!(parts, all);
});

db_test!(an_opinion_follows_on_the_one_before, |test: TestDb| async move {
    let all = filled(&test).await;
    let tx = test.db().begin().await.unwrap();
    let open = lock_open(&tx, CYCLE, &[OFFICES[0]]).await.unwrap();
    assert_eq!(open.len(), 2, "of needs in screening alone");
    assert_eq!(lock_open(&tx, CYCLE, &[]).await.unwrap().len(), 4);
    let said = Some(Said { stance: Stance::Support, reason: String::new(), by: all[0].asked_by, at: at(9) });
    let after = Opinion { said, reminded_at: Some(at(8)), version: Version(2), ..open[0].clone() };
    save(&tx, Version::FIRST, &after).await.unwrap();
    assert_eq!(of(&tx, Some(Scope::Of(OFFICES[0])), after.need).await.unwrap(), std::slice::from_ref(&after));
    let stale = save(&tx, Version::FIRST, &after).await.unwrap_err();
    assert!(matches!(stale, Error::Stale), "{stale:?}");
    tx.commit().await.unwrap();
    for statement in [
        "UPDATE need_opinion SET stance = 'oppose', reason = '' WHERE stance IS NOT NULL",
        "UPDATE need_opinion SET stance = NULL WHERE stance IS NOT NULL",
        "UPDATE need_opinion SET stance = 'maybe' WHERE stance IS NOT NULL",
        "UPDATE need_opinion SET office = asked_by",
        "DELETE FROM need_opinion",
    ] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(statement).await.is_err(), "{statement}");
    }
});
