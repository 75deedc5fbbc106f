//! Rows by many ids at once.

use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoColumnRef, Query};

/// Whether `column` is one of `ids`. They are one bound value, however many they are: bound one by one, a statement
/// takes 32,766 of them on SQLite and 65,535 on PostgreSQL.
pub(crate) fn among(
    backend: DbBackend,
    column: impl IntoColumnRef,
    ids: impl IntoIterator<Item = Uuid>,
) -> Expr {
    let mut rows = Query::select();
    if backend == DbBackend::Postgres {
        let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
        let array = format!("{{{}}}", ids.join(","));
        rows.expr(Expr::cust_with_values("unnest(CAST(CAST($1 AS text) AS uuid[]))", [array]));
    } else {
        // Ids lie there as their sixteen bytes, which JSON has no word for.
        let ids: Vec<String> = ids.into_iter().map(|id| format!("\"{}\"", id.simple())).collect();
        let array = format!("[{}]", ids.join(","));
        rows.expr(Func::cust("unhex").arg(Expr::col(("given", "value"))));
        rows.from_function(Func::cust("json_each").arg(array), "given");
    }
    Expr::col(column).in_subquery(rows)
}
