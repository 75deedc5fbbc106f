//! Copies of a whole database, and what is counted in one, whatever its schema.

use crate::db::{Db, Transaction};
use crate::{Error, audit};
use ronghe_domain::kernel::Instant;
use ronghe_migrations::Migrator;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeMap;
use std::path::Path;

/// How a database stands: which schema, how many rows in each table, and where its chain ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The newest step of the schema.
    pub schema: String,
    pub tables: BTreeMap<String, u64>,
    /// Number of the last event of the chain.
    pub seq: i64,
    /// When it happened.
    pub at: Instant,
    /// The hash at the head of the chain.
    pub head: String,
}

/// Writes a copy of an embedded database as it stands at one moment into the new file `to`, while others write.
///
/// # Errors
/// Where `to` is there already, or the disk does not take it.
pub async fn into_file(db: &Db, to: &Path) -> Result<(), Error> {
    let to = to.to_string_lossy().into_owned();
    let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [to.into()]);
    db.reader().execute_raw(copy).await?;
    Ok(())
}

/// How the database stands; nothing where it has no schema yet.
///
/// # Errors
/// Where it does not answer, or has a schema that is not ours.
pub async fn stand<C: ConnectionTrait>(db: &C) -> Result<Option<Stand>, Error> {
    let names = tables(db).await?;
    if !names.iter().any(|name| name == STEPS) {
        return Ok(None);
    }
    let newest = format!("SELECT MAX(version) AS version FROM {STEPS}");
    let newest = db.query_one_raw(Statement::from_string(db.get_database_backend(), newest)).await?;
    let schema: Option<String> = newest.map(|row| row.try_get("", "version")).transpose()?.flatten();
    let Some(schema) = schema else { return Ok(None) };
    let head = audit::read_head(db).await?;
    let tables = counts(db, names.into_iter().filter(|name| name != STEPS)).await?;
    Ok(Some(Stand { schema, tables, seq: head.seq, at: head.at, head: head.hash }))
}

/// Words that are others once something was written since: what lies outside the chain, such as a draft, as well.
///
/// They say nothing of what was written before this process began, and may be others though nothing was. On PostgreSQL
/// rows are counted by the server's statistics, which learn of a change within seconds.
///
/// # Errors
/// Where the database does not answer.
pub async fn mark(db: &Db) -> Result<String, Error> {
    if let Some(commits) = db.commits() {
        return Ok(commits.to_string());
    }
    // The row of the chain's head is touched, and rolled back, by whoever asks whether the database writes.
    let ask = "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint AS rows \
               FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname <> 'chain_head'";
    let row = db.reader().query_one_raw(Statement::from_string(DbBackend::Postgres, ask)).await?;
    let rows: i64 = row.ok_or(Error::NotFound)?.try_get("", "rows")?;
    Ok(format!("{rows} {}", audit::read_head(db.reader()).await?.hash))
}

/// By what the database is known among others, whatever becomes of it: the hash of the first event of its chain; empty
/// where nothing has happened yet.
///
/// # Errors
/// Where it does not answer.
pub async fn origin<C: ConnectionTrait>(db: &C) -> Result<String, Error> {
    Ok(audit::after(db, 0, 1).await?.pop().map(|first| first.hash).unwrap_or_default())
}

/// Whether this program knows the step `schema`: a newer one made it otherwise.
#[must_use]
pub fn knows(schema: &str) -> bool {
    Migrator::migrations().iter().any(|step| step.name() == schema)
}

/// Whether the database holds no table at all.
///
/// # Errors
/// Where it does not answer.
pub async fn is_empty<C: ConnectionTrait>(db: &C) -> Result<bool, Error> {
    Ok(tables(db).await?.is_empty())
}

/// A name by which another program sees what `transaction` sees; PostgreSQL only.
///
/// # Errors
/// Where the database does not answer.
pub async fn exported(transaction: &Transaction) -> Result<String, Error> {
    let ask = Statement::from_string(DbBackend::Postgres, "SELECT pg_export_snapshot() AS name");
    let row = transaction.query_one_raw(ask).await?.ok_or(Error::NotFound)?;
    Ok(row.try_get("", "name")?)
}

/// Makes an empty database beside `db`, which is a PostgreSQL.
///
/// # Errors
/// Where its user may not.
pub async fn make(db: &Db, name: &str) -> Result<(), Error> {
    db.reader().execute_unprepared(&format!("CREATE DATABASE \"{name}\"")).await?;
    Ok(())
}

/// Takes it away again.
///
/// # Errors
/// Where somebody still uses it.
pub async fn remove(db: &Db, name: &str) -> Result<(), Error> {
    db.reader().execute_unprepared(&format!("DROP DATABASE \"{name}\"")).await?;
    Ok(())
}

/// Where the steps of the schema that were taken are noted.
const STEPS: &str = "seaql_migrations";

/// Tables with rows of their own: neither views nor what an index keeps for itself.
async fn tables<C: ConnectionTrait>(db: &C) -> Result<Vec<String>, Error> {
    let backend = db.get_database_backend();
    let names = match backend {
        DbBackend::Postgres => "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
        _ => {
            "SELECT name FROM pragma_table_list \
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(backend, format!("{names} ORDER BY name"))).await?;
    Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?)
}

/// One statement for all of them.
async fn counts<C: ConnectionTrait>(
    db: &C,
    names: impl Iterator<Item = String>,
) -> Result<BTreeMap<String, u64>, Error> {
    let parts = names.map(|name| format!("SELECT '{name}' AS name, COUNT(*) AS count FROM \"{name}\""));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let all = Statement::from_string(db.get_database_backend(), parts.join(" UNION ALL "));
    let rows = db.query_all_raw(all).await?;
    let count = |row: &sea_orm::QueryResult| {
        let (name, count): (String, i64) = (row.try_get("", "name")?, row.try_get("", "count")?);
        Ok((name, u64::try_from(count).unwrap_or_default()))
    };
    rows.iter().map(count).collect()
}
