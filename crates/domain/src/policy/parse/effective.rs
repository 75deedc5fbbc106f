//! From when and for how long a document holds: 自发布之日起施行，有效期一年.

use super::super::draft::{Place, Read};
use super::dates;
use super::lines::{Lines, cut, is_space, joined};
use crate::kernel::Date;

/// What the document says on its validity.
#[derive(Debug, Default)]
pub(super) struct Effective {
    pub(super) from: Option<Read<Date>>,
    pub(super) text: Option<Read<String>>,
    pub(super) years: Option<u16>,
    pub(super) last_day: Option<Read<Date>>,
}

const BEGINS: &[&str] = &["起施行", "起实施", "起执行", "起生效", "起试行", "起正式施行", "起开始施行", "起暂行"];
const TERMS: &[&str] = &["有效期", "试行期", "实施期", "执行期", "有效时间", "施行期", "政策期限"];
const OWN: &[&str] =
    &["本", "自", "以上", "上述", "此", "该", "有效期", "试行期", "实施期限", "执行期限", "施行日期", "附则", "措施", "政策"];

/// Whether a line is nothing but a clause on validity, and so no part of the last measure.
pub(super) fn is_clause(line: &str) -> bool {
    let head: String = line.chars().take(2).collect();
    let own = OWN.iter().any(|word| head.starts_with(word) || line.starts_with(word));
    own && line.chars().count() <= 90 && sentence_holds(line)
}

fn sentence_holds(sentence: &str) -> bool {
    let flat = joined(sentence);
    let begins = BEGINS.iter().any(|word| flat.contains(word));
    let term = TERMS.iter().any(|word| flat.contains(word)) && (flat.contains('年') || flat.contains('止') || flat.contains('月'));
    begins || term
}

/// Reads the last clause on validity that speaks of this document.
pub(super) fn read(lines: &Lines<'_>, issued: Option<Date>) -> Effective {
    let mut found = None;
    for line in &lines.lines {
        let mut at = line.start;
        for sentence in line.text.split_inclusive('。') {
            let own = own_clause(sentence);
            if own && sentence_holds(sentence) {
                found = Some((at, sentence.trim_end_matches('。')));
            }
            at += sentence.len();
        }
    }
    let Some((at, sentence)) = found else { return Effective::default() };
    let start = words_begin(sentence);
    let printed = cut(sentence, start, sentence.len()).trim_matches(is_space);
    let place = Place { start: at + start, end: at + start + printed.len() };
    let from = begin(sentence, at, issued);
    let years = TERMS.iter().find_map(|term| sentence.split(term).nth(1)).and_then(term_years);
    let until = until(sentence, at);
    let last_day = until.or_else(|| {
        let last = dates::last_day(from.as_ref()?.value, years?)?;
        Some(Read { value: last, sure: 70, place: Some(place), checked: false })
    });
    Effective { from, text: Some(Read::found(joined(printed), 95, place)), years, last_day }
}

fn own_clause(sentence: &str) -> bool {
    let flat = joined(sentence);
    let trimmed = flat.trim_start_matches(|c: char| !c.is_alphanumeric());
    let numbered = super::marker::marker(trimmed).map_or(trimmed, |found| cut(trimmed, found.len, trimmed.len()));
    let cites = numbered.contains('《') && !numbered.contains("同时废止") && !numbered.starts_with('本');
    OWN.iter().any(|word| numbered.starts_with(word)) && !cites && numbered.chars().count() <= 160
}

/// The words begin at 自 …, or at the term.
fn words_begin(sentence: &str) -> usize {
    let own = ["自", "从", "于"]
        .iter()
        .filter_map(|word| sentence.find(word))
        .filter(|at| BEGINS.iter().any(|begin| joined(cut(sentence, *at, sentence.len())).contains(begin)))
        .min();
    own.or_else(|| TERMS.iter().filter_map(|term| sentence.find(term)).min()).unwrap_or(0)
}

/// The first day: printed, or that of the issue (自发布之日起, 自印发之日起).
fn begin(sentence: &str, at: usize, issued: Option<Date>) -> Option<Read<Date>> {
    let (head_end, _) = BEGINS.iter().filter_map(|word| gap_find(sentence, word)).min()?;
    let head = cut(sentence, 0, head_end);
    let after = head.rfind('自').or_else(|| head.rfind('从')).unwrap_or(0);
    let words = cut(sentence, after, head_end);
    if let Some((date, offset, len)) = dates::first(words) {
        let start = at + after + offset;
        return Some(Read::found(date, 97, Place { start, end: start + len }));
    }
    let flat = joined(words);
    if flat.contains("之日") && !flat.contains("30日") && !flat.contains("三十日") {
        let place = Place { start: at + after, end: at + head_end };
        return issued.map(|date| Read::found(date, 90, place));
    }
    None
}

/// 有效期至2025年12月31日, 至2025年12月31日止.
fn until(sentence: &str, at: usize) -> Option<Read<Date>> {
    let (to, _) = sentence.char_indices().filter(|(_, c)| *c == '至' || *c == '到').last()?;
    let (date, offset, len) = dates::first(cut(sentence, to, sentence.len()))?;
    let start = at + to + offset;
    (offset <= 12).then(|| Read::found(date, 97, Place { start, end: start + len }))
}

fn term_years(behind: &str) -> Option<u16> {
    let flat = joined(behind);
    let rest = flat.trim_start_matches(|c: char| matches!(c, '限' | '为' | '：' | ':' | '暂' | '定' | '是' | '共' | '间'));
    dates::years(rest)
}

/// Where `word` stands in `text`, blanks between its characters allowed.
fn gap_find(text: &str, word: &str) -> Option<(usize, usize)> {
    text.find(word).map(|at| (at, at + word.len()))
}
