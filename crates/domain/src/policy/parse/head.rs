//! The head of a document: title, number, issuer, date, recipients, copies, openness.

use super::super::draft::{Place, Read};
use super::dates;
use super::lines::{Line, Lines, cut, is_space, joined, narrow};
use crate::kernel::Date;

/// What stands around the body.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<Read<String>>,
    pub(super) doc_number: Option<Read<String>>,
    pub(super) issuer: Option<Read<String>>,
    pub(super) issue_date: Option<Read<Date>>,
    pub(super) recipients: Option<Read<Vec<String>>>,
    pub(super) copies: Option<Read<Vec<String>>>,
    pub(super) openness: Option<Read<String>>,
}

/// Words that end a title: the kinds of documents.
const KINDS: &[&str] = &[
    "通知", "意见", "方案", "措施", "办法", "规定", "决定", "公告", "计划", "规划", "纲要", "细则", "清单", "要点", "批复", "函", "条例",
    "举措", "政策", "工作指引", "指南", "通告", "通报", "制度", "规则", "标准", "任务", "分工", "行动", "实施意见", "倡议", "说明",
];
/// Keys of the tables that government sites put above a document.
const KEYS: &[&str] = &[
    "索引号", "主题分类", "发文机关", "发文机构", "发布机构", "发布单位", "发文单位", "制发单位", "信息来源", "来源", "成文日期", "生成日期",
    "发文日期", "发布日期", "公布日期", "印发日期", "标题", "名称", "信息名称", "文件名称", "发文字号", "发文文号", "文号", "文件编号", "主题词", "有效性",
    "效力状态", "统一编号", "公开方式", "公开范围", "体裁分类", "组配分类", "关键词", "分类", "服务对象", "字体", "时间", "浏览次数", "点击数", "责任编辑", "签发人", "废止日期", "生效日期", "实施日期", "信息分类", "公文种类", "所属主题",
];
const ISSUER_KEYS: &[&str] = &["发文机关", "发文机构", "发布机构", "发文单位", "制发单位", "发布单位"];
const DATE_KEYS: &[&str] = &["成文日期", "生成日期", "发文日期"];
const LATE_DATE_KEYS: &[&str] = &["发布日期", "公布日期", "印发日期", "时间"];
const NUMBER_KEYS: &[&str] = &["发文字号", "发文文号", "文号", "文件编号"];
const TITLE_KEYS: &[&str] = &["标题", "名称", "信息名称", "文件名称"];
/// Endings of the names of bodies that issue documents.
const BODIES: &[&str] = &[
    "局", "厅", "委", "府", "部", "院", "会", "办公室", "办", "署", "行", "团", "组", "中心", "大学", "集团", "处", "科", "联", "社", "学校", "总工会", "妇联",
];

/// Reads the head; the body begins at the byte `body`.
pub(super) fn read(lines: &Lines<'_>, body: usize) -> Head {
    let keys = Keys::read(lines, body);
    let before: Vec<Line<'_>> = lines.lines.iter().copied().filter(|line| line.start < body).collect();
    let number = number(&keys, &before);
    let signature = signature(lines);
    let title = keys.get(TITLE_KEYS).map(|(text, place)| Read::found(unwrapped(&joined(&text)), 92, place)).or_else(|| title(&before));
    let issue_date = keys
        .date(DATE_KEYS)
        .or_else(|| signature.as_ref().map(|(_, date)| date.clone()))
        .or_else(|| lone_date(lines))
        .or_else(|| keys.date(LATE_DATE_KEYS))
        .or_else(|| printed_on(lines));
    let issuer = signature
        .and_then(|(issuer, _)| issuer)
        .or_else(|| keys.get(ISSUER_KEYS).map(|(text, place)| Read::found(bodies(&text), 90, place)))
        .or_else(|| red_head(&before))
        .or_else(|| title_prefix(&before))
        .or_else(|| under_title(&before));
    Head {
        title,
        doc_number: number,
        issuer,
        issue_date,
        recipients: recipients(&before),
        copies: copies(lines),
        openness: openness(lines),
    }
}

/// Whether a line looks like the name of a body that signs.
pub(super) fn is_issuer_line(line: &str) -> bool {
    let name = joined(line);
    let count = name.chars().count();
    let chinese = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '、' | '（' | '）'));
    (3..=60).contains(&count) && chinese && BODIES.iter().any(|end| name.ends_with(end)) && !name.starts_with('各')
}

