//! Backups by the clock, which is set here, on both databases.

use super::standing::Grave;
use super::{Watch, own};
use crate::backup::{make_identity, take};
use crate::config::{Config, Options};
use crate::console::caller;
use jiff::SignedDuration;
use ronghe_app::{App, account};
use ronghe_store::Db;
use ronghe_store::copy::origin;
use ronghe_testkit::{TestDb, db_test, world};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A server whose clock is set, its backups in a folder of their own.
struct Scene {
    app: App,
    config: Config,
    watch: Arc<Watch>,
    to: PathBuf,
    place: TempDir,
}

impl Scene {
    async fn of(db: &TestDb) -> Self {
        let app = world(db).await;
        let place = tempfile::tempdir().unwrap();
        let to = place.path().join("kept");
        let mut config = Config::read(&Options::default()).unwrap();
        config.database = db.url().to_owned();
        config.files = db.files();
        config.key = place.path().join("key");
        // The key of every world.
        fs::write(&config.key, [7; 32]).unwrap();
        config.backup.to = Some(to.clone());
        config.backup.every = Some(SignedDuration::from_mins(15));
        let watch = Watch::of(&config).unwrap();
        Self { app, config, watch, to, place }
    }

    /// The same with backups encrypted; `opens` where the server has the identity.
    async fn sealed(db: &TestDb, opens: bool) -> Self {
        let mut scene = Self::of(db).await;
        let identity = scene.place.path().join("identity");
        scene.config.backup.recipients = vec![make_identity(&identity).unwrap()];
        scene.config.backup.check_identity = Some(identity).filter(|_| opens);
        scene.watch = Watch::of(&scene.config).unwrap();
        scene
    }

    async fn after(&self, minutes: i64) -> usize {
        self.app.clock().set(self.app.now() + SignedDuration::from_mins(minutes));
        self.watch.back_up(&self.app).await;
        self.backups()
    }

    fn backups(&self) -> usize {
        let names = fs::read_dir(&self.to)
            .map_or(Vec::new(), |found| found.map(|it| it.unwrap().file_name()).collect());
        names.iter().filter(|name| name.to_string_lossy().starts_with("ronghe-")).count()
    }

    async fn change(&self) {
        account::recover(&self.app, &caller("recover-admin"), "wuxiao").await.unwrap();
    }

    /// What is said of backups, and of the restore test.
    #[track_caller]
    fn says(&self, at: usize, grave: Grave, with: &str) {
        let (found, line) = self.watch.standing().lines(self.watch.every(), self.app.now()).remove(at);
        assert!(found == grave && line.contains(with), "{found:?} {line}");
    }

    async fn newest(&self) -> PathBuf {
        let origin = origin(self.app.db().reader()).await.unwrap();
        own(&self.to, &origin).unwrap().pop_last().unwrap().1.0
    }
}

db_test!(a_backup_is_taken_when_one_is_due_and_something_has_changed, |db: TestDb| async move {
    let scene = Scene::of(&db).await;
    assert_eq!(scene.after(0).await, 1);
    scene.says(0, Grave::Look, "not encrypted");
    scene.change().await;
    assert_eq!(scene.after(14).await, 1, "it is not due");
    assert_eq!(scene.after(1).await, 2);
    // PostgreSQL learns within seconds that what changed has changed: until then one more is taken.
    let mut backups = 2;
    loop {
        let now = scene.after(15).await;
        if now == backups {
            break;
        }
        backups = now;
        assert!(backups < 90, "nothing has changed");
    }
    scene.says(0, Grave::Look, "the newest is 15 min old");
    // One that is gone is taken anew.
    fs::remove_dir_all(scene.newest().await).unwrap();
    assert_eq!(scene.after(15).await, backups);
    scene.change().await;
    assert_eq!(scene.after(15).await, backups + 1);
    // Who begins anew knows when the last was taken.
    let again = Watch::of(&scene.config).unwrap();
    again.back_up(&scene.app).await;
    assert_eq!(scene.backups(), backups + 1);
    assert_eq!(again.standing(), scene.watch.standing());
});

