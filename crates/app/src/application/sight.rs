//! What the caller reads of an application: the whole, or what it offers to their unit.

use super::{Filter, Shown, show};
use crate::{App, Caller, Error};
use ronghe_domain::application::search::Words;
use ronghe_domain::application::sight::{Place, reads_offer_only};
use ronghe_domain::cycle::CycleYear;
use ronghe_domain::kernel::NeedId;
use ronghe_domain::need::Row as NeedRow;
use ronghe_domain::need::rules::Scope as NeedScope;
use ronghe_store as store;
use std::collections::BTreeSet;

impl Shown {
    /// What decides who sees it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::of(&self.application, self.need.unit)
    }
}

/// The needs that applications answer, as lists show them: whoever sees an application sees what it answers.
///
/// # Errors
/// Where the database does not answer.
pub async fn needs_of(app: &App, needs: &BTreeSet<NeedId>) -> Result<Vec<NeedRow>, Error> {
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::need::rows(app.db().reader(), &[NeedScope::All], needs.iter().copied()).await?)
}

/// One application, where the caller reads it whole.
///
/// # Errors
/// `Hidden` where they do not see it, or see no more than what it offers to their unit.
pub async fn show_whole(app: &App, caller: &Caller, name: &str) -> Result<Shown, Error> {
    let shown = show(app, caller, name).await?;
    if reads_offer_only(&caller.actor, shown.place()) { Err(Error::Hidden) } else { Ok(shown) }
}

/// Without the applications of rehearsals, unless the list is of one, or of a need, or one is asked for by its number.
pub(super) async fn apart(app: &App, filter: &Filter) -> Result<Filter, Error> {
    let asked = filter.words.as_ref().and_then(Words::number);
    let year = asked.and_then(|number| CycleYear::parse(&number.cycle));
    let is_named = filter.need.is_some() || year.is_some_and(CycleYear::is_rehearsal);
    let mut filter = filter.clone();
    if filter.cycle.is_none() && !is_named {
        filter.without = app.register().await?.rehearsals();
    }
    Ok(filter)
}
