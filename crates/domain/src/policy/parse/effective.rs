//! From when and for how long a document holds: 自发布之日起施行，有效期一年.

use super::super::draft::{Place, Read};
use super::dates;
use super::head::Term;
use super::lines::{Lines, cut, ends_sentence, is_space, joined};
use super::marker::marker;
use super::outline::{Inner, Stretch};
use crate::kernel::Date;
use std::collections::BTreeSet;

/// What the document says on its validity.
#[derive(Debug, Default)]
pub(super) struct Effective {
    pub(super) from: Option<Read<Date>>,
    pub(super) text: Option<Read<String>>,
    pub(super) years: Option<u16>,
    pub(super) last_day: Option<Read<Date>>,
}

impl Effective {
    /// Completed from the table above the document. A day that the text prints goes before the table's, and
    /// the table's before one that only follows from the issue or from a number of years.
    pub(super) fn completed(self, table: Term) -> Self {
        let printed = |read: &Read<Date>| read.sure > ISSUE;
        let from = self.from.clone().filter(printed).or(table.from).or(self.from);
        let years = self.years.or(table.years);
        let rule = || {
            let from = from.as_ref()?;
            let last = dates::last_day(from.value, years?)?;
            let place = self.text.as_ref().and_then(|text| text.place).or(from.place);
            Some(Read { value: last, sure: RULE, place, checked: false })
        };
        let last_day = self.last_day.filter(printed).or_else(|| match (table.last_day, rule()) {
            // A day of expiry may be the first day without force.
            (Some(last), Some(rule)) if last.value.yesterday().is_ok_and(|day| day == rule.value) => {
                Some(rule)
            }
            (Some(last), _) => Some(last),
            (None, rule) => rule,
        });
        Self { from, text: self.text, years, last_day }
    }
}

/// How sure a day is that follows from the issue.
const ISSUE: u8 = 90;
/// How sure a last day is that follows from a number of years.
const RULE: u8 = 70;

const BEGINS: &[&str] = &[
    "起施行",
    "起实施",
    "起执行",
    "起生效",
    "起试行",
    "起正式施行",
    "起正式实施",
    "起开始施行",
    "起开始实施",
    "起开始执行",
    "起暂行",
    "起正式执行",
    "后施行",
    "后实施",
    "起有效",
    "起正式生效",
    "起试点",
    "起在全市施行",
    "起适用",
];
const TERMS: &[&str] = &[
    "有效期限",
    "有效期",
    "试行期限",
    "试行期",
    "试行时间",
    "暂行期",
    "实施期限",
    "实施期",
    "执行期限",
    "执行期",
    "有效时间",
    "施行期",
    "政策期限",
    "试点期",
];
/// What a sentence on validity of the document itself begins with.
const OWN: &[&str] = &[
    "本办法",
    "本措施",
    "本意见",
    "本方案",
    "本通知",
    "本细则",
    "本规定",
    "本政策",
    "本计划",
    "本规划",
    "本通告",
    "本公告",
    "本决定",
    "本条例",
    "本标准",
    "本规范",
    "本制度",
    "本规则",
    "本指南",
    "本指引",
    "本举措",
    "本文件",
    "本文",
    "本实施",
    "本若干",
    "本工作",
    "本行动",
    "本管理",
    "本暂行",
    "本试行",
    "本纲要",
    "本章程",
    "本规程",
    "本预案",
    "本批复",
    "本函",
    "本《",
    "本清单",
    "本要点",
    "本目录",
    "本协议",
    "本令",
    "本次修订",
];
/// What a sentence on validity may begin with that speaks of a measure as well: it counts where the document
/// speaks.
const BARE: &[&str] = &[
    "本",
    "自",
    "从",
    "以上",
    "上述",
    "此",
    "该",
    "有效期",
    "试行期",
    "实施期",
    "执行期",
    "施行日期",
    "附则",
    "措施",
    "政策",
    "各项政策",
    "除",
    "现",
    "试行",
    "暂行",
    "有效",
    "经",
    "由",
    "《",
    "政策期限",
];
/// What else begins with 本 or 此, and speaks of a part.
const PARTS: &[&str] = &[
    "本条", "本项", "本款", "本次", "本市", "本省", "本区", "本县", "本校", "本学", "本年", "本轮", "本批",
    "本节", "此项", "该项", "此类", "该类",
];

