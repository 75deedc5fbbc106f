//! Sentences that say in prose who does a measure: 由市教育局牵头，市财政局配合。牵头单位为市教育局。
//!
//! They count as a sentence of their own, or as the end of a paragraph that an item follows, and only where
//! every part of them is a name of a unit with its verb or label. They stay in the measure's text.

use super::super::super::UnitRole;
use super::super::super::draft::{Place, Read, UnitDraft};
use super::super::lines::{Lines, closes, cut, ends_sentence, is_space, joined, opens};
use super::super::marker::marker;
use super::labels::{role_of, verb};
use super::{bodies, merge, names};

/// Longest sentence of this kind, in bytes: some two hundred characters.
const LONGEST: usize = 600;

/// What may open such a sentence and names the task itself.
const SUBJECTS: &[&str] = &[
    "此项工作",
    "该项工作",
    "本项工作",
    "这项工作",
    "以上工作",
    "上述工作",
    "以上任务",
    "上述任务",
    "此项任务",
    "该项任务",
    "本项任务",
    "本项措施",
    "此项措施",
    "该项措施",
    "以上措施",
    "上述措施",
    "该工作",
    "此工作",
    "该任务",
    "具体工作",
    "具体事宜",
    "具体",
];
/// Words between a name and its verb.
const ADVERBS: &[&str] = &[
    "按照职责分工",
    "按职责分工",
    "按照各自职责",
    "按各自职责",
    "根据职责分工",
    "依职责分工",
    "按分工",
    "分别",
    "共同",
    "积极",
    "密切",
    "主动",
    "全力",
    "具体",
    "认真",
    "切实",
    "抓好",
];
/// Verbs that give a part where nothing else opens it.
const PLAIN: &[&str] = &[
    "牵头",
    "牵头负责",
    "牵头落实",
    "牵头实施",
    "牵头组织实施",
    "牵头推进",
    "牵头抓总",
    "负责牵头",
    "负总责",
    "主办",
    "主责",
    "配合",
    "协同配合",
    "积极配合",
    "配合落实",
    "配合实施",
    "配合做好",
    "协办",
    "参与",
    "负责",
    "负责落实",
    "负责实施",
    "负责组织实施",
    "承办",
    "为牵头单位",
    "为牵头部门",
    "为配合单位",
    "为配合部门",
    "为责任单位",
    "为责任部门",
];

/// The sentences of the text that give parts, with the units of each.
pub(super) fn find(lines: &Lines<'_>) -> Vec<(Place, Vec<UnitDraft>)> {
    let mut found = Vec::new();
    for (at, line) in lines.lines.iter().enumerate() {
        if !["牵头", "负责", "配合", "会同", "单位", "部门", "由"].iter().any(|word| line.text.contains(word))
        {
            continue;
        }
        let next = lines.lines.get(at + 1);
        let closes_item = next.is_none_or(|next| marker(next.text).is_some());
        let start = line.start + marker(line.text).map_or(0, |found| found.len);
        let text = cut(lines.text, start, line.end());
        for (offset, sentence) in sentences(text) {
            // A clause in brackets at its end speaks for itself.
            let bracket = sentence.ends_with(closes) && !sentence.contains(['为', '是']);
            if sentence.len() > LONGEST || bracket {
                continue;
            }
            let last = offset + sentence.len() + '。'.len_utf8() >= text.len();
            let units = whole(sentence, start + offset)
                .or_else(|| (last && closes_item).then(|| tail(sentence, start + offset)).flatten());
            // Before its last character, so that it stands within the item that it ends.
            let end = start + offset + sentence.char_indices().next_back().map_or(0, |(at, _)| at);
            found.extend(units.map(|units| (Place { start: end, end }, units)));
        }
    }
    found
}

/// The sentences of a paragraph outside brackets, without their stop, and where each begins.
fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut depth, mut from) = (0_u32, 0);
    for (at, c) in text.char_indices() {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        if ends_sentence(c) {
            if depth == 0 {
                found.push((from, cut(text, from, at)));
            }
            (depth, from) = (0, at + c.len_utf8());
        }
    }
    found.push((from, cut(text, from, text.len())));
    found.retain(|(_, sentence)| !sentence.is_empty());
    found
}

/// The units of a sentence that says nothing else.
fn whole(sentence: &str, at: usize) -> Option<Vec<UnitDraft>> {
    units(&parts(sentence), at)
}

/// The units of the last parts of a sentence, from one that says 由, or names its label, on.
fn tail(sentence: &str, at: usize) -> Option<Vec<UnitDraft>> {
    let parts = parts(sentence);
    let opens = |part: &str| {
        part.starts_with("由")
            || part.starts_with("并由")
            || subject(part).is_some()
            || labelled(part).is_some()
    };
    let (before, first) = parts
        .iter()
        .zip(1..)
        .find(|(_, next)| parts.get(*next).is_some_and(|(_, part)| opens(part)))
        .map(|((_, before), next)| (before, next))?;
    // Who leads a body that is set up does not do the measure.
    let sets_up = ["小组", "专班", "会议", "机制", "委员会", "办公室", "联盟", "协会", "制度"]
        .iter()
        .any(|end| before.trim_end_matches(closes).ends_with(end));
    if sets_up { None } else { units(parts.get(first..)?, at) }
}

