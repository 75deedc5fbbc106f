//! Handing mail to the operator's mail server (SMTP): the only host that is ever asked.

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as Wanted, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use ronghe_domain::message::mail::Trouble;
use std::fmt;
use std::time::Duration;

/// The operator's mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// User and password, where the server wants them.
    pub login: Option<(String, Password)>,
    /// The address that mail comes from.
    pub sender: String,
    pub sender_name: String,
    /// Longest time for one mail.
    pub timeout: Duration,
}

/// How the way to the mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// It begins in the clear and must change to TLS before anything is said.
    Starttls,
    /// TLS from the first byte.
    Implicit,
    /// In the clear; only for a server on this machine.
    None,
}

/// A password, which no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Hands one mail over; `hello` is the name of this server.
pub(super) async fn send(server: &Smtp, hello: &str, letter: Message) -> Result<(), Trouble> {
    let tls = TlsParameters::new(server.host.clone()).map_err(|_| Trouble::Tls);
    let tls = match server.tls {
        Tls::Starttls => Wanted::Required(tls?),
        Tls::Implicit => Wanted::Wrapper(tls?),
        Tls::None => Wanted::None,
    };
    let mut way = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .hello_name(ClientId::Domain(hello.to_owned()))
        .timeout(Some(server.timeout));
    if let Some((user, password)) = &server.login {
        way = way.credentials(Credentials::new(user.clone(), password.0.clone()));
    }
    // Also a server that takes the connection and then says nothing comes to its end.
    match tokio::time::timeout(server.timeout, way.build().send(letter)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(trouble(&error)),
        Err(_) => Err(Trouble::Slow),
    }
}

fn trouble(error: &Error) -> Trouble {
    match error.status() {
        Some(code) => Trouble::of_reply(code.into()),
        None if error.is_timeout() => Trouble::Slow,
        None if error.is_tls() => Trouble::Tls,
        None => Trouble::Away,
    }
}
