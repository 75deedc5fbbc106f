//! Numbered items: where they stand, and which of them make up the document.

use super::super::lines::{Line, Lines, closes, cut, ends_sentence, is_space, opens};
use super::super::marker::{Kind, Marker, is_chinese_figure, marker};
use super::super::units::Clause;

/// A numbered item and the text behind its number up to the next item of any level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) number: u32,
    /// Where the number begins.
    pub(super) from: usize,
    /// Where the text behind the number begins.
    pub(super) start: usize,
    /// Where the next item begins, or the text's end.
    pub(super) end: usize,
}

/// Longest heading, in bytes, behind which an item of a deeper level may begin without any mark between.
const HEADING: usize = 150;

/// Every item of the text, in order.
pub(super) fn find(lines: &Lines<'_>, clauses: &[Clause]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut running = Running::default();
    let all = clauses;
    let mut clauses = clauses.iter().peekable();
    let mut annexes = false;
    for line in &lines.lines {
        annexes = lists_annexes(line.text, annexes);
        if annexes {
            continue;
        }
        let mut taken = line.start;
        for (at, before) in places(line) {
            let from = line.start + at;
            while clauses.next_if(|clause| clause.place.end <= from).is_some() {}
            let in_clause =
                clauses.peek().is_some_and(|clause| clause.place.start < from && from < clause.place.end);
            if from < taken || in_clause {
                continue;
            }
            let Some(found) = marker(cut(line.text, at, line.text.len())) else { continue };
            let heading = items.last().map(|item| cut(lines.text, item.start, from)).unwrap_or_default();
            if !running.takes(found, before, heading) {
                continue;
            }
            running.note(found);
            taken = from + found.len;
            items.push(Item { kind: found.kind, number: found.number, from, start: taken, end: taken });
        }
    }
    let mut items = without_attributes(items, all);
    let ends: Vec<usize> = items.iter().skip(1).map(|item| item.from).chain([lines.text.len()]).collect();
    for (item, end) in items.iter_mut().zip(ends) {
        item.end = end.max(item.start);
    }
    items
}

/// Without the items that only say something of the one above them, as one of them is a clause of units as a
/// whole: （一）目标：… （二）责任单位：…
fn without_attributes(items: Vec<Item>, clauses: &[Clause]) -> Vec<Item> {
    let is_clause = |item: &Item| {
        let at = clauses.partition_point(|clause| clause.place.start < item.from);
        clauses.get(at).is_some_and(|clause| clause.place.start == item.from && !clause.units.is_empty())
    };
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    let mut attributes: Option<Kind> = None;
    let mut top: Option<Kind> = None;
    for item in items {
        attributes = attributes.filter(|level| item.kind >= *level);
        if top.is_some_and(|top| top < item.kind) && is_clause(&item) {
            while kept.pop_if(|known| known.kind >= item.kind).is_some() {}
            attributes = Some(item.kind);
        }
        if attributes.is_none() {
            top = Some(top.map_or(item.kind, |top| top.min(item.kind)));
            kept.push(item);
        }
    }
    kept
}

/// What stands before a place where an item may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Nothing: it is the line's head.
    Nothing,
    /// The end of a sentence, a closed bracket, a gap.
    Break,
    /// Anything else.
    Text,
}

/// Places in a line where an item may begin, outside quotations.
fn places<'a>(line: &Line<'a>) -> impl Iterator<Item = (usize, Before)> + 'a {
    let text = line.text;
    let mut before: Option<char> = None;
    let mut gap = false;
    let mut depth = 0_u32;
    text.char_indices().filter_map(move |(at, c)| {
        let (previous, after_gap) = (before, gap);
        gap = is_space(c);
        if !gap {
            before = Some(c);
        }
        let inside = depth > 0;
        // Titles in 《》 and quotations hold no items; a bracket may be the number itself.
        match c {
            '《' | '“' => depth += 1,
            '》' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let starts = matches!(c, '第' | '（' | '(' | '㈠'..='㈩' | '①'..='⑳' | '⒈'..='⒛' | '⑴'..='⒇')
            || is_chinese_figure(c)
            || c.is_ascii_digit();
        if !starts || inside && previous.is_some() {
            return None;
        }
        Some(match previous {
            None => (at, Before::Nothing),
            Some(c) if ends_sentence(c) || closes(c) || matches!(c, '；' | ';') || after_gap => {
                (at, Before::Break)
            }
            // A number goes on where it began.
            Some(c) if is_chinese_figure(c) || c.is_ascii_digit() || opens(c) || c == '第' => return None,
            Some(_) => (at, Before::Text),
        })
    })
}

/// The numbers that run at every level.
#[derive(Debug, Default)]
struct Running {
    last: Vec<(Kind, u32)>,
    deepest: Option<Kind>,
}

impl Running {
    /// Whether a number belongs to the numbering. At a line's head it may begin anew or leave a gap; within
    /// a line it has to go on, or to open a level below the running one.
    fn takes(&self, found: Marker, before: Before, heading: &str) -> bool {
        let running = self.last.iter().find(|(kind, _)| *kind == found.kind).map(|(_, number)| *number);
        let goes_on = running.is_some_and(|number| found.number == number + 1);
        let deepens = found.number == 1 && self.deepest.is_none_or(|deepest| deepest < found.kind);
        match before {
            // A line that begins with a high number out of the blue is no item.
            Before::Nothing => {
                running.is_some()
                    || found.number <= 2
                    || found.kind < Kind::Paren
                    || found.kind == Kind::Article
            }
            Before::Break => goes_on || deepens || found.kind == Kind::Chapter && found.number == 1,
            // 一、总体要求（一）指导思想: a bare heading and its first item.
            Before::Text => {
                let bare = heading.len() <= HEADING && !heading.contains(['。', '，', '；', '：']);
                let strong = matches!(found.kind, Kind::Paren | Kind::Article | Kind::Figure);
                strong
                    && bare
                    && self.deepest.is_some_and(|deepest| deepest < found.kind)
                    && (goes_on || deepens)
            }
        }
    }

    fn note(&mut self, found: Marker) {
        self.deepest = Some(found.kind);
        match self.last.iter_mut().find(|(kind, _)| *kind == found.kind) {
            Some(entry) => entry.1 = found.number,
            None => self.last.push((found.kind, found.number)),
        }
    }
}

/// Whether a line stands in the list of annexes below the body (附件：1.… 2.…).
fn lists_annexes(line: &str, before: bool) -> bool {
    if line.starts_with("附件：") || line.starts_with("附件:") {
        return true;
    }
    before
        && marker(line).is_some_and(|found| found.kind == Kind::Figure)
        && line.chars().count() <= 60
        && !line.contains('。')
}
