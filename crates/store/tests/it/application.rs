//! Applications: sealed in their rows, one living for each need and university, numbered once, versions for good.

use crate::need::{CYCLE, SCHOOLS, at, open};
use crate::verdict::{id as need_id, screening};
use ronghe_domain::application::draft::{Filed, Purpose};
use ronghe_domain::application::opening::Opening;
use ronghe_domain::application::rules::{Scope, holds};
use ronghe_domain::application::search::{Texts, Words, finds, reads_draft};
use ronghe_domain::application::{
    Application, ApplicationDraft, Content, Correction, Duty, Flaw, Line, Member, Name, Opinion,
    OpinionDraft, Person, Place, Return, Row, Section, Stance, State, Submission, version,
};
use ronghe_domain::attachment::{Attached, Kind};
use ronghe_domain::kernel::{AccountId, ApplicationId, AttachmentId, Fen, OrgId, Version};
use ronghe_store::application::{self, Cursor, Envelope, Filter, Sort, file, opening, opinion};
use ronghe_store::{Connection, Constraint, Error, Transaction, need};
use ronghe_testkit::{TestDb, db_test};
use uuid::Uuid;

/// Seals by turning the text around: enough to see that nothing lies there as it was typed.
pub(crate) struct Turned;

impl Envelope for Turned {
    fn seal(&self, text: &str) -> Result<String, Error> {
        Ok(text.chars().rev().collect())
    }

    fn open(&self, sealed: &str) -> Result<String, Error> {
        self.seal(sealed)
    }
}

/// Any organisation does: its kind is the rules' business.
const UNIVERSITIES: [OrgId; 2] = [SCHOOLS[0], SCHOOLS[1]];

fn attached() -> Attached {
    Attached {
        id: AttachmentId(Uuid::from_u128(8000)),
        name: "盖章页.pdf".into(),
        kind: Kind::Pdf,
        size: 9,
        hash: "ab".repeat(32),
    }
}

fn content() -> Content {
    Content {
        title: "驻校心理支持".into(),
        title_en: String::new(),
        partners: vec![],
        person: Person { name: "李静".into(), title: "教授".into(), phone: "0531-00000002".into() },
        team: vec![],
        plan: "分三步".into(),
        risk: "寒暑假".into(),
        deliverables: vec![],
        milestones: vec![],
        benefit: "面谈".into(),
        promises: vec![],
        asked: Fen::yuan(65_000),
        matched: Fen::ZERO,
        lines: Vec::<Line>::new(),
        basis: "两个基地".into(),
        sealed_page: attached(),
        attachments: vec![],
    }
}

fn written(by: AccountId, number: u128, university: OrgId, state: State) -> Application {
    let opened = matches!(state, State::FormalCheck | State::ReturnedForCorrection | State::Accepted);
    let sent = opened || state == State::Submitted;
    Application {
        id: ApplicationId(Uuid::from_u128(6000 + number)),
        cycle: CYCLE,
        cycle_name: "2026".into(),
        seq: opened.then(|| u32::try_from(number).unwrap()),
        need: need_id(u32::try_from(number).unwrap()),
        university,
        state,
        draft: ApplicationDraft { title: format!("草稿{number}"), ..ApplicationDraft::default() },
        content: sent.then(content),
        submissions: u32::from(sent),
        members: vec![Member { account: by, duty: Duty::Lead, sections: vec![] }],
        returned: (state == State::ReturnedForCorrection).then(|| Return {
            corrections: vec![Correction { section: Section::Plan, flaw: Flaw::Other, remark: "改".into() }],
            remark: String::new(),
            until: at(900),
            by,
            at: at(10),
        }),
        awaited: vec![],
        writers: vec![AccountId(Uuid::from_u128(5))],
        changed_at: at(i64::try_from(number).unwrap() / 2),
        submitted_at: sent.then(|| at(5)),
        opened_at: opened.then(|| at(100)),
        accepted_at: (state == State::Accepted).then(|| at(200)),
        version: Version::FIRST,
    }
}

/// One that is handed in, with its need.
pub(crate) async fn submitted(tx: &Transaction, by: AccountId) -> Application {
    need::insert(tx, &Turned, &screening(by, 1)).await.unwrap();
    let one = written(by, 1, UNIVERSITIES[0], State::Submitted);
    application::insert(tx, &Turned, &one).await.unwrap();
    one
}

