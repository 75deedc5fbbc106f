//! `ronghed demo`: the demonstration's world on this machine.

use crate::config::Config;
use crate::http;
use crate::log::print_line;
use anyhow::{Context, Result, bail};
use ronghe_app::{App, Clock, Settings};
use ronghe_domain::kernel::{Instant, parse_date};
use ronghe_store::Db;

/// Makes the world where there is none, and serves it.
pub(crate) async fn run(config: &Config, today: Option<&str>, make_only: bool) -> Result<()> {
    if !config.listen.ip().is_loopback() {
        bail!("listen: a demonstration serves this machine only, give a loopback address");
    }
    http::make_folder(&config.database)?;
    let db = Db::connect(&config.database).await.context("cannot open the database")?;
    db.migrate().await.context("cannot bring the schema up to date")?;
    let settings = Settings { demo: true, ..Settings::default() };
    let making = App::new(db.clone(), Clock::standing_at(Instant::UNIX_EPOCH), settings.clone());
    let is_empty = making.register().await?.directory.orgs.is_empty();
    if is_empty {
        let real = App::new(db.clone(), Clock::Real, settings.clone());
        let day = match today {
            None => real.today(),
            Some(text) => {
                parse_date(text).with_context(|| format!("today: {text} is no day such as 2026-03-10"))?
            }
        };
        ronghe_demo::make(&making, day).await?;
        print_line(&format!("made the demonstration's world as of {day}"));
    }
    if make_only {
        return Ok(());
    }
    print_line(&format!("serving the demonstration on http://{}", config.listen));
    print_line("its people and schools are invented; its offices, districts and universities are real");
    http::run(config, App::new(db, Clock::Real, settings)).await
}
