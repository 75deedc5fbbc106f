//! The floor: a bare axum server that answers from one prepared statement on the same database.

use anyhow::{Context, Result};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::sqlx::postgres::PgPoolOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection, PgPool, SqlitePool};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// Connections, as many as `ronghed` keeps.
const SQLITE_READERS: u32 = 4;
const POSTGRES: u32 = 16;

const LIST: &str = "SELECT year, seq, title, state, budget_fen, changed_at, version FROM need \
                    WHERE state = $1 ORDER BY changed_at DESC, id DESC LIMIT 50";
const DETAIL: &str = "SELECT year, seq, title, state, budget_fen, changed_at, version, content FROM need \
                      WHERE year = $1 AND seq = $2";
const WRITE: &str = "INSERT INTO bench_activity (at, what) VALUES ($1, $2)";

/// A row of the list.
#[derive(Serialize)]
struct Short {
    year: i32,
    seq: Option<i32>,
    title: String,
    state: String,
    budget_fen: Option<i64>,
    changed_at: i64,
    version: i64,
}

/// One row whole.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    short: Short,
    content: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    year: i32,
    seq: i32,
}

/// What a connection is asked for; written once for both kinds of database, whose types differ.
macro_rules! answers {
    ($module:ident, $pool:ty, $begin:expr) => {
        mod $module {
            use super::{Asked, DETAIL, Fault, LIST, PoolRow, Short, WRITE, Whole};
            use axum::extract::{Query, State};
            use axum::http::StatusCode;
            use axum::routing::{get, post};
            use axum::{Json, Router};
            use sea_orm::sqlx::{self, Row};

            #[derive(Clone)]
            pub(super) struct Pools {
                pub(super) read: $pool,
                pub(super) write: $pool,
            }

            pub(super) fn router(pools: Pools) -> Router {
                Router::new()
                    .route("/list", get(list))
                    .route("/detail", get(detail))
                    .route("/write", post(write))
                    .with_state(pools)
            }

            async fn list(State(pools): State<Pools>) -> Result<Json<Vec<Short>>, Fault> {
                let rows = sqlx::query(LIST).bind("forwarded").fetch_all(&pools.read).await?;
                Ok(Json(rows.iter().map(short).collect::<Result<_, _>>()?))
            }

            async fn detail(
                State(pools): State<Pools>,
                Query(asked): Query<Asked>,
            ) -> Result<Json<Whole>, Fault> {
                let row = sqlx::query(DETAIL).bind(asked.year).bind(asked.seq).fetch_one(&pools.read).await?;
                Ok(Json(Whole { short: short(&row)?, content: row.try_get(7)? }))
            }

            async fn write(State(pools): State<Pools>, body: String) -> Result<StatusCode, Fault> {
                let mut transaction = pools.write.begin_with($begin).await?;
                sqlx::query(WRITE).bind(1_i64).bind(body).execute(&mut *transaction).await?;
                transaction.commit().await?;
                Ok(StatusCode::CREATED)
            }

            fn short(row: &<$pool as PoolRow>::Row) -> Result<Short, sqlx::Error> {
                Ok(Short {
                    year: row.try_get(0)?,
                    seq: row.try_get(1)?,
                    title: row.try_get(2)?,
                    state: row.try_get(3)?,
                    budget_fen: row.try_get(4)?,
                    changed_at: row.try_get(5)?,
                    version: row.try_get(6)?,
                })
            }
        }
    };
}

/// The kind of row that a pool gives.
trait PoolRow {
    type Row;
}

impl PoolRow for SqlitePool {
    type Row = sqlx::sqlite::SqliteRow;
}

impl PoolRow for PgPool {
    type Row = sqlx::postgres::PgRow;
}

answers!(on_sqlite, sea_orm::sqlx::SqlitePool, "BEGIN IMMEDIATE");
answers!(on_postgres, sea_orm::sqlx::PgPool, "BEGIN");

/// A database that does not answer.
struct Fault(sqlx::Error);

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}

/// Serves until it is killed.
pub(crate) async fn serve(database: &str, listen: SocketAddr) -> Result<()> {
    let routes = match database.strip_prefix("sqlite:") {
        Some(file) => {
            let options = sqlite(file);
            let pool = |most: u32| SqlitePoolOptions::new().max_connections(most);
            on_sqlite::router(on_sqlite::Pools {
                write: pool(1).connect_with(options.clone()).await?,
                read: pool(SQLITE_READERS).connect_with(options).await?,
            })
        }
        None => {
            let pool = PgPoolOptions::new().max_connections(POSTGRES).connect(database).await?;
            on_postgres::router(on_postgres::Pools { read: pool.clone(), write: pool })
        }
    };
    let listener = TcpListener::bind(listen).await.context("the floor cannot listen")?;
    axum::serve(listener, routes).await.context("the floor failed")
}

/// As `ronghed` opens it: what is committed is on the disk.
fn sqlite(file: &str) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
}

/// How long it takes to write `texts`, a row each, in one transaction.
pub(crate) async fn inserts(database: &str, texts: &[String]) -> Result<Duration> {
    let began;
    match database.strip_prefix("sqlite:") {
        Some(file) => {
            let mut connection = sqlx::SqliteConnection::connect_with(&sqlite(file)).await?;
            began = Instant::now();
            let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
            for text in texts {
                sqlx::query(WRITE).bind(1_i64).bind(text).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
        }
        None => {
            let mut connection = sqlx::PgConnection::connect(database).await?;
            began = Instant::now();
            let mut transaction = connection.begin().await?;
            for text in texts {
                sqlx::query(WRITE).bind(1_i64).bind(text).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
        }
    }
    Ok(began.elapsed())
}