/// Words that a part of such a sentence holds.
const WORDS: &[&str] = &["施行", "实施", "执行", "生效", "试行", "有效", "废止", "失效", "期", "止", "适用"];

/// Whether a line only closes the document (validity, who explains it) and so is no part of the last measure.
pub(super) fn closes(line: &str) -> bool {
    let own = ["本", "自", "以上", "上述", "此", "有效期", "试行期", "原", "各区县可", "未尽事宜"]
        .iter()
        .any(|word| line.starts_with(word));
    let explains = line.starts_with('本') && line.contains("负责解释");
    let validity = sentences(line).any(|(_, sentence)| speaks(sentence));
    own && line.chars().count() <= 140 && (explains || validity) && marker(line).is_none()
}

/// Reads the last sentence on validity that speaks of this document; `inner` tells where a measure speaks.
pub(super) fn read(lines: &Lines<'_>, inner: &Inner, issued: Option<Date>) -> Effective {
    let mut found: Option<(usize, &str, u8)> = None;
    let mut measures = Measures::default();
    for line in &lines.lines {
        // Where the words of the sentence before begin, if that says from when only.
        let mut follows = false;
        let mut begun = None;
        for (at, sentence) in sentences(line.text) {
            follows = match whose(sentence) {
                None => false,
                Some(Whose::Document) => true,
                Some(Whose::Unsaid) => measures.leave(sentence, inner.at(line.start + at), at == 0, follows),
            };
            let before = begun.take().filter(|_| follows && !begins(sentence));
            if follows {
                begun = Some(at).filter(|_| term(sentence).is_none());
                // 自…起施行。有效期两年。
                let from = before.unwrap_or(at);
                let words = cut(line.text, from, at + sentence.len());
                // Of a cover letter's words and the document's own the ones that say more count.
                let says = u8::from(begins(words)) + 2 * u8::from(term(words).is_some());
                if found.is_none_or(|(.., known)| says >= known) {
                    found = Some((line.start + from, words, says));
                }
            }
        }
    }
    let Some((at, sentence, _)) = found else { return Effective::default() };
    let (start, end) = words(sentence);
    let printed = cut(sentence, start, end);
    let place = Place { start: at + start, end: at + end };
    let from = begin(sentence, at, issued);
    let years = term(sentence).and_then(term_years).or_else(|| running_years(sentence));
    let last_day = until(sentence, at).or_else(|| {
        let last = dates::last_day(from.as_ref()?.value, years?)?;
        Some(Read { value: last, sure: RULE, place: Some(place), checked: false })
    });
    Effective { from, text: Some(Read::found(joined(printed), 95, place)), years, last_day }
}

/// Terms with which measures open a line (执行期限：…); the last measure's is none of the document's either.
#[derive(Debug, Default)]
struct Measures(BTreeSet<String>);

impl Measures {
    /// Whether a sentence on validity that does not say whose it is is left to the document: it stands in a
    /// `stretch`, at the head of its line (`first`) or behind a sentence that is the document's (`follows`).
    fn leave(&mut self, sentence: &str, stretch: Stretch, first: bool, follows: bool) -> bool {
        let words = bare(sentence);
        let opening = || joined(words).chars().take(4).collect::<String>();
        match stretch {
            Stretch::Head | Stretch::Closing => true,
            Stretch::Measure => {
                if first {
                    self.0.insert(opening());
                }
                false
            }
            Stretch::Last { top } => {
                let numbered = words.len() < sentence.len();
                follows || first && (top || !numbered) && !self.0.contains(&opening())
            }
        }
    }
}

/// The sentences of a line with their places, without the stop.
fn sentences(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split_inclusive(|c: char| ends_sentence(c) || c == '；').map(move |sentence| {
        let start = at;
        at += sentence.len();
        (start, sentence.trim_end_matches(|c: char| ends_sentence(c) || c == '；'))
    })
}