/// An application in each state of each university, every one for a need of its own.
async fn filled(test: &TestDb) -> (AccountId, Vec<Application>) {
    let by = open(test.db()).await;
    let mut all = Vec::new();
    for university in UNIVERSITIES {
        for state in State::ALL {
            all.push(written(by, u128::try_from(all.len()).unwrap() + 1, university, state));
        }
    }
    let tx = test.db().begin().await.unwrap();
    for number in 1..=u32::try_from(all.len()).unwrap() {
        need::insert(&tx, &Turned, &screening(by, number)).await.unwrap();
    }
    for one in &all {
        application::insert(&tx, &Turned, one).await.unwrap();
        assert_eq!(application::lock(&tx, &Turned, &[Scope::All], &one.name()).await.unwrap(), *one);
    }
    tx.commit().await.unwrap();
    (by, all)
}

db_test!(lists_show_what_the_seal_lets_through, |test: TestDb| async move {
    let (_, all) = filled(&test).await;
    let db = test.db().reader();
    let parts = [
        Scope::All,
        Scope::Own(UNIVERSITIES[0]),
        Scope::Own(UNIVERSITIES[1]),
        Scope::Opened,
        // Whose needs they all are, and who has none.
        Scope::Offered(SCHOOLS[2]),
        Scope::Offered(UNIVERSITIES[0]),
    ];
    let holds = |part, one: &Application| holds(part, Place::of(one, SCHOOLS[2]));
    let mut scopes: Vec<Vec<Scope>> = vec![vec![]];
    for one in parts {
        scopes.extend(parts.iter().map(|other| vec![one, *other]));
    }
    for scope in scopes {
        for sort in [Sort::Changed, Sort::Number] {
            let mut expected: Vec<Row> =
                all.iter().filter(|it| scope.iter().any(|part| holds(*part, it))).map(Row::from).collect();
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let filter = Filter { sort, after, limit: 5, ..Filter::default() };
                let (rows, total) = application::list(db, &Turned, &scope, &filter).await.unwrap();
                assert_eq!(total, u64::try_from(expected.len()).unwrap(), "{scope:?}");
                let Some(last) = rows.last() else { break };
                after = Some(Cursor::behind(last, sort));
                found.extend(rows);
            }
            let keys: Vec<i64> = found.iter().map(|row| Cursor::behind(row, sort).key).collect();
            assert!(if sort == Sort::Number { keys.is_sorted() } else { keys.iter().rev().is_sorted() });
            found.sort_by_key(|row| row.id);
            expected.sort_by_key(|row| row.id);
            assert_eq!(found, expected, "{scope:?} {sort:?}");
        }
        for one in &all {
            let is_seen = scope.iter().any(|part| holds(*part, one));
            let found = application::get(db, &Turned, &scope, &one.name()).await;
            assert_eq!(found.is_ok(), is_seen, "{scope:?} {:?}", one.state);
        }
    }
});

/// Whether `words` stand in what is read of `one` through `part`, said without a database.
fn is_found(part: Scope, one: &Application, words: &Words) -> bool {
    let number = match one.name() {
        Name::Number(number) => Some(number),
        Name::Draft(_) => None,
    };
    let draft = reads_draft(part, one.state).then_some(&one.draft);
    let texts = Texts { number: number.as_ref(), draft, content: one.content.as_ref() };
    holds(part, Place::of(one, SCHOOLS[2])) && finds(part, texts, words)
}

db_test!(words_find_what_is_read_and_nothing_else, |test: TestDb| async move {
    let (_, all) = filled(&test).await;
    let db = test.db().reader();
    let parts = [
        Scope::All,
        Scope::Own(UNIVERSITIES[0]),
        Scope::Opened,
        Scope::Offered(SCHOOLS[2]),
        Scope::Offered(UNIVERSITIES[0]),
    ];
    let mut hits = 0;
    for text in ["心理", "草稿", "寒暑假", "基地", "李静", "三步 面谈", "A2026-0004", "0531-00000002", "书法"]
    {
        let words = Words::parse(text).unwrap();
        for scope in parts.iter().flat_map(|one| parts.map(|other| [*one, other])) {
            let is_expected = |one: &&Application| scope.iter().any(|part| is_found(*part, one, &words));
            let expected: Vec<ApplicationId> = all.iter().filter(is_expected).map(|it| it.id).collect();
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let filter = Filter { words: Some(words.clone()), after, limit: 3, ..Filter::default() };
                let (rows, total) = application::list(db, &Turned, &scope, &filter).await.unwrap();
                assert_eq!(total, u64::try_from(expected.len()).unwrap(), "{text} {scope:?}");
                let Some(last) = rows.last() else { break };
                after = Some(Cursor::behind(last, Sort::Changed));
                found.extend(rows.iter().map(|row| row.id));
            }
            hits += found.len();
            found.sort();
            assert_eq!(found, expected, "{text} {scope:?}");
        }
    }
    assert!(hits > 100, "{hits}");
});

