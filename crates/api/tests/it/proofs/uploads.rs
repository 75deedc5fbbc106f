//! Files that are sent: taken in piece by piece up to a limit, once, by whoever may, and nothing left of what
//! did not come whole.

use crate::{kind, problem};
use ronghe_app::files::{Incoming, remove_strays};
use ronghe_client::Client;
use ronghe_contract::need::{ActOnNeed, AttachmentView, StartNeed};
use ronghe_domain::attachment::{MOST, SIZE_MOST};
use ronghe_testkit::{TestApp, need_draft};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Looks at the disk before a file counts as left behind, or as never begun.
const LOOKS: usize = 20_000;

/// A PDF of so many bytes.
fn pdf(size: u64) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(usize::try_from(size).unwrap() - 6, b' ');
    bytes.extend_from_slice(b"%%EOF\n");
    bytes
}

/// A need that its school writes.
async fn begun(school: &Client) -> String {
    let draft = StartNeed { draft: need_draft(), ..StartNeed::default() };
    school.start_need(&draft).await.unwrap().row.name
}

/// Files that are coming in.
fn incoming(test: &TestApp) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(test.app.settings().files.join("incoming"));
    folder.map_or_else(|_none| Vec::new(), |entries| entries.map(|entry| entry.unwrap().path()).collect())
}

/// Waits until as many files are coming in.
async fn until_incoming(test: &TestApp, count: usize) {
    for _ in 0..LOOKS {
        if tokio::fs::try_exists(&test.app.settings().files).await.is_ok() && incoming(test).len() == count {
            return;
        }
    }
    panic!("{:?} come in, not {count}", incoming(test));
}

/// An upload by hand: its head, with what says how long its body is.
fn head(test: &TestApp, client: &Client, need: &str, query: &str, key: &str, length: &str) -> String {
    let host = test.server.trim_start_matches("http://");
    let cookie = client.cookies().map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
    format!(
        "POST /api/v1/needs/{need}/attachments{query} HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\n{cookie}\
         {key}{length}\r\n",
        test.server
    )
}

const KEY: &str = "idempotency-key: 0123456789\r\n";
const FILE: &str = "content-type: application/octet-stream\r\ncontent-length: 1000\r\n";

/// Opens a line and sends what is given.
async fn sent(test: &TestApp, bytes: &[u8]) -> TcpStream {
    let mut line = TcpStream::connect(test.server.trim_start_matches("http://")).await.unwrap();
    line.write_all(bytes).await.unwrap();
    line
}

/// Status and kind of problem of what is answered, as soon as it is.
async fn heard(line: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && let Ok(problem) = serde_json::from_str::<serde_json::Value>(body)
        {
            let kind = problem
                .get("type")
                .and_then(|kind| kind.as_str())
                .unwrap_or_default()
                .replace("/problems/", "");
            return (head.get(9..12).unwrap().parse().unwrap(), kind);
        }
        let mut piece = [0; 4096];
        let read = line.read(&mut piece).await.unwrap();
        assert!(read > 0, "closed after {text:?}");
        bytes.extend_from_slice(piece.get(..read).unwrap());
    }
}

#[tokio::test]
async fn a_file_may_be_as_large_as_is_said_and_no_larger() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let need = begun(&school).await;
    let whole = pdf(SIZE_MOST - 10);
    let file = school.attach_file(&need, "大.pdf", whole.clone().into()).await.unwrap();
    assert_eq!(file.size, SIZE_MOST - 10);
    assert!(school.download_file(&need, file.id).await.unwrap() == whole, "it comes back as it was");

    let larger = problem(school.attach_file(&need, "大.pdf", pdf(SIZE_MOST + 1).into()).await);
    assert_eq!((larger.status, larger.detail.contains("50 MiB")), (413, true), "{larger:?}");
    // The same where nothing is said of its size before.
    let length = "content-type: application/octet-stream\r\ntransfer-encoding: chunked\r\n";
    let head = head(&test, &school, &need, "?name=a.pdf", KEY, length);
    let mut line = sent(&test, head.as_bytes()).await;
    let chunk = format!("{:x}\r\n", SIZE_MOST + 1);
    line.write_all(&[chunk.as_bytes(), &pdf(SIZE_MOST + 1), b"\r\n0\r\n\r\n"].concat()).await.unwrap();
    assert_eq!(heard(&mut line).await, (413, "too-large".to_owned()));
    until_incoming(&test, 0).await;
    assert_eq!(school.show_need(&need).await.unwrap().attachments.len(), 1);
}

#[tokio::test]
async fn of_a_file_that_is_cut_off_nothing_is_left() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let need = begun(&school).await;
    let bytes = [head(&test, &school, &need, "?name=a.pdf", KEY, FILE).as_bytes(), b"%PDF-1.7\n"].concat();
    let line = sent(&test, &bytes).await;
    until_incoming(&test, 1).await;
    drop(line);
    until_incoming(&test, 0).await;
    assert!(school.show_need(&need).await.unwrap().attachments.is_empty());
    // What is no file that may be attached is not kept either.
    assert_eq!(problem(school.attach_file(&need, "a.pdf", b"MZ".to_vec().into()).await).status, 422);
    until_incoming(&test, 0).await;
}