/// Whether a sentence says from when or how long something holds.
fn speaks(sentence: &str) -> bool {
    if !["施行", "实施", "执行", "生效", "试行", "有效", "试点", "暂行", "适用", "期"]
        .iter()
        .any(|word| sentence.contains(word))
        || sentence.len() > 900
    {
        return false;
    }
    begins(sentence) || term(sentence).is_some()
}

fn begins(sentence: &str) -> bool {
    let flat = joined(sentence);
    BEGINS.iter().any(|word| flat.contains(word)) && flat.contains(['自', '从', '于'])
        || flat.contains("施行") && flat.starts_with('自') && flat.contains('至')
}

/// What stands behind 有效期, where it is a term.
fn term(sentence: &str) -> Option<&str> {
    let (at, word) = TERMS
        .iter()
        .filter_map(|word| sentence.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()))?;
    let rest = cut(sentence, at + word.len(), sentence.len());
    let head: String = joined(rest).chars().take(24).collect();
    let says = term_years(rest).is_some()
        || dates::first(&head).is_some()
        || head.contains("个月")
        || head.contains('至') && head.contains('年');
    says.then_some(rest)
}

/// Of what a sentence on validity speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// 本办法自…起施行.
    Document,
    /// 实施期限至…: of the document or of a measure in it.
    Unsaid,
}

/// Of what the sentence speaks, where that may be this document.
fn whose(sentence: &str) -> Option<Whose> {
    if !speaks(sentence) {
        return None;
    }
    let flat = joined(sentence);
    let flat = bare(&flat);
    let own = OWN.iter().any(|word| flat.starts_with(word));
    let bare = BARE.iter().any(|word| flat.starts_with(word))
        || flat.split(['，', ',']).next_back().is_some_and(|part| part.starts_with('自') && begins(part));
    let quotes = flat.starts_with('《') && !flat.contains('现') && !flat.contains("已经");
    if quotes || flat.chars().count() > 200 || PARTS.iter().any(|word| flat.starts_with(word)) {
        return None;
    }
    if own { Some(Whose::Document) } else { bare.then_some(Whose::Unsaid) }
}

/// A sentence without its number and marks.
fn bare(sentence: &str) -> &str {
    marker(sentence)
        .map_or(sentence, |found| cut(sentence, found.len, sentence.len()))
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '《')
}

/// The words on validity within the sentence: from 自 on, or from the term; what follows them is left out.
fn words(sentence: &str) -> (usize, usize) {
    let start = clause_begin(sentence)
        .or_else(|| TERMS.iter().filter_map(|word| sentence.find(word)).min())
        .unwrap_or(0);
    let mut end = start;
    let mut at = start;
    for part in cut(sentence, start, sentence.len()).split_inclusive(['，', ',']) {
        let flat = joined(part);
        let about =
            WORDS.iter().any(|word| flat.contains(word)) && !flat.contains("解释") && !flat.contains('《');
        if at > start && !about {
            break;
        }
        at += part.len();
        end = at;
    }
    let printed =
        cut(sentence, start, end).trim_end_matches(|c: char| is_space(c) || matches!(c, '，' | ','));
    (start, start + printed.len())
}

/// Where 自 or 从 opens the words on the beginning.
fn clause_begin(sentence: &str) -> Option<usize> {
    let stop = BEGINS.iter().chain(&["起"]).filter_map(|word| gap_find(sentence, word)).min()?;
    let head = cut(sentence, 0, stop);
    head.rfind('自').or_else(|| head.rfind('从')).or_else(|| head.rfind('于'))
}

