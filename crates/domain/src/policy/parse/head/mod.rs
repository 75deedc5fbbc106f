//! The head of a document: title, number, issuer, date, recipients, copies, openness.

mod attached;
mod enacted;
mod heading;
mod joint;
mod keys;
mod number;
mod office;
mod sign;

use super::super::draft::{Place, Read};
use super::dates;
use super::lines::{Line, Lines, is_space, joined};
use super::outline::Body;
use super::units::{name_tokens, split_names};
use crate::kernel::Date;
use keys::Keys;

pub(super) use heading::{inner as inner_title, kind_at_end, may_end};
pub(super) use joint::place_of;
pub(super) use keys::{Term, table_breaks};
pub(super) use number::find_number;
pub(super) use sign::{is_issuer_line, is_signers_line, one_line as signs_on_one_line};

/// Most lines that a head has.
const LINES: usize = 120;

/// What stands around the body.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<Read<String>>,
    /// The whole title of a notice that hands out another document.
    pub(super) printed: Option<Read<String>>,
    pub(super) doc_number: Option<Read<String>>,
    pub(super) issuer: Option<Read<String>>,
    pub(super) issue_date: Option<Read<Date>>,
    pub(super) recipients: Option<Read<Vec<String>>>,
    pub(super) copies: Option<Read<Vec<String>>>,
    pub(super) openness: Option<Read<String>>,
    /// Validity as the table above the document gives it.
    pub(super) term: Term,
}

impl Head {
    /// The title of the document that a notice hands out.
    pub(super) fn handed_out(&self) -> Option<&str> {
        self.printed.as_ref().and(self.title.as_ref()).map(|read| read.value.as_str())
    }
}

/// Reads what stands around `body`.
pub(super) fn read(lines: &Lines<'_>, body: &Body) -> Head {
    let until = lines.lines.partition_point(|line| line.start < body.head_end).min(LINES);
    let head = lines.lines.get(..until).unwrap_or(&[]);
    let keys = Keys::read(head);
    let title = heading::read(&keys, head);
    let behind = title.as_ref().and_then(|title| title.last_line).map_or(0, |last| last + 1);
    let signature =
        sign::signature(lines, &body.inner, behind).or_else(|| sign::signature(lines, &body.inner, 0));
    let enacted = enacted::read(head);
    let issue_date = keys
        .date(keys::ISSUED, 95)
        .or_else(|| signature.as_ref().map(|found| found.date.clone()))
        .or_else(|| keys.date(keys::DATE, 90))
        .or_else(|| enacted.date.clone())
        .or_else(|| sign::lone_date(lines, &body.inner, behind))
        .or_else(|| keys.date(keys::LATE_DATE, 82))
        .or_else(|| sign::printed_on(lines));
    let printed = title.as_ref().and_then(|title| title.printed.clone());
    let doc_number = number::read(&keys, head).or(enacted.number);
    let issuer = signature
        .map(|found| found.issuer)
        .or_else(|| {
            keys.get(keys::ISSUER)
                // An empty cell may have a title beside it.
                .filter(|(value, _)| !value.contains("关于") && !kind_at_end(value))
                .map(|(value, place)| Read::found(sign::signers(value).join("、"), 90, place))
        })
        .or_else(|| sign::red_head(head))
        .or_else(|| title.as_ref().and_then(|title| title.issuer.clone()))
        .or(enacted.issuer)
        .or_else(|| sign::alone(head))
        .or_else(|| unsigned(lines, doc_number.as_ref(), title.as_ref()));
    Head {
        printed,
        doc_number,
        term: keys.term(),
        issuer,
        issue_date,
        recipients: recipients(head, behind),
        copies: copies(lines),
        openness: openness(lines)
            .or_else(|| keys.get(keys::OPENNESS).map(|(value, place)| Read::found(joined(value), 90, place))),
        title: title.map(|title| title.read),
    }
}

/// The issuer of a document that neither its head nor a signature names: by the office that printed it and by its
/// number.
fn unsigned(
    lines: &Lines<'_>,
    number: Option<&Read<String>>,
    title: Option<&heading::Title>,
) -> Option<Read<String>> {
    let word = number.map(|read| read.value.as_str());
    if let Some(mut found) = sign::printed_by(lines) {
        found.value = office::printed_for(&found.value, word);
        return Some(found);
    }
    let titles: Vec<&str> = title
        .into_iter()
        .flat_map(|title| [Some(&title.read), title.printed.as_ref()])
        .flatten()
        .map(|read| read.value.as_str())
        .collect();
    let value = office::of_number(word?, &titles)?;
    Some(Read::inferred(value, 60))
}

