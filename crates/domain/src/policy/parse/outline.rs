//! Sections and measures: which numbered items are which, and what belongs to each.

use super::super::UnitRole;
use super::super::draft::{MeasureDraft, Place, Read, SectionDraft, UnitDraft};
use super::effective::is_clause as is_effective_clause;
use super::lines::{Line, Lines, cut, is_space};
use super::marker::{Kind, Marker, marker};
use super::title;
use super::units::{self, Clause};
use super::{dates, head};

/// What the body of a document holds.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) sections: Vec<SectionDraft>,
    /// What stands before the first item, without the head.
    pub(super) preamble: String,
    /// Where the first item begins, in bytes; the text's length where there is none.
    pub(super) begins: usize,
}

/// A numbered item: its number, and the text behind it up to the next item of any level.
#[derive(Clone, Copy, Debug)]
struct Item {
    kind: Kind,
    number: u32,
    /// Where the text behind the number begins.
    start: usize,
    /// Where the number itself begins.
    from: usize,
    end: usize,
}

/// Reads sections and measures.
pub(super) fn read(lines: &Lines<'_>) -> Outline {
    let clauses = units::find(lines);
    let mut items = block(items(lines, &clauses));
    let Some(first) = items.first().map(|item| item.from) else {
        return Outline { begins: lines.text.len(), ..Outline::default() };
    };
    let end = body_end(lines, items.last().map_or(first, |item| item.from));
    close(&mut items, end);
    let measure = measure_kind(&items, &clauses);
    let section = section_kind(&items, measure);
    let mut builder = Builder { lines, clauses: &clauses, sections: Vec::new(), seq: 0, for_all: Vec::new() };
    builder.for_all_before(first);
    for (at, item) in items.iter().enumerate() {
        // The text of an item runs on over the items below it.
        let own_end = items.iter().skip(at + 1).find(|next| next.kind <= item.kind).map_or(end, |next| next.from);
        let measure_end = items
            .iter()
            .skip(at + 1)
            .find(|next| next.kind == measure || Some(next.kind) == section || next.kind < measure)
            .map_or(end, |next| next.from);
        if Some(item.kind) == section {
            let holds_measures =
                items.iter().skip(at + 1).take_while(|next| Some(next.kind) != section).any(|next| next.kind == measure);
            builder.section(item, own_end, holds_measures);
        } else if item.kind == measure {
            builder.measure(item, measure_end);
        }
    }
    Outline { sections: builder.sections, preamble: preamble(lines, first), begins: first }
}

/// Numbers at the heads of lines, and within lines where they go on a sequence behind a full stop.
fn items(lines: &Lines<'_>, clauses: &[Clause]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut last: Vec<(Kind, u32)> = Vec::new();
    for line in &lines.lines {
        let mut from = line.start;
        for (at, first) in heads(line) {
            let start = line.start + at;
            if start < from || clauses.iter().any(|clause| clause.place.start < start && start < clause.place.end) {
                continue;
            }
            let Some(found) = marker(cut(line.text, at, line.text.len())) else { continue };
            if !goes_on(&last, found, first) {
                continue;
            }
            note(&mut last, found);
            from = start + found.len;
            items.push(Item { kind: found.kind, number: found.number, start: from, from: start, end: from });
        }
    }
    items
}

/// Places in a line where an item may begin, and whether it is the line's head.
fn heads<'a>(line: &Line<'a>) -> impl Iterator<Item = (usize, bool)> + 'a {
    let text = line.text;
    let mut before: Option<char> = None;
    text.char_indices().filter_map(move |(at, c)| {
        let previous = before;
        if !is_space(c) {
            before = Some(c);
        }
        let starts = matches!(c, '第' | '（' | '(' | '〔' | '㈠'..='㈩' | '①'..='⑳' | '⒈'..='⒛' | '⑴'..='⒇')
            || super::marker::is_chinese_figure(c)
            || super::lines::narrow(c).is_ascii_digit();
        if !starts {
            return None;
        }
        match previous {
            None => Some((at, true)),
            // A heading behind a sentence, a clause in brackets, or a heading's words and a blank.
            Some('。' | '）' | ')' | '；' | '】' | '！' | '”') => Some((at, false)),
            Some(_) => text.get(..at).is_some_and(|head| head.ends_with(is_space)).then_some((at, false)),
        }
    })
}