/// The parts of a sentence between commas, with where each begins.
fn parts(sentence: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_u32, 0);
    for (at, c) in sentence.char_indices().chain([(sentence.len(), '，')]) {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        if matches!(c, '，' | ',' | '；' | ';') && (depth == 0 || at == sentence.len()) {
            let raw = cut(sentence, from, at);
            let part = raw.trim_start_matches(is_space);
            parts.push((from + raw.len() - part.len(), part.trim_end_matches(is_space)));
            from = at + c.len_utf8();
        }
    }
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// The units of parts that all give one, `None` where a part says anything else.
fn units(parts: &[(usize, &str)], at: usize) -> Option<Vec<UnitDraft>> {
    let mut units: Vec<UnitDraft> = Vec::new();
    let mut says = false;
    let mut demands = false;
    for (offset, part) in parts {
        let Some(given) = given(part, at + offset, demands) else {
            // 2025年底前完成 says when, not who.
            if !units.is_empty() && is_deadline(part) {
                continue;
            }
            return None;
        };
        says |= given.says;
        demands |= given.demands;
        merge(&mut units, &given.units);
    }
    // What every body is told (各区县按职责分工负责) gives no measure its units.
    (says || units.iter().any(|unit| !unit.group)).then_some(units).filter(|units| !units.is_empty())
}

/// What a part gives.
struct Given {
    units: Vec<UnitDraft>,
    /// 由 or a label says that these are units.
    says: bool,
    /// 要 stood in it: the parts that follow may say what else bodies have to do.
    demands: bool,
}

fn given(part: &str, at: usize, demands: bool) -> Option<Given> {
    let bare = subject(part).unwrap_or(part);
    let by = bare.strip_prefix("并由").or_else(|| bare.strip_prefix('由'));
    let list = by.unwrap_or(bare);
    let at = at + part.len() - list.len();
    // 由甲牵头，会同乙落实.
    if let Some(names) = list.strip_prefix("会同").and_then(verb).map(|(names, _)| names) {
        let units = named(names, at + "会同".len(), UnitRole::Support)?;
        return Some(Given { units, says: true, demands: false });
    }
    if let Some((names, role)) = labelled(list) {
        let units = named(names, at + list.len() - names.len(), role)?;
        return Some(Given { units, says: true, demands: false });
    }
    if by.is_none()
        && let Some((head, rest)) = list.split_once('要')
        && let Some(role) = demanded(rest, demands)
    {
        return Some(Given { units: named(head, at, role)?, says: false, demands: true });
    }
    let (names, role) = verb(list)?;
    let word = cut(list, names.len(), list.len());
    let Some((first, others)) = names.split_once("会同") else {
        let plain = by.is_some() || PLAIN.contains(&word);
        let units = if plain { named(names, at, role)? } else { return None };
        return Some(Given { units, says: by.is_some(), demands: false });
    };
    let leads = verb(first).map_or(first, |(names, _)| names);
    let mut units = named(leads, at, UnitRole::Lead)?;
    merge(&mut units, &named(others, at + first.len() + "会同".len(), UnitRole::Support)?);
    Some(Given { units, says: true, demands: false })
}

/// Behind the words that only name the task: 此项工作由甲负责.
fn subject(part: &str) -> Option<&str> {
    SUBJECTS.iter().filter_map(|subject| part.strip_prefix(subject)).find(|rest| rest.starts_with('由'))
}

/// 牵头单位为甲, 此项工作的牵头单位是甲: the names, and what the label gives them.
fn labelled(part: &str) -> Option<(&str, UnitRole)> {
    let task = SUBJECTS.iter().find_map(|subject| part.strip_prefix(subject)?.strip_prefix('的'));
    ['为', '是'].iter().find_map(|verb| {
        let (word, list) = task.unwrap_or(part).split_once(*verb)?;
        Some((list, role_of(word)??)).filter(|(list, _)| !list.is_empty())
    })
}

/// What 要 demands of the names before it; `more` says that a body was told to lead or to support before.
fn demanded(rest: &str, more: bool) -> Option<UnitRole> {
    let rest = ADVERBS.iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    if rest.starts_with("牵头") {
        Some(UnitRole::Lead)
    } else if rest.starts_with("配合") || rest.starts_with("协同") {
        Some(UnitRole::Support)
    } else {
        more.then_some(UnitRole::Responsible)
    }
}

fn is_deadline(part: &str) -> bool {
    (part.contains('年') || part.contains('月')) && part.chars().any(|c| c.is_ascii_digit())
        || ["长期坚持", "持续推进", "持续实施"].contains(&part)
}

/// The names of a list, where each of them surely is a unit's name.
fn named(list: &str, at: usize, role: UnitRole) -> Option<Vec<UnitDraft>> {
    let mut units: Vec<UnitDraft> = Vec::new();
    for (offset, token) in names::tokens(list) {
        let bare = ADVERBS.iter().fold(token, |rest, word| rest.strip_suffix(word).unwrap_or(rest));
        for name in names::split(bare) {
            if !bodies::is_name(&name) {
                return None;
            }
            let place = token
                .find(name.as_str())
                .map(|from| at + offset + from)
                .map(|start| Place { start, end: start + name.len() });
            let group = bodies::is_group(&name);
            let name = Read { value: joined(&name), sure: 82, place, checked: false };
            merge(&mut units, &[UnitDraft { name, role, group, target: None }]);
        }
    }
    (!units.is_empty()).then_some(units)
}
