//! The tables that government sites put above a document: 发文机关：…, or key and value on two lines.

use super::super::super::draft::{Place, Read};
use super::super::dates;
use super::super::lines::{Line, cut, is_space};
use super::heading::kind_at_end;
use super::number::find_number;
use crate::kernel::Date;

const KEYS: &[&str] = &[
    "索引号",
    "索取号",
    "信息索引",
    "主题分类",
    "主题类别",
    "发文机关",
    "发文机构",
    "发布机构",
    "发布单位",
    "发文单位",
    "制发单位",
    "制发机关",
    "制定机关",
    "发布机关",
    "公开机构",
    "责任部门",
    "信息来源",
    "来源",
    "文章来源",
    "成文日期",
    "成文时间",
    "生成日期",
    "制发日期",
    "发文日期",
    "发文时间",
    "签发日期",
    "印发日期",
    "发布日期",
    "发布时间",
    "公布日期",
    "公开日期",
    "公开时间",
    "更新时间",
    "标题",
    "信息名称",
    "文件名称",
    "文件标题",
    "名称",
    "政策名称",
    "政策标题",
    "发文字号",
    "发文文号",
    "发文号",
    "文号",
    "文件编号",
    "文件字号",
    "公文文号",
    "主题词",
    "有效性",
    "是否有效",
    "效力状态",
    "时效性",
    "统一编号",
    "规范性文件统一编号",
    "统一登记号",
    "公开方式",
    "公开属性",
    "公开范围",
    "公开类别",
    "体裁分类",
    "组配分类",
    "关键词",
    "分类",
    "服务对象",
    "字体",
    "字号",
    "浏览次数",
    "点击数",
    "阅读次数",
    "访问量",
    "责任编辑",
    "签发人",
    "废止日期",
    "失效日期",
    "生效日期",
    "施行日期",
    "实施日期",
    "信息分类",
    "公文种类",
    "文件类型",
    "所属主题",
    "有效期",
    "有效期限",
    "发布人",
    "审核人",
    "作者",
    "编辑",
    "公文字号",
    "公文标题",
    "文件号",
    "文件文号",
    "发布文号",
    "文件名",
    "发布主体",
    "发文主体",
    "制定单位",
    "印发机关",
    "印发单位",
    "发布部门",
    "发文部门",
    "公布时间",
    "印发时间",
    "制定日期",
    "制发时间",
    "签发时间",
    "生成时间",
    "更新日期",
    "废止时间",
    "失效时间",
    "生效时间",
    "施行时间",
    "实施时间",
    "有效期至",
    "有效期截止",
    "有效期起",
    "有效期止",
    "终止日期",
    "截止日期",
    "有效状态",
    "文件状态",
    "文件有效性",
    "状态",
    "时效",
    "信息类别",
    "内容概述",
    "内容摘要",
    "公开形式",
    "公开时限",
    "公开程序",
    "登记号",
    "登记编号",
    "标签",
    "语种",
    "信息公开类别",
    "成文机关",
    "文件分类",
    "公文类别",
    "信息索引号",
    "发布机构名称",
    "体裁",
    "行文日期",
    "关键字",
    "页数",
    "专题分类",
    "所属分类",
    "所属机构",
    "发布日期时间",
];
pub(super) const ISSUER: &[&str] = &[
    "发文机关",
    "发文机构",
    "制发机关",
    "制定机关",
    "制发单位",
    "发文单位",
    "发布机关",
    "发布主体",
    "发文主体",
    "制定单位",
    "成文机关",
    "印发机关",
    "印发单位",
    "发文部门",
    "发布机构",
    "发布单位",
    "发布部门",
];
/// The day itself, by its name.
pub(super) const ISSUED: &[&str] = &["成文日期", "成文时间"];
/// Days that usually are that day; what the signature says goes before.
pub(super) const DATE: &[&str] = &[
    "制发日期",
    "制发时间",
    "发文日期",
    "发文时间",
    "行文日期",
    "签发日期",
    "签发时间",
    "生成日期",
    "生成时间",
];
pub(super) const LATE_DATE: &[&str] =
    &["印发日期", "印发时间", "发布日期", "发布时间", "公布日期", "公布时间", "公开日期", "公开时间"];
pub(super) const NUMBER: &[&str] = &[
    "发文字号",
    "发文文号",
    "发文号",
    "公文字号",
    "发布文号",
    "文号",
    "公文文号",
    "文件字号",
    "文件文号",
    "文件号",
    "文件编号",
];
pub(super) const TITLE: &[&str] =
    &["标题", "公文标题", "政策名称", "政策标题", "文件标题", "信息名称", "文件名称", "文件名", "名称"];
/// First and last day in force, and the term between them.
pub(super) const BEGINS: &[&str] =
    &["生效日期", "生效时间", "施行日期", "施行时间", "实施日期", "实施时间", "有效期起"];