/// Whether a line stands behind the body: 附件, 抄送, contacts, the foot of a page.
pub(super) fn is_tail(line: &str) -> bool {
    const TAILS: &[&str] = &[
        "附件：",
        "附件:",
        "附：",
        "附:",
        "附表",
        "抄送",
        "（联系人",
        "(联系人",
        "联系人：",
        "（此件",
        "(此件",
        "主题词",
        "信息公开选项",
        "公开方式",
        "解读链接",
        "相关链接",
        "相关解读",
        "扫一扫",
        "【打印",
        "责任编辑",
        "分享到",
        "上一篇",
        "下一篇",
        "主办单位：",
        "版权所有",
        "打印本页",
        "关闭窗口",
        "相关文档",
        "政策解读：",
        "相关附件",
        "文件下载",
    ];
    TAILS.iter().any(|tail| line.starts_with(tail))
        || line.chars().count() <= 60 && line.ends_with("印发") && dates::first(line).is_some()
        || line.chars().count() <= 40 && line.starts_with("附件") && !line.contains('。')
}

/// Beginnings of a list of recipients.
const RECIPIENT_STARTS: &[&str] = &[
    "各",
    "有关",
    "直属",
    "机关",
    "市",
    "省",
    "驻",
    "教育部",
    "国务院",
    "县",
    "区",
    "局",
    "校",
    "委",
    "中央",
    "相关",
    "全",
];

/// 各区县教体局，直属各学校：
fn recipients(head: &[Line<'_>], from: usize) -> Option<Read<Vec<String>>> {
    let (at, last) = head.iter().enumerate().skip(from).take(24).find(|(_, line)| {
        line.text.ends_with(['：', ':'])
            && line.text.chars().count() > 2
            && !line.text.contains(['。', '《'])
            && !keys::is_pair(line.text)
    })?;
    // A list that runs over several lines.
    let mut first = at;
    while first > from
        && head
            .get(first - 1)
            .is_some_and(|above| above.text.ends_with(['、', '，', '；']) && !above.text.contains('。'))
    {
        first -= 1;
    }
    let start = head.get(first)?.start;
    let list: String = head.get(first..=at)?.iter().map(|line| joined(line.text)).collect();
    // 伊宁自治州，各州、市人民政府 begins with a name, and no sentence does.
    let named = ["，各", "、各"].iter().any(|word| list.contains(word))
        && !["为", "现", "根据", "按", "经", "关于", "请"].iter().any(|word| list.starts_with(word))
        && list.contains("政府");
    if !named && !RECIPIENT_STARTS.iter().any(|word| list.starts_with(word)) {
        return None;
    }
    let list = list.trim_end_matches(['：', ':']);
    // Commas separate kinds of recipients, within which 、 lists.
    let mut parts = vec![String::new()];
    let mut depth = 0_u32;
    for c in list.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, '，' | ',' | '；') {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let names = if parts.len() > 1 {
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    } else {
        names(list)
    };
    Some(Read::found(names, 90, Place { start, end: last.end() }))
}

fn names(list: &str) -> Vec<String> {
    name_tokens(list).into_iter().flat_map(|(_, token)| split_names(token)).collect()
}

/// 抄送：驻济高校
fn copies(lines: &Lines<'_>) -> Option<Read<Vec<String>>> {
    let at = lines.lines.iter().rposition(|line| line.text.starts_with("抄送"))?;
    let first = lines.lines.get(at)?;
    let mut list = joined(first.text);
    let mut end = first.end();
    for line in lines.lines.iter().skip(at + 1).take(6) {
        if !list.ends_with(['、', '，']) || line.text.ends_with("印发") {
            break;
        }
        list.push_str(&joined(line.text));
        end = line.end();
    }
    let names = names(list.trim_start_matches("抄送").trim_start_matches(['：', ':']));
    (!names.is_empty()).then(|| Read::found(names, 90, Place { start: first.start, end }))
}

/// （此件公开发布）
fn openness(lines: &Lines<'_>) -> Option<Read<String>> {
    lines.lines.iter().find_map(|line| {
        if line.text.len() > 80 {
            return None;
        }
        let bare = line.text.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')') || is_space(c));
        let start = line.start + line.text.find(bare)?;
        let value = joined(bare);
        let fits = value.starts_with("此件") && value.chars().count() <= 16
            || matches!(value.as_str(), "主动公开" | "依申请公开" | "不予公开");
        fits.then(|| Read::found(value, 95, Place { start, end: start + bare.len() }))
    })
}
