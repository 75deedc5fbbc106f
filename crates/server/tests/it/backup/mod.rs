//! Backups, restoring, and what is kept before the schema changes, by the binary.

mod schedule;
mod sealed;

use crate::serve::{binary, serve};
use ronghe_client::Client;
use ronghe_contract::need::StartNeed;
use ronghe_contract::session::SignIn;
use ronghe_domain::audit::{Action, Subject, hex};
use ronghe_store::{Connection, Db, audit};
use ronghe_testkit::{TestDb, db_test};
use ronghe_text::{Lang, event_said};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// Runs the binary on `database` in `folder`.
fn run(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    let mut command = binary();
    command.current_dir(folder).args(arguments).args(["--database", database]);
    command.args(["--files", &folder.join("files").display().to_string()]);
    command.output().unwrap()
}

#[track_caller]
fn holds(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[track_caller]
fn fails(output: &Output, with: &str) {
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!output.status.success() && said.contains(with), "{said}");
}

fn within(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn files_below(folder: &Path) -> usize {
    within(folder).iter().map(|it| if it.is_dir() { files_below(it) } else { 1 }).sum()
}

/// The only backup in `folder`.
fn backup(folder: &Path) -> PathBuf {
    let found = within(folder);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

/// What the chain of a restored database says of it: once, and what is lost.
async fn says_what_is_lost(database: &str, last: i64) {
    let opened = Db::connect(database).await.unwrap();
    let filter = audit::Filter { subject: Some(Subject::Backup), limit: 10, ..audit::Filter::default() };
    let (found, _) = audit::list(opened.reader(), &filter).await.unwrap();
    opened.close().await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].event.action, found[0].event.seq), (Action::Restore, last + 1));
    let after = found[0].detail.as_ref().unwrap().after.clone();
    assert!(after.as_ref().unwrap().contains(&format!("\"last\":{last}")), "{after:?}");
    let said = event_said(Lang::En, Action::Restore, serde_json::from_str(&after.unwrap()).ok().as_ref());
    assert!(said.unwrap().contains("until the restore is lost"));
}

#[tokio::test]
async fn a_running_server_is_copied_and_the_copy_fills_an_empty_place() {
    let served = serve();
    let hash = hex(&Sha256::digest("attached"));
    let place = |files: &Path| files.join(&hash[..2]).join(&hash);
    fs::create_dir_all(place(&served.files()).parent().unwrap()).unwrap();
    fs::write(place(&served.files()), "attached").unwrap();
    let to = tempfile::tempdir().unwrap();
    let taken = binary()
        .args(["backup", "--database", &served.database(), "--to", &to.path().display().to_string()])
        .output()
        .unwrap();
    let said = holds(&taken);
    let backup = backup(to.path());
    assert!(said.contains(&backup.display().to_string()), "{said}");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(backup.join("manifest.json")).unwrap()).unwrap();
    let events = manifest["chain"]["seq"].as_i64().unwrap();
    assert!(events > 100 && manifest["tables"]["need"].as_u64().unwrap() > 10, "{manifest}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o700);
    }

    let empty = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", empty.path().join("ronghe.sqlite").display());
    let from = backup.display().to_string();
    let restored = holds(&run(empty.path(), &database, &["restore", "--from", &from]));
    assert!(restored.contains(&format!("events 1 to {events}")), "{restored}");
    // Telephones lie sealed in its rows.
    let key = PathBuf::from(served.database().strip_prefix("sqlite:").unwrap()).with_extension("key");
    fails(&run(empty.path(), &database, &["verify-audit"]), "ronghe.key is not there");
    fs::copy(key, empty.path().join("ronghe.key")).unwrap();
    let checked = holds(&run(empty.path(), &database, &["verify-audit"]));
    // One more, which says that the others came from a backup.
    assert!(checked.contains(&format!("{} events, the chain is whole", events + 1)), "{checked}");
    says_what_is_lost(&database, events).await;
    // Under its hash, or under a name that says nothing where the server has encrypted it by then.
    assert_eq!(files_below(&empty.path().join("files")), 1);
    // What is there is not overwritten.
    fails(&run(empty.path(), &database, &["restore", "--from", &from]), "empty place only");
}