#[tokio::test]
async fn a_file_is_added_once() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let need = begun(&school).await;
    let key = Client::new_key();
    let keyed = school.retrying(key);
    let first = keyed.attach_file(&need, "a.pdf", pdf(100).into()).await.unwrap();
    for at in 1..MOST {
        school.attach_file(&need, &format!("{at}.pdf"), pdf(100).into()).await.unwrap();
    }
    // By now no more is taken, and yet the answer is the same.
    let again = keyed.attach_file(&need, "a.pdf", pdf(100).into()).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(kind(keyed.attach_file(&need, "a.pdf", pdf(101).into()).await), "key-reused");
    assert_eq!(kind(keyed.attach_file(&need, "b.pdf", pdf(100).into()).await), "key-reused");
    let shown = school.show_need(&need).await.unwrap();
    assert_eq!(shown.attachments.len(), MOST);
    school.act_on_need(&need, &shown.version, &ActOnNeed::Submit).await.unwrap();
    assert_eq!(first, keyed.attach_file(&need, "a.pdf", pdf(100).into()).await.unwrap());
    until_incoming(&test, 0).await;
}

#[tokio::test]
async fn the_same_file_at_once_is_added_once() {
    let test = TestApp::start().await;
    let school = test.entered("wanghaifeng").await;
    let need = begun(&school).await;
    let keyed = school.retrying(Client::new_key());
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (keyed, need) = (keyed.clone(), need.clone());
            tokio::spawn(async move { keyed.attach_file(&need, "a.pdf", pdf(300_000).into()).await.unwrap() })
        })
        .collect();
    let mut answers: Vec<AttachmentView> = Vec::new();
    for answer in tries {
        answers.push(answer.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(school.show_need(&need).await.unwrap().attachments, answers[..1]);

    // Of different files under one key one is added, and nobody takes it for their own.
    let keyed = school.retrying(Client::new_key());
    let tries: Vec<_> = (0..8)
        .map(|at| {
            let (keyed, need) = (keyed.clone(), need.clone());
            tokio::spawn(async move { keyed.attach_file(&need, "b.pdf", pdf(300_000 + at).into()).await })
        })
        .collect();
    let mut added = 0;
    for answer in tries {
        match answer.await.unwrap() {
            Ok(_) => added += 1,
            refused => assert_eq!(kind(refused), "key-reused"),
        }
    }
    assert_eq!((added, school.show_need(&need).await.unwrap().attachments.len()), (1, 2));
}

#[tokio::test]
async fn who_may_not_is_refused_before_anything_is_read() {
    let test = TestApp::start().await;
    let (school, district) = (test.entered("wanghaifeng").await, test.entered("liwenjing").await);
    let need = begun(&school).await;
    // Only the head is sent, and yet there is an answer.
    let check = async |client: &Client, query: &str, key: &str, length: &str, expected: (u16, &str)| {
        let mut line = sent(&test, head(&test, client, &need, query, key, length).as_bytes()).await;
        let (status, kind) = heard(&mut line).await;
        assert_eq!((status, kind.as_str()), expected, "{query} {key} {length}");
        assert!(incoming(&test).is_empty());
    };
    check(&test.client, "?name=a.pdf", KEY, FILE, (404, "unknown")).await;
    check(&district, "?name=a.pdf", KEY, FILE, (404, "unknown")).await;
    check(&school, "", KEY, FILE, (422, "invalid")).await;
    check(&school, "?name=..%2F", KEY, FILE, (422, "invalid")).await;
    check(&school, "?name=a.pdf", "", FILE, (400, "key-missing")).await;
    let json = "content-type: application/json\r\ncontent-length: 1000\r\n";
    check(&school, "?name=a.pdf", KEY, json, (415, "media-type")).await;
    let large = "content-type: application/octet-stream\r\ncontent-length: 52428801\r\n";
    check(&school, "?name=a.pdf", KEY, large, (413, "too-large")).await;
    for at in 0..MOST {
        school.attach_file(&need, &format!("{at}.pdf"), pdf(100).into()).await.unwrap();
    }
    check(&school, "?name=a.pdf", KEY, FILE, (422, "invalid")).await;
}

#[tokio::test]
async fn what_a_server_left_in_the_middle_goes_after_a_day() {
    let test = TestApp::start().await;
    assert_eq!(remove_strays(&test.app).await.unwrap(), 0);
    let mut young = Incoming::begin(&test.app).await.unwrap();
    young.take(b"%PDF-1.7\n").await.unwrap();
    let stray = test.app.settings().files.join("incoming").join("stray");
    let file = std::fs::File::create(&stray).unwrap();
    let day = Duration::from_secs(24 * 60 * 60 + 60);
    #[expect(clippy::disallowed_methods, reason = "files have the machine's time")]
    file.set_modified(SystemTime::now() - day).unwrap();
    assert_eq!(remove_strays(&test.app).await.unwrap(), 1);
    assert_eq!((incoming(&test).len(), stray.exists()), (1, false));
    drop(young);
    assert!(incoming(&test).is_empty());
}
