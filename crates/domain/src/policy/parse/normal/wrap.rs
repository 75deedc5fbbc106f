//! Lines that were broken for their width only.

use super::super::head::is_issuer_line;
use super::super::lines::{ends_sentence, is_chinese, is_space};
use super::super::marker::marker;
use super::Raw;

/// Widths of lines, in characters, at which texts are broken.
const WIDTHS: std::ops::RangeInclusive<usize> = 14..=90;

/// The width at which the lines were broken, where most long lines stop in the middle of a sentence at it.
pub(super) fn width(lines: &[Raw]) -> Option<usize> {
    let mut open: Vec<usize> = lines
        .iter()
        .filter(|line| !is_closed(line) && line.chars.len() >= *WIDTHS.start())
        .map(|line| line.chars.len())
        .collect();
    open.sort_unstable();
    let width = *open.get((open.len() * 9) / 10)?;
    let full = open.iter().filter(|len| near(**len, width)).count();
    let long = lines.iter().filter(|line| line.chars.len() + 4 >= width).count();
    let over = lines.iter().filter(|line| line.chars.len() > width + 6).count();
    (WIDTHS.contains(&width) && full >= 6 && full * 2 >= long && over * 8 <= full).then_some(width)
}

/// Whether `line` goes on where `before` was broken.
pub(super) fn goes_on(before: &Raw, line: &Raw, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let text: String = line.chars.iter().take(12).map(|(c, _)| *c).collect();
    let starts = line.indented
        || line.apart
        || marker(&text).is_some()
        || before.chars.last().is_some_and(|(c, _)| ends_sentence(*c) || *c == '：')
        || is_closed(before) && !near(line.chars.len(), width) && is_issuer_line(&line.text());
    near(before.chars.len(), width) && !starts
}

fn near(len: usize, width: usize) -> bool {
    len + 4 >= width
}

/// A paragraph may end here.
fn is_closed(line: &Raw) -> bool {
    line.chars.last().is_none_or(|(c, _)| {
        !is_chinese(*c) && !c.is_alphanumeric() && !matches!(c, '、' | '，' | '“' | '《') && !is_space(*c)
    })
}
