//! Backups that the server takes by itself, and what is said of them, by the binary.

use super::{fails, files_below, holds, run, within};
use crate::serve::{Served, binary, free_address, serve_with};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Output;

fn status(served: &Served) -> Output {
    binary().args(["status", "--database", &served.database()]).output().unwrap()
}

/// What `status` says once a line of it holds `words`.
fn status_with(served: &Served, words: &str) -> String {
    for _ in 0..400 {
        let said = String::from_utf8_lossy(&status(served).stdout).into_owned();
        if said.contains(words) {
            return said;
        }
    }
    panic!("{words:?} never stands in {:?}", status(served));
}

#[test]
fn a_server_with_a_folder_for_them_takes_backups_and_says_how_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let identity = at("identity");
    let recipient = holds(&binary().args(["backup-key", "--to", &identity]).output().unwrap());
    let (to, metrics) = (at("kept"), free_address());
    let served = serve_with(&[
        "--backup-to",
        &to,
        "--backup-recipient",
        recipient.trim(),
        "--backup-check-identity",
        &identity,
        "--metrics",
        &metrics,
    ]);
    let said = status_with(&served, "came back whole");
    for line in
        ["✓ database: ", "✓ mail: ", "! chain: never checked", "✓ backup: the newest is 0 min old, encrypted"]
    {
        assert!(said.contains(line), "{line} is missing: {said}");
    }
    let mut stream = TcpStream::connect(&metrics).unwrap();
    write!(stream, "GET /metrics HTTP/1.1\r\nHost: {metrics}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    for line in
        ["ronghe_backup_failing 0\n", "ronghe_backup_age_seconds ", "ronghe_backup_check_restored 1\n"]
    {
        assert!(answer.contains(line), "{line} is missing: {answer}");
    }
    // One backup, and beside it how it stands, for whoever asks when no server runs.
    let kept = within(&folder.path().join("kept"));
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(files_below(&kept[1]) >= 3);
    // The same database elsewhere is known by the same name, and by the clock of the machine the demonstration's day
    // is long past: nobody has taken a backup since.
    let (from, again) = (kept[1].display().to_string(), folder.path().join("again"));
    let database = format!("sqlite:{}", again.join("ronghe.sqlite").display());
    std::fs::create_dir(&again).unwrap();
    holds(&run(&again, &database, &["restore", "--from", &from, "--identity", &identity]));
    let said = run(&again, &database, &["status", "--backup-to", &to]);
    fails(&said, "days old, one is due every 15 min");
    fails(&said, "✗ restore test: the last was");
}

#[test]
fn who_names_no_folder_is_told_that_no_backups_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("ronghe.sqlite").display());
    holds(&run(folder.path(), &database, &["demo", "--small", "--today", "2026-03-10", "--make-only"]));
    assert!(
        holds(&run(folder.path(), &database, &["status"]))
            .contains("! backup: the server takes none by itself")
    );
    let to = folder.path().join("kept").display().to_string();
    fails(&run(folder.path(), &database, &["status", "--backup-to", &to]), "✗ backup: there is none yet");
}
