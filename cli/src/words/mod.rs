//! Words of the command line itself: help in Chinese, times.

use clap::Command;
use ronghe_text::Lang;

mod applications;
mod help;
mod leaving;
mod lists;
mod meetings;
mod messages;
mod needs;
mod profiles;
mod questions;
mod solve;
mod tables;

/// The command with its help in `lang`. What has no translation stays as it is.
pub(crate) fn translated(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Zh => help::chinese(command.before_help(help::EXAMPLES)),
    }
}

/// A time that came over the wire, as it reads in Jinan; as it came where it is none.
pub(crate) fn instant(lang: Lang, text: &str) -> String {
    text.parse().map_or_else(|_none| text.to_owned(), |at| ronghe_text::instant(lang, at))
}
