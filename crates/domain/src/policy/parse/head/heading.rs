//! The document's title.
//!
//! The printed title counts whole, with an issuer that stands before 关于 on its line or on the lines above
//! it (国务院关于…的意见). A notice that hands out another document (关于印发《…》的通知) gives that document's
//! title, nested 〈〉 turned back; without 《》 it gives what stands between 印发 and 的通知. Such a notice whose
//! own text holds the measures keeps its title, see [`super::Head::printed`].

use super::super::super::draft::{Place, Read};
use super::super::dates;
use super::super::lines::{Line, cut, is_space, joined};
use super::super::marker::marker;
use super::keys::{self, Keys};
use super::number::{self, find_number};
use super::sign::{is_issuer_line, is_signers_line, signers};
use super::{attached, is_tail};

/// Words that end a title: the kinds of documents.
const KINDS: &[&str] = &[
    "通知",
    "意见",
    "方案",
    "措施",
    "办法",
    "规定",
    "决定",
    "公告",
    "计划",
    "规划",
    "纲要",
    "细则",
    "要点",
    "批复",
    "函",
    "条例",
    "举措",
    "通告",
    "通报",
    "倡议",
    "答复",
    "规程",
    "章程",
    "指引",
    "十条",
    "预案",
    "政策",
    "总结",
    "意见书",
    "公报",
    "决议",
    "议案",
    "方案（试行）",
    "规范",
    "工作指南",
    "若干条",
    "安排",
    "分解表",
    "分工表",
    "任务表",
    "责任分解",
    "任务分解",
    "一览表",
    "若干规定",
];
/// Kinds that a title may go on behind.
const WEAK: &[&str] = &[
    "行动",
    "任务",
    "分工",
    "标准",
    "说明",
    "制度",
    "规则",
    "清单",
    "指南",
    "目录",
    "条",
    "工程",
    "任务书",
    "工作",
];
/// Names of columns on sites, which are no titles.
const COLUMNS: &[&str] = &[
    "通知公告",
    "公示公告",
    "公告通告",
    "政策文件",
    "规范性文件",
    "行政规范性文件",
    "其他文件",
    "部门文件",
    "政策解读",
    "通知",
    "公告",
    "法定主动公开内容",
    "发展规划",
    "工作方案",
    "政策措施",
    "计划规划",
    "规划计划",
];

/// A title with what it says about the document.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) read: Read<String>,
    /// The whole printed title, where `read` is a part of it.
    pub(super) printed: Option<Read<String>>,
    /// The last of its lines, by its index in the head.
    pub(super) last_line: Option<usize>,
    /// The issuer before 关于, as printed.
    pub(super) issuer: Option<Read<String>>,
}

/// Reads the title from the lines of the head.
pub(super) fn read(keys: &Keys<'_>, head: &[Line<'_>]) -> Option<Title> {
    let printed = about(head).or_else(|| plain(head));
    if let Some((value, place)) = keys.get(keys::TITLE)
        && kind_at_end(value)
        && value.chars().count() > 5
    {
        let last_line = printed
            .as_ref()
            .map(|block| block.last)
            .or_else(|| head.iter().position(|line| line.place().end >= place.end));
        return Some(title(spaced(value), place, 95, last_line));
    }
    let block = printed.or_else(|| loose(head))?;
    let attached = inner(&block.text)
        .filter(|_| !block.text.contains('《'))
        .and_then(|inner| attached::read(head, block.last, &inner));
    let sure = if (kind_at_end(&block.text) || block.text.ends_with('》'))
        && (4..=120).contains(&block.text.chars().count())
    {
        95
    } else {
        60
    };
    let mut found = title(block.text, block.place, sure, Some(block.last));
    if let Some(attached) = attached {
        found.read = attached;
    }
    Some(found)
}

/// Whether a text ends with a kind of document, a bracket behind it aside.
pub(in super::super) fn kind_at_end(text: &str) -> bool {
    let bare = without_bracket(text);
    KINDS.iter().any(|kind| bare.ends_with(kind))
}

