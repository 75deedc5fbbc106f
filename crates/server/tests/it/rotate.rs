//! Another key for all that lies sealed, by the binary: ended at any point, and while others are there.

use crate::serve::{binary, serve};
use ronghe_app::key::rotate::{self, Begun};
use ronghe_app::{App, Caller, Clock, Settings};
use ronghe_domain::audit::Via;
use ronghe_store::Db;
use ronghe_testkit::{TestDb, db_test};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A demonstration with its key.
struct Place {
    folder: TempDir,
    database: String,
}

impl Place {
    /// Nobody is connected any more once it is made.
    async fn make(db: &TestDb) -> Self {
        db.db().clone().close().await.unwrap();
        let place = Self { folder: tempfile::tempdir().unwrap(), database: db.url().to_owned() };
        holds(&place.run(&["demo", "--small", "--today", "2026-03-10", "--make-only"]));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn key(&self, name: &str) -> [u8; 32] {
        fs::read(self.path(name)).unwrap().try_into().unwrap()
    }

    fn command(&self, key: &str, arguments: &[&str]) -> Command {
        let mut command = binary();
        command.current_dir(self.folder.path()).args(arguments).args(["--database", &self.database]);
        command.args(["--key", key, "--files", "files", "--metrics", "127.0.0.1:0"]);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command("ronghe.key", arguments).output().unwrap()
    }

    /// The application under the new key, as the command itself has it.
    async fn app(&self, key: [u8; 32]) -> App {
        let settings = Settings { key, files: self.path("files"), ..Settings::default() };
        App::new(Db::connect(&self.database).await.unwrap(), Clock::Real, settings)
    }

    /// All is under the key `before` no more, but under the one that has its name now.
    #[track_caller]
    fn has_gone_over(&self, before: [u8; 32]) {
        assert!(self.key("ronghe.key") != before && !self.path("ronghe.key.new").exists());
        holds(&self.run(&["verify-audit"]));
        let kept = format!("ronghe.key.{}", rotate::name(&before).unwrap());
        assert_eq!(self.key(&kept), before);
        fails(&self.command(&kept, &["verify-audit"]).output().unwrap(), "the key of this database");
        holds(&self.run(&["recover-admin", "--account", "wuxiao"]));
    }
}

#[track_caller]
fn holds(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[track_caller]
fn fails(output: &Output, with: &str) {
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!output.status.success() && said.contains(with), "{said}");
}

db_test!(a_new_key_takes_all_over_also_where_it_was_ended_between_two_steps, |db: TestDb| async move {
    let place = Place::make(&db).await;
    let first = place.key("ronghe.key");
    let said = holds(&place.run(&["rotate-key"]));
    assert!(
        said.contains("keep a copy apart") && said.contains("backups of before want the old one"),
        "{said}"
    );
    place.has_gone_over(first);

    // After the new key was made, after the mark, and after the database went over.
    for steps in 0..3 {
        let before = place.key("ronghe.key");
        fs::write(place.path("ronghe.key.new"), [steps + 1; 32]).unwrap();
        let app = place.app([steps + 1; 32]).await;
        if steps > 0 {
            assert_eq!(rotate::begin(&app, &before).await.unwrap(), Begun::Anew);
        }
        if steps > 1 {
            let console = Caller::system(Via::Console, "rotate-key");
            assert!(rotate::database(&app, &console, &before).await.unwrap() > 0);
        }
        app.db().clone().close().await.unwrap();
        let refused = "run `ronghed rotate-key` to its end";
        for command in [
            &["serve", "--demo"][..],
            &["backup"],
            &["verify-audit"],
            &["recover-admin", "--account", "wuxiao"],
        ] {
            fails(&place.run(command), refused);
        }
        holds(&place.run(&["rotate-key"]));
        assert_eq!(place.key("ronghe.key"), [steps + 1; 32]);
        place.has_gone_over(before);
    }
});

db_test!(a_change_of_the_key_that_is_killed_goes_on, |db: TestDb| async move {
    let place = Place::make(&db).await;
    for wait in [20, 40, 60, 90, 130, 180, 250, 350] {
        let before = place.key("ronghe.key");
        let mut child = place
            .command("ronghe.key", &["rotate-key"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(wait)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        // PostgreSQL notices a little later that it has gone.
        tokio::time::sleep(Duration::from_millis(300)).await;
        if place.key("ronghe.key") == before {
            holds(&place.run(&["rotate-key"]));
        }
        place.has_gone_over(before);
    }
});

#[test]
fn nothing_is_changed_while_a_server_runs() {
    let served = serve();
    let rotated = binary().args(["rotate-key", "--database", &served.database()]).output().unwrap();
    fails(&rotated, "another process holds");
}

#[tokio::test]
async fn nothing_is_changed_while_others_are_connected() {
    let db = ronghe_testkit::postgres().await;
    let place = Place::make(&db).await;
    let before = place.key("ronghe.key");
    let other = db.beside().await;
    other.ping().await.unwrap();
    fails(&place.run(&["rotate-key"]), "others are connected");
    other.close().await.unwrap();
    assert!(place.key("ronghe.key") == before && !place.path("ronghe.key.new").exists());
    holds(&place.run(&["verify-audit"]));
    holds(&place.run(&["rotate-key"]));
    place.has_gone_over(before);
}
