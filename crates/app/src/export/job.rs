//! The job that makes what was asked for, and the one that takes away what nobody needs any more.
//!
//! An export is taken up by one server at a time. Where that one ends in the middle, another takes it up later.

use crate::audited::Audited;
use crate::files::taken;
use crate::need::table;
use crate::unit::Tx;
use crate::{App, Caller, Error, message};
use ronghe_domain::account::State as AccountState;
use ronghe_domain::audit::{self, Via};
use ronghe_domain::export::{Export, Made, State, gone_before, told};
use ronghe_domain::kernel::{Actor, ExportId, Instant, Role};
use ronghe_store as store;
use ronghe_store::export::Order;
use ronghe_text::lang_of;
use serde_json::json;
use std::collections::BTreeSet;

/// What was made, and the roles of its owner then.
type File = (Made, BTreeSet<Role>);

/// Makes what waits, one after the other; says how many were done.
///
/// # Errors
/// Where the database does not answer.
pub async fn run_due(app: &App) -> Result<u64, Error> {
    let mut done = 0;
    while let Some(order) = take_up(app).await? {
        let id = order.export.id;
        // One that ended its server each time is not tried for ever.
        let made = if order.export.is_spent() { None } else { file(app, &order).await };
        if !end(app, &order.export, made).await? {
            taken::remove(app, (id, order.export.tries)).await?;
        }
        done += 1;
    }
    Ok(done)
}

/// The export whose turn has come first, for no other server until it is done.
async fn take_up(app: &App) -> Result<Option<Order>, Error> {
    let now = app.now();
    let transaction = app.db().begin().await?;
    let Some(found) = store::export::lock_next(&transaction, now).await? else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let order = Order { export: found.export.taken_up(now), filter: found.filter };
    store::export::save(&transaction, &order).await?;
    transaction.commit().await?;
    Ok(Some(order))
}

/// Makes the file of an export; nothing where that failed, which is logged.
async fn file(app: &App, order: &Order) -> Option<File> {
    match make(app, order).await {
        Ok(made) => Some(made),
        Err(error) => {
            let tries = order.export.tries;
            tracing::warn!(export = %order.export.id, tries, %error, "an export could not be made");
            None
        }
    }
}

/// The rows that its owner may see now, whatever they could see as they asked.
async fn make(app: &App, Order { export, filter }: &Order) -> Result<File, Error> {
    let account = store::account::get(app.db().reader(), export.owner).await?;
    if account.state != AccountState::Active || account.org != export.org {
        return Err(Error::Hidden);
    }
    let actor = Actor::person(account.id, account.org, account.roles.clone());
    let caller = Caller { actor, ..system(export.id) };
    let lang = lang_of(export.language);
    let (bytes, rows) = table::file(app, &caller, filter, (export.form, lang)).await?;
    Ok((taken::keep(app, (export.id, export.tries), &bytes, rows).await?, account.roles))
}

fn system(id: ExportId) -> Caller {
    Caller::system(Via::System, &format!("export {id}"))
}

/// Notes what became of a try and tells the owner once it is done. Not so where the export was taken away meanwhile, or
/// another server has taken it up: then its file is nobody's.
async fn end(app: &App, taken: &Export, made: Option<File>) -> Result<bool, Error> {
    let system = system(taken.id);
    app.write(&system, |tx: Tx| {
        let (made, system) = (made.clone(), &system);
        async move {
            let Order { export: before, filter } = match store::export::lock(tx.db(), taken.id).await {
                Err(store::Error::NotFound) => return Ok(false),
                found => found?,
            };
            if before.state != State::Running || before.tries != taken.tries {
                return Ok(false);
            }
            let export = match made {
                Some((made, roles)) => before.made(made, roles, tx.now()),
                None => before.failed(tx.now()),
            };
            if export.state == State::Ready {
                let words = json!({ "rows": export.rows, "form": export.form, "asked": export.asked });
                tx.said(audit::Action::Create, &export, words);
            }
            let about = export.record();
            message::tell(app, &tx, system, (None, &about), &told(&export)).await?;
            store::export::save(tx.db(), &Order { export, filter }).await?;
            Ok(true)
        }
    })
    .await
}

/// Takes away what has lain ready for its days, and files that no export names; says how many exports went.
///
/// # Errors
/// Where the database does not answer, or the folder cannot be read.
pub async fn forget(app: &App) -> Result<u64, Error> {
    let mut gone = 0;
    let before = gone_before(app.now());
    while let Some(export) = forget_one(app, before).await? {
        taken::remove(app, (export.id, export.tries)).await?;
        gone += 1;
    }
    for (id, tries) in taken::all(app).await? {
        let is_named = match store::export::get(app.db().reader(), id).await {
            Ok(export) => export.tries == tries,
            Err(store::Error::NotFound) => false,
            Err(error) => return Err(error.into()),
        };
        if !is_named {
            taken::remove(app, (id, tries)).await?;
        }
    }
    Ok(gone)
}

async fn forget_one(app: &App, before: Instant) -> Result<Option<Export>, Error> {
    app.write(&Caller::system(Via::System, "exports"), |tx: Tx| async move {
        let Some(export) = store::export::lock_gone(tx.db(), before).await? else { return Ok(None) };
        store::export::delete(tx.db(), export.id).await?;
        tx.said(audit::Action::Delete, &export, export.snapshot());
        Ok(Some(export))
    })
    .await
}
