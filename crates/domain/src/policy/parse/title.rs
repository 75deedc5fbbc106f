//! Where an item's title ends and its text begins.
//!
//! The title ends at the first full stop outside brackets and quotations, at a clause of units, at a wide
//! gap, or with its line. A colon ends it where the sentence goes on behind it. A long first sentence is no
//! heading: it gives the title (its first part, where it is very long), and the text keeps the whole.

use super::super::draft::{Place, Read};
use super::lines::{Lines, closes, cut, ends_sentence, is_space, joined, opens};
use super::marker::marker;
use super::run_in;
use super::units::Clause;

/// Longest first sentence that is a heading, in characters.
const LONGEST: usize = 45;

/// The title of the item whose own text stands in `start..end`, and where its body begins.
pub(super) fn split(
    lines: &Lines<'_>,
    clauses: &[Clause],
    start: usize,
    end: usize,
) -> (Read<String>, usize) {
    // A number alone on its line has its title on the next.
    let text = cut(lines.text, start, end);
    let start = end - text.trim_start_matches(is_space).len();
    let at = lines.at(start);
    let line_end = lines.lines.get(at).map_or(end, |line| line.end()).min(end).max(start);
    let clause = clauses
        .get(clauses.partition_point(|clause| clause.place.start < start)..)
        .into_iter()
        .flatten()
        .take_while(|clause| clause.place.start < line_end)
        .find(|clause| clause.place.start < clause.place.end)
        .map(|clause| clause.place.start);
    let stop = clause.unwrap_or(line_end);
    let text = cut(lines.text, start, stop);
    let begin = start + text.len()
        - text.trim_start_matches(|c: char| is_space(c) || matches!(c, '、' | '.' | '：')).len();
    let text = cut(lines.text, begin, stop);
    if let Some(found) = bracketed(text) {
        return (read(lines.text, begin + found.0, begin + found.1, 92), begin + found.2);
    }
    if let Some(len) = run_in::usual(text) {
        return (read(lines.text, begin, begin + len, 85), begin + len);
    }
    // A guess is for a person to look at.
    if lines.flat
        && let Some(len) = run_in::guessed(text)
    {
        return (read(lines.text, begin, begin + len, 60), begin + len);
    }
    match first_end(text) {
        Some(End::Heading { len, body }) => (read(lines.text, begin, begin + len, 96), begin + body),
        Some(End::Sentence { len }) => (read(lines.text, begin, begin + len, 82), begin),
        None if stop < line_end => (read(lines.text, begin, stop, 94), stop),
        None => alone(lines, at, begin, line_end, end),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum End {
    /// A heading of `len` bytes; what follows begins at `body`.
    Heading { len: usize, body: usize },
    /// A sentence without heading: its first `len` bytes name it.
    Sentence { len: usize },
}

/// Where the title ends within its line; `None` where the line holds no mark for it.
fn first_end(text: &str) -> Option<End> {
    let mut depth = 0_u32;
    let mut colon = None;
    let mut comma = None;
    for (count, (at, c)) in text.char_indices().enumerate() {
        let behind = at + c.len_utf8();
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        if depth > 0 && count <= 200 {
            continue;
        }
        match c {
            _ if ends_sentence(c) => return Some(at_stop(at, behind, count, colon, comma)),
            '：' | ':' if colon.is_none() && comma.is_none() && (2..=26).contains(&count) => {
                colon = Some((at, behind))
            }
            '，' | '；' | ',' | ';' if comma.is_none() => comma = Some(at),
            _ if is_space(c) && comma.is_none() && (2..=32).contains(&count) && gap_ends(text, at, c) => {
                return Some(End::Heading { len: at, body: behind });
            }
            _ => {}
        }
    }
    let (len, body) = colon?;
    (body < text.len()).then_some(End::Heading { len, body })
}

fn at_stop(
    at: usize,
    behind: usize,
    count: usize,
    colon: Option<(usize, usize)>,
    comma: Option<usize>,
) -> End {
    match (colon, comma) {
        // 工作目标：到2027年，……。
        (Some((len, body)), _) if at > body => End::Heading { len, body },
        (_, Some(comma)) if count > 3 * LONGEST => End::Sentence { len: comma },
        (_, Some(_)) if count > LONGEST => End::Sentence { len: at },
        (_, None) if count > 2 * LONGEST => End::Sentence { len: at },
        _ => End::Heading { len: at, body: behind },
    }
}

/// A wide gap, or a blank before a sentence of its own.
fn gap_ends(text: &str, at: usize, gap: char) -> bool {
    let rest = cut(text, at, text.len());
    let sentence =
        rest.contains('。') && !rest.trim_start_matches(is_space).starts_with(|c: char| c.is_ascii_digit());
    sentence && (gap == '\u{3000}' || cut(text, 0, at).chars().count() > 3)
}

/// 第三条【申请条件】…: the title in brackets before the text; its start, its end, and where the text begins.
fn bracketed(text: &str) -> Option<(usize, usize, usize)> {
    let open = text.chars().next().filter(|c| matches!(c, '【' | '（' | '(' | '['))?;
    let (close, mark) = text.char_indices().take(24).find(|(_, c)| closes(*c))?;
    let behind = close + mark.len_utf8();
    let plain = !cut(text, open.len_utf8(), close).contains(opens);
    (plain && (behind < text.len() || open == '【')).then_some((open.len_utf8(), close, behind))
}

/// A heading on a line of its own, which runs on over the next line where it is open at its end.
fn alone(lines: &Lines<'_>, at: usize, begin: usize, line_end: usize, end: usize) -> (Read<String>, usize) {
    let text = cut(lines.text, begin, line_end);
    let length = text.chars().count();
    let depth = |c: char| i32::from(opens(c)) - i32::from(closes(c));
    let open = length > 7 && text.ends_with('的')
        || text.ends_with(['和', '与', '及', '、', '，'])
        || text.chars().map(depth).sum::<i32>() > 0;
    if let Some(next) = lines.lines.get(at + 1).filter(|next| next.start < end)
        && open
        && length <= 60
        && marker(next.text).is_none()
        && let Some((stop, mark)) = next.text.char_indices().take(40).find(|(_, c)| ends_sentence(*c))
    {
        let title_end = next.start + stop;
        return (read(lines.text, begin, title_end, 85), title_end + mark.len_utf8());
    }
    // A paragraph that ends without a full stop is no heading either.
    match text.char_indices().find(|(_, c)| matches!(c, '，' | '；' | ',' | ';')).map(|(at, _)| at) {
        Some(comma) if length > 2 * LONGEST => (read(lines.text, begin, begin + comma, 80), begin),
        _ => (read(lines.text, begin, line_end, 94), line_end),
    }
}

fn read(text: &str, start: usize, end: usize, sure: u8) -> Read<String> {
    let raw = cut(text, start, end).trim_end_matches(|c: char| {
        is_space(c) || matches!(c, '：' | ':' | '；' | ';' | '。' | '，' | ',' | '.')
    });
    let value = joined(raw);
    let sure = if value.is_empty() { 20 } else { sure };
    let place = (!raw.is_empty()).then_some(Place { start, end: start + raw.len() });
    Read { value, sure, place, checked: false }
}
