//! A disk that is nearly full: reading goes on, nothing is half done, and writing resumes by itself.

#[cfg(target_os = "linux")]
mod full;

use ronghe_app::files::Incoming;
use ronghe_app::room::Room;
use ronghe_app::{App, Clock, Error, Settings, need};
use ronghe_testkit::{TODAY, TestDb, db_test, need_draft, person, world};
use std::path::PathBuf;

/// The same server where `for_files` and `for_commands` bytes must be free.
fn short_of(app: &App, for_files: u64, for_commands: u64) -> App {
    let places = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR"))];
    let settings = Settings { room: Room { places, for_files, for_commands }, ..app.settings().clone() };
    App::new(app.db().clone(), Clock::standing_at(app.now()), settings)
}

db_test!(a_full_disk_stops_files_before_commands_and_never_reading, |test: TestDb| async move {
    let app = world(&test).await;
    let school = person(&app, "wanghaifeng").await;
    let year = TODAY.year().to_string();
    let begun = need::start(&app, &school, &year, &need_draft()).await.unwrap();
    let name = begun.name().to_string();
    let pdf = async || {
        let mut incoming = Incoming::begin(&app).await.unwrap();
        incoming.take(b"%PDF-1.7\n%%EOF\n").await.unwrap();
        incoming.end().await.unwrap()
    };

    let filling = short_of(&app, u64::MAX, 1);
    let refused = need::attach(&filling, &school, &name, "a.pdf", pdf().await).await;
    assert!(matches!(refused, Err(Error::Full)), "{refused:?}");
    need::start(&filling, &school, &year, &need_draft()).await.unwrap();

    let full = short_of(&app, u64::MAX, u64::MAX);
    let refused = need::start(&full, &school, &year, &need_draft()).await;
    assert!(matches!(refused, Err(Error::Full)), "{refused:?}");
    need::show(&full, &school, &name).await.unwrap();

    need::attach(&app, &school, &name, "a.pdf", pdf().await).await.unwrap();
    need::start(&app, &school, &year, &need_draft()).await.unwrap();
});