db_test!(what_a_unit_says_stays, |test: TestDb| async move {
    let (by, all) = filled(&test).await;
    let offered: Vec<&Application> = all.iter().filter(|it| it.state == State::Accepted).collect();
    let say =
        |stance| OpinionDraft { stance: Some(stance), reason: "时间".into() }.check(by, at(300)).unwrap();
    let first = Opinion::none(offered[0].id).saying(say(Stance::Opposed));
    let second = first.saying(say(Stance::Willing));
    let tx = test.db().begin().await.unwrap();
    opinion::insert(&tx, &first).await.unwrap();
    opinion::insert(&tx, &second).await.unwrap();
    assert_eq!(opinion::of(&tx, offered[0].id).await.unwrap(), second);
    assert_eq!(opinion::of(&tx, offered[1].id).await.unwrap(), Opinion::none(offered[1].id));
    let last = opinion::last(&tx, offered.iter().map(|it| it.id)).await.unwrap();
    assert_eq!(last.into_iter().collect::<Vec<_>>(), [(offered[0].id, Stance::Willing)]);
    assert_eq!(opinion::all(&tx).await.unwrap(), [second]);
    let listed = async |given, but_of| {
        let filter = Filter { opinion: Some(given), but_of, limit: 50, ..Filter::default() };
        let (rows, total) = application::list(&tx, &Turned, &[Scope::Opened], &filter).await.unwrap();
        assert_eq!(u64::try_from(rows.len()).unwrap(), total);
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(listed(true, None).await, [offered[0].id]);
    assert_eq!(listed(false, None).await, [offered[1].id]);
    assert_eq!(listed(true, Some(offered[0].university)).await, []);
    tx.commit().await.unwrap();
    let backend = test.db().reader().get_database_backend();
    for sql in ["UPDATE application_opinion SET reason = '改'", "DELETE FROM application_opinion"] {
        let tx = test.db().begin().await.unwrap();
        let done = tx.execute_raw(sea_orm::Statement::from_string(backend, sql)).await;
        assert!(done.is_err(), "{sql}");
    }
});

db_test!(nothing_lies_there_as_it_was_typed, |test: TestDb| async move {
    let (_, all) = filled(&test).await;
    let db = test.db().reader();
    let backend = db.get_database_backend();
    let sql = "SELECT head || draft || COALESCE(content, '') || members AS texts FROM application";
    let found = db.query_all_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap();
    assert_eq!(found.len(), all.len());
    for row in found {
        let texts: String = row.try_get("", "texts").unwrap();
        for word in ["草稿", "驻校", "李静", "6500000", "lead"] {
            assert!(!texts.contains(word), "{word} in {texts}");
        }
    }
});

db_test!(a_university_applies_for_a_need_once, |test: TestDb| async move {
    let (_, all) = filled(&test).await;
    let first = &all[0];
    let again = Application { id: ApplicationId(Uuid::from_u128(7000)), ..first.clone() };
    let tx = test.db().begin().await.unwrap();
    let twice = application::insert(&tx, &Turned, &again).await.unwrap_err();
    assert!(matches!(twice, Error::Conflict(Constraint::Applied)), "{twice:?}");
    tx.rollback().await.unwrap();
    let nobody = ApplicationId(Uuid::nil());
    let tx = test.db().begin().await.unwrap();
    assert_eq!(
        application::applied(&tx, first.need, first.university, nobody).await.unwrap(),
        Some(first.id)
    );
    assert_eq!(application::applied(&tx, first.need, first.university, first.id).await.unwrap(), None);
    // Once it is withdrawn there is room for another, and then not for its return.
    let gone = Application { state: State::Withdrawn, version: Version(2), ..first.clone() };
    application::save(&tx, &Turned, first, &gone).await.unwrap();
    application::insert(&tx, &Turned, &again).await.unwrap();
    let stale = application::save(&tx, &Turned, first, &gone).await.unwrap_err();
    assert!(matches!(stale, Error::Stale), "{stale:?}");
    tx.commit().await.unwrap();
    let tx = test.db().begin().await.unwrap();
    let back = Application { state: State::Draft, version: Version(3), ..gone.clone() };
    let twice = application::save(&tx, &Turned, &gone, &back).await.unwrap_err();
    assert!(matches!(twice, Error::Conflict(Constraint::Applied)), "{twice:?}");
    tx.rollback().await.unwrap();
    let handed = application::handed_in(test.db().reader(), CYCLE, UNIVERSITIES[0], nobody).await.unwrap();
    assert_eq!(handed, 4, "neither drafts nor what was taken back count");
});

db_test!(seals_are_opened_once_and_numbers_stay, |test: TestDb| async move {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let mut all = Vec::new();
    for number in 1..=3_u32 {
        need::insert(&tx, &Turned, &screening(by, number)).await.unwrap();
        let state = if number == 3 { State::Draft } else { State::Submitted };
        let one = written(by, u128::from(number), UNIVERSITIES[0], state);
        application::insert(&tx, &Turned, &one).await.unwrap();
        all.push(one);
    }
    assert_eq!(opening::of(&tx, CYCLE).await.unwrap(), None);
    let sealed = opening::sealed(&tx, &Turned, CYCLE).await.unwrap();
    assert_eq!(sealed, all[..2]);
    let done = Opening { cycle: CYCLE, at: at(500), count: 2 };
    opening::write(&tx, done, at(600), &[(all[0].id, 2), (all[1].id, 1)]).await.unwrap();
    assert_eq!(opening::of(&tx, CYCLE).await.unwrap(), Some(done));
    tx.commit().await.unwrap();
    let db = test.db().reader();
    let found =
        application::get(db, &Turned, &[Scope::Opened], &Name::parse("A2026-0002").unwrap()).await.unwrap();
    let expected = Application {
        state: State::FormalCheck,
        seq: Some(2),
        opened_at: Some(at(500)),
        changed_at: at(600),
        version: Version(2),
        ..all[0].clone()
    };
    assert_eq!(found, expected);
    assert_eq!(application::opened(db, &Turned, None, 9).await.unwrap().len(), 2);
    for sql in [
        "UPDATE application SET seq = 9 WHERE seq = 2",
        "UPDATE application SET opened_at = 1 WHERE seq = 2",
        "UPDATE application SET submissions = 0, content = NULL, state = 'withdrawn' WHERE seq = 2",
        "DELETE FROM application WHERE seq IS NULL",
        "UPDATE application_opening SET sealed = 9",
        "DELETE FROM application_opening",
    ] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(sql).await.is_err(), "{sql}");
        tx.rollback().await.unwrap();
    }
    let tx = test.db().begin().await.unwrap();
    assert!(opening::write(&tx, done, at(600), &[]).await.is_err(), "opened twice");
    tx.rollback().await.unwrap();
});

