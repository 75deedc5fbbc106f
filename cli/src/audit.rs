//! `ronghe audit`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::list::{self, Narrow};
use crate::output::{Column, Format};
use crate::words;
use clap::Subcommand;
use ronghe_client::{Client, ListEvents};
use ronghe_contract::Page;
use ronghe_contract::audit::{ChainView, EventView};
use ronghe_text::Lang;
use std::time::Duration;

/// Between two questions whether the check has ended.
const AGAIN: Duration = Duration::from_millis(500);
/// Questions that are asked of a server where nothing runs before it is given up.
const ASKED: u32 = 20;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Events of the chain, newest first.
    List {
        /// A record's name or an account.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
    },
    /// Check the chain from its first event to its head, and wait for what is found.
    #[command(visible_alias = "check")]
    Verify,
}

const COLUMNS: &[Column] = &[
    Column { name: "seq", zh: "序号", en: "No." },
    Column { name: "at", zh: "时间", en: "Time" },
    Column { name: "who", zh: "谁", en: "Who" },
    Column { name: "action", zh: "做了什么", en: "Did" },
    Column { name: "subject", zh: "对什么", en: "To" },
    Column { name: "name", zh: "名称", en: "Name" },
    Column { name: "refused", zh: "结果", en: "Result" },
    Column { name: "said", zh: "说明", en: "Said" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let client = context.client()?;
    match verb {
        Verb::List { search, narrow } => {
            let mut query = ListEvents { q: search, ..ListEvents::default() };
            narrow.fill(context.lang, &mut [("q", &mut query.q)])?;
            let found = narrow
                .collect(async |after| client.list_events(&ListEvents { after, ..query.clone() }).await)
                .await?;
            list::show(context, COLUMNS, &found, |event| cells(context.lang, event))
        }
        Verb::Verify => {
            let chain = checked(context, &client).await?;
            if context.output.format != Format::Table {
                context.output.one(&chain, Vec::new)?;
            }
            if chain.faults.is_empty() {
                done(
                    context,
                    &match context.lang {
                        Lang::Zh => format!("{} 条，链完整", chain.events),
                        Lang::En => format!("{} events, the chain is whole", chain.events),
                    },
                );
                return Ok(());
            }
            Err(Failure::Yours {
                message: match context.lang {
                    Lang::Zh => format!("{} 条中有 {} 处不符", chain.events, chain.faults.len()),
                    Lang::En => format!("{} faults in {} events", chain.faults.len(), chain.events),
                },
                details: chain.faults,
                hint: None,
            })
        }
    }
}

/// Starts a check, or joins the one that runs, and asks again until it has found something.
async fn checked(context: &Context, client: &Client) -> Result<ChainView, Failure> {
    let begun = client.verify_chain().await?;
    let since = begun.running.as_ref().map(|running| running.since.clone());
    let mut check = begun;
    let mut asked = 0;
    loop {
        let is_ours = |last: &ChainView| since.as_ref().is_none_or(|since| *since == last.started_at);
        if check.running.is_none() {
            if let Some(last) = check.last.filter(is_ours) {
                return Ok(last);
            }
            // Another process of the server may carry it out; one that ended keeps nothing.
            asked += 1;
            if check.failed || asked > ASKED {
                let said = "核对没有做完，请再试一次";
                return Err(Failure::Ours(
                    context.lang.pick(said, "the check ended before it found anything; try again").to_owned(),
                ));
            }
        }
        tokio::time::sleep(AGAIN).await;
        check = client.show_chain_check().await?;
    }
}

/// The time line of one record.
pub(crate) fn show(context: &Context, page: &Page<EventView>) -> Result<(), Failure> {
    context.output.rows(COLUMNS, &page.items, |event| cells(context.lang, event))
}

fn cells(lang: Lang, event: &EventView) -> Vec<String> {
    let result = if event.refused { lang.pick("拒绝", "refused") } else { lang.pick("完成", "done") };
    vec![
        event.seq.to_string(),
        words::instant(lang, &event.at),
        event.who.clone().unwrap_or_else(|| lang.pick("系统", "system").to_owned()),
        ronghe_text::event_action(lang, event.action).to_owned(),
        ronghe_text::event_subject(lang, event.subject).to_owned(),
        event.name.clone(),
        result.to_owned(),
        ronghe_text::event_said(lang, event.action, event.after.as_ref()).unwrap_or_default(),
    ]
}
