//! Configuration: defaults, then a TOML file, then the environment, then flags.

mod backup;
mod smtp;

use crate::log::print_line;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use ronghe_app::Pace;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// Flags and environment variables, which win over the file.
#[derive(Args, Debug, Default)]
pub(crate) struct Options {
    /// A TOML file with any of the keys that `ronghed config` shows.
    #[arg(long, env = "RONGHE_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// `sqlite:FILE` or `postgres://USER@HOST/NAME`.
    #[arg(long, env = "RONGHE_DATABASE", global = true)]
    database: Option<String>,
    /// Address and port to serve on.
    #[arg(long, env = "RONGHE_LISTEN", global = true)]
    listen: Option<SocketAddr>,
    /// Loopback address and port for metrics; port 0 switches them off.
    #[arg(long, env = "RONGHE_METRICS", global = true)]
    metrics: Option<SocketAddr>,
    /// Serve on a PostgreSQL that may lose what it has confirmed: `fsync`, `full_page_writes` or
    /// `synchronous_commit` is off. For tests and demonstrations.
    #[arg(long, env = "RONGHE_MAY_LOSE_DATA", global = true)]
    may_lose_data: bool,
    /// How the log is written.
    #[arg(long, env = "RONGHE_LOG_FORMAT", global = true)]
    log_format: Option<LogFormat>,
    /// Where people reach the server, such as `https://ronghe.example`.
    #[arg(long, env = "RONGHE_PUBLIC_URL", global = true)]
    public_url: Option<String>,
    /// File with the key that encrypts seeds of second factors; beside the database where absent, and made
    /// where there is none. Keep it apart from the database's backups.
    #[arg(long, env = "RONGHE_KEY", global = true)]
    key: Option<PathBuf>,
    /// Folder for the content of files; beside the database where absent.
    #[arg(long, env = "RONGHE_FILES", global = true)]
    files: Option<PathBuf>,
    /// Folder into which mail is written, one file a mail; beside the database where absent, `off` for none.
    #[arg(long, env = "RONGHE_MAIL", global = true)]
    mail: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Mail server")]
    smtp: smtp::Options,
    #[command(flatten, next_help_heading = "Backups")]
    backup: backup::Options,
    /// A virus scanner: it is given the path of each new file and ends with 0 where the file is clean.
    #[arg(long, env = "RONGHE_SCANNER", global = true)]
    scanner: Option<PathBuf>,
    /// Address of a proxy whose `X-Forwarded-For` is believed; may be given several times.
    #[arg(long = "trusted-proxy", env = "RONGHE_TRUSTED_PROXIES", value_delimiter = ',', global = true)]
    trusted_proxies: Vec<IpAddr>,
    /// Requests of one session, token or address in a minute; 0 for no limit.
    #[arg(long, env = "RONGHE_REQUESTS_PER_MINUTE", global = true)]
    requests_per_minute: Option<u32>,
    /// Requests of one session or token in a minute that change something; 0 for no limit.
    #[arg(long, env = "RONGHE_WRITES_PER_MINUTE", global = true)]
    writes_per_minute: Option<u32>,
    /// Lists that one session or token takes out whole in an hour; 0 for no limit.
    #[arg(long, env = "RONGHE_EXPORTS_PER_HOUR", global = true)]
    exports_per_hour: Option<u32>,
    /// What is logged: `info`, `debug`, or a filter such as `warn,ronghe_app=debug`.
    #[arg(long, env = "RONGHE_LOG_LEVEL", global = true)]
    log_level: Option<String>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// A line that people read.
    Text,
    /// A JSON object a line.
    Json,
}

/// The file's keys, all optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: Option<String>,
    listen: Option<SocketAddr>,
    metrics: Option<SocketAddr>,
    public_url: Option<String>,
    key: Option<PathBuf>,
    files: Option<PathBuf>,
    mail: Option<PathBuf>,
    scanner: Option<PathBuf>,
    #[serde(default)]
    may_lose_data: bool,
    #[serde(default)]
    trusted_proxies: Vec<IpAddr>,
    requests_per_minute: Option<u32>,
    writes_per_minute: Option<u32>,
    exports_per_hour: Option<u32>,
    log_format: Option<LogFormat>,
    log_level: Option<String>,
    #[serde(default)]
    smtp: smtp::File,
    #[serde(default)]
    backup: backup::File,
}

/// The configuration in force.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Config {
    pub(crate) database: String,
    pub(crate) listen: SocketAddr,
    pub(crate) metrics: SocketAddr,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) public_url: Option<String>,
    pub(crate) key: PathBuf,
    pub(crate) files: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mail: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scanner: Option<PathBuf>,
    pub(crate) may_lose_data: bool,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) requests_per_minute: u32,
    pub(crate) writes_per_minute: u32,
    pub(crate) exports_per_hour: u32,
    pub(crate) log_format: LogFormat,
    pub(crate) log_level: String,
    /// The mail server; mail goes into the folder where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) smtp: Option<smtp::Smtp>,
    /// Backups; nothing of it need be set.
    pub(crate) backup: backup::Backup,
}

