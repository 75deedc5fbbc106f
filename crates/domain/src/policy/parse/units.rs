//! Clauses of responsible units: in brackets, on a line of their own, or declared once for all.

use super::super::UnitRole;
use super::super::draft::{Place, Read, UnitDraft};
use super::lines::{Lines, cut, is_space, joined};
use super::names;

/// A clause that names units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// What is cut out of the measure's text.
    pub(super) place: Place,
    pub(super) units: Vec<UnitDraft>,
    /// It holds for all measures that follow.
    pub(super) for_all: bool,
}

/// Longest clause in bytes: some three hundred characters.
const LONGEST: usize = 1_200;

/// Words that, before a colon, open a list of units; and the part that they give.
const LABELS: &[(&str, Option<UnitRole>)] = &[
    ("牵头", Some(UnitRole::Lead)),
    ("主办", Some(UnitRole::Lead)),
    ("主责", Some(UnitRole::Lead)),
    ("主管", Some(UnitRole::Lead)),
    ("配合", Some(UnitRole::Support)),
    ("协办", Some(UnitRole::Support)),
    ("协同", Some(UnitRole::Support)),
    ("协助", Some(UnitRole::Support)),
    ("参与", Some(UnitRole::Support)),
    ("参加", Some(UnitRole::Support)),
    ("支持", Some(UnitRole::Support)),
    ("会同", Some(UnitRole::Support)),
    ("时限", None),
    ("时间", None),
    ("进度", None),
    ("责任人", None),
    ("责任领导", None),
    ("分管领导", None),
    ("联系", None),
    ("责任", Some(UnitRole::Responsible)),
    ("负责", Some(UnitRole::Responsible)),
    ("落实", Some(UnitRole::Responsible)),
    ("承办", Some(UnitRole::Responsible)),
    ("实施", Some(UnitRole::Responsible)),
    ("组织", Some(UnitRole::Responsible)),
    ("分工", Some(UnitRole::Responsible)),
];

/// What a label must end with, so that a sentence with a colon is not taken for one.
const LABEL_ENDS: &[&str] = &[
    "单位", "部门", "处室", "科室", "机构", "主体", "地区", "时限", "时间", "进度", "责任人", "责任领导", "分管领导", "联系人", "牵头",
    "配合", "责任", "负责", "主办", "协办", "参与", "（单位）", "(单位)", "处室（单位）", "分工", "股室", "县区", "区县", "学校",
];

/// All clauses of the text, in order.
pub(super) fn find(lines: &Lines<'_>) -> Vec<Clause> {
    let mut clauses = bracketed(lines.text);
    let inside = |at: usize, clauses: &[Clause]| {
        clauses.iter().any(|clause| clause.place.start <= at && at < clause.place.end)
    };
    for line in &lines.lines {
        if inside(line.start, &clauses) {
            continue;
        }
        if let Some((label_end, _)) = label(line.text)
            && label_end <= 40
            && let Some(units) = labelled(line.text, line.start)
        {
            clauses.push(Clause { place: line.place(), units, for_all: false });
        } else if let Some(units) = declared(line.text, line.start) {
            let place = Place { start: line.start, end: line.start };
            clauses.push(Clause { place, units, for_all: true });
        }
    }
    clauses.sort_by_key(|clause| clause.place.start);
    clauses
}

/// Adds the units of a clause to those of a measure: the first mention gives the place, Lead beats the rest.
pub(super) fn merge(units: &mut Vec<UnitDraft>, more: &[UnitDraft]) {
    for unit in more {
        match units.iter_mut().find(|known| known.name.value == unit.name.value) {
            Some(known) if unit.role == UnitRole::Lead => known.role = UnitRole::Lead,
            Some(_) => {}
            None => units.push(unit.clone()),
        }
    }
}

/// Clauses in brackets, the outermost of each nest.
fn bracketed(text: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut done = 0;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '【' | '[' | '〔' | '［' => open.push(at),
            '）' | ')' | '】' | ']' | '〕' | '］' => {
                let Some(start) = open.pop() else { continue };
                let end = at + c.len_utf8();
                let inner = start + text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                if start < done || end - start > LONGEST {
                    continue;
                }
                if let Some((units, for_all)) = clause(cut(text, inner, at), inner) {
                    // A bracket around a name within a clause was read before the clause closed.
                    clauses.retain(|known| known.place.start < start);
                    clauses.push(Clause { place: Place { start, end }, units, for_all });
                    if open.is_empty() {
                        done = end;
                    }
                }
            }
            // A bracket that is never closed does not swallow what follows its paragraph's end.
            '\n' if open.first().is_some_and(|first| at - first > LONGEST) => open.clear(),
            _ => {}
        }
    }
    clauses
}

