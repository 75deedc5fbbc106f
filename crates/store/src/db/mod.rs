//! Connecting, migrating, beginning transactions.

mod among;
mod group;
mod transaction;

pub(crate) use among::among;
pub use transaction::Transaction;

use crate::Error;
use group::Group;
use ronghe_migrations::Migrator;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, IsolationLevel,
    Statement, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for a connection: half of what a request may take, so that its answer still says why.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longest statement on PostgreSQL, in milliseconds: half of what a request may take, as above. What takes longer
/// says so in its transaction, see [`unhurried`].
const STATEMENT: u32 = 5_000;

/// Rows that SQLite's thread hands on before it waits: a list of fifty and the word that it ends.
const ROWS: usize = 64;

/// The oldest SQLite that is served.
const SQLITE_LEAST: &str = "3.51.3";

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Embedded, one process, one writer.
    Sqlite,
    /// A server that several processes can share.
    Postgres,
}

/// A database with its pool. On SQLite reads have a pool of their own, so that they never wait for the writer.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    backend: Backend,
    /// On SQLite: those who wait for the writer.
    group: Option<Arc<Group>>,
}

impl Db {
    /// Opens `url` (`sqlite:FILE`, made where absent, or `postgres://…`).
    ///
    /// # Errors
    /// Where it cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = Database::connect(postgres(url)).await?;
            return Ok(Self { read: pool.clone(), write: pool, backend: Backend::Postgres, group: None });
        }
        let file = url.strip_prefix("sqlite:").unwrap_or(url);
        let file = file.strip_prefix("//").unwrap_or(file);
        let url = format!("sqlite://{file}?mode=rwc");
        let write = Database::connect(sqlite(&url, 1)).await?;
        let read = Database::connect(sqlite(&url, 4)).await?;
        is_new_enough(&read).await?;
        let group = Some(Group::new(write.clone()));
        Ok(Self { read, write, backend: Backend::Sqlite, group })
    }

    /// The same, telling `watch` each statement that it carries out, without its values: so it is seen what a
    /// request costs, and whether two of them cost the same.
    #[must_use]
    pub fn watched(mut self, watch: impl Fn(&str) + Send + Sync + 'static) -> Self {
        let watch = Arc::new(watch);
        for connection in [&mut self.read, &mut self.write] {
            let watch = Arc::clone(&watch);
            connection.set_metric_callback(move |info| watch(&info.statement.sql));
        }
        self.group = self.group.map(|_| Group::new(self.write.clone()));
        self
    }

    /// Which database it is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        self.backend
    }

    /// The connection for reading.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Begins a transaction that will write; on SQLite in a group with others that wait.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        match &self.group {
            Some(group) => group.begin(false).await,
            None => Ok(Transaction::own(self.write.begin().await?)),
        }
    }

    /// The same for what takes long: on SQLite in a group of its own, so that nobody else's answer waits for it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn begin_alone(&self) -> Result<Transaction, Error> {
        match &self.group {
            Some(group) => group.begin(true).await,
            None => self.begin().await,
        }
    }

    /// Begins a transaction that only reads and sees everything as it stands at one moment, while others
    /// write. Its statements take as long as they need.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn snapshot(&self) -> Result<Transaction, Error> {
        match self.backend {
            // Readers beside the log see one moment anyway.
            Backend::Sqlite => Ok(Transaction::own(self.read.begin().await?)),
            Backend::Postgres => {
                let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                let snapshot = self.read.begin_with_config(Some(level), Some(mode)).await?;
                unhurried(&snapshot).await?;
                Ok(Transaction::own(snapshot))
            }
        }
    }

    /// Brings the schema up to date; on PostgreSQL wholly or not at all.
    ///
    /// # Errors
    /// Where a step fails.
    pub async fn migrate(&self) -> Result<(), Error> {
        if self.backend == Backend::Sqlite {
            Migrator::up(&self.write, None).await?;
        } else {
            let transaction = self.write.begin().await?;
            unhurried(&transaction).await?;
            Migrator::up(&transaction, None).await?;
            transaction.commit().await?;
        }
        let transaction = self.begin_alone().await?;
        unhurried(&transaction).await?;
        crate::need::index_all(&transaction).await?;
        transaction.commit().await
    }

    /// How many steps of the schema are missing here.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn pending_migrations(&self) -> Result<usize, Error> {
        Ok(Migrator::get_pending_migrations(&self.write).await?.len())
    }

    /// Answers where the database writes.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        let transaction = self.begin().await?;
        transaction.execute_unprepared("UPDATE chain_head SET seq = seq WHERE id = 1").await?;
        transaction.rollback().await
    }

    /// How often this process has committed something; nothing on PostgreSQL, where others do so as well.
    pub(crate) fn commits(&self) -> Option<u64> {
        self.group.as_ref().map(|group| group.commits())
    }

    /// Settings of the database under which what it confirmed can be lost when its machine fails; none on
    /// SQLite, whose settings are made here.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn careless(&self) -> Result<Vec<String>, Error> {
        if self.backend == Backend::Sqlite {
            return Ok(Vec::new());
        }
        let statement = Statement::from_string(
            DbBackend::Postgres,
            "SELECT name FROM pg_settings WHERE setting = 'off' \
             AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name",
        );
        let rows = self.read.query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?)
    }

    /// Writes the file of an embedded database anew: nothing is left in it of what was written over. A database server
    /// does so by itself.
    ///
    /// # Errors
    /// Where the disk has no room for another one.
    pub async fn write_anew(&self) -> Result<(), Error> {
        if self.backend == Backend::Sqlite {
            self.write.execute_unprepared("VACUUM").await?;
            self.write.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Closes the pools.
    ///
    /// # Errors
    /// Where a connection does not close.
    pub async fn close(self) -> Result<(), Error> {
        self.write.close().await?;
        Ok(self.read.close().await?)
    }
}

/// Older ones can spoil the database when its write-ahead log begins anew.
async fn is_new_enough(db: &DatabaseConnection) -> Result<(), Error> {
    let statement = Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version");
    let version: String = match db.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "version")?,
        None => String::new(),
    };
    if parts(&version) >= parts(SQLITE_LEAST) { Ok(()) } else { Err(Error::Outdated { version }) }
}

