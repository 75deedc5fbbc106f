//! A migrated database for one test.

use ronghe_store::{Connection, Db};
use std::path::PathBuf;
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