/// Whether a line stands behind the body: 附件, 抄送, contacts.
pub(super) fn is_tail(line: &str) -> bool {
    const TAILS: &[&str] = &["附件：", "附件:", "附件1", "附件１", "附件一", "附：", "附表", "抄送", "（联系人", "(联系人", "联系人：", "（此件", "(此件", "主题词", "信息公开选项", "公开方式", "解读链接", "相关链接", "扫一扫", "【打印", "责任编辑"];
    TAILS.iter().any(|tail| line.starts_with(tail)) || line == "附件"
}

/// `key：value` on one line, or key and value on two.
#[derive(Debug, Default)]
struct Keys<'a> {
    found: Vec<(&'static str, &'a str, usize)>,
}

impl<'a> Keys<'a> {
    fn read(lines: &Lines<'a>, body: usize) -> Self {
        let mut found = Vec::new();
        for (at, line) in lines.lines.iter().enumerate().take(60) {
            if line.start >= body {
                break;
            }
            for (key, value, offset) in pairs(line.text) {
                if !value.is_empty() {
                    found.push((key, value, line.start + offset));
                } else if let Some(next) = lines.lines.get(at + 1)
                    && key_of(next.text).is_none()
                {
                    found.push((key, next.text, next.start));
                }
            }
        }
        Self { found }
    }

    fn get(&self, keys: &[&str]) -> Option<(String, Place)> {
        let (_, value, start) = self.found.iter().find(|(key, value, _)| keys.contains(key) && !value.is_empty())?;
        Some(((*value).to_owned(), Place { start: *start, end: start + value.len() }))
    }

    fn date(&self, keys: &[&str]) -> Option<Read<Date>> {
        let (value, place) = self.get(keys)?;
        let (date, at, len) = dates::first(&value)?;
        let start = place.start + at;
        Some(Read::found(date, 92, Place { start, end: start + len }))
    }
}

/// The key at the head of a line, without its brackets and blanks, and where its value begins.
fn key_of(line: &str) -> Option<(&'static str, usize)> {
    let mut flat = String::new();
    for (at, c) in line.char_indices().take(14) {
        if is_space(c) || matches!(c, '【' | '[' | '】' | ']') {
            continue;
        }
        if matches!(c, '：' | ':') {
            let key = KEYS.iter().find(|key| **key == flat)?;
            return Some((key, at + c.len_utf8()));
        }
        flat.push(c);
    }
    // A key alone on its line, its value on the next.
    KEYS.iter().find(|key| **key == flat && line.chars().count() <= 14).map(|key| (*key, line.len()))
}

/// The pairs of a line: a table's row may hold two.
fn pairs(line: &str) -> Vec<(&'static str, &str, usize)> {
    let Some((key, start)) = key_of(line) else { return Vec::new() };
    let rest = cut(line, start, line.len());
    let second = rest
        .char_indices()
        .filter(|(_, c)| is_space(*c))
        .find_map(|(at, c)| key_of(cut(rest, at + c.len_utf8(), rest.len())).map(|_| at));
    let end = second.map_or(line.len(), |at| start + at);
    let value = cut(line, start, end);
    let lead = value.len() - value.trim_start_matches(is_space).len();
    let mut found = vec![(key, value.trim_matches(is_space), start + lead)];
    if second.is_some() {
        let tail = cut(line, end, line.len());
        let skip = tail.len() - tail.trim_start_matches(is_space).len();
        found.extend(pairs(cut(line, end + skip, line.len())).into_iter().map(|(k, v, at)| (k, v, at + end + skip)));
    }
    found
}

