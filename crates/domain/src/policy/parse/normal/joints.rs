//! The joints of a head that stands in one line: number, title, addressees.

use super::super::dates;
use super::super::head::{find_number, kind_at_end, may_end};
use super::super::lines::{cut, is_space, joined};

/// How far into the text its head reaches, in bytes.
pub(super) const HEAD: usize = 1_500;

/// What may follow a title at once: addressees, the first words of a text.
const AFTER_TITLE: &[&str] = &[
    "各",
    "有关",
    "市",
    "省",
    "机关",
    "直属",
    "驻",
    "为",
    "根据",
    "现",
    "一、",
    "第一",
    "按照",
    "一是",
    "《",
    "党的",
    "党中央",
    "近年来",
    "当前",
    "今年",
    "按",
    "经",
    "坚持",
    "深入",
    "全面",
    "以习近平",
    "习近平",
    "教育是",
    "本办法",
    "本措施",
    "本方案",
    "国务院",
    "来源",
    "发布",
    "（此件",
    "浏览",
    "新华社",
    "信息名称",
    "索引号",
];

/// Around the number, behind title and addressees.
pub(super) fn head(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let head = cut(text, 0, floor(text, HEAD));
    breaks.extend(number(head).into_iter().flat_map(|(start, end)| [start, end]));
    breaks.extend(addressees(head));
    breaks.extend(order(head).into_iter().flat_map(|(start, end)| [start, end]));
    let title = title_end(head);
    breaks.extend(title);
    // The title may stand on the line above.
    breaks.extend(bracket_behind(head, title.unwrap_or(0)));
    breaks
}

/// The serial of an order: 海州市人民政府令 / 第312号.
fn order(head: &str) -> Option<(usize, usize)> {
    let start = head.find("令第")? + "令".len();
    let (end, c) = cut(head, start, head.len()).char_indices().take(7).find(|(_, c)| *c == '号')?;
    (start < 90 && !cut(head, 0, start).contains(['，', '。', '《']))
        .then_some((start, start + end + c.len_utf8()))
}

/// Behind a bracket with a day or the number that follows the title: （2023年4月18日…通过）, （海政发〔2023〕1号）.
fn bracket_behind(head: &str, title: usize) -> Option<usize> {
    let rest = cut(head, title, head.len());
    let inner = rest.trim_start_matches(is_space);
    let open = inner.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let start = title + rest.len() - inner.len();
    let (close, mark) = inner.char_indices().skip(1).take(60).find(|(_, c)| matches!(c, '）' | ')'))?;
    let words = cut(inner, open.len_utf8(), close);
    let own = dates::first(words).is_some_and(|(_, at, _)| at == 0) || find_number(words).is_some();
    own.then_some(start + close + mark.len_utf8())
}

/// The document's own number: behind a title or a red head, not within a sentence.
fn number(head: &str) -> Option<(usize, usize)> {
    let (_, start, len) = find_number(head)?;
    let before = cut(head, 0, start).trim_end_matches(is_space);
    let own = !before.ends_with(['（', '(', '》']) && !before.contains(['。', '；']) && !plain_comma(before);
    own.then_some((start, start + len))
}

/// A comma outside a quoted title: a sentence, not a title.
fn plain_comma(text: &str) -> bool {
    let mut depth = 0_u32;
    text.chars().any(|c| {
        match c {
            '《' | '〈' => depth += 1,
            '》' | '〉' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c == '，'
    })
}

/// Behind the colon that follows the addressees.
fn addressees(head: &str) -> Option<usize> {
    const NEXT: &[&str] =
        &["现", "为", "根据", "按照", "经", "近年", "今年", "当前", "党", "自", "近日", "《"];
    const NAMES: &[&str] = &["各", "有关", "市", "省", "机关", "直属", "驻", "县", "区"];
    let (at, colon) = head.char_indices().find(|(_, c)| matches!(c, '：' | ':'))?;
    let behind = at + colon.len_utf8();
    let next = cut(head, behind, head.len()).trim_start_matches(is_space);
    let opens = NEXT.iter().any(|word| next.starts_with(word));
    let from = number(head).map(|(_, end)| end).filter(|end| *end < at);
    let from = from.max(title_end(head).filter(|end| *end < at)).unwrap_or(0);
    let list = cut(head, from, at).trim_start_matches(is_space);
    let named = NAMES.iter().any(|word| list.starts_with(word)) && list.chars().count() < 200;
    ((opens || named) && !cut(head, 0, at).contains('。')).then_some(behind)
}

/// Where the title ends: behind a kind of document, before addressees, number or text.
pub(super) fn title_end(head: &str) -> Option<usize> {
    const BEFORE: usize = 600;
    let head = cut(head, 0, floor(head, BEFORE + 60));
    head.char_indices().map(|(at, _)| at).filter(|at| (6..BEFORE).contains(at)).find(|at| {
        let (before, rest) = (cut(head, 0, *at), cut(head, *at, head.len()));
        if !before.ends_with(may_end) {
            return false;
        }
        let rest = rest.trim_start_matches(is_space);
        // Gaps may stand within 通  知.
        let kind = || {
            let flat = joined(before);
            // A short one is the last line of a title.
            kind_at_end(&flat) && (flat.len() >= 18 || ["通知", "的通知", "的意见"].contains(&flat.as_str()))
        };
        let day = || dates::first(cut(rest, 0, floor(rest, 60))).is_some_and(|(_, at, _)| at > 0 && at <= 3);
        let numbered =
            || find_number(cut(rest, 0, floor(rest, 90))).is_some_and(|(_, at, _)| at > 0 && at <= 3);
        let next = AFTER_TITLE.iter().any(|word| rest.starts_with(word))
            || rest.starts_with(['（', '(']) && (day() || numbered())
            || rest.contains('号') && number(rest).is_some_and(|(start, _)| start == 0);
        next && kind() && !before.contains('。') && !plain_comma(before)
    })
}

/// The character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
