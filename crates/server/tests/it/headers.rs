//! Every route of the binary, as a visitor and as someone signed in, in success and in failure: the headers
//! that keep a browser from doing what our pages never ask for, and how large and slow a head may be.

use crate::serve::{Served, serve, serve_with};
use crate::wire::{Answer, ask, send};
use ronghe_testkit::proofs::HEADERS;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What an answer is, and so which policy it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Workspace,
    Portal,
    NoPage,
}

impl Kind {
    const fn policy(self) -> &'static str {
        match self {
            Self::Workspace => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                 img-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
                 base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
            }
            Self::Portal => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                 form-action 'self'; frame-ancestors 'none'"
            }
            Self::NoPage => "sandbox; default-src 'none'",
        }
    }
}

/// Headers that every answer carries.
const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
];

/// Pages and files of the portal, found and not found.
const PORTAL: &[&str] = &[
    "/",
    "/en",
    "/policies",
    "/policies/jinan-2023-24",
    "/policies/jinan-2023-24/measures/4",
    "/policies/jinan-2023-24/matrix",
    "/offices",
    "/offices/basic-education",
    "/universities",
    "/leading-group",
    "/cycles/2026",
    "/en/cycles/2026",
    "/search?q=%E5%BF%83%E7%90%86",
    "/no-such-page",
    "/en/no-such-page",
    "/policies/no-such-policy",
];

/// What has no page of its own.
const NO_PAGES: &[&str] = &[
    "/healthz",
    "/readyz",
    "/assets/icon.svg",
    "/assets/no-such-file.css",
    "/app/assets/no-such-file.js",
    "/api/v1/openapi.json",
    "/api/v1/no-such-operation",
    "/api/v2/needs",
];

/// Looks at answers, and counts them.
#[derive(Default)]
struct Walk {
    seen: usize,
    statuses: BTreeSet<u16>,
}

impl Walk {
    fn check(&mut self, what: &str, kind: Kind, answer: &Answer) {
        for (name, value) in ALWAYS {
            assert_eq!(answer.header(name), *value, "{what}: {name} of {answer:?}");
        }
        assert_eq!(answer.header("content-security-policy"), kind.policy(), "{what}: {}", answer.status);
        let powers = answer.header("permissions-policy");
        for power in ["camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()"] {
            assert!(powers.contains(power), "{what} leaves {power}");
        }
        assert_eq!(answer.header("x-request-id").len(), 32, "{what}");
        for name in ["access-control-allow-origin", "server", "x-powered-by"] {
            assert_eq!(answer.header(name), "", "{what} says {name}");
        }
        self.seen += 1;
        self.statuses.insert(answer.status);
    }

    /// An answer of the API, which one person gets and no cache keeps.
    fn check_api(&mut self, what: &str, answer: &Answer) {
        self.check(what, Kind::NoPage, answer);
        assert_eq!(answer.header("cache-control"), "no-store", "{what}: {}", answer.status);
        let media = answer.header("content-type");
        if answer.status >= 400 {
            assert_eq!(media, "application/problem+json", "{what}: {answer:?}");
            let problem: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(problem["request_id"], answer.header("x-request-id"), "{what}");
        }
    }
}

fn entered(served: &Served, login: &str) -> String {
    let origin = format!("http://{}", served.address);
    let headers = [("origin", origin.as_str()), ("content-type", "application/json")];
    let body = format!("{{\"login\":\"{login}\"}}");
    let answer = ask(&served.address, "POST", "/api/v1/session/demo", &headers, &body);
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.cookies()
}

/// Every operation, by its method and an address that names something.
fn operations(served: &Served) -> Vec<(String, String)> {
    let document = ask(&served.address, "GET", "/api/v1/openapi.json", &[], "").body;
    let document: Value = serde_json::from_str(&document).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path
            .replace("{slug}", "jinan-2023-24")
            .replace("{year}", "2026")
            .replace("{name}", "N2026-0001")
            .replace("{login}", "zhangmin")
            .replace("{seq}", "1");
        for method in item.as_object().unwrap().keys() {
            found.push((method.to_uppercase(), path.clone()));
        }
    }
    found
}