/// 济教发〔2023〕24号: on a line of its own, before a number that stands within one.
fn number(keys: &Keys<'_>, before: &[Line<'_>]) -> Option<Read<String>> {
    if let Some((value, place)) = keys.get(NUMBER_KEYS)
        && let Some((number, at, len)) = find_number(&value)
    {
        let start = place.start + at;
        return Some(Read::found(number, 97, Place { start, end: start + len }));
    }
    let lone = before.iter().find_map(|line| {
        let bare = line.text.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')'));
        let (number, at, len) = find_number(line.text)?;
        let rest = bare.chars().count().saturating_sub(cut(line.text, at, at + len).chars().count());
        let signed = line.text.contains("签发");
        (rest <= 2 || signed).then(|| Read::found(number, 97, Place { start: line.start + at, end: line.start + at + len }))
    });
    lone.or_else(|| {
        before.iter().filter(|line| !line.text.contains(['。', '《', '，'])).find_map(|line| {
            let (number, at, len) = find_number(line.text)?;
            Some(Read::found(number, 75, Place { start: line.start + at, end: line.start + at + len }))
        })
    })
}

/// The first number of a document in `text`, in one spelling, and its place.
fn find_number(text: &str) -> Option<(String, usize, usize)> {
    for (open, c) in text.char_indices().filter(|(_, c)| matches!(c, '〔' | '[' | '［' | '（' | '(' | '【' | '﹝')) {
        let rest = cut(text, open + c.len_utf8(), text.len());
        let Some((close, mark)) = rest.char_indices().find(|(_, c)| matches!(c, '〕' | ']' | '］' | '）' | ')' | '】' | '﹞')) else {
            continue;
        };
        let year: String = joined(cut(rest, 0, close)).chars().map(narrow).filter(|c| *c != '年').collect();
        if year.len() != 4 || !year.chars().all(|c| c.is_ascii_digit()) || !(year.starts_with("19") || year.starts_with("20")) {
            continue;
        }
        let behind = cut(rest, close + mark.len_utf8(), rest.len());
        let Some((end, hao)) = behind.char_indices().take(10).find(|(_, c)| *c == '号') else { continue };
        let serial: String = joined(cut(behind, 0, end)).chars().map(narrow).filter(|c| *c != '第').collect();
        if serial.is_empty() || !serial.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '—')) {
            continue;
        }
        let head = cut(text, 0, open);
        let from = head
            .char_indices()
            .rev()
            .take_while(|(_, c)| ('\u{4e00}'..='\u{9fff}').contains(c) || *c == ' ' || c.is_ascii_uppercase())
            .last()
            .map_or(open, |(at, _)| at);
        let word = joined(cut(head, from, head.len()));
        if word.is_empty() || word.chars().count() > 16 {
            continue;
        }
        let lead = cut(head, from, head.len());
        let start = from + lead.len() - lead.trim_start_matches(is_space).len();
        let stop = open + c.len_utf8() + close + mark.len_utf8() + end + hao.len_utf8();
        return Some((format!("{word}〔{year}〕{serial}号"), start, stop - start));
    }
    None
}

