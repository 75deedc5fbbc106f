//! Configuration: defaults, then a TOML file, then the environment, then flags.

use crate::log::print_line;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Flags and environment variables, which win over the file.
#[derive(Args, Debug, Default)]
pub(crate) struct Options {
    /// A TOML file with any of the keys `database`, `listen`, `metrics`, `log_format`, `log_level`.
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
    /// How the log is written.
    #[arg(long, env = "RONGHE_LOG_FORMAT", global = true)]
    log_format: Option<LogFormat>,
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
    log_format: Option<LogFormat>,
    log_level: Option<String>,
}

/// The configuration in force.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Config {
    pub(crate) database: String,
    pub(crate) listen: SocketAddr,
    pub(crate) metrics: SocketAddr,
    pub(crate) log_format: LogFormat,
    pub(crate) log_level: String,
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
        let config = Self {
            database: options
                .database
                .clone()
                .or(file.database)
                .unwrap_or_else(|| "sqlite:data/ronghe.sqlite".into()),
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
        Ok(())
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
