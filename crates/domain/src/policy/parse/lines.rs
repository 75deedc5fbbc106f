//! The text as lines, and what every scanner needs to look at them.

use super::super::draft::Place;

/// A line: a stretch of the text without surrounding white space, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn place(&self) -> Place {
        Place { start: self.start, end: self.end() }
    }
}

/// The whole text with its lines.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Vec<Line<'a>>,
    /// The text came without line breaks, or with few.
    pub(super) flat: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for raw in text.split('\n') {
            let line = raw.trim_start_matches(is_space);
            let begin = start + raw.len() - line.len();
            let line = line.trim_end_matches(is_space);
            if !line.is_empty() {
                lines.push(Line { start: begin, text: line });
            }
            start += raw.len() + 1;
        }
        Self { text, lines, flat: false }
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
    c.is_whitespace()
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}')
}

/// A Chinese character, without punctuation.
pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇')
}

/// A bracket or quotation mark that opens; what it holds belongs together.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '《' | '〈' | '“' | '【' | '[' | '〔' | '「' | '『')
}

/// The mark that closes such a stretch.
pub(super) fn closes(c: char) -> bool {
    matches!(c, '）' | ')' | '》' | '〉' | '”' | '】' | ']' | '〕' | '」' | '』')
}

/// A mark that ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
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