/// What stands in brackets, where it is a clause.
fn clause(inner: &str, at: usize) -> Option<(Vec<UnitDraft>, bool)> {
    let for_all = inner.contains("下同") || (inner.contains("以下") && (inner.contains("牵头") || inner.contains("负责")));
    let inner_text = inner.trim_start_matches(is_space);
    let lead = inner.len() - inner_text.len();
    let units = if label(inner_text).is_some_and(|(end, _)| end <= 45) {
        labelled(inner_text, at + lead)
    } else {
        unlabelled(inner_text, at + lead)
    }?;
    Some((units, for_all))
}

/// The end of a leading label (behind its colon), and the part that it gives.
fn label(text: &str) -> Option<(usize, Option<UnitRole>)> {
    let colon = text.char_indices().take(16).find(|(_, c)| matches!(c, '：' | ':'))?;
    let word = joined(cut(text, 0, colon.0));
    let role = LABELS.iter().find(|(known, _)| word.contains(known))?.1;
    let ends = LABEL_ENDS.iter().any(|end| word.ends_with(end));
    let plain = !word.contains(['，', '。', '；', '、', ',']) || word.contains("及");
    (ends && plain).then_some((colon.0 + colon.1.len_utf8(), role))
}

/// 责任单位：甲、乙；配合单位：丙.
fn labelled(text: &str, at: usize) -> Option<Vec<UnitDraft>> {
    let mut units = Vec::new();
    let mut rest_at = 0;
    while let Some(rest) = text.get(rest_at..).filter(|rest| !rest.is_empty()) {
        let Some((end, role)) = label(rest) else { break };
        let next = next_label(rest, end);
        let list = cut(rest, end, next);
        if let Some(role) = role {
            add_list(&mut units, list, at + rest_at + end, role);
        }
        rest_at += next;
    }
    (!units.is_empty()).then_some(units)
}

