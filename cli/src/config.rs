//! The environment and `config.toml`.

use crate::exit::Failure;
use crate::output::Format;
use clap::ValueEnum as _;
use ronghe_text::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What `config.toml` sets; a profile's values stand above those of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) server: Option<String>,
    #[serde(default, deserialize_with = "format")]
    pub(crate) output: Option<Format>,
    lang: Option<Lang>,
    #[serde(default)]
    profile: BTreeMap<String, Config>,
}

impl Config {
    /// Reads the file; a missing one sets nothing.
    pub(crate) fn read(profile: Option<&str>, lang: Lang) -> Result<Self, Failure> {
        let path = home("config.toml");
        let text = match path.as_ref().map(std::fs::read_to_string) {
            Some(Ok(text)) => text,
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => {
                return Err(unreadable(path.as_deref(), &error.to_string(), lang));
            }
            Some(Err(_)) | None => String::new(),
        };
        let mut config: Self = toml::from_str(&text)
            .map_err(|error| unreadable(path.as_deref(), error.to_string().trim(), lang))?;
        let Some(name) = profile else { return Ok(config) };
        let Some(chosen) = config.profile.remove(name) else {
            return Err(Failure::Usage(match lang {
                Lang::Zh => format!("config.toml 里没有 [profile.{name}]"),
                Lang::En => format!("config.toml has no [profile.{name}]"),
            }));
        };
        Ok(Self {
            server: chosen.server.or(config.server),
            output: chosen.output.or(config.output),
            lang: chosen.lang.or(config.lang),
            profile: BTreeMap::new(),
        })
    }

    pub(crate) const fn lang(&self) -> Option<Lang> {
        self.lang
    }
}

/// A variable of the environment that is set to something.
#[expect(clippy::disallowed_methods, reason = "the command line's own place for the environment")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The language of the environment, where it is one of the two.
pub(crate) fn language_of_environment() -> Option<Lang> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable)?;
    match set.get(..2)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The language for help, before the arguments are parsed.
pub(crate) fn first_language(arguments: &[String]) -> Lang {
    let named = |word: &str| if word == "en" { Lang::En } else { Lang::Zh };
    let pairs = arguments.iter().zip(arguments.iter().skip(1));
    let asked = pairs
        .filter(|(flag, _)| *flag == "--lang")
        .map(|(_, word)| word.as_str())
        .chain(arguments.iter().filter_map(|word| word.strip_prefix("--lang=")))
        .next();
    asked
        .map(named)
        .or_else(|| variable("RONGHE_LANG").map(|word| named(&word)))
        .or_else(language_of_environment)
        .unwrap_or_default()
}

fn home(name: &str) -> Option<PathBuf> {
    let base = variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = base.or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".config")))?;
    Some(base.join("ronghe").join(name))
}

fn unreadable(path: Option<&Path>, why: &str, lang: Lang) -> Failure {
    let path = path.map(|path| path.display().to_string()).unwrap_or_default();
    Failure::input(format!("{} {path}: {why}", lang.pick("读不了", "cannot read")))
}

fn format<'a, D: serde::Deserializer<'a>>(from: D) -> Result<Option<Format>, D::Error> {
    let word = String::deserialize(from)?;
    Format::from_str(&word, false).map(Some).map_err(serde::de::Error::custom)
}
