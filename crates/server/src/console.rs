//! What only the server's own console does: the first administrator, a second hand, a way back in.

use crate::config::Config;
use crate::http;
use crate::log::print_line;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use ronghe_app::account::{self, NewAdministrator};
use ronghe_app::session::link::Made;
use ronghe_app::{App, Caller, Clock, Error};
use ronghe_domain::audit::Via;
use ronghe_text::{Lang, account_refusal, field_label, field_problem};

/// Who the first administrator is.
#[derive(Args, Debug)]
pub(crate) struct MakeAdmin {
    /// Sign-in name: 3 to 40 lower-case letters, figures, `.`, `-`, `_`.
    login: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// Official name of the office that runs the computers; made where there is no organisation yet.
    #[arg(long)]
    organisation: String,
    /// E-mail address.
    #[arg(long, default_value = "")]
    mail: String,
}

/// Makes the first administrator and prints the link for the password.
pub(crate) async fn make_admin(config: &Config, new: MakeAdmin) -> Result<()> {
    let app = open(config).await?;
    let new = NewAdministrator { login: new.login, name: new.name, mail: new.mail, org: new.organisation };
    let done = account::make_administrator(&app, &console("make-admin"), &new).await.map_err(said)?;
    print_line(&format!("made the administrator {}", done.account.login));
    say_link(config, done.link.as_ref());
    Ok(())
}

/// Prints a link by which someone comes in again.
pub(crate) async fn recover_admin(config: &Config, login: &str) -> Result<()> {
    let app = open(config).await?;
    let made = account::recover(&app, &console("recover-admin"), login).await.map_err(said)?;
    say_link(config, Some(&made));
    Ok(())
}

/// Confirms what waits on an account.
pub(crate) async fn confirm_grant(config: &Config, login: &str) -> Result<()> {
    let app = open(config).await?;
    let done = account::confirm_at_console(&app, &console("confirm-grant"), login).await.map_err(said)?;
    print_line(&format!("confirmed what waited on {}", done.account.login));
    say_link(config, done.link.as_ref());
    Ok(())
}

async fn open(config: &Config) -> Result<App> {
    let db = http::open(config).await?;
    Ok(App::new(db, Clock::Real, http::settings(config, false)?))
}

fn console(command: &str) -> Caller {
    Caller::system(Via::Console, command)
}

fn say_link(config: &Config, link: Option<&Made>) {
    if let Some(link) = link {
        let base = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
        print_line(&format!("{}/app/links/{}", base.trim_end_matches('/'), link.code));
        print_line(&format!("holds until {} and is shown this once", link.expires));
    }
}

/// What a use case refuses, in one line.
fn said(error: Error) -> anyhow::Error {
    match error {
        Error::Hidden => anyhow!("there is no such account, or it is disabled"),
        Error::Refused(refused) => match &refused.refusal {
            ronghe_app::Refusal::Account(refusal) => anyhow!(account_refusal(Lang::En, refusal)),
            ronghe_app::Refusal::Policy(_)
            | ronghe_app::Refusal::Org(_)
            | ronghe_app::Refusal::Cycle(_)
            | ronghe_app::Refusal::Need(_)
            | ronghe_app::Refusal::Mail(_) => anyhow!("refused"),
        },
        Error::Invalid(errors) => {
            let said: Vec<String> = errors
                .iter()
                .map(|error| {
                    format!(
                        "{}: {}",
                        field_label(Lang::En, &error.path),
                        field_problem(Lang::En, &error.problem)
                    )
                })
                .collect();
            anyhow!(said.join("; "))
        }
        other => anyhow::Error::new(other).context("the database does not answer"),
    }
}

/// The key that seals what must be read again: 32 bytes, made where there is none, readable by its owner only.
pub(crate) fn key(config: &Config) -> Result<[u8; 32]> {
    let path = &config.key;
    if !path.exists() {
        make_key(path).with_context(|| format!("cannot make the key {}", path.display()))?;
    }
    let bytes = std::fs::read(path).with_context(|| format!("cannot read the key {}", path.display()))?;
    <[u8; 32]>::try_from(bytes.as_slice())
        .map_err(|_| anyhow!("key: {} should hold 32 bytes, holds {}", path.display(), bytes.len()))
}

fn make_key(path: &std::path::Path) -> Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("{error}"))?;
    write_privately(path, &bytes)
}

/// Writes a new file that only its owner reads.
pub(crate) fn write_privately(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)?;
    Ok(())
}