/// The first day: printed, or that of the issue (自发布之日起, 自印发之日起).
fn begin(sentence: &str, at: usize, issued: Option<Date>) -> Option<Read<Date>> {
    if let Some(stop) = BEGINS.iter().filter_map(|word| gap_find(sentence, word)).min() {
        let head = cut(sentence, 0, stop + '起'.len_utf8());
        let from = head.rfind('自').or_else(|| head.rfind('从')).or_else(|| head.rfind('于'))?;
        return first_day(cut(head, from, head.len()), at + from, issued);
    }
    // 有效期自2024年1月1日至2026年12月31日.
    let from = sentence
        .find('自')
        .or_else(|| sentence.find('从'))
        .or_else(|| TERMS.iter().filter_map(|word| sentence.find(word)).min())?;
    let rest = cut(sentence, from, sentence.len());
    let to = rest.find('至').or_else(|| rest.find('起')).or_else(|| rest.find('到'))?;
    first_day(cut(rest, 0, to), at + from, issued)
}

fn first_day(words: &str, at: usize, issued: Option<Date>) -> Option<Read<Date>> {
    if let Some((date, offset, len)) = dates::first(words) {
        let start = at + offset;
        return Some(Read::found(date, 97, Place { start, end: start + len }));
    }
    let flat = joined(words);
    // 自印发之日起30日后 is a day of its own, which a person works out.
    let later = flat.contains("后") || flat.chars().any(|c| c.is_ascii_digit()) || flat.contains("三十日");
    let issue = [
        "发布之日",
        "印发之日",
        "公布之日",
        "下发之日",
        "发文之日",
        "颁布之日",
        "发布日",
        "印发日",
        "公布日",
        "即日",
    ]
    .iter()
    .any(|word| flat.contains(word));
    let words = words.trim_end_matches(is_space);
    if issue && !later {
        return issued.map(|date| Read::found(date, ISSUE, Place { start: at, end: at + words.len() }));
    }
    None
}

/// 有效期至2025年12月31日, 2025年12月31日废止.
fn until(sentence: &str, at: usize) -> Option<Read<Date>> {
    let ends = sentence
        .char_indices()
        .filter(|(_, c)| matches!(c, '至' | '到'))
        .map(|(at, c)| at + c.len_utf8())
        .next_back();
    let near = |from: usize| {
        dates::first(cut(sentence, from, sentence.len()))
            .filter(|(_, offset, _)| *offset <= 12)
            .map(|(date, offset, len)| (date, from + offset, len))
    };
    let last = || {
        let stop = ["废止", "失效", "止"].iter().filter_map(|word| sentence.find(word)).min()?;
        let (_, first, len) = dates::first(sentence)?;
        let (date, offset, len) = near(first + len).or_else(|| {
            let (date, offset, len) = dates::first(cut(sentence, first + len, sentence.len()))?;
            Some((date, first + len + offset, len))
        })?;
        (offset + len <= stop && !cut(sentence, offset + len, stop).contains('《'))
            .then_some((date, offset, len))
    };
    let (date, offset, len) = ends.and_then(near).or_else(last)?;
    Some(Read::found(date, 97, Place { start: at + offset, end: at + offset + len }))
}

fn term_years(behind: &str) -> Option<u16> {
    let flat = joined(behind);
    let bare = |text: &str| {
        dates::years(text.trim_start_matches(|c: char| {
            matches!(c, '限' | '为' | '：' | ':' | '暂' | '定' | '是' | '共' | '间' | '（' | '设' | '均')
        }))
    };
    // 试行期为自发布之日起两年.
    bare(&flat).or_else(|| flat.split_once('起').and_then(|(_, rest)| bare(rest)))
}

/// 自印发之日起试行一年.
fn running_years(sentence: &str) -> Option<u16> {
    let flat = joined(sentence);
    let behind = BEGINS
        .iter()
        .filter_map(|word| flat.split_once(word))
        .map(|(_, rest)| rest)
        .min_by_key(|rest| rest.len())?;
    dates::years(behind.trim_start_matches(['，', ',', '期', '限', '为']))
}

/// Where `word` stands in `text`, a gap between its characters allowed.
fn gap_find(text: &str, word: &str) -> Option<usize> {
    if let Some(at) = text.find(word) {
        return Some(at);
    }
    let first = word.chars().next()?;
    text.match_indices(first).map(|(at, _)| at).find(|at| {
        let mut rest = cut(text, *at, text.len()).chars().filter(|c| !is_space(*c));
        word.chars().all(|c| rest.next() == Some(c))
    })
}
