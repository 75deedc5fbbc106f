//! Days that go by until applying ends: their reminders, and the mails that leave.

use crate::proofs::blind::plain::plain;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use ronghe_app::{App, message};
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::Instant;
use ronghe_testkit::{TestDb, this_year};
use std::collections::BTreeSet;

/// So many days before the end are looked at.
const DAYS: i32 = 10;
/// Applying ends at 17:00: nobody is told anything before eight in the morning.
const HOURS: i32 = 8;

/// The days that are still to come before applying ends, each at nine in the morning.
pub(super) async fn days(app: &App) -> Vec<Instant> {
    let end = this_year(app).await.content.closes(Phase::AcceptingApplications).unwrap();
    (0..DAYS).rev().map(|back| end - SignedDuration::from_hours(i64::from(24 * back + HOURS))).collect()
}

/// One day: whom the rows of reminders reach is told, and mail leaves; says how many were told.
pub(super) async fn passes(app: &App, morning: Instant) -> usize {
    app.clock().set(morning);
    let told = message::remind_due(app).await.unwrap();
    leaves(app).await;
    told
}

/// Whatever waits in the outbox leaves.
pub(super) async fn leaves(app: &App) {
    while message::deliver(app).await.unwrap() > 0 {}
}

/// The mails that have left, but for those to whom `home` are.
pub(super) fn mails(db: &TestDb, home: &BTreeSet<String>) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(db.mail()) else { return Vec::new() };
    let texts = folder.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap().replace("\r\n", "\n"));
    let is_home = |text: &String| home.iter().any(|login| text.contains(&format!("To: {login}@")));
    let mut mails: Vec<String> =
        texts.filter(|text| !is_home(text)).map(|it| without_its_name(&it)).collect();
    mails.sort();
    mails
}

/// When it was sent, to whom, and what it says; its name is made by chance, and the subject says what it says again.
fn without_its_name(mail: &str) -> String {
    let (head, body) = mail.split_once("\n\n").unwrap();
    let body = STANDARD.decode(body.split_whitespace().collect::<String>()).unwrap();
    let head: Vec<&str> =
        head.lines().filter(|line| line.starts_with("Date: ") || line.starts_with("To: ")).collect();
    format!("{} {}", head.join(" "), plain(&String::from_utf8(body).unwrap()))
}
