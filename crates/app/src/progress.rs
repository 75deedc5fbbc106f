//! What a cycle has come to.

use crate::{App, Caller, Error, need};
use ronghe_domain::application::rules as application;
use ronghe_domain::cycle::{Cycle, Phase};
use ronghe_domain::kernel::Actor;
use ronghe_domain::need::filing::scope as filing_scope;
use ronghe_domain::need::rules::{Facts, Measures, oversees, scope};
use ronghe_domain::need::{State, sees_verdicts};
use ronghe_domain::progress::{Applied, Counted, Line, progress};
use ronghe_domain::question::Question;
use ronghe_domain::question::rules::answers;
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
    let fates = fates(app, actor, &cycle).await?;
    let questions = questions(app, actor, &cycle).await?;
    let applications = applications(app, actor, &cycle).await?;
    let counted = Counted { filing, verdicts, opinions, fates, questions, applications };
    Ok(progress(&counted, &Facts::of(&cycle), app.now()))
}

/// What became of needs, for who oversees them, once a list is published.
async fn fates(app: &App, actor: &Actor, cycle: &Cycle) -> Result<Option<(u64, u64, u64)>, Error> {
    let register = app.register().await?;
    if !oversees(actor) || register.lists_of(cycle.id).next().is_none() {
        return Ok(None);
    }
    let scope = filing_scope(actor, &register.directory);
    let counts = store::need::counts(app.db().reader(), &scope, cycle.id).await?;
    let sum = |is: fn(State) -> bool| counts.iter().filter(|it| is(it.state)).map(|it| it.count).sum();
    let is_declined = |state| state == State::Declined;
    let is_merged = |state| state == State::Merged;
    Ok(Some((sum(State::is_on_list), sum(is_declined), sum(is_merged))))
}

/// Questions that wait for an answer, for who gives any.
async fn questions(app: &App, actor: &Actor, cycle: &Cycle) -> Result<Option<(u64, u64)>, Error> {
    let Some(scope) = answers(actor) else { return Ok(None) };
    if cycle.phase < Phase::AcceptingApplications {
        return Ok(None);
    }
    let found = store::question::waiting(app.db().reader(), scope, cycle.id, None).await?;
    let now = cycle.now(app.now());
    let count = |is: &dyn Fn(&Question) -> bool| found.iter().fold(0, |sum, it| sum + u64::from(is(it)));
    Ok(Some((count(&|_| true), count(&|it| it.is_overdue(now)))))
}

/// Applications, for who reads them all, once their seals are opened.
async fn applications(app: &App, actor: &Actor, cycle: &Cycle) -> Result<Option<Applied>, Error> {
    if !application::scope(actor).contains(&application::Scope::Opened) {
        return Ok(None);
    }
    let db = app.db().reader();
    if store::application::opening::of(db, cycle.id).await?.is_none() {
        return Ok(None);
    }
    let all = store::application::opening::standing(db, cycle.id).await?;
    let register = app.register().await?;
    let newest = register.lists_of(cycle.id).next_back();
    let listed = newest.iter().flat_map(|it| &it.list.entries).map(|entry| entry.need).collect();
    Ok(Some(Applied::of(&all, &listed)))
}