#[test]
fn every_answer_of_every_route_carries_them() {
    let served = serve_with(&["--requests-per-minute", "0"]);
    let address = &served.address;
    let mut walk = Walk::default();
    for path in PORTAL {
        walk.check(path, Kind::Portal, &ask(address, "GET", path, &[], ""));
    }
    let first = ask(address, "GET", "/policies", &[], "");
    let again = ask(address, "GET", "/policies", &[("if-none-match", first.header("etag"))], "");
    assert_eq!(again.status, 304);
    walk.check("a page that is known", Kind::Portal, &again);
    for path in NO_PAGES {
        walk.check(path, kind_of(path), &ask(address, "GET", path, &[], ""));
    }
    let moved = ask(address, "GET", "/measures/4", &[], "");
    assert_eq!(moved.status, 302);
    walk.check("a page that moved", Kind::NoPage, &moved);
    let csv = ask(address, "GET", "/policies/jinan-2023-24/matrix.csv", &[], "");
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    walk.check("a table of the portal", Kind::NoPage, &csv);
    for path in ["/", "/policies", "/app", "/healthz"] {
        let refused = ask(address, "DELETE", path, &[], "");
        assert_eq!(refused.status, 405, "{path}");
        walk.check(path, Kind::NoPage, &refused);
    }
    workspace(&served, &mut walk);
    api(&served, &mut walk);
    refusals(&served, &mut walk);
    for status in [200, 201, 204, 302, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422, 428, 500] {
        assert!(walk.statuses.contains(&status), "no answer was {status}: {:?}", walk.statuses);
    }
    HEADERS.reached(walk.seen);
}

/// Under the portal's own addresses an unknown one is a page.
fn kind_of(path: &str) -> Kind {
    if path.starts_with("/assets/no-such") { Kind::Portal } else { Kind::NoPage }
}

fn workspace(served: &Served, walk: &mut Walk) {
    for path in ["/app", "/app/", "/app/needs", "/app/no-such-page"] {
        let page = ask(&served.address, "GET", path, &[], "");
        assert_eq!(page.status, 200, "the workspace was not built: {page:?}");
        walk.check(path, Kind::Workspace, &page);
        for asset in page.body.split('"').filter(|word| word.starts_with("/app/assets/")) {
            let answer = ask(&served.address, "GET", asset, &[], "");
            assert_eq!(answer.status, 200, "{asset}");
            walk.check(asset, Kind::NoPage, &answer);
        }
    }
}

