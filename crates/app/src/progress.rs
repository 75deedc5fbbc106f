//! What a cycle has come to.

use crate::{App, Caller, Error, need};
use ronghe_domain::kernel::Actor;
use ronghe_domain::need::rules::{Facts, Measures, oversees, scope};
use ronghe_domain::need::{State, sees_verdicts};
use ronghe_domain::progress::{Counted, Line, progress};
use ronghe_store as store;

/// What the cycle of `year` has come to, as far as the caller may know.
///
/// # Errors
/// `Unauthenticated` for the public, `Hidden` where the caller may not see the cycle.
pub async fn show(app: &App, caller: &Caller, year: &str) -> Result<Vec<Line>, Error> {
    if caller.actor == Actor::Visitor {
        return Err(Error::Unauthenticated);
    }
    let cycle = crate::cycle::show(app, caller, year).await?;
    let actor = &caller.actor;
    let filing = match oversees(actor) {
        true => Some(need::filing(app, caller, cycle.id).await?),
        false => None,
    };
    let verdicts = match sees_verdicts(actor) {
        true => {
            let db = app.db().reader();
            let open = need::Filter {
                cycle: Some(cycle.id),
                states: vec![State::Screening],
                decided: Some(false),
                ..need::Filter::default()
            };
            let open = store::need::count(db, &scope(actor, &Measures::new()), &open).await?;
            Some((open, store::need::verdict::counts(db, cycle.id).await?))
        }
        false => None,
    };
    let opinions = need::opinion_counts(app, caller, cycle.id).await?;
    let counted = Counted { filing, verdicts, opinions };
    Ok(progress(&counted, &Facts::of(&cycle), app.now()))
}
