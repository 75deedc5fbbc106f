//! Clauses of responsible units: in brackets, behind a label, or declared once for all.

mod bodies;
mod labels;
mod names;
mod prose;
mod roles;

use std::collections::BTreeMap;

use super::super::UnitRole;
use super::super::draft::{Place, UnitDraft};
use super::dates;
use super::lines::{Line, Lines, closes, cut, ends_sentence, is_space, opens};
use super::marker::marker;
use labels::label;
use roles::Found;

pub(super) use names::{split as split_names, tokens as name_tokens};

/// A clause that names units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// What is cut out of the measure's text; empty for a sentence that stays.
    pub(super) place: Place,
    pub(super) units: Vec<UnitDraft>,
    /// It holds for all measures that follow.
    pub(super) for_all: bool,
    /// Its units join those of every measure (以下均需…负责，不再列出), named there or not.
    pub(super) joins: bool,
    /// It is a sentence of the measure's own text: where brackets or labels name units, they go before it.
    pub(super) spoken: bool,
}

/// Longest clause in bytes: some four hundred characters.
const LONGEST: usize = 1_200;
/// Deepest nest of brackets that is looked into.
const DEEPEST: usize = 16;

/// All clauses of the text, in order, none within another.
pub(super) fn find(lines: &Lines<'_>) -> Vec<Clause> {
    let mut found = bracketed(lines.text);
    plain(lines, &mut found);
    found.sort_by_key(|(place, _)| (place.start, place.end));
    let mut clauses = Vec::with_capacity(found.len());
    for (place, found) in found {
        if clauses.last().is_some_and(|known: &Clause| place.start < known.place.end) {
            continue;
        }
        // What is declared for all stands behind the clause's own units, as a clause without extent.
        let mut place = place;
        for (units, for_all, joins) in
            [(found.units, false, false), (found.below, true, false), (found.for_all, true, true)]
        {
            if !units.is_empty() {
                clauses.push(Clause { place, units, for_all, joins, spoken: false });
                place.start = place.end;
            }
        }
    }
    let spoken = spoken(lines, &clauses);
    if !spoken.is_empty() {
        clauses.extend(spoken);
        clauses.sort_by_key(|clause| clause.place.start);
    }
    if first_leads(lines.text) {
        for clause in &mut clauses {
            if clause.units.iter().all(|unit| unit.role == UnitRole::Responsible)
                && let Some(first) = clause.units.first_mut()
            {
                first.role = UnitRole::Lead;
            }
        }
    }
    clauses
}

/// The sentences that name units, outside `clauses`.
fn spoken(lines: &Lines<'_>, clauses: &[Clause]) -> Vec<Clause> {
    let within = |place: Place| {
        let next = clauses.partition_point(|clause| clause.place.end < place.start);
        clauses.get(next).is_some_and(|clause| clause.place.start <= place.start)
    };
    prose::find(lines)
        .into_iter()
        .filter(|(place, _)| !within(*place))
        .map(|(place, units)| Clause { place, units, for_all: false, joins: false, spoken: true })
        .collect()
}

/// Adds the units of a clause to those of a measure: the first mention gives the place, Lead beats the rest.
pub(super) fn merge(units: &mut Vec<UnitDraft>, more: &[UnitDraft]) {
    for unit in more {
        match units.iter_mut().find(|known| known.name.value == unit.name.value) {
            Some(known) if unit.role == UnitRole::Lead => known.role = UnitRole::Lead,
            Some(_) => {}
            None => units.push(unit.clone()),
        }
    }
}

/// The units of several clauses as those of one measure, as [`merge`] puts them together, in `O(n log n)`.
pub(super) fn union<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Vec<UnitDraft> {
    let mut units: Vec<UnitDraft> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in clauses.flat_map(|clause| &clause.units) {
        match known.get(unit.name.value.as_str()).and_then(|at| units.get_mut(*at)) {
            Some(before) if unit.role == UnitRole::Lead => before.role = UnitRole::Lead,
            Some(_) => {}
            None => {
                known.insert(&unit.name.value, units.len());
                units.push(unit.clone());
            }
        }
    }
    units
}

/// The units of a table's cell under a column that gives them `role`; the cell begins at the byte `at`.
pub(super) fn of_cell(cell: &str, at: usize, role: UnitRole) -> Vec<UnitDraft> {
    let mut units = roles::read(cell, at).units;
    for unit in units.iter_mut().filter(|unit| unit.role == UnitRole::Responsible) {
        unit.role = role;
    }
    units
}

