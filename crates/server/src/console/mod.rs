//! What only the server's own console does: the first administrator, a second hand, a way back in, a check of
//! the audit chain, a backup.

#[cfg(unix)]
pub(crate) mod socket;

use crate::backup::Watch;
use crate::config::Config;
use crate::log::print_line;
use crate::{alone, backup, http, status};
use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Args;
use ronghe_app::account::{self, NewAdministrator};
use ronghe_app::key::rotate::{self, Standing};
use ronghe_app::room::Room;
use ronghe_app::session::link::Made;
use ronghe_app::{App, Caller, Clock, Error, Settings, audit};
use ronghe_domain::audit::Via;
use ronghe_text::{Lang, account_refusal, fault, field_label, field_problem};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Who the first administrator is.
#[derive(Args, Debug, Serialize, Deserialize)]
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

/// What is asked at the console.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Ask {
    /// Make the first administrator.
    MakeAdmin(MakeAdmin),
    /// A link by which someone comes in again.
    RecoverAdmin { login: String },
    /// Be the second hand for what waits on an account.
    ConfirmGrant { login: String },
    /// Walk the audit chain.
    VerifyAudit,
    /// Take a backup into this folder, encrypted to these; where none are named, to those that the server knows.
    Backup { to: PathBuf, recipients: Vec<String> },
    /// Copy the embedded database to this file.
    Copy { to: PathBuf },
    /// How the server stands.
    Status,
}

/// What the console says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    lines: Vec<String>,
    /// Something that was checked does not hold.
    pub(crate) fails: bool,
}

/// Carries it out: in this process where no other serves the database, else in that one, so that what it
/// keeps in memory stays true. A database server is shared anyway.
pub(crate) async fn run(config: &Config, ask: Ask) -> Result<ExitCode> {
    http::make_folder(&config.database)?;
    let said = match alone::hold(config)? {
        Some(_alone) => carry_out(config, &open(config, &ask).await?, None, ask).await?,
        None => elsewhere(config, &ask).await?,
    };
    Ok(said.print())
}

/// Has the server that runs copy its embedded database to `to`.
pub(crate) async fn copy_elsewhere(config: &Config, to: &Path) -> Result<()> {
    elsewhere(config, &Ask::Copy { to: to.to_path_buf() }).await.map(|_copied| ())
}

#[cfg(unix)]
async fn elsewhere(config: &Config, ask: &Ask) -> Result<Said> {
    socket::ask(config, ask).await
}

#[cfg(not(unix))]
async fn elsewhere(config: &Config, _: &Ask) -> Result<Said> {
    anyhow::bail!("another process holds {}; stop it first", config.without_password())
}

/// Carries out what is asked on `app`; `watch` stands over the backups of a server that runs.
async fn carry_out(config: &Config, app: &App, watch: Option<&Watch>, ask: Ask) -> Result<Said> {
    match ask {
        Ask::MakeAdmin(new) => {
            let new =
                NewAdministrator { login: new.login, name: new.name, mail: new.mail, org: new.organisation };
            let done = account::make_administrator(app, &caller("make-admin"), &new).await.map_err(said)?;
            Ok(Said::line(format!("made the administrator {}", done.account.login))
                .with_link(config, done.link.as_ref()))
        }
        Ask::RecoverAdmin { login } => {
            let made = account::recover(app, &caller("recover-admin"), &login).await.map_err(said)?;
            Ok(Said::default().with_link(config, Some(&made)))
        }
        Ask::ConfirmGrant { login } => {
            let done =
                account::confirm_at_console(app, &caller("confirm-grant"), &login).await.map_err(said)?;
            Ok(Said::line(format!("confirmed what waited on {}", done.account.login))
                .with_link(config, done.link.as_ref()))
        }
        Ask::Backup { to, recipients } => {
            let recipients = if recipients.is_empty() { &config.backup.recipients } else { &recipients };
            backup::take(config, app, &to, recipients).await
        }
        Ask::Copy { to } => backup::copy_served(app, &to).await,
        Ask::Status => Ok(status::show(config, app, watch).await),
        Ask::VerifyAudit => {
            let checked = audit::verify(app, &caller("verify-audit")).await;
            let checked = checked.with_context(|| without_key(config))?;
            let whole = format!("✓ {} events, the chain is whole, head {}", checked.events, checked.head);
            let faults: Vec<String> = checked.faults.iter().map(|found| fault(Lang::En, found)).collect();
            Ok(match faults.is_empty() {
                true => Said::line(whole),
                false if config.key.exists() => Said::failing(faults),
                false => Said::failing(faults).and(without_key(config)),
            })
        }
    }
}

impl Said {
    pub(crate) fn line(line: String) -> Self {
        Self { lines: vec![line], fails: false }
    }

    /// What was checked does not hold, and why.
    pub(crate) const fn failing(lines: Vec<String>) -> Self {
        Self { lines, fails: true }
    }

    pub(crate) const fn of(lines: Vec<String>, fails: bool) -> Self {
        Self { lines, fails }
    }

    /// The same with a line more.
    pub(crate) fn and(mut self, line: String) -> Self {
        self.lines.push(line);
        self
    }

    /// Prints the lines; what does not hold ends with 1.
    pub(crate) fn print(&self) -> ExitCode {
        for line in &self.lines {
            print_line(line);
        }
        if self.fails { ExitCode::from(1) } else { ExitCode::SUCCESS }
    }

    fn with_link(mut self, config: &Config, link: Option<&Made>) -> Self {
        if let Some(link) = link {
            let base = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
            self.lines.push(format!("{}/app/links/{}", base.trim_end_matches('/'), link.code));
            self.lines.push(format!("holds until {} and is shown this once", link.expires));
        }
        self
    }
}

