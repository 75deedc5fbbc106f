//! Lists that are taken out in the background: asked for, made by a job, fetched by their owner, and gone after some
//! days.

mod job;

pub use job::{forget, resume, run_due};

use crate::audited::Audited;
use crate::files::{Content, taken};
use crate::need::narrowed;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::audit::{self, Subject};
use ronghe_domain::export::{Action, Export, Form, Refusal, State, decide, may_ask, visible};
use ronghe_domain::kernel::{Actor, ExportId};
use ronghe_domain::message::template::Language;
use ronghe_domain::view::List;
use ronghe_store as store;
use ronghe_store::export::Found;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Asks for the needs that `words` narrow the list to, as a file that a job makes: with what the caller may see then.
///
/// # Errors
/// `Unauthenticated` for the public; for words that narrow no list of needs; where the caller keeps as many as there may
/// be.
pub async fn ask(
    app: &App,
    caller: &Caller,
    words: &BTreeMap<String, String>,
    (form, language): (Form, Language),
) -> Result<Export, Error> {
    let Actor::Person(person) = &caller.actor else { return Err(Error::Unauthenticated) };
    caller.more_than_reads()?;
    let asked = List::Needs.narrowed(words).map_err(Error::Invalid)?;
    // What they stand for is looked up when the file is made; what stands for nothing is said now.
    narrowed(app, caller, &asked).await?;
    app.write(caller, |tx: Tx| {
        let asked = asked.clone();
        async move {
            // Two who ask at once are counted one after the other.
            store::account::lock_id(tx.db(), person.account).await?;
            let kept: Vec<Export> =
                store::export::of(tx.db(), person.account).await?.into_iter().filter_map(readable).collect();
            may_ask(&caller.actor, &kept).map_err(Error::refused)?;
            let export = Export {
                id: ExportId(tx.new_id()),
                owner: person.account,
                org: person.org,
                roles: person.roles.clone(),
                form,
                language,
                asked,
                state: State::Waiting,
                rows: 0,
                size: 0,
                hash: String::new(),
                tries: 0,
                asked_at: tx.now(),
                next: Some(tx.now()),
                done_at: None,
            };
            store::export::insert(tx.db(), &export).await?;
            tx.said(audit::Action::Ask, &export, export.snapshot());
            Ok(export)
        }
    })
    .await
}

/// The exports of the caller, last asked for first.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Export>, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let found = store::export::of(app.db().reader(), account).await?.into_iter().filter_map(readable);
    Ok(found.filter(|export| visible(&caller.actor, export)).collect())
}

/// The export in a row; nothing where it cannot be read, which is logged and keeps no other back.
fn readable(Found { id, export, .. }: Found) -> Option<Export> {
    export.inspect_err(|error| tracing::warn!(export = %id, %error, "an export cannot be read")).ok()
}

/// One export of the caller.
///
/// # Errors
/// `Hidden` where it is none of theirs.
pub async fn show(app: &App, caller: &Caller, id: ExportId) -> Result<Export, Error> {
    let export = store::export::get(app.db().reader(), id).await?;
    if visible(&caller.actor, &export) { Ok(export) } else { Err(Error::Hidden) }
}

/// The file of an export. That it goes out stands in the chain before it does.
///
/// # Errors
/// `Hidden` where it is none of the caller's; where there is no file, or none any more.
pub async fn fetch(app: &App, caller: &Caller, id: ExportId) -> Result<(Export, Content), Error> {
    let export = show(app, caller, id).await?;
    decide(&caller.actor, &export, Action::Fetch, app.now()).map_err(Error::refused)?;
    let content = taken::open(app, (id, export.tries), &export.hash).await?;
    let content = content.ok_or_else(|| Error::refused(Refusal::Expired))?;
    let export = app
        .write(caller, |tx: Tx| {
            let export = export.clone();
            async move {
                let mut words = export.snapshot();
                if let Some(words) = words.as_object_mut() {
                    words.insert("rows".to_owned(), json!(export.rows));
                }
                tx.said(audit::Action::Export, &export, words);
                Ok(export)
            }
        })
        .await?;
    Ok((export, content))
}

/// Takes an export away, with its file; one that is not made yet is called off.
///
/// # Errors
/// `Hidden` where it is none of the caller's.
pub async fn delete(app: &App, caller: &Caller, id: ExportId) -> Result<(), Error> {
    caller.actor.account().ok_or(Error::Unauthenticated)?;
    caller.more_than_reads()?;
    let gone = app
        .write(caller, |tx: Tx| async move {
            let export = store::export::lock(tx.db(), id).await?;
            if !visible(&caller.actor, &export) {
                return Err(Error::Hidden);
            }
            decide(&caller.actor, &export, Action::Delete, tx.now())
                .map_err(|refusal| refused(&export, audit::Action::Delete, refusal))?;
            store::export::delete(tx.db(), id).await?;
            tx.said(audit::Action::Delete, &export, export.snapshot());
            Ok(export)
        })
        .await?;
    taken::remove(app, (id, gone.tries)).await
}

impl Audited for Export {
    const SUBJECT: Subject = Subject::Export;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        String::new()
    }

    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        json!({ "list": "needs", "form": self.form, "asked": self.asked })
    }
}
