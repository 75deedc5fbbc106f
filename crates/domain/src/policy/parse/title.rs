//! Where an item's title ends and its text begins.

use super::super::draft::{Place, Read};
use super::lines::{Lines, cut, is_space, joined};

/// Longest title of an item, in characters; a longer first sentence is its text.
const LONGEST: usize = 60;

/// The title of the item whose text stands in `start..end`, and where its body begins.
pub(super) fn split(lines: &Lines<'_>, start: usize, end: usize) -> (Read<String>, usize) {
    let line = lines.lines.get(lines.at(start)).copied();
    let line_end = line.map_or(end, |line| line.start + line.text.len()).min(end).max(start);
    let text = cut(lines.text, start, line_end);
    let begin = start + text.len() - text.trim_start_matches(is_space).len();
    let text = cut(lines.text, begin, line_end);
    if let Some((title_len, body_at)) = first_end(text) {
        return (read(lines.text, begin, begin + title_len), begin + body_at);
    }
    // No mark in the line: it is a heading on a line of its own, which may run on over the next line.
    let next = lines.lines.get(lines.at(start) + 1).filter(|next| next.start < end);
    let length = text.chars().count();
    if length >= 18
        && let Some(next) = next
        && let Some(mark) = next.text.char_indices().find(|(_, c)| *c == '。')
        && next.text.chars().take_while(|c| *c != '。').count() + length <= 48
        && !next.text.contains(['，', '；'])
    {
        let title_end = next.start + mark.0;
        return (read(lines.text, begin, title_end), title_end + mark.1.len_utf8());
    }
    (read(lines.text, begin, line_end), line_end)
}

/// The length of the title in `text`, and where what follows it begins.
fn first_end(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0_u32;
    let mut count = 0;
    let mut colon = None;
    for (at, c) in text.char_indices() {
        count += 1;
        match c {
            '《' | '“' | '（' | '(' | '〈' | '【' | '[' | '〔' => {
                // A clause of units behind a heading ends it.
                if depth == 0 && count > 1 && opens_clause(text.get(at..).unwrap_or("")) {
                    return Some((at, at));
                }
                depth += 1;
            }
            '》' | '”' | '）' | ')' | '〉' | '】' | ']' | '〕' => depth = depth.saturating_sub(1),
            '。' | '！' | '？' if depth == 0 => {
                // A first sentence that long is no title: what stands before its first colon may be.
                return match colon {
                    Some(colon) if count > LONGEST => Some(colon),
                    _ => Some((at, at + c.len_utf8())),
                };
            }
            '：' | ':' if depth == 0 && count <= 26 && colon.is_none() => colon = Some((at, at + c.len_utf8())),
            '\u{3000}' if depth == 0 && count <= 40 && count > 3 => return Some((at, at + c.len_utf8())),
            ' ' if depth == 0 && count > 5 && count <= 40 && long_gap(text, at) => return Some((at, at)),
            _ => {}
        }
    }
    colon.filter(|(_, after)| *after < text.len())
}

fn opens_clause(text: &str) -> bool {
    let head: String = text.chars().skip(1).take(8).collect();
    ["责任", "牵头", "配合", "主办", "负责"].iter().any(|word| head.starts_with(word))
}

/// Two blanks, or one between a heading and a sentence of its own.
fn long_gap(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let gap = rest.chars().take_while(|c| is_space(*c)).count();
    gap >= 2 || rest.trim_start_matches(is_space).contains('。')
}

fn read(text: &str, start: usize, end: usize) -> Read<String> {
    let raw = cut(text, start, end);
    let value = joined(raw);
    let value = value.trim_end_matches(['：', ':', '；', '。', '，', ',', '.']).to_owned();
    let count = value.chars().count();
    let sure = match count {
        0 => 20,
        1..=40 => 96,
        41..=LONGEST => 88,
        _ => 60,
    };
    let place = (start < end).then_some(Place { start, end });
    Read { value, sure, place, checked: false }
}
