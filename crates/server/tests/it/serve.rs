//! The demonstration served by the binary: pages, headers, health, and its audit chain.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The day as of which its world is made.
const MADE: &str = "2026-03-10";

/// A running demonstration; it ends with the test.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
    folder: Arc<TempDir>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Served {
    /// The server's process.
    #[cfg(target_os = "linux")]
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Its database.
    pub(crate) fn database(&self) -> String {
        database(&self.folder)
    }

    /// Where it keeps what people attach.
    pub(crate) fn files(&self) -> std::path::PathBuf {
        self.folder.path().join("ronghe.files")
    }

    /// The password of everyone in it.
    pub(crate) fn password(&self) -> String {
        let kept = std::fs::read_to_string(self.folder.path().join("ronghe.password")).unwrap();
        kept.trim().to_owned()
    }

    /// The same world as it stands on a later `day`: the server was stopped meanwhile.
    pub(crate) fn later(self, day: &str) -> Self {
        let folder = Arc::clone(&self.folder);
        drop(self);
        started(folder, day, &[])
    }

    /// Takes away what was attached, as a disk that fails would.
    pub(crate) fn lose_files(&self) {
        std::fs::remove_dir_all(self.files()).unwrap();
    }

    /// What it has said since it serves.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// Every byte of its database, what is not yet part of the file too.
    pub(crate) fn database_bytes(&self) -> Vec<u8> {
        let files = ["ronghe.sqlite", "ronghe.sqlite-wal"];
        files.iter().flat_map(|file| std::fs::read(self.folder.path().join(file)).unwrap()).collect()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn binary() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ronghed"))
}

fn database(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("ronghe.sqlite").display())
}

/// Starts the demonstration on a free port and waits until it says that it serves.
pub(crate) fn serve() -> Served {
    serve_with(&[])
}

/// The same, with more options.
pub(crate) fn serve_with(options: &[&str]) -> Served {
    started(Arc::new(tempfile::tempdir().unwrap()), MADE, options)
}

/// The same, as it stands on a later `day`.
pub(crate) fn serve_on(day: &str) -> Served {
    let folder = tempfile::tempdir().unwrap();
    make(&folder, &["--small"]);
    started(Arc::new(folder), day, &[])
}

/// The whole demonstration, in which universities apply.
pub(crate) fn serve_whole() -> Served {
    let folder = tempfile::tempdir().unwrap();
    make(&folder, &[]);
    started(Arc::new(folder), MADE, &[])
}

fn make(folder: &TempDir, options: &[&str]) {
    let made = ["demo", "--today", MADE, "--make-only", "--database", &database(folder)];
    assert!(binary().args(made).args(options).stderr(Stdio::null()).status().unwrap().success());
}

fn started(folder: Arc<TempDir>, day: &str, options: &[&str]) -> Served {
    let address = free_address();
    let metrics: &[&str] = if options.contains(&"--metrics") { &[] } else { &["--metrics", "127.0.0.1:0"] };
    let mut child = binary()
        .args(["demo", "--small", "--today", day, "--database", &database(&folder), "--listen", &address])
        .args(metrics)
        .args(options)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut lines = lines.map_while(Result::ok);
    assert!(lines.any(|line| line.contains("serving")), "it never served");
    // The log must be read to its end, or the server would stop at a full pipe.
    let log = Arc::<Mutex<Vec<String>>>::default();
    let kept = Arc::clone(&log);
    std::thread::spawn(move || lines.for_each(|line| kept.lock().unwrap().push(line)));
    Served { child, address, folder, log }
}