/// The part that a column called `name` gives.
pub(super) fn role_of_label(name: &str) -> Option<UnitRole> {
    labels::role_of(name).flatten()
}

/// Clauses in brackets, the outermost of each nest.
fn bracketed(text: &str) -> Vec<(Place, Found)> {
    let mut found: Vec<(Place, Found)> = Vec::new();
    let mut bare: Vec<(Place, Found)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        if matches!(c, '（' | '(' | '【' | '[' | '〔') {
            if open.len() >= DEEPEST {
                open.remove(0);
            }
            open.push(at);
        } else if matches!(c, '）' | ')' | '】' | ']' | '〕') {
            let Some(start) = open.pop() else { continue };
            let place = Place { start, end: at + c.len_utf8() };
            let Some((list, clause)) = clause(text, place) else { continue };
            let kind = if clause.says_so { &mut found } else { &mut bare };
            // A bracket around a name within a clause was read before the clause closed.
            while kind.last().is_some_and(|(known, _)| known.start > list.start) {
                kind.pop();
            }
            kind.push((place, clause));
        } else if c == '\n' && !open.is_empty() {
            if let Some(start) = open.last().copied()
                && !closes_soon(text, at)
                && let Some((_, clause)) = clause(text, Place { start, end: at })
                && clause.labelled
            {
                found.push((Place { start, end: at }, clause));
                open.clear();
            }
            if open.first().is_some_and(|first| at - first > LONGEST) {
                open.clear();
            }
        }
    }
    // Names alone in brackets are a habit of the whole document, or no clause.
    let several = bare.iter().filter(|(_, clause)| clause.units.len() > 1).count();
    if bare.len() > 2 || several > 1 || !found.is_empty() {
        found.extend(bare);
    }
    found
}

/// Whether the bracket that is open at a line's end closes on the next lines.
fn closes_soon(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let mut depth = 0_u32;
    for c in rest.chars().take(200) {
        match c {
            _ if opens(c) => depth += 1,
            _ if closes(c) && depth == 0 => return true,
            _ if closes(c) => depth -= 1,
            _ if ends_sentence(c) => return false,
            _ => {}
        }
    }
    false
}

/// What stands in brackets, where it is a clause, and the place of the list.
fn clause(text: &str, place: Place) -> Option<(Place, Found)> {
    if place.end - place.start > LONGEST {
        return None;
    }
    let whole = cut(text, place.start, place.end);
    let inner = whole.trim_start_matches(opens).trim_start_matches(is_space);
    let start = place.start + whole.len() - inner.len();
    let inner = inner.strip_suffix(closes).unwrap_or(inner);
    let labelled = label(inner).is_some();
    let speaks = labelled
        || [
            "牵头", "配合", "负责", "参与", "落实", "会同", "承办", "主办", "协办", "协助", "实施", "主责",
            "推进",
        ]
        .iter()
        .any(|word| inner.contains(word));
    let ends = ends_paragraph(text, place.end);
    if !speaks && (!ends || inner.chars().count() > 200) {
        return None;
    }
    let found = roles::read(inner, start);
    let names_units = !found.units.is_empty() || !found.for_all.is_empty();
    let named = found.units.len() + found.for_all.len();
    let like = found
        .units
        .iter()
        .chain(&found.for_all)
        .filter(|unit| bodies::is_unit_like(&unit.name.value))
        .count();
    let all_like = like == named;
    // Where a verb says that these are units, a name of an unknown kind among known ones is one too.
    let most_like = like > 1 && like * 3 >= named * 2;
    let fits = if found.labelled {
        names_units && (labelled || all_like)
    } else {
        // Without a label, an aside within a sentence is none, nor is one that holds more than names.
        let several = found.units.len() > 1
            || text.get(..place.start).is_some_and(|head| head.ends_with(['。', '；', '\n']));
        let listed = ends && (found.says_so || several) || found.says_so && ends_clause(text, place);
        names_units && listed && (all_like || ends && found.says_so && most_like)
    };
    fits.then_some((Place { start, end: place.end }, found))
}

/// The bracket ends its paragraph.
fn ends_paragraph(text: &str, end: usize) -> bool {
    let rest = text
        .get(end..)
        .unwrap_or("")
        .trim_start_matches(|c: char| c != '\n' && is_space(c) || matches!(c, '。' | '；' | '.'));
    rest.is_empty() || rest.starts_with('\n')
}

