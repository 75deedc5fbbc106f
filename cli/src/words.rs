//! Words of the command line itself: its help in Chinese.

use clap::Command;
use ronghe_text::Lang;

mod help;

/// The command with its help in `lang`. What has no translation stays as it is.
pub(crate) fn translated(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Zh => help::chinese(command.before_help(help::EXAMPLES)),
    }
}
