//! Another key of the server for everything that lies sealed: the database, whole or not at all, then files, one by one.
//! Both keys are known until the end: until the database has gone over nothing has, and then nothing goes back.

use crate::audited::Audited;
use crate::crypto::{mac, reseal};
use crate::files::{self, Rekept};
use crate::{App, Caller, Error, Tx};
use ronghe_domain::audit::{Action, Subject};
use ronghe_store::{self as store, setting};
use serde_json::{Value, json};

/// Figures and letters of a key's name.
const NAME: usize = 16;

/// What names a key and does not tell it.
///
/// # Errors
/// None that is known.
pub fn name(key: &[u8; 32]) -> Result<String, Error> {
    Ok(mac(key, "key/name/1")?.chars().take(NAME).collect())
}

/// How the server's key stands to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens what lies sealed in it.
    Own,
    /// Another one does.
    Other,
    /// The database goes over to another key: nobody serves it.
    Changing,
}

/// How the server's key stands to the database; one that names none is told this one.
///
/// # Errors
/// Where the database does not answer.
pub async fn standing(app: &App) -> Result<Standing, Error> {
    if is_changing(app).await? {
        return Ok(Standing::Changing);
    }
    let own = name(&app.settings().key)?;
    Ok(match setting::get(app.db().reader(), setting::KEY).await? {
        Some(named) if named == own => Standing::Own,
        Some(_) => Standing::Other,
        None => {
            let transaction = app.db().begin().await?;
            setting::put(&transaction, setting::KEY, &own).await?;
            transaction.commit().await?;
            Standing::Own
        }
    })
}

/// Whether the database goes over to another key.
///
/// # Errors
/// Where it does not answer.
pub async fn is_changing(app: &App) -> Result<bool, Error> {
    Ok(setting::get(app.db().reader(), setting::KEY_NEXT).await?.is_some())
}

/// Where a database stood when it was to go over from one key to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing had gone over.
    Anew,
    /// An attempt before was ended.
    Again,
    /// The database itself had gone over.
    Carried,
    /// It is under neither of them, or goes over to a third.
    Elsewhere,
}

/// Marks the database as one that goes over from the key `before` to the server's.
///
/// # Errors
/// Where the database does not answer.
pub async fn begin(app: &App, before: &[u8; 32]) -> Result<Begun, Error> {
    let (before, next) = (name(before)?, name(&app.settings().key)?);
    let transaction = app.db().begin().await?;
    let named = setting::get(&transaction, setting::KEY).await?;
    let marked = setting::get(&transaction, setting::KEY_NEXT).await?;
    let begun = match (named, marked) {
        (Some(named), None) if named == next => Begun::Carried,
        (Some(named), _) if named != before => Begun::Elsewhere,
        (_, Some(marked)) if marked == next => Begun::Again,
        (_, Some(_)) => Begun::Elsewhere,
        (_, None) => Begun::Anew,
    };
    if begun == Begun::Anew {
        setting::put(&transaction, setting::KEY_NEXT, &next).await?;
    }
    transaction.commit().await?;
    Ok(begun)
}

/// Takes the mark back where nothing has gone over; says whether it is so. A commit of which nobody was told may have
/// come through.
///
/// # Errors
/// Where the database does not answer.
pub async fn take_back(app: &App) -> Result<bool, Error> {
    let transaction = app.db().begin().await?;
    // First, for it waits for whoever still takes the mark away.
    setting::remove(&transaction, setting::KEY_NEXT).await?;
    let named = setting::get(&transaction, setting::KEY).await?;
    transaction.commit().await?;
    Ok(named != Some(name(&app.settings().key)?))
}

/// Gives what lies sealed in the marked database under the key `before` to the server's key, in one transaction with its
/// event; says how many values those were.
///
/// # Errors
/// Where the database does not answer, or something in it opens under another key.
pub async fn database(app: &App, console: &Caller, before: &[u8; 32]) -> Result<u64, Error> {
    let (before, next) = (*before, app.settings().key);
    let name = name(&next)?;
    app.write_alone(console, |tx: Tx| {
        let name = name.clone();
        async move {
            tx.unhurried().await?;
            let anew = move |sealed: &str| reseal(&before, &next, sealed);
            let values = store::reseal::all(tx.db(), &anew).await?;
            setting::put(tx.db(), setting::KEY, &name).await?;
            setting::remove(tx.db(), setting::KEY_NEXT).await?;
            tx.said(Action::RotateKey, &Named(name), json!({ "values": values }));
            Ok(values)
        }
    })
    .await
}

/// Gives files that lie under the key `before` to the server's key, once the database has gone over; those that went over
/// before are left as they are.
///
/// # Errors
/// Where the folder cannot be read or the disk takes no more.
pub async fn files(app: &App, before: &[u8; 32]) -> Result<Rekept, Error> {
    let rekept = files::rekey(app, before).await?;
    // Nothing is left of what lay under the other key.
    app.db().write_anew().await?;
    Ok(rekept)
}

/// A key, by its name.
struct Named(String);

impl Audited for Named {
    const SUBJECT: Subject = Subject::Key;

    fn record(&self) -> String {
        self.0.clone()
    }

    fn name(&self) -> String {
        self.0.clone()
    }

    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        json!({})
    }
}
