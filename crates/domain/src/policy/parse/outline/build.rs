//! Sections and measures from the numbered items.

use super::super::super::UnitRole;
use super::super::super::draft::{MeasureDraft, Read, SectionDraft, UnitDraft};
use super::super::lines::{Lines, cut, is_space};
use super::super::marker::{Kind, marker};
use super::super::title;
use super::super::units::{self, Clause};
use super::items::Item;
use super::levels::Levels;

/// Most units that hold for several measures: each of them carries them all.
const MOST: usize = 40;

/// What the builder reads from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub(super) lines: &'a Lines<'a>,
    pub(super) clauses: &'a [Clause],
    pub(super) items: &'a [Item],
    /// Where the body ends.
    pub(super) end: usize,
}

/// Builds the sections with their measures.
pub(super) fn sections(source: Source<'_>, levels: Levels) -> Vec<SectionDraft> {
    let first = source.items.first().map_or(0, |item| item.from);
    let mut builder =
        Builder { source, sections: Vec::new(), seq: 0, for_all: ForAll::default(), above: Vec::new() };
    for clause in source.clauses.iter().filter(|clause| clause.for_all && clause.place.start < first) {
        builder.for_all.add(clause);
    }
    let extents = extents(source.items, source.end);
    // The level of measures in a section that skips the usual one (一、 with 1. right below).
    let mut local = None;
    for (at, (item, extent)) in source.items.iter().zip(&extents).enumerate() {
        if item.from >= source.end {
            break;
        }
        let below = source.items.get(at + 1..).unwrap_or(&[]);
        let holds =
            below.iter().take_while(|next| next.kind > item.kind).any(|next| next.kind <= levels.measure);
        if Some(item.kind) == levels.section {
            local = if holds { None } else { builder.local(item, *extent, below) };
            builder.section(item, *extent, holds || local.is_some());
        } else if Some(item.kind) == local
            || item.kind == levels.measure
            || item.kind < levels.measure && !holds
        {
            builder.measure(item, *extent, Some(item.number));
        } else if item.kind < levels.measure {
            builder.above.retain(|(kind, _)| *kind < item.kind);
            let units = builder.own(item.start, item.end);
            builder.above.push((item.kind, units));
        }
    }
    builder.sections
}

/// Where each item ends with all that stands below it.
fn extents(items: &[Item], end: usize) -> Vec<usize> {
    let mut extents = vec![end; items.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        while let Some(last) = open.last().copied()
            && items.get(last).is_some_and(|known| known.kind >= item.kind)
        {
            open.pop();
            if let Some(extent) = extents.get_mut(last) {
                *extent = item.from.min(end);
            }
        }
        open.push(at);
    }
    extents
}

/// Units declared once.
#[derive(Debug, Default)]
struct ForAll {
    /// They stand in for a part that a measure lacks.
    below: Vec<UnitDraft>,
    /// They join every measure.
    joining: Vec<UnitDraft>,
}

impl ForAll {
    fn add(&mut self, clause: &Clause) {
        let units = if clause.joins { &mut self.joining } else { &mut self.below };
        if units.len() < MOST {
            units::merge(units, &clause.units);
            units.truncate(MOST);
        }
    }

    fn apply(&self, own: &mut Vec<UnitDraft>) {
        let has_lead = own.iter().any(|unit| unit.role == UnitRole::Lead);
        let bare = own.is_empty();
        let all = self.below.iter().chain(&self.joining);
        let (leads, others): (Vec<UnitDraft>, Vec<UnitDraft>) =
            all.cloned().partition(|unit| unit.role == UnitRole::Lead);
        if !leads.is_empty() && !has_lead {
            let before = std::mem::replace(own, leads);
            units::merge(own, &before);
        }
        units::merge(own, if bare { &others } else { &self.joining });
    }
}

struct Builder<'a> {
    source: Source<'a>,
    sections: Vec<SectionDraft>,
    seq: u32,
    for_all: ForAll,
    /// Units that stand with a heading above the measures, by level.
    above: Vec<(Kind, Vec<UnitDraft>)>,
}

