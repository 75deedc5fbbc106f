//! The names of units in a list.

use super::super::lines::{closes, cut, is_space, joined, opens};
use super::bodies::{ENDINGS, is_group, is_unit_like};

/// Beginnings of the next name after 和 or 及.
const BEGINNINGS: &[&str] = &[
    "市", "省", "区", "各", "县", "国", "有关", "相关", "教育", "财政", "其他", "驻", "中央", "地方", "所在",
    "属地", "团", "事业",
];
/// Words behind a name that do not belong to it.
const AFTER: &[&str] = &[
    "等有关部门和单位",
    "等相关部门和单位",
    "等有关部门（单位）",
    "等相关部门（单位）",
    "等部门和单位",
    "等部门（单位）",
    "等部门单位",
    "等单位和部门",
    "等有关部门",
    "等相关部门",
    "等有关单位",
    "等相关单位",
    "等有关方面",
    "等部门",
    "等单位",
    "等处室（单位）",
    "等处室",
    "等科室",
    "等方面",
    "等",
    "按照职责分工",
    "按照各自职责",
    "按照职责",
    "按各自职责",
    "按职责分工",
    "按职责",
    "依职责分工",
    "依职责",
    "依据职责分工",
    "根据职责分工",
    "根据职责",
    "根据各自职责",
    "依据各自职责",
    "结合各自职责",
    "在各自职责范围内",
    "按分工",
    "结合职责",
    "各负其责",
    "分工",
    "分别",
    "共同",
    "密切",
    "积极",
    "主动",
    "研究",
    "统筹",
    "抓好",
    "组织",
    "具体",
    "牵头",
    "配合",
    "负责",
    "落实",
    "负总责",
    "参与",
    "协同",
    "协助",
];
/// Words before a name that do not belong to it.
const BEFORE: &[&str] =
    &["由", "和", "及", "与", "以及", "会同", "协同", "联合", "其中", "请", "并由", "并", "同时", "具体由"];

/// The names of a list, with where each stands in it; 、 within a name (各市、县人民政府) separates nothing.
pub(in super::super) fn tokens(list: &str) -> Vec<(usize, &str)> {
    let mut tokens: Vec<(usize, &str)> = Vec::new();
    let mut depth = 0_u32;
    let mut from = 0;
    let mut soft = false;
    let ends = list.char_indices().map(|(at, c)| (at, Some(c))).chain([(list.len(), None)]);
    for (at, c) in ends {
        match c {
            Some(c) if opens(c) || opens_angle(list, at, c) => depth += 1,
            Some(c) if closes(c) || matches!(c, '›' | '>' | '＞') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let separates = matches!(c, Some('、' | '，' | ',' | '；' | ';' | '。' | '/' | '／'));
        if c.is_some() && (depth > 0 || !separates) {
            continue;
        }
        let raw = cut(list, from, at);
        let begin = from + raw.len() - raw.trim_start_matches(is_space).len();
        let name = raw.trim_matches(is_space);
        match tokens.last_mut() {
            // 各省、自治区、直辖市人民政府 is one name.
            Some((start, before)) if soft && goes_on(before, name) => {
                *before = cut(list, *start, begin + name.len())
            }
            _ if name.is_empty() => {}
            _ => tokens.push((begin, name)),
        }
        soft = c == Some('、');
        from = at + c.map_or(0, char::len_utf8);
    }
    tokens
}

/// An angle at the byte `at` that stands for a bracket within a name: 各县<市、区>人民政府.
fn opens_angle(list: &str, at: usize, c: char) -> bool {
    matches!(c, '‹' | '<' | '＜')
        && cut(list, at, list.len()).chars().take(12).any(|c| matches!(c, '›' | '>' | '＞'))
}

/// Whether `name` goes on a name that lists kinds of places: 各州 and 市人民政府, 各市州 and 县市区人民政府.
fn goes_on(before: &str, name: &str) -> bool {
    const BODIES: &[&str] = &["人民政府", "政府", "党委", "党政", "行署", "行政公署"];
    // Behind a label or a verb.
    let before = before.rsplit(['：', ':']).next().unwrap_or(before);
    let before = ["均需", "均由", "均须", "由"]
        .iter()
        .find_map(|word| before.rsplit_once(word))
        .map_or(before, |(_, names)| names);
    let Some(kinds) = before.strip_prefix('各') else { return false };
    // 各县区党委、政府 is one name.
    if kinds.ends_with('委') && ["人民政府", "政府"].iter().any(|body| name.starts_with(body)) {
        return places(kinds.trim_end_matches("党委").trim_end_matches('委')).is_empty();
    }
    let only_kinds = !kinds.is_empty() && places(kinds).is_empty()
        // 各盟行政公署、旗县市人民政府.
        || kinds.starts_with('盟');
    let body = places(name);
    let opens = name.len() > body.len();
    // 市教育局 is a bureau of its own, 市人民政府 is none beside 各州.
    let own = ["市", "省"].contains(&cut(name, 0, name.len() - body.len()))
        && !body.is_empty()
        && !BODIES.iter().any(|word| body.starts_with(word));
    // Nor is 区直各部门 beside 各街道, or 区教育局.
    let below = kinds.ends_with(['镇', '乡']) || kinds.ends_with("街道");
    let above = name.starts_with(['区', '县', '市', '旗']) && !body.is_empty();
    only_kinds && opens && !own && !(below && above) && !body.starts_with(['直', '属'])
}

/// What follows the kinds of places at the head of a name.
fn places(name: &str) -> &str {
    const KINDS: &[&str] = &[
        "自治区",
        "自治州",
        "自治县",
        "直辖市",
        "计划单列市",
        "地级以上市",
        "设区市",
        "设区的市",
        "省辖市",
        "特区",
        "省直管县",
        "县级市",
        "兵团",
        "街道",
        "省",
        "市",
        "区",
        "县",
        "州",
        "盟",
        "旗",
        "镇",
        "乡",
        "地",
        "（",
        "）",
        "(",
        ")",
        "〔",
        "〕",
        "、",
        "/",
        " ",
    ];
    let mut rest = name;
    while let Some(next) = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)) {
        rest = next;
    }
    rest
}

