//! What the server does by itself, beside answering.

use crate::backup::Watch;
use ronghe_app::files::Rekept;
use ronghe_app::{App, application, audit, export, files, message, once, session};
use std::sync::Arc;
use std::time::Duration;

/// Begins all of it.
pub(crate) fn begin(app: &App, watch: Option<Arc<Watch>>) {
    tokio::spawn(tidy_up(app.clone()));
    tokio::spawn(mail(app.clone()));
    tokio::spawn(write_down(app.clone()));
    tokio::spawn(open_seals(app.clone()));
    tokio::spawn(remind(app.clone()));
    tokio::spawn(take_out(app.clone()));
    if let Some(watch) = watch {
        tokio::spawn(back_up(app.clone(), Arc::clone(&watch)));
        tokio::spawn(check_backups(app.clone(), watch));
    }
}

/// Every minute: whether a backup is due.
async fn back_up(app: App, watch: Arc<Watch>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        minutes.tick().await;
        watch.back_up(&app).await;
    }
}

/// Beside it, for it takes long: every minute and after each backup, whether the newest is to be checked.
async fn check_backups(app: App, watch: Arc<Watch>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        tokio::select! { _ = minutes.tick() => {}, () = watch.taken() => {} }
        watch.check(&app).await;
    }
}

/// Mails what waits in the outbox, every few seconds.
async fn mail(app: App) {
    let mut turns = tokio::time::interval(Duration::from_secs(10));
    loop {
        turns.tick().await;
        if let Err(error) = message::deliver(&app).await {
            tracing::warn!(%error, "the outbox could not be read");
        }
    }
}

/// Makes the lists that people asked for in the background, every few seconds.
async fn take_out(app: App) {
    match export::resume(&app).await {
        Ok(0) => {}
        Ok(exports) => tracing::info!(exports, "took exports up again that were left in the middle"),
        Err(error) => tracing::warn!(%error, "exports that were left in the middle could not be looked for"),
    }
    let mut turns = tokio::time::interval(Duration::from_secs(2));
    loop {
        turns.tick().await;
        match export::run_due(&app).await {
            Ok(0) => {}
            Ok(exports) => tracing::info!(exports, "made exports"),
            Err(error) => tracing::warn!(%error, "exports could not be looked for"),
        }
    }
}

/// Every few seconds: applications whose window has closed are opened.
async fn open_seals(app: App) {
    let mut turns = tokio::time::interval(Duration::from_secs(10));
    loop {
        turns.tick().await;
        match application::open_due(&app).await {
            Ok(0) => {}
            Ok(cycles) => tracing::info!(cycles, "opened the seals of applications"),
            Err(error) => tracing::warn!(%error, "the seals of applications could not be opened"),
        }
    }
}

/// Every minute: whether there is a day whose reminders have not gone out.
async fn remind(app: App) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        minutes.tick().await;
        match message::remind_due(&app).await {
            Ok(0) => {}
            // How many is not said: it would count drafts and what lies sealed.
            Ok(_) => tracing::info!("reminded of what is due"),
            Err(error) => tracing::warn!(%error, "people could not be reminded of what is due"),
        }
    }
}

/// Every minute, what is counted in memory is written down: failures at the door, of which those of an hour
/// that is over are chained, and who was here.
async fn write_down(app: App) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        minutes.tick().await;
        write_down_now(&app).await;
    }
}

pub(crate) async fn write_down_now(app: &App) {
    if let Err(error) = audit::sum_failures(app).await {
        tracing::warn!(%error, "failures at the door could not be written down");
    }
    if let Err(error) = session::write_seen(app).await {
        tracing::warn!(%error, "who was here could not be written down");
    }
}

/// Every hour, what is no longer needed is forgotten.
async fn tidy_up(app: App) {
    let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hours.tick().await;
        match once::forget(&app).await {
            Ok(0) => {}
            Ok(answers) => tracing::info!(answers, "forgot kept answers"),
            Err(error) => tracing::warn!(%error, "could not forget kept answers"),
        }
        if let Err(error) = session::forget_attempts(&app).await {
            tracing::warn!(%error, "could not forget old attempts to sign in");
        }
        match export::forget(&app).await {
            Ok(0) => {}
            Ok(exports) => tracing::info!(exports, "took exports away whose days have passed"),
            Err(error) => tracing::warn!(%error, "could not take old exports away"),
        }
        match files::remove_strays(&app).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "removed uploads that never ended"),
            Err(error) => tracing::warn!(%error, "could not look for uploads that never ended"),
        }
        match files::seal_kept(&app).await {
            Ok(Rekept { sealed: 0, damaged: 0 }) => {}
            Ok(Rekept { sealed, damaged: 0 }) => {
                tracing::info!(sealed, "encrypted files that were kept before")
            }
            Ok(Rekept { sealed, damaged }) => {
                tracing::warn!(sealed, damaged, "not all files are what was kept")
            }
            Err(error) => tracing::warn!(%error, "could not encrypt files that were kept before"),
        }
    }
}