fn api(served: &Served, walk: &mut Walk) {
    let origin = format!("http://{}", served.address);
    let headers = [("origin", origin.as_str()), ("content-type", "application/json")];
    let keyed = [headers[0], headers[1], ("idempotency-key", "0123456789"), ("if-match", "\"v1\"")];
    for (method, path) in operations(served) {
        let what = format!("{method} {path}");
        walk.check_api(&what, &ask(&served.address, &method, &path, &[], ""));
        walk.check_api(&what, &ask(&served.address, &method, &path, &keyed, "{}"));
        for login in ["zhangmin", "wanghaifeng"] {
            let cookie = entered(served, login);
            let with = |headers: &[(&'static str, &str)]| -> Answer {
                let headers: Vec<_> = headers.iter().copied().chain([("cookie", cookie.as_str())]).collect();
                ask(&served.address, &method, &path, &headers, "{}")
            };
            walk.check_api(&what, &with(&headers.map(|(name, value)| (name, value))));
            walk.check_api(&what, &with(&[keyed[0], keyed[1], keyed[2], keyed[3]]));
            walk.check_api(&what, &with(&[("sec-fetch-site", "cross-site")]));
        }
        let refused = ask(&served.address, "PATCH", &path, &[], "");
        assert_eq!((refused.status, refused.header("allow").contains(&method)), (405, true), "{what}");
        walk.check_api(&what, &refused);
    }
}

/// Refusals from around the operations, and a failure of ours.
fn refusals(served: &Served, walk: &mut Walk) {
    let address = &served.address;
    let cookie = entered(served, "wanghaifeng");
    let origin = format!("http://{address}");
    let headers = [
        ("origin", origin.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "headers-begin"),
        ("cookie", cookie.as_str()),
    ];
    let began = ask(address, "POST", "/api/v1/needs", &headers, "{}");
    assert_eq!(began.status, 201, "{began:?}");
    walk.check_api("a need that is begun", &began);
    let name = serde_json::from_str::<Value>(&began.body).unwrap()["name"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/needs/{name}/attachments");
    let media = ("content-type", "application/octet-stream");
    let headers = [headers[0], media, ("idempotency-key", "headers-attach"), headers[3]];
    let kept = ask(address, "POST", &format!("{path}?name=a.pdf"), &headers, "%PDF-1.7\n%%EOF\n");
    assert_eq!(kept.status, 201, "{kept:?}");
    let id = serde_json::from_str::<Value>(&kept.body).unwrap()["id"].as_str().unwrap().to_owned();
    let path = format!("{path}/{id}");
    let given = ask(address, "GET", &path, &[headers[3]], "");
    assert_eq!(given.status, 200);
    walk.check_api("a file", &given);
    assert!(given.header("content-disposition").starts_with("attachment; "));
    served.lose_files();
    let lost = ask(address, "GET", &path, &[headers[3]], "");
    assert_eq!(lost.status, 500, "{lost:?}");
    walk.check_api("a file that was lost", &lost);

    let large = send(
        address,
        format!(
            "POST /api/v1/needs HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nOrigin: {origin}\r\n\
             Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n"
        )
        .as_bytes(),
    );
    assert_eq!(large.status, 413, "{large:?}");
    walk.check_api("a body of a hundred gigabytes", &large);
    let plain = [headers[0], ("content-type", "text/plain"), headers[3]];
    let unknown = ask(address, "POST", "/api/v1/needs", &plain, "{}");
    assert_eq!(unknown.status, 415, "{unknown:?}");
    walk.check_api("a body of another kind", &unknown);
    for path in ["/api/v1/needs/%ff", "/api/v1/needs?q=a&q=b"] {
        let unread = ask(address, "GET", path, &[headers[3]], "");
        assert!([400, 404].contains(&unread.status), "{unread:?}");
        walk.check_api(path, &unread);
    }
}

#[test]
fn whoever_asks_too_often_is_told_with_them_too() {
    let served = serve_with(&["--requests-per-minute", "1"]);
    let mut walk = Walk::default();
    let asked = || ask(&served.address, "GET", "/api/v1/policies", &[], "");
    drop(asked());
    let last = asked();
    assert_eq!(last.status, 429, "{last:?}");
    walk.check_api("too often", &last);
    assert_ne!(last.header("retry-after"), "");
}

#[test]
fn a_head_has_its_measure_and_its_time() {
    let served = serve();
    let address = &served.address;
    let with = |bytes: usize| ask(address, "GET", "/healthz", &[("x-filler", &"x".repeat(bytes))], "");
    assert_eq!(with(15 * 1024).status, 200);
    assert_eq!(with(16 * 1024).status, 431);
    assert_eq!(with(128 * 1024).status, 431);
    let many: String = (0..200).map(|at| format!("x-{at}: 1\r\n")).collect();
    assert_eq!(
        send(address, format!("GET /healthz HTTP/1.1\r\nHost: a\r\n{many}\r\n").as_bytes()).status,
        431
    );

    let began = Instant::now();
    let mut slow = TcpStream::connect(address).unwrap();
    std::io::Write::write_all(&mut slow, b"GET /healthz HTTP/1.1\r\nHost: a\r\n").unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).unwrap();
    let took = began.elapsed();
    assert!((9..14).contains(&took.as_secs()), "a head that never ended was waited for {took:?}");
}
