//! Needs: lists show what rights let through, on both databases; numbers are given once and stay.

use crate::application::Turned;
use crate::people;
use ronghe_domain::cycle::{Collecting, Content as CycleContent, Cycle, CycleYear, Phase};
use ronghe_domain::kernel::{AccountId, CycleId, Fen, Instant, NeedId, OrgId, PolicyId, Version};
use ronghe_domain::need::rules::{Scope, holds};
use ronghe_domain::need::{Content, Name, Need, NeedDraft, Person, Place, Prose, Return, Row, State};
use ronghe_domain::org::{OrgKind, Organisation};
use ronghe_domain::policy::{Policy, PolicyDraft, State as PolicyState};
use ronghe_store::need::{Cursor, Filter, Sort, Total};
use ronghe_store::{Connection, Db, Error, cycle, need, org, policy};
use ronghe_testkit::{TestDb, db_test};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(crate) const CYCLE: CycleId = CycleId(Uuid::from_u128(500));
pub(crate) const DISTRICTS: [OrgId; 2] = [OrgId(Uuid::from_u128(101)), OrgId(Uuid::from_u128(102))];
pub(crate) const SCHOOLS: [OrgId; 3] =
    [OrgId(Uuid::from_u128(111)), OrgId(Uuid::from_u128(112)), OrgId(Uuid::from_u128(113))];

pub(crate) fn at(seconds: i64) -> Instant {
    Instant::from_second(1_770_000_000 + seconds).unwrap()
}

fn unit(id: OrgId, kind: OrgKind, parent: Option<OrgId>) -> Organisation {
    let name = format!("单位{}", id.0.as_u128());
    Organisation {
        id,
        slug: format!("unit-{}", id.0.as_u128()),
        kind,
        name: name.clone(),
        name_en: name,
        aliases: vec![],
        parent,
        leading_group_seat: None,
        since: None,
        until: None,
        position: 1,
        university: None,
        contacts: vec![],
        sign_off: vec![],
        version: Version::FIRST,
    }
}

/// Units, a policy, and an open cycle.
pub(crate) async fn open(db: &Db) -> AccountId {
    let [account, _] = people(db).await;
    let tx = db.begin().await.unwrap();
    for district in DISTRICTS {
        org::insert(&tx, &Turned, &unit(district, OrgKind::District, None)).await.unwrap();
    }
    for (school, parent) in SCHOOLS.into_iter().zip([Some(DISTRICTS[0]), Some(DISTRICTS[1]), None]) {
        let kind = if parent.is_some() { OrgKind::School } else { OrgKind::MunicipalSchool };
        org::insert(&tx, &Turned, &unit(school, kind, parent)).await.unwrap();
    }
    let document = Policy {
        id: PolicyId(Uuid::from_u128(50)),
        slug: "notice".into(),
        state: PolicyState::Draft,
        version: Version::FIRST,
        text: "某某办法".into(),
        draft: PolicyDraft::default(),
        imported_by: account,
        corrected_by: account,
        imported_at: at(0),
        published: None,
        renewals: vec![],
        supersession: None,
    };
    policy::insert(&tx, &document).await.unwrap();
    let collecting = Collecting { opens: at(0), units_end: at(1000), districts_end: at(2000) };
    let written = Cycle {
        id: CYCLE,
        phase: Phase::CollectingNeeds,
        content: CycleContent {
            year: 2026,
            title: "专项".into(),
            title_en: String::new(),
            policy: document.id,
            budget: Fen::yuan(8_000_000),
            collecting,
            plan: vec![],
            notice_days: 5,
            most_per_school: None,
            most_per_district: None,
            eligibility: vec![],
            selection: None,
            rubric: None,
            frame: None,
            approval: None,
            affinity: None,
        },
        moves: vec![],
        extensions: vec![],
        revisions: vec![],
        rehearsal: None,
        made_by: account,
        version: Version::FIRST,
    };
    cycle::insert(&tx, &written).await.unwrap();
    assert_eq!(cycle::lock(&tx, CycleYear::of(2026)).await.unwrap(), written);
    tx.commit().await.unwrap();
    account
}

