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

    /// Another database that is the same to the byte, with the same files, and tells `watch` each statement.
    /// SQLite only.
    ///
    /// # Panics
    /// Where it cannot be copied.
    pub async fn copied(&self, watch: impl Fn(&str) + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("test.sqlite");
        let copy = format!("VACUUM INTO '{}'", file.display());
        self.db.reader().execute_unprepared(&copy).await.expect("a copy");
        let url = format!("sqlite:{}", file.display());
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
    let server = std::env::var("RONGHE_TEST_POSTGRES")
        .expect("RONGHE_TEST_POSTGRES names no PostgreSQL: run the tests by `cargo xtask test`");
    let name = format!("test_{}", Uuid::new_v4().simple());
    let admin = Db::connect(&server).await.expect("the PostgreSQL of the tests");
    admin.reader().execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    admin.close().await.expect("a closed connection");
    let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
    let db = Db::connect(&url).await.expect("a database");
    db.migrate().await.expect("a schema");
    TestDb { db, url, folder: tempfile::tempdir().expect("a temporary folder") }
}