impl Builder<'_> {
    fn section(&mut self, item: &Item, extent: usize, holds: bool) {
        let (title, _) =
            title::split(self.source.lines, self.source.clauses, item.start, item.end.min(extent));
        self.sections.push(SectionDraft { number: Some(item.number), title, measures: Vec::new() });
        self.above.clear();
        let mut units = self.own(item.start, item.end.min(extent));
        units.truncate(MOST);
        if holds {
            self.above.push((item.kind, units));
        } else if self.clauses(item.start, extent).iter().any(|clause| !clause.for_all && !clause.spoken) {
            // A section that names units itself is its own and only measure.
            self.measure(item, extent, None);
        }
    }

    /// The level right below a section without items of the usual level, where those are measures too: they
    /// name units each, or nobody does and they are no mere list.
    fn local(&self, section: &Item, extent: usize, below: &[Item]) -> Option<Kind> {
        let inner = below.iter().take_while(|next| next.kind > section.kind);
        let kind = inner.clone().map(|item| item.kind).min()?;
        let children: Vec<&Item> = inner.filter(|item| item.kind == kind && item.from < extent).collect();
        let first = children.first()?.from;
        let last = children.last()?.from;
        let own = self.clauses(section.start, extent);
        let lists = children
            .iter()
            .filter(|item| {
                cut(self.source.lines.text, item.start, item.end).trim_end().ends_with(['；', ';'])
            })
            .count();
        let apart = !own.is_empty()
            && own.iter().all(|clause| clause.place.start >= first)
            && (own.len() > 1 || own.iter().any(|clause| clause.place.start < last));
        let plain = own.is_empty() && lists * 2 < children.len();
        (children.len() > 1 && (apart || plain)).then_some(kind)
    }

    fn measure(&mut self, item: &Item, extent: usize, number: Option<u32>) {
        let (title, body_from) =
            title::split(self.source.lines, self.source.clauses, item.start, item.end.min(extent));
        let mut units = self.own(item.start, extent);
        for (_, above) in self.above.iter().rev().filter(|(kind, _)| *kind < item.kind) {
            ForAll { below: above.clone(), joining: Vec::new() }.apply(&mut units);
        }
        let declared = self.declared(item.start, extent);
        for clause in &declared {
            self.for_all.add(clause);
        }
        self.for_all.apply(&mut units);
        self.seq += 1;
        let body = self.body(body_from, extent);
        // An item of one sentence is its own title.
        let sentence =
            cut(self.source.lines.text, body_from.saturating_sub('。'.len_utf8()), body_from) == "。";
        let body = if body.is_empty() && sentence { format!("{}。", title.value) } else { body };
        let measure = MeasureDraft { number, seq: self.seq, title, body, units };
        if self.sections.is_empty() {
            let title = Read::inferred(String::new(), 100);
            self.sections.push(SectionDraft { number: None, title, measures: Vec::new() });
        }
        if let Some(section) = self.sections.last_mut() {
            section.measures.push(measure);
        }
    }

    /// The units that the clauses between `start` and `end` name.
    fn own(&self, start: usize, end: usize) -> Vec<UnitDraft> {
        let own = self.clauses(start, end).iter().filter(|clause| !clause.for_all);
        let printed = own.clone().any(|clause| !clause.spoken);
        units::union(own.filter(|clause| !printed || !clause.spoken))
    }

    /// What is declared for all between `start` and `end`; it stands behind its clause, so at `end` too.
    fn declared(&self, start: usize, end: usize) -> Vec<Clause> {
        let all = self.source.clauses;
        let from = all.partition_point(|clause| clause.place.start < start);
        let to = all.partition_point(|clause| clause.place.start <= end);
        all.get(from..to).unwrap_or(&[]).iter().filter(|clause| clause.for_all).cloned().collect()
    }

    fn clauses(&self, start: usize, end: usize) -> &[Clause] {
        let all = self.source.clauses;
        let from = all.partition_point(|clause| clause.place.start < start);
        let to = all.partition_point(|clause| clause.place.start < end);
        all.get(from..to).unwrap_or(&[])
    }

    /// The text from `from` to `end` without clauses; lines become paragraphs.
    fn body(&self, from: usize, end: usize) -> String {
        let lines = self.source.lines;
        let mut body = String::new();
        let mut open = false;
        for line in lines.lines.iter().skip(lines.at(from)).take_while(|line| line.start < end) {
            let text = self.without_clauses(line.start.max(from), line.end().min(end));
            let text = text.trim_matches(is_space);
            let text = if body.is_empty() { text.trim_start_matches(is_mark) } else { text };
            if text.is_empty() || text.chars().all(is_mark) {
                continue;
            }
            // A line that was broken in the middle of a sentence goes on.
            if !body.is_empty() && (!open || marker(text).is_some()) {
                body.push('\n');
            }
            open = line.text.chars().count() > 20
                && line
                    .text
                    .ends_with(|c: char| super::super::lines::is_chinese(c) || matches!(c, '，' | '、'));
            body.push_str(text);
        }
        body
    }

    fn without_clauses(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        let mut at = start;
        let all = self.source.clauses;
        let from = all.partition_point(|clause| clause.place.end <= start);
        for clause in all.get(from..).unwrap_or(&[]).iter().take_while(|clause| clause.place.start < end) {
            out.push_str(cut(self.source.lines.text, at, clause.place.start.max(at)));
            at = clause.place.end.max(at);
        }
        if at < end {
            out.push_str(cut(self.source.lines.text, at, end));
        }
        out
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '。' | '；' | '，' | '、' | '.' | '：' | ':' | ';' | ',' | '—' | '-') || is_space(c)
}
