//! What every command has at hand: the client, the language, where answers go.

use crate::config::{self, Config};
use crate::exit::Failure;
use crate::output::{Format, Output};
use crate::{Colour, Global, LangArg};
use ronghe_client::Client;
use ronghe_text::Lang;
use std::io::IsTerminal as _;

/// Where a server runs on this machine's own loopback, as a demonstration does.
const HERE: &str = "http://127.0.0.1:8080";

/// What every command has at hand.
pub(crate) struct Context {
    pub(crate) lang: Lang,
    pub(crate) output: Output,
    pub(crate) server: String,
    /// Words on standard error are coloured.
    pub(crate) coloured: bool,
    pub(crate) verbose: bool,
    /// Nothing may be asked.
    pub(crate) silent: bool,
    /// Why the configuration could not be read; commands that work offline do not mind.
    broken: Option<Failure>,
}

impl Context {
    /// Flags, then the environment, then `config.toml`.
    pub(crate) fn new(global: &Global) -> Self {
        let environment = config::language_of_environment();
        let asked = global.lang.map(|lang| match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        });
        let first = asked.or(environment).unwrap_or_default();
        let (config, broken) = match Config::read(global.profile.as_deref(), first) {
            Ok(config) => (config, None),
            Err(failure) => (Config::default(), Some(failure)),
        };
        let lang = asked.or_else(|| config.lang()).or(environment).unwrap_or_default();
        let format = global.output.or(config.output).unwrap_or(Format::Table);
        Self {
            lang,
            output: Output { format, columns: global.columns.clone(), quiet: global.quiet, lang },
            server: global.server.clone().or(config.server).unwrap_or_else(|| HERE.to_owned()),
            coloured: coloured(global.color),
            verbose: global.verbose,
            silent: global.no_input || !std::io::stdin().is_terminal(),
            broken,
        }
    }

    /// A client that shows the token kept for this server, where there is one.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let client = self.bare()?;
        Ok(match config::token(&self.server, self.lang)? {
            Some(token) => client.with_token(token),
            None => client,
        })
    }

    /// A client without token.
    pub(crate) fn bare(&self) -> Result<Client, Failure> {
        match &self.broken {
            Some(failure) => Err(failure.clone()),
            None => Ok(Client::new(&self.server).with_lang(self.lang)),
        }
    }
}

fn coloured(asked: Colour) -> bool {
    match asked {
        Colour::Always => true,
        Colour::Never => false,
        // https://no-color.org
        Colour::Auto => config::variable("NO_COLOR").is_none() && std::io::stderr().is_terminal(),
    }
}
