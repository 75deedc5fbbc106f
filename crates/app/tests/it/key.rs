//! What lies in the database under the server's key.

use ronghe_app::need::{self, Act};
use ronghe_app::{App, key};
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Name, Need, NeedDraft};
use ronghe_domain::org::Organisation;
use ronghe_store as store;
use ronghe_store::setting;
use ronghe_testkit::proofs::is_whole;
use ronghe_testkit::{TODAY, TestDb, db_test, need_draft, person, tamper, world};
use std::fs;
use std::process::Command;

/// Of a need that was submitted, and of one that is written.
const PHONES: [&str; 2] = ["13987642851", "13987642852"];

/// All that whoever has the database reads of it without the key: the file and its log, or a dump, in which every
/// column of every table stands.
fn lying(db: &TestDb) -> Vec<u8> {
    if let Some(file) = db.url().strip_prefix("sqlite:") {
        return ["", "-wal"].map(|ending| fs::read(format!("{file}{ending}")).unwrap_or_default()).concat();
    }
    let asked = ["--no-password", "--inserts", "--dbname", db.url()];
    let dump = Command::new("pg_dump").args(asked).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    dump.stdout
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// A need with one telephone as it was submitted and another as it is typed, and an organisation with its contacts.
async fn scene(app: &App) -> (Need, Organisation) {
    let (school, district) = (person(app, "wanghaifeng").await, person(app, "liwenjing").await);
    let draft = |phone: &str| NeedDraft { contact_phone: phone.into(), ..need_draft() };
    let begun = need::start(app, &school, &TODAY.year().to_string(), &draft(PHONES[0])).await.unwrap();
    let name = begun.name().to_string();
    let sent = need::act(app, &school, &name, Act::Submit, begun.version).await.unwrap().need;
    let name = sent.name().to_string();
    let why = Act::Return(ReturnDraft { remark: "写明受益学生".into(), ..ReturnDraft::default() });
    let back = need::act(app, &district, &name, why, sent.version).await.unwrap().need;
    let name = back.name().to_string();
    let need = need::save(app, &school, &name, &draft(PHONES[1]), back.version).await.unwrap();
    let register = app.register().await.unwrap();
    let org = register.directory.orgs.iter().find(|org| org.contacts.iter().any(|it| it.phone.len() >= 8));
    (need, org.unwrap().clone())
}

async fn read(app: &App, need: &Need, org: &Organisation) -> (Need, Organisation) {
    let (db, sealer) = (app.db().reader(), app.sealer());
    let need = store::need::get(db, &sealer, &[Scope::All], Name::Draft(need.id)).await.unwrap();
    let directory = store::org::directory(db, &sealer).await.unwrap();
    (need, directory.org(org.id).unwrap().clone())
}

fn quoted<T: serde::Serialize>(value: &T) -> String {
    format!("'{}'", serde_json::to_string(value).unwrap().replace('\'', "''"))
}

/// Puts a need and an organisation back as rows were before telephones were sealed.
async fn lie_open(app: &App, need: &Need, org: &Organisation) {
    let (draft, content, contacts) = (quoted(&need.draft), quoted(&need.content), quoted(&org.contacts));
    let (seq, slug) = (need.seq.unwrap(), &org.slug);
    tamper(
        app,
        &format!(
            "UPDATE need SET phones = NULL, draft = {draft}, content = {content} WHERE seq = {seq}; \
             UPDATE organisation SET phones = NULL, contacts = {contacts} WHERE slug = '{slug}'; \
             INSERT INTO setting (key, value) VALUES ('phones_open', '')"
        ),
    )
    .await;
}

db_test!(no_telephone_lies_open_also_where_it_did_before, |db: TestDb| async move {
    let app = world(&db).await;
    let (need, org) = scene(&app).await;
    let of_org = org.contacts.iter().map(|it| it.phone.as_str()).find(|phone| phone.len() >= 8).unwrap();
    let words = [PHONES[0], PHONES[1], of_org];
    let open = |bytes: &[u8]| words.map(|word| holds(bytes, word));
    let bytes = lying(&db);
    assert!(holds(&bytes, &need.draft.contact_name), "the search is known to find");
    assert_eq!(open(&bytes), [false; 3]);
    let whole = (need.clone(), org.clone());
    assert_eq!(read(&app, &need, &org).await, whole);

    lie_open(&app, &need, &org).await;
    assert_eq!(open(&lying(&db)), [true; 3]);
    assert_eq!(read(&app, &need, &org).await, whole, "it is read as it lies");
    // The first who did it was ended in the middle.
    let tx = app.db().begin().await.unwrap();
    assert_eq!(store::need::seal_open(&tx, &app.sealer(), 1).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let (one, other) = tokio::join!(key::seal_open(&app), key::seal_open(&app));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(open(&lying(&db)), [false; 3]);
    assert_eq!(read(&app, &need, &org).await, whole);
    assert_eq!(setting::get(app.db().reader(), setting::PHONES_OPEN).await.unwrap(), None);
    assert_eq!(key::seal_open(&app).await.unwrap(), 0);
    is_whole(&app).await;
});
