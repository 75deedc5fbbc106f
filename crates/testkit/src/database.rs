//! A migrated database for one test.

use ronghe_store::{Connection, Db};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

/// A database of one test; its files go with it, so its parts are not to be had one by one.
pub struct TestDb {
    db: Db,
    url: String,
    folder: TempDir,
}

impl TestDb {
    /// The database.
    #[must_use]
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// Its address, for a server of its own.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same database by a pool of its own.
    ///
    /// # Panics
    /// Where it cannot be reached.
    pub async fn beside(&self) -> Db {
        Db::connect(&self.url).await.expect("a database")
    }

    /// The same database, reached by another address.
    #[must_use]
    pub async fn reached_by(self, url: &str) -> Self {
        let db = Db::connect(url).await.expect("a database");
        Self { db, url: url.to_owned(), folder: self.folder }
    }

    /// The same, telling `watch` each statement.
    #[must_use]
    pub fn watched(self, watch: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { db: self.db.watched(watch), ..self }
    }

    /// Another database that is the same, with the same files, and tells `watch` each statement. On PostgreSQL whoever
    /// is connected to this one is cut off, and connects anew.
    ///
    /// # Panics
    /// Where it cannot be copied.
    pub async fn copied(&self, watch: impl Fn(&str) + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = if self.url.starts_with("sqlite:") {
            let file = folder.path().join("test.sqlite");
            let copy = format!("VACUUM INTO '{}'", file.display());
            self.db.reader().execute_unprepared(&copy).await.expect("a copy");
            format!("sqlite:{}", file.display())
        } else {
            copied_on_postgres(&self.url).await
        };
        let db = Db::connect(&url).await.expect("a database").watched(watch);
        let copy = Self { db, url, folder };
        copy_folder(&self.files(), &copy.files());
        copy
    }

    /// A folder for mail.
    #[must_use]
    pub fn mail(&self) -> PathBuf {
        self.folder.path().join("mail")
    }

    /// A folder for the content of files.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }
}

fn copy_folder(from: &Path, to: &Path) {
    let Ok(entries) = std::fs::read_dir(from) else { return };
    std::fs::create_dir_all(to).expect("a folder");
    for entry in entries {
        let from = entry.expect("a readable folder").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// A new SQLite database.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
    let db = Db::connect(&url).await.expect("a database");
    db.migrate().await.expect("a schema");
    TestDb { db, url, folder }
}

/// A new database on the PostgreSQL that `cargo xtask test` starts.
pub async fn postgres() -> TestDb {
    let (admin, name, url) = named().await;
    admin.reader().execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    admin.close().await.expect("a closed connection");
    let db = Db::connect(&url).await.expect("a database");
    db.migrate().await.expect("a schema");
    TestDb { db, url, folder: tempfile::tempdir().expect("a temporary folder") }
}

/// The address of a copy of the database at `url`. A template has nobody connected to it.
async fn copied_on_postgres(url: &str) -> String {
    let (admin, name, copy) = named().await;
    let from = url.split('?').next().and_then(|url| url.rsplit('/').next()).expect("a database's name");
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'");
    admin.reader().execute_unprepared(&cut).await.expect("nobody connected");
    let make = format!("CREATE DATABASE {name} TEMPLATE {from}");
    admin.reader().execute_unprepared(&make).await.expect("a copy");
    admin.close().await.expect("a closed connection");
    copy
}

/// A connection to the PostgreSQL of the tests, and name and address of a database that is to be.
async fn named() -> (Db, String, String) {
    let server = std::env::var("RONGHE_TEST_POSTGRES")
        .expect("RONGHE_TEST_POSTGRES names no PostgreSQL: run the tests by `cargo xtask test`");
    let name = format!("test_{}", Uuid::new_v4().simple());
    let admin = Db::connect(&server).await.expect("the PostgreSQL of the tests");
    let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
    (admin, name, url)
}