/// One token as names, cleaned: blanks, 和 and 及 separate too, where both sides are names.
pub(in super::super) fn split(token: &str) -> Vec<String> {
    let token =
        AFTER.iter().fold(token.trim_matches(is_space), |rest, end| rest.strip_suffix(end).unwrap_or(rest));
    by_blank(token)
        .into_iter()
        .flat_map(|name| by_and(&name))
        .flat_map(|name| by_etc(&name))
        .filter_map(|name| clean(&name))
        .collect()
}

/// Blanks separate names only where every side ends like a name.
fn by_blank(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split(is_space).filter(|part| !part.is_empty()).collect();
    // A name that was broken over two lines is one: 市科 and 技局, 各县（区 and ）人民政府.
    let broken = name.contains('\n')
        && parts.iter().any(|part| {
            part.chars().count() < 3
                || part.chars().filter(|c| opens(*c)).count() != part.chars().filter(|c| closes(*c)).count()
        });
    let all = parts.len() > 1
        && !broken
        && parts.iter().all(|part| {
            part.chars().count() > 1 && ENDINGS.iter().any(|end| part.trim_end_matches('等').ends_with(end))
        });
    if all { parts.into_iter().map(str::to_owned).collect() } else { vec![joined(name)] }
}

/// 和, 及, 与 separate names only between an ending and a beginning of names.
fn by_and(name: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = name;
    let mut depth = 0_u32;
    let mut from = 0;
    for (at, c) in name.char_indices() {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        if depth > 0 || !matches!(c, '和' | '及' | '与') {
            continue;
        }
        let left = cut(name, from, at).trim_end_matches('以');
        let right = cut(name, at + c.len_utf8(), name.len()).trim_start_matches('其');
        // 各市党委和人民政府 is one name.
        let one = left.ends_with("党委") && ["人民政府", "政府"].iter().any(|body| right.starts_with(body));
        if one {
            continue;
        }
        let bodies = left.ends_with(['局', '厅', '委']) && right.ends_with(['局', '厅', '委', '府', '办']);
        let begins = BEGINNINGS.iter().any(|start| right.starts_with(start))
            && ENDINGS.iter().any(|end| left.ends_with(end));
        if left.chars().count() > 1 && right.chars().count() > 1 && (bodies || begins) {
            names.push(left.to_owned());
            from = name.len() - right.len();
            rest = right;
        }
    }
    names.push(rest.to_owned());
    names
}

/// 市场监管总局等国务院相关部门 names one unit and a group.
fn by_etc(name: &str) -> Vec<String> {
    if let Some((left, right)) = name.split_once('等')
        && right.chars().count() > 2
        && !right.starts_with(['有', '相'])
        && is_group(right)
        && is_unit_like(left)
    {
        return vec![left.to_owned(), right.to_owned()];
    }
    vec![name.to_owned()]
}

fn clean(name: &str) -> Option<String> {
    let mut name = joined(name);
    loop {
        let before = name.len();
        for end in AFTER {
            if let Some(rest) = name.strip_suffix(end)
                && rest.chars().count() > 1
            {
                name = rest.to_owned();
            }
        }
        for start in BEFORE {
            // 由 before a name, but not 和平区 or 与会单位.
            if let Some(rest) = name.strip_prefix(start)
                && rest.chars().count() > 1
                && (start.chars().count() > 1
                    || *start == "由"
                    || BEGINNINGS.iter().any(|begin| rest.starts_with(begin)))
            {
                name = rest.to_owned();
            }
        }
        name = name
            .trim_matches(|c: char| matches!(c, '、' | '，' | ',' | '：' | ':' | '。' | '；' | ';' | '.'))
            .to_owned();
        if name.len() == before {
            break;
        }
    }
    (2..=60).contains(&name.chars().count()).then_some(name)
}
