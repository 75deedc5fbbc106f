//! What the unit of its need thinks of an application: given, given anew, read by those whom it concerns.

use super::{Filter, Shown, Sort, lock, shown};
use crate::audited::Audited;
use crate::unit::{Tx, refused};
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope as TokenScope;
use ronghe_domain::application::opinion::{Action, Reading, decide, offers, reads};
use ronghe_domain::application::rules::Scope;
use ronghe_domain::application::{Application, Name, Opinion, OpinionDraft, Place, Refusal, Row, Stance};
use ronghe_domain::audit::{self, Subject};
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::{ApplicationId, Offer, Version};
use ronghe_domain::need::Name as NeedName;
use ronghe_domain::need::rules::{Scope as NeedScope, files};
use ronghe_store as store;
use ronghe_store::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An opinion with the name of its application.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voiced<'a> {
    pub(crate) opinion: &'a Opinion,
    pub(crate) name: &'a str,
}

impl Audited for Voiced<'_> {
    const SUBJECT: Subject = Subject::UnitOpinion;

    /// An application has one.
    fn record(&self) -> String {
        self.opinion.application.to_string()
    }

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn version(&self) -> i64 {
        self.opinion.version().0
    }

    fn snapshot(&self) -> Value {
        json!({ "said": self.opinion.said })
    }
}

/// The opinion on an application, as far as the caller reads it, and what they can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opined {
    /// What was said, or the last word of it.
    pub opinion: Opinion,
    /// Of the whole.
    pub version: Version,
    pub offers: Vec<Offer<Action, Refusal>>,
}

/// The opinion on `application`, where the caller reads it.
pub(super) async fn read<C: Connection>(
    db: &C,
    caller: &Caller,
    application: &Application,
    place: Place,
    phase: Phase,
) -> Result<Option<Opined>, Error> {
    let Some(reading) = reads(&caller.actor, place) else { return Ok(None) };
    let mut opinion = store::application::opinion::of(db, application.id).await?;
    let version = opinion.version();
    if reading == Reading::Last {
        opinion.said = opinion.said.pop().into_iter().collect();
    }
    Ok(Some(Opined { opinion, version, offers: offers(&caller.actor, place, phase) }))
}

/// The last words on those of `places` whose opinions the caller reads; nothing stands for one that has not come.
///
/// # Errors
/// Where the database does not answer.
pub async fn stances(
    app: &App,
    caller: &Caller,
    places: impl Iterator<Item = (ApplicationId, Place)>,
) -> Result<BTreeMap<ApplicationId, Option<Stance>>, Error> {
    let read = places.filter(|(_, place)| reads(&caller.actor, *place).is_some());
    let mut all: BTreeMap<_, Option<Stance>> = read.map(|(id, _)| (id, None)).collect();
    if !all.is_empty() {
        let last = store::application::opinion::last(app.db().reader(), all.keys().copied()).await?;
        all.extend(last.into_iter().map(|(id, stance)| (id, Some(stance))));
    }
    Ok(all)
}

/// The applications of `cycle` that wait for the opinion of the caller's unit, and how many there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting(
    app: &App,
    caller: &Caller,
    cycle: &Cycle,
    limit: u64,
) -> Result<(Vec<Row>, u64), Error> {
    let own = caller.actor.org().filter(|_| files(&caller.actor)).map(Scope::Offered);
    let filter = Filter {
        cycle: Some(cycle.id),
        opinion: Some(false),
        sort: Sort::Number,
        limit,
        ..Filter::default()
    };
    let scope: Vec<Scope> = own.into_iter().collect();
    Ok(store::application::list(app.db().reader(), &app.sealer(), &scope, &filter).await?)
}

/// Says what the caller's unit thinks of an application for its need; what was said before is kept beside it.
///
/// # Errors
/// Where the caller may not, or not now; where fields do not hold; where something was said since `seen`.
pub async fn opine(
    app: &App,
    caller: &Caller,
    name: &str,
    draft: &OpinionDraft,
    seen: Version,
) -> Result<Shown, Error> {
    caller.needs(TokenScope::WriteNeed)?;
    let name = Name::parse(name).ok_or(Error::Hidden)?;
    app.write(caller, |tx: Tx| {
        let name = name.clone();
        async move {
            let (cycle, application) = lock(app, &tx, caller, &name).await?;
            let need =
                store::need::get(tx.db(), tx.sealer(), &[NeedScope::All], NeedName::Draft(application.need))
                    .await?;
            let before = store::application::opinion::of(tx.db(), application.id).await?;
            let said = application.name().to_string();
            let place = Place::of(&application, need.unit);
            if let Err(refusal) = decide(&caller.actor, place, cycle.phase) {
                // What lies under seal stands outside the chain, and what is refused on it too.
                return Err(match application.opened_at {
                    Some(_) => {
                        let voiced = Voiced { opinion: &before, name: &said };
                        refused(&voiced, audit::Action::Opine, refusal)
                    }
                    None => Error::refused(refusal),
                });
            }
            if before.version() != seen {
                return Err(Error::Stale { current: Some(before.version()) });
            }
            let account = caller.actor.account().ok_or(Error::Unauthenticated)?;
            let word = draft.check(account, cycle.now(tx.now())).map_err(Error::Invalid)?;
            let after = before.saying(word);
            store::application::opinion::insert(tx.db(), &after).await?;
            let (then, now) =
                (Voiced { opinion: &before, name: &said }, Voiced { opinion: &after, name: &said });
            if before.said.is_empty() {
                tx.created(audit::Action::Opine, &now);
            } else {
                tx.changed(audit::Action::Opine, &then, &now);
            }
            shown(app, tx.db(), caller, application, Arc::new(cycle), tx.now()).await
        }
    })
    .await
}
