//! 遴选: the needs that wait for a verdict, and one verdict on one or many of them.

use super::act::outcome;
use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::bytes;
use crate::output::Column;
use crate::write::{Write, change};
use clap::Args;
use ronghe_client::ListScreening;
use ronghe_contract::need::{JudgeNeed, JudgeNeeds};
use ronghe_domain::need::{Action, Why};
use ronghe_text::{Lang, need_action, ruling};
use std::path::PathBuf;

/// On which needs a verdict is given.
#[derive(Args, Clone, Debug)]
pub(crate) struct Which {
    /// Numbers.
    #[arg(required_unless_present = "file")]
    needs: Vec<String>,
    /// More numbers, one a line; `-` for standard input.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Leave out what is refused.
    #[arg(long)]
    skip_refused: bool,
    #[command(flatten)]
    write: Write,
}

/// What the queue is narrowed to.
#[derive(Args, Clone, Debug)]
pub(crate) struct Queue {
    /// `open` waits for a verdict, `decided` has one; all where absent.
    #[arg(long, default_value = "")]
    show: String,
    /// Running number of a measure.
    #[arg(long, default_value = "")]
    measure: String,
    /// Year of the cycle; the one that screens where absent.
    #[arg(long, default_value = "")]
    year: String,
}

const COLUMNS: &[Column] = &[
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "unit", zh: "单位", en: "Unit" },
    Column { name: "verdict", zh: "遴选意见", en: "Verdict" },
];

/// Reads `too_vague`.
pub(super) fn why(text: &str) -> Result<Why, String> {
    let known: Vec<String> = Why::ALL
        .iter()
        .filter_map(|why| serde_json::to_value(why).ok()?.as_str().map(str::to_owned))
        .collect();
    serde_json::from_value(serde_json::Value::String(text.trim().to_owned()))
        .map_err(|_unknown| known.join(", "))
}

/// Lists what is in 遴选, part after part.
pub(super) async fn queue(context: &Context, queue: Queue) -> Result<(), Failure> {
    let (lang, client) = (context.lang, context.client()?);
    let Queue { show, measure, year } = queue;
    let mut query = ListScreening { show, measure, year, ..ListScreening::default() };
    let mut rows = Vec::new();
    let (open, decided) = loop {
        let view = client.list_screening(&query).await?;
        rows.extend(view.items);
        match view.next {
            Some(after) => query.after = after,
            None => break (view.open, view.decided),
        }
    };
    let cells = |row: &ronghe_contract::need::ScreeningRow| {
        let meant = row.ruling.map_or(lang.pick("待定", "Open"), |it| ruling(lang, it));
        vec![
            row.need.name.clone(),
            row.need.title.clone(),
            lang.pick(&row.need.unit.name, &row.need.unit.name_en).to_owned(),
            meant.to_owned(),
        ]
    };
    context.output.rows(COLUMNS, &rows, cells)?;
    done(
        context,
        &match lang {
            Lang::Zh => format!("已定 {decided} 条，待定 {open} 条"),
            Lang::En => format!("{decided} decided, {open} open"),
        },
    );
    Ok(())
}

/// Gives one verdict on all of them, or on none.
pub(super) async fn judge(context: &Context, which: Which, verdict: JudgeNeed) -> Result<(), Failure> {
    let (needs, skip_refused, write) = numbers(context, which)?;
    let words = need_action(context.lang, action(&verdict));
    let client = context.client()?;
    let body = JudgeNeeds { needs, verdict, dry_run: true, skip_refused };
    let preview = client.judge_needs(&body).await?;
    let hint = context.lang.pick("加 --skip-refused 办其余的", "add --skip-refused to do the others");
    if write.dry_run || (!preview.refused.is_empty() && !skip_refused) {
        return outcome(context, preview.needs.len(), &preview.refused, words, hint);
    }
    let count = preview.needs.len();
    write.confirm.ask(context, &format!("{words} {count}{}", context.lang.pick(" 条？", "?")))?;
    let body = JudgeNeeds { dry_run: false, ..body };
    let view = change(&client, async |client| client.judge_needs(&body).await).await?;
    context
        .output
        .one(&view, || view.needs.iter().map(|row| format!("{}  {}", row.name, row.title)).collect())?;
    let refused = if view.done && skip_refused { &[] } else { view.refused.as_slice() };
    outcome(context, view.needs.len(), refused, words, hint)
}

/// The numbers that were given, those of the file among them.
pub(super) fn numbers(context: &Context, which: Which) -> Result<(Vec<String>, bool, Write), Failure> {
    let Which { mut needs, file, skip_refused, write } = which;
    if let Some(file) = file {
        let text = String::from_utf8_lossy(&bytes(context, &file)?).into_owned();
        needs.extend(text.split_whitespace().map(str::to_owned));
    }
    Ok((needs, skip_refused, write))
}

const fn action(verdict: &JudgeNeed) -> Action {
    match verdict {
        JudgeNeed::Enlist { .. } => Action::Enlist,
        JudgeNeed::Decline { .. } => Action::Decline,
        JudgeNeed::Merge { .. } => Action::Merge,
        JudgeNeed::Reopen => Action::Reopen,
    }
}
