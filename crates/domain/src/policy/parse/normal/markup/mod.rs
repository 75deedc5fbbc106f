//! The text of a web page: tags left out, paragraphs and rows of tables on lines, entities as characters, with the
//! way back to the places of the page.
//!
//! Only known tags count, so that 各县<市、区> stays. A line that is nothing but links is the page's, not the
//! document's. `O(n)`.

mod entities;
mod tags;

use super::super::lines::{is_chinese, is_space};
use super::super::marker::marker;
use tags::{Kind, Tag, Tags};

/// The text of a page.
#[derive(Debug)]
pub(super) struct Markup {
    pub(super) text: String,
    /// Where a run of equal bytes begins: its place here, and on the page.
    runs: Vec<(usize, usize)>,
}

impl Markup {
    /// The text of `source`; `None` where it carries neither tags nor entities.
    pub(super) fn of(source: &str) -> Option<Self> {
        if !source.contains(['<', '&']) {
            return None;
        }
        let tags = Tags::of(source);
        let entities = source.match_indices('&').any(|(at, _)| entities::decode(rest(source, at)).is_some());
        if tags.all.is_empty() && !entities {
            return None;
        }
        let mut writer = Writer::new(source);
        let mut at = 0;
        for tag in &tags.all {
            writer.text(at, tag.start);
            writer.tag(tag);
            at = tag.end;
        }
        writer.text(at, source.len());
        writer.end_line();
        Some(Self { text: writer.text, runs: writer.runs })
    }

    /// The place on the page of a place here.
    pub(super) fn origin(&self, at: usize) -> Option<usize> {
        let run = self.runs.partition_point(|(run, _)| *run <= at).checked_sub(1)?;
        self.runs.get(run).map(|(run, origin)| origin + (at - run))
    }
}

/// How many bytes of the page the character at `at` takes: an entity takes several.
pub(super) fn len_at(source: &str, at: usize) -> Option<usize> {
    let rest = source.get(at..)?;
    entities::decode(rest).map(|(_, len)| len).or_else(|| rest.chars().next().map(char::len_utf8))
}

fn rest(source: &str, at: usize) -> &str {
    source.get(at..).unwrap_or("")
}

struct Writer<'a> {
    source: &'a str,
    text: String,
    runs: Vec<(usize, usize)>,
    /// Within a paragraph that closes: its line breaks are blanks.
    paragraph: bool,
    /// Within a row of a table, and whether its cells stand between bars.
    row: Option<bool>,
    /// How many links are open.
    links: u32,
    /// Where the line begins, and whether it holds links only.
    line: usize,
    links_only: bool,
}

impl<'a> Writer<'a> {
    const fn new(source: &'a str) -> Self {
        Self {
            source,
            text: String::new(),
            runs: Vec::new(),
            paragraph: false,
            row: None,
            links: 0,
            line: 0,
            links_only: true,
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag.kind {
            Kind::Nothing => {}
            Kind::Link { opens } => {
                self.links = if opens { self.links + 1 } else { self.links.saturating_sub(1) }
            }
            Kind::Block { leaf } => {
                self.break_at(tag.start);
                self.paragraph = leaf;
            }
            Kind::Break => self.break_at(tag.start),
            Kind::Row { cells } => {
                if self.row == Some(true) {
                    self.put('|', tag.start);
                }
                self.row = None;
                self.paragraph = false;
                self.break_at(tag.start);
                self.row = cells;
            }
            Kind::Cell => match self.row {
                Some(true) => self.put('|', tag.start),
                Some(false) => self.put('\t', tag.start),
                None => self.break_at(tag.start),
            },
        }
    }

    /// The page's text between two tags.
    fn text(&mut self, from: usize, to: usize) {
        let text = self.source.get(from..to).unwrap_or("");
        let mut skip = 0;
        for (at, c) in text.char_indices() {
            if at < skip {
                continue;
            }
            let from = from + at;
            if c == '&'
                && let Some((meant, len)) = entities::decode(rest(text, at))
            {
                skip = at + len;
                self.put(meant, from);
            } else if matches!(c, '\n' | '\r') && (self.paragraph || self.row.is_some()) {
                let next = rest(text, at).trim_start_matches(is_space);
                skip = text.len() - next.len();
                if self.row.is_none() && marker(next).is_some() {
                    self.end_line();
                    self.put('\n', from);
                    self.line = self.text.len();
                } else if !self
                    .text
                    .ends_with(|c: char| is_chinese(c) || is_space(c) || "，。、；：".contains(c))
                {
                    self.put(' ', from);
                }
            } else if matches!(c, '\n' | '\r') {
                self.end_line();
                self.put(c, from);
                self.line = self.text.len();
            } else {
                self.links_only &=
                    self.links > 0 || is_space(c) || matches!(c, '|' | '>' | '·' | '-' | '【' | '】');
                self.put(c, from);
            }
        }
    }

    fn break_at(&mut self, from: usize) {
        if self.row.is_some() {
            if !self.text.ends_with([' ', '|', '\t']) {
                self.put(' ', from);
            }
            return;
        }
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.put('\n', from);
        }
        self.line = self.text.len();
    }

    /// Takes the line back where it holds links only; a list of annexes stays.
    fn end_line(&mut self) {
        let line = self.text.get(self.line..).unwrap_or("").trim_matches(is_space);
        if self.links_only && !line.is_empty() && !line.starts_with("附件") && !line.contains('。') {
            self.text.truncate(self.line);
            let kept = self.runs.partition_point(|(run, _)| *run < self.line);
            self.runs.truncate(kept);
        }
        self.links_only = true;
    }

    fn put(&mut self, c: char, from: usize) {
        let at = self.text.len();
        if self.runs.last().is_none_or(|(run, origin)| origin + (at - run) != from) {
            self.runs.push((at, from));
        }
        self.text.push(c);
    }
}