#[test]
fn a_backup_that_was_changed_fills_nothing() {
    let made = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", made.path().join("ronghe.sqlite").display());
    holds(&run(made.path(), &database, &["demo", "--small", "--today", "2026-03-10", "--make-only"]));
    let name = "ab".repeat(32);
    fs::create_dir_all(made.path().join("files/ab")).unwrap();
    fs::write(made.path().join("files/ab").join(&name), "not its hash").unwrap();
    let to = made.path().join("kept");
    holds(&run(made.path(), &database, &["backup", "--to", &to.display().to_string()]));
    let backup = backup(&to);
    let from = backup.display().to_string();

    let empty = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", empty.path().join("ronghe.sqlite").display());
    let restore = || run(empty.path(), &database, &["restore", "--from", &from]);
    let is_empty = || {
        let left =
            within(empty.path()).into_iter().filter(|it| it.extension().is_none_or(|end| end != "lock"));
        assert_eq!(left.collect::<Vec<_>>(), Vec::<PathBuf>::new());
    };
    fails(&restore(), &name);
    is_empty();
    fs::remove_dir_all(backup.join("files")).unwrap();
    let manifest = backup.join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let mut described: serde_json::Value = serde_json::from_str(&text).unwrap();
    described["files"] = serde_json::json!([]);
    described["tables"]["need"] = serde_json::json!(1);
    fs::write(&manifest, described.to_string()).unwrap();
    fails(&restore(), "need: 1 rows expected");
    is_empty();
    let file = backup.join("ronghe.sqlite");
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    fails(&restore(), "ronghe.sqlite is not what its manifest names");
    is_empty();
    fails(&run(empty.path(), &database, &["restore", "--from", &to.display().to_string()]), "is no backup");
}

