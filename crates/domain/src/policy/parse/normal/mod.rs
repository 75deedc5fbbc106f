//! The text in normal form, with the way back to the places of the text as it came.
//!
//! Stray marks, page numbers, lines of a table of contents and rules are left out; gaps shrink to one blank
//! (a full-width one where the gap is wide); figures are ASCII; lines that were only broken for their width
//! are joined; a text without line breaks gets some at its joints.

mod flat;
mod glyphs;
mod joints;
mod markup;
mod wrap;

use super::super::draft::Place;
use super::lines::{is_chinese, is_space, joined};
use super::marker::is_chinese_figure;
use markup::Markup;

/// Longest line, in characters, that is surely a paragraph of its own.
const FLAT: usize = 150;

/// The text in normal form.
#[derive(Debug, Default)]
pub(super) struct Normal {
    pub(super) text: String,
    /// Marks that belong to no sentence.
    pub(super) stray: Vec<String>,
    /// The text came without line breaks, or with few.
    pub(super) flat: bool,
    /// Where a run of equal bytes begins: its place here, and in the text as it came.
    runs: Vec<(usize, usize)>,
    /// What the text was taken out of, where that was a web page.
    page: Option<Markup>,
}

/// A line of the text as it came, cleaned.
#[derive(Debug, Default)]
struct Raw {
    chars: Vec<(char, usize)>,
    indented: bool,
    /// An empty line stood before it.
    apart: bool,
}

impl Raw {
    fn text(&self) -> String {
        self.chars.iter().map(|(c, _)| *c).collect()
    }
}

impl Normal {
    pub(super) fn of(source: &str) -> Self {
        match Markup::of(source) {
            Some(page) => {
                let normal = Self::plain(&page.text);
                Self { page: Some(page), ..normal }
            }
            None => Self::plain(source),
        }
    }

    /// Of a text without tags.
    fn plain(source: &str) -> Self {
        let mut normal = Self::default();
        let mut lines = Vec::new();
        let mut start = 0;
        let mut apart = false;
        for raw in source.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']) {
            let mut line = clean(raw, start, &mut normal.stray);
            let next = start + raw.len();
            start = next + source.get(next..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            if line.chars.is_empty() {
                // A carriage return before a line feed is no empty line.
                apart |= !source.get(..next).unwrap_or("").ends_with('\r') || !raw.is_empty();
                continue;
            }
            if line.chars.len() <= 100 && is_furniture(&line.text()) {
                continue;
            }
            line.apart = std::mem::take(&mut apart);
            lines.push(line);
        }
        normal.write(&wrap::joined(lines));
        normal
    }

    /// Puts the lines down, those that hold several paragraphs broken at their joints.
    fn write(&mut self, lines: &[Raw]) {
        let total: usize = lines.iter().map(|line| line.chars.len()).sum();
        let head: String =
            lines.iter().flat_map(|line| &line.chars).map(|(c, _)| *c).take(joints::HEAD / 3).collect();
        let mut flat = flat::Flat::of(&head);
        let mut joints = 0;
        for (at, line) in lines.iter().enumerate() {
            if !self.text.is_empty() {
                self.put('\n', line.chars.first().map_or(0, |(_, at)| *at));
            }
            // A line that is most of the text: there were no line breaks.
            let whole = line.chars.len() > FLAT && line.chars.len() * 10 > total * 6;
            self.flat |= whole;
            let next: String = lines
                .get(at + 1)
                .map_or_else(String::new, |next| next.chars.iter().take(80).map(|(c, _)| *c).collect());
            let mut breaks = flat.breaks(&line.text(), &next, whole).into_iter().peekable();
            let mut offset = 0;
            for (c, from) in &line.chars {
                while breaks.next_if(|at| *at <= offset).is_some_and(|at| at > 0) {
                    joints += 1;
                    self.put('\n', *from);
                }
                self.put(*c, *from);
                offset += c.len_utf8();
            }
        }
        // Most of the breaks are missing.
        self.flat |= joints * 2 > lines.len() && joints > 3;
    }

    fn put(&mut self, c: char, from: usize) {
        let at = self.text.len();
        if self.runs.last().is_none_or(|(run, origin)| origin + (at - run) != from) {
            self.runs.push((at, from));
        }
        self.text.push(c);
    }

