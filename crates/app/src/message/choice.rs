//! Which of their messages a person also gets by mail.

use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::kernel::Version;
use ronghe_domain::message::choice::{Choice, ChoiceDraft};
use ronghe_store as store;

/// What the caller has chosen.
///
/// # Errors
/// `Unauthenticated` for the public.
pub async fn choice(app: &App, caller: &Caller) -> Result<Choice, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    let found = store::message::choice::of(app.db().reader(), account).await?;
    Ok(found.unwrap_or_else(|| Choice::none(account)))
}

/// Chooses anew. It is the caller's own matter, and leaves no event.
///
/// # Errors
/// `Unauthenticated` for the public; where a kind cannot be switched off, or it was chosen since `seen`.
pub async fn choose(app: &App, caller: &Caller, draft: &ChoiceDraft, seen: Version) -> Result<Choice, Error> {
    let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
    caller.more_than_reads()?;
    app.write(caller, |tx: Tx| async move {
        let before = store::message::choice::lock(tx.db(), account).await?;
        let before = before.unwrap_or_else(|| Choice::none(account));
        if before.version != seen {
            return Err(Error::Stale { current: Some(before.version) });
        }
        let after = draft.check(&before).map_err(Error::Invalid)?;
        match store::message::choice::set(tx.db(), seen, &after).await {
            // Someone has chosen for the first time meanwhile, in another window.
            Err(store::Error::Conflict(_)) => return Err(Error::Stale { current: None }),
            done => done?,
        }
        Ok(after)
    })
    .await
}
