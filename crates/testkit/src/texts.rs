//! Everything that stands in a database in words, whatever its schema.

use ronghe_store::{Backend, Connection, Db};
use sea_orm::{QueryResult, Statement};

const SQLITE: &str = "SELECT found.name AS place, its.name AS called FROM sqlite_master AS found, \
                      pragma_table_info(found.name) AS its WHERE found.type = 'table' \
                      AND (lower(its.type) LIKE 'varchar%' OR lower(its.type) = 'text') ORDER BY 1, 2";
const POSTGRES: &str = "SELECT CAST(table_name AS text) AS place, CAST(column_name AS text) AS called \
                        FROM information_schema.columns WHERE table_schema = 'public' \
                        AND data_type IN ('character varying', 'text') ORDER BY 1, 2";

/// Every text in `db`, by its table and column, such as `need.title`.
///
/// # Panics
/// Where the database does not answer.
pub async fn texts(db: &Db) -> Vec<(String, String)> {
    let columns = if db.backend() == Backend::Sqlite { SQLITE } else { POSTGRES };
    let mut texts = Vec::new();
    for column in ask(db, columns.to_owned()).await {
        let [of, called] =
            ["place", "called"].map(|name| column.try_get::<String>("", name).expect("a name"));
        let sql = format!("SELECT \"{called}\" AS said FROM \"{of}\" WHERE \"{called}\" IS NOT NULL");
        let found = ask(db, sql).await;
        let found = found.iter().map(|row| row.try_get::<String>("", "said").expect("a text"));
        texts.extend(found.map(|text| (format!("{of}.{called}"), text)));
    }
    texts
}

async fn ask(db: &Db, sql: String) -> Vec<QueryResult> {
    let reader = db.reader();
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    reader.query_all_raw(statement).await.expect("an answer")
}
