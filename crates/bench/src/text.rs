//! Sentences as needs hold them, put together by a die that always falls the same.

/// What needs are about: each theme is that of one need in twenty-four.
pub(crate) const THEMES: [&str; 24] = [
    "书法",
    "合唱",
    "足球",
    "篮球",
    "编程",
    "航模",
    "天文",
    "园艺",
    "陶艺",
    "剪纸",
    "戏曲",
    "国画",
    "游泳",
    "围棋",
    "机器人",
    "朗诵",
    "泉水文化",
    "心理健康",
    "劳动教育",
    "科学实验",
    "英语听说",
    "数学建模",
    "阅读写作",
    "膳食营养",
];

/// What is looked for: a theme of two characters.
pub(crate) const SOUGHT: &str = "书法";

const WHO: [&str; 8] = [
    "学校现有专任教师",
    "本校年轻教师",
    "参加课后服务的学生",
    "农村校区的孩子",
    "教研组的老师们",
    "高年级的学生社团",
    "学生家长委员会",
    "相邻的几所小学",
];
const WHAT: [&str; 10] = [
    "近三年一直缺少专业人员的指导",
    "每学期只能开出八次完整的课程",
    "希望得到高校师生的长期支持",
    "已有场地和器材，但是使用率不到一半",
    "愿意与高校共同编写一套校本教材",
    "盼望每周有一次面对面的培训",
    "在区级展示中多次提出同样的困难",
    "可以承担一部分交通与材料的费用",
    "需要一套可以推广的评价办法",
    "计划在两年之内形成自己的特色",
];
const HOW: [&str; 6] = [
    "，并把做法整理成案例供其他学校参考",
    "，同时由学校安排专人联系和记录",
    "，以便在期末向全区公开展示",
    "，使每一名学生都能够参加",
    "，学校的教学安排可以随之调整",
    "，为今后的合作打下基础",
];

/// So many sentences; one in three names the theme.
pub(crate) fn prose(dice: &mut Dice, theme: &str, sentences: u32) -> String {
    let mut text = String::new();
    for _ in 0..sentences {
        text.push_str(dice.one_of(&WHO));
        if dice.below(3) == 0 {
            text.push('在');
            text.push_str(theme);
            text.push_str("方面");
        }
        text.push_str(dice.one_of(&WHAT));
        text.push_str(dice.one_of(&HOW));
        text.push('。');
    }
    text
}

/// A title with the theme in it.
pub(crate) fn title(dice: &mut Dice, theme: &str) -> String {
    format!("{theme}{}", dice.one_of(&["课程共建", "师资培训", "社团指导", "实践基地建设", "教研合作"]))
}

/// A die: splitmix64, which needs no more than a number and passes the usual tests of randomness.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new() -> Self {
        Self(20_231_124)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = (mixed ^ (mixed >> 31)) >> 32;
        u32::try_from(high % u64::from(end.max(1))).unwrap_or_default()
    }

    /// One of a few.
    pub(crate) fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let end = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let at = usize::try_from(self.below(end)).unwrap_or_default();
        all.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Dice, SOUGHT, THEMES, prose};

    #[test]
    fn the_same_seed_makes_the_same_sixteen_sentences() {
        let text = || {
            let mut dice = Dice::new();
            prose(&mut dice, THEMES[0], 16)
        };
        assert_eq!(text(), text());
        assert_eq!(text().matches('。').count(), 16);
        assert!(text().contains(SOUGHT));
    }

    #[test]
    fn what_is_sought_stands_in_no_other_need() {
        let mut dice = Dice::new();
        let others = THEMES.iter().filter(|theme| **theme != SOUGHT);
        assert!(others.map(|theme| prose(&mut dice, theme, 16)).all(|text| !text.contains(SOUGHT)));
    }
}
