//! Changing something: asked first on a terminal, tried again when the answer was lost, tried out before.

use crate::context::Context;
use crate::exit::Failure;
use ronghe_client::{Client, Error};
use ronghe_text::{Lang, colon};
use std::io::Write as _;
use std::time::Duration;

/// Attempts at one change; they carry one key, so that it happens once.
const ATTEMPTS: u32 = 3;
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(400);

/// How a change is made.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Write {
    /// Only say whether it can be done now.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) confirm: Confirm,
}

/// Whether it is asked first.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Confirm {
    /// Do not ask.
    #[arg(short, long)]
    yes: bool,
}

impl Confirm {
    /// Asks on a terminal; elsewhere `--yes` must have been given.
    pub(crate) fn ask(&self, context: &Context, question: &str) -> Result<(), Failure> {
        let lang = context.lang;
        if self.yes {
            return Ok(());
        }
        if context.silent {
            return Err(Failure::with_hint(
                lang.pick("要先确认", "this must be confirmed"),
                lang.pick("加 --yes", "add --yes"),
            ));
        }
        // Nothing can be asked where standard error is gone; the answer then stays away.
        drop(write!(std::io::stderr(), "{question} [y/N] "));
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).map_err(|error| Failure::input(error.to_string()))?;
        if matches!(answer.trim(), "y" | "Y" | "yes" | "是") {
            Ok(())
        } else {
            Err(Failure::input(lang.pick("未确认，没有改动", "not confirmed; nothing was changed")))
        }
    }

    /// Asks whether `words` is to be done with what is called `name`.
    pub(crate) fn ask_about(&self, context: &Context, name: &str, words: &str) -> Result<(), Failure> {
        let lang = context.lang;
        self.ask(context, &format!("{name}{}{words}{}", colon(lang), lang.pick("？", "?")))
    }
}

/// Makes a change, again where no answer came or the server could not say whether it was done.
pub(crate) async fn change<T>(
    client: &Client,
    call: impl AsyncFn(&Client) -> Result<T, Error>,
) -> Result<T, Failure> {
    let once = client.retrying(Client::new_key());
    for _ in 1..ATTEMPTS {
        match call(&once).await {
            Err(error) if error.is_passing() => tokio::time::sleep(PAUSE).await,
            done => return done.map_err(Failure::from),
        }
    }
    call(&once).await.map_err(Failure::from)
}

/// What `--dry-run` says: that it can be done, or why not, by the record's own offers.
pub(crate) fn tried<A: PartialEq, R>(
    context: &Context,
    offers: &[ronghe_domain::kernel::Offer<A, R>],
    action: &A,
    name: &str,
    words: &str,
    refusal: impl Fn(&R) -> String,
) -> Result<(), Failure> {
    match offers.iter().find(|offer| offer.action == *action).map(|offer| &offer.barred) {
        Some(None) => {
            crate::exit::done(
                context,
                &match context.lang {
                    Lang::Zh => format!("可以：{words} {name}"),
                    Lang::En => format!("can be done: {words} {name}"),
                },
            );
            Ok(())
        }
        Some(Some(reason)) => {
            Err(Failure::input(format!("{name}{}{}", colon(context.lang), refusal(reason))))
        }
        None => Err(Failure::input(match context.lang {
            Lang::Zh => format!("{name}：{words}不由你办理"),
            Lang::En => format!("{name}: “{words}” is not yours to do"),
        })),
    }
}

/// A line about what is offered: that it can be done, or why not now.
pub(crate) fn offer_line(lang: Lang, words: &str, barred: Option<String>) -> String {
    match barred {
        None => format!("{}  {words}", lang.pick("可做", "Can do")),
        Some(reason) => format!("{}  {words}{}{reason}", lang.pick("不可", "Cannot"), colon(lang)),
    }
}

/// As the wire calls it.
pub(crate) fn name<T: serde::Serialize>(value: &T) -> String {
    let word = serde_json::to_value(value).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The one of `known` that `text` names as the wire does; all of them where it names none.
pub(crate) fn word<T: serde::Serialize + Copy>(text: &str, known: &[T]) -> Result<T, String> {
    let found = known.iter().find(|value| name(*value) == text.trim());
    found.copied().ok_or_else(|| known.iter().map(name).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::offer_line;
    use ronghe_text::Lang;

    #[test]
    fn an_offer_says_why_it_is_barred() {
        for (lang, words, barred, line) in [
            (Lang::Zh, "提交", None, "可做  提交"),
            (Lang::Zh, "提交", Some("未填全"), "不可  提交：未填全"),
            (Lang::En, "Submit", None, "Can do  Submit"),
            (Lang::En, "Submit", Some("It has gaps"), "Cannot  Submit: It has gaps"),
        ] {
            assert_eq!(offer_line(lang, words, barred.map(str::to_owned)), line);
        }
    }
}
