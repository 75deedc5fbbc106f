//! The portal in a real Chromium, on a desk and on a phone: what is there, and that
//! nothing breaks the content security policy.

use crate::serve::{Served, serve};
use std::process::Command;

const PAGES: &[(&str, &str)] = &[
    ("/", "让驻济高校的长处"),
    ("/policies", "济教发〔2023〕24号"),
    ("/policies/jinan-2023-24", "加强组织领导"),
    ("/policies/jinan-2023-24/measures/4", "首位，先问这里"),
    ("/policies/jinan-2023-24/matrix", "体育卫生与艺术教育处"),
    ("/offices/basic-education", "负责的措施"),
    ("/universities", "山东师范大学"),
    ("/leading-group", "组长"),
    ("/cycles/2026", "征集需求"),
    ("/en/cycles/2026", "collecting needs"),
    ("/search?q=%E5%BF%83%E7%90%86", "<mark>心理</mark>"),
    ("/en/policies/jinan-2023-24/measures/4", "First: ask here"),
    ("/en/no-such-page", "There is nothing here"),
];

/// Opens a page and gives its document as Chromium has it, and what it complained of.
fn open(served: &Served, path: &str, width: &str) -> (String, String) {
    let chromium = std::env::var("RONGHE_TEST_CHROMIUM")
        .expect("RONGHE_TEST_CHROMIUM names no browser: run the tests by `cargo xtask test`");
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--enable-logging=stderr", "--dump-dom"])
        .arg(format!("--window-size={width},1000"))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("http://{}{path}", served.address))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn every_page_shows_and_keeps_its_policy() {
    let served = serve();
    for width in ["1440", "390"] {
        for (path, holds) in PAGES {
            let (document, complaints) = open(&served, path, width);
            assert!(document.contains(holds), "{path} at {width} lacks {holds}: {complaints}");
            for word in ["Content Security Policy", "Refused to", "net::ERR"] {
                let line = complaints.lines().find(|line| line.contains(word) && line.contains("CONSOLE"));
                assert!(line.is_none(), "{path} at {width}: {line:?}");
            }
        }
    }
}