/// The bracket follows a sentence, or is followed by its end, by another bracket or an item.
fn ends_clause(text: &str, place: Place) -> bool {
    let before = text.get(..place.start).and_then(|head| head.chars().next_back());
    let next = text.get(place.end..).and_then(|rest| rest.chars().next());
    before.is_none_or(|c| ends_sentence(c) || matches!(c, '；' | '\n'))
        || next.is_none_or(|c| ends_sentence(c) || opens(c) || matches!(c, '；' | '\n'))
}

/// Labels on a line of their own or behind a sentence, and declarations for all.
fn plain(lines: &Lines<'_>, found: &mut Vec<(Place, Found)>) {
    let mut taken: Vec<Place> = found.iter().map(|(place, _)| *place).collect();
    taken.sort_unstable_by_key(|place| place.start);
    let numbered = numbered_labels(lines);
    let mut next = 0;
    for (at, line) in lines.lines.iter().enumerate() {
        while taken.get(next).is_some_and(|place| place.end <= line.start) {
            next += 1;
        }
        // A line within a clause in brackets.
        if taken.get(next).is_some_and(|place| place.start < line.start) {
            continue;
        }
        let until = taken.get(next).map_or(line.end(), |place| place.start.min(line.end()));
        let mut from = line.start;
        let mut any = false;
        // Behind its number a label opens a clause where it does so for one task after the other.
        if let Some((len, word)) = numbered_label(line.text)
            && numbered.get(word).is_some_and(|count| *count > 1)
            && let Some((place, clause)) = labelled(lines, at, line.start + len, until)
        {
            from = place.end.min(line.end());
            any = true;
            found.push((Place { start: line.start, ..place }, clause));
        }
        while let Some((place, clause)) = labelled(lines, at, from, until) {
            // Its list may run on over the next lines.
            from = place.end.min(line.end());
            any = true;
            found.push((place, clause));
        }
        if any {
            continue;
        }
        if line.text.contains("均由")
            || line.text.contains("均需")
            || line.text.contains("均须")
            || line.text.contains("都由")
        {
            found.extend(declared(line, until));
        }
    }
}

/// The number at the head of a line (its length) and the label of units right behind it: （四）责任单位：甲.
fn numbered_label(line: &str) -> Option<(usize, &str)> {
    let len = marker(line)?.len;
    let rest = cut(line, len, line.len());
    let found = label(rest).filter(|label| label.role.is_some())?;
    Some((len, cut(rest, 0, found.len)))
}

