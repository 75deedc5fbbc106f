//! `ronghe need import`, `ronghe need template FILE` and `ronghe need export`.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::export;
use crate::file::{bytes, save};
use crate::list::Filters;
use crate::output::Column;
use crate::write::{Write, change};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_client::{ExportNeeds, ListNeeds};
use ronghe_contract::need::{ImportNeeds, ImportedNeed, ImportedNeeds};
use ronghe_text::{Lang, comma, field_label, measure_numbers};
use std::path::Path;

const COLUMNS: &[Column] = &[
    Column { name: "row", zh: "行", en: "Row" },
    Column { name: "name", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "measures", zh: "措施", en: "Measures" },
    Column { name: "budget", zh: "经费", en: "Budget" },
    Column { name: "gaps", zh: "还缺", en: "Still missing" },
];

/// Makes the needs of a table, all or none.
pub(super) async fn import(
    context: &Context,
    file: &Path,
    (year, submit): (String, bool),
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let file = STANDARD.encode(bytes(context, file)?);
    let look = ImportNeeds { year, file, submit, preview: true };
    let preview = client.import_needs(&look).await?;
    if write.dry_run {
        context.output.rows(COLUMNS, &preview.needs, |row| cells(lang, row))?;
        remarks(context, &preview);
        let said = match lang {
            Lang::Zh => format!("可以导入 {} 条需求，没有写入", preview.total),
            Lang::En => format!("{} needs can be imported; nothing was written", preview.total),
        };
        done(context, &said);
        return Ok(());
    }
    let question = match (lang, submit) {
        (Lang::Zh, false) => format!("导入 {} 条需求，存为草稿？", preview.total),
        (Lang::Zh, true) => format!("导入并提交 {} 条需求？", preview.total),
        (Lang::En, false) => format!("Import {} needs as drafts?", preview.total),
        (Lang::En, true) => format!("Import {} needs and submit them?", preview.total),
    };
    write.confirm.ask(context, &question)?;
    let body = ImportNeeds { preview: false, ..look };
    let made = change(&client, async |client| client.import_needs(&body).await).await?;
    context.output.rows(COLUMNS, &made.needs, |row| cells(lang, row))?;
    remarks(context, &made);
    let said = match (lang, submit) {
        (Lang::Zh, false) => format!("{} 条需求已导入，存为草稿", made.total),
        (Lang::Zh, true) => format!("{} 条需求已导入并提交", made.total),
        (Lang::En, false) => format!("{} needs imported as drafts", made.total),
        (Lang::En, true) => format!("{} needs imported and submitted", made.total),
    };
    done(context, &said);
    Ok(())
}

/// What is to be known of the rows besides.
fn remarks(context: &Context, found: &ImportedNeeds) {
    if context.output.quiet {
        return;
    }
    if found.with_gaps > 0 {
        let words = match context.lang {
            Lang::Zh => format!("warning: {} 条没有填全，补齐以后才能提交", found.with_gaps),
            Lang::En => {
                format!("warning: {} have gaps, to be filled before they can be submitted", found.with_gaps)
            }
        };
        say(context, Sign::Warning, &words);
    }
    let shown = u64::try_from(found.needs.len()).unwrap_or(u64::MAX);
    if shown < found.total {
        let words = match context.lang {
            Lang::Zh => format!("hint: 共 {} 条，显示了前 {shown} 条", found.total),
            Lang::En => format!("hint: the first {shown} of {} are shown", found.total),
        };
        say(context, Sign::Hint, &words);
    }
}

fn cells(lang: Lang, row: &ImportedNeed) -> Vec<String> {
    let gaps: Vec<String> = row.gaps.iter().map(|path| field_label(lang, path)).collect();
    vec![
        row.row.to_string(),
        row.name.clone().unwrap_or_default(),
        row.title.clone(),
        measure_numbers(lang, &row.measures),
        row.budget.clone(),
        gaps.join(comma(lang)),
    ]
}

/// Writes an empty table to be filled in.
pub(super) async fn template(context: &Context, file: &Path, year: &str) -> Result<(), Failure> {
    let bytes = context.client()?.need_template(year).await?;
    save(context, file, &bytes)
}

/// Saves what a list shows, all of it, as what the file's name ends with.
pub(super) async fn export(
    context: &Context,
    file: &Path,
    (search, filters): (String, &Filters),
    wait: bool,
) -> Result<(), Failure> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = ending.to_ascii_lowercase();
    if !matches!(format.as_str(), "xlsx" | "csv") {
        let words =
            context.lang.pick("文件名要以 .xlsx 或 .csv 结尾", "the file's name ends in .xlsx or .csv");
        return Err(Failure::Usage(words.to_owned()));
    }
    let mut list = ListNeeds { q: search, ..ListNeeds::default() };
    super::fill(context, filters, &mut list)?;
    let (client, query) = (context.client()?, ExportNeeds { format, list });
    match client.export_needs(&query).await {
        Ok(bytes) => save(context, file, &bytes),
        Err(error) if error.is_long_list() => {
            let ask = query.later()?;
            let asked = change(&client, async |client| client.ask_export(&ask).await).await?;
            export::asked(context, &asked, file, wait).await
        }
        Err(error) => Err(error.into()),
    }
}
