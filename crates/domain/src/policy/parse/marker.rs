//! Numbers at the head of an item: 一、 （一） 1. （1） 第一条 第一章.

use super::lines::is_space;

/// The form of a number; the order is that of usual nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// 第一章, 第一部分.
    Chapter,
    /// 第一节.
    Part,
    /// 第一条.
    Article,
    /// 一、
    Comma,
    /// （一）
    Paren,
    /// 1. 1、
    Figure,
    /// （1） 1） ①
    FigureParen,
}

/// A number with its form and its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) kind: Kind,
    pub(super) number: u32,
    pub(super) len: usize,
}

/// The number at the head of `text`.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '第' => ordinal(text),
        '（' | '(' => parenthesised(text),
        '㈠'..='㈩' => single(first, '㈠', Kind::Paren),
        '①'..='⑳' => single(first, '①', Kind::FigureParen),
        '⒈'..='⒛' => single(first, '⒈', Kind::Figure),
        '⑴'..='⒇' => single(first, '⑴', Kind::FigureParen),
        _ => plain(text),
    }
}

fn single(first: char, base: char, kind: Kind) -> Option<Marker> {
    let number = u32::from(first).checked_sub(u32::from(base))? + 1;
    Some(Marker { kind, number, len: first.len_utf8() })
}

/// 第三条, 第 3 章, 第三部分.
fn ordinal(text: &str) -> Option<Marker> {
    let rest = text.strip_prefix('第')?;
    let (number, used) = number(skip_space(rest))?;
    let gap = rest.len() - skip_space(rest).len();
    let after = rest.get(gap + used..)?;
    let unit = skip_space(after);
    let (kind, unit_len) = if unit.starts_with('条') {
        (Kind::Article, '条'.len_utf8())
    } else if unit.starts_with("部分") {
        (Kind::Chapter, "部分".len())
    } else if unit.starts_with('章') || unit.starts_with('编') {
        (Kind::Chapter, '章'.len_utf8())
    } else if unit.starts_with('节') {
        (Kind::Part, '节'.len_utf8())
    } else {
        return None;
    };
    let len = text.len() - unit.len() + unit_len;
    let next = text.get(len..)?.chars().next();
    // 第一条的规定, 第三章所称 and the like cite an item; they do not open one.
    let cites = next.is_some_and(|c| {
        matches!(c, '的' | '所' | '第' | '规' | '款' | '中' | '至' | '和' | '及' | '或' | '、')
    });
    (!cites).then_some(Marker { kind, number, len: len + closing(text.get(len..)?) })
}

/// （三）, (3)
fn parenthesised(text: &str) -> Option<Marker> {
    let open = text.chars().next()?.len_utf8();
    let rest = text.get(open..)?;
    let inner = skip_space(rest);
    let chinese = inner.chars().next().is_some_and(is_chinese_figure);
    let (number, used) = number(inner)?;
    let after = inner.get(used..)?;
    let close = skip_space(after);
    let end = close.chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let len = text.len() - close.len() + end.len_utf8();
    let kind = if chinese { Kind::Paren } else { Kind::FigureParen };
    (number <= 199).then_some(Marker { kind, number, len: len + closing(text.get(len..)?) })
}

/// 三、 3. 3、 3）
fn plain(text: &str) -> Option<Marker> {
    let chinese = text.chars().next().is_some_and(is_chinese_figure);
    let (number, used) = number(text)?;
    let rest = text.get(used..)?;
    let after = skip_space(rest);
    let mark = after.chars().next()?;
    let len = text.len() - after.len() + mark.len_utf8();
    let next = text.get(len..)?.chars().next();
    let kind = match mark {
        '、' | '.' | '．' if chinese => Kind::Comma,
        '、' | '．' => Kind::Figure,
        '.' if !next.is_some_and(|c| c.is_ascii_digit()) || opens_year(text.get(len..)?) => Kind::Figure,
        '）' | ')' if !chinese => Kind::FigureParen,
        _ => return None,
    };
    let lists = kind == Kind::Comma && lists(number, text.get(len..)?);
    (number <= 199 && !lists).then_some(Marker { kind, number, len })
}

/// 一、二年级 lists what it counts; it numbers nothing.
fn lists(before: u32, text: &str) -> bool {
    const COUNTED: &[&str] = &[
        "年级", "级", "类", "批", "档", "等", "产业", "期", "阶段", "线", "次", "、", "号", "条", "款", "项",
    ];
    number(text).is_some_and(|(next, used)| {
        next == before + 1
            && text.get(used..).is_some_and(|rest| COUNTED.iter().any(|word| rest.starts_with(word)))
    })
}

/// A 、 or . that follows a closed number, as in （一）、.
fn closing(rest: &str) -> usize {
    rest.chars().next().filter(|c| matches!(c, '、' | '．' | '，' | '：')).map_or(0, char::len_utf8)
}

/// 2025年 behind 1. is a year, not the figures behind a point.
fn opens_year(text: &str) -> bool {
    text.get(..4).is_some_and(|year| year.starts_with("20") && year.chars().all(|c| c.is_ascii_digit()))
        && text.get(4..).is_some_and(|rest| rest.trim_start_matches(is_space).starts_with('年'))
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

pub(super) fn is_chinese_figure(c: char) -> bool {
    chinese_value(c).is_some() || matches!(c, '十' | '百')
}

fn chinese_value(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A number in figures or Chinese, at most 3 figures or 5 characters, and its length in bytes.
pub(super) fn number(text: &str) -> Option<(u32, usize)> {
    let figures: String = text.chars().take_while(char::is_ascii_digit).take(4).collect();
    if !figures.is_empty() {
        let used = text.chars().take(figures.len()).map(char::len_utf8).sum();
        return (figures.len() <= 3).then(|| figures.parse().ok()).flatten().map(|number| (number, used));
    }
    let (mut total, mut digit, mut used, mut seen) = (0, None, 0, 0);
    for c in text.chars().take_while(|c| is_chinese_figure(*c)).take(6) {
        match c {
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take().unwrap_or(1) * 100,
            _ => {
                // 二〇 reads figure by figure.
                digit = Some(digit.map_or(0, |before: u32| before * 10) + chinese_value(c)?);
            }
        }
        used += c.len_utf8();
        seen += 1;
    }
    total += digit.unwrap_or(0);
    (seen > 0 && seen <= 5 && total > 0).then_some((total, used))
}
