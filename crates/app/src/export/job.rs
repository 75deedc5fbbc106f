//! The job that makes what was asked for, and the one that takes away what nobody needs any more.
//!
//! An export is taken up by one server at a time, which says again and again that it still makes it. Where that one ends
//! in the middle, another takes it up soon after; where there is no other, it does so itself as it begins.

use crate::audited::Audited;
use crate::files::taken;
use crate::need::{narrowed, table};
use crate::unit::Tx;
use crate::{App, Caller, Error, message};
use ronghe_domain::account::State as AccountState;
use ronghe_domain::audit::{self, Subject, Via};
use ronghe_domain::export::{Export, Made, SAID_EVERY, State, gone_before, taken_until, told};
use ronghe_domain::kernel::{AccountId, Actor, ExportId, Instant, Role};
use ronghe_store as store;
use ronghe_store::Backend;
use ronghe_store::export::Found;
use ronghe_text::lang_of;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// What was made, and the roles of its owner then.
type File = (Made, BTreeSet<Role>);

/// Makes what waits, one after the other; says how many were done.
///
/// # Errors
/// Where the database does not answer.
pub async fn run_due(app: &App) -> Result<u64, Error> {
    let mut done = 0;
    while let Some(Found { id, owner, export }) = take_up(app).await? {
        done += 1;
        let export = match export {
            Ok(export) => export,
            Err(error) => {
                tracing::warn!(export = %id, %error, "an export cannot be read");
                give_up(app, id, owner).await?;
                continue;
            }
        };
        // One that ended its server each time is not tried for ever.
        let made = if export.is_spent() { None } else { file(app, &export).await };
        if !end(app, &export, made).await? {
            taken::remove(app, (id, export.tries)).await?;
        }
    }
    Ok(done)
}

/// At the start of a server: what the one before it left in the middle is taken up at once; says how many those are.
/// Where several servers share the database, each says of its own how long they are its own.
///
/// # Errors
/// Where the database does not answer.
pub async fn resume(app: &App) -> Result<u64, Error> {
    if app.db().backend() != Backend::Sqlite {
        return Ok(0);
    }
    let transaction = app.db().begin().await?;
    let released = store::export::release(&transaction, app.now()).await?;
    transaction.commit().await?;
    Ok(released)
}

/// The export whose turn has come first, for no other server until it is done; as it was found where it cannot be read.
async fn take_up(app: &App) -> Result<Option<Found>, Error> {
    let now = app.now();
    let transaction = app.db().begin().await?;
    let found = store::export::lock_next(&transaction, now).await?;
    let Some(Found { id, owner, export: Ok(export) }) = found else {
        transaction.rollback().await?;
        return Ok(found);
    };
    let export = export.taken_up(now);
    store::export::save(&transaction, &export).await?;
    transaction.commit().await?;
    Ok(Some(Found { id, owner, export: Ok(export) }))
}

/// Marks an export that cannot be read as failed, so that others have their turn, and tells its owner.
async fn give_up(app: &App, id: ExportId, owner: AccountId) -> Result<(), Error> {
    let system = system(id);
    app.write(&system, |tx: Tx| {
        let system = &system;
        async move {
            if store::export::give_up(tx.db(), id, tx.now()).await? {
                message::tell(app, &tx, system, (None, &id.to_string()), &told(owner, State::Failed)).await?;
            }
            Ok(())
        }
    })
    .await
}

/// Makes the file of an export; nothing where that failed, which is logged, or where it is another server's by now.
async fn file(app: &App, export: &Export) -> Option<File> {
    let tries = export.tries;
    let made = tokio::select! {
        made = make(app, export) => made,
        () = hold(app, export) => return None,
    };
    made.inspect_err(|error| {
        tracing::warn!(export = %export.id, tries, %error, "an export could not be made");
    })
    .ok()
}

/// Says again and again that this server makes the export; ends where it is another's by now, or nobody's.
async fn hold(app: &App, export: &Export) {
    let which = (export.id, export.tries);
    loop {
        tokio::time::sleep(Duration::from_secs(SAID_EVERY)).await;
        match say(app, which).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(export = %export.id, %error, "an export could not be held"),
        }
    }
}

async fn say(app: &App, which: (ExportId, u32)) -> Result<bool, Error> {
    let transaction = app.db().begin().await?;
    let is_ours = store::export::hold(&transaction, which, taken_until(app.now())).await?;
    transaction.commit().await?;
    Ok(is_ours)
}

/// The rows that its owner may see now, whatever they could see as they asked.
async fn make(app: &App, export: &Export) -> Result<File, Error> {
    let account = store::account::get(app.db().reader(), export.owner).await?;
    if account.state != AccountState::Active || account.org != export.org {
        return Err(Error::Hidden);
    }
    let actor = Actor::person(account.id, account.org, account.roles.clone());
    let caller = Caller { actor, ..system(export.id) };
    let lang = lang_of(export.language);
    let filter = narrowed(app, &caller, &export.asked).await?;
    let (bytes, rows) = table::file(app, &caller, &filter, (export.form, lang)).await?;
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
            let before = match store::export::lock(tx.db(), taken.id).await {
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
            message::tell(app, &tx, system, (None, &about), &told(export.owner, export.state)).await?;
            store::export::save(tx.db(), &export).await?;
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
    while let Some(found) = forget_one(app, before).await? {
        // The file of one that cannot be read is named by no row any more.
        if let Ok(export) = found.export {
            taken::remove(app, (export.id, export.tries)).await?;
        }
        gone += 1;
    }
    for (id, tries) in taken::all(app).await? {
        if store::export::tries(app.db().reader(), id).await? != Some(tries) {
            taken::remove(app, (id, tries)).await?;
        }
    }
    Ok(gone)
}

async fn forget_one(app: &App, before: Instant) -> Result<Option<Found>, Error> {
    app.write(&Caller::system(Via::System, "exports"), |tx: Tx| async move {
        let Some(found) = store::export::lock_gone(tx.db(), before).await? else { return Ok(None) };
        store::export::delete(tx.db(), found.id).await?;
        match &found.export {
            Ok(export) => tx.said(audit::Action::Delete, export, export.snapshot()),
            Err(_) => tx.noted(audit::Action::Delete, &Unread(found.id), None),
        }
        Ok(Some(found))
    })
    .await
}

/// An export of which nothing but its id can be read.
struct Unread(ExportId);

impl Audited for Unread {
    const SUBJECT: Subject = Subject::Export;

    fn record(&self) -> String {
        self.0.to_string()
    }

    fn name(&self) -> String {
        String::new()
    }

    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        Value::Null
    }
}
