//! Lists: what narrows them, how much of them is fetched.

use crate::context::Context;
use crate::exit::{Failure, Sign, done, say};
use crate::output::{Column, Format};
use ronghe_client::Error;
use ronghe_contract::Page;
use ronghe_text::Lang;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows of a list that nobody asked to be longer.
const LIMIT: usize = 100;

/// Which rows are wanted.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Filters {
    /// Only rows like this: name=value; can be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    filter: Vec<(String, String)>,
}

/// How a list is narrowed.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Narrow {
    #[command(flatten)]
    filters: Filters,
    /// At most so many rows.
    #[arg(long, conflicts_with = "all")]
    limit: Option<usize>,
    /// All rows.
    #[arg(long)]
    all: bool,
}

impl Filters {
    /// These after those of a view: what is given twice holds as it was given here.
    pub(crate) fn over(&self, view: &BTreeMap<String, String>) -> Self {
        let saved = view.iter().map(|(name, value)| (name.clone(), value.clone()));
        Self { filter: saved.chain(self.filter.iter().cloned()).collect() }
    }

    /// As they stand in a view.
    pub(crate) fn pairs(self) -> BTreeMap<String, String> {
        self.filter.into_iter().collect()
    }

    /// Puts each filter into the field of its name; `fields` are all that the list knows.
    pub(crate) fn fill(&self, lang: Lang, fields: &mut [(&str, &mut String)]) -> Result<(), Failure> {
        for (name, value) in &self.filter {
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some((_, field)) => value.clone_into(field),
                None => {
                    let known: Vec<&str> = fields.iter().map(|(known, _)| *known).collect();
                    return Err(Failure::Usage(match lang {
                        Lang::Zh => format!("不能按 {name} 筛选，可用：{}", known.join("、")),
                        Lang::En => format!("there is no filter {name}; there are {}", known.join(", ")),
                    }));
                }
            }
        }
        Ok(())
    }
}

impl Narrow {
    /// Which rows are wanted.
    pub(crate) const fn filters(&self) -> &Filters {
        &self.filters
    }

    /// Puts each filter into the field of its name.
    pub(crate) fn fill(&self, lang: Lang, fields: &mut [(&str, &mut String)]) -> Result<(), Failure> {
        self.filters.fill(lang, fields)
    }

    /// Fetches part after part, up to what was asked for.
    pub(crate) async fn collect<T>(
        &self,
        mut part: impl AsyncFnMut(String) -> Result<Page<T>, Error>,
    ) -> Result<Page<T>, Failure> {
        let most = if self.all { usize::MAX } else { self.limit.unwrap_or(LIMIT) };
        let mut rows = Vec::new();
        let mut after = String::new();
        loop {
            let mut page = part(after).await?;
            rows.append(&mut page.items);
            match page.next.take() {
                Some(next) if rows.len() < most => after = next,
                next => {
                    if page.total_is_bounded && next.is_none() {
                        // All of them are here.
                        page.total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
                        page.total_is_bounded = false;
                    }
                    rows.truncate(most);
                    return Ok(Page { items: rows, ..page });
                }
            }
        }
    }
}

/// Writes rows, and on standard error how many there are.
pub(crate) fn show<T: Serialize>(
    context: &Context,
    columns: &[Column],
    page: &Page<T>,
    cells: impl Fn(&T) -> Vec<String>,
) -> Result<(), Failure> {
    context.output.rows(columns, &page.items, cells)?;
    let shown = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
    let (total, more) = (page.total, page.total_is_bounded);
    if shown < total || more {
        let words = match context.lang {
            Lang::Zh => format!(
                "hint: 共 {total} 条{}，显示了 {shown} 条；--all 显示全部",
                if more { "以上" } else { "" }
            ),
            Lang::En => {
                format!("hint: {shown} of {total}{} rows; --all shows them all", if more { "+" } else { "" })
            }
        };
        if !context.output.quiet {
            say(context, Sign::Hint, &words);
        }
    } else if matches!(context.output.format, Format::Table | Format::Csv) {
        done(
            context,
            &match context.lang {
                Lang::Zh => format!("{total} 条"),
                Lang::En if total == 1 => "1 row".to_owned(),
                Lang::En => format!("{total} rows"),
            },
        );
    }
    Ok(())
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("name=value".to_owned()),
    }
}
