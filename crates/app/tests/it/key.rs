//! What lies in the database under the server's key.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ronghe_app::files::Rekept;
use ronghe_app::key::rotate::{self, Begun, Standing};
use ronghe_app::need::{self, Act};
use ronghe_app::once::Answer;
use ronghe_app::session::factor;
use ronghe_app::{App, Caller, Clock, Command as Keyed, Settings, account, application, audit, key};
use ronghe_domain::account::AccountDraft;
use ronghe_domain::audit::Via;
use ronghe_domain::kernel::{Role, SignOffId, Version};
use ronghe_domain::need::draft::ReturnDraft;
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::{Name, Need, NeedDraft};
use ronghe_domain::org::Organisation;
use ronghe_domain::sign_off::{Ended, Round, State};
use ronghe_store as store;
use ronghe_store::setting;
use ronghe_testkit::proofs::is_whole;
use ronghe_testkit::{
    TODAY, TestDb, accepting, act_on, db_test, need_draft, person, sealed_page, tamper, texts, world,
};
use std::any::Any;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use uuid::Uuid;

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

/// What of `sealed` opens under `key`.
fn opened(key: [u8; 32], sealed: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
    let (nonce, text) = bytes.split_at_checked(12)?;
    Aes256Gcm::new(&key.into()).decrypt(Nonce::from_slice(nonce), text).ok()
}

/// What opens under `key`, with where it lies; in an order of its own.
async fn under(app: &App, key: [u8; 32]) -> Vec<(String, Vec<u8>)> {
    let texts = texts(app.db()).await.into_iter();
    let mut found: Vec<_> = texts.filter_map(|(place, text)| Some((place, opened(key, &text)?))).collect();
    found.sort();
    found
}

/// Where something lies sealed.
const PLACES: [&str; 16] = [
    "account_secret.totp_pending",
    "application.content",
    "application.draft",
    "application.head",
    "application.members",
    "application_file.hash",
    "application_file.name",
    "application_version.content",
    "idempotency.answer",
    "mail.sealed",
    "need.phones",
    "organisation.phones",
    "sign_off_round.ended",
    "sign_off_round.preparers",
    "sign_off_round.signatures",
    "sign_off_round.title",
];

/// An application that was handed in, with its file and a round of its signatures; a seed, a link in a mail, a kept answer.
async fn sealed(app: &App) {
    let needs = accepting(app).await;
    let uni = person(app, "linxiaozhou").await;
    let draft = sealed_page(app, &uni, &needs[0]).await;
    act_on(app, &uni, &draft, application::Act::Submit).await.unwrap();
    let by = uni.actor.account().unwrap();
    let round = Round {
        id: SignOffId(Uuid::from_u128(9)),
        org: draft.university,
        subject: draft.subject(),
        name: "draft".into(),
        title: "申报".into(),
        hash: "ab".into(),
        steps: vec![0],
        asked_by: by,
        asked_at: app.now(),
        preparers: vec![by],
        signatures: Vec::new(),
        state: State::Voided,
        ended: Some(Ended { by, at: app.now(), reason: String::new() }),
        sealed: true,
        version: Version::FIRST,
    };
    let tx = app.db().begin().await.unwrap();
    store::sign_off::insert(&tx, &app.sealer(), &round).await.unwrap();
    tx.commit().await.unwrap();
    factor::start(app, &uni).await.unwrap();
    let admin = person(app, "wuxiao").await;
    let login = "key-canary".to_owned();
    let roles = [Role::NeedUnit].into();
    let (org, mail, name) = ("yanliu".into(), "key@example.org".into(), "某人".into());
    let made = AccountDraft { login, name, org, roles, mail, ..AccountDraft::default() };
    let render = |_: &(dyn Any + Send)| {
        Some(Answer { request: "made".into(), status: 200, body: "{}".into(), etag: String::new() })
    };
    let command = Keyed { key: "0123456789".into(), render: Arc::new(render) };
    account::create(app, &admin.with_command(Some(command)), &made).await.unwrap();
}

db_test!(everything_goes_over_to_another_key_whatever_ends_it, |db: TestDb| async move {
    let made = world(&db).await;
    // Without an address links leave by no mail.
    let settings = Settings { public_url: Some("http://ronghe.example".into()), ..made.settings().clone() };
    let app = App::new(made.db().clone(), made.clock().clone(), settings);
    sealed(&app).await;
    let (old, new) = (app.settings().key, [8; 32]);
    let before = under(&app, old).await;
    let mut places: Vec<&str> = before.iter().map(|(place, _)| place.as_str()).collect();
    places.dedup();
    assert_eq!(places, PLACES);
    let settings = Settings { key: new, ..app.settings().clone() };
    let next = App::new(app.db().clone(), Clock::standing_at(app.now()), settings);
    assert_eq!(rotate::standing(&app).await.unwrap(), Standing::Own);
    assert_eq!(rotate::standing(&next).await.unwrap(), Standing::Other);

    // What stays as it is cannot be written over but meanwhile.
    let console = Caller::system(Via::Console, "rotate-key");
    rotate::database(&next, &console, &old).await.unwrap_err();
    assert_eq!(under(&app, old).await, before);
    assert_eq!(rotate::begin(&next, &[9; 32]).await.unwrap(), Begun::Elsewhere, "not its key");
    assert_eq!(rotate::begin(&next, &old).await.unwrap(), Begun::Anew);
    assert_eq!(rotate::begin(&next, &old).await.unwrap(), Begun::Again);
    assert_eq!(rotate::standing(&app).await.unwrap(), Standing::Changing);
    assert!(rotate::take_back(&next).await.unwrap());
    assert_eq!(rotate::standing(&app).await.unwrap(), Standing::Own);
    assert_eq!(rotate::begin(&next, &old).await.unwrap(), Begun::Anew);

    let values = rotate::database(&next, &console, &old).await.unwrap();
    assert_eq!(usize::try_from(values).unwrap(), before.len());
    assert_eq!(under(&app, new).await, before);
    assert_eq!(under(&app, old).await, []);
    assert_eq!(rotate::begin(&next, &old).await.unwrap(), Begun::Carried);
    assert!(!rotate::take_back(&next).await.unwrap(), "it does not go back");
    assert_eq!(rotate::files(&next, &old).await.unwrap(), Rekept { sealed: 1, damaged: 0 });
    assert_eq!(rotate::files(&next, &old).await.unwrap(), Rekept::default());
    assert_eq!(rotate::standing(&next).await.unwrap(), Standing::Own);
    assert_eq!(rotate::standing(&app).await.unwrap(), Standing::Other);
    let watcher = Caller::system(Via::Console, "test");
    assert_eq!(audit::verify(&next, &watcher).await.unwrap().faults, []);
    let lead = person(&next, "linxiaozhou").await;
    let filter = store::application::Filter { limit: 10, ..Default::default() };
    assert_eq!(application::list(&next, &lead, &filter).await.unwrap().0.len(), 1);
    application::list(&app, &lead, &filter).await.unwrap_err();
});
