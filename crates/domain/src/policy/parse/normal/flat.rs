//! Where a text without line breaks is broken: behind number, title and addressees, around the signature.

use super::super::dates;
use super::super::head::{find_number, is_issuer_line, kind_at_end};
use super::super::lines::{closes, cut, ends_sentence, opens};
use super::super::marker::{Kind, is_chinese_figure, marker};

/// How far into the text its head reaches, in bytes.
const HEAD: usize = 1_500;

/// Places, in bytes and in order, before which a line begins.
pub(super) fn breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let head = floor(text, HEAD);
    let head = cut(text, 0, head);
    if let Some((_, start, len)) = find_number(head)
        && !cut(head, 0, start).ends_with(['（', '(', '》'])
    {
        breaks.extend([start, start + len]);
    }
    breaks.extend(addressees(head));
    breaks.extend(title_end(head));
    breaks.extend(items(text));
    breaks.extend(signatures(text));
    // The title of the document that a notice hands out, printed above it.
    if let Some((_, behind)) = head.split_once('《')
        && let Some((title, _)) = behind.split_once('》')
        && title.chars().count() > 5
    {
        let letter = head.len() - behind.len();
        let printed =
            text.match_indices(title).find(|(at, _)| *at > letter && !cut(text, 0, *at).ends_with('《'));
        breaks.extend(printed.into_iter().flat_map(|(at, title)| [at, at + title.len()]));
    }
    for mark in ["（此件", "(此件", "附件：", "附件:", "抄送：", "抄送:"] {
        for (at, _) in text.match_indices(mark) {
            let before = cut(text, 0, at).chars().next_back();
            if before.is_some_and(|c| ends_sentence(c) || matches!(c, '日' | '）' | ')')) {
                breaks.push(at);
                if mark.contains("此件") {
                    breaks.extend(cut(text, at, text.len()).find(['）', ')']).map(|close| {
                        at + close
                            + cut(text, at + close, text.len()).chars().next().map_or(0, char::len_utf8)
                    }));
                }
            }
        }
    }
    // 本计划自…起施行 closes the text.
    for (at, _) in text.match_indices('本') {
        let before = cut(text, 0, at).chars().next_back();
        let sentence: String =
            cut(text, at, text.len()).chars().take(70).take_while(|c| !ends_sentence(*c)).collect();
        let validity = ["施行", "起实施", "有效期", "负责解释"].iter().any(|word| sentence.contains(word));
        if validity && before.is_some_and(|c| ends_sentence(c) || closes(c)) {
            breaks.push(at);
        }
    }
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

/// Behind the colon that follows the addressees.
fn addressees(head: &str) -> Option<usize> {
    let (at, colon) = head.char_indices().find(|(_, c)| matches!(c, '：' | ':'))?;
    let behind = at + colon.len_utf8();
    let next = cut(head, behind, head.len());
    let opens = ["现", "为", "根据", "按照", "经", "近年", "今年", "当前", "党", "自", "近日", "《"]
        .iter()
        .any(|word| next.starts_with(word));
    (opens && !cut(head, 0, at).contains('。')).then_some(behind)
}

/// Where the title ends: behind a kind of document, before addressees, number or text.
fn title_end(head: &str) -> Option<usize> {
    const NEXT: &[&str] =
        &["各", "有关", "市", "省", "机关", "直属", "为", "根据", "现", "一、", "第一", "按照", "一是", "《"];
    const BEFORE: usize = 600;
    head.char_indices().map(|(at, _)| at).filter(|at| (18..BEFORE).contains(at)).find(|at| {
        let (before, rest) = (cut(head, 0, *at), cut(head, *at, head.len()));
        let number = find_number(cut(rest, 0, floor(rest, 60))).is_some_and(|(_, start, _)| start == 0);
        (number || NEXT.iter().any(|word| rest.starts_with(word)))
            && kind_at_end(before)
            && !before.contains('。')
    })
}

/// Before the numbers of items that go on a sequence, outside brackets and quotations.
fn items(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut last: Vec<(Kind, u32)> = Vec::new();
    let mut depth = 0_u32;
    let mut before = None;
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        let previous = before.replace(c);
        let found = if depth == 0 && at >= taken && (is_chinese_figure(c) || matches!(c, '（' | '(' | '第'))
        {
            marker(cut(text, at, text.len())).filter(|found| {
                matches!(found.kind, Kind::Chapter | Kind::Article | Kind::Comma | Kind::Paren)
            })
        } else {
            None
        };
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        let Some(found) = found else { continue };
        let running = last.iter().position(|(kind, _)| *kind == found.kind);
        let goes_on =
            running.and_then(|at| last.get(at)).is_some_and(|(_, number)| found.number == number + 1);
        let cites = previous.is_some_and(|c| {
            is_chinese_figure(c) || matches!(c, '、' | '和' | '第' | '照' | '据' | '法' | '按')
        });
        if cites || !(goes_on || found.number == 1) {
            continue;
        }
        match running.and_then(|at| last.get_mut(at)) {
            Some(entry) => entry.1 = found.number,
            None => last.push((found.kind, found.number)),
        }
        taken = at + found.len;
        breaks.push(at);
    }
    breaks
}

/// Before the bodies that sign and behind the day.
fn signatures(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut from = 0;
    while let Some((_, at, len)) = dates::first(cut(text, from, text.len())) {
        let (start, end) = (from + at, from + at + len);
        from = end;
        let back = cut(text, floor(text, start.saturating_sub(240)), start);
        let name_at = back
            .char_indices()
            .rev()
            .find(|(_, c)| ends_sentence(*c) || matches!(c, '）' | ')' | '：' | '号'))
            .map_or(0, |(at, c)| at + c.len_utf8());
        let name = cut(back, name_at, back.len());
        let next = cut(text, end, text.len()).chars().next();
        let goes_on = next.is_some_and(|c| {
            matches!(
                c,
                '，' | '。' | '、' | '前' | '起' | '止' | '至' | '之' | '以' | '在' | '召' | '印' | '；'
            )
        });
        if is_issuer_line(name) && !goes_on {
            breaks.extend([start - name.len(), start, end]);
        }
    }
    breaks
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