/// Where the next label begins behind `from`, or the end.
fn next_label(text: &str, from: usize) -> usize {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < from) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '；' | ';' | '，' | ',' | '。' | ' ' | '\u{3000}' | '\n' | '、' if depth == 0 => {
                let after = at + c.len_utf8();
                if text.get(after..).is_some_and(|rest| label(rest).is_some()) {
                    return after;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// A list behind a label; inside it 甲（牵头） and 甲牵头，乙配合 give parts of their own.
fn add_list(units: &mut Vec<UnitDraft>, list: &str, at: usize, role: UnitRole) {
    let list = list.split("下同").next().unwrap_or(list).trim_end_matches(['，', ',', '；', ';']);
    if let Some(found) = by_verbs(list, at, true) {
        merge(units, &found);
        return;
    }
    for name in names::split(list) {
        let (name, role) = own_part(&name, role);
        merge(units, &[unit(list, at, name, role)]);
    }
}

/// 甲（牵头） is 甲 as Lead.
fn own_part(name: &str, role: UnitRole) -> (String, UnitRole) {
    for (mark, part) in [("牵头", UnitRole::Lead), ("主办", UnitRole::Lead), ("配合", UnitRole::Support), ("协办", UnitRole::Support), ("参与", UnitRole::Support)] {
        for (open, close) in [("（", "）"), ("(", ")")] {
            let tails = [format!("{open}{mark}{close}"), format!("{open}{mark}单位{close}"), format!("{open}{mark}部门{close}")];
            for tail in tails {
                if let Some(rest) = name.strip_suffix(tail.as_str()) {
                    return (rest.to_owned(), part);
                }
            }
        }
    }
    (name.to_owned(), role)
}

/// 甲牵头，乙、丙配合 and 甲、乙等按职责分工负责.
fn unlabelled(text: &str, at: usize) -> Option<Vec<UnitDraft>> {
    by_verbs(text, at, false)
}

/// Reads a list whose parts follow from verbs behind the names. Without a label (`labelled` false) all
/// that stands there must be such a list, so that an ordinary remark is not taken for one.
fn by_verbs(text: &str, at: usize, labelled: bool) -> Option<Vec<UnitDraft>> {
    let mut units: Vec<UnitDraft> = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    let mut last: Option<UnitRole> = None;
    for part in segments(text) {
        let part = joined(part);
        if part.is_empty() || matches!(part.as_str(), "下同" | "不再列出" | "不再一一列出" | "以下不再列出") {
            continue;
        }
        let part = ["以下均需", "以下均由", "以下任务均由", "以下各项均由", "均需", "均由"]
            .iter()
            .find_map(|start| part.strip_prefix(start))
            .unwrap_or(&part)
            .to_owned();
        match verb(&part) {
            Some((body, role)) => {
                for (names, role) in around_with(&body, role) {
                    let own = std::mem::take(&mut waiting);
                    for name in own.into_iter().chain(names::split(&names)) {
                        merge(&mut units, &[unit(text, at, name, role)]);
                    }
                }
                last = Some(role);
            }
            None => waiting.extend(names::split(&part)),
        }
    }
    let verbless = !waiting.is_empty();
    let role = last?;
    if verbless && !labelled && units.is_empty() {
        return None;
    }
    for name in waiting {
        merge(&mut units, &[unit(text, at, name, role)]);
    }
    let looks_right = units.iter().all(|unit| is_unit_like(&unit.name.value));
    (!units.is_empty() && (labelled || looks_right)).then_some(units)
}

/// Parts between commas, semicolons and stops outside brackets; 、 stays within a part.
fn segments(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '，' | ',' | '；' | ';' | '。' if depth == 0 => {
                parts.push(cut(text, start, at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(cut(text, start, text.len()));
    parts
}

/// A part that ends in a verb: the names before it, and what the verb gives them.
fn verb(part: &str) -> Option<(String, UnitRole)> {
    const VERBS: &[(&str, UnitRole)] = &[
        ("牵头负责", UnitRole::Lead),
        ("牵头落实", UnitRole::Lead),
        ("牵头组织实施", UnitRole::Lead),
        ("牵头推进", UnitRole::Lead),
        ("牵头", UnitRole::Lead),
        ("主办", UnitRole::Lead),
        ("配合落实", UnitRole::Support),
        ("配合", UnitRole::Support),
        ("协办", UnitRole::Support),
        ("协同", UnitRole::Support),
        ("协助", UnitRole::Support),
        ("参与", UnitRole::Support),
        ("参加", UnitRole::Support),
        ("支持", UnitRole::Support),
        ("负责落实", UnitRole::Responsible),
        ("组织落实", UnitRole::Responsible),
        ("负责", UnitRole::Responsible),
        ("落实", UnitRole::Responsible),
        ("组织实施", UnitRole::Responsible),
        ("承担", UnitRole::Responsible),
        ("承办", UnitRole::Responsible),
    ];
    if let Some(rest) = ["会同", "配合单位", "协同"].iter().find_map(|start| part.strip_prefix(start)) {
        let rest = VERBS.iter().find_map(|(verb, _)| rest.strip_suffix(verb)).unwrap_or(rest);
        return Some((rest.to_owned(), UnitRole::Support));
    }
    if let Some(rest) = part.strip_prefix("牵头") {
        return (!rest.is_empty()).then(|| (rest.trim_start_matches(['：', ':']).to_owned(), UnitRole::Lead));
    }
    VERBS.iter().find_map(|(verb, role)| {
        part.strip_suffix(verb).filter(|names| !names.is_empty()).map(|names| (names.to_owned(), *role))
    })
}

/// 甲会同乙: the one before leads, those behind support.
fn around_with(body: &str, role: UnitRole) -> Vec<(String, UnitRole)> {
    match body.split_once("会同") {
        Some((lead, rest)) if !lead.is_empty() => {
            vec![(lead.to_owned(), UnitRole::Lead), (rest.to_owned(), UnitRole::Support)]
        }
        _ => vec![(body.to_owned(), role)],
    }
}

fn is_unit_like(name: &str) -> bool {
    const NOT: &[&str] = &["的", "了", "应", "须", "将", "是", "可以", "按照", "根据", "如", "例如", "以上", "以下"];
    let count = name.chars().count();
    (2..=26).contains(&count) && !NOT.iter().any(|word| name.contains(word)) && !name.chars().any(|c| c.is_ascii_digit())
}

/// 以下各项措施均由市教育局牵头: a sentence that holds for all that follow.
fn declared(line: &str, at: usize) -> Option<Vec<UnitDraft>> {
    let opens = ["以下", "上述", "各项", "所有", "下列", "本措施", "本方案", "各条"];
    for (sentence_at, sentence) in sentences(line) {
        let all = sentence.contains("均由") || sentence.contains("均需") || sentence.contains("都由") || sentence.contains("统一由");
        if !all || !opens.iter().any(|open| sentence.contains(open)) || sentence.chars().count() > 60 {
            continue;
        }
        let cut_at = ["均由", "均需", "都由", "统一由"].iter().find_map(|word| sentence.find(word).map(|at| at + word.len()))?;
        let rest = sentence.get(cut_at..)?;
        if let Some(units) = by_verbs(rest, at + sentence_at + cut_at, false) {
            return Some(units);
        }
    }
    None
}

fn sentences(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split_inclusive('。').map(move |sentence| {
        let start = at;
        at += sentence.len();
        (start, sentence.trim_end_matches('。'))
    })
}

/// A unit with its place: where its name stands behind `at`.
fn unit(list: &str, at: usize, name: String, role: UnitRole) -> UnitDraft {
    let place = list.find(name.as_str()).map(|found| Place { start: at + found, end: at + found + name.len() });
    // A name that runs over a line break is joined, so it is not found to the letter.
    let sure = if place.is_some() { 95 } else { 85 };
    let group = names::is_group(&name);
    UnitDraft { name: Read { value: name, sure, place, checked: false }, role, group, target: None }
}