pub(crate) fn content(title: &str, measures: Vec<u32>) -> Content {
    Content {
        title: title.into(),
        title_en: String::new(),
        measures,
        forms: vec![],
        other_form: String::new(),
        stages: vec![],
        students: 1,
        teachers: 1,
        background: "泉水".into(),
        goals: String::new(),
        benefit: String::new(),
        indicators: vec![],
        university: None,
        discipline: String::new(),
        budget: Fen::yuan(100),
        own: Fen::ZERO,
        period: String::new(),
        contact: Person { name: "某人".into(), phone: "0531-00000000".into() },
        attachments: vec![],
    }
}

/// A need of each unit in each state that it can stand in.
fn every_need(author: AccountId) -> Vec<Need> {
    let mut needs = Vec::new();
    let districts = [Some(DISTRICTS[0]), Some(DISTRICTS[1]), None, None];
    let units = [SCHOOLS[0], SCHOOLS[1], SCHOOLS[2], DISTRICTS[0]];
    for (unit, district) in units.into_iter().zip(districts) {
        for state in State::ALL {
            let with_district = matches!(state, State::Submitted | State::ReturnedByDistrict);
            if with_district && district.is_none() {
                continue;
            }
            let number = u32::try_from(needs.len()).unwrap() + 1;
            let sent = state != State::Draft;
            let time = at(i64::from(number) / 2);
            needs.push(Need {
                id: NeedId(Uuid::from_u128(1000 + u128::from(number))),
                cycle: CYCLE,
                year: CycleYear::of(2026),
                seq: sent.then_some(number),
                unit,
                district,
                unit_kind: if unit == DISTRICTS[0] { OrgKind::District } else { OrgKind::School },
                state,
                draft: NeedDraft { title: format!("草稿{number}"), ..NeedDraft::default() },
                content: sent.then(|| content(&format!("需求{number}%"), vec![number % 3 + 1, 9])),
                returned: state.is_returned().then(|| Return {
                    from: State::Submitted,
                    corrections: vec![],
                    remark: "改".into(),
                    until: at(900),
                    by: author,
                    at: at(10),
                }),
                author,
                changed_at: time,
                submitted_at: sent.then_some(time),
                forwarded_at: (sent && !with_district).then_some(time),
                carried_from: None,
                version: Version::FIRST,
            });
        }
    }
    needs
}

async fn filled(test: &TestDb) -> Vec<Need> {
    let author = open(test.db()).await;
    let needs = every_need(author);
    let tx = test.db().begin().await.unwrap();
    for written in &needs {
        need::insert(&tx, &Turned, written).await.unwrap();
        assert_eq!(need::lock(&tx, &Turned, &[Scope::All], Name::Draft(written.id)).await.unwrap(), *written);
        assert_eq!(need::lock(&tx, &Turned, &[Scope::All], written.name()).await.unwrap(), *written);
    }
    tx.commit().await.unwrap();
    needs
}

fn ids(needs: &[Row]) -> BTreeSet<NeedId> {
    needs.iter().map(|need| need.id).collect()
}

fn rows(needs: &[Need]) -> Vec<Row> {
    needs.iter().map(Row::from).collect()
}