/// Whether a title may end with `c`: the last character of a kind or a bracket.
pub(in super::super) const fn may_end(c: char) -> bool {
    matches!(
        c,
        '书' | '例'
            | '函'
            | '划'
            | '则'
            | '南'
            | '告'
            | '复'
            | '定'
            | '引'
            | '报'
            | '排'
            | '措'
            | '施'
            | '条'
            | '案'
            | '法'
            | '点'
            | '知'
            | '程'
            | '策'
            | '结'
            | '范'
            | '表'
            | '要'
            | '见'
            | '解'
            | '议'
            | '）'
            | ')'
    )
}

#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) place: Place,
    last: usize,
}

fn title(text: String, place: Place, sure: u8, last_line: Option<usize>) -> Title {
    let issuer = prefix(&text).map(|names| Read::found(names, 85, place));
    match inner(&text) {
        Some(value) => Title {
            printed: Some(Read::found(text.clone(), sure, place)),
            read: Read::found(value, sure, place),
            last_line,
            issuer,
        },
        None => Title { read: Read::found(text, sure, place), printed: None, last_line, issuer },
    }
}

/// A title with 关于, the bodies on the lines above it included.
fn about(head: &[Line<'_>]) -> Option<Block> {
    let fits = |line: &Line<'_>| {
        line.text.contains("关于")
            && !line.text.contains('。')
            && line.text.chars().count() <= 140
            && !is_furniture(line.text)
            && !starts_body(line.text)
    };
    head.iter().enumerate().filter(|(_, line)| fits(line)).take(8).find_map(|(at, line)| {
        let mut first = at;
        if joined(line.text).starts_with("关于") {
            let names = |line: &Line<'_>| is_signer(line.text) || names_several(&joined(line.text));
            while first > 0 && at - first < 16 && head.get(first - 1).is_some_and(names) {
                first -= 1;
            }
        }
        block(head, first, at)
    })
}

/// 教育部等三部门.
fn names_several(head: &str) -> bool {
    let several = head.trim_end_matches("部门").trim_end_matches("单位").trim_end_matches(|c: char| {
        c.is_ascii_digit() || super::super::marker::is_chinese_figure(c) || c == '个'
    });
    several.len() < head.len() && several.ends_with('等') && !head.contains(['，', '。', '：'])
}