/// `3.51.3` as numbers, so that 3.9 is older than 3.51.
fn parts(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

/// The database's own clock, in microseconds since 1970; `None` on SQLite, whose clock is the process's.
///
/// # Errors
/// Where the database does not answer.
pub async fn clock<C: ConnectionTrait>(db: &C) -> Result<Option<i64>, Error> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let statement = Statement::from_string(
        DbBackend::Postgres,
        "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS now",
    );
    match db.query_one_raw(statement).await? {
        Some(row) => Ok(Some(row.try_get("", "now")?)),
        None => Ok(None),
    }
}

/// How many others are connected to this database on PostgreSQL: whoever does not call themselves as this connection does.
///
/// # Errors
/// Where the database does not answer.
pub async fn others<C: ConnectionTrait>(db: &C) -> Result<u64, Error> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(0);
    }
    let statement = Statement::from_string(
        DbBackend::Postgres,
        "SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() \
         AND backend_type = 'client backend' \
         AND application_name IS DISTINCT FROM current_setting('application_name')",
    );
    let others: i64 = match db.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "others")?,
        None => 0,
    };
    Ok(u64::try_from(others).unwrap_or_default())
}

/// Lets the statements of `transaction` take as long as they need, up to its end: a migration, a check of the whole
/// chain, a table of thousands of rows. On SQLite nothing limits them.
///
/// # Errors
/// Where the database does not answer.
pub async fn unhurried<C: ConnectionTrait>(transaction: &C) -> Result<(), Error> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
    }
    Ok(())
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = options(url, 16);
    options.map_sqlx_postgres_opts(|options| options.options([("statement_timeout", STATEMENT)]));
    options
}

fn options(url: &str, most: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(most).acquire_timeout(PATIENCE).sqlx_logging(false);
    options
}

fn sqlite(url: &str, most: u32) -> ConnectOptions {
    let mut options = options(url, most);
    // A file goes nowhere.
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_opts(|options| {
        options
            .row_buffer_size(ROWS)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("mmap_size", "0")
            .pragma("busy_timeout", "5000")
    });
    options
}

#[cfg(test)]
mod tests {
    use super::{SQLITE_LEAST, parts};

    #[test]
    fn versions_are_compared_by_number() {
        let check = |version: &str, is_older: bool| {
            assert_eq!(parts(version) < parts(SQLITE_LEAST), is_older, "{version}");
        };
        check("3.51.3", false);
        check("3.52.0", false);
        check("3.51.2", true);
        check("3.9.10", true);
        check("", true);
    }
}
