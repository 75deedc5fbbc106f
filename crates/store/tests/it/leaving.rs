//! Chains, rounds, orders, summaries, seals and reminders: one version after the other, and what the database refuses.

use crate::application::Turned;
use crate::need::{CYCLE, SCHOOLS, at, open};
use ronghe_domain::attachment::{Attached, Kind as FileKind};
use ronghe_domain::kernel::{AccountId, AttachmentId, SealId, SignOffId, SummaryId, Version};
use ronghe_domain::need::district::summary::{Scope, State as Stands};
use ronghe_domain::need::{Ranking, Summary};
use ronghe_domain::sign_off::rules::Scope as Reads;
use ronghe_domain::sign_off::{
    Chain, Ended, Kind, Round, Seal, Sheet, Signature, State, Step, Subject, When,
};
use ronghe_store::need::district::{ranking, reminder, summary};
use ronghe_store::{Connection, Envelope, Error, seal, sign_off};
use ronghe_testkit::{TestDb, db_test, postgres};
use std::slice::from_ref;
use uuid::Uuid;

const SUBJECT: Subject = Subject { kind: Kind::Need, id: Uuid::from_u128(77) };

fn chain(by: AccountId) -> Chain {
    let step = Step { post: "校长".into(), signers: vec![by], when: When::Always };
    Chain {
        org: SCHOOLS[0],
        kind: Kind::Need,
        steps: vec![step],
        set_by: by,
        set_at: at(0),
        version: Version(1),
    }
}

fn round(id: u128, by: AccountId, when: i64) -> Round {
    Round {
        id: SignOffId(Uuid::from_u128(id)),
        org: SCHOOLS[0],
        subject: SUBJECT,
        name: "draft".into(),
        title: "需求".into(),
        hash: "ab".into(),
        steps: vec![0],
        asked_by: by,
        asked_at: at(when),
        preparers: vec![by],
        signatures: vec![],
        state: State::Signing,
        ended: None,
        sealed: false,
        version: Version(1),
    }
}

/// Reads what lies there.
struct Bare;

impl Envelope for Bare {
    fn seal(&self, text: &str) -> Result<String, Error> {
        Ok(text.to_owned())
    }

    fn open(&self, sealed: &str) -> Result<String, Error> {
        Ok(sealed.to_owned())
    }
}