    /// The place in `source` of a place here.
    pub(super) fn place(&self, source: &str, place: Place) -> Option<Place> {
        let start = self.origin(place.start)?;
        let last = self.text.get(..place.end)?.char_indices().next_back()?.0;
        let last = self.origin(last)?;
        let len = match self.page {
            Some(_) => markup::len_at(source, last)?,
            None => source.get(last..)?.chars().next()?.len_utf8(),
        };
        let end = last + len;
        (start < end && source.is_char_boundary(start)).then_some(Place { start, end })
    }

    fn origin(&self, at: usize) -> Option<usize> {
        let run = self.runs.partition_point(|(run, _)| *run <= at).checked_sub(1)?;
        let at = self.runs.get(run).map(|(run, origin)| origin + (at - run))?;
        match &self.page {
            Some(page) => page.origin(at),
            None => Some(at),
        }
    }
}

/// The characters of a line with their places, without what is none of the text's.
fn clean(raw: &str, start: usize, stray: &mut Vec<String>) -> Raw {
    let mut line =
        Raw { indented: raw.starts_with(['\u{3000}', '\t']) || raw.starts_with("  "), ..Raw::default() };
    let mut gap: Option<(usize, usize)> = None;
    let mut skip_to = 0;
    for (at, c) in raw.char_indices() {
        if at < skip_to || glyphs::is_nothing(c) {
            continue;
        }
        if let Some(len) = mark(raw.get(at..).unwrap_or("")) {
            stray.push(raw.get(at..at + len).unwrap_or("").to_owned());
            skip_to = at + len;
            continue;
        }
        if is_space(c) {
            let wide = if c == '\u{3000}' || c == '\t' { 2 } else { 1 };
            gap = Some(gap.map_or((start + at, wide), |(from, width)| (from, width + wide)));
            continue;
        }
        if let Some((from, width)) = gap.take()
            && !line.chars.is_empty()
        {
            line.chars.push((if width > 1 { '\u{3000}' } else { ' ' }, from));
        }
        // Marks of headings and of bold type, as texts copied from editors carry them.
        let heading = line.chars.is_empty() && matches!(c, '#' | '>');
        let bold = c == '*'
            && (raw.get(at + 1..).is_some_and(|rest| rest.starts_with('*'))
                || raw.get(..at).is_some_and(|head| head.ends_with('*')));
        if !heading && !bold {
            let stop = c == '.'
                && stops(line.chars.last().map(|(before, _)| *before), raw.get(at + 1..).unwrap_or(""));
            line.chars.push((if stop { '。' } else { glyphs::usual(c) }, start + at));
        }
    }
    line
}

/// Whether a point between `before` and `behind` is a full stop, as some copies print it: 加强领导.成立专班.
fn stops(before: Option<char>, behind: &str) -> bool {
    let sentence = before.is_some_and(|c| is_chinese(c) && !is_chinese_figure(c) || matches!(c, '”' | '》'));
    let next = behind.trim_start_matches(is_space).chars().next();
    sentence && next.is_none_or(|c| is_chinese(c) || matches!(c, '（' | '(' | '“' | '《'))
}

/// The length of a `[bookmark: …]` that word processors leave behind.
fn mark(rest: &str) -> Option<usize> {
    let head = rest.get(.."[bookmark:".len())?;
    head.eq_ignore_ascii_case("[bookmark:")
        .then(|| rest.char_indices().take(80).find(|(_, c)| *c == ']').map(|(at, _)| at + 1))
        .flatten()
}

/// Page numbers (`— 3 —`, `第 3 页`), rules, and lines of a table of contents.
fn is_furniture(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| {
        is_space(c) || matches!(c, '-' | '—' | '－' | '–' | '─' | '_' | '·' | '=' | '*')
    });
    let dashed = inner.len() < line.len();
    let figures = !inner.is_empty() && inner.len() <= 4 && inner.chars().all(|c| c.is_ascii_digit());
    let page = inner.starts_with('第')
        && inner.contains('页')
        && inner.chars().count() <= 16
        && inner.chars().any(|c| c.is_ascii_digit());
    let rule = inner.is_empty();
    (dashed && figures) || page || rule || is_contents(line) || joined(line) == "目录"
}

/// `一、总体要求……3`.
fn is_contents(line: &str) -> bool {
    let bare = line.trim_end_matches(|c: char| c.is_ascii_digit() || is_space(c) || matches!(c, '-' | '—'));
    bare.len() < line.len()
        && ["……", "...", "···", "…", "．．．", "•••"].iter().any(|dots| bare.ends_with(dots))
}