db_test!(needs_are_compared_by_what_was_submitted, |test: TestDb| async move {
    let needs = filled(&test).await;
    let db = test.db().reader();
    let mut sent: Vec<&Need> = needs.iter().filter(|need| need.content.is_some()).collect();
    sent.sort_by_key(|need| (need.changed_at, need.id));
    // In parts, several needs having changed at once.
    let (mut told, mut after) = (Vec::new(), (at(0), NeedId(Uuid::nil())));
    loop {
        let part = need::told(db, CYCLE, after, 7).await.unwrap();
        let whole = part.len() < 7;
        after = part.last().map_or(after, |last| (last.changed_at, last.id));
        told.extend(part);
        if whole {
            break;
        }
    }
    let elsewhere = CycleId(Uuid::from_u128(501));
    assert!(need::told(db, elsewhere, (at(0), NeedId(Uuid::nil())), 7).await.unwrap().is_empty());
    let ids: Vec<NeedId> = needs.iter().map(|need| need.id).collect();
    for (told, need) in told.iter().zip(&sent) {
        assert_eq!((told.id, told.version, told.state), (need.id, need.version, need.state));
        assert_eq!(told.changed_at, need.changed_at);
        assert_eq!(told.place, Place::from(*need));
        assert_eq!(Some(&told.prose), need.content.as_ref().map(Prose::from).as_ref());
    }
    assert_eq!(told.len(), sent.len());
    for part in
        [Scope::All, Scope::Own(SCHOOLS[0]), Scope::District(DISTRICTS[1]), Scope::Arrived, Scope::Listed]
    {
        let mut found = need::rows_with_prose(db, std::slice::from_ref(&part), &ids).await.unwrap();
        found.sort_by_key(|(row, _)| (row.changed_at, row.id));
        let expected: Vec<(Row, Prose)> = sent
            .iter()
            .filter(|need| holds(&part, need))
            .map(|need| (Row::from(*need), need.content.as_ref().map(Prose::from).unwrap()))
            .collect();
        assert_eq!(found, expected, "{part:?}");
    }
    assert!(need::rows_with_prose(db, &[], &ids).await.unwrap().is_empty());
});

db_test!(a_list_shows_what_rights_let_through, |test: TestDb| async move {
    let needs = filled(&test).await;
    let parts = [
        Scope::All,
        Scope::Own(SCHOOLS[0]),
        Scope::Own(DISTRICTS[0]),
        Scope::District(DISTRICTS[0]),
        Scope::District(DISTRICTS[1]),
        Scope::Arrived,
        Scope::Listed,
        Scope::Measures(CYCLE, [1].into()),
        Scope::Measures(CYCLE, BTreeSet::new()),
        Scope::Measures(CycleId(Uuid::from_u128(501)), [1, 2, 9].into()),
    ];
    // Every union of up to two parts, and none.
    let mut scopes: Vec<Vec<Scope>> = vec![vec![]];
    for one in &parts {
        scopes.push(vec![one.clone()]);
        scopes.extend(parts.iter().map(|other| vec![one.clone(), other.clone()]));
    }
    let whole = Filter { limit: 1000, ..Filter::default() };
    for scope in scopes {
        let (found, total) = need::list(test.db().reader(), &scope, &whole).await.unwrap();
        let expected: Vec<Need> =
            needs.iter().filter(|need| scope.iter().any(|part| holds(part, need))).cloned().collect();
        let (mut shown, mut stand) = (found.clone(), rows(&expected));
        shown.sort_by_key(|row| row.id);
        stand.sort_by_key(|row| row.id);
        assert_eq!(shown, stand, "{scope:?}");
        let many = u64::try_from(expected.len()).unwrap();
        assert_eq!(total, Total { count: many, is_bounded: false }, "{scope:?}");
        assert_eq!(need::count(test.db().reader(), &scope, &whole).await.unwrap(), many, "{scope:?}");
        let counted: u64 = need::counts(test.db().reader(), &scope, CYCLE)
            .await
            .unwrap()
            .into_iter()
            .map(|count| count.count)
            .sum();
        assert_eq!(counted, many, "{scope:?}");
        for need in &needs {
            let seen = need::get(test.db().reader(), &Turned, &scope, need.name()).await.is_ok();
            assert_eq!(seen, expected.contains(need), "{scope:?}");
        }
    }
});

