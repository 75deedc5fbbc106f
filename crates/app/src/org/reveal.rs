//! Reading whom to call with the telephones whole: for a reason, and not without an event.

use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope;
use ronghe_domain::audit;
use ronghe_domain::org::people::reveal_reason;
use ronghe_domain::org::{Action, Contact, rules};
use ronghe_store as store;

/// Who answers for an organisation, with the telephones whole. The event that says who read them and why is
/// committed before anything is given back; the numbers do not stand in it.
///
/// # Errors
/// Where the caller does not have to call it, says no reason, or there is no number.
pub async fn reveal(app: &App, caller: &Caller, slug: &str, reason: &str) -> Result<Vec<Contact>, Error> {
    // Whoever calls does so for the needs that they handle.
    caller.needs(Scope::WriteNeed)?;
    app.write(caller, |tx: Tx| async move {
        let directory = store::org::directory(tx.db(), tx.sealer()).await?;
        let org = directory.org_by_slug(slug).ok_or(Error::Hidden)?;
        rules::decide(&caller.actor, org, directory.superior(&caller.actor), Action::Reveal)
            .map_err(|refusal| refused(org, audit::Action::Reveal, refusal))?;
        let reason = reveal_reason(reason).map_err(|error| Error::Invalid(vec![error]))?;
        tx.revealed(org, &reason);
        Ok(org.contacts.clone())
    })
    .await
}