/// How often each label of units stands behind a number.
fn numbered_labels<'a>(lines: &Lines<'a>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for (_, word) in lines.lines.iter().filter_map(|line| numbered_label(line.text)) {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// 责任单位：甲、乙 at a line's head or behind a sentence, between the bytes `from` and `until`.
fn labelled(lines: &Lines<'_>, at: usize, from: usize, until: usize) -> Option<(Place, Found)> {
    const ENDS: &[&str] = &[
        "单位",
        "部门",
        "处室",
        "科室",
        "主体",
        "牵头",
        "配合",
        "机构",
        "单位）",
        "单位)",
        "部门）",
        "分工",
    ];
    let line = lines.lines.get(at)?;
    let text = cut(lines.text, from, until.max(from));
    let mut begins = std::iter::once(0).chain(
        text.char_indices()
            .filter(|(_, c)| ends_sentence(*c) || is_space(*c) || matches!(c, '；' | '）'))
            .map(|(at, c)| at + c.len_utf8()),
    );
    let start = begins.find(|start| {
        let rest = cut(text, *start, text.len());
        label(rest).is_some_and(|label| {
            let word =
                cut(rest, 0, label.len).trim_end_matches(|c: char| is_space(c) || matches!(c, '：' | ':'));
            label.role.is_some() && ENDS.iter().any(|end| word.ends_with(end)) && !word.starts_with("联系")
        })
    })?;
    // A heading of its own (（一）主办单位：…) is none.
    if from == line.start
        && marker(text)
            .is_some_and(|found| cut(text, found.len, start.max(found.len)).trim_matches(is_space).is_empty())
    {
        return None;
    }
    let end = list_end(lines, at, line);
    let begin = from + start;
    let list = cut(lines.text, begin, end);
    // It ends with its sentence, unless another label follows.
    let mut stop = list.len();
    for (at, c) in list.char_indices().filter(|(_, c)| ends_sentence(*c)) {
        let behind = at + c.len_utf8();
        if label(cut(list, behind, list.len()).trim_start_matches(is_space)).is_none() {
            stop = behind;
            break;
        }
    }
    let list = cut(list, 0, stop);
    if list.len() > LONGEST {
        return None;
    }
    let clause = roles::read(list, begin);
    let fits =
        clause.units.iter().all(|unit| unit.name.value.chars().count() <= 30) && !clause.units.is_empty();
    fits.then_some((Place { start: begin, end: begin + list.len() }, clause))
}

/// Where a list ends that a label opens on `line`, the line `at`: it goes on where its line ends in the middle,
/// and where names stand below one another.
fn list_end(lines: &Lines<'_>, at: usize, line: &Line<'_>) -> usize {
    let mut end = line.end();
    let mut last = at;
    while last < at + 12
        && let Some(before) = lines.lines.get(last)
        && let Some(next) = lines.lines.get(last + 1)
        && marker(next.text).is_none()
        && next.end() - line.start < LONGEST
    {
        let open = last < at + 6 && before.text.ends_with(['、', '，', '：', ':']);
        if !open && !in_column(before.text, next.text, lines.lines.get(last + 2)) {
            break;
        }
        last += 1;
        end = next.end();
    }
    end
}

/// Whether the line `name` is a name of its own below another one; above a day it is a signature.
fn in_column(before: &str, name: &str, below: Option<&Line<'_>>) -> bool {
    let alone = |text: &str| {
        bodies::is_unit_like(text) && !text.contains(['、', '，', ',', '；', ';', '：', ':', '。', '《'])
    };
    let before = before.rsplit(['：', ':']).next().unwrap_or(before).trim_matches(is_space);
    alone(before)
        && alone(name)
        && name.starts_with(['市', '省', '区', '县', '州', '各', '团'])
        && below.is_none_or(|below| dates::whole(below.text).is_none())
}

/// 以下各项措施均由市教育局牵头: a sentence before the byte `until` that holds for all that follow.
fn declared(line: &Line<'_>, until: usize) -> Option<(Place, Found)> {
    let mut at = line.start;
    for sentence in line.text.split_inclusive(ends_sentence) {
        let start = at;
        at += sentence.len();
        let words = sentence.trim_end_matches(ends_sentence);
        let opening = [
            "以下",
            "上述",
            "下列",
            "各项",
            "所有",
            "本措施",
            "本方案",
            "本意见",
            "本清单",
            "各条",
            "全部任务",
        ]
        .iter()
        .filter_map(|open| words.find(open))
        .min();
        let verb = ["均由", "均需", "均须", "都由"].iter().filter_map(|word| words.find(word)).min();
        let (Some(opening), Some(verb)) = (opening, verb) else { continue };
        if opening > verb || words.chars().count() > 80 || start + verb > until {
            continue;
        }
        let from = verb + "均由".len();
        // 均由甲牵头，责任单位分工如下: only the words up to the last verb count.
        let until = words
            .char_indices()
            .filter(|(at, c)| *at > from && matches!(c, '，' | '；' | ','))
            .map(|(at, _)| at)
            .chain([words.len()])
            .filter(|until| {
                let part = cut(words, from, *until);
                let part = part.rsplit(['，', '；', ',']).next().unwrap_or(part);
                labels::verb(part).is_some()
            })
            .max()
            .unwrap_or(words.len());
        let mut found = roles::read(cut(words, from, until), start + from);
        let fits = found.says_so
            && !found.units.is_empty()
            && found.units.iter().all(|unit| bodies::is_unit_like(&unit.name.value));
        if fits {
            found.for_all = std::mem::take(&mut found.units);
            return Some((Place { start, end: start }, found));
        }
    }
    None
}

/// 排在第一位的为牵头单位: said once, it holds for every list.
fn first_leads(text: &str) -> bool {
    [
        "为牵头单位",
        "为牵头部门",
        "是牵头单位",
        "是牵头部门",
        "为牵头责任单位",
        "为主要责任单位",
        "为牵头处室",
        "为牵头科室",
    ]
    .iter()
    .flat_map(|words| text.match_indices(words))
    .any(|(at, _)| {
        let head = text.get(..at).unwrap_or("");
        let before: Vec<char> = head.chars().rev().take(24).take_while(|c| !ends_sentence(*c)).collect();
        let before: String = before.into_iter().rev().collect();
        ["第一", "首位", "排首", "列首", "首个", "排名首", "最前", "排在前"]
            .iter()
            .any(|word| before.contains(word))
    })
}
