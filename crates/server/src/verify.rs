//! `ronghed verify-audit`.

use crate::config::Config;
use crate::log::print_line;
use anyhow::Result;
use ronghe_app::{App, Caller, Clock, Settings, audit};
use ronghe_domain::audit::{Fault, Via};
use ronghe_store::Db;
use std::process::ExitCode;

/// Walks the chain; exit code 1 where it does not hold.
pub(crate) async fn run(config: &Config) -> Result<ExitCode> {
    let app = App::new(Db::connect(&config.database).await?, Clock::Real, Settings::default());
    let checked = audit::verify(&app, &Caller::system(Via::Console, "verify-audit")).await?;
    for fault in &checked.faults {
        print_line(&words(fault));
    }
    if checked.faults.is_empty() {
        print_line(&format!("✓ {} events, the chain is whole, head {}", checked.events, checked.head));
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::from(1))
    }
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Gap { expected, found } => format!("event {expected} is missing: {found} follows"),
        Fault::Broken { seq } => format!("event {seq} does not name the one before it"),
        Fault::Altered { seq } => format!("event {seq} was altered"),
        Fault::Time { seq } => format!("event {seq} is earlier than the one before it"),
        Fault::Detail { seq } => format!("the words beside event {seq} were altered"),
        Fault::Truncated { head, found } => format!("the chain ends at {found}, its head says {head}"),
        Fault::Record { seq, subject, record } => {
            format!("{subject:?} {record} does not stand as event {seq} says")
        }
    }
}
