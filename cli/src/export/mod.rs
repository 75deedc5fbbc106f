//! `ronghe export`: lists that are taken out in the background.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::need::table::save;
use crate::output::Column;
use crate::write::Confirm;
use clap::Subcommand;
use ronghe_client::Client;
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
        /// Its number, from `ronghe export list`.
        export: ExportId,
        /// Where it is written.
        file: PathBuf,
        /// Wait until it is ready.
        #[arg(long)]
        wait: bool,
    },
    /// Take a file away; one that is not made yet is called off.
    Delete {
        /// Its number, from `ronghe export list`.
        export: ExportId,
        #[command(flatten)]
        confirm: Confirm,
    },
}

const COLUMNS: &[Column] = &[
    Column { name: "export", zh: "序号", en: "Number" },
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
            context.output.rows(COLUMNS, &found, |export| cells(lang, export))
        }
        Verb::Download { export, file, wait: true } => wait_for(context, &client, export, &file).await,
        Verb::Download { export, file, wait: false } => {
            save(context, &file, &client.download_export(export).await?)
        }
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
        return wait_for(context, &context.client()?, asked.id, file).await;
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

async fn wait_for(context: &Context, client: &Client, id: ExportId, file: &Path) -> Result<(), Failure> {
    let mut export = client.show_export(id).await?;
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
    save(context, file, &client.download_export(id).await?)
}

fn cells(lang: Lang, export: &ExportView) -> Vec<String> {
    let is_there = export.state == State::Ready;
    let there = |words: String| if is_there { words } else { String::new() };
    let until = export.expires.filter(|_| export.offers.contains(&Action::Fetch));
    vec![
        export.id.to_string(),
        instant(lang, export.asked_at),
        view_filters(lang, List::Needs, &export.filters),
        export_state(lang, export.state).to_owned(),
        there(export.rows.to_string()),
        there(file_size(export.size)),
        until.map(|until| instant(lang, until)).unwrap_or_default(),
    ]
}
