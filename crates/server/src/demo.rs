//! `ronghed demo`: the demonstration's world on this machine.

use crate::alone;
use crate::config::Config;
use crate::console::write_privately;
use crate::http;
use crate::log::print_line;
use anyhow::{Context, Result, anyhow, bail};
use jiff::SignedDuration;
use ronghe_app::{App, Clock};
use ronghe_demo::Size;
use ronghe_domain::kernel::{Date, Instant, parse_date};
use ronghe_text::{Lang, role};
use std::path::{Path, PathBuf};

/// Letters and figures that are not mistaken for one another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";

/// Makes the world where there is none, and serves it.
pub(crate) async fn run(config: &Config, today: Option<&str>, size: Size, make_only: bool) -> Result<()> {
    if !config.listen.ip().is_loopback() {
        bail!("listen: a demonstration serves this machine only, give a loopback address");
    }
    http::make_folder(&config.database)?;
    let alone = alone::hold_or_fail(config)?;
    let db = http::open(config).await?;
    db.migrate().await.context("cannot bring the schema up to date")?;
    let settings = http::settings(config, true)?;
    let making = App::new(db.clone(), Clock::standing_at(Instant::UNIX_EPOCH), settings.clone());
    let is_empty = making.register().await?.directory.orgs.is_empty();
    let passwords = password_file(config);
    let real = App::new(db.clone(), Clock::Real, settings.clone()).today();
    let day = match today {
        None => real,
        Some(text) => {
            parse_date(text).with_context(|| format!("today: {text} is no day such as 2026-03-10"))?
        }
    };
    if is_empty {
        let password = new_password(&passwords)?;
        ronghe_demo::make(&making, day, &password, size).await?;
        print_line(&format!("made the demonstration's world as of {day}"));
    } else if !making.is_demonstration().await? {
        bail!("database: {} holds no demonstration", config.without_password());
    }
    if make_only {
        return Ok(());
    }
    say_accounts(&passwords)?;
    print_line(&format!("serving the demonstration on http://{}", config.listen));
    print_line("its people and schools are invented; its offices, districts and universities are real");
    http::run(config, App::new(db, clock(real, day)?, settings), alone).await
}

/// The real clock; where the demonstration is to stand on another day, so many days off.
fn clock(real: Date, day: Date) -> Result<Clock> {
    let days = real.until(day).context("today: the day is too far away")?.get_days();
    let ahead = SignedDuration::from_hours(24 * i64::from(days));
    Ok(if days == 0 { Clock::Real } else { Clock::Ahead(ahead) })
}

/// A password for everyone in the demonstration, kept beside the database.
fn new_password(path: &Path) -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("{error}"))?;
    let letters: Vec<char> = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .copied()
        .map(char::from)
        .collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    let password = groups.join("-");
    if path.exists() {
        std::fs::remove_file(path).with_context(|| format!("cannot replace {}", path.display()))?;
    }
    write_privately(path, format!("{password}\n").as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(password)
}

fn say_accounts(passwords: &Path) -> Result<()> {
    let password =
        std::fs::read_to_string(passwords).with_context(|| format!("cannot read {}", passwords.display()))?;
    print_line("sign in at /app with one click, or as one of these with the password below:");
    for (stands_for, person) in ronghe_demo::door()? {
        print_line(&format!("  {:<14} {} {}", person.login, person.name, role(Lang::Zh, stands_for)));
    }
    print_line(&format!("  password: {}", password.trim()));
    Ok(())
}

/// Beside the database; a demonstration on PostgreSQL keeps it in the working folder.
fn password_file(config: &Config) -> PathBuf {
    config.key.with_extension("password")
}
