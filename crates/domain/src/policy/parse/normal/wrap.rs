//! Lines that were broken for their width only.

use super::super::head::is_issuer_line;
use super::super::lines::{ends_sentence, is_chinese, is_space};
use super::super::marker::marker;
use super::Raw;

/// Widths of lines, in columns, at which texts are broken.
const WIDTHS: std::ops::RangeInclusive<usize> = 28..=180;

/// The lines with those that were broken for their width joined again.
pub(super) fn joined(lines: Vec<Raw>) -> Vec<Raw> {
    clauses_joined(by_width(lines))
}

/// Lines joined where a clause in brackets was broken in the middle of a word or a list: …等配 / 合）.
fn clauses_joined(lines: Vec<Raw>) -> Vec<Raw> {
    let mut whole: Vec<Raw> = Vec::with_capacity(lines.len());
    for line in lines {
        match whole.last_mut() {
            Some(before) if is_open(before) && closes_first(&line) => before.chars.extend(line.chars),
            _ => whole.push(line),
        }
    }
    whole
}

/// A long line ends within a bracket that opened near its end, in the middle of a word or behind 、.
fn is_open(line: &Raw) -> bool {
    const LONG: usize = 20;
    const NEAR: usize = 120;
    let mut depth = 0_i32;
    let open = line.chars.iter().rev().take(NEAR).any(|(c, _)| {
        match c {
            '）' | ')' | '〕' => depth += 1,
            '（' | '(' | '〔' => depth -= 1,
            _ => {}
        }
        depth < 0
    });
    let ends = line.chars.last().is_some_and(|(c, _)| is_chinese(*c) || matches!(c, '、' | '，' | '（'));
    open && ends && line.chars.len() >= LONG
}

/// A line that closes a bracket before it opens one or ends a sentence, and begins no item.
fn closes_first(line: &Raw) -> bool {
    let text: String = line.chars.iter().take(12).map(|(c, _)| *c).collect();
    let next = line
        .chars
        .iter()
        .take(120)
        .find(|(c, _)| ends_sentence(*c) || matches!(c, '（' | '(' | '〔' | '）' | ')' | '〕' | '：'));
    next.is_some_and(|(c, _)| matches!(c, '）' | ')' | '〕')) && marker(&text).is_none()
}

/// Lines joined that were broken at the width of the paper.
fn by_width(lines: Vec<Raw>) -> Vec<Raw> {
    let Some(width) = width(&lines) else { return lines };
    let mut whole: Vec<Raw> = Vec::with_capacity(lines.len());
    let mut full = false;
    for line in lines {
        let next = near(columns(&line), width);
        match whole.last_mut() {
            Some(before) if full && goes_on(before, &line, width) => before.chars.extend(line.chars),
            _ => whole.push(line),
        }
        full = next;
    }
    whole
}

/// The width at which the lines were broken, where most long lines stop in the middle of a sentence at it.
fn width(lines: &[Raw]) -> Option<usize> {
    let mut open: Vec<usize> = lines
        .iter()
        .filter(|line| !is_closed(line))
        .map(columns)
        .filter(|columns| columns >= WIDTHS.start())
        .collect();
    open.sort_unstable();
    let width = *open.get((open.len() * 9) / 10)?;
    let full = open.iter().filter(|columns| near(**columns, width)).count();
    // Lines of headings vary in width, lines of broken paragraphs hardly.
    let exact = open.iter().filter(|columns| columns.abs_diff(width) <= 2).count();
    let long = lines.iter().filter(|line| near(columns(line), width)).count();
    let over = lines.iter().filter(|line| columns(line) > width + 8).count();
    let even = full >= 6 || exact >= 3 && exact * 2 >= open.len();
    (WIDTHS.contains(&width) && even && full * 2 >= long && over * 8 <= full).then_some(width)
}

/// Whether `line` goes on where `before`, a full line, was broken.
fn goes_on(before: &Raw, line: &Raw, width: usize) -> bool {
    let text: String = line.chars.iter().take(12).map(|(c, _)| *c).collect();
    // A row of a table.
    let row = line.chars.iter().filter(|(c, _)| *c == '\u{3000}').count() > 1;
    let starts = row
        || line.indented
        || line.apart
        || marker(&text).is_some()
        || before.chars.last().is_some_and(|(c, _)| ends_sentence(*c) || *c == '：')
        || is_closed(before) && !near(columns(line), width) && is_issuer_line(&line.text());
    !starts
}

/// A Chinese character takes two columns, a Latin one or a figure one.
fn columns(line: &Raw) -> usize {
    line.chars.iter().map(|(c, _)| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn near(columns: usize, width: usize) -> bool {
    columns + 7 >= width
}

/// A paragraph may end here.
fn is_closed(line: &Raw) -> bool {
    line.chars.last().is_none_or(|(c, _)| {
        !is_chinese(*c) && !c.is_alphanumeric() && !matches!(c, '、' | '，' | '“' | '《') && !is_space(*c)
    })
}