/// Whether a number goes on: at a line's head it may begin anew or go on with a gap of one; within a
/// line only a level's next number, or the first one of a deeper level, counts.
fn goes_on(last: &[(Kind, u32)], found: Marker, is_head: bool) -> bool {
    let running = last.iter().find(|(kind, _)| *kind == found.kind).map(|(_, number)| *number);
    if is_head {
        // A line that begins with 10. in the middle of nothing is a figure, not an item.
        return running.is_some() || found.number <= 2 || matches!(found.kind, Kind::Article | Kind::Chapter | Kind::Comma);
    }
    match running {
        Some(number) => found.number == number + 1 || (found.number == 1 && found.kind > Kind::Comma),
        None => found.number == 1,
    }
}

/// Notes a number; levels below begin anew.
fn note(last: &mut Vec<(Kind, u32)>, found: Marker) {
    match last.iter_mut().find(|(kind, _)| *kind == found.kind) {
        Some(entry) => entry.1 = found.number,
        None => last.push((found.kind, found.number)),
    }
}

/// A cover letter or an annex may have numbers of its own: the part whose top level begins anew and that
/// holds the most items is the document.
fn block(items: Vec<Item>) -> Vec<Item> {
    let Some(top) = items.iter().map(|item| item.kind).min() else { return items };
    let mut blocks: Vec<Vec<Item>> = vec![Vec::new()];
    for item in items {
        let begins_anew = item.kind == top && item.number == 1;
        let has_top = blocks.last().is_some_and(|block| block.iter().any(|known| known.kind == top));
        if begins_anew && has_top {
            blocks.push(Vec::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push(item);
        }
    }
    // The first of the largest, so that an annex of the same size does not win.
    let largest = blocks.iter().map(Vec::len).max().unwrap_or(0);
    blocks.into_iter().find(|block| block.len() == largest).unwrap_or_default()
}

fn close(items: &mut [Item], end: usize) {
    let starts: Vec<usize> = items.iter().skip(1).map(|item| item.from).chain([end]).collect();
    for (item, next) in items.iter_mut().zip(starts) {
        item.end = next.max(item.start);
    }
}

/// The level at which most clauses of units hang; without clauses the second one, or the only one.
fn measure_kind(items: &[Item], clauses: &[Clause]) -> Kind {
    let count = |kind: Kind| items.iter().filter(|item| item.kind == kind).count();
    let levels: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| count(*kind) > 0).collect();
    let hanging = |kind: Kind| {
        items
            .iter()
            .filter(|item| item.kind == kind)
            .filter(|item| {
                clauses.iter().any(|c| !c.for_all && item.start <= c.place.start && c.place.start < item.end)
            })
            .count()
    };
    let best = levels.iter().copied().filter(|kind| hanging(*kind) > 0).max_by_key(|kind| hanging(*kind));
    if let Some(kind) = best {
        let upper = levels.iter().copied().find(|level| *level < kind && hanging(*level) * 2 >= hanging(kind));
        return upper.filter(|level| *level != Kind::Chapter && count(*level) > 2).unwrap_or(kind);
    }
    if levels.contains(&Kind::Article) {
        return Kind::Article;
    }
    let mut deep = levels.iter().copied().filter(|kind| *kind != Kind::FigureParen && *kind != Kind::Part);
    let top = deep.next().or_else(|| levels.first().copied()).unwrap_or(Kind::Comma);
    // A second level counts as measures where several sections have it; else it only lists within texts.
    deep.find(|kind| sections_with(items, top, *kind) * 2 >= count(top).min(4)).unwrap_or(top)
}

fn sections_with(items: &[Item], section: Kind, kind: Kind) -> usize {
    let mut with = 0;
    let mut seen = true;
    for item in items {
        if item.kind == section {
            seen = false;
        } else if item.kind == kind && !seen {
            with += 1;
            seen = true;
        }
    }
    with
}

/// The top level above the measures, where there is one.
fn section_kind(items: &[Item], measure: Kind) -> Option<Kind> {
    let first_measure = items.iter().position(|item| item.kind == measure)?;
    items.iter().take(first_measure + 1).map(|item| item.kind).filter(|kind| *kind < measure).min().or_else(|| {
        items.iter().map(|item| item.kind).filter(|kind| *kind < measure).min()
    })
}

/// The end of the body: before the signature, 附件, 抄送, or the words on validity that follow the last item.
fn body_end(lines: &Lines<'_>, last_item: usize) -> usize {
    let from = lines.at(last_item) + 1;
    let mut rest = lines.lines.iter().enumerate().skip(from);
    let found = rest.find(|(at, line)| {
        let next = lines.lines.get(at + 1);
        let signature = head::is_issuer_line(line.text) && next.is_some_and(|next| dates::whole(next.text).is_some());
        head::is_tail(line.text) || dates::whole(line.text).is_some() || signature || is_effective_clause(line.text)
    });
    found.map_or(lines.text.len(), |(_, line)| line.start)
}

