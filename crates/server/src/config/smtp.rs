//! The mail server: keys of the table `[smtp]`, or `RONGHE_SMTP_…`, or flags.

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use ronghe_app::message::{self, Password};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// The variable that may hold the password; a flag would show it to every process of the machine.
const PASSWORD: &str = "RONGHE_SMTP_PASSWORD";

/// Flags and environment variables.
#[derive(Args, Clone, Debug, Default)]
#[group(id = "smtp")]
pub(crate) struct Options {
    /// Name of the mail server; mail goes into the folder where there is none.
    #[arg(long = "smtp-host", env = "RONGHE_SMTP_HOST", global = true)]
    host: Option<String>,
    /// Its port; 587, or 465 for `tls`, where absent.
    #[arg(long = "smtp-port", env = "RONGHE_SMTP_PORT", global = true)]
    port: Option<u16>,
    /// How the way to it is kept private.
    #[arg(long = "smtp-tls", env = "RONGHE_SMTP_TLS", global = true)]
    tls: Option<Way>,
    /// The user that it knows; the password stands in `--smtp-password-file` or `RONGHE_SMTP_PASSWORD`.
    #[arg(long = "smtp-user", env = "RONGHE_SMTP_USER", global = true)]
    user: Option<String>,
    /// File with the user's password.
    #[arg(long = "smtp-password-file", env = "RONGHE_SMTP_PASSWORD_FILE", global = true)]
    password_file: Option<PathBuf>,
    /// The address that mail comes from.
    #[arg(long = "smtp-sender", env = "RONGHE_SMTP_SENDER", global = true)]
    sender: Option<String>,
    /// The name beside it.
    #[arg(long = "smtp-sender-name", env = "RONGHE_SMTP_SENDER_NAME", global = true)]
    sender_name: Option<String>,
    /// Seconds that one mail may take, 1 to 300.
    #[arg(long = "smtp-timeout", env = "RONGHE_SMTP_TIMEOUT", global = true)]
    timeout: Option<u64>,
}

/// How the way to the mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    /// Begins in the clear and must change to TLS.
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// In the clear; only for a server on this machine.
    None,
}

/// The table of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    host: Option<String>,
    port: Option<u16>,
    tls: Option<Way>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    sender: Option<String>,
    sender_name: Option<String>,
    timeout: Option<u64>,
}

/// The mail server in force; its password is not shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Smtp {
    host: String,
    port: u16,
    tls: Way,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip)]
    password: Option<Password>,
    sender: String,
    sender_name: String,
    timeout: u64,
}

impl Smtp {
    /// Reads flags, environment and file; nothing where no host is named.
    pub(crate) fn read(options: &Options, file: File) -> Result<Option<Self>> {
        let user = options.user.clone().or(file.user);
        let sender = options.sender.clone().or(file.sender);
        let Some(host) = options.host.clone().or(file.host).filter(|host| !host.is_empty()) else {
            if user.is_some() || sender.is_some() {
                bail!("smtp.host: should name the mail server, is not set");
            }
            return Ok(None);
        };
        let tls = options.tls.or(file.tls).unwrap_or(Way::Starttls);
        let port = options.port.or(file.port).unwrap_or(if tls == Way::Tls { 465 } else { 587 });
        let password = user.as_ref().map(|_| password(options.password_file.clone().or(file.password_file)));
        let smtp = Self {
            host,
            port,
            tls,
            password: password.transpose()?,
            user,
            sender: sender.unwrap_or_default(),
            sender_name: options.sender_name.clone().or(file.sender_name).unwrap_or_else(|| "融合".into()),
            timeout: options.timeout.or(file.timeout).unwrap_or(30),
        };
        smtp.check()?;
        Ok(Some(smtp))
    }

    fn check(&self) -> Result<()> {
        let is_here = self.host == "localhost"
            || self.host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
        if self.tls == Way::None && !is_here {
            bail!("smtp.tls: none is for a mail server on this machine, host is {}", self.host);
        }
        if !message::is_address(&self.sender) {
            bail!("smtp.sender: should be an address such as ronghe@example.org, is {:?}", self.sender);
        }
        if !(1..=300).contains(&self.timeout) {
            bail!("smtp.timeout: should be 1 to 300 seconds, is {}", self.timeout);
        }
        Ok(())
    }

    /// As the application knows it.
    pub(crate) fn server(&self) -> message::Smtp {
        message::Smtp {
            host: self.host.clone(),
            port: self.port,
            tls: match self.tls {
                Way::Starttls => message::Tls::Starttls,
                Way::Tls => message::Tls::Implicit,
                Way::None => message::Tls::None,
            },
            login: self.user.clone().zip(self.password.clone()),
            sender: self.sender.clone(),
            sender_name: self.sender_name.clone(),
            timeout: Duration::from_secs(self.timeout),
        }
    }
}

fn password(file: Option<PathBuf>) -> Result<Password> {
    if let Some(path) = file {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("smtp.password_file: cannot read {}", path.display()))?;
        return Ok(Password(text.trim_end_matches(['\r', '\n']).to_owned()));
    }
    #[expect(clippy::disallowed_methods, reason = "a password has no flag, which other processes would see")]
    let word = std::env::var(PASSWORD);
    word.map(Password).context("smtp.password_file: should hold the password of smtp.user, is not set")
}

#[cfg(test)]
mod tests {
    use super::{File, Options, Smtp, Way};

    fn read(change: impl FnOnce(&mut Options)) -> Result<Option<Smtp>, String> {
        let mut options = Options {
            host: Some("mail.example.org".into()),
            sender: Some("ronghe@example.org".into()),
            ..Options::default()
        };
        change(&mut options);
        Smtp::read(&options, File::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_bad_key_is_named() {
        let check = |change: fn(&mut Options), key: &str| {
            let said = read(change).unwrap_err();
            assert!(said.starts_with(&format!("smtp.{key}:")), "{said}");
        };
        check(|it| it.host = None, "host");
        check(|it| it.tls = Some(Way::None), "tls");
        check(|it| it.sender = Some("ronghe".into()), "sender");
        check(|it| it.timeout = Some(0), "timeout");
        check(
            |it| (it.user, it.password_file) = (Some("u".into()), Some("/no/such/file".into())),
            "password_file",
        );
    }

    #[test]
    fn the_password_is_shown_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("word");
        std::fs::write(&path, "geheim-42\n").unwrap();
        let smtp = read(|it| (it.user, it.password_file) = (Some("u".into()), Some(path))).unwrap().unwrap();
        assert_eq!(smtp.server().login.unwrap().1.0, "geheim-42");
        let shown = format!("{smtp:?} {}", toml::to_string(&smtp).unwrap());
        assert!(!shown.contains("geheim"), "{shown}");
    }

    #[test]
    fn the_usual_ports_and_this_machine_in_the_clear() {
        assert_eq!(read(|_| ()).unwrap().unwrap().port, 587);
        assert_eq!(read(|it| it.tls = Some(Way::Tls)).unwrap().unwrap().port, 465);
        let here = |it: &mut Options| (it.host, it.tls) = (Some("127.0.0.1".into()), Some(Way::None));
        assert!(read(here).unwrap().is_some());
        assert!(read(|it| (it.host, it.sender) = (None, None)).unwrap().is_none());
    }
}