db_test!(a_target_that_fails_is_said_loudly_and_tried_again, |db: TestDb| async move {
    let scene = Scene::of(&db).await;
    assert_eq!(scene.after(0).await, 1);
    scene.change().await;
    let away = scene.place.path().join("away");
    fs::rename(&scene.to, &away).unwrap();
    fs::write(&scene.to, "no folder").unwrap();
    scene.after(15).await;
    scene.says(0, Grave::Wrong, "cannot read the folder");
    let since = scene.watch.standing().failed.unwrap().since;
    let metrics = scene.watch.standing().metrics(scene.app.now());
    assert!(
        metrics.contains("ronghe_backup_failing 1") && metrics.contains("backup_age_seconds 900"),
        "{metrics}"
    );
    fs::remove_file(&scene.to).unwrap();
    fs::rename(&away, &scene.to).unwrap();
    assert_eq!(scene.after(4).await, 1, "it is not tried all the time");
    assert_eq!(scene.watch.standing().failed.unwrap().since, since);
    assert_eq!(scene.after(1).await, 2);
    assert_eq!(scene.watch.standing().failed, None);
});

db_test!(only_what_the_schedule_made_of_this_database_is_taken_away, |db: TestDb| async move {
    let scene = Scene::of(&db).await;
    for _ in 0..3 {
        scene.change().await;
        scene.after(15).await;
    }
    assert_eq!(scene.backups(), 3);
    scene.app.clock().set(scene.app.now() + SignedDuration::from_secs(1));
    take(&scene.config, &scene.app, &scene.to, &[]).await.unwrap();
    // Another database's, and what is none.
    let copied = |name: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let folder = scene.to.join(name);
        fs::create_dir(&folder).unwrap();
        let mut manifest =
            serde_json::json!({ "made_at": "2020-01-01T00:00:00Z", "by": "schedule", "origin": "" });
        change(&mut manifest);
        fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    };
    copied("ronghe-20200101T000000Z", &|_| {});
    let mine = origin(scene.app.db().reader()).await.unwrap();
    copied("ronghe-renamed", &|manifest| manifest["origin"] = mine.clone().into());
    fs::create_dir(scene.to.join("ronghe-20190101T000000Z")).unwrap();
    let stray = |origin: &str| scene.to.join(crate::backup::part_name(scene.app.now(), origin));
    fs::create_dir(stray(&mine)).unwrap();
    fs::create_dir(stray("another one")).unwrap();
    let (mine, other) = (stray(&mine), stray("another one"));
    scene.change().await;
    // Of the three of that day one stays, and the new one.
    assert_eq!(scene.after(3 * 24 * 60).await, 2 + 4);
    assert!(!mine.exists() && other.exists());
});

/// Files that do not change lie once on the disk of backups, though it is another than that of the files.
#[cfg(unix)]
#[tokio::test]
async fn a_file_is_linked_from_the_backup_before_as_long_as_that_holds() {
    use std::os::unix::fs::MetadataExt;
    let db = ronghe_testkit::sqlite().await;
    let scene = Scene::of(&db).await;
    let name = "ab".repeat(32);
    let place = |within: &Path| within.join("sealed/ab").join(&name);
    let source = place(&scene.config.files);
    fs::create_dir_all(source.parent().unwrap()).unwrap();
    fs::write(&source, "one").unwrap();
    scene.after(0).await;
    let links = async || fs::metadata(place(&scene.newest().await.join("files"))).unwrap().nlink();
    // As where the file lies on another disk: the backup's is not that of the server.
    fs::remove_file(&source).unwrap();
    fs::write(&source, "one").unwrap();
    assert_eq!(links().await, 1);
    scene.change().await;
    scene.after(15).await;
    assert_eq!(links().await, 2, "with that of the first backup");
    // Of another content it is another file.
    fs::remove_file(&source).unwrap();
    fs::write(&source, "two").unwrap();
    scene.change().await;
    scene.after(15).await;
    assert_eq!(fs::read(place(&scene.newest().await.join("files"))).unwrap(), b"two");
}

