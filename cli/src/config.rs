//! The environment, `config.toml`, and the tokens kept for servers.

use crate::exit::Failure;
use crate::output::Format;
use clap::ValueEnum as _;
use ronghe_text::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A token for every server, without a file: for jobs.
const TOKEN: &str = "RONGHE_TOKEN";

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

/// The token for `server`: that of the environment, or the one kept at login.
pub(crate) fn token(server: &str, lang: Lang) -> Result<Option<String>, Failure> {
    match variable(TOKEN) {
        Some(token) => Ok(Some(token)),
        None => Ok(kept(lang)?.remove(address(server))),
    }
}

/// The token comes from the environment, where `logout` cannot forget it.
pub(crate) fn token_is_set_outside() -> bool {
    variable(TOKEN).is_some()
}

/// Keeps a token for `server`, or forgets it; says whether one was kept before.
pub(crate) fn keep_token(server: &str, token: Option<String>, lang: Lang) -> Result<bool, Failure> {
    let mut tokens = kept(lang)?;
    let before = match token {
        Some(token) => tokens.insert(address(server).to_owned(), token),
        None => tokens.remove(address(server)),
    };
    let path = token_file().ok_or_else(|| {
        Failure::input(lang.pick("没有主目录，设 XDG_CONFIG_HOME", "there is no home; set XDG_CONFIG_HOME"))
    })?;
    let text = toml::to_string(&tokens).map_err(|error| Failure::Ours(error.to_string()))?;
    write_private(&path, &text).map_err(|error| {
        Failure::input(format!("{} {}: {error}", lang.pick("写不了", "cannot write"), path.display()))
    })?;
    Ok(before.is_some())
}

/// Where tokens are kept.
pub(crate) fn token_file() -> Option<PathBuf> {
    home("tokens.toml")
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

fn kept(lang: Lang) -> Result<BTreeMap<String, String>, Failure> {
    let path = token_file();
    match path.as_ref().map(std::fs::read_to_string) {
        Some(Ok(text)) => {
            toml::from_str(&text).map_err(|error| unreadable(path.as_deref(), error.to_string().trim(), lang))
        }
        Some(Err(error)) if error.kind() != ErrorKind::NotFound => {
            Err(unreadable(path.as_deref(), &error.to_string(), lang))
        }
        Some(Err(_)) | None => Ok(BTreeMap::new()),
    }
}

/// A token never goes to another server than the one it was kept for.
fn address(server: &str) -> &str {
    server.trim_end_matches('/')
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

/// Writes beside and renames, so that nobody reads half of it; only its owner may read it at all.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

fn format<'a, D: serde::Deserializer<'a>>(from: D) -> Result<Option<Format>, D::Error> {
    let word = String::deserialize(from)?;
    Format::from_str(&word, false).map(Some).map_err(serde::de::Error::custom)
}
