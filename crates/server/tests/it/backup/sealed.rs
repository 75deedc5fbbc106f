//! Encrypted backups, by the binary.

use super::{backup, fails, files_below, holds, run, within};
use crate::serve::{binary, serve_with};
use ronghe_domain::audit::hex;
use ronghe_store::Db;
use ronghe_testkit::{TestDb, db_test};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Makes the identity `name` in `folder`; its file and its recipient.
fn identity(folder: &TempDir, name: &str) -> (String, String) {
    let file = folder.path().join(name).display().to_string();
    let said = holds(&binary().args(["backup-key", "--to", &file]).output().unwrap());
    (file, said.trim().to_owned())
}

/// Every byte of every file below `folder`.
fn bytes_below(folder: &Path) -> Vec<u8> {
    let read = |path: PathBuf| if path.is_dir() { bytes_below(&path) } else { fs::read(path).unwrap() };
    within(folder).into_iter().flat_map(read).collect()
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// An empty place beside the database at `url`: for a PostgreSQL a database of the same server.
async fn empty(url: &str, folder: &TempDir, name: &str) -> String {
    if url.starts_with("sqlite:") {
        return format!("sqlite:{}", folder.path().join(name).join("ronghe.sqlite").display());
    }
    let name = format!("{name}_{}", &hex(&Sha256::digest(url))[..12]);
    let server = std::env::var("RONGHE_TEST_POSTGRES").unwrap();
    let admin = Db::connect(&server).await.unwrap();
    ronghe_store::copy::make(&admin, &name).await.unwrap();
    server.replacen("/postgres?", &format!("/{name}?"), 1)
}

/// Takes a database of the same server away again.
async fn take_away(url: &str) {
    if url.starts_with("postgres") {
        let name = url.split('?').next().unwrap().rsplit('/').next().unwrap();
        let admin = Db::connect(&std::env::var("RONGHE_TEST_POSTGRES").unwrap()).await.unwrap();
        ronghe_store::copy::remove(&admin, name).await.unwrap();
    }
}

db_test!(a_backup_is_encrypted_to_its_recipients_and_lies_nowhere_open, |db: TestDb| async move {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let ((first, one), (second, two)) = (identity(&folder, "first"), identity(&folder, "second"));
    let other = identity(&folder, "other").0;
    let key = at("ronghe.key");
    let key = ["--key", key.as_str()];
    let demo = [["demo", "--small", "--today", "2026-03-10", "--make-only"].as_slice(), &key].concat();
    holds(&run(folder.path(), db.url(), &demo));
    // A file of the time before files were encrypted.
    let hash = hex(&Sha256::digest("attached long ago"));
    fs::create_dir_all(folder.path().join("files").join(&hash[..2])).unwrap();
    fs::write(folder.path().join("files").join(&hash[..2]).join(&hash), "attached long ago").unwrap();
    let keys = ["--backup-recipient", &one, "--backup-recipient", &two];
    let to = folder.path().join("kept");
    let kept = at("kept");
    let backed = [["backup", "--to", &kept].as_slice(), &keys].concat();
    let said = holds(&run(folder.path(), db.url(), &backed));
    assert!(said.contains(&format!("encrypted to {one}, {two}")), "{said}");
    // Neither texts nor names of tables nor what they count.
    let lies = bytes_below(&to);
    for text in ["SQLite format", "PGDMP", "\"tables\"", "\"chain\"", "attached long ago", "CREATE TABLE"] {
        assert!(!has(&lies, text), "{text}");
    }
    if let Some(file) = db.url().strip_prefix("sqlite:") {
        let beside = within(Path::new(file).parent().unwrap());
        assert!(!beside.iter().any(|it| it.display().to_string().contains(".copying")), "{beside:?}");
    }

    let from = backup(&to).display().to_string();
    let url = empty(db.url(), &folder, "empty").await;
    let place = folder.path().join("empty");
    fs::create_dir_all(&place).unwrap();
    let restore = |more: &[&str]| {
        let asked = [["restore", "--from", &from].as_slice(), more].concat();
        run(&place, &url, &asked)
    };
    fails(&restore(&[]), "is encrypted: give --identity");
    fails(&restore(&["--identity", &other]), "encrypted to others than");
    fails(&restore(&["--identity", &at("nothing")]), "cannot read the identity");
    assert!(!place.join("files").exists());
    let said = holds(&restore(&["--identity", &first]));
    assert!(said.contains("the chain is whole"), "{said}");
    assert_eq!(files_below(&place.join("files")), 1);
    assert_eq!(fs::read(place.join("files").join(&hash[..2]).join(&hash)).unwrap(), b"attached long ago");
    fs::remove_file(place.join("files").join(&hash[..2]).join(&hash)).unwrap();
    // Telephones lie sealed in its rows.
    holds(&run(&place, &url, &[["verify-audit"].as_slice(), &key].concat()));
    take_away(&url).await;

    // The second opens it as well, and a byte that was changed is noticed before anything is filled.
    let url = empty(db.url(), &folder, "again").await;
    let place = folder.path().join("again");
    fs::create_dir_all(&place).unwrap();
    let asked = ["restore", "--from", &from, "--identity", &second];
    let file =
        within(Path::new(&from)).into_iter().find(|it| it.display().to_string().contains("ronghe.")).unwrap();
    let whole = fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    fs::write(&file, damaged).unwrap();
    fails(&run(&place, &url, &asked), "is not what its manifest names");
    fs::write(&file, whole).unwrap();
    holds(&run(&place, &url, &asked));
    take_away(&url).await;
});

/// What the server encrypts to, it does where the console names nobody.
#[test]
fn a_running_server_encrypts_to_whom_it_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let (_, recipient) = identity(&folder, "identity");
    let (_, other) = identity(&folder, "other");
    let served = serve_with(&["--backup-recipient", &recipient]);
    let left = PathBuf::from(format!("{}.copying-wal", served.database().trim_start_matches("sqlite:")));
    fs::write(&left, "left by one that was killed").unwrap();
    let backed = |more: &[&str]| {
        let to = tempfile::tempdir().unwrap();
        let mut command = binary();
        command.args(["backup", "--database", &served.database(), "--to", &to.path().display().to_string()]);
        let said = holds(&command.args(more).output().unwrap());
        assert!(!has(&bytes_below(to.path()), "SQLite format"));
        said
    };
    assert!(backed(&[]).contains(&format!("encrypted to {recipient}\n")));
    assert!(backed(&["--backup-recipient", &other]).contains(&format!("encrypted to {other}\n")));
    assert!(!left.exists());
}