db_test!(the_newest_is_restored_aside_every_night, |db: TestDb| async move {
    let scene = Scene::sealed(&db, true).await;
    scene.watch.check(&scene.app).await;
    assert_eq!(scene.watch.standing().checked, None, "there is none yet");
    scene.after(0).await;
    scene.watch.check(&scene.app).await;
    scene.says(0, Grave::Well, "encrypted");
    scene.says(1, Grave::Well, "came back whole");
    let first = scene.watch.standing().checked.unwrap();
    // Nothing is left of it.
    if let Some(file) = db.url().strip_prefix("sqlite:") {
        let mut beside = fs::read_dir(Path::new(file).parent().unwrap()).unwrap();
        assert!(beside.all(|it| !it.unwrap().file_name().to_string_lossy().contains("checking")));
    } else {
        let name =
            format!("ronghe_check_{}", crate::backup::short(&origin(scene.app.db().reader()).await.unwrap()));
        let opened = Db::connect(&crate::backup::postgres::beside(db.url(), &name)).await;
        assert!(opened.is_err(), "{name} is still there");
    }
    scene.app.clock().set(scene.app.now() + SignedDuration::from_mins(1));
    scene.watch.check(&scene.app).await;
    assert_eq!(scene.watch.standing().checked.as_ref(), Some(&first), "once a night");
    // What was damaged on the disk of backups is found the next night, and again until it is mended.
    let newest = scene.newest().await;
    let named = |entry: fs::DirEntry| {
        Some(entry.path())
            .filter(|it| it.to_string_lossy().ends_with("e.age") || it.to_string_lossy().ends_with("p.age"))
    };
    let database = fs::read_dir(&newest).unwrap().find_map(|entry| named(entry.unwrap())).unwrap();
    let whole = fs::read(&database).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    fs::write(&database, damaged).unwrap();
    scene.app.clock().set(scene.app.now() + SignedDuration::from_hours(24));
    scene.watch.check(&scene.app).await;
    scene.says(1, Grave::Wrong, "is not what its manifest names");
    fs::write(&database, whole).unwrap();
    scene.app.clock().set(scene.app.now() + SignedDuration::from_hours(1));
    scene.watch.check(&scene.app).await;
    scene.says(1, Grave::Well, "came back whole");
});

#[tokio::test]
async fn what_the_server_cannot_open_is_only_read() {
    let db = ronghe_testkit::sqlite().await;
    let scene = Scene::sealed(&db, false).await;
    scene.after(0).await;
    scene.watch.check(&scene.app).await;
    scene.says(1, Grave::Look, "backup.check_identity names nothing");
    // One that lies open needs none.
    let db = ronghe_testkit::sqlite().await;
    let open = Scene::of(&db).await;
    open.after(0).await;
    open.watch.check(&open.app).await;
    open.says(1, Grave::Well, "came back whole");
    // A database that does not hold is found out, though its hashes do.
    let newest = open.newest().await;
    let manifest = newest.join("manifest.json");
    let mut described: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    described["tables"]["need"] = serde_json::json!(1);
    fs::write(&manifest, described.to_string()).unwrap();
    open.app.clock().set(open.app.now() + SignedDuration::from_hours(24));
    open.watch.check(&open.app).await;
    open.says(1, Grave::Wrong, "need: 1 rows expected");
}

#[test]
fn a_check_is_due_once_a_night_and_each_hour_while_it_fails() {
    use super::check::is_due;
    use super::standing::Checked;
    let at = |text: &str| format!("2026-03-{text}:00Z").parse().unwrap();
    let checked = |hour: &str, faults: &[&str]| Checked {
        at: at(hour),
        of: at(hour),
        only_read: None,
        faults: faults.iter().map(ToString::to_string).collect(),
    };
    assert!(is_due(None, at("10T12:00")));
    // Three in the morning in Jinan is 19:00 UTC.
    let check = |last: &str, now: &str, expected: bool| {
        assert_eq!(is_due(Some(&checked(last, &[])), at(now)), expected)
    };
    check("09T19:00", "10T18:59", false);
    check("09T19:00", "10T19:00", true);
    check("10T18:59", "10T19:00", true);
    assert!(!is_due(Some(&checked("10T10:00", &["x"])), at("10T10:59")));
    assert!(is_due(Some(&checked("10T10:00", &["x"])), at("10T11:00")));
}
