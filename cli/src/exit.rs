//! How a command ends: exit codes and the words on standard error.

use crate::context::Context;
use ronghe_client::Error;
use ronghe_contract::Problem;
use ronghe_text::{Lang, cell_place, colon, field_label};
use std::io::Write;
use std::process::ExitCode;

/// Why a command gave no answer.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// Refused or invalid: exit code 1. Lines that follow the first say where.
    Yours { message: String, details: Vec<String>, hint: Option<String> },
    /// Refused or invalid, said by the server: exit code 1. The request's number is for those who ask.
    Told { problem: Box<Problem> },
    /// The command was not called as it can be: exit code 2.
    Usage(String),
    /// The server or the network: exit code 3.
    Ours(String),
    /// The server cannot be reached: exit code 3. Causes are for those who ask.
    Unreached { causes: Vec<String> },
    /// Sign in first: exit code 4.
    SignIn(String),
    /// The reader has gone (`| head`): the end, quietly.
    Closed,
}

impl Failure {
    /// An input that does not hold.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::Yours { message: message.into(), details: Vec::new(), hint: None }
    }

    /// The same with a way out.
    pub(crate) fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Yours { message: message.into(), details: Vec::new(), hint: Some(hint.into()) }
    }

    /// Says it on standard error and gives the exit code.
    pub(crate) fn report(self, context: &Context) -> ExitCode {
        let lang = context.lang;
        let (code, message, details, hint) = match self {
            Self::Closed => return ExitCode::SUCCESS,
            Self::Yours { message, details, hint } => (1, message, details, hint),
            Self::Told { problem } => told(*problem, lang, context.verbose),
            Self::Usage(message) => (2, message, Vec::new(), Some("ronghe --help".to_owned())),
            Self::Ours(message) => (3, message, Vec::new(), Some(later(lang))),
            Self::Unreached { causes } => {
                let message = match lang {
                    Lang::Zh => format!("连不上 {}", context.server),
                    Lang::En => format!("cannot reach {}", context.server),
                };
                let hint = lang.pick(
                    "核对 --server 的地址，或用 ronghe doctor 查原因",
                    "check the address in --server, or find the cause by `ronghe doctor`",
                );
                (3, message, if context.verbose { causes } else { Vec::new() }, Some(hint.to_owned()))
            }
            Self::SignIn(message) => (4, message, Vec::new(), Some("ronghe login".to_owned())),
        };
        say(context, Sign::Error, &format!("error: {message}"));
        for line in details {
            say(context, Sign::Plain, &format!("  {line}"));
        }
        if let Some(hint) = hint {
            say(context, Sign::Hint, &format!("hint: {hint}"));
        }
        ExitCode::from(code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Problem(problem) => match problem.status {
                401 => Self::SignIn(problem.title),
                500.. => Self::Ours(format!("{} ({})", problem.title, problem.request_id)),
                _ => Self::Told { problem },
            },
            Error::Status(status) => Self::Ours(format!("HTTP {status}")),
            Error::Network(source) => Self::Unreached { causes: causes(&source) },
            Error::CutOff => Self::Unreached { causes: vec![error.to_string()] },
            Error::Decode(source) => Self::Ours(source.to_string()),
            Error::Address(text) => Self::Usage(text),
        }
    }
}

/// What a line on standard error is.
#[derive(Clone, Copy)]
pub(crate) enum Sign {
    Done,
    Warning,
    Error,
    Hint,
    Plain,
}

/// Says a line on standard error; its colour repeats what its words say.
pub(crate) fn say(context: &Context, sign: Sign, line: &str) {
    let colour = match sign {
        Sign::Done => "32",
        Sign::Warning => "33",
        Sign::Error => "31",
        Sign::Hint => "36",
        Sign::Plain => "",
    };
    let text = if context.coloured && !colour.is_empty() {
        format!("\u{1b}[{colour}m{line}\u{1b}[0m")
    } else {
        line.to_owned()
    };
    // Nothing can be said where standard error is gone.
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// Says that something is done, unless nobody wants to hear it.
pub(crate) fn done(context: &Context, words: &str) {
    if !context.output.quiet {
        say(context, Sign::Done, &format!("✓ {words}"));
    }
}

/// What the server says: what was refused and why where it was, else what is wrong and what would mend it.
fn told(problem: Problem, lang: Lang, verbose: bool) -> (u8, String, Vec<String>, Option<String>) {
    let mut details: Vec<String> = problem
        .fields
        .iter()
        .map(|field| {
            let place = place(lang, &field.error.path);
            format!("{place}{}{}{}", field.label, colon(lang), field.message)
        })
        .collect();
    if verbose {
        details.push(problem.request_id);
    }
    match problem.kind.rsplit('/').next().unwrap_or_default() {
        "refused" | "scope" => (1, problem.detail, details, None),
        "invalid" => (1, problem.title, details, None),
        // What the server calls an address is a number or a name here.
        "unknown" => (1, not_found(lang).to_owned(), details, Some(look(lang).to_owned())),
        _ => (1, problem.title, details, Some(problem.detail)),
    }
}

/// In which cell or row a field stands, with a space behind it; nothing where it stands alone.
fn place(lang: Lang, path: &str) -> String {
    if let Some(cell) = cell_place(lang, path) {
        return format!("{cell} ");
    }
    let above = path.rsplit_once('.').map_or("", |(above, _)| above);
    let row = |part: &str| {
        let (name, nth) = part.strip_suffix(']')?.split_once('[')?;
        let nth: usize = nth.parse().ok()?;
        Some(format!("{} {} ", field_label(lang, name), nth.saturating_add(1)))
    };
    above.split('.').filter_map(row).collect()
}

const fn not_found(lang: Lang) -> &'static str {
    lang.pick("没有找到，或者你看不到", "not found, or not yours to see")
}

const fn look(lang: Lang) -> &'static str {
    lang.pick(
        "核对编号或名称；ronghe whoami 看当前是谁",
        "check the number or name; `ronghe whoami` says who you are",
    )
}

fn later(lang: Lang) -> String {
    lang.pick(
        "稍后再试；仍不行时把这一行告诉管理员",
        "try again in a moment; if it stays so, give this line to the administrator",
    )
    .to_owned()
}

fn causes(error: &dyn std::error::Error) -> Vec<String> {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::place;
    use ronghe_text::Lang;

    #[test]
    fn a_field_of_a_row_says_of_which() {
        for (path, zh, en) in [
            ("title", "", ""),
            ("promises[0].target", "指标承诺 1 ", "Indicators promised 1 "),
            ("E14.budget", "14 行 E 列 ", "row 14, column E "),
        ] {
            assert_eq!((place(Lang::Zh, path).as_str(), place(Lang::En, path).as_str()), (zh, en), "{path}");
        }
    }
}
