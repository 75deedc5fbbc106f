//! Who issued a document and when: the signature, the red head.

use super::super::super::draft::{Place, Read};
use super::super::dates;
use super::super::lines::{Line, Lines, cut, is_chinese, is_space, joined};
use super::super::outline::{Inner, Stretch};
use super::{is_tail, joint, keys, kind_at_end};
use crate::kernel::Date;

/// Endings of the names of bodies that issue documents.
pub(super) const BODIES: &[&str] = &[
    "局",
    "厅",
    "委",
    "府",
    "部",
    "院",
    "会",
    "办",
    "署",
    "行",
    "团",
    "组",
    "心",
    "校",
    "处",
    "科",
    "联",
    "社",
    "室",
    "大学",
    "集团",
    "学院",
    "中央",
    "协",
    "海关",
    "公司",
    "所",
    "会议",
    "站",
    "队",
    "总队",
    "馆",
    "军区",
    "台",
    "工委",
    "党组",
    "电网",
    "国资委",
    "管委",
    "机关",
];

/// Longest line of signers, in bytes: a dozen of them with gaps.
const LONGEST: usize = 600;

/// A signature: the bodies above a day, and that day.
#[derive(Clone, Debug)]
pub(in super::super) struct Signature {
    pub(super) issuer: Read<String>,
    pub(super) date: Read<Date>,
}

/// Whether a line looks like the name of a body that signs.
pub(in super::super) fn is_issuer_line(line: &str) -> bool {
    // Long lines are paragraphs.
    if line.len() > LONGEST {
        return false;
    }
    let bare = unsealed(line);
    // Most lines end like sentences, so the last character tells.
    if !bare.chars().next_back().is_some_and(|c| BODIES.iter().any(|end| end.ends_with(c))) {
        return false;
    }
    let name = joined(bare);
    let count = name.chars().count();
    let fits = (3..=130).contains(&count)
        && BODIES.iter().any(|end| name.ends_with(end))
        && name.chars().all(|c| is_chinese(c) || matches!(c, '、' | '（' | '）'))
        && !name.starts_with('各')
        && !name.contains("关于")
        && !name.contains("附件");
    fits && (count <= 60 || joint::split(&name).len() > 1)
}

/// Whether a line holds nothing but names of bodies that sign, with gaps between them or between all of
/// their characters.
pub(in super::super) fn is_signers_line(line: &str) -> bool {
    let mut parts = line.split(is_space).filter(|part| !part.is_empty());
    parts.clone().all(is_issuer_line)
        || parts.all(|part| part.chars().nth(1).is_none()) && is_issuer_line(line)
        || spelled(line).is_some()
}