pub(super) const ENDS: &[&str] =
    &["失效日期", "失效时间", "废止日期", "废止时间", "有效期至", "有效期截止", "有效期止", "终止日期"];
pub(super) const TERM: &[&str] = &["有效期", "有效期限"];
pub(super) const OPENNESS: &[&str] = &["公开方式", "公开属性", "公开类别"];

/// Values of 有效性 and 公开方式, behind which a table may end.
const STATES: &[&str] = &[
    "有效",
    "现行有效",
    "失效",
    "已失效",
    "废止",
    "已废止",
    "主动公开",
    "依申请公开",
    "全文",
    "是",
    "长期有效",
];

/// Longest part of a line, in characters, in which a table's keys are looked for.
const LONGEST: usize = 700;

/// The pairs above the body.
#[derive(Debug, Default)]
pub(super) struct Keys<'a> {
    found: Vec<(&'static str, &'a str, usize)>,
}

impl<'a> Keys<'a> {
    /// Reads the first lines.
    pub(super) fn read(head: &[Line<'a>]) -> Self {
        let mut found = Vec::new();
        for (at, line) in head.iter().enumerate().take(60) {
            let pairs = pairs(line.text);
            let last = pairs.len().saturating_sub(1);
            for (index, (key, value, offset)) in pairs.into_iter().enumerate() {
                if !value.is_empty() {
                    found.push((key, value, line.start + offset));
                } else if let Some(next) = head.get(at + 1)
                    // What another key follows at once has no value.
                    && index == last
                    && key_of(next.text).is_none()
                {
                    found.push((key, next.text, next.start));
                }
            }
        }
        Self { found }
    }

    /// The first value of one of `keys`, in their order.
    pub(super) fn get(&self, keys: &[&str]) -> Option<(&'a str, Place)> {
        let (_, value, start) =
            keys.iter().find_map(|key| self.found.iter().find(|(known, ..)| known == key))?;
        Some((value, Place { start: *start, end: start + value.len() }))
    }

    pub(super) fn date(&self, keys: &[&str], sure: u8) -> Option<Read<Date>> {
        let (value, place) = self.get(keys)?;
        let (date, at, len) = dates::first(value)?;
        let start = place.start + at;
        Some(Read::found(date, sure, Place { start, end: start + len }))
    }

    /// 生效日期, 失效日期, 有效期: days, or a number of years.
    pub(super) fn term(&self) -> Term {
        let mut term = Term { from: self.date(BEGINS, 92), last_day: self.date(ENDS, 92), years: None };
        let Some((value, place)) = self.get(TERM) else { return term };
        term.years = dates::years(value.trim_start_matches(['为', '：', '自']));
        let Some((date, at, len)) = dates::first(value) else { return term };
        let read = |date, at, len| {
            let start = place.start + at;
            Read::found(date, 90, Place { start, end: start + len })
        };
        let behind = at + len;
        match dates::first(cut(value, behind, value.len())) {
            // 2024-01-01至2026-12-31
            Some((last, offset, last_len)) => {
                term.from = term.from.or_else(|| Some(read(date, at, len)));
                term.last_day = term.last_day.or_else(|| Some(read(last, behind + offset, last_len)));
            }
            None if value.trim_end().ends_with('起') => {
                term.from = term.from.or_else(|| Some(read(date, at, len)))
            }
            None => term.last_day = term.last_day.or_else(|| Some(read(date, at, len))),
        }
        term
    }
}

/// What the table says on validity.
#[derive(Debug, Default)]
pub(in super::super) struct Term {
    pub(in super::super) from: Option<Read<Date>>,
    pub(in super::super) last_day: Option<Read<Date>>,
    pub(in super::super) years: Option<u16>,
}

/// Whether a line is a key whose value stands on the next.
pub(super) fn waits_for_value(line: &str) -> bool {
    key_of(line).is_some_and(|(_, start)| {
        cut(line, start, line.len()).trim_matches(|c: char| is_space(c) || c == '：').is_empty()
    })
}

/// Whether a line belongs to such a table.
pub(super) fn is_pair(line: &str) -> bool {
    key_of(line).is_some()
}

/// The key at the head of a line, without its brackets and blanks, and where its value begins.
fn key_of(line: &str) -> Option<(&'static str, usize)> {
    let mut flat = String::new();
    for (at, c) in line.char_indices().take(16) {
        if matches!(c, '：' | ':') {
            let key = KEYS.iter().find(|key| **key == flat)?;
            return Some((key, at + c.len_utf8()));
        }
        if is_space(c) {
            // Short words are keys before a wide gap only, as between the columns of a table.
            let fits = |key: &str| {
                let long = c == '\u{3000}' || flat.chars().count() > 2;
                long || TITLE.contains(&key) && kind_at_end(cut(line, at, line.len()))
            };
            if let Some(key) = KEYS.iter().find(|key| **key == flat && fits(key)) {
                return Some((key, at));
            }
            continue;
        }
        if !matches!(c, '【' | '[' | '】' | ']' | '*') {
            flat.push(c);
        }
    }
    // A key alone on its line, its value on the next.
    KEYS.iter().find(|key| **key == flat && line.chars().count() <= 14).map(|key| (*key, line.len()))
}

/// The pairs of a line: a table's row may hold several, with gaps between them or none.
fn pairs(line: &str) -> Vec<(&'static str, &str, usize)> {
    borders(line)
        .windows(2)
        .filter_map(|pair| {
            let [open, next] = pair else { return None };
            let raw = cut(line, open.value, next.key);
            let value = raw.trim_start_matches(|c: char| is_space(c) || matches!(c, '：' | ':'));
            let offset = open.value + raw.len() - value.len();
            Some((open.name?, value.trim_end_matches(is_space), offset))
        })
        .collect()
}

/// A key of a row: where it begins, and where its value does.
#[derive(Clone, Copy, Debug)]
struct Border {
    name: Option<&'static str>,
    key: usize,
    value: usize,
}

/// The keys of a line that begins with one, and the end of what is looked at.
fn borders(line: &str) -> Vec<Border> {
    let mut found: Vec<Border> = Vec::new();
    let Some((name, value)) = key_of(line) else { return found };
    found.push(Border { name: Some(name), key: 0, value });
    let mut from = value;
    for (at, c) in line.char_indices().take(LONGEST) {
        let behind = at + c.len_utf8();
        if at < from {
            continue;
        }
        let next = if matches!(c, '：' | ':') {
            key_before(cut(line, from, at)).map(|(name, start)| (name, from + start, behind))
        } else if is_space(c) {
            key_of(cut(line, behind, line.len())).map(|(name, start)| (name, at, behind + start))
        } else {
            None
        };
        if let Some((name, key, value)) = next {
            found.push(Border { name: Some(name), key, value });
            from = value;
        }
    }
    found.push(Border { name: None, key: line.len(), value: line.len() });
    found
}

/// The longest key at the end of `text`, blanks within it aside, and where it begins.
fn key_before(text: &str) -> Option<(&'static str, usize)> {
    let tail: Vec<(usize, char)> =
        text.char_indices().rev().filter(|(_, c)| !is_space(*c) && *c != '】').take(10).collect();
    let ends = |key: &str| {
        let mut back = tail.iter();
        key.chars().rev().all(|c| back.next().is_some_and(|(_, other)| *other == c))
    };
    let key = KEYS.iter().filter(|key| ends(key)).max_by_key(|key| key.len())?;
    let (start, _) = tail.get(key.chars().count().checked_sub(1)?)?;
    let bracket = cut(text, 0, *start).ends_with('【');
    Some((key, if bracket { start - '【'.len_utf8() } else { *start }))
}

/// Where a table that stands in one line with its document is broken: before its keys, and behind it.
pub(in super::super) fn table_breaks(line: &str) -> Vec<usize> {
    let borders = borders(line);
    // One key is a line of its own, not a table.
    let [.., last, end] = borders.as_slice() else { return Vec::new() };
    if borders.len() < 3 {
        return Vec::new();
    }
    let mut breaks: Vec<usize> = borders.iter().map(|border| border.key).filter(|at| *at > 0).collect();
    breaks.retain(|at| *at < end.key);
    let title = pairs(line).into_iter().find(|(key, ..)| TITLE.contains(key));
    let again = title.filter(|(_, value, _)| value.chars().count() > 5).and_then(|(_, value, at)| {
        let from = at + value.len();
        cut(line, from, line.len()).find(value).map(|again| from + again)
    });
    let value = cut(line, last.value, end.key);
    let own = STATES
        .iter()
        .find(|state| value.starts_with(*state))
        .map(|state| state.len())
        .or_else(|| dates::day(value).map(|(_, len)| len))
        .or_else(|| find_number(value).filter(|(_, at, _)| *at == 0).map(|(_, at, len)| at + len));
    let own = own.or_else(|| last.name.filter(|name| TITLE.contains(name)).and_then(|_| doubled(value)));
    // A last value of words ends at the first gap, or where the title begins anew.
    let gap = || value.char_indices().skip(1).find(|(_, c)| is_space(*c)).map(|(at, _)| at);
    breaks.extend(again.or_else(|| own.or_else(gap).map(|len| last.value + len)));
    breaks
}

/// Where a title ends that stands twice, as the table's and as the document's.
fn doubled(value: &str) -> Option<usize> {
    let ends = value.char_indices().map(|(at, _)| at).take(120).skip(6);
    ends.into_iter().find(|at| {
        let (title, rest) = value.split_at(*at);
        rest.starts_with(title) && kind_at_end(title)
    })
}
