//! `ronghe message`.

mod choice;
pub(crate) mod mail;
pub(crate) mod reminder;
mod template;

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::write::word;
use clap::Subcommand;
use ronghe_client::ListMessages;
use ronghe_contract::message::ReadMessages;
use ronghe_domain::message::Kind;
use ronghe_domain::message::template::Language;
use ronghe_text::{instant, message_kind};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// What you were told, newest first.
    List {
        #[command(flatten)]
        narrow: Narrow,
    },
    /// Note that you have read everything.
    Read,
    /// Which messages also come to you by mail; changes it where something is given.
    Mails {
        /// Kinds without mail, separated by commas.
        #[arg(long, value_delimiter = ',', value_parser = kind)]
        off: Vec<Kind>,
        /// Kinds with mail again, separated by commas.
        #[arg(long, value_delimiter = ',', value_parser = kind)]
        on: Vec<Kind>,
        /// Language of mails: zh or en.
        #[arg(long, value_parser = language)]
        language: Option<Language>,
    },
}

/// Reads `need_returned`.
fn kind(text: &str) -> Result<Kind, String> {
    word(text, &Kind::ALL)
}

/// Reads `zh`.
fn language(text: &str) -> Result<Language, String> {
    word(text, &Language::ALL)
}

const COLUMNS: &[Column] = &[
    Column { name: "at", zh: "时间", en: "At" },
    Column { name: "kind", zh: "事项", en: "What" },
    Column { name: "record", zh: "编号", en: "Record" },
    Column { name: "from", zh: "来自", en: "From" },
    Column { name: "read", zh: "已读", en: "Read" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    match verb {
        Verb::List { narrow } => {
            narrow.fill(lang, &mut [])?;
            let found =
                narrow.collect(async |after| client.list_messages(&ListMessages { after }).await).await?;
            list::show(context, COLUMNS, &found, |row| {
                vec![
                    instant(lang, row.at),
                    message_kind(lang, row.kind).to_owned(),
                    row.record.clone(),
                    row.from
                        .as_ref()
                        .map(|org| lang.pick(&org.name, &org.name_en).to_owned())
                        .unwrap_or_default(),
                    if row.read { lang.pick("是", "yes") } else { lang.pick("否", "no") }.to_owned(),
                ]
            })
        }
        Verb::Mails { off, on, language } => choice::choose(context, &off, &on, language).await,
        Verb::Read => {
            let newest = client.list_messages(&ListMessages::default()).await?.items.into_iter().next();
            let read = match newest {
                Some(newest) => client.read_messages(&ReadMessages { until: newest.at }).await?.read,
                None => 0,
            };
            done(context, &format!("{} {read}", lang.pick("已读", "read")));
            Ok(())
        }
    }
}
