//! The seal: before the opening nobody but its university can tell whether there is an application at all.

use super::{applying, handed_in, of_university, opened, printed, written};
use crate::problem;
use ronghe_client::{ListApplications, ListEvents};
use ronghe_contract::application::ActOnApplication;
use ronghe_domain::audit::hex;
use ronghe_testkit::{TestApp, postgres, sqlite};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One of each role outside the university: offices, leaders, those who watch and administer, the need's own unit.
pub(super) const OTHERS: &[&str] =
    &["zhangmin", "wanghaifeng", "liwenjing", "zhaolixin", "zhouqiming", "cuiyujie", "wuxiao", "heqing"];

/// A search for these words.
fn looking(words: &str) -> ListApplications {
    ListApplications { q: words.into(), ..ListApplications::default() }
}

/// Everything that `login` reads which could tell of an application.
async fn reads(test: &TestApp, login: &str, need: &str) -> Vec<String> {
    let client = test.signed_in(login).await;
    let mut all = Vec::new();
    let mut note = |answer: String| all.push(answer);
    for query in [
        ListApplications::default(),
        ListApplications { need: need.into(), ..ListApplications::default() },
        ListApplications { university: "sdnu".into(), ..ListApplications::default() },
        looking("心理"),
        looking("A2026-0001"),
    ] {
        note(format!(
            "{:?}",
            client.list_applications(&query).await.map_err(|error| problem::<()>(Err(error)).status)
        ));
    }
    note(format!("{:?}", client.list_tasks().await.map_err(|error| problem::<()>(Err(error)).status)));
    note(format!("{:?}", client.show_need(need).await.map_err(|error| problem::<()>(Err(error)).status)));
    note(format!("{:?}", client.show_cycle("2026").await.map_err(|error| problem::<()>(Err(error)).status)));
    let events = client.list_events(&ListEvents::default()).await;
    // Signing in to look is an event too: only what is said of applications is compared.
    let told =
        events.map(|page| page.items.iter().filter(|it| format!("{it:?}").contains("pplication")).count());
    note(format!("{:?}", told.map_err(|error| problem::<()>(Err(error)).status)));
    all
}

#[tokio::test]
async fn nobody_can_tell_whether_there_is_one() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let needs = applying(&test).await;
    let rival = of_university(&test, "gaoyuan", "ujn").await;
    let mut before = Vec::new();
    for login in OTHERS {
        before.push(reads(&test, login, &needs[0]).await);
    }
    let uni = test.entered("linxiaozhou").await;
    let sent = handed_in(&uni, &needs[0]).await;
    for (login, before) in OTHERS.iter().zip(before) {
        assert_eq!(reads(&test, login, &needs[0]).await, before, "{login}");
        let client = test.signed_in(login).await;
        assert_eq!(problem(client.show_application(&sent.row.name).await).status, 404, "{login}");
    }
    assert_eq!(uni.list_applications(&looking("心理")).await.unwrap().total, 1, "its own finds it");
    assert_eq!(uni.list_applications(&looking("心理 书法")).await.unwrap().total, 0);
    // Nor does a rival learn of it, for whom the need stays open.
    assert_eq!(rival.list_applications(&ListApplications::default()).await.unwrap().total, 0);
    assert_eq!(rival.list_applications(&looking("心理")).await.unwrap().total, 0);
    assert_eq!(rival.show_beginning(&needs[0]).await.unwrap().existing, None);
    assert_eq!(problem(rival.show_application(&sent.row.name).await).status, 404);

    opened(&test).await;
    for (login, sees) in [("zhangmin", true), ("wanghaifeng", false), ("wuxiao", false), ("cuiyujie", false)]
    {
        let client = test.signed_in(login).await;
        let total = client.list_applications(&ListApplications::default()).await.unwrap().total;
        assert_eq!(total == 1, sees, "{login}");
        for words in ["心理", "a2026-1"] {
            let total = client.list_applications(&looking(words)).await.unwrap().total;
            assert_eq!(total == 1, sees, "{login} {words}");
        }
        assert_eq!(client.show_application("A2026-0001").await.is_ok(), sees, "{login}");
    }
    let rival = test.signed_in("gaoyuan").await;
    assert_eq!(
        rival.list_applications(&ListApplications::default()).await.unwrap().total,
        0,
        "nor a rival later"
    );
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

const CANARY: &str = "canary 7391 within the plan";

/// A sealed application that says so in its text, its scan, and a file and its name; what of it nobody may read
/// without the key: that, and the hash of a file, by which whoever has the same one would know it again.
async fn sealed(test: &TestApp) -> Vec<String> {
    let needs = applying(test).await;
    let uni = test.entered("linxiaozhou").await;
    let begun = written(&uni, &needs[0]).await;
    let mut draft = begun.draft.clone().unwrap();
    draft.risk.push_str(CANARY);
    let name = &begun.row.name;
    let saved = uni.save_application(name, &begun.version, &draft).await.unwrap();
    let page = [b"%PDF-1.7\n", CANARY.repeat(5_000).as_bytes(), b"\n%%EOF\n"].concat();
    uni.seal_application(name, &printed(&uni, name).await, "page.pdf", page.clone().into()).await.unwrap();
    let other = [b"%PDF-1.7\n", CANARY.as_bytes(), b"\n%%EOF\n"].concat();
    let file = uni.attach_to_application(name, &format!("{CANARY}.pdf"), other.clone().into()).await.unwrap();
    uni.act_on_application(name, &saved.version, &ActOnApplication::Submit).await.unwrap();
    assert_eq!(uni.download_from_application(name, file.file.id).await.unwrap(), other);
    vec![CANARY.to_owned(), hex(&Sha256::digest(&page)), hex(&Sha256::digest(&other))]
}

#[track_caller]
fn says_none_of(bytes: &[u8], what: &str, secrets: &[String]) {
    for secret in secrets {
        let is_open = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!is_open && !what.contains(secret.as_str()), "{what}: {secret}");
    }
}

/// Whoever has the disk but not the key: the database, what it has not yet taken in, and every file.
#[tokio::test]
async fn nothing_of_it_lies_open_on_the_disk() {
    let test = TestApp::start_unhurried(sqlite().await).await;
    let secrets = sealed(&test).await;
    let folder = test.app.settings().files.parent().unwrap();
    let files = below(folder);
    // The database and its log, and two files at least.
    assert!(files.len() >= 4, "{files:?}");
    for path in files {
        says_none_of(&std::fs::read(&path).unwrap(), &path.display().to_string(), &secrets);
    }
}

/// The same on PostgreSQL: whoever has a dump, in which every column of every table stands.
#[tokio::test]
async fn nothing_of_it_lies_open_in_a_dump() {
    let db = postgres().await;
    let url = db.url().to_owned();
    let test = TestApp::start_unhurried(db).await;
    let mut secrets = sealed(&test).await;
    // What is no text stands in a dump by its bytes.
    secrets.extend([hex(CANARY.as_bytes())]);
    let dump =
        Command::new("pg_dump").args(["--no-password", "--inserts", "--dbname", &url]).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    let text = String::from_utf8_lossy(&dump.stdout);
    // It has the row of the application, and what lies open of a need: the search is known to find.
    for there in ["INSERT INTO public.application ", "INSERT INTO public.need ", "wanghaifeng"] {
        assert!(text.contains(there), "{there} is missing");
    }
    says_none_of(&dump.stdout, "the dump", &secrets);
}
