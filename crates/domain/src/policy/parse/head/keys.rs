//! The tables that government sites put above a document: 发文机关：…, or key and value on two lines.

use super::super::super::draft::{Place, Read};
use super::super::dates;
use super::super::lines::{Line, cut, is_space};
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
];
pub(super) const ISSUER: &[&str] = &[
    "发文机关",
    "发文机构",
    "制发机关",
    "制定机关",
    "制发单位",
    "发文单位",
    "发布机关",
    "发布机构",
    "发布单位",
];
/// The day itself, by its name.
pub(super) const ISSUED: &[&str] = &["成文日期", "成文时间"];
/// Days that usually are that day; what the signature says goes before.
pub(super) const DATE: &[&str] = &["制发日期", "发文日期", "发文时间", "签发日期", "生成日期"];
pub(super) const LATE_DATE: &[&str] =
    &["印发日期", "发布日期", "发布时间", "公布日期", "公开日期", "公开时间"];
pub(super) const NUMBER: &[&str] =
    &["发文字号", "发文文号", "发文号", "文号", "公文文号", "文件字号", "文件编号"];
pub(super) const TITLE: &[&str] =
    &["标题", "政策名称", "政策标题", "文件标题", "信息名称", "文件名称", "名称"];
pub(super) const OPENNESS: &[&str] = &["公开方式", "公开属性", "公开类别"];

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
            for (key, value, offset) in pairs(line.text) {
                if !value.is_empty() {
                    found.push((key, value, line.start + offset));
                } else if let Some(next) = head.get(at + 1)
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
            if let Some(key) = KEYS.iter().find(|key| **key == flat && flat.chars().count() > 2) {
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

/// The pairs of a line: a table's row may hold several.
fn pairs(line: &str) -> Vec<(&'static str, &str, usize)> {
    let mut found = Vec::new();
    let mut base = 0;
    while let Some((key, start)) = key_of(cut(line, base, line.len())) {
        let begin = base + start;
        let rest = cut(line, begin, line.len());
        let next = rest
            .char_indices()
            .filter(|(at, c)| is_space(*c) && *at > 0)
            .take(40)
            .map(|(at, c)| at + c.len_utf8())
            .find(|at| key_of(cut(rest, *at, rest.len())).is_some());
        let raw = cut(rest, 0, next.unwrap_or(rest.len()));
        let value = raw.trim_start_matches(|c: char| is_space(c) || matches!(c, '：' | ':'));
        let offset = begin + raw.len() - value.len();
        found.push((key, value.trim_end_matches(is_space), offset));
        match next {
            Some(next) => base = begin + next,
            None => break,
        }
    }
    found
}
