//! The text as lines without surrounding white space; stray marks and page numbers are set aside.

use super::super::draft::Place;

/// A line: a stretch of the text without surrounding white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    pub(super) fn place(&self) -> Place {
        Place { start: self.start, end: self.start + self.text.len() }
    }
}

/// The whole text with its lines.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Vec<Line<'a>>,
    /// Marks that belong to no sentence.
    pub(super) stray: Vec<String>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut stray = Vec::new();
        let mut start = 0;
        for raw in text.split(['\n', '\r', '\u{2028}', '\u{b}', '\u{c}']) {
            let mut line = trimmed(start, raw);
            start += raw.len() + separator(text, start + raw.len());
            while let Some(end) = bookmark(line.text) {
                stray.push(cut(line.text, 0, end).to_owned());
                line = trimmed(line.start + end, cut(line.text, end, line.text.len()));
            }
            if !line.text.is_empty() && !is_page_number(line.text) {
                lines.push(line);
            }
        }
        Self { text, lines, stray }
    }

    /// The line that holds the byte `at`, by its index.
    pub(super) fn at(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }
}

/// `text[start..end]`, empty where that is no stretch of it.
pub(super) fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// White space as it stands in documents: full-width and zero-width ones too.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}')
}

/// Without white space between Chinese characters; one blank between Latin words stays.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_space(c) {
            gap = true;
            continue;
        }
        if gap && c.is_ascii_alphabetic() && out.ends_with(|last: char| last.is_ascii_alphabetic()) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// An ASCII figure for a full-width one; other characters as they are.
pub(super) fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        _ => c,
    }
}

fn separator(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

fn trimmed(start: usize, raw: &str) -> Line<'_> {
    let text = raw.trim_start_matches(is_space);
    let start = start + raw.len() - text.len();
    Line { start, text: text.trim_end_matches(is_space) }
}

/// The end of a leading `[bookmark: …]` or `{…}` field code that word processors leave behind.
fn bookmark(line: &str) -> Option<usize> {
    let lower = line.get(..12)?.to_ascii_lowercase();
    lower.starts_with("[bookmark:").then(|| line.find(']').map(|at| at + 1)).flatten()
}

/// `— 3 —`, `-3-`, `第 3 页`, `3/12`.
fn is_page_number(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| is_space(c) || matches!(c, '-' | '—' | '－' | '–' | '─' | '_'));
    let dashed = inner.len() < line.len();
    let figures = !inner.is_empty() && inner.chars().all(|c| narrow(c).is_ascii_digit());
    let page = inner.starts_with('第')
        && inner.ends_with('页')
        && inner.chars().count() <= 8
        && inner.chars().any(|c| narrow(c).is_ascii_digit());
    let rule = inner.is_empty() && line.chars().count() >= 2;
    (dashed && figures && inner.len() <= 12) || page || rule
}
