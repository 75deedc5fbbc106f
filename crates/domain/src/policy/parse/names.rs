//! Names of units in a list, and which of them stand for several.

use super::lines::joined;

/// Endings of units' names, for telling names apart that only a blank or 和 separates.
const ENDINGS: &[char] =
    &['局', '委', '办', '处', '院', '厅', '部', '馆', '会', '府', '校', '心', '所', '室', '行', '社', '团', '司', '组'];
/// Beginnings of the next name after 和 or 及.
const BEGINNINGS: &[&str] = &["市", "省", "区", "各", "县", "国", "有关", "相关", "教育", "财政", "其他", "驻"];

/// Words around a name that do not belong to it.
const AFTER: &[&str] = &[
    "等有关部门和单位", "等相关部门和单位", "等有关部门（单位）", "等相关部门（单位）", "等有关部门", "等相关部门",
    "等有关单位", "等相关单位", "等部门和单位", "等部门（单位）", "等单位和部门", "等部门", "等单位", "等处室", "等处室（单位）", "等",
    "按照职责分工", "按照各自职责", "按职责分工", "按照职责", "按职责", "依职责分工", "依职责", "根据职责分工", "依据职责分工", "按分工",
    "结合职责", "分工", "分别", "共同", "具体", "牵头", "配合", "负责", "落实", "负总责",
];
const BEFORE: &[&str] = &["由", "和", "及", "与", "以及", "会同", "协同", "联合", "其中", "其中由", "请"];

/// The names in a list, cleaned, in order.
pub(super) fn split(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0_u32;
    let mut current = String::new();
    for c in list.chars() {
        match c {
            '（' | '(' | '［' | '[' | '〔' | '《' | '“' => depth += 1,
            '）' | ')' | '］' | ']' | '〕' | '》' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let separates = matches!(c, '、' | '，' | ',' | '；' | ';' | '。' | '\n' | '\r' | '/' | '／');
        if separates && depth == 0 {
            names.push(std::mem::take(&mut current));
        } else {
            current.push(c);
        }
    }
    names.push(current);
    names.into_iter().flat_map(|name| by_blank(&name)).flat_map(|name| by_and(&name)).filter_map(|name| clean(&name)).collect()
}

/// Whether a name stands for several units.
pub(super) fn is_group(name: &str) -> bool {
    const STARTS: &[&str] = &["各", "有关", "相关", "其他", "全体", "所有", "地方", "直属", "机关各", "市直学校", "市属学校", "区县"];
    const HOLDS: &[&str] =
        &["各有关", "各相关", "有关部门", "有关单位", "相关部门", "相关单位", "各处室", "各部门", "各单位", "各区", "各县", "各市", "各镇", "各街道", "各级", "成员单位", "各学校", "各高校", "各院校", "有关处室", "相关处室", "各乡镇", "各科室", "各地"];
    const ENDS: &[&str] = &["直属单位", "直属学校", "事业单位", "区县教体局", "高等学校", "驻济高校"];
    STARTS.iter().any(|start| name.starts_with(start))
        || HOLDS.iter().any(|part| name.contains(part))
        || ENDS.iter().any(|end| name.ends_with(end))
}

/// Blanks separate names only where both sides end like names.
fn by_blank(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let all_end = parts.len() > 1
        && parts.iter().all(|part| part.chars().count() >= 2 && part.trim_end_matches('等').ends_with(ENDINGS));
    if all_end { parts.into_iter().map(str::to_owned).collect() } else { vec![joined(name)] }
}

/// 和, 及, 与 separate names only between an ending and a beginning of names.
fn by_and(name: &str) -> Vec<String> {
    for (at, c) in name.char_indices() {
        if !matches!(c, '和' | '及' | '与') {
            continue;
        }
        let (left, right) = (name.get(..at).unwrap_or(""), name.get(at + c.len_utf8()..).unwrap_or(""));
        let right = right.trim_start_matches('其');
        let balanced = left.matches(['（', '(']).count() == left.matches(['）', ')']).count();
        if balanced && left.ends_with(ENDINGS) && BEGINNINGS.iter().any(|start| right.starts_with(start)) {
            let mut names = vec![left.to_owned()];
            names.extend(by_and(right));
            return names;
        }
    }
    vec![name.to_owned()]
}

fn clean(name: &str) -> Option<String> {
    let mut name = joined(name);
    loop {
        let before = name.len();
        for end in AFTER {
            if let Some(rest) = name.strip_suffix(end) {
                name = rest.to_owned();
            }
        }
        for start in BEFORE {
            // 会同 or 由 before a name, but not 和平区 or 与会单位.
            if let Some(rest) = name.strip_prefix(start)
                && (start.chars().count() > 1 || *start == "由" || BEGINNINGS.iter().any(|b| rest.starts_with(b)))
            {
                name = rest.to_owned();
            }
        }
        name = name.trim_matches(|c: char| matches!(c, '、' | '，' | ',' | '：' | ':' | '。' | '；' | ';' | '.')).to_owned();
        if name.len() == before {
            break;
        }
    }
    let count = name.chars().count();
    (count >= 2 && count <= 40).then_some(name)
}
