//! Days as they are printed: 2023年12月26日, 二〇二三年十二月二十六日, 2023-12-26.

use super::lines::{is_space, joined};
use super::marker::{is_chinese_figure, number};
use crate::kernel::Date;

/// The first day in `text`: its value, where it begins and its length in bytes.
pub(super) fn first(text: &str) -> Option<(Date, usize, usize)> {
    text.char_indices()
        .filter(|(_, c)| c.is_ascii_digit() || is_chinese_figure(*c))
        .filter(|(at, _)| {
            // Not in the middle of a number.
            text.get(..*at)
                .and_then(|head| head.chars().next_back())
                .is_none_or(|before| !before.is_ascii_digit() && !is_chinese_figure(before))
        })
        .find_map(|(at, _)| text.get(at..).and_then(day).map(|(date, len)| (date, at, len)))
}

/// A line that is nothing but a day (and perhaps 印发 or brackets around it).
pub(super) fn whole(line: &str) -> Option<Date> {
    if line.len() > 90 {
        return None;
    }
    let bare = line.trim_matches(|c: char| is_space(c) || matches!(c, '（' | '）' | '(' | ')'));
    let (date, at, len) = first(bare)?;
    (at == 0 && len == bare.len()).then_some(date)
}

/// A day at the head of `text`.
pub(super) fn day(text: &str) -> Option<(Date, usize)> {
    let (year, mut rest) = year(text)?;
    rest = skip(rest);
    let (separator, len) = rest.chars().next().map(|c| (c, c.len_utf8()))?;
    if !matches!(separator, '年' | '-' | '/' | '.' | '－' | '．' | '—') {
        return None;
    }
    rest = skip(rest.get(len..)?);
    let (month, used) = number(rest)?;
    rest = skip(rest.get(used..)?);
    let next = rest.chars().next()?;
    let fits = if separator == '年' { next == '月' } else { next == separator };
    if !fits {
        return None;
    }
    rest = skip(rest.get(next.len_utf8()..)?);
    let (day, used) = number(rest)?;
    rest = rest.get(used..)?;
    if separator == '年' {
        let end = skip(rest);
        rest = end.strip_prefix('日').or_else(|| end.strip_prefix('号'))?;
    }
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, text.len() - rest.len()))
}

/// 2023 or 二〇二三, and what follows.
fn year(text: &str) -> Option<(u32, &str)> {
    let mut value = 0_u32;
    let mut rest = text;
    for _ in 0..4 {
        let trimmed = skip(rest);
        let c = trimmed.chars().next()?;
        let figure = match c {
            c @ '0'..='9' => c.to_digit(10)?,
            '〇' | '○' | '零' | 'Ｏ' | 'O' | 'o' | '◯' => 0,
            c => "一二三四五六七八九"
                .chars()
                .position(|known| known == c)
                .and_then(|at| u32::try_from(at + 1).ok())?,
        };
        value = value * 10 + figure;
        rest = trimmed.get(c.len_utf8()..)?;
    }
    (1949..=2199).contains(&value).then_some((value, rest))
}

fn skip(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

/// For how many years `text` says that something holds: 一年, 3年, 五 年, 两年.
pub(super) fn years(text: &str) -> Option<u16> {
    let text = joined(text);
    let (count, used) = number(&text)?;
    let rest = text.get(used..)?;
    (rest.starts_with('年') && count <= 50).then(|| u16::try_from(count).ok()).flatten()
}

/// `years` years from `from` end on the day before the anniversary.
pub(in super::super) fn last_day(from: Date, years: u16) -> Option<Date> {
    let year = from.year().checked_add(i16::try_from(years).ok()?)?;
    // 29 February has its anniversary on 1 March where the year has none; the day before is the 28th.
    let anniversary = Date::new(year, from.month(), from.day()).or_else(|_| Date::new(year, 3, 1)).ok()?;
    anniversary.yesterday().ok()
}
