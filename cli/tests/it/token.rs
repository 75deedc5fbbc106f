//! Signing in by a token, against a server that knows one.

use crate::run::Person;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

const ME: &str = r#"{"login":"zhangmin","name":"张敏","name_en":"Zhang Min","post":"","mail":"","roles":["lead_office"],
    "sections":[],"org":{"slug":"liaison","name":"高校联络服务处","name_en":"Liaison Office","kind":"office"},
    "second_factor":false,"must_enrol":false,"demo":true,"now":"2026-03-10T01:00:00Z"}"#;
const NOBODY: &str = r#"{"type":"/problems/unauthenticated","title":"未登录","status":401,"detail":"登录后再试","request_id":"r1"}"#;

/// Knows the token `rht_good` and no other.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let known = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .any(|line| line.ends_with("Bearer rht_good"));
            let (status, body) = if known { ("200 OK", ME) } else { ("401 Unauthorized", NOBODY) };
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .unwrap();
        }
    });
    base
}

#[test]
fn a_token_is_proved_kept_and_forgotten() {
    let server = server();
    let person = Person::new().with("RONGHE_SERVER", &server);
    let ran = person.run(&["whoami"]);
    assert_eq!((ran.code, ran.err.as_str()), (4, "error: 未登录\nhint: ronghe login\n"));

    let file = person.file("token.txt", b"rht_good\n");
    let ran = person.run(&["login", "--token-file", file.to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "✓ 已登录：张敏（高校联络服务处）\n"));
    let ran = person.run(&["whoami", "--lang", "en"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "Zhang Min (Liaison Office)\nzhangmin\nLiaison office\n"));

    let kept = person.config("tokens.toml");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(std::fs::read_to_string(&kept).unwrap().contains("rht_good"));

    assert_eq!(person.run(&["logout"]).code, 0);
    assert!(!std::fs::read_to_string(&kept).unwrap().contains("rht_good"));
    assert_eq!(person.run(&["whoami"]).code, 4);
}

#[test]
fn a_token_comes_by_standard_input_or_environment() {
    let server = server();
    let person = Person::new().with("RONGHE_SERVER", &server);
    assert_eq!(person.run_with(&["login"], b"rht_good\n").code, 0);
    let person = Person::new().with("RONGHE_SERVER", &server).with("RONGHE_TOKEN", "rht_good");
    assert_eq!(person.run(&["whoami"]).code, 0);
}

#[test]
fn a_wrong_token_is_not_kept() {
    let person = Person::new().with("RONGHE_SERVER", &server());
    assert_eq!(person.run_with(&["login"], b"rht_bad").code, 4);
    let ran = person.run_with(&["login"], b"hunter2");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.starts_with("error: 这不是令牌"), "{ran:?}");
    assert!(!person.config("tokens.toml").exists());
}

#[test]
fn a_token_goes_to_its_own_server_only() {
    let (one, other) = (server(), server());
    let person = Person::new();
    assert_eq!(person.run_with(&["login", "--server", &one], b"rht_good").code, 0);
    assert_eq!(person.run(&["whoami", "--server", &one]).code, 0);
    assert_eq!(person.run(&["whoami", "--server", &other]).code, 4);
}