/// How often one may ask.
fn pace(options: &Options, file: &File) -> Pace {
    let usual = Pace::default();
    let set = |flag: Option<u32>, key: Option<u32>, usual: u32| flag.or(key).unwrap_or(usual);
    Pace {
        requests: set(options.requests_per_minute, file.requests_per_minute, usual.requests),
        writes: set(options.writes_per_minute, file.writes_per_minute, usual.writes),
        exports: set(options.exports_per_hour, file.exports_per_hour, usual.exports),
    }
}

impl Config {
    /// Reads file, environment and flags.
    pub(crate) fn read(options: &Options) -> Result<Self> {
        let file = match &options.config {
            None => File::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("cannot read the configuration {}", path.display()))?;
                toml::from_str(&text).with_context(|| format!("{} does not hold", path.display()))?
            }
        };
        let pace = pace(options, &file);
        let database =
            options.database.clone().or(file.database).unwrap_or_else(|| "sqlite:data/ronghe.sqlite".into());
        let config = Self {
            key: options.key.clone().or(file.key).unwrap_or_else(|| beside(&database)),
            files: options
                .files
                .clone()
                .or(file.files)
                .unwrap_or_else(|| beside(&database).with_extension("files")),
            mail: Some(
                options
                    .mail
                    .clone()
                    .or(file.mail)
                    .unwrap_or_else(|| beside(&database).with_extension("mail")),
            )
            .filter(|folder| folder.as_os_str() != "off"),
            scanner: options.scanner.clone().or(file.scanner),
            may_lose_data: options.may_lose_data || file.may_lose_data,
            public_url: options.public_url.clone().or(file.public_url),
            trusted_proxies: if options.trusted_proxies.is_empty() {
                file.trusted_proxies
            } else {
                options.trusted_proxies.clone()
            },
            requests_per_minute: pace.requests,
            writes_per_minute: pace.writes,
            exports_per_hour: pace.exports,
            database,
            listen: options
                .listen
                .or(file.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            metrics: options
                .metrics
                .or(file.metrics)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 9464))),
            log_format: options.log_format.or(file.log_format).unwrap_or(LogFormat::Text),
            log_level: options.log_level.clone().or(file.log_level).unwrap_or_else(|| "info".into()),
            smtp: smtp::Smtp::read(&options.smtp, file.smtp)?,
            backup: backup::Backup::read(&options.backup, file.backup)?,
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<()> {
        let known = ["sqlite:", "postgres:", "postgresql:"];
        if !known.iter().any(|scheme| self.database.starts_with(scheme)) {
            bail!("database: should begin with sqlite: or postgres:, is {}", self.without_password());
        }
        if !self.metrics.ip().is_loopback() {
            bail!("metrics: should be a loopback address such as 127.0.0.1:9464, is {}", self.metrics);
        }
        if let Some(url) = &self.public_url
            && !["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
        {
            bail!("public_url: should begin with https:// or http://, is {url}");
        }
        if self.smtp.is_some() && self.public_url.is_none() {
            bail!("public_url: should say where people reach the server, for the links in mail");
        }
        Ok(())
    }

    /// The folder of backups where none is named, and of what is kept before the schema changes: beside the database.
    pub(crate) fn backups(&self) -> PathBuf {
        beside(&self.database).with_extension("backups")
    }

    /// The database's address without its password.
    pub(crate) fn without_password(&self) -> String {
        match (self.database.split_once("://"), self.database.rsplit_once('@')) {
            (Some((scheme, rest)), Some((_, host))) => {
                let user = rest.split([':', '@']).next().unwrap_or_default();
                format!("{scheme}://{user}@{host}")
            }
            _ => self.database.clone(),
        }
    }
}

/// The key's file where none is named: beside an embedded database.
fn beside(database: &str) -> PathBuf {
    let file = database.strip_prefix("sqlite:").map(|file| file.trim_start_matches("//"));
    PathBuf::from(file.unwrap_or("data/ronghe")).with_extension("key")
}

/// Prints the configuration in force as TOML, or only says that it holds.
pub(crate) fn show(config: &Config, check: bool) -> Result<std::process::ExitCode> {
    if check {
        print_line("the configuration holds");
    } else {
        let shown = Config { database: config.without_password(), ..config.clone() };
        print_line(toml::to_string(&shown)?.trim_end());
    }
    Ok(std::process::ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::{Config, Options};

    #[test]
    fn bad_keys_are_named_and_passwords_hidden() {
        let read =
            |database: &str| Config::read(&Options { database: Some(database.into()), ..Options::default() });
        assert!(read("mysql://x").unwrap_err().to_string().starts_with("database:"));
        let config = read("postgres://ronghe:secret@db.example/ronghe").unwrap();
        assert_eq!(config.without_password(), "postgres://ronghe@db.example/ronghe");
        let metrics = Options { metrics: Some("0.0.0.0:1".parse().unwrap()), ..Options::default() };
        assert!(Config::read(&metrics).unwrap_err().to_string().starts_with("metrics:"));
    }
}
