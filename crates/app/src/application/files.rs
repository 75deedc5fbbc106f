//! Files of an application: added and taken away while it is written, fixed by its submission.

use super::{known, lock, refusal_of, show, show_whole};
use crate::application::facts::Known;
use crate::files::{self, Arrived, Content, blob};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::application::draft::{Filed, Purpose, may_write};
use ronghe_domain::application::rules::{self, Facts, Refusal};
use ronghe_domain::application::{Action, Application, Field, Name};
use ronghe_domain::attachment::{Attached, Kind, MOST, check_ending, check_name, renamed};
use ronghe_domain::kernel::{AccountId, AttachmentId, FieldError, FieldProblem, Instant};
use ronghe_store as store;

/// What is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attach<'a> {
    Other,
    /// 盖章页, with the code that is printed on it.
    SealedPage(&'a str),
}

impl Attach<'_> {
    const fn purpose(self) -> Purpose {
        match self {
            Self::Other => Purpose::Other,
            Self::SealedPage(_) => Purpose::SealedPage,
        }
    }

    /// What was sealed is what is typed.
    fn holds(self, application: &Application) -> Result<(), Error> {
        match self {
            Self::SealedPage(code) if !application.draft.bears(code) => {
                Err(refusal_of(application, Action::Edit, Refusal::PageChanged))
            }
            Self::SealedPage(_) | Self::Other => Ok(()),
        }
    }
}

/// Whether a file of this name may be added now: asked before anything of it is read or kept.
///
/// # Errors
/// Where the caller may not, or not now; where the name does not hold, or there are too many.
pub async fn may_attach(
    app: &App,
    caller: &Caller,
    name: &str,
    what: Attach<'_>,
    file_name: &str,
) -> Result<(), Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let shown = show(app, caller, name).await?;
    may_change(caller, &shown.application, &shown.facts, &shown.errors, what.purpose(), app.now())?;
    what.holds(&shown.application)?;
    app.room().for_files()?;
    check_name(file_name).map_err(|error| Error::Invalid(vec![error]))?;
    is_room(what.purpose(), &shown.files)
}

/// Adds a file; its kind follows from its content. A sealed page takes the place of the one before, and is bound to
/// what it was printed from: what is typed now must still bear the code on it.
///
/// # Errors
/// Where the caller may not, or not now; where something else is typed by now; where the file is of no kind that is
/// taken, or there are too many.
pub async fn attach(
    app: &App,
    caller: &Caller,
    name: &str,
    (what, file_name): (Attach<'_>, &str),
    file: Arrived,
) -> Result<Filed, Error> {
    // Whoever may not add it, or no longer, does not make the server read or keep it.
    may_attach(app, caller, name, what, file_name).await?;
    let purpose = what.purpose();
    let parsed = Name::parse(name).ok_or(Error::Hidden)?;
    let file_name = check_name(file_name).map_err(|error| Error::Invalid(vec![error]))?;
    if file.size() == 0 {
        return Err(Error::field("file", FieldProblem::Required));
    }
    let (kind, file) = files::attachment(app, file).await?;
    if purpose == Purpose::SealedPage && kind != Kind::Pdf {
        return Err(Error::field("file", FieldProblem::DoesNotFit { other: "pdf".to_owned() }));
    }
    let file_name = renamed(file_name, kind);
    check_ending(&file_name, kind).map_err(|error| Error::Invalid(vec![error]))?;
    let (size, hash) = (file.size(), file.hash().to_owned());
    blob::keep(app, file).await?;
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (parsed, file_name, hash, register) =
            (parsed.clone(), file_name.clone(), hash.clone(), register.clone());
        async move {
            let (cycle, application) = lock(app, &tx, caller, &parsed).await?;
            let sealer = app.sealer();
            let Known { facts, errors, files, .. } =
                known(tx.db(), &sealer, &caller.actor, &application, &cycle, &register).await?;
            may_change(caller, &application, &facts, &errors, purpose, tx.now())?;
            what.holds(&application)?;
            is_room(purpose, &files)?;
            let file = Attached { id: AttachmentId(tx.new_id()), name: file_name, kind, size, hash };
            let code = match purpose {
                Purpose::SealedPage => {
                    store::application::file::remove_sealed_page(tx.db(), application.id, tx.now()).await?;
                    application.draft.code()
                }
                Purpose::Other => String::new(),
            };
            let filed = Filed { purpose, file, code };
            let by = (account, tx.now());
            store::application::file::insert(tx.db(), &sealer, application.id, &filed, by).await?;
            written(&tx, &application, account).await?;
            Ok(filed)
        }
    })
    .await
}

