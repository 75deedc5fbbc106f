//! `ronghed verify-audit`.

use crate::config::Config;
use crate::log::print_line;
use anyhow::Result;
use ronghe_app::{App, Caller, Clock, Settings, audit};
use ronghe_domain::audit::Via;
use ronghe_store::Db;
use ronghe_text::{Lang, fault};
use std::process::ExitCode;

/// Walks the chain; exit code 1 where it does not hold.
pub(crate) async fn run(config: &Config) -> Result<ExitCode> {
    let settings = Settings { files: config.files.clone(), ..Settings::default() };
    let app = App::new(Db::connect(&config.database).await?, Clock::Real, settings);
    let checked = audit::verify(&app, &Caller::system(Via::Console, "verify-audit")).await?;
    for found in &checked.faults {
        print_line(&fault(Lang::En, found));
    }
    if checked.faults.is_empty() {
        print_line(&format!("✓ {} events, the chain is whole, head {}", checked.events, checked.head));
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::from(1))
    }
}
