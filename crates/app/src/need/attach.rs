//! Files of a need: added and taken away while it is written, fixed by its submission.

use super::{leaving, lock, measures, refusal_of, show};
use crate::files::{self, Arrived, Content, blob};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::attachment::{Attached, MOST, check_ending, check_name, renamed};
use ronghe_domain::kernel::{AttachmentId, FieldError, FieldProblem};
use ronghe_domain::need::rules::{self, Facts};
use ronghe_domain::need::{Action, Field, Name, Need, form};
use ronghe_store as store;

/// Whether a file of this name may be added now: asked before anything of it is read or kept.
///
/// # Errors
/// Where the caller may not, or not now; where the name does not hold, or there are too many.
pub async fn may_attach(app: &App, caller: &Caller, name: &str, file_name: &str) -> Result<(), Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let shown = show(app, caller, name).await?;
    may_change(caller, &shown.need, &shown.facts, app.now())?;
    app.room().for_files()?;
    check_name(file_name).map_err(|error| Error::Invalid(vec![error]))?;
    is_room(shown.attachments.len())
}

/// Adds a file; its kind follows from its content.
///
/// # Errors
/// Where the caller may not, or not now; where the file is of no kind that is taken, or there are too many.
pub async fn attach(
    app: &App,
    caller: &Caller,
    name: &str,
    file_name: &str,
    file: Arrived,
) -> Result<Attached, Error> {
    // Whoever may not add it, or no longer, does not make the server read or keep it.
    may_attach(app, caller, name, file_name).await?;
    let parsed = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    let file_name = check_name(file_name).map_err(|error| Error::Invalid(vec![error]))?;
    if file.size() == 0 {
        return Err(Error::field("file", FieldProblem::Required));
    }
    let (kind, file) = files::attachment(app, file).await?;
    let file_name = renamed(file_name, kind);
    check_ending(&file_name, kind).map_err(|error| Error::Invalid(vec![error]))?;
    let (size, hash) = (file.size(), file.hash().to_owned());
    blob::keep(app, file).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    app.write(caller, |tx: Tx| {
        let (measures, file_name, hash) = (measures.clone(), file_name.clone(), hash.clone());
        async move {
            let (cycle, need) = lock(&tx, caller, parsed, &measures).await?;
            may_change(caller, &need, &Facts::of(&cycle), tx.now())?;
            is_room(store::attachment::list(tx.db(), need.id).await?.len())?;
            let file = Attached { id: AttachmentId(tx.new_id()), name: file_name, kind, size, hash };
            store::attachment::insert(tx.db(), need.id, &file, account, tx.now()).await?;
            leaving::written(&tx, caller, &need).await?;
            Ok(file)
        }
    })
    .await
}

/// Takes a file away from what is written.
///
/// # Errors
/// Where the caller may not, or not now; where there is no such file.
pub async fn detach(app: &App, caller: &Caller, name: &str, id: AttachmentId) -> Result<(), Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let parsed = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    app.write(caller, |tx: Tx| {
        let measures = measures.clone();
        async move {
            let (cycle, need) = lock(&tx, caller, parsed, &measures).await?;
            may_change(caller, &need, &Facts::of(&cycle), tx.now())?;
            store::attachment::remove(tx.db(), need.id, id, tx.now()).await?;
            leaving::written(&tx, caller, &need).await
        }
    })
    .await
}

/// A file with its content, to be read: of what is written for its own unit, of what was submitted for whoever sees it.
///
/// # Errors
/// `Hidden` where the caller does not see it.
pub async fn download(
    app: &App,
    caller: &Caller,
    name: &str,
    id: AttachmentId,
) -> Result<(Attached, Content), Error> {
    let shown = show(app, caller, name).await?;
    let submitted = shown.need.content.iter().flat_map(|content| &content.attachments);
    let found = shown.attachments.iter().chain(submitted).find(|file| file.id == id);
    let file = found.cloned().ok_or(Error::Hidden)?;
    let content = blob::open(app, &file.hash).await?;
    Ok((file, content))
}

/// Whether one more is taken beside as many as are there.
fn is_room(there: usize) -> Result<(), Error> {
    if there < MOST { Ok(()) } else { Err(Error::field("file", FieldProblem::TooMany { max: MOST })) }
}

fn may_change(
    caller: &Caller,
    need: &Need,
    facts: &Facts,
    now: ronghe_domain::kernel::Instant,
) -> Result<(), Error> {
    rules::decide(&caller.actor, need, facts, Action::Edit, now)
        .map_err(|refusal| refusal_of(need, Action::Edit, refusal))?;
    let named = need.returned.as_ref().map(|returned| returned.corrections.as_slice());
    if form::is_open(named, &[], Field::Attachments) {
        Ok(())
    } else {
        Err(Error::Invalid(vec![FieldError::new("attachments", FieldProblem::NotOpen)]))
    }
}