/// An address of this machine that nobody listens on.
pub(crate) fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// What the server answers to a plain request: head and body.
pub(crate) fn get(served: &Served, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(&served.address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n", served.address)
        .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn the_demonstration_serves_pages_api_and_health() {
    let served = serve();
    let check = |path: &str, status: &str, holds: &str| {
        let answer = get(&served, path, "");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
        assert!(answer.contains(holds), "{path} lacks {holds}");
    };
    check("/", "200", "让驻济高校的长处");
    check("/en/policies/jinan-2023-24", "200", "In force: renewed by decision");
    check("/policies/jinan-2023-24/measures/4", "200", "思想政治工作处");
    check("/no-such-page", "404", "没有这个页面");
    check("/api/v1/policies/jinan-2023-24", "200", "济教发〔2023〕24号");
    check("/api/v1/no-such-operation", "404", "application/problem+json");
    check("/api/v1/openapi.json", "200", "list_policies");
    check("/healthz", "200", "ok");
    check("/readyz", "200", "ready");
    let moved = get(&served, "/measures/4", "");
    assert!(
        moved.starts_with("HTTP/1.1 302") && moved.contains("/policies/jinan-2023-24/measures/4"),
        "{moved}"
    );
}

#[test]
fn every_answer_carries_the_headers_of_trust() {
    let served = serve();
    for path in ["/", "/no-such-page", "/assets/icon.svg", "/api/v1/policies", "/healthz"] {
        let answer = get(&served, path, "").to_lowercase();
        for header in [
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "permissions-policy: ",
            "strict-transport-security: ",
            "x-request-id: ",
        ] {
            assert!(answer.contains(header), "{path} lacks {header}");
        }
    }
    let answer = get(&served, "/api/v1/policies", "").to_lowercase();
    assert!(answer.contains("cache-control: no-store"), "{answer}");
    let page = get(&served, "/", "").to_lowercase();
    assert!(page.contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(!page.contains("<script"), "the portal needs no script");
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let served = serve();
    let first = get(&served, "/policies", "");
    let tag = first.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = get(&served, "/policies", &format!("If-None-Match: {tag}\r\n"));
    assert!(again.starts_with("HTTP/1.1 304"), "{again}");
}

#[test]
fn the_chain_of_the_demonstration_is_whole() {
    let served = serve();
    let output = binary().args(["verify-audit", "--database", &database(&served.folder)]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("the chain is whole"), "{text}");
}

#[cfg(unix)]
#[test]
fn one_process_serves_an_embedded_database_and_the_console_speaks_to_it() {
    use std::os::unix::fs::PermissionsExt;
    let served = serve();
    let database = database(&served.folder);
    for command in [&["serve", "--demo"][..], &["demo"], &["migrate"]] {
        let output = binary().args(command).args(["--database", &database]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{command:?}: {said}");
        assert!(said.contains("another process holds sqlite:"), "{command:?}: {said}");
    }
    let socket = served.folder.path().join("ronghe.sqlite.sock");
    let mode = std::fs::metadata(&socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{mode:o}");
    let ask = |command: &[&str]| {
        let output = binary().args(command).args(["--database", &database]).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, said, _) = ask(&["recover-admin", "--account", "wuxiao"]);
    assert!(code == Some(0) && said.contains("/app/links/"), "{said}");
    let code_of_link = said.lines().next().unwrap().rsplit('/').next().unwrap().to_owned();
    let link = get(&served, &format!("/api/v1/links/{code_of_link}"), "");
    assert!(link.starts_with("HTTP/1.1 200") && link.contains("wuxiao"), "{link}");
    let (code, _, said) = ask(&["recover-admin", "--account", "nobody"]);
    assert!(code == Some(3) && said.contains("no such account"), "{said}");
}

#[test]
fn a_server_does_not_start_on_a_schema_that_is_behind() {
    let folder = tempfile::tempdir().unwrap();
    let output = binary().args(["serve", "--database", &database(&folder)]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ronghed migrate"));
    let migrated = binary().args(["migrate", "--database", &database(&folder)]).output().unwrap();
    assert!(migrated.status.success());
}

#[test]
fn a_demonstration_serves_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        binary().args(["demo", "--listen", "0.0.0.0:0", "--database", &database(&folder)]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("loopback"));
}

/// Runs the reader of files on `bytes`.
fn read_apart(wanted: &str, bytes: &[u8]) -> (bool, String) {
    let mut child = binary()
        .args(["parse-file", wanted])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let _ = to.write_all(bytes);
    drop(to);
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn files_of_strangers_are_read_by_a_process_of_its_own() {
    assert_eq!(read_apart("text", "一、做事。".as_bytes()), (true, "{\"Ok\":\"一、做事。\"}\n".to_owned()));
    assert_eq!(read_apart("text", b"%PDF-1.7"), (true, "{\"Err\":\"pdf\"}\n".to_owned()));
    assert_eq!(read_apart("rows", b"%PDF-1.7"), (true, "{\"Err\":\"pdf\"}\n".to_owned()));
    assert_eq!(read_apart("attachment", b"%PDF-1.7\n%%EOF"), (true, "{\"Ok\":\"pdf\"}\n".to_owned()));
    assert_eq!(read_apart("attachment", b"\xFF\xD8\xFF"), (true, "{\"Err\":\"damaged\"}\n".to_owned()));
    assert!(!read_apart("secrets", b"x").0);
}

#[cfg(unix)]
#[test]
fn the_reader_ends_at_its_limits() {
    // Larger than its memory: it dies alone.
    let (lives, said) = read_apart("text", &vec![b'a'; 600 * 1024 * 1024]);
    assert!(!lives && said.is_empty(), "{said}");
}
