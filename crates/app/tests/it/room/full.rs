//! A disk that is really full: a small one of its own, filled to its last byte under a database that writes.

use ronghe_app::room::Room;
use ronghe_app::{App, Caller, Clock, Error, Settings, audit, need};
use ronghe_domain::audit::Via;
use ronghe_store::copy;
use ronghe_testkit::{TODAY, need_draft, person, sqlite, world};
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// Says to the inner run that it has a disk of its own, and where that lies.
const DISK: &str = "RONGHE_TEST_DISK";
/// What the test harness calls the test.
const NAME: &str = "room::full::a_disk_that_is_full_refuses_by_name_and_heals_alone";
/// Commands at once.
const AT_ONCE: usize = 12;

/// Runs itself again in a namespace of its own, where it may mount a disk; whether the system lets it is known only by
/// trying.
#[test]
#[expect(clippy::print_stderr, reason = "whoever runs it learns that nothing was tried")]
#[expect(clippy::disallowed_methods, reason = "the outer run says to the inner one where the disk is")]
fn a_disk_that_is_full_refuses_by_name_and_heals_alone() {
    if let Ok(disk) = std::env::var(DISK) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(fill_and_heal(Path::new(&disk)));
    }
    let folder = tempfile::tempdir().unwrap();
    let within = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh"]).arg(folder.path());
        command.arg(std::env::current_exe().unwrap()).arg(NAME);
        command.env(DISK, folder.path()).env("TMPDIR", folder.path()).output()
    };
    let mounts = "mount -t tmpfs -o size=24m ronghe \"$1\"";
    if !within(mounts).is_ok_and(|tried| tried.status.success()) {
        eprintln!(
            "SKIPPED: this system lets no test mount a disk of its own; nothing is known of a full one"
        );
        return;
    }
    let done = within(&format!("{mounts} && exec \"$2\" --exact \"$3\" --nocapture")).unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

/// Writes until the disk takes no more, and gives back `spare` bytes.
fn fill(filler: &Path, spare: u64) {
    let mut file = std::fs::File::create(filler).unwrap();
    for size in [64 * 1024, 512, 1] {
        while file.write_all(&vec![b'x'; size]).is_ok() {}
    }
    let length = file.metadata().unwrap().len();
    file.set_len(length - spare).unwrap();
}

async fn fill_and_heal(disk: &Path) {
    let test = sqlite().await;
    let made = world(&test).await;
    // Without the margin that is kept free, by which commands would be refused long before.
    let app = App::new(
        made.db().clone(),
        Clock::standing_at(made.now()),
        Settings { room: Room { places: Vec::new(), ..Room::default() }, ..made.settings().clone() },
    );
    let school = person(&app, "wanghaifeng").await;
    let year = TODAY.year().to_string();
    let needs = async || copy::stand(app.db().reader()).await.unwrap().unwrap().tables["need"];
    let before = needs().await;
    let first = need::start(&app, &school, &year, &need_draft()).await.unwrap().name().to_string();
    let filler = disk.join("filler");
    let (mut names, mut refused) = (vec![first.clone()], 0);
    for spare in [0, 40 * 1024, 200 * 1024] {
        fill(&filler, spare);
        for _ in 0..4 {
            let at_once = (0..AT_ONCE).map(|_| {
                let (app, school, year) = (app.clone(), school.clone(), year.clone());
                tokio::spawn(async move { need::start(&app, &school, &year, &need_draft()).await })
            });
            for done in at_once.collect::<Vec<_>>() {
                match done.await.unwrap() {
                    Ok(begun) => names.push(begun.name().to_string()),
                    // Whoever shared a group with one for whom there was no room is asked to come again.
                    Err(Error::Full | Error::Unavailable(_)) => refused += 1,
                    Err(error) => panic!("{spare} bytes left: {error:?}"),
                }
            }
            need::show(&app, &school, &first).await.unwrap();
        }
        std::fs::remove_file(&filler).unwrap();
        // By itself, and what was confirmed is there.
        names.push(need::start(&app, &school, &year, &need_draft()).await.unwrap().name().to_string());
        for name in &names {
            need::show(&app, &school, name).await.unwrap();
        }
    }
    assert!(refused >= AT_ONCE, "only {refused} were refused");
    let caller = Caller::system(Via::Console, "test");
    let checked = audit::verify(&app, &caller).await.unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    assert_eq!(
        needs().await,
        before + u64::try_from(names.len()).unwrap(),
        "what was confirmed, and no more"
    );
}