/// A title without 关于: lines that end with a kind of document.
fn plain(head: &[Line<'_>]) -> Option<Block> {
    (0..head.len().min(40)).find_map(|at| {
        let line = head.get(at)?;
        let fits = !is_furniture(line.text)
            && !is_signer(line.text)
            && !starts_body(line.text)
            && marker(line.text).is_none();
        block(head, at, at).filter(|block| fits && block.text.chars().count() > 5)
    })
}

/// The lines from `first` on that make a title; its kind stands at or behind the line `at`.
pub(super) fn block(head: &[Line<'_>], first: usize, at: usize) -> Option<Block> {
    let begin = head.get(first)?;
    let mut text = String::new();
    let mut closed: Option<(String, usize)> = None;
    for (index, line) in head.iter().enumerate().skip(first).take(at - first + 7) {
        if index > at && !is_title_like(line.text, &text) && !continues(line.text) {
            break;
        }
        let part = own_part(line.text);
        // Joint bodies stay apart.
        let gap = index <= at && index > first && !part.starts_with("关于")
            || index < at && part.contains(is_space);
        let part = if index < at { signers(part).join(" ") } else { spaced(part) };
        if gap && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&part);
        if index < at {
            continue;
        }
        let goes_on = head.get(index + 1).is_some_and(|next| continues(next.text));
        if is_closed(&text, KINDS) {
            closed = Some((text.clone(), index));
            if !goes_on {
                break;
            }
        } else if is_closed(&text, WEAK) {
            closed = Some((text.clone(), index));
        }
        if part.len() < joined(line.text).len() && !line.text.starts_with('《') {
            break;
        }
    }
    let (text, last) = closed?;
    let text = text.trim_end_matches(['。', '：']).to_owned();
    let end = head.get(last).map_or(begin.end(), Line::end);
    Some(Block { text, place: Place { start: begin.start, end }, last })
}

/// The first line that could be a title at all.
fn loose(head: &[Line<'_>]) -> Option<Block> {
    let fits = |line: &&Line<'_>| {
        !is_furniture(line.text)
            && !is_signer(line.text)
            && !line.text.contains(['。', '：', '；'])
            && (5..=60).contains(&line.text.chars().count())
            && marker(line.text).is_none()
    };
    let at = head.iter().take(20).position(|line| fits(&line))?;
    let line = head.get(at)?;
    Some(Block { text: joined(line.text), place: line.place(), last: at })
}

/// 关于印发《…》的通知 hands out what stands in 《》.
pub(in super::super) fn inner(title: &str) -> Option<String> {
    const VERBS: &[&str] = &["印发", "转发", "发布", "公布", "下发", "颁布", "颁发", "制发", "批转"];
    let bare = without_bracket(title);
    let quoted = title.ends_with('》');
    let ends = quoted || ["通知", "的函", "公告", "通告", "决定", "令"].iter().any(|end| bare.ends_with(end));
    if !ends {
        return None;
    }
    // 印发省《…》分工方案: what is quoted is a part of the title that is handed out.
    let part = title.rsplit_once('》').is_some_and(|(_, tail)| {
        let kind = handed(tail).unwrap_or("");
        let several = ['等', '两', '三', '四', '五', '和', '及', '的'];
        (kind_at_end(kind) || kind.ends_with("分工"))
            && !kind.starts_with(several)
            && !kind.starts_with(|c: char| c.is_ascii_digit())
    });
    let wraps = !part
        && (VERBS.iter().any(|verb| title.contains(&format!("{verb}《")))
            || VERBS.iter().any(|verb| title.contains(verb)) && bare.ends_with("》的通知"));
    if !title.contains('《') && title.contains("发〈") {
        return inner(&title.replace('〈', "《").replace('〉', "》"));
    }
    if let (true, Some(open), Some(close)) = (wraps, title.find('《'), title.rfind('》'))
        && open < close
    {
        let inner = cut(title, open + '《'.len_utf8(), close);
        // 《甲》《乙》: the first is the one that is shown.
        let inner = inner.split('》').next().unwrap_or(inner);
        return Some(inner.replace('〈', "《").replace('〉', "》"));
    }
    ["关于印发", "关于下发", "关于发布", "关于公布", "印发"].iter().find_map(|verb| {
        let (head, rest) = title.split_once(verb)?;
        if *verb == "印发" && !is_issuer_line(head) {
            return None;
        }
        let inner = handed(rest)?;
        ((part || !inner.contains('《')) && (kind_at_end(inner) || is_closed(inner, WEAK)))
            .then(|| inner.to_owned())
    })
}

/// What stands before 的通知 or 的函.
fn handed(title: &str) -> Option<&str> {
    let bare = without_bracket(title);
    ["的通知", "的函"].iter().find_map(|end| bare.strip_suffix(end))
}

/// The bodies before 关于.
fn prefix(title: &str) -> Option<String> {
    // 甲转发乙关于…的通知 is issued by 甲.
    let end = ["关于", "印发", "转发", "批转"].iter().filter_map(|word| title.find(word)).min()?;
    let head = cut(title, 0, end).trim_matches(is_space);
    if names_several(head) {
        return Some(joined(head));
    }
    let names = signers(head);
    let fits = !names.is_empty() && names.iter().all(|name| is_issuer_line(name));
    fits.then(|| names.join("、"))
}

/// Whether a title is whole: its brackets closed and one of `kinds` said.
fn is_closed(title: &str, kinds: &[&str]) -> bool {
    let count = |marks: [char; 2]| title.matches(marks).count();
    let balanced = title.matches('《').count() == title.matches('》').count()
        && count(['（', '(']) == count(['）', ')']);
    let bare = without_bracket(title);
    // 教育部等三部门印发《…》.
    let quotes =
        title.ends_with('》') && ["印发《", "发布《", "公布《"].iter().any(|verb| title.contains(verb));
    balanced && (quotes || kinds.iter().any(|kind| bare.ends_with(kind)))
}

/// Without a bracket at the end: （试行）, （2023—2025年）.
fn without_bracket(text: &str) -> &str {
    let text = text.trim_end_matches(is_space);
    if !text.ends_with(['）', ')']) {
        return text;
    }
    text.rfind(['（', '('])
        .filter(|open| *open > 0)
        .map_or(text, |open| cut(text, 0, open).trim_end_matches(is_space))
}

/// A line without a number that stands behind the title on it.
fn own_part(line: &str) -> &str {
    // A title quoted whole: 《…关于印发〈…〉的通知》.
    let line = match line.strip_prefix('《').and_then(|line| line.strip_suffix('》')) {
        Some(inner) if !inner.contains(['《', '》']) => inner,
        _ => line,
    };
    match find_number(line) {
        Some((_, at, _)) if at > 12 && !cut(line, 0, at).contains('《') => {
            cut(line, 0, at).trim_end_matches(|c: char| is_space(c) || matches!(c, '（' | '('))
        }
        _ => line,
    }
}

/// Joined, but joint bodies before 关于 keep their gap.
fn spaced(text: &str) -> String {
    match ["关于", "印发"].iter().filter_map(|word| text.find(word)).min() {
        Some(at) if cut(text, 0, at).trim_end_matches(is_space).contains(is_space) => {
            let names = signers(cut(text, 0, at));
            if names.iter().all(|name| is_issuer_line(name)) {
                return format!("{}{}", names.join(" "), joined(cut(text, at, text.len())));
            }
            joined(text)
        }
        _ => joined(text),
    }
}

/// A line that can go on a title.
fn is_title_like(line: &str, title: &str) -> bool {
    let flat = joined(line);
    !line.contains(['。', '；', '？'])
        && !line.ends_with(['：', ':', '，'])
        && flat.chars().count() <= 60
        && !is_furniture(line)
        && marker(line).is_none()
        && (!is_signer(line) || title.contains('《'))
        && !(flat.chars().count() > 6 && title.starts_with(&flat))
        && !flat.starts_with("（20")
}

/// The next line only ends the title: 的通知, （试行）, 通 知.
fn continues(next: &str) -> bool {
    let flat = joined(next);
    let short = flat.chars().count() <= 20;
    let bracket = flat.starts_with(['（', '('])
        && flat.ends_with(['）', ')'])
        && dates::first(&flat).is_none()
        && find_number(&flat).is_none()
        && !flat.contains("此件");
    short && (flat.starts_with('的') && kind_at_end(&flat) || bracket || KINDS.contains(&flat.as_str()))
}

/// 现将…, 为贯彻…: a paragraph of the text.
fn starts_body(line: &str) -> bool {
    ["现将", "为", "根据", "按照", "经", "附件", "近日", "各", "《"].iter().any(|word| line.starts_with(word))
        && line.contains(['，', '：', '。'])
}

fn is_signer(line: &str) -> bool {
    !line.ends_with("文件") && is_signers_line(line)
}

/// Red head, number, tables, crumbs: nothing of a title.
fn is_furniture(line: &str) -> bool {
    let flat = joined(line);
    let red = flat.ends_with("文件") && flat.chars().count() <= 40 && !flat.contains("关于");
    let crumbs = line.contains(['>', '»', '|', '＞']) || flat.contains("当前位置");
    let short = flat.chars().count() < 2;
    let site = [
        "您现在的位置",
        "首页",
        "字号",
        "字体",
        "分享",
        "打印",
        "来源",
        "发布时间",
        "发布日期",
        "浏览",
        "索引号",
        "信息公开",
        "特急",
        "急件",
        "机密",
        "政府信息公开",
    ]
    .iter()
    .any(|word| flat.starts_with(word));
    red || crumbs
        || short
        || site
        || COLUMNS.contains(&flat.as_str())
        || number::is_lone(line)
        || keys::is_pair(line)
        || dates::whole(line).is_some()
        || is_tail(line)
}

#[cfg(test)]
mod tests {
    use super::{KINDS, may_end};

    #[test]
    fn every_kind_may_end_a_title() {
        assert!(KINDS.iter().all(|kind| kind.ends_with(may_end)));
    }
}
