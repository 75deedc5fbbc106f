//! Labels before a list of units (责任单位：) and verbs behind one (牵头, 配合), and the part that they give.

use super::super::super::UnitRole;
use super::super::lines::{closes, cut, is_space, joined, opens};

/// Words of labels, and the part that they give; `None` for labels of something else (完成时限).
const LABELS: &[(&str, Option<UnitRole>)] = &[
    ("时限", None),
    ("时间", None),
    ("进度", None),
    ("责任人", None),
    ("责任领导", None),
    ("领导", None),
    ("联系", None),
    ("牵头", Some(UnitRole::Lead)),
    ("主办", Some(UnitRole::Lead)),
    ("主责", Some(UnitRole::Lead)),
    ("配合", Some(UnitRole::Support)),
    ("协办", Some(UnitRole::Support)),
    ("协同", Some(UnitRole::Support)),
    ("协助", Some(UnitRole::Support)),
    ("协作", Some(UnitRole::Support)),
    ("参与", Some(UnitRole::Support)),
    ("参加", Some(UnitRole::Support)),
    ("支持", Some(UnitRole::Support)),
    ("会同", Some(UnitRole::Support)),
    ("指导", Some(UnitRole::Support)),
    ("责任", Some(UnitRole::Responsible)),
    ("部门分工", Some(UnitRole::Responsible)),
    ("负责", Some(UnitRole::Responsible)),
    ("落实", Some(UnitRole::Responsible)),
    ("承办", Some(UnitRole::Responsible)),
    ("实施", Some(UnitRole::Responsible)),
    ("主管", Some(UnitRole::Responsible)),
];

/// What a label ends with, so that a sentence with a colon is not taken for one.
const ENDS: &[&str] = &[
    "单位",
    "部门",
    "处室",
    "科室",
    "机构",
    "主体",
    "地区",
    "时限",
    "时间",
    "进度",
    "进度安排",
    "责任人",
    "责任领导",
    "领导",
    "联系人",
    "牵头",
    "配合",
    "责任",
    "负责",
    "主办",
    "协办",
    "参与",
    "承办",
    "落实",
    "分工",
    "（单位）",
    "(单位)",
    "（部门）",
    "(部门)",
    "（处室）",
    "股室",
    "县区",
    "区县",
    "学校",
    "方",
];

/// What may stand before a label's own word.
const MODIFIERS: &[&str] = &[
    "其他", "其它", "相关", "主要", "具体", "第一", "共同", "市级", "省级", "县级", "区级", "州级", "镇级",
    "总", "项目", "任务", "工作", "完成", "整改", "推进", "实施", "组织", "市直", "省直", "市", "省", "县",
    "区", "各级", "各", "本项",
];

/// Labels that a gap may follow in place of the colon.
const WHOLE: &[&str] = &[
    "责任单位",
    "牵头单位",
    "配合单位",
    "责任部门",
    "牵头部门",
    "配合部门",
    "参与单位",
    "参与部门",
    "协办单位",
    "协同单位",
    "主责单位",
    "负责单位",
    "负责部门",
    "落实单位",
    "责任处室",
    "牵头处室",
    "配合处室",
    "牵头责任单位",
    "主要责任单位",
    "协作单位",
    "支持单位",
    "完成时限",
    "完成时间",
    "时限要求",
    "时间进度",
];

