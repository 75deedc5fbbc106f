//! What the bracket under a rule's title says: （2023年12月11日海州市人民政府令第106号公布　自…起施行）.

use super::super::super::draft::{Place, Read};
use super::super::dates;
use super::super::lines::{Line, cut, is_space};
use super::sign::is_issuer_line;
use crate::kernel::Date;

/// Who made a rule known, when, and under which number.
#[derive(Debug, Default)]
pub(super) struct Enacted {
    pub(super) number: Option<Read<String>>,
    pub(super) issuer: Option<Read<String>>,
    pub(super) date: Option<Read<Date>>,
}

/// Most lines of the head that are looked at.
const LINES: usize = 16;
/// Longest bracket, in bytes.
const LONGEST: usize = 900;

/// Reads the first such bracket.
pub(super) fn read(head: &[Line<'_>]) -> Enacted {
    let found = head.iter().take(LINES).filter(|line| line.text.len() <= LONGEST).find_map(|line| {
        let known = line
            .text
            .starts_with(['（', '('])
            .then(|| ["公布", "发布"].iter().filter_map(|word| line.text.find(word)).min())??;
        Some((line, known))
    });
    let Some((line, known)) = found else { return Enacted::default() };
    let before = cut(line.text, 0, known);
    let Some((date, at, len)) = last_day(before) else { return Enacted::default() };
    let place = |start: usize, end: usize| Place { start: line.start + start, end: line.start + end };
    let words = cut(before, at + len, before.len());
    let body = words.trim_matches(is_space);
    let from = at + len + words.len() - words.trim_start_matches(is_space).len();
    let mut enacted =
        Enacted { date: Some(Read::found(date, 88, place(at, at + len))), ..Enacted::default() };
    let Some((name, serial)) = body.split_once("令第") else { return enacted };
    let name = name.trim_end_matches(is_space);
    if is_issuer_line(name) && serial.ends_with('号') && serial.chars().count() <= 6 {
        enacted.number = Some(Read::found(format!("{name}令第{serial}"), 90, place(from, from + body.len())));
        enacted.issuer = Some(Read::found(name.to_owned(), 88, place(from, from + name.len())));
    }
    enacted
}

/// The last day in `text`, where it begins, and its length.
fn last_day(text: &str) -> Option<(Date, usize, usize)> {
    let mut from = 0;
    let mut last = None;
    while let Some((date, at, len)) = dates::first(cut(text, from, text.len())) {
        last = Some((date, from + at, len));
        from += at + len;
    }
    last
}
