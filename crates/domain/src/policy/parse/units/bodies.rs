//! What the names of units look like, and which of them stand for several.

use super::super::lines::{cut, is_chinese};

/// Endings of units' names.
pub(super) const ENDINGS: &[&str] = &[
    "局", "委", "办", "处", "院", "厅", "部", "馆", "会", "府", "校", "心", "所", "室", "行", "社", "团",
    "司", "组", "联", "协", "署", "关", "站", "台", "园", "队", "区", "县", "市", "盟", "旗", "镇", "乡",
    "道", "位", "构", "企", "业", "门", "中央", "高校", "机关", "科", "股", "段", "集团", "基地", "电网",
    "系", "系统", "工委", "法院", "地区", "学院", "政府", "省", "州", "村", "报", "党校", "公司", "银行",
    "商", "网", "大学", "中学", "小学", "医大", "师大", "师", "部队", "支队", "工会", "商会", "邮政", "消防",
    "税务", "海关", "宫",
];
/// Beginnings of names that stand for several units.
const GROUP_STARTS: &[&str] = &[
    "各",
    "有关",
    "相关",
    "其他",
    "其它",
    "全体",
    "所有",
    "地方",
    "直属",
    "机关各",
    "市直学校",
    "市属学校",
    "区县",
    "市县",
    "县区",
    "县级",
    "县（市",
    "市、县",
    "区、县",
    "县市区",
    "市级各",
    "市直各",
    "省直各",
    "市属高校",
    "全市",
    "全省",
    "属地",
];
/// Parts of such names.
const GROUP_HOLDS: &[&str] = &[
    "各有关",
    "各相关",
    "有关部门",
    "有关单位",
    "相关部门",
    "相关单位",
    "各处室",
    "各部门",
    "各单位",
    "各区",
    "各县",
    "各市",
    "各镇",
    "各街道",
    "各级",
    "成员单位",
    "各学校",
    "各高校",
    "各院校",
    "有关处室",
    "相关处室",
    "各乡镇",
    "各科室",
    "各地",
    "各专班",
    "有关高校",
    "相关高校",
    "有关学校",
    "相关学校",
    "有关区",
    "有关县",
    "有关市",
    "有关地方",
    "有关企业",
    "相关企业",
];
/// Endings of such names.
const GROUP_ENDS: &[&str] =
    &["直属单位", "直属学校", "事业单位", "区县教体局", "高等学校", "驻济高校", "县（市、区）"];
/// Whose the units of a plural are.
const OWNED: &[&str] = &[
    "市属", "省属", "区属", "县属", "部属", "市直", "省直", "区直", "县直", "局属", "校属", "委属", "厅属",
    "驻",
];
/// Plurals, where their owner stands before them.
const PLURALS: &[&str] =
    &["校", "院校", "企业", "单位", "医院", "幼儿园", "小学", "中学", "部门", "机关", "园", "处室", "科室"];

/// Whether a name stands for several units.
pub(super) fn is_group(name: &str) -> bool {
    OWNED.iter().any(|owned| name.starts_with(owned)) && PLURALS.iter().any(|end| name.ends_with(end))
        || GROUP_STARTS.iter().any(|start| name.starts_with(start))
        || GROUP_HOLDS.iter().any(|part| name.contains(part))
        || GROUP_ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether words in brackets without a label name a unit.
pub(super) fn is_unit_like(name: &str) -> bool {
    const NOT: &[&str] = &[
        "的", "了", "应", "须", "将", "是", "可以", "按照", "根据", "例如", "以上", "以下", "包括", "不含",
        "简称", "年", "月", "%", "元",
    ];
    // 市应急局 demands nothing, 市青年联合会 names no year.
    const WITHIN: &[&str] = &["应急", "应用", "供应", "响应", "青年", "少年", "老年", "广元", "元宝"];
    let bare = match name.find(['（', '(', '〔', '[']) {
        Some(at) if at > 0 => cut(name, 0, at),
        _ => name,
    };
    let says = |name: &str| NOT.iter().any(|word| name.contains(word));
    let without = || WITHIN.iter().fold(bare.to_owned(), |rest, known| rest.replace(known, ""));
    // What stands in brackets behind a name explains it.
    (2..=30).contains(&bare.chars().count())
        && !(says(bare) && says(&without()))
        && !bare.contains(|c: char| c.is_ascii_digit())
        && (ENDINGS.iter().any(|end| bare.ends_with(end)) || is_group(name))
}

/// What the names of bodies end with.
const BODIES: &[&str] = &[
    "局",
    "委",
    "办",
    "厅",
    "部",
    "处",
    "院",
    "府",
    "会",
    "中心",
    "大学",
    "学校",
    "中学",
    "小学",
    "公司",
    "集团",
    "银行",
    "总署",
    "海关",
    "法院",
    "检察院",
    "馆",
    "所",
    "室",
    "署",
    "社",
    "协",
    "联",
    "团",
    "分行",
    "队",
    "团市委",
    "工委",
    "科",
    "股",
    "组",
    "站",
];
/// What the wordings for several of them end with.
const SEVERAL: &[&str] = &[
    "区县", "县区", "部门", "单位", "处室", "科室", "学校", "高校", "院校", "地区", "各地", "市", "县", "区",
    "州", "市）", "区）", "府", "局", "委", "委会", "乡镇", "街道", "道）", "镇", "机构", "企业",
];
/// Words of sentences, and general words for bodies.
const SAID: &[&str] = &[
    "加强",
    "建立",
    "完善",
    "开展",
    "做好",
    "落实",
    "负责",
    "牵头",
    "配合",
    "鼓励",
    "引导",
    "制定",
    "给予",
    "通过",
    "进行",
    "纳入",
    "要",
    "并",
    "把",
    "对",
    "从",
    "于",
    "以",
    "各项",
    "成立",
    "组建",
    "设立",
    "责任单位",
    "明确",
    "依托",
    "由",
];

/// Whether words within prose are the name of a unit: stricter than [`is_unit_like`], since nothing but the
/// words tells.
pub(super) fn is_name(name: &str) -> bool {
    let bare = match name.find(['（', '(']) {
        Some(at) if at > 0 => cut(name, 0, at),
        _ => name,
    };
    let length = bare.chars().count();
    let group = is_group(name);
    let ends = if group { SEVERAL } else { BODIES };
    // 教育部门 is said of every place's.
    let department = !group && bare.ends_with("部门") && bare.starts_with(['市', '省', '县', '区', '州']);
    // 历城区 beside bureaus; 示范区 and the like are areas as well.
    let place = !group && (3..=5).contains(&length) && bare.ends_with(['区', '县']);
    (3..=24).contains(&length)
        && is_unit_like(name)
        && (place || department || ends.iter().any(|end| bare.ends_with(end) || name.ends_with(end)))
        && !SAID.iter().any(|word| bare.contains(word))
        && bare.chars().all(is_chinese)
}