/// What stands between the head and the first item: the paragraphs that are sentences.
fn preamble(lines: &Lines<'_>, first: usize) -> String {
    let until = lines.lines.iter().take_while(|line| line.start < first);
    let paragraphs: Vec<&str> = until
        .map(|line| cut(line.text, 0, line.text.len().min(first.saturating_sub(line.start))))
        .filter(|text| text.contains('。') && text.chars().count() > 20)
        .collect();
    // The last ones before the first item introduce it; a cover letter's sentences stand further up.
    paragraphs.last().map(|text| text.trim_matches(is_space).to_owned()).unwrap_or_default()
}

struct Builder<'a> {
    lines: &'a Lines<'a>,
    clauses: &'a [Clause],
    sections: Vec<SectionDraft>,
    seq: u32,
    for_all: Vec<UnitDraft>,
}

impl Builder<'_> {
    fn section(&mut self, item: &Item, own_end: usize, holds_measures: bool) {
        let (title, _) = title::split(self.lines, item.start, item.end);
        self.sections.push(SectionDraft { number: Some(item.number), title, measures: Vec::new() });
        let has_units = self.within(item.start, own_end).iter().any(|clause| !clause.for_all);
        if !holds_measures && has_units {
            // A section that names units itself is its own and only measure.
            self.measure(&Item { number: 0, ..*item }, own_end);
        }
    }

    fn measure(&mut self, item: &Item, end: usize) {
        let (title, body_from) = title::split(self.lines, item.start, end);
        let mut units = Vec::new();
        let clauses = self.within(item.start, end);
        for clause in clauses.iter().filter(|clause| !clause.for_all) {
            units::merge(&mut units, &clause.units);
        }
        for clause in clauses.iter().filter(|clause| clause.for_all) {
            units::merge(&mut units, &clause.units);
            self.for_all.extend(clause.units.iter().cloned());
        }
        let mut all = self.for_all.clone();
        if !all.is_empty() && !units.iter().any(|unit| unit.role == UnitRole::Lead) {
            let (lead, others): (Vec<_>, Vec<_>) = all.drain(..).partition(|unit| unit.role == UnitRole::Lead);
            let own = std::mem::replace(&mut units, lead);
            units::merge(&mut units, &own);
            units::merge(&mut units, &others);
        }
        self.seq += 1;
        let measure = MeasureDraft {
            number: (item.number > 0).then_some(item.number),
            seq: self.seq,
            title,
            body: self.body(body_from, end),
            units,
        };
        if self.sections.is_empty() {
            let title = Read { value: String::new(), sure: 100, place: None, checked: false };
            self.sections.push(SectionDraft { number: None, title, measures: Vec::new() });
        }
        if let Some(section) = self.sections.last_mut() {
            section.measures.push(measure);
        }
    }

    fn for_all_before(&mut self, first: usize) {
        for clause in self.clauses.iter().filter(|clause| clause.for_all && clause.place.start < first) {
            self.for_all.extend(clause.units.iter().cloned());
        }
    }

    fn within(&self, start: usize, end: usize) -> Vec<Clause> {
        self.clauses.iter().filter(|c| start <= c.place.start && c.place.start < end).cloned().collect()
    }

    /// The text from `from` to `end` without clauses; lines become paragraphs.
    fn body(&self, from: usize, end: usize) -> String {
        let mut body = String::new();
        let first = self.lines.at(from);
        for line in self.lines.lines.iter().skip(first).take_while(|line| line.start < end) {
            let Place { start, end: line_end } = line.place();
            let (start, line_end) = (start.max(from), line_end.min(end));
            let text = self.without_clauses(start, line_end);
            let text = text.trim_matches(|c: char| is_space(c));
            if text.is_empty() || text.chars().all(|c| matches!(c, '。' | '；' | '，' | '、' | '.')) {
                continue;
            }
            if !body.is_empty() {
                body.push('\n');
            }
            body.push_str(text);
        }
        body
    }

    fn without_clauses(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        let mut at = start;
        for clause in self.clauses.iter().filter(|c| c.place.start < end && start < c.place.end) {
            out.push_str(cut(self.lines.text, at, clause.place.start.max(at)));
            at = clause.place.end.max(at);
        }
        if at < end {
            out.push_str(cut(self.lines.text, at, end));
        }
        out
    }
}