async fn open(config: &Config, ask: &Ask) -> Result<App> {
    let settings = match ask {
        // Who copies needs no key.
        Ask::Backup { .. } | Ask::Copy { .. } => {
            Settings { files: config.files.clone(), ..Settings::default() }
        }
        // Who looks changes nothing, but must know where it would be written.
        Ask::Status => Settings {
            room: Room { places: http::places(config), ..Room::default() },
            ..settings_to_check(config)?
        },
        // Who checks makes none.
        Ask::VerifyAudit => settings_to_check(config)?,
        _ => http::settings(config, false)?,
    };
    let app = App::new(http::open(config).await?, Clock::Real, settings);
    match ask {
        // The half of it would be under one key, the half under another.
        Ask::Backup { .. } | Ask::Copy { .. } | Ask::VerifyAudit => {
            settled(config)?;
            ensure!(!rotate::is_changing(&app).await.unwrap_or_default(), "{GOES_OVER}");
        }
        Ask::MakeAdmin(_) | Ask::RecoverAdmin { .. } | Ask::ConfirmGrant { .. } => {
            opens(config, &app).await?;
        }
        // How it stands can be seen at any time.
        Ask::Status => {}
    }
    Ok(app)
}

/// Nothing else is done meanwhile.
const GOES_OVER: &str = "key: the database goes over to another; run `ronghed rotate-key` to its end";

/// Whether the key is the one of the database; one that names none takes it on.
pub(crate) async fn opens(config: &Config, app: &App) -> Result<()> {
    let key = config.key.display();
    match rotate::standing(app).await.context("the database does not answer")? {
        Standing::Own => Ok(()),
        Standing::Other => bail!("key: {key} is not the key of this database; put its key there"),
        Standing::Changing => bail!("{GOES_OVER}"),
    }
}

/// Where the new key lies until all has gone over to it.
pub(crate) fn next_key(config: &Config) -> PathBuf {
    config.key.with_added_extension("new")
}

/// Nothing is done while a new key lies beside the old one.
fn settled(config: &Config) -> Result<()> {
    let next = next_key(config);
    ensure!(
        !next.exists(),
        "key: {} lies there, so that the key was being changed; run `ronghed rotate-key` to its end",
        next.display()
    );
    Ok(())
}

/// What the application must know to check what lies there, with the key where there is one.
pub(crate) fn settings_to_check(config: &Config) -> Result<Settings> {
    settled(config)?;
    let key = known_key(config)?.unwrap_or_default();
    Ok(Settings { files: config.files.clone(), key, ..Settings::default() })
}

/// Whoever types `command` at the console.
pub(crate) fn caller(command: &str) -> Caller {
    Caller::system(Via::Console, command)
}

/// What a use case refuses, in one line.
fn said(error: Error) -> anyhow::Error {
    match error {
        Error::Hidden => anyhow!("there is no such account, or it is disabled"),
        Error::Refused(refused) => match &refused.refusal {
            ronghe_app::Refusal::Account(refusal) => anyhow!(account_refusal(Lang::En, refusal)),
            ronghe_app::Refusal::AccountRequest(_)
            | ronghe_app::Refusal::Policy(_)
            | ronghe_app::Refusal::Org(_)
            | ronghe_app::Refusal::Cycle(_)
            | ronghe_app::Refusal::Need(_)
            | ronghe_app::Refusal::Application(_)
            | ronghe_app::Refusal::NeedList(_)
            | ronghe_app::Refusal::Mail(_)
            | ronghe_app::Refusal::Question(_)
            | ronghe_app::Refusal::Profile(_)
            | ronghe_app::Refusal::Suggestion(_)
            | ronghe_app::Refusal::Meeting(_)
            | ronghe_app::Refusal::SignOff(_)
            | ronghe_app::Refusal::Keeping(_)
            | ronghe_app::Refusal::View(_)
            | ronghe_app::Refusal::Export(_) => anyhow!("refused"),
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
    settled(config)?;
    let path = &config.key;
    if !path.exists() {
        // Another key would open none of them, and what is kept under it would need two.
        ensure!(
            !config.files.join("sealed").exists(),
            "key: {} is not there, but files lie sealed in {}: put their key there",
            path.display(),
            config.files.display()
        );
        make_key(path).with_context(|| format!("cannot make the key {}", path.display()))?;
    }
    read_key(path)
}

/// The same; none is made.
pub(crate) fn known_key(config: &Config) -> Result<Option<[u8; 32]>> {
    config.key.exists().then(|| read_key(&config.key)).transpose()
}

/// Reads a key.
pub(crate) fn read_key(path: &Path) -> Result<[u8; 32]> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read the key {}", path.display()))?;
    <[u8; 32]>::try_from(bytes.as_slice())
        .map_err(|_| anyhow!("key: {} should hold 32 bytes, holds {}", path.display(), bytes.len()))
}

/// Why a check may find fault where there is none.
fn without_key(config: &Config) -> String {
    let key = config.key.display();
    match config.key.exists() {
        true => format!("the records cannot be read: is {key} the key of this database?"),
        false => format!("the key {key} is not there: without it nothing that lies sealed can be read"),
    }
}

/// Makes a key: it is on the disk whole, or not there.
pub(crate) fn make_key(path: &Path) -> Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("{error}"))?;
    let part = path.with_added_extension("part");
    drop(std::fs::remove_file(&part));
    write_privately(&part, &bytes)?;
    backup::write_through(&part)?;
    std::fs::rename(&part, path)?;
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), backup::write_through)
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