db_test!(what_was_submitted_stays, |test: TestDb| async move {
    let (by, all) = filled(&test).await;
    let of = all[1].id;
    let sent = |n: u32, plan: &str| {
        let content = Content { plan: plan.into(), ..content() };
        Submission {
            application: of,
            n,
            hash: version::hash(&content),
            content,
            receipt: format!("7K3M-Q2ZD-000{n}"),
            by,
            at: at(i64::from(n)),
        }
    };
    let tx = test.db().begin().await.unwrap();
    for submission in [sent(1, "分三步"), sent(2, "分四步")] {
        application::version::insert(&tx, &Turned, &submission).await.unwrap();
    }
    tx.commit().await.unwrap();
    let db = test.db().reader();
    let kept = application::version::list(db, &Turned, of).await.unwrap();
    assert_eq!(kept, [sent(1, "分三步"), sent(2, "分四步")]);
    for sql in ["UPDATE application_version SET hash = 'x'", "DELETE FROM application_version"] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(sql).await.is_err(), "{sql}");
        tx.rollback().await.unwrap();
    }
});

db_test!(one_sealed_page_stands_at_a_time, |test: TestDb| async move {
    let (by, all) = filled(&test).await;
    let of = all[0].id;
    let filed = |number: u128, purpose| Filed {
        purpose,
        // A hash that reads the same when it is turned, which is all that this envelope does.
        file: Attached { id: AttachmentId(Uuid::from_u128(number)), hash: "a".repeat(64), ..attached() },
        code: "0A1B2C3D4E5F".into(),
    };
    let tx = test.db().begin().await.unwrap();
    let (page, other) = (filed(1, Purpose::SealedPage), filed(2, Purpose::Other));
    for one in [&page, &other] {
        file::insert(&tx, &Turned, of, one, (by, at(1))).await.unwrap();
    }
    assert_eq!(file::list(&tx, &Turned, of).await.unwrap(), [page.clone(), other.clone()]);
    file::remove_sealed_page(&tx, of, at(2)).await.unwrap();
    assert_eq!(file::list(&tx, &Turned, of).await.unwrap(), std::slice::from_ref(&other));
    file::remove(&tx, of, other.file.id, at(3)).await.unwrap();
    let elsewhere = file::remove(&tx, all[1].id, other.file.id, at(3)).await.unwrap_err();
    assert!(matches!(elsewhere, Error::NotFound), "{elsewhere:?}");
    assert_eq!(file::list(&tx, &Turned, of).await.unwrap(), []);
    assert_eq!(file::all(&tx, &Turned, false).await.unwrap().len(), 2, "what was there is not forgotten");
    tx.commit().await.unwrap();
});