db_test!(parts_of_a_list_follow_on_one_another, |test: TestDb| async move {
    let needs = filled(&test).await;
    for sort in [Sort::Changed, Sort::Number] {
        let mut filter = Filter { sort, limit: 7, ..Filter::default() };
        let mut seen = Vec::new();
        loop {
            let (part, total) = need::list(test.db().reader(), &[Scope::All], &filter).await.unwrap();
            assert_eq!(total.count, u64::try_from(needs.len()).unwrap());
            let Some(last) = part.last() else { break };
            filter.after = Some(Cursor::behind(last, sort));
            seen.extend(part);
        }
        assert_eq!(seen.len(), needs.len(), "{sort:?}: none twice, none left out");
        assert_eq!(ids(&seen), ids(&rows(&needs)), "{sort:?}");
        let in_order = seen.windows(2).all(|pair| match sort {
            Sort::Changed => pair[0].changed_at >= pair[1].changed_at,
            Sort::Number => pair[0].seq.unwrap_or(u32::MAX) <= pair[1].seq.unwrap_or(u32::MAX),
        });
        assert!(in_order, "{sort:?}");
    }
});

db_test!(filters_narrow_a_list, |test: TestDb| async move {
    let needs = filled(&test).await;
    let check = async |filter: Filter, expected: fn(&Need) -> bool| {
        let filter = Filter { limit: 1000, ..filter };
        let (found, _) = need::list(test.db().reader(), &[Scope::All], &filter).await.unwrap();
        let expected: Vec<Need> = needs.iter().filter(|need| expected(need)).cloned().collect();
        assert!(!expected.is_empty());
        assert_eq!(ids(&found), ids(&rows(&expected)), "{filter:?}");
    };
    let words = |words: &str| Filter { words: Some(words.into()), ..Filter::default() };
    check(words("需求3%"), |need| need.title() == "需求3%").await;
    check(words("泉水"), |need| need.content.is_some()).await;
    check(words("n2026-5"), |need| need.seq == Some(5)).await;
    check(Filter { states: vec![State::Draft, State::Listed], ..Filter::default() }, |need| {
        matches!(need.state, State::Draft | State::Listed)
    })
    .await;
    check(Filter { unit: Some(SCHOOLS[1]), ..Filter::default() }, |need| need.unit == SCHOOLS[1]).await;
    check(Filter { district: Some(DISTRICTS[0]), ..Filter::default() }, |need| {
        need.district == Some(DISTRICTS[0]) || need.unit == DISTRICTS[0]
    })
    .await;
    check(Filter { measure: Some(2), ..Filter::default() }, |need| {
        need.content.as_ref().is_some_and(|content| content.measures.contains(&2))
    })
    .await;
});

db_test!(numbers_are_given_once, |test: TestDb| async move {
    open(test.db()).await;
    let mut tasks = Vec::new();
    for _ in 0..12 {
        let db = test.db().clone();
        tasks.push(tokio::spawn(async move {
            let tx = db.begin().await.unwrap();
            cycle::lock_id(&tx, CYCLE).await.unwrap();
            let number = cycle::next_need(&tx, CYCLE).await.unwrap();
            tx.commit().await.unwrap();
            number
        }));
    }
    let mut numbers = BTreeSet::new();
    for task in tasks {
        numbers.insert(task.await.unwrap());
    }
    assert_eq!(numbers, (1..=12).collect());
});

db_test!(what_is_submitted_keeps_its_number_and_its_row, |test: TestDb| async move {
    let needs = filled(&test).await;
    let sent = needs.iter().find(|need| need.state == State::Submitted).unwrap();
    let statements = [
        format!("UPDATE need SET seq = 999 WHERE year = 2026 AND seq = {}", sent.seq.unwrap()),
        format!("DELETE FROM need WHERE seq = {}", sent.seq.unwrap()),
        "DELETE FROM need WHERE state = 'draft'".to_owned(),
    ];
    for statement in statements {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(&statement).await.is_err(), "{statement}");
    }
    let tx = test.db().begin().await.unwrap();
    let mut after = sent.clone();
    after.version = sent.version.next();
    need::save(&tx, &Turned, sent, &after).await.unwrap();
    let stale = need::save(&tx, &Turned, sent, &after).await.unwrap_err();
    assert!(matches!(stale, Error::Stale), "{stale:?}");
    let twice = Need { id: NeedId(Uuid::from_u128(9)), ..sent.clone() };
    assert!(matches!(need::insert(&tx, &Turned, &twice).await.unwrap_err(), Error::Conflict(_)));
});
