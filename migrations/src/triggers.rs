//! Rows that the database itself keeps from change.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, SchemaManager};
use sea_orm_migration::sea_orm::DbBackend;

/// Refuses `event` (`UPDATE` or `DELETE`) on `table` where `condition` holds of the old row.
pub(crate) async fn refuse(
    manager: &SchemaManager<'_>,
    table: &str,
    event: &str,
    condition: &str,
) -> Result<(), DbErr> {
    let name = format!("{table}_no_{}", event.to_lowercase());
    let message = format!("{table} rows are immutable");
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => vec![
            format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END $$"
            ),
            format!(
                "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({condition}) \
                 EXECUTE FUNCTION {name}()"
            ),
        ],
        _ => vec![format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} \
             BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )],
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Refuses an `UPDATE` of `table` where `condition` holds of the old row and the new one, but for a database that goes over
/// to another key: what lies sealed in it is written anew then, and nobody serves it.
pub(crate) async fn refuse_but_for_another_key(
    manager: &SchemaManager<'_>,
    table: &str,
    condition: &str,
) -> Result<(), DbErr> {
    let name = format!("{table}_no_update");
    let message = format!("{table} rows are immutable");
    let going_over = "EXISTS (SELECT 1 FROM setting WHERE key = 'key_next')";
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => vec![
            format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN IF {going_over} THEN RETURN NEW; END IF; \
                 RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END $$"
            ),
            format!(
                "CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({condition}) \
                 EXECUTE FUNCTION {name}()"
            ),
        ],
        _ => vec![format!(
            "CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {condition} \
             BEGIN SELECT RAISE(ABORT, '{message}') WHERE NOT {going_over}; END"
        )],
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Takes away what `refuse` made for `event` on `table`.
pub(crate) async fn take_away(manager: &SchemaManager<'_>, table: &str, event: &str) -> Result<(), DbErr> {
    let name = format!("{table}_no_{}", event.to_lowercase());
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => {
            vec![format!("DROP TRIGGER {name} ON {table}"), format!("DROP FUNCTION {name}()")]
        }
        _ => vec![format!("DROP TRIGGER {name}")],
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}
