//! Reading the contact's telephone whole: for a reason, and not without an event.

use super::{lock, measures, refusal_of};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::need::rules::{self, Facts};
use ronghe_domain::need::{Action, Name, Person};
use ronghe_domain::org::people::reveal_reason;

/// Who answers for a need, with the telephone whole. The event that says who read it and why is committed
/// before anything is given back; the number does not stand in it.
///
/// # Errors
/// Where the caller is not one of those who handle the need, or says no reason.
pub async fn reveal(app: &App, caller: &Caller, name: &str, reason: &str) -> Result<Person, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    let measures = measures(app, &caller.actor).await?;
    app.write(caller, |tx: Tx| {
        let measures = measures.clone();
        async move {
            let (cycle, need) = lock(&tx, caller, name, &measures).await?;
            rules::decide(&caller.actor, &need, &Facts::of(&cycle), Action::Reveal, tx.now())
                .map_err(|refusal| refusal_of(&need, Action::Reveal, refusal))?;
            let reason = reveal_reason(reason).map_err(|error| Error::Invalid(vec![error]))?;
            let contact = need.content.as_ref().ok_or(Error::Hidden)?.contact.clone();
            tx.revealed(&need, &reason);
            Ok(contact)
        }
    })
    .await
}