/// The names of a line on which some are spelled with gaps to fill their column: 教 育 部　国家发展改革委.
fn spelled(line: &str) -> Option<Vec<String>> {
    if line.len() > 240 {
        return None;
    }
    let parts = || line.split(is_space).filter(|part| !part.is_empty());
    let single = |part: &str| part.chars().nth(1).is_none();
    if !parts().any(single) || parts().all(single) {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    let mut word = String::new();
    for part in parts() {
        if single(part) {
            word.push_str(part);
            if word.chars().nth(1).is_some()
                && part.ends_with(['部', '委', '局', '署', '行', '院', '厅', '办', '会'])
            {
                names.push(std::mem::take(&mut word));
            }
        } else if word.is_empty() {
            names.push(part.to_owned());
        } else {
            return None;
        }
    }
    (word.is_empty() && names.iter().all(|name| is_issuer_line(name))).then_some(names)
}

/// The names of a line of signers.
pub(super) fn signers(line: &str) -> Vec<String> {
    let parts: Vec<&str> =
        line.split(|c: char| is_space(c) || c == '、').filter(|part| !part.is_empty()).collect();
    if let Some(names) = spelled(line) {
        return names;
    }
    if parts.len() > 1 && parts.iter().all(|part| is_issuer_line(part)) {
        return parts.into_iter().flat_map(apart).collect();
    }
    apart(line)
}

/// One name, or the names that stand without a gap.
fn apart(part: &str) -> Vec<String> {
    let whole = joined(unsealed(part));
    let names = joint::split(&whole);
    if names.iter().all(|name| is_issuer_line(name)) {
        return names.into_iter().map(str::to_owned).collect();
    }
    if whole.is_empty() { Vec::new() } else { vec![whole] }
}

/// The first signature from the line `from` on. Within the numbering a bureau and a day (市教育局 / 2024年6月30日)
/// are a task's.
pub(super) fn signature(lines: &Lines<'_>, inner: &Inner, from: usize) -> Option<Signature> {
    let rest = lines.lines.get(from..).unwrap_or(&[]);
    let mut run = 0;
    for (at, line) in rest.iter().enumerate() {
        if is_signers_line(line.text) && !line.text.ends_with("文件") {
            run += 1;
            continue;
        }
        let above = rest.get(at.saturating_sub(run.min(20))..at).unwrap_or(&[]);
        run = 0;
        let found = above_day(above, line).or_else(|| with_above(above, one_line(line)?));
        let task = |found: &Signature| {
            found.issuer.value.starts_with(['市', '省', '区', '县'])
                && inner.at(line.start) == Stretch::Measure
        };
        if let Some(found) = found.filter(|found| !task(found)) {
            return Some(found);
        }
    }
    None
}

/// Bodies on the lines above a day.
fn above_day(above: &[Line<'_>], line: &Line<'_>) -> Option<Signature> {
    let date = dates::whole(line.text)?;
    let (first, last) = (above.first()?, above.last()?);
    let place = Place { start: first.start, end: last.end() };
    let names: Vec<String> = above.iter().flat_map(|line| signers(line.text)).collect();
    Some(Signature {
        issuer: Read::found(names.join("、"), 95, place),
        date: Read::found(date, 96, line.place()),
    })
}

/// A signature on one line with the bodies on the lines above it.
fn with_above(above: &[Line<'_>], mut last: Signature) -> Option<Signature> {
    if let (Some(first), Some(place)) = (above.first(), last.issuer.place) {
        let mut names: Vec<String> = above.iter().flat_map(|line| signers(line.text)).collect();
        names.push(last.issuer.value);
        last.issuer = Read::found(names.join("、"), 90, Place { start: first.start, end: place.end });
    }
    Some(last)
}

/// 济南市教育局 2023年12月26日.
pub(in super::super) fn one_line(line: &Line<'_>) -> Option<Signature> {
    if line.text.len() > LONGEST {
        return None;
    }
    let (date, at, len) = dates::first(line.text)?;
    let raw = cut(line.text, 0, at).trim_end_matches(is_space);
    let signs = at + len == line.text.len() && is_signers_line(raw) && !raw.is_empty();
    signs.then(|| Signature {
        issuer: Read::found(
            signers(raw).join("、"),
            90,
            Place { start: line.start, end: line.start + raw.len() },
        ),
        date: Read::found(date, 92, Place { start: line.start + at, end: line.start + at + len }),
    })
}

/// 济南市教育局文件, 济南市人民政府令.
pub(super) fn red_head(head: &[Line<'_>]) -> Option<Read<String>> {
    head.iter().enumerate().take(12).find_map(|(at, line)| {
        let flat = joined(line.text);
        let name = flat.strip_suffix("文件").or_else(|| flat.strip_suffix('令'))?;
        if name.is_empty() {
            // The bodies stand on the lines above.
            let above: Vec<&Line<'_>> =
                head.get(..at)?.iter().filter(|line| is_issuer_line(line.text)).collect();
            let (first, last) = (above.first()?, above.last()?);
            let names: Vec<String> = above.iter().flat_map(|line| signers(line.text)).collect();
            return Some(Read::found(names.join("、"), 85, Place { start: first.start, end: last.end() }));
        }
        is_issuer_line(name).then(|| Read::found(name.to_owned(), 90, line.place()))
    })
}

/// A body's name alone on one of the first lines.
pub(super) fn alone(head: &[Line<'_>]) -> Option<Read<String>> {
    let line = head.iter().take(10).find(|line| {
        // 市教育局 is how a list names a bureau, not how it signs.
        let short = line.text.starts_with(['市', '省', '区', '县']);
        is_signers_line(line.text) && line.text.chars().count() <= 40 && !short
    })?;
    Some(Read::found(signers(line.text).join("、"), 70, line.place()))
}

/// A day alone on its line, the last one, or in brackets under the title.
pub(super) fn lone_date(lines: &Lines<'_>, inner: &Inner, title: usize) -> Option<Read<Date>> {
    // A value of the table above the document is not its day, nor is a task's deadline.
    let value = |at: usize| {
        at.checked_sub(1)
            .and_then(|at| lines.lines.get(at))
            .is_some_and(|line| keys::waits_for_value(line.text) || waits_for_day(line.text))
    };
    let of_a_measure = |at: usize, place: Place| {
        inner.at(place.start) == Stretch::Measure
            && lines.lines.get(at + 1).is_some_and(|next| !is_tail(next.text) && !kind_at_end(next.text))
    };
    let mut days = lines
        .lines
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(at, line)| Some((at, dates::whole(line.text)?, line.place())))
        .filter(|(at, _, place)| !value(*at) && !of_a_measure(*at, *place));
    let last = days.next();
    let only = days.next().is_none();
    // Above the title it may be the day on which a site put the document up.
    let whole =
        last.map(|(at, date, place)| Read::found(date, if at >= title || only { 88 } else { 70 }, place));
    whole.or_else(|| {
        lines.lines.iter().take(title + 6).find_map(|line| {
            let bracketed = line.text.starts_with(['（', '('])
                && line.text.ends_with(['）', ')'])
                && inner.at(line.start) == Stretch::Head;
            let (date, at, len) = dates::first(line.text).filter(|_| bracketed)?;
            Some(Read::found(date, 75, Place { start: line.start + at, end: line.start + at + len }))
        })
    })
}

/// 完成时限： and other labels whose day stands on the next line.
fn waits_for_day(line: &str) -> bool {
    let word = line.trim_end_matches(|c: char| is_space(c) || matches!(c, '：' | ':'));
    word.chars().count() <= 12
        && (word.len() < line.len()
            || ["时限", "期限", "时间", "日期", "节点"].iter().any(|end| word.ends_with(end)))
}

/// 济南市教育局办公室 2023年12月26日印发.
pub(super) fn printed_on(lines: &Lines<'_>) -> Option<Read<Date>> {
    let line = lines.lines.iter().rev().take(30).find(|line| line.text.ends_with("印发"))?;
    let (date, at, len) = dates::first(line.text)?;
    Some(Read::found(date, 75, Place { start: line.start + at, end: line.start + at + len }))
}

/// The office that printed the document, where nothing else says who issued it.
pub(super) fn printed_by(lines: &Lines<'_>) -> Option<Read<String>> {
    let line = lines.lines.iter().rev().take(30).find(|line| line.text.ends_with("印发"))?;
    let (_, at, _) = dates::first(line.text)?;
    let name = cut(line.text, 0, at).trim_end_matches(is_space);
    is_issuer_line(name)
        .then(|| Read::found(joined(name), 55, Place { start: line.start, end: line.start + name.len() }))
}

/// Without a remark on the seal: （盖章）, （代章）.
fn unsealed(name: &str) -> &str {
    let name = name.trim_matches(is_space);
    ["（盖章）", "（印章）", "（代章）", "（章）", "(盖章)", "(代章)"]
        .iter()
        .find_map(|seal| name.strip_suffix(seal))
        .unwrap_or(name)
}
