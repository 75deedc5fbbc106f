//! `ronghe task`.

use crate::context::Context;
use crate::exit::Failure;
use crate::list;
use crate::output::Column;
use clap::Subcommand;
use ronghe_text::{
    before_close, comma, instant, task_count, task_kind, task_of_list, task_soon, task_untitled,
};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// What waits for you, and on whom you wait.
    List,
}

const COLUMNS: &[Column] = &[
    Column { name: "deadline", zh: "期限", en: "Deadline" },
    Column { name: "soon", zh: "何时", en: "When" },
    Column { name: "kind", zh: "办理", en: "To do" },
    Column { name: "title", zh: "事项", en: "What" },
    Column { name: "record", zh: "编号", en: "Record" },
    Column { name: "from", zh: "来自", en: "From" },
];

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let Verb::List = verb;
    let lang = context.lang;
    let page = context.client()?.list_tasks().await?;
    list::show(context, COLUMNS, &page, |task| {
        let title = match (&task.record, task.title.trim()) {
            (None, _) => task_count(lang, task.kind, task.count, task.year.as_deref()),
            (Some(record), "") => task_of_list(lang, task.kind, record)
                .unwrap_or_else(|| task_untitled(lang, task.kind).to_owned()),
            (Some(_), title) => title.to_owned(),
        };
        vec![
            task.deadline.map(|closes| instant(lang, before_close(closes))).unwrap_or_default(),
            task_soon(lang, task.soon).to_owned(),
            task_kind(lang, task.kind).to_owned(),
            title,
            task.record.clone().unwrap_or_default(),
            task.from.join(comma(lang)),
        ]
    })
}
