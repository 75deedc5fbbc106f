//! What lies under the server's key: telephones that lay open before, and all of it when the key changes.

pub mod rotate;

use crate::{App, Error};
use ronghe_store::{need, org, setting};

/// Rows that are sealed at once.
const STEP: u64 = 500;

/// Seals the telephones of a database in which they lie as they were typed; says how many rows hold them sealed now.
/// Whatever ends this loses nothing, and the next time goes on with the rest; several servers do it side by side.
///
/// # Errors
/// Where the database does not answer, or the disk has no room for its file written anew.
pub async fn seal_open(app: &App) -> Result<u64, Error> {
    if setting::get(app.db().reader(), setting::PHONES_OPEN).await?.is_none() {
        return Ok(0);
    }
    let sealer = app.sealer();
    let mut sealed = 0;
    loop {
        let transaction = app.db().begin_alone().await?;
        let needs = need::seal_open(&transaction, &sealer, STEP).await?;
        let orgs = org::seal_open(&transaction, &sealer, STEP).await?;
        transaction.commit().await?;
        if needs + orgs == 0 {
            break;
        }
        sealed += needs + orgs;
    }
    app.db().write_anew().await?;
    // Last, so that whoever was ended before writes the file anew.
    let transaction = app.db().begin().await?;
    setting::remove(&transaction, setting::PHONES_OPEN).await?;
    transaction.commit().await?;
    Ok(sealed)
}
