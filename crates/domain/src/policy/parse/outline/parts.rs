//! Which run of items is the document: not those of its cover letter, nor those of its annexes.

use super::super::dates;
use super::super::lines::{Lines, is_space, joined};
use super::super::marker::Kind;
use super::items::Item;
use super::levels::settle;

/// Bytes of text that an item without any text of its own has at most: a heading.
const HEADING: usize = 60;

/// The items of the document itself; `hands_out` is the title of the document that its head hands
/// out. The second value says that it does not: the items stand in the notice's own text, above its signature.
pub(super) fn main(lines: &Lines<'_>, items: &[Item], hands_out: Option<&str>) -> (Vec<Item>, bool) {
    let groups = groups(lines, items);
    let cover_end = hands_out.and_then(|title| cover_end(lines, title));
    let size = |group: &[Item]| group.iter().map(|item| item.end - item.start).sum::<usize>();
    let behind: Vec<&Vec<Item>> = groups
        .iter()
        .filter(|group| cover_end.is_none_or(|end| group.first().is_some_and(|item| item.from > end)))
        .filter(|group| group.len() > 1)
        .collect();
    let own_text = behind.is_empty() && cover_end.is_some();
    let candidates: Vec<&Vec<Item>> = if behind.is_empty() { groups.iter().collect() } else { behind };
    // The first that is more than headings (a table of contents): annexes stand behind.
    let full = candidates.iter().find(|group| size(group) > group.len() * HEADING).copied();
    let group =
        full.or_else(|| candidates.into_iter().max_by_key(|group| size(group))).cloned().unwrap_or_default();
    (group, own_text)
}

/// Runs of items between signatures and annexes; a top level that begins anew opens one too.
fn groups(lines: &Lines<'_>, items: &[Item]) -> Vec<Vec<Item>> {
    let mut borders = lines
        .lines
        .iter()
        .filter(|line| dates::whole(line.text).is_some() || is_annex(line.text))
        .map(|line| line.start)
        .peekable();
    let mut parts: Vec<Vec<Item>> = vec![Vec::new()];
    for item in items {
        let mut crossed = false;
        while borders.next_if(|border| *border <= item.from).is_some() {
            crossed = true;
        }
        if crossed {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(*item);
        }
    }
    // What stands for chapters is known before the top level is looked for.
    parts.iter_mut().for_each(|part| settle(part));
    parts.into_iter().flat_map(by_restart).filter(|group| !group.is_empty()).collect()
}

fn by_restart(part: Vec<Item>) -> Vec<Vec<Item>> {
    let Some(top) = top(&part) else { return vec![part] };
    let mut groups: Vec<Vec<Item>> = vec![Vec::new()];
    let mut has_top = false;
    for item in part {
        let is_top = item.kind == top;
        if is_top && item.number == 1 && has_top {
            groups.push(Vec::new());
        }
        has_top |= is_top;
        if let Some(group) = groups.last_mut() {
            group.push(item);
        }
    }
    groups
}

fn top(part: &[Item]) -> Option<Kind> {
    part.iter().map(|item| item.kind).min()
}

/// 附件, 附件1, 附件2：指标表 on a line of its own.
pub(super) fn is_annex(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("附件") else { return false };
    let rest = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '五' | ' ' | '\u{3000}')
    });
    rest.is_empty()
        || (line.chars().nth(2).is_some_and(|c| c != '：' && c != ':')
            && rest.chars().count() <= 40
            && rest.starts_with(['：', ':']))
}

/// Where the letter ends that hands out the document called `title`: at the day of its signature.
fn cover_end(lines: &Lines<'_>, title: &str) -> Option<usize> {
    let letter = lines.lines.iter().position(|line| {
        ["印发给你们", "印发你们", "现印发", "现予印发", "现予公布", "转发给你们", "现将"]
            .iter()
            .any(|words| line.text.contains(words))
    })?;
    // Unsigned, it ends where the document's own title is printed.
    let begins: String = title.chars().filter(|c| !is_space(*c)).take(6).collect();
    let signed = lines.lines.iter().skip(letter + 1).take(40).find(|line| {
        dates::whole(line.text).is_some() || is_annex(line.text) || joined(line.text).starts_with(&begins)
    });
    signed.or_else(|| lines.lines.get(letter)).map(|line| line.start)
}