#[test]
fn a_recipient_that_is_none_is_named_and_an_identity_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = identity(&folder, "identity");
    fails(&binary().args(["backup-key", "--to", &file]).output().unwrap(), "cannot make");
    let config = ["config", "--check", "--backup-recipient", "age1nobody"];
    fails(&binary().args(config).output().unwrap(), "backup.recipients: ");
}

/// A manifest may come from anywhere: it leads nowhere out of its backup.
#[test]
fn what_a_manifest_names_stays_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("ronghe.sqlite").display());
    holds(&run(folder.path(), &database, &["demo", "--small", "--today", "2026-03-10", "--make-only"]));
    let to = folder.path().join("kept");
    holds(&run(folder.path(), &database, &["backup", "--to", &to.display().to_string()]));
    let from = backup(&to);
    let manifest = from.join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let hash = "ab".repeat(32);
    let forge = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut described: serde_json::Value = serde_json::from_str(&text).unwrap();
        change(&mut described);
        fs::write(&manifest, described.to_string()).unwrap();
        let empty = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", empty.path().join("ronghe.sqlite").display());
        let asked = run(empty.path(), &database, &["restore", "--from", &from.display().to_string()]);
        fails(&asked, "no part of a backup");
    };
    for name in
        [format!("../{hash}"), format!("sealed/../{hash}"), hash[1..].to_owned(), "sealed/".to_owned()]
    {
        let file = serde_json::json!({ "name": name, "bytes": 1, "sha256": hash });
        forge(&|described| described["files"] = serde_json::json!([file]));
    }
    forge(&|described| described["database"]["name"] = "../ronghe.sqlite".into());
    forge(&|described| described["database"]["name"] = "..".into());
}
