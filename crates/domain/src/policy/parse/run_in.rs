//! Headings that run into their text without any mark, as they do where a text lost its line breaks.

use super::lines::{closes, cut, ends_sentence, is_space, opens};

/// Usual headings.
const HEADINGS: &[&str] = &[
    "总体要求",
    "指导思想",
    "基本原则",
    "主要目标",
    "总体目标",
    "工作目标",
    "发展目标",
    "工作原则",
    "总体思路",
    "工作思路",
    "工作要求",
    "有关要求",
    "组织实施",
    "组织保障",
    "组织领导",
    "保障措施",
    "附则",
    "目的",
    "工作任务",
    "重点任务",
    "主要任务",
    "实施步骤",
    "工作步骤",
    "发展环境",
    "发展基础",
    "发展现状",
    "基本情况",
];
/// What their texts begin with.
const TEXTS: &[&str] = &[
    "以",
    "到20",
    "到二",
    "坚持",
    "深入",
    "全面",
    "通过",
    "经过",
    "力争",
    "围绕",
    "按照",
    "20",
    "贯彻",
    "各级",
    "各地",
    "各区",
    "各县",
    "各市",
    "各校",
    "各单位",
    "各部门",
    "各有关",
    "各牵头",
    "各成员",
    "各责任",
    "各省",
    "各相关",
    "为了",
    "为贯彻",
    "为落实",
    "为进一步",
    "为加强",
    "为推",
    "为促进",
    "为规范",
    "为提",
    "为支持",
    "本办法",
    "本措施",
    "本方案",
    "本细则",
    "本意见",
    "本规定",
    "请各",
    "市教育局",
    "省教育厅",
    "成立",
    "建立",
    "加强经费",
    "加强组织",
    "加强领导",
    "充分发挥",
    "“",
    "近年",
    "当前",
    "过去",
    "全市",
    "全省",
    "我市",
    "我省",
];

/// What headings end with: mostly nouns of what is to be done.
const NOUNS: &[&str] = &[
    "机制",
    "体系",
    "建设",
    "工作",
    "能力",
    "水平",
    "管理",
    "服务",
    "保障",
    "监管",
    "力度",
    "平台",
    "渠道",
    "环境",
    "结构",
    "质量",
    "作用",
    "领导",
    "责任",
    "宣传",
    "督导",
    "改革",
    "发展",
    "合作",
    "评价",
    "队伍",
    "人才",
    "资源",
    "投入",
    "格局",
    "模式",
    "标准",
    "制度",
    "政策",
    "工程",
    "计划",
    "行动",
    "活动",
    "教育",
    "培训",
    "基地",
    "项目",
    "创新",
    "融合",
    "转化",
    "供给",
    "布局",
    "要求",
    "方式",
    "内容",
    "课程",
    "设施",
    "条件",
    "安全",
    "健康",
    "就业",
    "创业",
    "监督",
    "考核",
    "检查",
    "问责",
    "协作",
    "衔接",
    "特色",
    "优势",
    "公开",
    "审批",
    "行为",
    "市场",
    "机构",
    "收费",
    "清单",
    "信息化",
    "现代化",
    "一体化",
    "联盟",
    "校长",
    "通道",
    "设计",
    "规范",
    "秩序",
    "研究",
    "实践",
    "素养",
    "生态",
    "学校",
    "校园",
    "行业",
    "产业",
    "网络",
    "实效",
    "实力",
    "活力",
    "效能",
];
/// What texts below such headings begin with.
const VERBS: &[&str] = &[
    "支持",
    "鼓励",
    "推动",
    "建立",
    "完善",
    "加强",
    "开展",
    "实施",
    "制定",
    "组织",
    "健全",
    "落实",
    "统筹",
    "深化",
    "推进",
    "强化",
    "优化",
    "加快",
    "引导",
    "探索",
    "构建",
    "全面",
    "严格",
    "对",
    "市",
    "省",
    "县",
    "区",
    "各",
    "充分",
    "积极",
    "大力",
    "依托",
    "围绕",
    "坚持",
    "按照",
    "到20",
    "以",
    "将",
    "把",
    "每",
    "通过",
    "根据",
    "扩大",
    "提高",
    "设立",
    "成立",
    "打造",
    "培育",
    "发挥",
    "严禁",
    "遴选",
    "编制",
    "出台",
    "力争",
    "新建",
    "新增",
    "为",
    "取消",
    "公布",
    "高校每",
    "学校每",
    "用好",
    "聚焦",
    "进一步",
    "深入",
    "切实",
    "定期",
    "年底前",
    "20",
];

/// A usual heading (总体目标到2027年…): its length in bytes.
pub(super) fn usual(text: &str) -> Option<usize> {
    let heading = HEADINGS.iter().find(|heading| text.starts_with(*heading))?;
    let rest = cut(text, heading.len(), text.len());
    TEXTS.iter().any(|word| rest.starts_with(word)).then_some(heading.len())
}

/// Any other heading: what ends with such a noun before such a verb, where the sentence is too long for a
/// heading alone. A guess, for texts that lost their line breaks.
pub(super) fn guessed(text: &str) -> Option<usize> {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 24;
    let mut depth = 0_u32;
    let mut found = None;
    let mut long = false;
    for (count, (at, c)) in text.char_indices().enumerate() {
        let (heading, rest) = text.split_at(at);
        if depth == 0 && found.is_none() && (SHORTEST..=LONGEST).contains(&count) {
            let parts = NOUNS.iter().any(|noun| heading.ends_with(noun))
                && VERBS.iter().any(|verb| rest.starts_with(verb));
            found = parts.then_some(at);
        }
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 && ends_sentence(c) {
            break;
        }
        // A gap ends a heading by itself.
        if is_space(c) && found.is_none() {
            return None;
        }
        if matches!(c, '，' | '；' | ',' | ';' | '：') {
            long = true;
            break;
        }
        long |= count > LONGEST;
        if count > 3 * LONGEST {
            break;
        }
    }
    found.filter(|_| long)
}
