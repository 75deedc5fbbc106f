//! `ronghe export`: lists that are taken out in the background.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::file::save;
use crate::list;
use crate::output::Column;
use crate::write::Confirm;
use clap::Subcommand;
use ronghe_client::Client;
use ronghe_contract::Page;
use ronghe_contract::export::ExportView;
use ronghe_domain::export::{Action, State};
use ronghe_domain::kernel::ExportId;
use ronghe_domain::view::List;
use ronghe_text::{Lang, export_state, file_size, instant, view_filters};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Files that you asked for.
    List,
    /// Save a file that is ready.
    Download {
        /// Its id, from `ronghe export list`.
        export: ExportId,
        /// Where it is written.
        file: PathBuf,
        /// Wait until it is ready.
        #[arg(long)]
        wait: bool,
    },
    /// Take a file away; one that is not made yet is called off.
    Delete {
        /// Its id, from `ronghe export list`.
        export: ExportId,
        #[command(flatten)]
        confirm: Confirm,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "export", zh: "标识", en: "Id" },
    Column { name: "asked_at", zh: "申请时间", en: "Asked for" },
    Column { name: "filters", zh: "筛选", en: "Filters" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "rows", zh: "行数", en: "Rows" },
    Column { name: "size", zh: "大小", en: "Size" },
    Column { name: "expires", zh: "保留至", en: "Kept until" },
];

/// How often it is asked whether a file is ready.
const PAUSE: Duration = Duration::from_secs(2);

/// Runs a verb.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    match verb {
        Verb::List => {
            let found = client.list_exports().await?;
            let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
            list::show(context, COLUMNS, &Page::new(found, total, None), |export| cells(lang, export))
        }
        Verb::Download { export, file, wait } => fetch(context, export, &file, wait).await,
        Verb::Delete { export, confirm } => {
            confirm.ask(context, lang.pick("删除导出的文件？", "Delete the file?"))?;
            client.delete_export(export).await?;
            done(context, lang.pick("已删除", "deleted"));
            Ok(())
        }
    }
}

/// What became of a list that was asked for in the background: its file, or where it will be.
pub(crate) async fn asked(
    context: &Context,
    asked: &ExportView,
    file: &Path,
    wait: bool,
) -> Result<(), Failure> {
    if wait {
        return fetch(context, asked.id, file, wait).await;
    }
    let words = match context.lang {
        Lang::Zh => format!("行数多，由服务器在后台导出：{}", asked.id),
        Lang::En => format!("there are many rows: the server makes the file in the background, {}", asked.id),
    };
    done(context, &words);
    let file = file.display();
    say(context, Sign::Hint, &format!("hint: ronghe export download {} {file} --wait", asked.id));
    Ok(())
}

/// Saves a file, at once or when it is ready.
async fn fetch(context: &Context, id: ExportId, file: &Path, wait: bool) -> Result<(), Failure> {
    let client = context.client()?;
    if wait {
        wait_for(context, &client, id).await?;
    }
    save(context, file, &client.download_export(id).await?)
}

async fn wait_for(context: &Context, client: &Client, id: ExportId) -> Result<(), Failure> {
    let mut export = client.show_export(id).await?;
    if export.state.is_under_way() && !context.output.quiet {
        let words = context.lang.pick(
            "等服务器生成文件；不想等可以按 Ctrl+C，以后再下载",
            "waiting until the server has made the file; Ctrl+C leaves it to be downloaded later",
        );
        say(context, Sign::Plain, words);
    }
    while export.state.is_under_way() {
        tokio::time::sleep(PAUSE).await;
        export = client.show_export(id).await?;
    }
    if export.state == State::Failed {
        let words = context
            .lang
            .pick("服务器没有生成文件，重新导出", "the server could not make the file: export it anew");
        return Err(Failure::Ours(words.to_owned()));
    }
    Ok(())
}

fn cells(lang: Lang, export: &ExportView) -> Vec<String> {
    let can_fetch = export.offers.iter().any(|offer| offer.action == Action::Fetch && offer.barred.is_none());
    let there = |words: String| if can_fetch { words } else { String::new() };
    let until = export.expires.map(|until| instant(lang, until)).unwrap_or_default();
    vec![
        export.id.to_string(),
        instant(lang, export.asked_at),
        view_filters(lang, List::Needs, &export.filters),
        export_state(lang, export.state).to_owned(),
        there(export.rows.to_string()),
        there(file_size(export.size)),
        there(until),
    ]
}