/// Verbs behind names, the longer before the shorter that it ends with.
const VERBS: &[(&str, UnitRole)] = &[
    ("为牵头单位", UnitRole::Lead),
    ("为牵头部门", UnitRole::Lead),
    ("为配合单位", UnitRole::Support),
    ("为配合部门", UnitRole::Support),
    ("为责任单位", UnitRole::Responsible),
    ("为责任部门", UnitRole::Responsible),
    ("牵头抓总", UnitRole::Lead),
    ("牵头实施", UnitRole::Lead),
    ("牵头推动", UnitRole::Lead),
    ("牵头完成", UnitRole::Lead),
    ("配合实施", UnitRole::Support),
    ("配合推进", UnitRole::Support),
    ("配合完成", UnitRole::Support),
    ("协助实施", UnitRole::Support),
    ("主责", UnitRole::Lead),
    ("统筹协调", UnitRole::Lead),
    ("统筹", UnitRole::Lead),
    ("研究落实", UnitRole::Responsible),
    ("统筹推进", UnitRole::Responsible),
    ("推进实施", UnitRole::Responsible),
    ("推进", UnitRole::Responsible),
    ("牵头负责", UnitRole::Lead),
    ("牵头落实", UnitRole::Lead),
    ("牵头组织实施", UnitRole::Lead),
    ("牵头推进", UnitRole::Lead),
    ("负责牵头", UnitRole::Lead),
    ("牵头", UnitRole::Lead),
    ("负总责", UnitRole::Lead),
    ("主办", UnitRole::Lead),
    ("配合落实", UnitRole::Support),
    ("配合做好", UnitRole::Support),
    ("协同配合", UnitRole::Support),
    ("积极配合", UnitRole::Support),
    ("配合", UnitRole::Support),
    ("协办", UnitRole::Support),
    ("协同推进", UnitRole::Support),
    ("协同", UnitRole::Support),
    ("协助", UnitRole::Support),
    ("参与", UnitRole::Support),
    ("参加", UnitRole::Support),
    ("支持", UnitRole::Support),
    ("负责指导", UnitRole::Responsible),
    ("具体指导", UnitRole::Support),
    ("指导", UnitRole::Support),
    ("具体实施", UnitRole::Responsible),
    ("各负其责", UnitRole::Responsible),
    ("负责落实", UnitRole::Responsible),
    ("负责推进", UnitRole::Responsible),
    ("负责组织实施", UnitRole::Responsible),
    ("组织落实", UnitRole::Responsible),
    ("抓好落实", UnitRole::Responsible),
    ("推进落实", UnitRole::Responsible),
    ("组织实施", UnitRole::Responsible),
    ("负责实施", UnitRole::Responsible),
    ("负责", UnitRole::Responsible),
    ("落实", UnitRole::Responsible),
    ("实施", UnitRole::Responsible),
    ("执行", UnitRole::Responsible),
    ("完成", UnitRole::Responsible),
    ("承担", UnitRole::Responsible),
    ("承办", UnitRole::Responsible),
];

/// A label at the head of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its length with the colon, in bytes.
    pub(super) len: usize,
    pub(super) role: Option<UnitRole>,
}

/// The label at the head of `text`.
pub(super) fn label(text: &str) -> Option<Label> {
    let end = text.char_indices().take(18).find(|(_, c)| matches!(c, '：' | ':'));
    if let Some((at, colon)) = end
        && let Some(role) = role_of(cut(text, 0, at))
    {
        return Some(Label { len: at + colon.len_utf8(), role });
    }
    let gap = text.char_indices().take(9).find(|(_, c)| is_space(*c)).map(|(at, _)| at)?;
    let word = cut(text, 0, gap);
    let role = WHOLE.contains(&word).then(|| role_of(word)).flatten()?;
    Some(Label { len: gap, role })
}

/// What the word of a label gives; `None` where it is no label.
pub(super) fn role_of(word: &str) -> Option<Option<UnitRole>> {
    let word = joined(word);
    let bare =
        MODIFIERS.iter().fold(word.as_str(), |rest, modifier| rest.strip_prefix(modifier).unwrap_or(rest));
    let starts = |text: &str| LABELS.iter().any(|(known, _)| text.starts_with(known));
    if !starts(&word) && !starts(bare) {
        return None;
    }
    let role = LABELS.iter().find(|(known, _)| word.contains(known))?.1;
    let ends = ENDS.iter().any(|end| word.ends_with(end));
    let plain = !word.contains(['，', '。', '；', ',', '《'])
        && (!word.contains('、') || word.ends_with("单位") || word.ends_with("部门"));
    (ends && plain && word.chars().count() <= 12).then_some(role)
}

/// Where a label begins within `text` (甲配合单位：乙), if not at its head.
pub(super) fn inner_label(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        let gap = is_space(c);
        if depth > 0 || !gap && !matches!(c, '：' | ':') {
            continue;
        }
        if gap {
            let behind = at + c.len_utf8();
            if at > 0 && label(cut(text, behind, text.len())).is_some() {
                return Some(behind);
            }
            continue;
        }
        let head = cut(text, 0, at);
        let start = word_begin(head)?;
        return (start > 0).then_some(start);
    }
    None
}

/// Where the label begins that ends `head`: 配合科室 in 甲配合科室.
fn word_begin(head: &str) -> Option<usize> {
    if let Some(start) = WHOLE.iter().filter_map(|word| head.strip_suffix(word)).map(str::len).min() {
        return Some(start);
    }
    let word =
        ["单位", "部门", "处室", "科室", "机构", "股室"].iter().find_map(|end| head.strip_suffix(end))?;
    let mut rest = word;
    while let Some(before) = LABELS.iter().find_map(|(label, _)| rest.strip_suffix(label)) {
        rest = before;
    }
    (rest.len() < word.len()).then_some(rest.len())
}

/// A part that ends in a verb: the names before it, and what the verb gives them.
pub(super) fn verb(part: &str) -> Option<(&str, UnitRole)> {
    let part = part.trim_end_matches(|c: char| is_space(c) || matches!(c, '。' | '等'));
    VERBS.iter().find_map(|(verb, role)| part.strip_suffix(verb).map(|names| (names, *role)))
}
