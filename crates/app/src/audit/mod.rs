//! Reading the audit chain, and checking that it is whole.

mod check;
mod failures;
mod restored;
mod verify;

pub(crate) use check::Job;
pub(crate) use failures::Failures;

use crate::{App, Caller, Error};
use ronghe_domain::application::opinion::{Reading, reads};
use ronghe_domain::audit::{Action, Subject};
use ronghe_domain::cycle::rules::sees_preparation;
use ronghe_domain::kernel::{Actor, Instant, Role};
use ronghe_domain::need::rules::{Measures, passes};
use ronghe_domain::need::{Need, reads_list_only, sees_verdicts};
use ronghe_domain::policy::rules;
use ronghe_store::audit::{first, list};

pub use check::{Kept, Running, Standing, standing, start};
pub use failures::sum_failures;
pub use restored::{Backup, restored};
pub use ronghe_store::audit::{Filter, Stored};
pub use verify::{Checked, verify, walk};

/// Events, newest first, for those who watch.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn events(app: &App, caller: &Caller, filter: &Filter) -> Result<(Vec<Stored>, u64), Error> {
    watches(caller)?;
    Ok(list(app.db().reader(), filter).await?)
}

/// The time line of one document, for those who may see its draft.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn policy_events(
    app: &App,
    caller: &Caller,
    slug: &str,
    limit: u64,
) -> Result<(Vec<Stored>, u64), Error> {
    if rules::scope(&caller.actor) != rules::Scope::All {
        return Err(Error::Hidden);
    }
    let policy = crate::policy::show(app, caller, slug).await?;
    let filter = Filter {
        subject: Some(Subject::Policy),
        record: Some(policy.id.to_string()),
        limit,
        ..Filter::default()
    };
    Ok(list(app.db().reader(), &filter).await?)
}

/// The time line of one account, for those who may see it.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn account_events(
    app: &App,
    caller: &Caller,
    login: &str,
    limit: u64,
) -> Result<(Vec<Stored>, u64), Error> {
    let account = crate::account::show(app, caller, login).await?;
    let filter = Filter {
        subject: Some(Subject::Account),
        record: Some(account.id.to_string()),
        limit,
        ..Filter::default()
    };
    Ok(list(app.db().reader(), &filter).await?)
}

/// The time line of one cycle, for those who may see it.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn cycle_events(
    app: &App,
    caller: &Caller,
    year: &str,
    limit: u64,
) -> Result<(Vec<Stored>, u64), Error> {
    if caller.actor.account().is_none() {
        return Err(Error::Hidden);
    }
    let cycle = crate::cycle::show(app, caller, year).await?;
    let filter = Filter {
        subject: Some(Subject::Cycle),
        record: Some(cycle.id.to_string()),
        limit,
        ..Filter::default()
    };
    let found = list(app.db().reader(), &filter).await?;
    // How it was prepared is for those who saw it then.
    if sees_preparation(&caller.actor) {
        return Ok(found);
    }
    // Its moves are told by its own clock, which a rehearsal sets as it likes; events are by the server's.
    let opened = first(app.db().reader(), Subject::Cycle, &cycle.id.to_string(), Action::Open).await?;
    Ok(from(found, opened))
}

/// The time line of one need, for those who may see it.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn need_events(
    app: &App,
    caller: &Caller,
    name: &str,
    limit: u64,
) -> Result<(Vec<Stored>, u64), Error> {
    let need = crate::need::show(app, caller, name).await?.need;
    // How it came onto the list is not for those who read the list alone.
    if reads_list_only(&caller.actor, &need, &Measures::new()) {
        return Ok((Vec::new(), 0));
    }
    // What is meant in 遴选 stands in events of its own under the same id, for who sees it.
    let whole = sees_verdicts(&caller.actor);
    let filter = Filter {
        subject: Some(Subject::Need).filter(|_| !whole),
        record: Some(need.id.to_string()),
        limit,
        ..Filter::default()
    };
    let found = list(app.db().reader(), &filter).await?;
    // What its school and its district had between them stays theirs.
    let since = if passes(&caller.actor, &need) { None } else { arrived(app, &need).await? };
    Ok(from(found, since))
}

/// When a need reached the lead office, by the server's clock, as events are told.
async fn arrived(app: &App, need: &Need) -> Result<Option<Instant>, Error> {
    if !need.year.is_rehearsal() {
        return Ok(need.forwarded_at);
    }
    // A rehearsal's clock may have been set since. What nobody forwards arrives as it is submitted.
    let (db, record) = (app.db().reader(), need.id.to_string());
    match first(db, Subject::Need, &record, Action::Forward).await? {
        Some(forwarded) => Ok(Some(forwarded)),
        None => Ok(first(db, Subject::Need, &record, Action::Submit).await?),
    }
}

/// The time line of one application since its seal was opened, for those who may see it.
///
/// # Errors
/// `Hidden` for everybody else.
pub async fn application_events(
    app: &App,
    caller: &Caller,
    name: &str,
    limit: u64,
) -> Result<(Vec<Stored>, u64), Error> {
    let shown = crate::application::show_whole(app, caller, name).await?;
    let application = &shown.application;
    // What its need's unit thinks of it stands in events of its own under the same id, for who reads all of them.
    let whole = reads(&caller.actor, shown.place()) == Some(Reading::All);
    let filter = Filter {
        subject: Some(Subject::Application).filter(|_| !whole),
        record: Some(application.id.to_string()),
        limit,
        ..Filter::default()
    };
    Ok(list(app.db().reader(), &filter).await?)
}

/// The events since an instant.
fn from((mut events, total): (Vec<Stored>, u64), since: Option<Instant>) -> (Vec<Stored>, u64) {
    let Some(since) = since else { return (events, total) };
    let before = events.len();
    events.retain(|stored| stored.event.at >= since);
    let left_out = u64::try_from(before - events.len()).unwrap_or_default();
    (events, total.saturating_sub(left_out))
}

fn watches(caller: &Caller) -> Result<(), Error> {
    if caller.actor.has(Role::Auditor) || caller.actor == Actor::System { Ok(()) } else { Err(Error::Hidden) }
}
