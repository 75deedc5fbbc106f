//! Answers on standard output: tables by East Asian width, JSON, CSV; tabs where they are piped.

use crate::exit::Failure;
use clap::ValueEnum;
use ronghe_text::{Lang, csv};
use serde::Serialize;
use std::io::{ErrorKind, IsTerminal, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people; tabs where it is piped.
    Table,
    /// One JSON document.
    Json,
    /// A JSON document a line.
    Jsonl,
    /// RFC 4180.
    Csv,
}

/// Where answers go.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) columns: Vec<String>,
    pub(crate) quiet: bool,
    pub(crate) lang: Lang,
}

/// A column: its name for `--columns` and CSV, and its headings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

impl Output {
    /// Writes rows: cells for people and CSV, the values themselves for JSON.
    pub(crate) fn rows<T: Serialize>(
        &self,
        columns: &[Column],
        rows: &[T],
        cells: impl Fn(&T) -> Vec<String>,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => return print(&pretty(&rows)?),
            Format::Jsonl => {
                let lines: Result<Vec<String>, Failure> = rows.iter().map(|row| line(row)).collect();
                return print(&lines?.join("\n"));
            }
            Format::Table | Format::Csv => {}
        }
        let shown = self.shown(columns)?;
        let pick = |all: &[String]| -> Vec<String> {
            shown.iter().map(|at| all.get(*at).cloned().unwrap_or_default()).collect()
        };
        let body: Vec<Vec<String>> = rows.iter().map(|row| pick(&cells(row))).collect();
        if self.format == Format::Csv {
            let names: Vec<String> = columns.iter().map(|column| column.name.to_owned()).collect();
            let mut lines = vec![csv::line(&pick(&names))];
            lines.extend(body.iter().map(|row| csv::line(row)));
            return print(&lines.join("\r\n"));
        }
        let heads: Vec<String> =
            columns.iter().map(|column| self.lang.pick(column.zh, column.en).to_owned()).collect();
        if !std::io::stdout().is_terminal() {
            let lines: Vec<String> =
                std::iter::once(pick(&heads)).chain(body).map(|row| row.join("\t")).collect();
            return print(&lines.join("\n"));
        }
        print(&aligned(&pick(&heads), &body, width()))
    }

    /// Writes one value: JSON, or the lines that people read.
    pub(crate) fn one<T: Serialize>(
        &self,
        value: &T,
        lines: impl FnOnce() -> Vec<String>,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => print(&pretty(value)?),
            Format::Jsonl => print(&line(value)?),
            Format::Csv => Err(Failure::Usage(
                self.lang
                    .pick(
                        "单条记录不写 CSV，用 -o json 或 -o table",
                        "a single record is not written as CSV; use -o json or -o table",
                    )
                    .to_owned(),
            )),
            Format::Table => print(&lines().join("\n")),
        }
    }

    fn shown(&self, columns: &[Column]) -> Result<Vec<usize>, Failure> {
        if self.columns.is_empty() {
            return Ok((0..columns.len()).collect());
        }
        self.columns
            .iter()
            .map(|wanted| {
                columns.iter().position(|column| column.name == wanted.trim()).ok_or_else(|| {
                    let known: Vec<&str> = columns.iter().map(|column| column.name).collect();
                    Failure::Usage(match self.lang {
                        Lang::Zh => format!("没有“{wanted}”这一列，有：{}", known.join("、")),
                        Lang::En => format!("there is no column {wanted}; there are {}", known.join(", ")),
                    })
                })
            })
            .collect()
    }
}

/// Prints with a line's end; a reader that has gone ends the command quietly.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let end = if text.is_empty() { "" } else { "\n" };
    exact(&format!("{text}{end}"))
}

/// Prints what is hashed or compared: these bytes and nothing behind them.
pub(crate) fn exact(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::Closed),
        Err(error) => Err(Failure::Ours(error.to_string())),
    }
}

/// JSON over several lines.
pub(crate) fn pretty<T: Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|source| Failure::Ours(source.to_string()))
}

fn line<T: Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|source| Failure::Ours(source.to_string()))
}

/// Columns of a terminal; where it does not say, as many as old ones had twice.
fn width() -> usize {
    terminal_size::terminal_size().map_or(160, |(width, _)| usize::from(width.0))
}

/// Narrowest that a column is cut to.
const NARROWEST: usize = 8;

/// Aligns by East Asian width; the widest columns are cut until a row fits into `most`.
fn aligned(heads: &[String], body: &[Vec<String>], most: usize) -> String {
    let mut widths: Vec<usize> = heads.iter().map(|head| head.width()).collect();
    for row in body {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let gaps = 2 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > most {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => break,
        }
    }
    let last = widths.len().saturating_sub(1);
    let write = |row: &[String]| -> String {
        row.iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| {
                let cell = cut(cell, *width);
                let gap = if at == last { 0 } else { width.saturating_sub(cell.width()) + 2 };
                format!("{cell}{}", " ".repeat(gap))
            })
            .collect()
    };
    std::iter::once(write(heads)).chain(body.iter().map(|row| write(row))).collect::<Vec<_>>().join("\n")
}

/// At most `width` columns, the last of them `…` where something is left out.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::{aligned, cut};

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn columns_align_by_the_width_of_chinese() {
        let body = [row(&["1", "心理健康", "有效"]), row(&["12", "AI 课程", "失效"])];
        let text = aligned(&row(&["编号", "标题", "状态"]), &body, 80);
        assert_eq!(text, "编号  标题      状态\n1     心理健康  有效\n12    AI 课程   失效");
    }

    #[test]
    fn the_widest_column_is_cut_to_fit() {
        let body = [row(&["1", "心理健康工作室共建与课程开发"])];
        assert_eq!(aligned(&row(&["编号", "标题"]), &body, 16), "编号  标题\n1     心理健康…");
    }

    #[test]
    fn a_cut_keeps_whole_characters() {
        for (text, width, wanted) in
            [("济南市", 6, "济南市"), ("济南市", 5, "济南…"), ("济南市", 4, "济…"), ("abc", 2, "a…")]
        {
            assert_eq!(cut(text, width), wanted);
        }
    }
}
