//! `ronghed status`: a line for each subject, well or what to do.

use crate::backup::{Grave, Line, Watch, said, standing_of};
use crate::config::Config;
use crate::console::{Said, caller};
use jiff::SignedDuration;
use ronghe_app::{App, audit, message};
use ronghe_domain::message::mail::State;

/// So old the last check of the chain may be.
const CHAIN: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Says how the server stands; it fails where something is wrong. `watch` stands over the backups of one that runs.
pub(crate) async fn show(config: &Config, app: &App, watch: Option<&Watch>) -> Said {
    let mut lines = vec![database(config, app).await, disk(app), mail(app).await, chain(app).await];
    let backups = match watch {
        Some(watch) => Ok(Some((watch.standing(), watch.every()))),
        None => standing_of(config, app).await,
    };
    match backups {
        Ok(Some((standing, every))) => lines.extend(standing.lines(every, app.now())),
        Ok(None) => lines.push((
            Grave::Look,
            "backup: the server takes none by itself; name a folder in backup.to".to_owned(),
        )),
        Err(error) => lines.push((Grave::Wrong, format!("backup: how they stand cannot be read: {error:#}"))),
    }
    let fails = lines.iter().any(|(grave, _)| *grave == Grave::Wrong);
    let mark = |grave: Grave| match grave {
        Grave::Well => "✓",
        Grave::Look => "!",
        Grave::Wrong => "✗",
    };
    Said::of(lines.into_iter().map(|(grave, line)| format!("{} {line}", mark(grave))).collect(), fails)
}

async fn database(config: &Config, app: &App) -> Line {
    let name = config.without_password();
    match (app.db().ping().await, app.db().pending_migrations().await) {
        (Ok(()), Ok(0)) => (Grave::Well, format!("database: {name} writes")),
        (Ok(()), Ok(steps)) => {
            (Grave::Wrong, format!("database: {name} is {steps} steps behind: ronghed migrate"))
        }
        (Err(error), _) | (_, Err(error)) => {
            (Grave::Wrong, format!("database: {name} does not write: {error}"))
        }
    }
}

fn disk(app: &App) -> Line {
    let free = app.room().free().map_or("unknown".to_owned(), |bytes| format!("{} MiB", bytes / 1024 / 1024));
    if app.room().for_commands().is_err() {
        return (Grave::Wrong, format!("disk: {free} free, commands are refused; make room"));
    }
    if app.room().for_files().is_err() {
        return (Grave::Wrong, format!("disk: {free} free, files are refused; make room"));
    }
    (Grave::Well, format!("disk: {free} free"))
}

async fn mail(app: &App) -> Line {
    match (message::count(app, State::Waiting).await, message::count(app, State::Failed).await) {
        (Ok(waiting), Ok(0)) => (Grave::Well, format!("mail: {waiting} waiting, none given up")),
        (Ok(waiting), Ok(failed)) => (
            Grave::Look,
            format!("mail: {waiting} waiting, {failed} given up; administrators send them again"),
        ),
        (Err(error), _) | (_, Err(error)) => {
            (Grave::Wrong, format!("mail: the outbox cannot be read: {error}"))
        }
    }
}

async fn chain(app: &App) -> Line {
    let last = match audit::standing(app, &caller("status")).await {
        Ok(standing) => standing.last,
        Err(error) => return (Grave::Wrong, format!("chain: its last check cannot be read: {error}")),
    };
    let Some(last) = last else {
        return (
            Grave::Look,
            "chain: never checked; run ronghed verify-audit, or auditors check it".to_owned(),
        );
    };
    let age = app.now().duration_since(last.finished_at);
    let ago = said(age);
    match last.faults.len() {
        0 if age > CHAIN => (Grave::Look, format!("chain: checked {ago} ago, it was whole; check it again")),
        0 => (Grave::Well, format!("chain: checked {ago} ago, {} events, whole", last.events)),
        faults => {
            (Grave::Wrong, format!("chain: checked {ago} ago, {faults} faults; run ronghed verify-audit"))
        }
    }
}