/// The title: the document handed out by a notice, or the printed lines up to a kind of document.
fn title(before: &[Line<'_>]) -> Option<Read<String>> {
    let candidates: Vec<&Line<'_>> = before.iter().filter(|line| !is_furniture(line.text)).collect();
    let about = candidates.iter().position(|line| line.text.contains("关于") && !line.text.contains('。'));
    let start = about.unwrap_or(0);
    let first = candidates.get(start)?;
    // An issuer on the line above belongs to the printed title.
    let above = start.checked_sub(1).and_then(|at| candidates.get(at)).filter(|line| {
        about.is_some() && first.text.starts_with("关于") && is_issuer_line(line.text) && !line.text.ends_with("文件")
    });
    let mut end = first.start + first.text.len();
    let mut joined_text = joined(first.text);
    for line in candidates.iter().skip(start + 1).take(4) {
        if is_closed(&joined_text) || line.text.ends_with(['：', ':']) || line.text.contains('。') || dates::whole(line.text).is_some() {
            break;
        }
        joined_text.push_str(&joined(line.text));
        end = line.start + line.text.len();
    }
    let from = above.map_or(first.start, |line| line.start);
    let full = match above {
        Some(line) => format!("{}{}", joined(line.text), joined_text),
        None => joined_text,
    };
    let full = full.trim_end_matches(['。', '：']).to_owned();
    let value = unwrapped(&full);
    let count = value.chars().count();
    let sure = if KINDS.iter().any(|kind| value.contains(kind)) && (4..=80).contains(&count) { 95 } else { 60 };
    Some(Read::found(value, sure, Place { start: from, end }))
}

/// Whether a title's lines end here: brackets closed and a kind of document said.
fn is_closed(title: &str) -> bool {
    let balanced = title.matches('《').count() == title.matches('》').count()
        && title.matches(['（', '(']).count() == title.matches(['）', ')']).count();
    let bare = title.trim_end_matches(['）', ')']);
    let bare = match bare.rfind(['（', '(']) {
        Some(open) if bare.len() < title.len() => cut(bare, 0, open),
        _ => bare,
    };
    balanced && KINDS.iter().any(|kind| bare.ends_with(kind))
}

/// 关于印发《…》的通知 hands out what stands in 《》.
fn unwrapped(title: &str) -> String {
    let wraps = ["印发", "转发", "发布", "公布", "下发", "实施"].iter().any(|verb| title.contains(&format!("{verb}《")));
    let ends = title.ends_with("通知") || title.ends_with("的函") || title.ends_with("公告") || title.ends_with("通告");
    if let (true, true, Some(open), Some(close)) = (wraps, ends, title.find('《'), title.rfind('》'))
        && open < close
    {
        return cut(title, open + '《'.len_utf8(), close).replace('〈', "《").replace('〉', "》");
    }
    for verb in ["关于印发", "关于转发", "关于下发"] {
        if let Some((_, rest)) = title.split_once(verb)
            && let Some(inner) = rest.strip_suffix("的通知")
            && !inner.contains('《')
        {
            return inner.to_owned();
        }
    }
    title.to_owned()
}

/// Red head, number, key table, recipients, signature: not a title.
fn is_furniture(line: &str) -> bool {
    let flat = joined(line);
    let alone = find_number(line).is_some_and(|(_, at, len)| at + len + 6 >= line.len() && !line.contains("关于"));
    let red = flat.ends_with("文件") && flat.chars().count() <= 40 && !flat.contains("关于");
    alone
        || red
        || key_of(line).is_some()
        || dates::whole(line).is_some()
        || is_tail(line)
        || flat.chars().count() < 2
        || ["当前位置", "首页", "您现在的位置", "字号", "分享", "打印", "来源", "信息来源"].iter().any(|word| flat.starts_with(word))
}

/// The bodies that sign above a day, and that day: the first such place in the text.
fn signature(lines: &Lines<'_>) -> Option<(Option<Read<String>>, Read<Date>)> {
    for (at, line) in lines.lines.iter().enumerate() {
        let Some(date) = dates::whole(line.text) else { continue };
        let mut signers: Vec<&Line<'_>> = Vec::new();
        for above in lines.lines.iter().take(at).rev() {
            if !above.text.split_whitespace().all(is_issuer_line) || above.text.ends_with("文件") || signers.len() >= 16 {
                break;
            }
            signers.push(above);
        }
        if let (Some(last), Some(first)) = (signers.first(), signers.last()) {
            let place = Place { start: first.start, end: last.start + last.text.len() };
            let names: Vec<String> = signers.iter().rev().map(|line| bodies(line.text)).collect();
            let issuer = Read::found(names.join("、"), 95, place);
            return Some((Some(issuer), Read::found(date, 96, line.place())));
        }
    }
    // 济南市教育局 2023年12月26日 on one line.
    lines.lines.iter().find_map(|line| {
        let (date, at, len) = dates::first(line.text)?;
        let name = cut(line.text, 0, at).trim_matches(is_space);
        let signs = at + len == line.text.len() && is_issuer_line(name);
        signs.then(|| {
            let issuer = Read::found(bodies(name), 88, Place { start: line.start, end: line.start + name.len() });
            let day = Read::found(date, 90, Place { start: line.start + at, end: line.start + at + len });
            (Some(issuer), day)
        })
    })
}

/// A day alone on its line, or in brackets under the title: the last one, which signs.
fn lone_date(lines: &Lines<'_>) -> Option<Read<Date>> {
    lines.lines.iter().rev().find_map(|line| dates::whole(line.text).map(|date| Read::found(date, 85, line.place()))).or_else(|| {
        lines.lines.iter().take(12).find_map(|line| {
            let bracketed = line.text.starts_with(['（', '(']) && line.text.ends_with(['）', ')']);
            let (date, at, len) = dates::first(line.text).filter(|_| bracketed)?;
            Some(Read::found(date, 70, Place { start: line.start + at, end: line.start + at + len }))
        })
    })
}

/// 济南市教育局办公室 2023年12月26日印发.
fn printed_on(lines: &Lines<'_>) -> Option<Read<Date>> {
    lines.lines.iter().rev().find(|line| line.text.ends_with("印发")).and_then(|line| {
        let (date, at, len) = dates::first(line.text)?;
        Some(Read::found(date, 75, Place { start: line.start + at, end: line.start + at + len }))
    })
}

/// 济南市教育局文件.
fn red_head(before: &[Line<'_>]) -> Option<Read<String>> {
    before.iter().find_map(|line| {
        let name = joined(line.text).strip_suffix("文件")?.to_owned();
        let fits = is_issuer_line(&name);
        fits.then(|| Read::found(name, 90, line.place()))
    })
}

/// The issuer before 关于 in the title's line, or on the line above it.
fn title_prefix(before: &[Line<'_>]) -> Option<Read<String>> {
    let at = before.iter().position(|line| line.text.contains("关于") && !line.text.contains('。'))?;
    let line = before.get(at)?;
    let prefix = line.text.split("关于").next().unwrap_or("").trim_matches(is_space);
    if !prefix.is_empty() {
        let fits = prefix.split_whitespace().all(is_issuer_line);
        return fits.then(|| Read::found(bodies(prefix), 85, Place { start: line.start, end: line.start + prefix.len() }));
    }
    let above: Vec<&Line<'_>> = before.iter().take(at).rev().take_while(|line| is_issuer_line(line.text)).collect();
    let (last, first) = (above.first()?, above.last()?);
    let names: Vec<String> = above.iter().rev().map(|line| bodies(line.text)).collect();
    Some(Read::found(names.join("、"), 85, Place { start: first.start, end: last.start + last.text.len() }))
}

/// A body's name alone on one of the first lines.
fn under_title(before: &[Line<'_>]) -> Option<Read<String>> {
    before.iter().take(8).find(|line| is_issuer_line(line.text) && line.text.chars().count() <= 20).map(|line| {
        Read::found(bodies(line.text), 65, line.place())
    })
}

/// Joint bodies, separated by blanks or 、.
fn bodies(text: &str) -> String {
    let parts: Vec<&str> = text.split(|c: char| is_space(c) || c == '、').filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_issuer_line(part)) { parts.join("、") } else { joined(text) }
}

/// 各区县教体局，直属各学校：
fn recipients(before: &[Line<'_>]) -> Option<Read<Vec<String>>> {
    let line = before.iter().find(|line| {
        line.text.ends_with(['：', ':'])
            && line.text.chars().count() >= 3
            && !line.text.contains(['。', '《'])
            && ["各", "有关", "直属", "机关", "市", "省", "驻", "教育部"].iter().any(|start| line.text.starts_with(start))
    })?;
    let list = line.text.trim_end_matches(['：', ':']);
    // Commas separate kinds of recipients, within which 、 lists.
    let parts: Vec<&str> = if list.contains(['，', ',']) { list.split(['，', ',']).collect() } else { vec![list] };
    let names = if parts.len() > 1 {
        parts.into_iter().map(joined).filter(|name| !name.is_empty()).collect()
    } else {
        super::names::split(list)
    };
    Some(Read::found(names, 90, line.place()))
}

/// 抄送：驻济高校
fn copies(lines: &Lines<'_>) -> Option<Read<Vec<String>>> {
    let line = lines.lines.iter().rev().find(|line| line.text.starts_with("抄送"))?;
    let list = line.text.trim_start_matches("抄送").trim_start_matches(['：', ':']);
    let names: Vec<String> = super::names::split(list);
    (!names.is_empty()).then(|| Read::found(names, 90, line.place()))
}

/// （此件公开发布）
fn openness(lines: &Lines<'_>) -> Option<Read<String>> {
    lines.lines.iter().find_map(|line| {
        let bare = line.text.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')'));
        let start = line.start + line.text.find(bare).unwrap_or(0);
        let place = Place { start, end: start + bare.len() };
        let value = joined(bare);
        let fits = value.starts_with("此件") && value.chars().count() <= 16
            || matches!(value.as_str(), "主动公开" | "依申请公开" | "不予公开");
        fits.then(|| Read::found(value, 95, place))
    })
}