db_test!(what_is_signed_under_seal_lies_sealed, |test: TestDb| async move {
    let by = open(test.db()).await;
    let subject = Subject { kind: Kind::Application, id: Uuid::from_u128(78) };
    let asked = Round { subject, sealed: true, ..round(1, by, 1) };
    let signature = Signature { step: 0, post: "院系".into(), by, at: at(2), remark: "同意".into() };
    let signed = asked.signed(State::Signed, signature);
    let tx = test.db().begin().await.unwrap();
    sign_off::insert(&tx, &Turned, &asked).await.unwrap();
    sign_off::save(&tx, &Turned, Version(1), &signed).await.unwrap();
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert_eq!(sign_off::last(db, &Turned, subject).await.unwrap(), from_ref(&signed));
    assert!(sign_off::last(db, &Bare, subject).await.is_err(), "it lies there as it was typed");
    let filter = sign_off::Filter { kinds: vec![Kind::Application], states: vec![], limit: 9 };
    let left = async || sign_off::list(db, &Turned, Reads::Left, &filter).await.unwrap();
    assert_eq!(left().await, []);
    // Its seal is opened once, and nothing else of it changes.
    let other = Round { title: "另一项".into(), sealed: false, version: Version(3), ..signed.clone() };
    let tx = test.db().begin().await.unwrap();
    assert!(sign_off::save(&tx, &Turned, signed.version, &other).await.is_err());
    drop(tx);
    let tx = test.db().begin().await.unwrap();
    sign_off::unseal(&tx, &[signed.id]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(left().await, [Round { sealed: false, ..signed.clone() }]);
    let tx = test.db().begin().await.unwrap();
    assert!(sign_off::unseal(&tx, &[signed.id]).await.is_err(), "it is opened once");
});

db_test!(chains_and_rounds_go_version_by_version, |test: TestDb| async move {
    let by = open(test.db()).await;
    let tx = test.db().begin().await.unwrap();
    let set = chain(by);
    sign_off::set(&tx, Chain::NONE, &set).await.unwrap();
    let emptied = Chain { steps: vec![], version: Version(2), ..set.clone() };
    sign_off::set(&tx, Version(1), &emptied).await.unwrap();
    assert!(matches!(sign_off::set(&tx, Version(1), &emptied).await, Err(Error::Stale)));
    assert_eq!(sign_off::lock_chain(&tx, SCHOOLS[0], Kind::Need).await.unwrap(), Some(emptied.clone()));
    let first = round(1, by, 1);
    sign_off::insert(&tx, &Turned, &first).await.unwrap();
    let signature = Signature { step: 0, post: "校长".into(), by, at: at(2), remark: "可".into() };
    let signed = first.signed(State::Signed, signature);
    sign_off::save(&tx, &Turned, Version(1), &signed).await.unwrap();
    assert!(matches!(sign_off::save(&tx, &Turned, Version(1), &signed).await, Err(Error::Stale)));
    let second = round(2, by, 3);
    sign_off::insert(&tx, &Turned, &second).await.unwrap();
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert_eq!(sign_off::chains(db).await.unwrap(), [emptied]);
    assert_eq!(sign_off::last(db, &Turned, SUBJECT).await.unwrap(), [second.clone(), signed.clone()]);
    let filter = sign_off::Filter { kinds: vec![Kind::Need], states: vec![State::Signing], limit: 9 };
    assert_eq!(sign_off::list(db, &Turned, Reads::Of(SCHOOLS[0]), &filter).await.unwrap(), from_ref(&second));
    assert_eq!(sign_off::list(db, &Turned, Reads::Of(SCHOOLS[1]), &filter).await.unwrap(), []);
    let ended = Ended { by, at: at(4), reason: "改".into() };
    for (what, round) in [("one runs already", round(3, by, 5)), ("the same again", second.clone())] {
        let tx = test.db().begin().await.unwrap();
        assert!(matches!(sign_off::insert(&tx, &Turned, &round).await, Err(Error::Conflict(_))), "{what}");
    }
    let tx = test.db().begin().await.unwrap();
    let done = signed.ended(State::Voided, ended);
    assert!(sign_off::save(&tx, &Turned, signed.version, &done).await.is_err(), "what was signed stays");
});

#[tokio::test]
async fn who_sets_the_first_chain_waits_for_who_leaves_without_one() {
    let test = postgres().await;
    let by = open(test.db()).await;
    let leaves = test.db().begin().await.unwrap();
    assert_eq!(sign_off::lock_chain(&leaves, SCHOOLS[0], Kind::Need).await.unwrap(), None);
    let sets = test.db().begin().await.unwrap();
    sets.execute_unprepared("SET LOCAL lock_timeout = '50ms'").await.unwrap();
    let waits = sign_off::lock_chain(&sets, SCHOOLS[0], Kind::Need).await;
    assert!(matches!(waits, Err(Error::Retry(_))), "it did not wait, or is not tried again: {waits:?}");
    sets.rollback().await.unwrap();
    leaves.commit().await.unwrap();
    // The first to set one is the only first, and who leaves from then on knows of it.
    let (first, second) = (test.db().begin().await.unwrap(), test.db().begin().await.unwrap());
    assert_eq!(sign_off::lock_chain(&first, SCHOOLS[0], Kind::Need).await.unwrap(), None);
    let set = async {
        sign_off::set(&first, Chain::NONE, &chain(by)).await.unwrap();
        first.commit().await.unwrap();
    };
    let ((), known) = tokio::join!(set, sign_off::lock_chain(&second, SCHOOLS[0], Kind::Need));
    assert_eq!(known.unwrap(), Some(chain(by)));
}

db_test!(districts_order_hand_up_and_are_reminded, |test: TestDb| async move {
    let by = open(test.db()).await;
    let district = SCHOOLS[0];
    let order = |version: i64| Ranking {
        cycle: CYCLE,
        district,
        order: vec![crate::verdict::id(1)],
        by,
        at: at(version),
        version: Version(version),
    };
    let version = |id: u128, seq: u32, state| Summary {
        id: SummaryId(Uuid::from_u128(id)),
        cycle: CYCLE,
        district,
        seq,
        lines: vec![],
        state,
        made_by: by,
        made_at: at(i64::from(seq)),
        issued_at: (state == Stands::Issued).then(|| at(9)),
        version: Version(1),
    };
    let tx = test.db().begin().await.unwrap();
    ranking::save(&tx, Ranking::NONE, &order(1)).await.unwrap();
    ranking::save(&tx, Version(1), &order(2)).await.unwrap();
    assert!(matches!(ranking::save(&tx, Version(1), &order(2)).await, Err(Error::Stale)));
    let (first, second) = (version(1, 1, Stands::Issued), version(2, 2, Stands::Signing));
    summary::insert(&tx, &first).await.unwrap();
    summary::insert(&tx, &second).await.unwrap();
    reminder::note(&tx, CYCLE, &[SCHOOLS[0], SCHOOLS[1]], by, at(1)).await.unwrap();
    reminder::note(&tx, CYCLE, &[SCHOOLS[1]], by, at(2)).await.unwrap();
    tx.commit().await.unwrap();
    let db = test.db().reader();
    assert_eq!(ranking::all(db).await.unwrap(), [order(2)]);
    assert_eq!(summary::list(db, Scope::Issued, CYCLE, None).await.unwrap(), from_ref(&first));
    assert_eq!(summary::list(db, Scope::Of(district), CYCLE, None).await.unwrap(), [second, first]);
    assert_eq!(summary::list(db, Scope::Of(SCHOOLS[1]), CYCLE, None).await.unwrap(), []);
    assert_eq!(summary::zero(db, CYCLE).await.unwrap(), [district]);
    let mut reminded = reminder::of(db, CYCLE).await.unwrap();
    reminded.sort();
    let mut expected = vec![(SCHOOLS[0], at(1)), (SCHOOLS[1], at(2))];
    expected.sort();
    assert_eq!(reminded, expected);
    let tx = test.db().begin().await.unwrap();
    let another = summary::insert(&tx, &version(3, 3, Stands::Signing)).await;
    assert!(matches!(another, Err(Error::Conflict(_))), "one is signed at a time");
});

db_test!(a_seal_is_bound_for_good, |test: TestDb| async move {
    let by = open(test.db()).await;
    let id = AttachmentId(Uuid::from_u128(4));
    let file = Attached { id, name: "盖章页.pdf".into(), kind: FileKind::Pdf, size: 9, hash: "cd".into() };
    let id = SealId(Uuid::from_u128(3));
    let bound = Seal { id, subject: SUBJECT, hash: "ab".into(), file, by, at: at(1) };
    let note = |asked, version| Sheet { subject: SUBJECT, asked, received: None, by, at: at(1), version };
    let tx = test.db().begin().await.unwrap();
    seal::insert(&tx, &bound).await.unwrap();
    seal::note(&tx, None, &note(2, Version(1))).await.unwrap();
    seal::note(&tx, Some(Version(1)), &note(3, Version(2))).await.unwrap();
    assert!(matches!(seal::note(&tx, Some(Version(1)), &note(4, Version(2))).await, Err(Error::Stale)));
    tx.commit().await.unwrap();
    assert_eq!(seal::of(test.db().reader(), SUBJECT).await.unwrap(), [bound]);
    assert_eq!(seal::sheet(test.db().reader(), SUBJECT).await.unwrap(), Some(note(3, Version(2))));
    for statement in [
        "UPDATE seal SET hash = 'ff'",
        "DELETE FROM seal",
        "UPDATE paper SET asked = 21",
        "DELETE FROM paper",
    ] {
        let tx = test.db().begin().await.unwrap();
        assert!(tx.execute_unprepared(statement).await.is_err(), "{statement}");
    }
});
