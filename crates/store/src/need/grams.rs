//! Finding needs by words: each text is known by the pairs of neighbouring characters in it, so that no text
//! is read that cannot hold what is looked for.

use super::entity::{Column, Entity};
use crate::Error;
use crate::account::escape;
use ronghe_domain::kernel::NeedId;
use ronghe_domain::need::Name;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
};
use std::collections::BTreeSet;

/// Texts that are read at once to be known by their pairs.
const STEP: u64 = 500;

/// Two neighbours as one number.
fn pairs(text: &str) -> BTreeSet<i64> {
    let number = |one: char| i64::from(u32::from(one));
    text.chars().zip(text.chars().skip(1)).map(|(one, next)| (number(one) << 21) | number(next)).collect()
}

/// As SQLite's index takes them: words of digits.
fn as_words(pairs: &BTreeSet<i64>) -> String {
    pairs.iter().map(|pair| format!("{pair:x}")).collect::<Vec<_>>().join(" ")
}

/// As PostgreSQL reads an array.
fn as_array(pairs: &BTreeSet<i64>) -> String {
    format!("{{{}}}", pairs.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
}

/// Makes the need known by the pairs of `text`, in place of those that it was known by.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn index<C: ConnectionTrait>(db: &C, need: NeedId, text: &str) -> Result<(), Error> {
    let pairs = pairs(text);
    let backend = db.get_database_backend();
    let statement = |sql: &str, values: Vec<sea_orm::Value>| {
        Statement::from_sql_and_values(backend, sql.to_owned(), values)
    };
    if backend == DbBackend::Postgres {
        let put = "INSERT INTO need_gram (need, grams) VALUES ($1, CAST(CAST($2 AS text) AS bigint[])) \
                   ON CONFLICT (need) DO UPDATE SET grams = EXCLUDED.grams";
        db.execute_raw(statement(put, vec![need.0.into(), as_array(&pairs).into()])).await?;
        return Ok(());
    }
    // There is one writer, so that no place is given twice.
    let place = "UPDATE need SET place = (SELECT COALESCE(MAX(place), 0) + 1 FROM need) \
                 WHERE id = ? AND place IS NULL";
    db.execute_raw(statement(place, vec![need.0.into()])).await?;
    let put = "INSERT OR REPLACE INTO need_gram (rowid, grams) SELECT place, ? FROM need WHERE id = ?";
    db.execute_raw(statement(put, vec![as_words(&pairs).into(), need.0.into()])).await?;
    Ok(())
}

/// Makes every need known that is not yet: those that were written before there was an index.
///
/// # Errors
/// Where the database does not answer.
pub(crate) async fn index_all<C: ConnectionTrait>(db: &C) -> Result<(), Error> {
    let unknown = match db.get_database_backend() {
        DbBackend::Postgres => "NOT EXISTS (SELECT 1 FROM need_gram WHERE need_gram.need = need.id)",
        _ => "place IS NULL",
    };
    loop {
        let rows: Vec<(Uuid, String)> = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(Column::Search)
            .filter(Expr::cust(unknown))
            .limit(STEP)
            .into_tuple()
            .all(db)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for (id, text) in rows {
            index(db, NeedId(id), &text).await?;
        }
    }
}

/// How a list comes by the needs that hold its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The needs are gone through in the list's order, and each text is looked through.
    InOrder,
    /// Those that the index knows by the words, put in order afterwards.
    Known,
}

/// Where one need in eight holds a pair, four hundred texts show fifty that do: sooner than all that hold it
/// are put in order. So many as stand behind it are put in order within some milliseconds.
const OFTEN: &str = "SELECT 1 FROM need_gram WHERE need_gram MATCH ? \
                     LIMIT 1 OFFSET (SELECT COALESCE(MIN(MAX(place) / 8, 10000), 0) FROM need)";

/// The cheaper way to the needs that hold `words`; a single character is in no pair. PostgreSQL finds it itself.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn way<C: ConnectionTrait>(db: &C, words: &str) -> Result<Way, Error> {
    let pairs = pairs(&words.to_lowercase());
    if pairs.is_empty() {
        return Ok(Way::InOrder);
    }
    let backend = db.get_database_backend();
    if backend == DbBackend::Postgres {
        return Ok(Way::Known);
    }
    let often = Statement::from_sql_and_values(backend, OFTEN, [as_words(&pairs).into()]);
    Ok(db.query_one_raw(often).await?.map_or(Way::Known, |_| Way::InOrder))
}

/// Those in which `words` stand, or whose number they are, come by in this way.
///
/// Two characters are a pair: whatever is known by it holds them. Of more, every pair is asked for, and then
/// the text itself.
pub(super) fn find(backend: DbBackend, words: &str, way: Way) -> SelectStatement {
    let words = words.to_lowercase();
    let number = match Name::parse(&words) {
        Some(Name::Number(number)) => {
            let seq = i32::try_from(number.seq).unwrap_or_default();
            Some(Condition::all().add(Column::Year.eq(number.year.key())).add(Column::Seq.eq(seq)))
        }
        _ => None,
    };
    let pairs = pairs(&words);
    let is_known = way == Way::Known && !pairs.is_empty();
    let mut rows = Query::select();
    if is_known {
        from_known(&mut rows, backend, &pairs, number.clone());
    } else {
        rows.from(Entity);
    }
    if is_known && words.chars().count() == 2 && number.is_none() {
        return rows;
    }
    let like = LikeExpr::new(format!("%{}%", escape(&words))).escape('\\');
    let mut any = Condition::any().add(Expr::col((Entity, Column::Search)).like(like));
    if let Some(number) = number {
        any = any.add(number);
    }
    rows.cond_where(any);
    rows
}

/// Known by all of `pairs`, or of that number.
fn from_known(
    rows: &mut SelectStatement,
    backend: DbBackend,
    pairs: &BTreeSet<i64>,
    number: Option<Condition>,
) {
    let (column, key, sql, asked) = match backend {
        DbBackend::Postgres => ("id", "need", "grams @> CAST(CAST($1 AS text) AS bigint[])", as_array(pairs)),
        _ => ("place", "rowid", "need_gram MATCH ?", as_words(pairs)),
    };
    let mut known = Query::select();
    known.expr_as(Expr::col(key), column).from("need_gram").and_where(Expr::cust_with_values(sql, [asked]));
    if let Some(number) = number {
        known.union(
            UnionType::Distinct,
            Query::select().column(column).from(Entity).cond_where(number).take(),
        );
    }
    let own = Expr::col((Entity, column));
    if backend == DbBackend::Postgres {
        rows.from(Entity).and_where(own.in_subquery(known));
        return;
    }
    // In this order and no other: left to itself, SQLite goes through the list where an index has its order,
    // and looks behind each row's texts for its place.
    rows.from_subquery(known, "known").cross_join(Entity).and_where(own.equals(("known", column)));
}

#[cfg(test)]
mod tests {
    use super::{as_array, as_words, pairs};

    #[test]
    fn neighbours_are_told_apart() {
        assert!(pairs("书").is_empty());
        assert_eq!(pairs("书法书法").len(), 2, "书法 and 法书, each once");
        assert!(pairs("书法").is_subset(&pairs("开设书法课")));
        assert!(!pairs("法书").is_subset(&pairs("书法")));
        assert_eq!(as_array(&pairs("ab")), "{203423842}");
        assert_eq!(as_words(&pairs("abb")), "c200062 c400062");
    }
}
