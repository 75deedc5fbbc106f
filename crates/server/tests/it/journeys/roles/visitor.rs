//! The public, without an account: offices of a measure, the need list, one need, on paper, and as data.

use super::super::driver::Person;
use super::super::year::sound;
use crate::serve::{Served, get};
use ronghe_domain::audit::hex;
use sha2::{Digest, Sha256};

/// From the portal's first page.
pub(in super::super) async fn looks(served: &Served, person: &Person) {
    let home = person.say("/", "/en");
    person.open(home).await;
    person.see(person.say("措施", "Measures")).await;
    sound(person).await;
    person.begin();
    person.click("支持驻济高校服务中小学心理健康教育").await;
    person.see(person.say("思想政治工作处", "Ideological and Political Work Office")).await;
    person.within(2, "the offices of measure 4");
    sound(person).await;
    person.open(home).await;
    person.begin();
    person.press(".doors a[href$='/needs']").await;
    person.see("CSV").await;
    person.click("CSV").await;
    person.within(2, "the need list as CSV");
    reads_a_need(person).await;
    takes_the_data(served, person).await;
}

/// List › need, and the same on paper: black on white, without what can only be clicked.
async fn reads_a_need(person: &Person) {
    person.open(&format!("{}/needs", person.say("", "/en"))).await;
    person.press("a[href$='/needs/2026-001']").await;
    person.see(person.say("申报要知道的", "To know before you apply")).await;
    person.see(person.say("清单第 1 版", "Version 1 of the list")).await;
    sound(person).await;
    let title = person.text_of("h1").await;
    person.paper(true).await;
    assert!(person.text().await.contains(&title));
    for (what, css) in [("navigation", ".site-nav"), ("foot", ".site-foot"), ("crumbs", ".crumbs")] {
        assert!(!person.shows(css).await, "{what} is printed");
    }
    assert_eq!(person.ink("h1").await, "rgb(0, 0, 0)");
    let pdf = person.printed().await;
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 1_000, "{} bytes", pdf.len());
    person.paper(false).await;
    assert!(person.shows(".site-foot").await);
}

/// Download data › JSON; the version that is published has the hash that its page says.
async fn takes_the_data(served: &Served, person: &Person) {
    person.open(person.say("/", "/en")).await;
    person.begin();
    person.press(".doors a[href$='/data']").await;
    person.see(person.say("需求清单，JSON", "The need list, JSON")).await;
    sound(person).await;
    person.click(person.say("需求清单，JSON", "The need list, JSON")).await;
    person.within(2, "the need list as data");
    let body = |path: &str| get(served, path, "").split_once("\r\n\r\n").unwrap().1.to_owned();
    let data = body("/needs.json");
    assert!(data.contains("2026-001") && data.contains("2026-002"), "{data:.400}");
    assert!(!data.contains("0531-"), "no person and no telephone is public");
    let hash = hex(&Sha256::digest(body("/need-lists/2026/v1.json")));
    person.open(&format!("{}/need-lists/2026/v1", person.say("", "/en"))).await;
    person.see(&hash).await;
}