/// Takes a file away from what is written.
///
/// # Errors
/// Where the caller may not, or not now; where there is no such file.
pub async fn detach(app: &App, caller: &Caller, name: &str, id: AttachmentId) -> Result<(), Error> {
    caller.needs(TokenScope::WriteApplication)?;
    let parsed = Name::parse(name).ok_or(Error::Hidden)?;
    let register = app.register().await?;
    app.write(caller, |tx: Tx| {
        let (parsed, register) = (parsed.clone(), register.clone());
        async move {
            let (cycle, application) = lock(app, &tx, caller, &parsed).await?;
            let Known { facts, errors, files, .. } =
                known(tx.db(), &app.sealer(), &caller.actor, &application, &cycle, &register).await?;
            let found = files.iter().find(|it| it.file.id == id).ok_or(Error::Hidden)?;
            may_change(caller, &application, &facts, &errors, found.purpose, tx.now())?;
            store::application::file::remove(tx.db(), application.id, id, tx.now()).await?;
            let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
            written(&tx, &application, account).await
        }
    })
    .await
}

/// A file with its content, to be read: of what is written for its own university, of what was submitted for whoever
/// sees it.
///
/// # Errors
/// `Hidden` where the caller does not see it.
pub async fn download(
    app: &App,
    caller: &Caller,
    name: &str,
    id: AttachmentId,
) -> Result<(Attached, Content), Error> {
    let shown = show_whole(app, caller, name).await?;
    let written = shown.files.iter().map(|filed| &filed.file);
    let submitted = shown.application.content.iter();
    let submitted = submitted.flat_map(|it| std::iter::once(&it.sealed_page).chain(&it.attachments));
    let file = written.chain(submitted).find(|file| file.id == id).cloned().ok_or(Error::Hidden)?;
    let content = blob::open(app, &file.hash).await?;
    Ok((file, content))
}

/// Remembers who has written in it; what was typed by others meanwhile stays theirs, so its version stands still.
async fn written(tx: &Tx, application: &Application, account: AccountId) -> Result<(), Error> {
    if application.writers.contains(&account) {
        return Ok(());
    }
    let after = application.clone().written_by(account);
    Ok(store::application::save(tx.db(), tx.sealer(), application, &after).await?)
}

/// Whether one more is taken beside as many as are there.
fn is_room(purpose: Purpose, files: &[Filed]) -> Result<(), Error> {
    let there = files.iter().filter(|filed| filed.purpose == Purpose::Other).count();
    match purpose {
        Purpose::Other if there >= MOST => Err(Error::field("file", FieldProblem::TooMany { max: MOST })),
        Purpose::Other | Purpose::SealedPage => Ok(()),
    }
}

fn may_change(
    caller: &Caller,
    application: &Application,
    facts: &Facts,
    errors: &[FieldError],
    purpose: Purpose,
    now: Instant,
) -> Result<(), Error> {
    rules::decide(&caller.actor, application, facts, Action::Edit, now)
        .map_err(|refusal| refusal_of(application, Action::Edit, refusal))?;
    let field = match purpose {
        Purpose::SealedPage => Field::SealedPage,
        Purpose::Other => Field::Attachments,
    };
    if may_write(&caller.actor, application, field, errors) {
        Ok(())
    } else {
        Err(Error::Invalid(vec![FieldError::new(field.path(), FieldProblem::NotOpen)]))
    }
}