/// What lies alone in a folder.
fn only(folder: &Path) -> PathBuf {
    let found = within(folder);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[tokio::test]
async fn what_lies_sealed_comes_back_with_the_key_of_its_time_alone() {
    let served = serve();
    let school = Client::new(&format!("http://{}", served.address));
    let sign_in = SignIn { login: "wanghaifeng".into(), password: served.password(), code: None };
    school.sign_in(&sign_in).await.unwrap();
    let need = school.start_need(&StartNeed::default()).await.unwrap().row.name;
    let pdf = [b"%PDF-1.7\n".as_slice(), b"nobody reads this ".repeat(9_000).as_slice(), b"%%EOF\n"].concat();
    school.attach_file(&need, "a.pdf", pdf.into()).await.unwrap();
    let lies = |files: PathBuf| only(&only(&files.join("sealed")));
    let kept = fs::read(lies(served.files())).unwrap();
    let to = tempfile::tempdir().unwrap();
    let taken = binary()
        .args(["backup", "--database", &served.database(), "--to", &to.path().display().to_string()])
        .output()
        .unwrap();
    assert!(holds(&taken).contains("1 files"));
    let backup = backup(to.path());
    assert_eq!(fs::read(lies(backup.join("files"))).unwrap(), kept, "as it lies, without the key");

    let restored = |key: Option<&Path>| {
        let empty = tempfile::tempdir().unwrap();
        if let Some(key) = key {
            fs::copy(key, empty.path().join("ronghe.key")).unwrap();
        }
        let database = format!("sqlite:{}", empty.path().join("ronghe.sqlite").display());
        let said = run(empty.path(), &database, &["restore", "--from", &backup.display().to_string()]);
        (empty, database, said)
    };
    let key = PathBuf::from(served.database().strip_prefix("sqlite:").unwrap()).with_extension("key");
    let (place, database, said) = restored(Some(&key));
    assert!(holds(&said).contains("opens what lies sealed in it"));
    let verify = |place: &TempDir, database: &str| run(place.path(), database, &["verify-audit"]);
    holds(&verify(&place, &database));
    let path = lies(place.path().join("files"));
    assert_eq!(fs::read(&path).unwrap(), kept);
    let mut damaged = kept.clone();
    damaged[100_000] ^= 1;
    fs::write(&path, damaged).unwrap();
    fails(&verify(&place, &database), "a.pdf");

    let other = to.path().join("other.key");
    fs::write(&other, [9; 32]).unwrap();
    fails(&restored(Some(&other)).2, "is the key the one of that time?");
    let (place, database, said) = restored(None);
    assert!(holds(&said).contains("was not opened"));
    assert!(!place.path().join("ronghe.key").exists(), "none is made");
    fails(&verify(&place, &database), "ronghe.key is not there");
    let recover = run(place.path(), &database, &["recover-admin", "--account", "wuxiao"]);
    fails(&recover, "files lie sealed");
    fs::copy(&key, place.path().join("ronghe.key")).unwrap();
    holds(&verify(&place, &database));

    // What was changed in the backup is noticed without any key.
    let mut damaged = kept;
    damaged[100_000] ^= 1;
    let path = lies(backup.join("files"));
    fs::remove_file(&path).unwrap();
    fs::write(&path, damaged).unwrap();
    fails(&restored(None).2, "is not what its manifest names");
}

/// A demonstration as it stood one step before: without the last table that was added.
async fn behind(db: &TestDb, folder: &TempDir) {
    holds(&run(folder.path(), db.url(), &["demo", "--small", "--today", "2026-03-10", "--make-only"]));
    let opened = Db::connect(db.url()).await.unwrap();
    for sql in ["DROP TABLE failure", "DELETE FROM seaql_migrations WHERE version LIKE '%000017%'"] {
        opened.reader().execute_unprepared(sql).await.unwrap();
    }
    opened.close().await.unwrap();
}

db_test!(a_schema_is_changed_on_a_copy_first_and_never_without_one, |db: TestDb| async move {
    let folder = tempfile::tempdir().unwrap();
    behind(&db, &folder).await;
    let run = |arguments: &[&str]| run(folder.path(), db.url(), arguments);
    let rehearsed = holds(&run(&["migrate", "--rehearse"]));
    for line in ["1 steps, from ", "✓ failure: none rows, then 0", "✓ before: ", "✓ after: ", "✓ need: "]
    {
        assert!(rehearsed.contains(line), "{line} is missing: {rehearsed}");
    }
    // The database itself stands as it did, and nothing lies about.
    assert!(holds(&run(&["migrate", "--rehearse"])).contains("1 steps"));
    let kept = || match db.url().strip_prefix("sqlite:") {
        Some(file) => {
            let beside = within(Path::new(file).parent().unwrap());
            beside.into_iter().filter(|it| it.display().to_string().contains(".m20")).collect()
        }
        None => folder
            .path()
            .join("data/ronghe.backups")
            .read_dir()
            .map_or(Vec::new(), |found| found.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()),
    };
    assert_eq!(kept().len(), 0);
    holds(&run(&["migrate"]));
    assert_eq!(kept().len(), 1, "{:?}", kept());
    assert!(fs::metadata(&kept()[0]).unwrap().len() > 10_000);
    holds(&run(&["migrate"]));
    assert_eq!(kept().len(), 1, "nothing was to be done");
    assert!(holds(&run(&["verify-audit"])).contains("the chain is whole"));
});

#[tokio::test]
async fn a_postgresql_is_dumped_and_fills_an_empty_database() {
    let db = ronghe_testkit::postgres().await;
    let folder = tempfile::tempdir().unwrap();
    holds(&run(folder.path(), db.url(), &["demo", "--small", "--today", "2026-03-10", "--make-only"]));
    let to = folder.path().join("kept");
    holds(&run(folder.path(), db.url(), &["backup", "--to", &to.display().to_string()]));
    let from = backup(&to).display().to_string();
    fails(&run(folder.path(), db.url(), &["restore", "--from", &from]), "empty place only");

    let name = format!("empty_{}", std::process::id());
    let server = std::env::var("RONGHE_TEST_POSTGRES").unwrap();
    let admin = Db::connect(&server).await.unwrap();
    ronghe_store::copy::make(&admin, &name).await.unwrap();
    let empty = server.replacen("/postgres?", &format!("/{name}?"), 1);
    let restored = holds(&run(folder.path(), &empty, &["restore", "--from", &from]));
    assert!(restored.contains("events 1 to "), "{restored}");
    let manifest = fs::read_to_string(Path::new(&from).join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    says_what_is_lost(&empty, manifest["chain"]["seq"].as_i64().unwrap()).await;
    assert!(holds(&run(folder.path(), &empty, &["verify-audit"])).contains("the chain is whole"));
    ronghe_store::copy::remove(&admin, &name).await.unwrap();
}

/// Without the programs of PostgreSQL nothing is changed unless somebody says so.
#[tokio::test]
async fn a_postgresql_that_cannot_be_copied_is_not_changed() {
    let db = ronghe_testkit::postgres().await;
    let folder = tempfile::tempdir().unwrap();
    behind(&db, &folder).await;
    let migrate = |more: &[&str]| {
        let mut command = binary();
        command.env("PATH", folder.path()).current_dir(folder.path());
        command.args(["migrate", "--database", db.url()]).args(more).output().unwrap()
    };
    fails(&migrate(&[]), "give --no-backup");
    holds(&migrate(&["--no-backup"]));
    holds(&run(folder.path(), db.url(), &["verify-audit"]));
}
