//! Document numbers: 济教发〔2023〕24号, in one spelling.

use super::super::super::draft::{Place, Read};
use super::super::lines::{Line, cut, is_chinese, is_space, joined};
use super::keys::{self, Keys};

/// Kinds of documents and other words that end before a number's own word.
const BEFORE: &[&str] = &[
    "文件", "通知", "意见", "方案", "措施", "办法", "规定", "决定", "公告", "计划", "规划", "细则", "批复",
    "通告", "纲要", "要点", "文号",
];

/// The document's own number: named by the table, on a line of its own, or in a title's line.
pub(super) fn read(keys: &Keys<'_>, head: &[Line<'_>]) -> Option<Read<String>> {
    if let Some((value, place)) = keys.get(keys::NUMBER) {
        if let Some((number, at, len)) = find_number(value) {
            let start = place.start + at;
            return Some(Read::found(number, 97, Place { start, end: start + len }));
        }
        let value = joined(value);
        if value.ends_with('号') && value.chars().count() <= 24 {
            return Some(Read::found(value, 90, place));
        }
    }
    head.iter().find_map(lone).or_else(|| order(head)).or_else(|| {
        head.iter().filter(|line| !line.text.contains(['。', '《', '，'])).find_map(|line| {
            let (number, at, len) = find_number(line.text)?;
            Some(Read::found(number, 85, Place { start: line.start + at, end: line.start + at + len }))
        })
    })
}

/// Whether a line is nothing but a number.
pub(super) fn is_lone(line: &str) -> bool {
    lone(&Line { start: 0, text: line }).is_some() || is_serial(&joined(line)).is_some()
}

fn lone(line: &Line<'_>) -> Option<Read<String>> {
    let (number, at, len) = find_number(line.text)?;
    let rest: usize = [cut(line.text, 0, at), cut(line.text, at + len, line.text.len())]
        .iter()
        .map(|part| part.chars().filter(|c| !is_space(*c) && !matches!(c, '（' | '）' | '(' | ')')).count())
        .sum();
    let signed = line.text.contains("签发");
    (rest <= 1 || signed)
        .then(|| Read::found(number, 97, Place { start: line.start + at, end: line.start + at + len }))
}

/// 教育部令 / 第53号, 公告 / 2023年第5号.
fn order(head: &[Line<'_>]) -> Option<Read<String>> {
    head.iter().enumerate().take(20).find_map(|(at, line)| {
        let flat = joined(line.text);
        if is_serial(&flat)? {
            return Some(Read::found(flat, 80, line.place()));
        }
        let above =
            at.checked_sub(1).and_then(|at| head.get(at)).map(|above| (above.start, joined(above.text)));
        let (start, above) =
            above.filter(|(_, above)| ["令", "公告", "通告"].iter().any(|kind| above.ends_with(kind)))?;
        // A title above is no body's name.
        if above.contains("关于") {
            return Some(Read::found(flat, 80, line.place()));
        }
        Some(Read::found(format!("{above}{flat}"), 85, Place { start, end: line.end() }))
    })
}

/// Whether 第53号 or 2023年第5号 is all of a line, and whether it says whose it is.
fn is_serial(flat: &str) -> Option<bool> {
    let rest = flat.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')')).strip_suffix('号')?;
    let (whose, serial) = rest.rsplit_once('第')?;
    let serial = !serial.is_empty()
        && serial.chars().count() <= 5
        && serial.chars().all(|c| c.is_ascii_digit() || super::super::marker::is_chinese_figure(c));
    let year = |text: &str| {
        text.strip_suffix('年')
            .is_some_and(|year| year.len() == 4 && year.chars().all(|c| c.is_ascii_digit()))
    };
    let own = whose.ends_with('令')
        || whose.find("公告").is_some_and(|at| year(cut(whose, at + "公告".len(), whose.len())));
    (serial && (whose.is_empty() || year(whose) || own)).then_some(own)
}

/// The first number of a document in `text`, in one spelling, with its place and length in bytes.
pub(in super::super) fn find_number(text: &str) -> Option<(String, usize, usize)> {
    for (open, c) in
        text.char_indices().filter(|(_, c)| matches!(c, '〔' | '[' | '（' | '(' | '【' | '〈' | '﹝'))
    {
        let rest = cut(text, open + c.len_utf8(), text.len());
        let Some((close, mark)) =
            rest.char_indices().take(8).find(|(_, c)| matches!(c, '〕' | ']' | '）' | ')' | '】' | '〉'))
        else {
            continue;
        };
        let year: String = joined(cut(rest, 0, close)).chars().filter(|c| *c != '年').collect();
        let fits = year.len() == 4
            && year.chars().all(|c| c.is_ascii_digit())
            && (year.starts_with("19") || year.starts_with("20"));
        if !fits {
            continue;
        }
        let behind = cut(rest, close + mark.len_utf8(), rest.len());
        let Some((end, hao)) = behind.char_indices().take(10).find(|(_, c)| *c == '号') else { continue };
        let serial: String = joined(cut(behind, 0, end)).chars().filter(|c| *c != '第').collect();
        if serial.is_empty() || !serial.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '—')) {
            continue;
        }
        let head = cut(text, 0, open);
        let from = word_begin(head);
        let word = joined(cut(head, from, head.len()));
        if word.is_empty() || word.chars().count() > 16 {
            continue;
        }
        let stop = open + c.len_utf8() + close + mark.len_utf8() + end + hao.len_utf8();
        return Some((format!("{word}〔{year}〕{serial}号"), from, stop - from));
    }
    None
}

/// Where the word before the year begins: 济教发, not the title or the red head before it.
fn word_begin(head: &str) -> usize {
    let mut from = head.len();
    let mut run = 0;
    for (at, c) in head.char_indices().rev().take(24) {
        // A gap ends the word, but not where every character stands apart.
        if is_space(c) && run > 1 || !(is_chinese(c) || is_space(c) || c.is_ascii_alphabetic()) {
            break;
        }
        run = if is_space(c) { 0 } else { run + 1 };
        from = at;
    }
    let word = cut(head, from, head.len());
    let skip = BEFORE
        .iter()
        .filter_map(|mark| word.rfind(mark).map(|at| at + mark.len()))
        .filter(|at| *at < word.len())
        .max()
        .unwrap_or(0);
    // A body's whole name is none of the number's word either.
    let body = ["厅", "局", "政府", "办公室", "委员会"]
        .iter()
        .filter_map(|end| word.rfind(end).map(|at| at + end.len()));
    let skip = body.filter(|at| *at > 9 && word.len() > *at + 3).max().unwrap_or(0).max(skip);
    let rest = cut(word, skip, word.len());
    from + skip + rest.len() - rest.trim_start_matches(is_space).len()
}
