//! Needs that say much the same as one.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::{Column, Format};
use ronghe_contract::need::AlikeView;
use ronghe_text::{Lang, need_state};

const COLUMNS: &[Column] = &[
    Column { name: "likeness", zh: "相似度", en: "Likeness" },
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "unit", zh: "单位", en: "Unit" },
    Column { name: "state", zh: "状态", en: "State" },
    Column { name: "passages", zh: "相同的段落", en: "Passages" },
];

/// Lists them.
pub(super) async fn show(context: &Context, name: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.list_alike_needs(name).await?.items;
    context.output.rows(COLUMNS, &found, |it| cells(lang, it))?;
    if found.is_empty() && context.output.format == Format::Table {
        done(context, lang.pick("没有相近的需求", "no need says much the same"));
    }
    Ok(())
}

fn cells(lang: Lang, it: &AlikeView) -> Vec<String> {
    let row = &it.need;
    vec![
        format!("{} %", it.likeness),
        row.name.clone(),
        row.title.clone(),
        lang.pick(&row.unit.name, &row.unit.name_en).to_owned(),
        need_state(lang, row.state).to_owned(),
        it.fields.iter().map(|field| field.passages.len()).sum::<usize>().to_string(),
    ]
}
